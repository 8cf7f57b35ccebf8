"""The notices of one case, fetched from the center: read on screen, and printed again, marked as such."""

from __future__ import annotations

from kiosk.events import Event
from kiosk.i18n import noted
from kiosk.journeys.asking import Asked
from kiosk.journeys.message import TellStep
from kiosk.journeys.read import papers_step
from kiosk.journeys.step import Ignore, Next, Step, Swap, Workplace
from kiosk.link.questions import case_papers
from kiosk.views import Chrome, Tone, ViewData
from kiosk.wire.cases import CaseDetail, CasePapersAnswer

_MEANWHILE = noted("文书都保存在中心，不会丢；急用的，请到人工窗口补打。")


class IssuedStep(Step):
    """正在取, and then the papers in its place."""

    def __init__(self, workplace: Workplace, case: CaseDetail) -> None:
        super().__init__(workplace)
        self._case = case
        self._asked: Asked[CasePapersAnswer] = Asked(self, CasePapersAnswer, workplace.texts.t(_MEANWHILE))

    def enter(self) -> None:
        """Ask."""
        card = self.session.card
        assert card is not None, "a case is opened with the card"
        self._asked.ask(case_papers(card.number, self._case.receipt_number))

    def view(self, chrome: Chrome) -> ViewData:
        """Being asked, or why nothing came."""
        page = self._asked.page(chrome)
        assert page is not None, "an answer is shown by another step"
        return page

    def handle(self, event: Event) -> Next:
        """What came is read."""
        following = self._asked.handle(event)
        if self._asked.answer is not None:
            return Swap(self._papers(self._asked.answer))
        return following or Ignore()

    def _papers(self, answer: CasePapersAnswer) -> Step:
        t = self.t
        if not answer.papers:
            return TellStep(self.work, t("还没有文书"), (t("窗口出具以后，在这里就能看到。"),), Tone.INFO, "file-document-outline")
        return papers_step(self.work, tuple(paper.document for paper in answer.papers), copies=True)
