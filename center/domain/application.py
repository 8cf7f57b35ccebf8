"""What may happen to an application (办件), by whom and with which paper, and when it is due (R4.1, R4.2, R4.7): declared tables and one sum. No storage."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from center.domain.calendar import LimitUnit, Unknown, WorkingCalendar
from center.domain.paper import PaperKind


class ApplicationState(StrEnum):
    """Where an application stands."""

    FILED = "filed"
    ACCEPTED = "accepted"
    RETURNED = "returned"
    REFUSED = "refused"
    WITH_DEPARTMENT = "with_department"
    BACK = "back"
    DECIDED = "decided"
    VOUCHER_ISSUED = "voucher_issued"
    NOTIFIED = "notified"
    COLLECTED = "collected"
    POSTED = "posted"
    WITHDRAWN = "withdrawn"


class ApplicationAct(StrEnum):
    """What moves an application, or is recorded on its way."""

    ACCEPT = "accept"
    RETURN = "return"
    SUPPLEMENT = "supplement"
    REFUSE = "refuse"
    HAND_OVER = "hand_over"
    TAKE_BACK = "take_back"
    DECIDE = "decide"
    ISSUE_VOUCHER = "issue_voucher"
    NOTIFY = "notify"
    COLLECT = "collect"
    POST = "post"
    WITHDRAW = "withdraw"
    BEGIN_SPECIAL = "begin_special"
    END_SPECIAL = "end_special"


class Actor(StrEnum):
    """Who does an act."""

    WINDOW = "window"
    DEPARTMENT = "department"
    APPLICANT = "applicant"


@dataclass(frozen=True)
class Transition:
    """In state `source`, `act` by `actor` leads to `target`; `rule` is where the ordinance says so."""

    source: ApplicationState
    act: ApplicationAct
    target: ApplicationState
    rule: str
    actor: Actor = Actor.WINDOW


_S, _A = ApplicationState, ApplicationAct

TRANSITIONS: tuple[Transition, ...] = (
    Transition(_S.FILED, _A.ACCEPT, _S.ACCEPTED, "R4.1"),
    Transition(_S.FILED, _A.RETURN, _S.RETURNED, "R2.2"),
    Transition(_S.FILED, _A.REFUSE, _S.REFUSED, "R2.3"),
    Transition(_S.FILED, _A.WITHDRAW, _S.WITHDRAWN, "R3.2", Actor.APPLICANT),
    # Everything that the notice asked for was brought to the window: that day is the acceptance day.
    Transition(_S.RETURNED, _A.ACCEPT, _S.ACCEPTED, "R4.1"),
    # Supplied at the terminal: it is looked at again.
    Transition(_S.RETURNED, _A.SUPPLEMENT, _S.FILED, "R4.1", Actor.APPLICANT),
    Transition(_S.RETURNED, _A.REFUSE, _S.REFUSED, "R2.3"),
    Transition(_S.RETURNED, _A.WITHDRAW, _S.WITHDRAWN, "R3.2", Actor.APPLICANT),
    Transition(_S.ACCEPTED, _A.HAND_OVER, _S.WITH_DEPARTMENT, "R5.2"),
    Transition(_S.ACCEPTED, _A.DECIDE, _S.DECIDED, "R5.1"),
    Transition(_S.ACCEPTED, _A.BEGIN_SPECIAL, _S.ACCEPTED, "R4.7"),
    Transition(_S.ACCEPTED, _A.END_SPECIAL, _S.ACCEPTED, "R4.7"),
    Transition(_S.ACCEPTED, _A.WITHDRAW, _S.WITHDRAWN, "R3.2", Actor.APPLICANT),
    Transition(_S.WITH_DEPARTMENT, _A.TAKE_BACK, _S.BACK, "R5.2"),
    Transition(_S.WITH_DEPARTMENT, _A.BEGIN_SPECIAL, _S.WITH_DEPARTMENT, "R4.7"),
    Transition(_S.WITH_DEPARTMENT, _A.END_SPECIAL, _S.WITH_DEPARTMENT, "R4.7"),
    Transition(_S.WITH_DEPARTMENT, _A.WITHDRAW, _S.WITHDRAWN, "R3.2", Actor.APPLICANT),
    Transition(_S.BACK, _A.HAND_OVER, _S.WITH_DEPARTMENT, "R5.2"),
    Transition(_S.BACK, _A.DECIDE, _S.DECIDED, "R5.3"),
    Transition(_S.BACK, _A.BEGIN_SPECIAL, _S.BACK, "R4.7"),
    Transition(_S.BACK, _A.END_SPECIAL, _S.BACK, "R4.7"),
    Transition(_S.BACK, _A.WITHDRAW, _S.WITHDRAWN, "R3.2", Actor.APPLICANT),
    Transition(_S.DECIDED, _A.ISSUE_VOUCHER, _S.VOUCHER_ISSUED, "R4.3"),
    Transition(_S.VOUCHER_ISSUED, _A.NOTIFY, _S.NOTIFIED, "R4.4"),
    Transition(_S.NOTIFIED, _A.COLLECT, _S.COLLECTED, "R3.2"),
    Transition(_S.NOTIFIED, _A.POST, _S.POSTED, "R10"),
    # Withdrawn while its papers were with the department: they come back, and the case stays as it ended.
    Transition(_S.WITHDRAWN, _A.TAKE_BACK, _S.WITHDRAWN, "R5.2"),
)

_TARGETS = {(transition.source, transition.act): transition.target for transition in TRANSITIONS}

#: No act leads out of these; papers may still come back (R5.2), and what the department supervises afterwards is recorded beside it (R5.4, R5.5).
ENDED: frozenset[ApplicationState] = frozenset({_S.REFUSED, _S.COLLECTED, _S.POSTED, _S.WITHDRAWN})
#: Accepted and without a voucher: the limit runs (R4.2).
IN_HAND: frozenset[ApplicationState] = frozenset({_S.ACCEPTED, _S.WITH_DEPARTMENT, _S.BACK, _S.DECIDED})

#: The paper that an act is not done without. Acceptance of an item that a department must look into gives a promise notice as well (R5.1).
PAPERS: dict[ApplicationAct, PaperKind] = {
    _A.ACCEPT: PaperKind.ACCEPTANCE_NOTICE,
    _A.RETURN: PaperKind.ONE_TIME_NOTICE,
    _A.REFUSE: PaperKind.REFUSAL_NOTICE,
    _A.HAND_OVER: PaperKind.HANDOVER_SLIP,
    _A.TAKE_BACK: PaperKind.HANDOVER_SLIP,
    _A.DECIDE: PaperKind.DECISION,
    _A.ISSUE_VOUCHER: PaperKind.COMPLETION_VOUCHER,
    _A.BEGIN_SPECIAL: PaperKind.SPECIAL_PROCEDURE_NOTICE,
}

#: What a citizen reads. A case that is filed is not accepted, and does not say so (domain.md, never forgotten no. 1).
STATE_LABELS: dict[ApplicationState, str] = {
    _S.FILED: "已提交，等待窗口受理",
    _S.ACCEPTED: "已受理，正在办理",
    _S.RETURNED: "材料需要补正",
    _S.REFUSED: "不予受理",
    _S.WITH_DEPARTMENT: "已受理，职能单位正在核办",
    _S.BACK: "已受理，窗口正在审定",
    _S.DECIDED: "已作出决定，正在制证",
    _S.VOUCHER_ISSUED: "已办结，正在通知您",
    _S.NOTIFIED: "已办结，可以领取",
    _S.COLLECTED: "已办结，已领取",
    _S.POSTED: "已办结，已寄出",
    _S.WITHDRAWN: "已撤回",
}


class Outcome(StrEnum):
    """What was decided."""

    GRANTED = "granted"
    DENIED = "denied"


class SpecialProcedure(StrEnum):
    """What does not count in the limit of a 行政许可 (R4.7). An on-site survey does count, so it is not here."""

    HEARING = "hearing"
    TENDER = "tender"
    AUCTION = "auction"
    INSPECTION = "inspection"
    TEST = "test"
    QUARANTINE = "quarantine"
    APPRAISAL = "appraisal"
    EXPERT_REVIEW = "expert_review"


SPECIAL_NAMES: dict[SpecialProcedure, str] = {
    SpecialProcedure.HEARING: "听证",
    SpecialProcedure.TENDER: "招标",
    SpecialProcedure.AUCTION: "拍卖",
    SpecialProcedure.INSPECTION: "检验",
    SpecialProcedure.TEST: "检测",
    SpecialProcedure.QUARANTINE: "检疫",
    SpecialProcedure.APPRAISAL: "鉴定",
    SpecialProcedure.EXPERT_REVIEW: "专家评审",
}


def target(state: ApplicationState, act: ApplicationAct) -> ApplicationState | None:
    """The state that `act` leads to from `state`, or None if the table does not allow it."""
    return _TARGETS.get((state, act))


def acts_in(state: ApplicationState) -> tuple[ApplicationAct, ...]:
    """What may be done in `state`, in the table's order."""
    return tuple(transition.act for transition in TRANSITIONS if transition.source is state)


