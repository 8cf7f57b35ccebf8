"""The card holder's cases: their own, and those that they filed for somebody else."""

from __future__ import annotations

from kiosk.events import Event, JourneyChosen, PageTurned, RowChosen
from kiosk.journeys.asking import Asked
from kiosk.journeys.progress.one import CaseStep
from kiosk.journeys.step import Begin, Ignore, Next, Open, Stay, Step, Workplace, pages_of
from kiosk.link.questions import cases
from kiosk.views import Button, CaseListView, CaseRow, Chrome, Tone, ViewData
from kiosk.wire.cases import CaseDetail, CasesAnswer, CaseState
from kiosk.wire.masking import mask_name

_ROWS = 4

_ASKS_FOR_THE_CITIZEN = {CaseState.RETURNED, CaseState.REFUSED, CaseState.NOTIFIED}
_WAITS = {CaseState.FILED, CaseState.WITHDRAWN}
_TONES = {state: Tone.ATTENTION if state in _ASKS_FOR_THE_CITIZEN else Tone.INFO if state in _WAITS else Tone.DONE for state in CaseState}


def meanwhile(step: Step) -> str:
    """What is so while the center is away."""
    return step.t("您的办件不受影响。看指南、交申请照常能办。")


class CasesStep(Step):
    """您的办件; the one whose code was scanned opens by itself."""

    def __init__(self, workplace: Workplace) -> None:
        super().__init__(workplace)
        self._page = 0
        self._asked: Asked[CasesAnswer] = Asked(self, CasesAnswer, meanwhile(self))

    def enter(self) -> None:
        """Ask anew each time: a case may have moved on."""
        assert self.session.card is not None
        self._asked.ask(cases(self.session.card.number))

    @property
    def _cases(self) -> tuple[CaseDetail, ...]:
        return self._asked.answer.cases if self._asked.answer else ()

    def view(self, chrome: Chrome) -> ViewData:
        """The list."""
        t = self.t
        waiting = self._asked.page(chrome)
        if waiting is not None:
            return waiting
        shown, page, count = pages_of(self._cases, self._page, _ROWS)
        return CaseListView(
            chrome=chrome,
            title=t("您的办件"),
            subtitle=t("共 {n} 件，点一件看办到哪一步", n=len(self._cases)) if self._cases else "",
            spoken=t("您的办件，点一件看办到哪一步。"),
            rows=tuple(self._row(number, case) for number, case in enumerate(shown, 1)),
            empty="" if self._cases else t("没有查到您的办件。\n刚提交的申请，可能还在送往中心的路上，请过一会儿再查。"),
            previous=Button("previous", t("上一页"), PageTurned(-1) if page else None, "chevron-left") if count > 1 else None,
            next=Button("next", t("下一页"), PageTurned(1) if page + 1 < count else None, "chevron-right") if count > 1 else None,
            page=t("{page} / {count} 页", page=page + 1, count=count) if count > 1 else "",
            actions=() if self._cases else (Button("primary", t("看办事指南"), JourneyChosen("guides"), "text-box-search-outline"),),
        )

    def _row(self, number: int, case: CaseDetail) -> CaseRow:
        filed = self.t("{moment} 提交", moment=self.work.texts.moment(case.filed_at))
        agent = self.t("替{name}办", name=mask_name(case.applicant_name)) if case.applicant_name else ""
        return CaseRow(
            # Ids of buttons are revealed to scripts: the place on the page, never the case.
            button=Button(f"case_{number}", case.item_name, RowChosen(case.case_number), "chevron-right"),
            title=case.item_name,
            detail=self.t("·").join(part for part in (agent, filed) if part),
            state_label=case.state_label,
            tone=_TONES[case.state],
        )

    def handle(self, event: Event) -> Next:
        """The answer, a case chosen, again, back."""
        if self._asked.note(event):
            return self._answered()
        following = self._asked.handle(event)
        if following is not None:
            return following
        match event:
            case RowChosen(number):
                case = next((case for case in self._cases if case.case_number == number), None)
                return Open(CaseStep(self.work, case)) if case else Stay()
            case JourneyChosen(journey):
                return Begin(journey)
            case PageTurned(by):
                _, self._page, _ = pages_of(self._cases, self._page + by, _ROWS)
                return Stay()
        return Ignore()

    def _answered(self) -> Next:
        """The case that was scanned opens once: coming back from it, the list is shown."""
        if self._asked.answer is None:
            return Stay()
        scanned, self.session.scanned = self.session.scanned, None
        case = next((case for case in self._cases if scanned and case.receipt_number == scanned.receipt_number), None)
        return Open(CaseStep(self.work, case)) if case else Stay()
