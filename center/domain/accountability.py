"""Accountability (责任追究, R9) and the counters of R6.10: what the system raises by itself, for people to judge. Declared tables; no storage."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from center.domain.complaint import TRAINING_MATTERS, VERIFIED, Finding, Matter
from center.domain.roles import Right


class EventCause(StrEnum):
    """What happened."""

    OVERDUE = "overdue"
    LATE_HANDOVER = "late_handover"
    THIRD_RETURN = "third_return"
    NO_RECEIPT = "no_receipt"
    LOST_MATERIAL = "lost_material"
    UNOPENED = "unopened"
    UNLISTED_FEE = "unlisted_fee"
    NOT_AS_PUBLISHED = "not_as_published"
    GUIDE_MISSING = "guide_missing"
    WINDOW_UNATTENDED = "window_unattended"
    NOT_ON_THE_SPOT = "not_on_the_spot"
    LATE_NOTIFICATION = "late_notification"
    LATE_TELLING = "late_telling"
    COMPLAINT_LATE = "complaint_late"
    RETALIATION = "retaliation"


@dataclass(frozen=True)
class Cause:
    """`name` in words, the `rule` broken, and whether the system finds it `by_itself` or a person reports it."""

    name: str
    rule: str
    by_itself: bool


CAUSES: dict[EventCause, Cause] = {
    EventCause.OVERDUE: Cause("超期未办结", "R4.1", True),
    EventCause.LATE_HANDOVER: Cause("未按时移交", "R5.2", True),
    EventCause.THIRD_RETURN: Cause("同一事项第三次申请", "R2.5", True),
    EventCause.NO_RECEIPT: Cause("收件未出具书面凭证", "R9", True),
    EventCause.LOST_MATERIAL: Cause("丢失申请材料", "R9", False),
    EventCause.UNOPENED: Cause("一个工作日内无人收件", "R9", True),
    EventCause.UNLISTED_FEE: Cause("收取未公布的费用", "R9", False),
    EventCause.NOT_AS_PUBLISHED: Cause("未按公布的内容办理", "R9", False),
    EventCause.GUIDE_MISSING: Cause("缺少办事指南", "R9", True),
    EventCause.WINDOW_UNATTENDED: Cause("窗口无人值守", "R9", True),
    EventCause.NOT_ON_THE_SPOT: Cause("应当场办结而未办结", "R4.1", True),
    EventCause.LATE_NOTIFICATION: Cause("办结后未按时通知", "R4.4", True),
    EventCause.LATE_TELLING: Cause("五个工作日内未一次告知", "R4.6", True),
    EventCause.COMPLAINT_LATE: Cause("投诉超过规定时限", "R6.6", True),
    EventCause.RETALIATION: Cause("打击报复投诉人", "R6.8", False),
}


class EventState(StrEnum):
    """Where an event stands (R9)."""

    RAISED = "raised"
    REPORTED = "reported"
    VERIFIED = "verified"
    DECIDED = "decided"
    HEARD = "heard"
    CLOSED = "closed"


class EventAct(StrEnum):
    """What moves an event."""

    REPORT = "report"
    VERIFY = "verify"
    DISMISS = "dismiss"
    DECIDE = "decide"
    HEAR = "hear"
    CLOSE = "close"


@dataclass(frozen=True)
class EventTransition:
    """In state `source`, `act` leads to `target`."""

    source: EventState
    act: EventAct
    target: EventState
    rule: str = "R9"


EVENT_TRANSITIONS: tuple[EventTransition, ...] = (
    # The window's own report, in writing.
    EventTransition(EventState.RAISED, EventAct.REPORT, EventState.REPORTED),
    EventTransition(EventState.REPORTED, EventAct.VERIFY, EventState.VERIFIED),
    # Verification that finds nobody at fault ends it [design].
    EventTransition(EventState.REPORTED, EventAct.DISMISS, EventState.CLOSED),
    EventTransition(EventState.VERIFIED, EventAct.DECIDE, EventState.DECIDED),
    EventTransition(EventState.DECIDED, EventAct.HEAR, EventState.HEARD),
    EventTransition(EventState.HEARD, EventAct.CLOSE, EventState.CLOSED),
)

_TARGETS = {(transition.source, transition.act): transition.target for transition in EVENT_TRANSITIONS}

EVENT_LABELS: dict[EventState, str] = {
    EventState.RAISED: "待窗口书面报告",
    EventState.REPORTED: "待中心核实",
    EventState.VERIFIED: "待镇里决定",
    EventState.DECIDED: "待听取申辩",
    EventState.HEARD: "待结案",
    EventState.CLOSED: "已结案",
}


#: Who may do it: the window reports, the center verifies, the township decides, hears the answer and closes.
EVENT_RIGHTS: dict[EventAct, Right] = {
    EventAct.REPORT: Right.REPORT_ACCOUNTABILITY,
    EventAct.VERIFY: Right.VERIFY_ACCOUNTABILITY,
    EventAct.DISMISS: Right.VERIFY_ACCOUNTABILITY,
    EventAct.DECIDE: Right.DECIDE_ACCOUNTABILITY,
    EventAct.HEAR: Right.DECIDE_ACCOUNTABILITY,
    EventAct.CLOSE: Right.DECIDE_ACCOUNTABILITY,
}


class Sanction(StrEnum):
    """What the township can decide (R9; 责任追究制 第四条). What goes beyond it goes to 纪检."""

    EDUCATION = "education"
    TALK = "talk"
    WRITTEN_SELF_CRITICISM = "written_self_criticism"
    NO_AWARD = "no_award"
    CIRCULAR = "circular"
    UNFIT_RATING = "unfit_rating"
    DISCIPLINE = "discipline"
    NONE = "none"


SANCTION_NAMES: dict[Sanction, str] = {
    Sanction.EDUCATION: "批评教育",
    Sanction.TALK: "诫勉谈话",
    Sanction.WRITTEN_SELF_CRITICISM: "责令写出书面检查",
    Sanction.NO_AWARD: "取消评优评先资格",
    Sanction.CIRCULAR: "通报批评",
    Sanction.UNFIT_RATING: "给予不合格或不称职考评",
    Sanction.DISCIPLINE: "提请纪检监察机关处理",
    Sanction.NONE: "不予追究",
}


def event_target(state: EventState, act: EventAct) -> EventState | None:
    """The state that `act` leads to from `state`, or None if the table does not allow it."""
    return _TARGETS.get((state, act))


def event_acts_in(state: EventState) -> tuple[EventAct, ...]:
    """What may be done in `state`."""
    return tuple(transition.act for transition in EVENT_TRANSITIONS if transition.source is state)


#: R2.5: the third application of one citizen for one item, that is the filing after the second return.
THIRD = 3


def is_third_application(earlier_returns: int) -> bool:
    """Whether a filing that follows so many returns of the same citizen for the same item raises an event (R2.5)."""
    return earlier_returns >= THIRD - 1


# ------------------------------------------------------------------ counters (R6.10)


class Employment(StrEnum):
    """Kind of employment: what R6.10 does to a person depends on it."""

    REGULAR = "regular"
    CONTRACT = "contract"


EMPLOYMENT_NAMES: dict[Employment, str] = {Employment.REGULAR: "在编", Employment.CONTRACT: "编外"}


@dataclass(frozen=True)
class VerifiedComplaint:
    """One complaint with a finding: about which `staff` (an id, or "") and `window`, when its result was written."""

    staff: str
    window: str
    matter: Matter
    finding: Finding
    written_on: date


class Consequence(StrEnum):
    """What R6.10 asks people to decide about."""

    NOT_EXCELLENT = "not_excellent"
    LEAD_CALLED_IN = "lead_called_in"
    TRAINING = "training"
    DISMISSAL = "dismissal"


CONSEQUENCE_NAMES: dict[Consequence, str] = {
    Consequence.NOT_EXCELLENT: "本年度不得评为优秀",
    Consequence.LEAD_CALLED_IN: "约谈窗口负责人或者调换人员",
    Consequence.TRAINING: "离岗培训一个月",
    Consequence.DISMISSAL: "予以清退",
}

#: How many verified complaints (R6.10).
COUNT = 3


def staff_consequences(staff: str, employment: Employment, year: int, complaints: Iterable[VerifiedComplaint]) -> tuple[Consequence, ...]:
    """What a member of staff's verified complaints of `year` ask people to decide about (R6.10). The system counts; people decide."""
    counted = [each for each in complaints if each.staff == staff and each.finding in VERIFIED and each.written_on.year == year]
    found: list[Consequence] = []
    if employment is Employment.REGULAR and len(counted) >= COUNT:
        found.append(Consequence.NOT_EXCELLENT)
    if sum(each.matter in TRAINING_MATTERS for each in counted) >= COUNT:
        found.append(Consequence.TRAINING if employment is Employment.REGULAR else Consequence.DISMISSAL)
    return tuple(found)


def window_consequences(window: str, complaints: Iterable[VerifiedComplaint]) -> tuple[Consequence, ...]:
    """A window's verified complaints count in total, over all years (R6.10)."""
    counted = sum(each.window == window and each.finding in VERIFIED for each in complaints)
    return (Consequence.LEAD_CALLED_IN,) if counted >= COUNT else ()
