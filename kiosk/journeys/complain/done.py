"""On its way, and handed in: the receipt, what opens the complaint, until when what happens."""

from __future__ import annotations

from datetime import date

from kiosk.journeys.complain.filing import receipt_paper
from kiosk.journeys.complain.sheet import ComplaintSheet, complaint_sheet
from kiosk.journeys.handing import DoneWords, HandedDone, SendPage
from kiosk.journeys.step import Step
from kiosk.wire.complaints import ComplaintFilingAnswer
from kiosk.wire.documents import Document


class _OfComplaint(Step):
    @property
    def sheet(self) -> ComplaintSheet:
        """The complaint."""
        return complaint_sheet(self.work)


class SendStep(_OfComplaint, SendPage):
    """正在送到中心."""


class DoneStep(_OfComplaint, HandedDone):
    """投诉已经收到 — or, with the center down, 已保存."""

    def paper(self, attempt: int) -> Document:
        """The receipt as things stand now."""
        return receipt_paper(self.work, self.handed, self.sheet, attempt)

    def words(self) -> DoneWords:
        """What was handed in, and what comes of it; nothing of what it says."""
        t = self.t
        card = bool(self.sheet.by_card)
        answer = self.handed.answer
        assert answer is None or isinstance(answer, ComplaintFilingAnswer)
        return DoneWords(
            received=t("投诉已经收到"),
            kept=t("投诉已保存，稍后送达"),
            refused=t("投诉已保存，请到中心"),
            subtitle=t("以后凭身份证看") if card else t("以后凭回执和六位数字看"),
            number_label=t("投诉编号"),
            number=answer.number if answer else "",
            safe=t("投诉不受影响"),
            find_again=t("以后放身份证就能看。") if card else t("请用手机拍下这个码；没有手机的，请记下编号，带身份证到中心查。"),
            next_lines=self._next_lines(answer) if answer else (),
            qr_title=t("在本机扫一扫，再放身份证") if card else t("在本机扫一扫，再输数字"),
            qr_note=t("只扫这个码，看不到内容"),
        )

    def _next_lines(self, answer: ComplaintFilingAnswer) -> tuple[str, ...]:
        t = self.t
        lines = [self._until(answer.acceptance_due_on, t("最迟{day}决定是否受理。"), t("是否受理：{note}"), answer.acceptance_note)]
        if self.sheet.more_to_come:
            lines.append(
                self._until(answer.evidence_due_on, t("证据最迟{day}交：来这里，或送到中心。"), t("补交证据：{note}"), answer.evidence_note)
            )
        if not self.sheet.by_card:
            lines.append(t("六位数字谁也查不出来，请记牢。"))
        return tuple(lines)

    def _until(self, day: date | None, dated: str, open_: str, note: str) -> str:
        """The center's day; or why it names none."""
        return dated.format(day=self.work.texts.day(day)) if day else open_.format(note=note)
