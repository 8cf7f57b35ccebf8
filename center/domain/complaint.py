"""Efficiency complaints (效能投诉, R6): what may happen to one, the grounds of refusal, the limits, and what ends it. Declared tables; no storage."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from center.domain import deadlines
from center.domain.calendar import Unknown, WorkingCalendar
from center.domain.paper import PaperKind


class ComplaintState(StrEnum):
    """Where a complaint stands."""

    RECEIVED = "received"
    TO_SUPPLEMENT = "to_supplement"
    ACCEPTED = "accepted"
    REFUSED = "refused"
    REFERRED = "referred"
    CONSENT_ASKED = "consent_asked"
    DIRECT = "direct"
    TRANSFERRED = "transferred"
    SUPERVISED = "supervised"
    FOUND = "found"
    MEASURED = "measured"
    RESULT_WRITTEN = "result_written"
    ANSWERED = "answered"
    UNDER_REVIEW = "under_review"
    ARCHIVED = "archived"


class ComplaintAct(StrEnum):
    """What moves a complaint, or is recorded on its way."""

    ASK_SUPPLEMENT = "ask_supplement"
    SUPPLEMENT = "supplement"
    ADD_EVIDENCE = "add_evidence"
    LAPSE = "lapse"
    ACCEPT = "accept"
    REFUSE = "refuse"
    REFER = "refer"
    RECORD_OPINION = "record_opinion"
    ASK_CONSENT = "ask_consent"
    CONSENT_DIRECT = "consent_direct"
    CONSENT_TRANSFER = "consent_transfer"
    DECLINE = "decline"
    TAKE_IN = "take_in"
    SUPERVISE = "supervise"
    ASK_EXTENSION = "ask_extension"
    EXTEND = "extend"
    DECLINE_EXTENSION = "decline_extension"
    FIND = "find"
    TAKE_MEASURES = "take_measures"
    TELL_BY_PHONE = "tell_by_phone"
    WRITE_RESULT = "write_result"
    ANSWER = "answer"
    ASK_REVIEW = "ask_review"
    PASS_REVIEW = "pass_review"
    ARCHIVE = "archive"


class ComplaintActor(StrEnum):
    """Who does an act."""

    OFFICER = "officer"
    LEADER = "leader"
    COMPLAINANT = "complainant"


@dataclass(frozen=True)
class ComplaintTransition:
    """In state `source`, `act` by `actor` leads to `target`; `rule` is where the ordinance says so."""

    source: ComplaintState
    act: ComplaintAct
    target: ComplaintState
    rule: str
    actor: ComplaintActor = ComplaintActor.OFFICER


_S, _A, _T = ComplaintState, ComplaintAct, ComplaintTransition
_LEADER, _COMPLAINANT = ComplaintActor.LEADER, ComplaintActor.COMPLAINANT

COMPLAINT_TRANSITIONS: tuple[ComplaintTransition, ...] = (
    _T(_S.RECEIVED, _A.ASK_SUPPLEMENT, _S.TO_SUPPLEMENT, "R6.3"),
    _T(_S.RECEIVED, _A.ACCEPT, _S.ACCEPTED, "R6.2"),
    _T(_S.RECEIVED, _A.REFUSE, _S.REFUSED, "R6.4"),
    _T(_S.RECEIVED, _A.REFER, _S.REFERRED, "R6.3"),
    _T(_S.TO_SUPPLEMENT, _A.SUPPLEMENT, _S.RECEIVED, "R6.3", _COMPLAINANT),
    # Never supplied: registered all the same, and archived with what was asked [design].
    _T(_S.TO_SUPPLEMENT, _A.LAPSE, _S.ARCHIVED, "R6.9"),
    _T(_S.REFUSED, _A.ARCHIVE, _S.ARCHIVED, "R6.9"),
    _T(_S.REFERRED, _A.RECORD_OPINION, _S.REFERRED, "R6.3"),
    _T(_S.REFERRED, _A.ARCHIVE, _S.ARCHIVED, "R6.9"),
    _T(_S.ACCEPTED, _A.ASK_CONSENT, _S.CONSENT_ASKED, "R6.5"),
    _T(_S.CONSENT_ASKED, _A.CONSENT_DIRECT, _S.DIRECT, "R6.5", _LEADER),
    _T(_S.CONSENT_ASKED, _A.CONSENT_TRANSFER, _S.TRANSFERRED, "R6.5", _LEADER),
    _T(_S.CONSENT_ASKED, _A.DECLINE, _S.ACCEPTED, "R6.5", _LEADER),
    _T(_S.TRANSFERRED, _A.SUPERVISE, _S.SUPERVISED, "R6.5"),
    # 收件: the department that handles it confirms; what the center looks into itself is with it from the consent on.
    _T(_S.TRANSFERRED, _A.TAKE_IN, _S.TRANSFERRED, "R6.6"),
    _T(_S.SUPERVISED, _A.TAKE_IN, _S.SUPERVISED, "R6.6"),
    # Evidence is welcome until something was found (R6.1).
    *(
        _T(state, _A.ADD_EVIDENCE, state, "R6.1", _COMPLAINANT)
        for state in (_S.RECEIVED, _S.ACCEPTED, _S.CONSENT_ASKED, _S.DIRECT, _S.TRANSFERRED, _S.SUPERVISED)
    ),
    *(
        _T(state, act, after or state, rule, actor)
        for state in (_S.DIRECT, _S.TRANSFERRED, _S.SUPERVISED)
        for act, after, rule, actor in (
            (_A.ASK_EXTENSION, None, "R6.6", ComplaintActor.OFFICER),
            (_A.EXTEND, None, "R6.6", _LEADER),
            (_A.DECLINE_EXTENSION, None, "R6.6", _LEADER),
            (_A.FIND, _S.FOUND, "R6.5", ComplaintActor.OFFICER),
        )
    ),
    _T(_S.FOUND, _A.TAKE_MEASURES, _S.MEASURED, "R6.5"),
    # A call may tell it early; it ends nothing (R6.7).
    _T(_S.MEASURED, _A.TELL_BY_PHONE, _S.MEASURED, "R6.7"),
    _T(_S.MEASURED, _A.WRITE_RESULT, _S.RESULT_WRITTEN, "R6.7"),
    _T(_S.RESULT_WRITTEN, _A.ANSWER, _S.ANSWERED, "R6.7", _COMPLAINANT),
    _T(_S.RESULT_WRITTEN, _A.ASK_REVIEW, _S.UNDER_REVIEW, "R6.7", _COMPLAINANT),
    _T(_S.RESULT_WRITTEN, _A.ARCHIVE, _S.ARCHIVED, "R6.9"),
    _T(_S.ANSWERED, _A.ASK_REVIEW, _S.UNDER_REVIEW, "R6.7", _COMPLAINANT),
    _T(_S.ANSWERED, _A.ARCHIVE, _S.ARCHIVED, "R6.9"),
    # The request goes to the next higher body, which decides on it (R6.7).
    _T(_S.UNDER_REVIEW, _A.PASS_REVIEW, _S.UNDER_REVIEW, "R6.7"),
    _T(_S.UNDER_REVIEW, _A.ARCHIVE, _S.ARCHIVED, "R6.9"),
)

_TARGETS = {(transition.source, transition.act): transition.target for transition in COMPLAINT_TRANSITIONS}

#: The paper that an act is not done without.
COMPLAINT_PAPERS: dict[ComplaintAct, PaperKind] = {
    _A.ASK_SUPPLEMENT: PaperKind.COMPLAINT_SUPPLEMENT,
    _A.ACCEPT: PaperKind.COMPLAINT_ACCEPTANCE,
    _A.REFUSE: PaperKind.COMPLAINT_REFUSAL,
    _A.REFER: PaperKind.COMPLAINT_REFERRAL,
    _A.EXTEND: PaperKind.COMPLAINT_EXTENSION,
    _A.WRITE_RESULT: PaperKind.COMPLAINT_RESULT,
}

#: Archived only after the days in which the complainant may answer and ask for a review have passed (R6.7).
OPEN_TO_ANSWER: frozenset[ComplaintState] = frozenset({_S.RESULT_WRITTEN, _S.ANSWERED})

#: What a complainant reads.
COMPLAINT_LABELS: dict[ComplaintState, str] = {
    _S.RECEIVED: "已登记，正在决定是否受理",
    _S.TO_SUPPLEMENT: "等您补充材料",
    _S.ACCEPTED: "已受理",
    _S.REFUSED: "不予受理，已书面告知理由和途径",
    _S.REFERRED: "已备案登记，并转送有权处理的单位",
    _S.CONSENT_ASKED: "已受理，正在确定处理方式",
    _S.DIRECT: "已受理，正在调查",
    _S.TRANSFERRED: "已受理，已转职能单位办理",
    _S.SUPERVISED: "已受理，正在督促办理",
    _S.FOUND: "已查明，正在处理",
    _S.MEASURED: "已处理，正在出具书面结果",
    _S.RESULT_WRITTEN: "已办结，书面结果已出具",
    _S.ANSWERED: "已收到您的意见",
    _S.UNDER_REVIEW: "已申请复查，已转上一级机关",
    _S.ARCHIVED: "已归档",
}


class Channel(StrEnum):
    """How a complaint came."""

    TERMINAL = "terminal"
    PHONE = "phone"
    LETTER = "letter"
    VISIT = "visit"


CHANNEL_NAMES: dict[Channel, str] = {
    Channel.TERMINAL: "自助终端",
    Channel.PHONE: "电话",
    Channel.LETTER: "来信",
    Channel.VISIT: "来访",
}

#: From whom no evidence can be taken on the spot: they have three working days for it (R6.1).
EVIDENCE_LATER: frozenset[Channel] = frozenset({Channel.PHONE, Channel.LETTER})


class Ground(StrEnum):
    """Why a complaint is not accepted (R6.4 a–d)."""

    LEGAL_ROUTE = "a"
    ALREADY_PENDING = "b"
    OUTCOME_DISPUTED = "c"
    OTHER_BODY = "d"


GROUND_NAMES: dict[Ground, str] = {
    Ground.LEGAL_ROUTE: "依法应当通过诉讼、仲裁、行政复议等法定途径解决",
    Ground.ALREADY_PENDING: "已经进入信访、行政复议、仲裁或者诉讼程序",
    Ground.OUTCOME_DISPUTED: "对信访、行政复议、仲裁或者诉讼的结果不服",
    Ground.OTHER_BODY: "已向有权处理的机关提出，或者依法由其处理",
}


class ComplaintHandling(StrEnum):
    """How it is handled (R6.5). 督办 follows a transferred one, so it is a state and no third proposal."""

    DIRECT = "direct"
    TRANSFERRED = "transferred"


HANDLING_NAMES: dict[ComplaintHandling, str] = {ComplaintHandling.DIRECT: "直查", ComplaintHandling.TRANSFERRED: "转办"}


class Degree(StrEnum):
    """How hard it is (R6.6)."""

    ORDINARY = "ordinary"
    COMPLICATED = "complicated"
    SPECIAL = "special"


#: Working days from 收件 by the handling window or department (R6.6).
HANDLING_DAYS: dict[Degree, int] = {Degree.ORDINARY: 3, Degree.COMPLICATED: 10, Degree.SPECIAL: 30}
DEGREE_NAMES: dict[Degree, str] = {Degree.ORDINARY: "一般", Degree.COMPLICATED: "复杂", Degree.SPECIAL: "特殊（延期）"}


class Finding(StrEnum):
    """What the investigation found (R6.5)."""

    TRUE = "true"
    PARTLY = "partly"
    UNTRUE = "untrue"


FINDING_NAMES: dict[Finding, str] = {Finding.TRUE: "属实", Finding.PARTLY: "部分属实", Finding.UNTRUE: "不属实"}
#: What counts towards R6.10.
VERIFIED: frozenset[Finding] = frozenset({Finding.TRUE, Finding.PARTLY})


class Measure(StrEnum):
    """What is done about it (R6.5)."""

    PERFORM = "perform"
    STOP_AND_REMEDY = "stop_and_remedy"
    TALK = "talk"
    WRITTEN_SELF_CRITICISM = "written_self_criticism"
    CIRCULAR = "circular"
    NO_AWARD = "no_award"
    DISCIPLINE = "discipline"


MEASURE_NAMES: dict[Measure, str] = {
    Measure.PERFORM: "责令履行职责",
    Measure.STOP_AND_REMEDY: "责令停止并补救",
    Measure.TALK: "约谈",
    Measure.WRITTEN_SELF_CRITICISM: "书面检查",
    Measure.CIRCULAR: "通报批评",
    Measure.NO_AWARD: "取消评优资格",
    Measure.DISCIPLINE: "移交纪检",
}


class Matter(StrEnum):
    """What is complained about; R6.10 counts manners and breaches of R2–R4 apart."""

    MANNERS = "manners"
    ONE_TIME_NOTICE = "one_time_notice"
    FIRST_RESPONSIBLE = "first_responsible"
    LATE = "late"
    FEE = "fee"
    BUSINESS = "business"
    RETALIATION = "retaliation"
    OTHER = "other"


MATTER_NAMES: dict[Matter, str] = {
    Matter.MANNERS: "服务态度",
    Matter.ONE_TIME_NOTICE: "没有一次告知",
    Matter.FIRST_RESPONSIBLE: "推诿、没人负责",
    Matter.LATE: "超过承诺时限",
    Matter.FEE: "收费问题",
    Matter.BUSINESS: "办理业务问题",
    Matter.RETALIATION: "打击报复投诉人",
    Matter.OTHER: "其他",
}

#: Manners, or breaking 首问负责, 一次性告知 or 限时办结 (R6.10).
TRAINING_MATTERS: frozenset[Matter] = frozenset({Matter.MANNERS, Matter.ONE_TIME_NOTICE, Matter.FIRST_RESPONSIBLE, Matter.LATE})


#: A supplement that was asked for and did not come in so many working days: the complaint may be archived as it is [design].
LAPSE_DAYS = 15


class MeasureFault(StrEnum):
    """Why these measures do not fit what was found."""

    NONE = "none"
    UNTRUE = "untrue"


def measures_fault(finding: Finding, measures: frozenset[Measure]) -> MeasureFault | None:
    """What is verified is dealt with, at least in one way; what is untrue has no consequence for anybody (R6.5)."""
    if finding in VERIFIED:
        return None if measures else MeasureFault.NONE
    return MeasureFault.UNTRUE if measures else None


def complaint_target(state: ComplaintState, act: ComplaintAct) -> ComplaintState | None:
    """The state that `act` leads to from `state`, or None if the table does not allow it."""
    return _TARGETS.get((state, act))


def complaint_acts_in(state: ComplaintState) -> tuple[ComplaintAct, ...]:
    """What may be done in `state`, in the table's order."""
    return tuple(transition.act for transition in COMPLAINT_TRANSITIONS if transition.source is state)