def papers_of(act: ApplicationAct, with_department: bool) -> tuple[PaperKind, ...]:
    """The papers that `act` is not done without. `with_department`: a department must look into the item first, so acceptance promises too (R5.1)."""
    paper = PAPERS.get(act)
    papers = () if paper is None else (paper,)
    return (*papers, PaperKind.PROMISE_NOTICE) if act is ApplicationAct.ACCEPT and with_department else papers


def may_begin(procedure: SpecialProcedure, declared: Iterable[SpecialProcedure], administrative: bool) -> bool:
    """Whether the limit may stop for `procedure` (R4.7): only for a 行政许可, and only where the item declares it."""
    return administrative and procedure in set(declared)


@dataclass(frozen=True)
class Due:
    """By when an accepted application is to be completed. `on` None: 待定, and `note` says what it depends on."""

    on: date | None
    note: str = ""

    @property
    def pending(self) -> bool:
        """Whether no day can be named: staff are alerted."""
        return self.on is None


@dataclass(frozen=True)
class Pause:
    """A special procedure, begun and ended on these days (R4.7). `ended` None: it is still going on."""

    begun: date
    ended: date | None

    def covers(self, day: date) -> bool:
        """Whether `day` does not count: the days after it began, up to and with the day it ended [design]."""
        return self.begun < day and (self.ended is None or day <= self.ended)


