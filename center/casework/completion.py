"""Ending a case: decided on the opinion (R5.3), completed by its voucher (R4.3), the applicant told (R4.4), the result collected or posted (R3.2, R10)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from center.casework.acting import acting, begin, keep
from center.casework.course import LONG, SHORT, entry_fault, written
from center.casework.course_of import course_of
from center.casework.course_papers import OUTCOME_WORDS, decision_paper, voucher
from center.casework.course_values import CourseView
from center.casework.dossier import Dossier
from center.casework.events import EventKind
from center.casework.notices import foot
from center.casework.parties import DELIVERY_NAMES, Party
from center.center import Center, Refusal
from center.domain.application import ApplicationAct, ApplicationState, Outcome
from center.domain.calendar import Unknown
from center.domain.deadlines import notify_due
from center.domain.paper import PaperKind
from center.domain.post import is_waybill, waybill
from center.domain.roles import Right
from center.members import Member, require
from center.records import papers
from center.records.papers import Paper, Subject
from kiosk.wire.filing import ORGANIZATION
from kiosk.wire.forms import CardSource, FieldKind, FormField, check_field
from kiosk.wire.masking import mask_number

# ------------------------------------------------------------------ deciding


def against_opinion(outcome: Outcome | None, course: CourseView) -> bool:
    """Whether this outcome is otherwise than the department advised (R5.3)."""
    return outcome is not None and course.opinion is not None and course.opinion.agrees is not (outcome is Outcome.GRANTED)


def _may_decide(dossier: Dossier, course: CourseView) -> None:
    if course.open_pauses:
        raise Refusal("special_open", f"{course.open_pauses[0].name}还没有结束，不能作出决定。请先记录特别程序结束。")
    if dossier.state is ApplicationState.ACCEPTED and dossier.item.handover is not None:
        department = dossier.item.handover.department
        raise Refusal("opinion_needed", f"这个事项要由{department}核办。请先移交，收回核办意见后再作决定。")


def decide(
    center: Center,
    member: Member,
    case_id: UUID,
    revision: int,
    outcome: Outcome | None,
    reasons: str,
    basis: str,
    against: str = "",
) -> Paper:
    """Decide (R5.3). Returns the decision in writing. Raises Refusal.

    An item that a department must look into waits for its opinion, and deciding against it needs a reason; a denial needs its basis.
    """
    require(member, Right.HANDLE_CASES)
    if outcome is None:
        raise entry_fault("outcome", "请选择准予或者不予。")
    why = written(reasons, "reasons", "理由", LONG, to_citizen=True)
    law = written(basis, "basis", "依据", LONG, needed=outcome is Outcome.DENIED)
    otherwise = written(against, "against", "与核办意见不一致的理由", 400, needed=False)
    with acting(center) as session:
        begun = begin(center, session, case_id, revision, ApplicationAct.DECIDE)
        case, dossier, today = begun.case, begun.dossier, center.clock.now().date()
        course = course_of(center, session, case)
        _may_decide(dossier, course)
        differs = against_opinion(outcome, course)
        if differs and not otherwise:
            raise entry_fault("against", "这个决定与职能单位的核办意见不一致。请写明理由，留作内部记录。")
        paper = papers.issue(
            center,
            session,
            PaperKind.DECISION,
            Subject.CASE,
            case.id,
            decision_paper(dossier, outcome, why, law, today),
            member,
            "" if outcome is Outcome.GRANTED else "不予批准",
            foot(center),
            exempt_seal=dossier.item.seal,
        )
        case.state, case.outcome, case.decided_on = begun.after, outcome, today
        detail = {"outcome": outcome, "reasons": why, "basis": law, "against": otherwise if differs else "", "number": paper.number}
        note = OUTCOME_WORDS[outcome] + (f"。与核办意见不一致：{otherwise}" if differs else "")
        codes = {"outcome": outcome, "against": differs}
        keep(center, session, case, EventKind.DECIDED, member, papers=(paper,), note=note, detail=detail, codes=codes)
        return paper


# ------------------------------------------------------------------ completing


def issue_voucher(center: Center, member: Member, case_id: UUID, revision: int) -> Paper:
    """Complete the case: the voucher's date is the completion date (R4.3). Returns the voucher. Raises Refusal.

    What a department looked into is pushed to it in the same moment (R5.4).
    """
    require(member, Right.HANDLE_CASES)
    with acting(center) as session:
        begun = begin(center, session, case_id, revision, ApplicationAct.ISSUE_VOUCHER)
        case, now = begun.case, center.clock.now()
        decision = course_of(center, session, case).decision
        assert decision is not None, "the table completes decided cases only"
        blocks = voucher(begun.dossier, decision.outcome, decision.number, now.date(), case.delivery, center.config.center.window_hours)
        paper = papers.issue(
            center,
            session,
            PaperKind.COMPLETION_VOUCHER,
            Subject.CASE,
            case.id,
            blocks,
            member,
            foot=foot(center),
            exempt_seal=begun.dossier.item.seal,
        )
        until = notify_due(now.date(), center.calendar)
        case.state, case.completed_on = begun.after, now.date()
        case.notify_due_on = None if isinstance(until, Unknown) else until
        late = case.due_on is not None and now.date() > case.due_on
        note = OUTCOME_WORDS[decision.outcome] + ("，超过应办结日" if late else "")
        keep(center, session, case, EventKind.VOUCHER_ISSUED, member, papers=(paper,), note=note, codes={"late": late})
        if case.handed_over_on is not None:
            case.pushed_at = now
            note = f"全部材料、要件和结果推送给{case.department}，等待签收"
            keep(center, session, case, EventKind.PUSHED, member, note=note)
        return paper


class NotifyWay(StrEnum):
    """How the applicant is told (R4.4). No message by phone is promised: there is no gateway for it."""

    PHONE = "phone"
    IN_PERSON = "in_person"
    LETTER = "letter"


NOTIFY_WAYS: dict[NotifyWay, str] = {NotifyWay.PHONE: "电话", NotifyWay.IN_PERSON: "当面", NotifyWay.LETTER: "信函"}


def notify(
    center: Center,
    member: Member,
    case_id: UUID,
    revision: int,
    way: NotifyWay | None,
    who: str,
    words: str,
    reached: bool | None,
    delivery: str = "window",
) -> None:
    """Record what was said to whom and how (R4.4). Nobody reached: recorded too, and the case still waits. Raises Refusal."""
    require(member, Right.HANDLE_CASES)
    if way is None:
        raise entry_fault("way", "请选择用什么方式通知。")
    if reached is None:
        raise entry_fault("reached", "请选择是否已经通知到。")
    if delivery not in DELIVERY_NAMES:
        raise entry_fault("delivery", "请选择怎样领取结果。")
    told_who, told = written(who, "who", "通知了谁", SHORT), written(words, "words", "通知的内容", 400, to_citizen=True)
    with acting(center) as session:
        begun = begin(center, session, case_id, revision, ApplicationAct.NOTIFY)
        case, today = begun.case, center.clock.now().date()
        detail = {"who": told_who, "how": NOTIFY_WAYS[way], "words": told}
        note = f"{NOTIFY_WAYS[way]}，{told_who}：{told}"
        if not reached:
            keep(center, session, case, EventKind.NOTIFY_TRIED, member, note=note, detail=detail, codes={"way": way})
            return
        late = case.notify_due_on is not None and today > case.notify_due_on
        case.state, case.notified_on, case.delivery = begun.after, today, delivery
        note += "（超过通知期限）" if late else ""
        keep(center, session, case, EventKind.NOTIFIED, member, note=note, detail=detail, codes={"way": way, "late": late})


# ------------------------------------------------------------------ handing out


class Collector(StrEnum):
    """Who fetches the result: the applicant in person, who came at registration too, or somebody else."""

    APPLICANT = "applicant"
    REGISTERED = "registered"
    AGENT = "agent"


#: Any card that a terminal reads may be shown at the window too.
_CARD_NUMBER = FormField(code="number", label="证件号码", kind=FieldKind.ID_NUMBER, card=CardSource.NUMBER)


@dataclass(frozen=True)
class Collecting:
    """Who collected. `number` and `authority` are an agent's; `checked` says how the identity was checked when no card was shown."""

    collector: Collector | None
    name: str = ""
    number: str = ""
    authority: str = ""
    card_shown: bool = False
    checked: str = ""
    signed: bool | None = None


