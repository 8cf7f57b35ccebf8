"""Done: the application is in. Its receipt is no acceptance, and what happens next is the window's to say."""

from __future__ import annotations

from kiosk.journeys.apply.draft import ensure_draft, papers_wanted
from kiosk.journeys.apply.filing import case_of, receipt_paper
from kiosk.journeys.facts import limit_text
from kiosk.journeys.filling import wanted_later
from kiosk.journeys.handing import DoneWords, HandedDone
from kiosk.journeys.rate import rate_after
from kiosk.journeys.step import Next
from kiosk.session import Draft
from kiosk.wire.documents import Document


class DoneStep(HandedDone):
    """已经收到您的申请 — or, with the center down, 已经保存."""

    @property
    def sheet(self) -> Draft:
        """The application."""
        return ensure_draft(self.work)

    def paper(self, attempt: int) -> Document:
        """The filing receipt."""
        return receipt_paper(self.work, self.handed, self.sheet, attempt)

    def finish(self) -> Next:
        """It is rated or not, and the session ends."""
        return rate_after(self.work, self.handed, self.sheet.item)

    def words(self) -> DoneWords:
        """Of an application."""
        t = self.t
        draft, case = self.sheet, case_of(self.handed)
        item = draft.item
        limit = limit_text(self.work.texts, item)
        when = (
            t("受理后 {limit}内办结，受理日期以窗口为准。", limit=limit) if limit and item.promise.days else t("办理时限以窗口告知为准。")
        )
        follows = wanted_later(self.work.texts, draft, papers_wanted(draft))
        return DoneWords(
            received=t("已经收到您的申请"),
            kept=t("申请已保存，稍后送达"),
            refused=t("申请已保存，请到窗口"),
            subtitle=item.task_name,
            number_label=t("办件编号"),
            number=case.case_number if case else "",
            safe=t("申请不受影响"),
            find_again=t("可以记下上面的号码，以后放身份证来查。"),
            next_lines=(case.next_step, when, *((follows.text,) if follows else ())) if case else (),
            qr_title=t("在本机扫一扫，看进度"),
            qr_note=t("回执上也有这个码"),
        )
