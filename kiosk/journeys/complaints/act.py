"""Handing something in to an opened complaint: evidence, the answer to its result, the request for a review (R6.1, R6.3, R6.7)."""

from __future__ import annotations

from dataclasses import replace

from kiosk.i18n import noted
from kiosk.journeys.complain.evidence import EvidencePages
from kiosk.journeys.complain.sheet import EVIDENCE
from kiosk.journeys.complaints.sheet import ActSheet, LaterAct, act_label
from kiosk.journeys.filling import FormPages
from kiosk.journeys.handing import DoneWords, HandedDone, ReviewPage, SendPage, by_content, hand_in
from kiosk.journeys.papers import ActFacts, act_receipt
from kiosk.journeys.step import GoTo, Next, Step, Workplace
from kiosk.link.submission import Submission, complaint_answer, complaint_evidence, complaint_review
from kiosk.session import Handed, Sheet
from kiosk.views import Chrome, MaterialsView, Panel, ReviewRow, Tone, ViewData
from kiosk.wire.complaints import ComplaintActAnswer, ComplaintWords, EvidenceFiling
from kiosk.wire.documents import Document
from kiosk.wire.forms import FieldKind, FormField
from kiosk.wire.masking import group_number

_LONGEST = 2000
#: A hint is at most so long on the form.
_HINT = 40
_STORY = 40


class _OfAct(Step):
    @property
    def sheet(self) -> ActSheet:
        """What is handed in."""
        return self.session.sheet(ActSheet)

    def check_page(self) -> type[Step]:
        """Everything on one page."""
        return ActReviewStep


class ActEvidenceStep(_OfAct, EvidencePages):
    """请拍证据."""

    label = noted("拍照")

    @classmethod
    def needed(cls, workplace: Workplace) -> bool:
        """An answer and a request for review are words."""
        return workplace.session.sheet(ActSheet).act is LaterAct.EVIDENCE

    def heap(self) -> str:
        """What was asked for, or evidence."""
        return self.t("要补的材料") if self.sheet.complaint.detail.wanted else self.t("证据")

    def view(self, chrome: Chrome) -> ViewData:
        """Pages or words: none of the two is owed."""
        t = self.t
        view = super().view(chrome)
        assert isinstance(view, MaterialsView)
        labels = {"not_with_me": t("不拍，只写"), "all_later": t("不拍，只写")}
        view = replace(view, actions=tuple(replace(button, label=labels.get(button.id, button.label)) for button in view.actions))
        if view.camera is not None or view.taken_count:
            return view
        notice = Panel(Tone.INFO, t("下一步可以写几句说明。"), t("证据也可以送到中心。"))
        if not self.camera_works:
            return replace(view, notice=notice)
        return replace(view, notice=notice, title=t("不拍，也可以"), spoken=t("不拍，也可以"))


class ActWordsStep(_OfAct, FormPages):
    """What the complainant wants to say."""

    label = noted("说明")

    @property
    def fields(self) -> tuple[FormField, ...]:
        """One text."""
        t = self.t
        act = self.sheet.act
        asked = self.sheet.complaint.detail.wanted
        hints = {
            LaterAct.EVIDENCE: t("要补：{wanted}", wanted=self.work.texts.listed(asked)) if asked else t("这些证据说明什么，写几句就行"),
            LaterAct.ANSWER: t("对结果哪里不同意，为什么"),
            LaterAct.REVIEW: t("为什么要复查、复核"),
        }
        words = FormField(
            code="words",
            label=t("您的说明"),
            question=t("请写几句"),
            kind=FieldKind.TEXT,
            required=act is not LaterAct.EVIDENCE,
            hint=hints[act][:_HINT],
            max_length=_LONGEST,
        )
        return (words,)

    def heading(self) -> tuple[str, str]:
        """What for; and the other way for whoever does not type."""
        t = self.t
        if self.sheet.act is LaterAct.EVIDENCE:
            return t("要说明几句吗？"), t("不用说明的，直接按下一步")
        return t("请写您的意见"), t("不会打字的，也可以到中心当面提出")

    def leaving(self) -> tuple[str, str]:
        """Words are what is handed in."""
        return "", ""

    def refused(self) -> dict[str, str]:
        """Words or pages."""
        if self.sheet.values.get("words", "").strip() or self.sheet.pages.get(EVIDENCE):
            return {}
        return {"words": self.t("请写几句，或返回拍几页，至少一样")}