def evidence_due(received_on: date, calendar: WorkingCalendar) -> date | Unknown:
    """By when evidence of a complaint by phone or letter is brought (R6.1)."""
    return deadlines.working_days_after(received_on, deadlines.EVIDENCE_DAYS, calendar)


def lapse_after(asked_on: date, calendar: WorkingCalendar) -> date | Unknown:
    """The last day on which a supplement is waited for before the complaint may be archived without it [design]."""
    return deadlines.working_days_after(asked_on, LAPSE_DAYS, calendar)


def acceptance_due(received_on: date, calendar: WorkingCalendar) -> date | Unknown:
    """By when it is decided whether to accept (R6.2). A supplement starts it anew: `received_on` is then the day it was complete (R6.6)."""
    return deadlines.working_days_after(received_on, deadlines.ACCEPTANCE_DAYS, calendar)


def handling_due(taken_on: date, degree: Degree, calendar: WorkingCalendar) -> date | Unknown:
    """By when it is handled, from 收件 by the window or department that handles it (R6.6)."""
    return deadlines.working_days_after(taken_on, HANDLING_DAYS[degree], calendar)


def answer_until(written_on: date, calendar: WorkingCalendar) -> date | Unknown:
    """Until when the complainant may answer the written result or ask for a review (R6.7)."""
    return deadlines.working_days_after(written_on, deadlines.ANSWER_DAYS, calendar)