@dataclass(frozen=True)
class _Handler:
    """Who stood there: `role` in words, and upon what, empty for the applicant in person."""

    name: str
    number: str
    role: str
    authority: str = ""


def _handler(applicant: Party, collecting: Collecting) -> _Handler:
    """Who collects for this applicant. Raises Refusal: an organization sends somebody, and only who was registered is known already."""
    company = applicant.kind == ORGANIZATION
    for_whom = f"，代表{applicant.name}" if company else ""
    match collecting.collector:
        case Collector.REGISTERED if applicant.agent is not None:
            known = applicant.agent
            return _Handler(known.name, known.number, f"登记时的代办人{for_whom}", known.authority_words)
        case Collector.AGENT:
            number = collecting.number.strip().upper()
            if number == applicant.number.upper():
                raise entry_fault("number", "代领人的证件号码和申请人的一样。请填写来领取的这位自己的证件号码。")
            return _Handler(collecting.name.strip(), number, f"代领人{for_whom}", collecting.authority.strip())
        case Collector.APPLICANT if not company:
            return _Handler(applicant.name, applicant.number, "申请人本人")
    raise entry_fault("collector", "请选择来领取的是谁。" + ("单位领取，要记下来的这位的姓名、证件号码和授权依据。" if company else ""))


def collect(center: Center, member: Member, case_id: UUID, revision: int, collecting: Collecting) -> None:
    """The result is collected at the window (R3.2): by whom, with which card, upon what, signed for on paper or not. Raises Refusal."""
    require(member, Right.HANDLE_CASES)
    if collecting.collector is None:
        raise entry_fault("collector", "请选择是申请人本人领取，还是代领人领取。")
    if collecting.signed is None:
        raise entry_fault("signed", "请选择领取人是否在办结凭证上签了字。")
    checked = written(collecting.checked, "checked", "身份的核对方式", 200, needed=not collecting.card_shown)
    agent = collecting.collector is Collector.AGENT
    written(collecting.name, "name", "代领人姓名", SHORT, needed=agent)
    written(collecting.authority, "authority", "委托依据", 200, needed=agent)
    if agent and check_field(_CARD_NUMBER, collecting.number.strip().upper(), center.clock.now().date()) is not None:
        raise entry_fault("number", "代领人的证件号码不对，请照证件核对；居民身份证是 18 位。")
    with acting(center) as session:
        begun = begin(center, session, case_id, revision, ApplicationAct.COLLECT)
        case, came = begun.case, _handler(begun.dossier.applicant, collecting)
        shown = [
            ("领取人", f"{came.name}（{came.role}）"),
            ("证件", f"已出示，{mask_number(came.number)}" if collecting.card_shown else f"未出示；{checked}"),
            *((("委托依据", came.authority),) if came.authority else ()),
            ("签字", "已在凭证上签字" if collecting.signed else "没有签字"),
        ]
        case.state, case.ended_on = begun.after, center.clock.now().date()
        # Of the applicant in person the case has the number already.
        number = "" if collecting.collector is Collector.APPLICANT else came.number
        detail = {"who": came.name, "number": number, "shown": shown}
        codes = {"by": collecting.collector, "card_shown": collecting.card_shown, "signed": collecting.signed}
        keep(center, session, case, EventKind.COLLECTED, member, note="；".join(value for _, value in shown), detail=detail, codes=codes)


