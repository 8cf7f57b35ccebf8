"""What may happen to an application (办件), and when it is due (R4.1, R4.2): a declared table of transitions and one sum. No storage."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from center.domain.calendar import LimitUnit, Unknown, WorkingCalendar


class ApplicationState(StrEnum):
    """Where an application stands. Later acts (supplement, refuse, hand over, decide…) add rows to `TRANSITIONS`."""

    FILED = "filed"
    ACCEPTED = "accepted"
    RETURNED = "returned"


class ApplicationAct(StrEnum):
    """What staff do that moves an application."""

    ACCEPT = "accept"
    RETURN = "return"


@dataclass(frozen=True)
class Transition:
    """In state `source`, `act` leads to `target`; `rule` is where the ordinance says so."""

    source: ApplicationState
    act: ApplicationAct
    target: ApplicationState
    rule: str


TRANSITIONS: tuple[Transition, ...] = (
    Transition(ApplicationState.FILED, ApplicationAct.ACCEPT, ApplicationState.ACCEPTED, "R4.1"),
    Transition(ApplicationState.FILED, ApplicationAct.RETURN, ApplicationState.RETURNED, "R2.2"),
    # Everything that the notice asked for was brought to the window: that day is the acceptance day.
    Transition(ApplicationState.RETURNED, ApplicationAct.ACCEPT, ApplicationState.ACCEPTED, "R4.1"),
)

_TARGETS = {(transition.source, transition.act): transition.target for transition in TRANSITIONS}

#: What a citizen reads. A case that is filed is not accepted, and does not say so (domain.md, never forgotten no. 1).
STATE_LABELS: dict[ApplicationState, str] = {
    ApplicationState.FILED: "已提交，等待窗口受理",
    ApplicationState.ACCEPTED: "已受理，正在办理",
    ApplicationState.RETURNED: "材料需要补正",
}


def target(state: ApplicationState, act: ApplicationAct) -> ApplicationState | None:
    """The state that `act` leads to from `state`, or None if the table does not allow it."""
    return _TARGETS.get((state, act))


def acts_in(state: ApplicationState) -> tuple[ApplicationAct, ...]:
    """What may be done in `state`, in the table's order."""
    return tuple(transition.act for transition in TRANSITIONS if transition.source is state)


@dataclass(frozen=True)
class Due:
    """By when an accepted application is to be completed. `on` None: 待定, and `note` says what it depends on."""

    on: date | None
    note: str = ""

    @property
    def pending(self) -> bool:
        """Whether no day can be named: staff are alerted."""
        return self.on is None


_UNIT_NAMES = {LimitUnit.WORKING_DAYS: "个工作日", LimitUnit.CALENDAR_DAYS: "天（自然日）"}


def limit_words(days: int | None, unit: LimitUnit) -> str:
    """The promised limit in words."""
    if days is None:
        return "未公布"
    return "当场办结" if days == 0 else f"{days} {_UNIT_NAMES[unit]}"


def due(accepted_on: date, days: int | None, unit: LimitUnit, calendar: WorkingCalendar) -> Due:
    """The due day (R4.2): `days` counted from the day after acceptance; 0 is on the spot, the acceptance day itself.

    A limit that no source gives, or a year whose arrangement is not known, leaves the day open: 待定, never a guess.
    """
    if days is None:
        return Due(None, "待定：该事项的承诺时限尚未公布，由窗口告知。")
    last = calendar.add(accepted_on, days, unit)
    if isinstance(last, Unknown):
        return Due(None, f"待定：{last.year} 年节假日安排尚未录入，录入后确定（时限 {limit_words(days, unit)}）。")
    return Due(last, "")