_UNIT_NAMES = {LimitUnit.WORKING_DAYS: "个工作日", LimitUnit.CALENDAR_DAYS: "天（自然日）"}


def limit_words(days: int | None, unit: LimitUnit) -> str:
    """The promised limit in words."""
    if days is None:
        return "未公布"
    return "当场办结" if days == 0 else f"{days} {_UNIT_NAMES[unit]}"


def due(accepted_on: date, days: int | None, unit: LimitUnit, calendar: WorkingCalendar, pauses: Iterable[Pause] = ()) -> Due:
    """The due day (R4.2): `days` counted from the day after acceptance; 0 is on the spot, the acceptance day itself.

    Days of a special procedure are left out (R4.7). A limit that no source gives, a procedure still going on, or a year whose
    arrangement is not known leaves the day open: 待定, never a guess.
    """
    if days is None:
        return Due(None, "待定：该事项的承诺时限尚未公布，由窗口告知。")
    stopped = tuple(pauses)
    if any(pause.ended is None for pause in stopped):
        return Due(None, "待定：特别程序正在进行，结束后接着计算。")
    day, left = accepted_on, days
    while left:
        day += timedelta(days=1)
        if any(pause.covers(day) for pause in stopped):
            continue
        working = unit is LimitUnit.CALENDAR_DAYS or calendar.is_working(day)
        if isinstance(working, Unknown):
            return Due(None, f"待定：{working.year} 年节假日安排尚未录入，录入后确定（时限 {limit_words(days, unit)}）。")
        left -= working
    return Due(day, "")