def post(center: Center, member: Member, case_id: UUID, revision: int, number: str, recipient: str, address: str, phone: str) -> None:
    """The result is posted by EMS under this number (R10); where it is, the post says. Raises Refusal."""
    require(member, Right.HANDLE_CASES)
    bill = waybill(number)
    if not is_waybill(bill):
        raise entry_fault("number", "邮件号码不对。EMS 号码是 13 位数字，或者 2 个字母、9 位数字、2 个字母，请照寄件单核对。")
    to, where = written(recipient, "recipient", "收件人", SHORT), written(address, "address", "收件地址", 120)
    call = written(phone, "phone", "收件电话", 20, needed=False)
    with acting(center) as session:
        begun = begin(center, session, case_id, revision, ApplicationAct.POST)
        case = begun.case
        shown = [("邮件号码", bill), ("收件人", to), ("收件地址", where), *((("收件电话", call),) if call else ())]
        case.state, case.ended_on, case.delivery = begun.after, center.clock.now().date(), "post"
        detail = {"who": to, "shown": shown}
        keep(center, session, case, EventKind.POSTED, member, note=f"EMS {bill}，寄给{to}", told=f"EMS 邮件号码 {bill}", detail=detail)


# ------------------------------------------------------------------ withdrawing at the window


def record_withdrawal(center: Center, member: Member, case_id: UUID, revision: int, words: str, paper_kept: bool) -> None:
    """The applicant withdraws in writing at the window (R3.2 [design]); the paper is kept. Raises Refusal."""
    require(member, Right.HANDLE_CASES)
    said = written(words, "words", "撤回的理由", 400)
    if not paper_kept:
        raise entry_fault("paper_kept", "撤回要有申请人签字的书面申请。收到并存档后，请勾选。")
    with acting(center) as session:
        begun = begin(center, session, case_id, revision, ApplicationAct.WITHDRAW)
        case = begun.case
        case.state, case.ended_on = begun.after, center.clock.now().date()
        note = f"窗口收到书面撤回申请并存档。{said}"
        keep(center, session, case, EventKind.WITHDRAWN, member, note=note, detail={"words": said, "paper_kept": True})