class ActReviewStep(_OfAct, ReviewPage):
    """请核对，没错就提交."""

    def sheets(self) -> tuple[Sheet, ...]:
        """What is handed in."""
        return (self.sheet,)

    def about(self) -> str:
        """Which act."""
        return act_label(self.work.texts, self.sheet.act, self.sheet.complaint.detail)

    def rows(self) -> tuple[ReviewRow, ...]:
        """Which complaint, the words, and the pages."""
        t, sheet = self.t, self.sheet
        detail = sheet.complaint.detail
        words = sheet.values.get("words", "").strip()
        rows = [
            ReviewRow(t("哪一件"), group_number(detail.number), detail.matter),
            self.row("words", t("说明"), (words if len(words) <= _STORY else words[: _STORY - 1] + "…") or t("没有写")),
        ]
        if ActEvidenceStep.needed(self.work):
            pages = len(sheet.pages.get(EVIDENCE, ()))
            rows.append(self.row("evidence", t("证据"), t("{n} 页", n=pages) if pages else t("没有拍")))
        return tuple(rows)

    def meaning(self, shown: int) -> Panel:
        """What comes of it."""
        t = self.t
        detail = self.sheet.complaint.detail
        if self.sheet.act is LaterAct.REVIEW:
            body = detail.review_body or t("上一级机关")
            return Panel(Tone.INFO, t("您的申请由本中心转送{body}。", body=body))
        if self.sheet.act is LaterAct.ANSWER:
            return Panel(Tone.INFO, t("您的意见交给投诉受理人员。"), t("期限内，您还可以申请复查、复核。"))
        if detail.wanted:
            return Panel(Tone.INFO, t("请一次补齐。"), t("补齐的当天起，重新计算受理期限。"))
        return Panel(Tone.INFO, t("证据交给投诉受理人员。"), t("被投诉的窗口和人员看不到是谁投诉的。"))

    def wrong(self) -> tuple[str, ...]:
        """As the pages themselves look at it."""
        wrong = {
            "words": bool(ActWordsStep(self.work).wrong()),
            "evidence": ActEvidenceStep.needed(self.work) and ActEvidenceStep(self.work).wrong(),
        }
        return tuple(key for key, is_wrong in wrong.items() if is_wrong)

    def change(self, key: str) -> Next:
        """On the page where it was said."""
        return GoTo({"words": ActWordsStep, "evidence": ActEvidenceStep}[key])

    def submit(self) -> None:
        """Into the outbox, with its receipt."""
        work, sheet = self.work, self.sheet
        sheet.key = sheet.key or work.new_key()
        now = work.clock.now()
        number = work.outbox.next_receipt_number(now)
        receipt = act_paper(work, sheet, Handed(number, sheet.complaint.code, now)).model_dump_json().encode()
        hand_in(work, sheet, self._submission(number, receipt), code=sheet.complaint.code)

    def _submission(self, number: str, receipt: bytes) -> Submission:
        sheet, now = self.sheet, self.work.clock.now()
        assert sheet.key is not None
        access, words = sheet.complaint.access, sheet.values.get("words", "").strip()
        if sheet.act is LaterAct.EVIDENCE:
            files = by_content(sheet.pages.get(EVIDENCE, ()))
            filing = EvidenceFiling(key=sheet.key, access=access, words=words, evidence=tuple(files))
            return complaint_evidence(filing, number, now, files, receipt)
        said = ComplaintWords(key=sheet.key, access=access, words=words)
        make = complaint_answer if sheet.act is LaterAct.ANSWER else complaint_review
        return make(said, number, now, receipt)


def act_paper(work: Workplace, sheet: ActSheet, handed: Handed, print_count: int = 1) -> Document:
    """The receipt as things stand."""
    facts = ActFacts(
        center_name=work.center_name,
        terminal_id=work.config.terminal.id,
        act=sheet.act.value,
        number=handed.number,
        complaint_number=sheet.complaint.detail.number,
        handed_at=handed.at,
        answer=handed.answer if isinstance(handed.answer, ComplaintActAnswer) else None,
        refused=bool(handed.refusal),
        qr_text=handed.code,
        window_hours=work.catalogue.window_hours if work.catalogue else "",
        print_count=print_count,
    )
    return act_receipt(facts, demo=work.config.demo)


class ActSendStep(_OfAct, SendPage):
    """正在送到中心."""


class ActDoneStep(_OfAct, HandedDone):
    """已经收到 — or, with the center down, 已保存."""

    def paper(self, attempt: int) -> Document:
        """The receipt as things stand now."""
        return act_paper(self.work, self.sheet, self.handed, attempt)

    def words(self) -> DoneWords:
        """What was handed in, and what comes of it."""
        t = self.t
        answer = self.handed.answer
        assert answer is None or isinstance(answer, ComplaintActAnswer)
        number = self.sheet.complaint.detail.number
        return DoneWords(
            received=t("已经收到"),
            kept=t("已保存，稍后送达"),
            refused=t("已保存，请到中心"),
            subtitle=act_label(self.work.texts, self.sheet.act, self.sheet.complaint.detail),
            number_label=t("投诉编号"),
            number=number,
            safe=t("提交的内容不受影响"),
            find_again=t("以后打开这份投诉，就能看到。"),
            next_lines=(answer.next_step,) if answer else (),
            qr_title=t("在本机扫一扫，再输数字"),
            qr_note=t("只扫这个码，看不到内容"),
        )
