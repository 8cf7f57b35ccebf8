"""What can be done about a case, as the center told it: each with the words of its button and where it leads."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from kiosk.events import Event, RowChosen
from kiosk.i18n import noted
from kiosk.journeys.browse import GuideStep
from kiosk.journeys.codes import own_code
from kiosk.journeys.progress.issued import IssuedStep
from kiosk.journeys.progress.supply import begin_supply, can_supply
from kiosk.journeys.progress.withdrawing import WithdrawStep
from kiosk.journeys.rate import RateStep
from kiosk.journeys.rate.sheet import RatingSheet
from kiosk.journeys.step import Begin, Ignore, Next, Open, Step, Workplace
from kiosk.views import Button, Chrome, Panel, Tone, ViewData, WaysView
from kiosk.wire.cases import CaseDetail, CaseState

#: A way that is lawful for whoever is refused, and an item that can be filed anew.
_ENDED_WITHOUT_RESULT = {CaseState.REFUSED, CaseState.WITHDRAWN}
#: Completed: what is rated is the whole matter, and it is asked for.
FINISHED = {CaseState.VOUCHER_ISSUED, CaseState.NOTIFIED, CaseState.COLLECTED, CaseState.POSTED}
#: So much of a reason stands beside the ways; all of it on the notice.
_REASON = 60


@dataclass(frozen=True)
class Way:
    """One thing that can be done. `may`: whether the case allows it now."""

    key: str
    label: str
    icon: str
    note: str
    may: Callable[[Workplace, CaseDetail], bool]
    lead: Callable[[Workplace, CaseDetail], Next]


def _files_here(work: Workplace, case: CaseDetail) -> bool:
    item = work.item(case.item_code)
    return bool(item and item.apply_here) and case.state in _ENDED_WITHOUT_RESULT


def _may_rate(work: Workplace, case: CaseDetail) -> bool:
    """Until it is rated: what the center said of the case is older than a rating of this session."""
    rated = work.session.sheets.get(RatingSheet)
    just_now = isinstance(rated, RatingSheet) and rated.handed is not None and rated.code == own_code(work, case.receipt_code)
    return case.may_rate and bool(case.receipt_code) and not just_now


def _apply_again(work: Workplace, case: CaseDetail) -> Next:
    work.session.item = work.item(case.item_code)
    return Begin("application")


def _guide(work: Workplace, case: CaseDetail) -> Next:
    item = work.item(case.item_code)
    assert item is not None, "only offered for an item that may be shown"
    return Open(GuideStep(work, item))


#: The most pressing first. Six are the most that a page of ways has; what excludes each other is never there together.
_WAYS = (
    Way(
        "supply",
        noted("现在补交"),
        "camera-outline",
        noted("拍材料、改填错的，一次补齐"),
        can_supply,
        begin_supply,
    ),
    Way(
        "papers",
        noted("看文书，打印"),
        "file-document-outline",
        noted("窗口出具的通知，可以看，可以打印"),
        lambda work, case: bool(case.papers),
        lambda work, case: Open(IssuedStep(work, case)),
    ),
    Way(
        "rate",
        noted("给办理打分"),
        "star-outline",
        noted("满意不满意，窗口看不到是谁评的"),
        _may_rate,
        lambda work, case: Open(RateStep(work, case.receipt_code, case.item_name)),
    ),
    Way("again", noted("重新申请"), "file-document-edit-outline", noted("条件够了、材料齐了，可以再办"), _files_here, _apply_again),
    Way(
        "complain",
        noted("不同意，去投诉"),
        "comment-alert-outline",
        noted("认为窗口做得不对，可以投诉"),
        lambda work, case: case.state is CaseState.REFUSED,
        lambda work, case: Begin("grievances"),
    ),
    Way(
        "guide",
        noted("看办事指南"),
        "text-box-search-outline",
        noted("条件、材料和依据"),
        lambda work, case: work.item(case.item_code) is not None,
        _guide,
    ),
    Way(
        "withdraw",
        noted("撤回申请"),
        "undo",
        noted("不想办了，先问清楚再撤"),
        lambda work, case: case.may_withdraw,
        lambda work, case: Open(WithdrawStep(work, case)),
    ),
)


def ways_for(work: Workplace, case: CaseDetail) -> tuple[Way, ...]:
    """What can be done now, the most pressing first."""
    return tuple(way for way in _WAYS if way.may(work, case))


def reason_of(case: CaseDetail) -> str:
    """Why it was refused, as far as it fits beside something else; all of it is on the notice."""
    return case.reason if len(case.reason) <= _REASON else case.reason[: _REASON - 1] + "…"


class WaysStep(Step):
    """您要做什么？ Everything that can be done about one case."""

    def __init__(self, workplace: Workplace, case: CaseDetail) -> None:
        super().__init__(workplace)
        self._case = case

    def view(self, chrome: Chrome) -> ViewData:
        """A way each; after a refusal, why, and where else it may be taken."""
        t = self.t
        refused = self._case.state is CaseState.REFUSED
        title = t("还可以怎么办？") if refused else t("您要做什么？")
        notice = None
        if refused:
            notice = Panel(Tone.ATTENTION, reason_of(self._case) or self._case.state_label, t("依据，和复议、诉讼的期限，看通知书。"))
        return WaysView(
            chrome=chrome,
            title=title,
            subtitle=self._case.item_name,
            spoken=title,
            ways=tuple(
                Button(f"way_{way.key}", t(way.label), RowChosen(way.key), way.icon, t(way.note)) for way in ways_for(self.work, self._case)
            ),
            notice=notice,
        )

    def handle(self, event: Event) -> Next:
        """Where it leads."""
        if not isinstance(event, RowChosen):
            return Ignore()
        way = next((way for way in ways_for(self.work, self._case) if way.key == event.key), None)
        return way.lead(self.work, self._case) if way else Ignore()
