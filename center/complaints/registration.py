"""Taking in a complaint (R6.1, R6.9): from a terminal, or by an officer for who phones, writes or comes. The same one, sent twice, is registered once."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from uuid import UUID, uuid4

from pydantic import ValidationError
from sqlalchemy import select
from sqlalchemy.orm import Session

from center.center import Center, Refusal
from center.clock import CHINA
from center.complaints.about import About, about_at_desk, about_of
from center.complaints.access import hash_digits
from center.complaints.clocks import ACCEPTANCE, EVIDENCE, Due, reading, start
from center.complaints.events import REGISTERED, append_event
from center.complaints.evidence import add_evidence
from center.complaints.sealed import Complainant, Statement, StoredParty, complainant_index, seal_complainant, seal_statement
from center.domain.accountability import EventCause
from center.domain.complaint import CHANNEL_NAMES, EVIDENCE_LATER, MATTER_NAMES, Channel, ComplaintState, Matter
from center.domain.roles import Right
from center.members import Member, require
from center.oversight.events import COMPLAINT, raise_event
from center.records import journal
from center.records.counters import next_number
from center.records.writes import once
from center.store.tables import Complaint, Terminal
from kiosk.wire.complaints import WEAK_DIGITS, Agent, Capacity, ComplaintFiling, ComplaintFilingAnswer, Opens, Party

#: How far a terminal's clock may be ahead of the center's.
_CLOCK_SLACK = timedelta(hours=24)
#: A letter lay at most so long before it was registered.
_EARLIEST = timedelta(days=60)


@dataclass(frozen=True)
class Registered:
    """The answer, and whether it made the complaint or found it."""

    answer: ComplaintFilingAnswer
    complaint_id: UUID
    created: bool


@dataclass(frozen=True)
class _Taken:
    """A complaint as it is taken in, whichever way it came."""

    channel: Channel
    complainant: Complainant
    statement: Statement
    about: About
    matter: Matter
    received_at: datetime
    evidence_later: bool
    terminal: Terminal | None = None
    receipt_number: str = ""
    digits_hash: str = ""
    evidence: tuple[str, ...] = ()
    member: Member | None = None
    #: What else the first event says: when it was sent, and to which text the citizen agreed (PIPL).
    lines: Mapping[str, str] = field(default_factory=dict)


def file_complaint(center: Center, terminal: Terminal, filing: ComplaintFiling) -> Registered:
    """Register what a citizen filed at a terminal. Raises Refusal; nothing is kept then."""
    _check(center, terminal, filing)
    digits_hash = hash_digits(filing.digits) if filing.digits else ""

    def act(session: Session) -> tuple[UUID, str]:
        used = select(Complaint.id).where(Complaint.terminal_row == terminal.id, Complaint.receipt_number == filing.receipt_number)
        if session.scalar(used) is not None:
            raise Refusal("receipt_number_used", "这个回执编号已经用过；请用新的回执编号提交。", {"receipt_number": "used"})
        taken = _Taken(
            Channel.TERMINAL,
            Complainant(
                party=StoredParty.of(filing.complainant),
                capacity=filing.capacity,
                agent=StoredParty.of(filing.agent) if filing.agent else None,
                group_size=filing.group_size,
                verified=filing.card,
            ),
            Statement(words=filing.statement, case_number=filing.case_number.strip()),
            about_of(center, session, filing.about),
            Matter(filing.matter),
            center.clock.now(),
            filing.evidence_later,
            terminal,
            filing.receipt_number,
            digits_hash,
            filing.evidence,
            lines={
                "提交": f"{filing.filed_at.astimezone(CHINA):%Y-%m-%d %H:%M}",
                "同意文本": f"{filing.consent.text_version}，{filing.consent.given_at.astimezone(CHINA):%Y-%m-%d %H:%M} 同意使用个人信息",
            },
        )
        complaint = _register(center, session, taken)
        return complaint.id, _answer(center, complaint).model_dump_json()

    done = once(center, "complaint", filing.key, filing.model_dump(mode="json"), act)
    return Registered(ComplaintFilingAnswer.model_validate_json(done.answer), done.subject_id, done.created)


def _check(center: Center, terminal: Terminal, filing: ComplaintFiling) -> None:
    if filing.township_id != center.township_id:
        raise Refusal("township_mismatch", "这份投诉属于另一个乡镇的中心；请检查终端的 township_id。")
    if filing.terminal_id != terminal.terminal_id:
        raise Refusal("terminal_mismatch", "投诉里的终端编号与签名的终端不同；请检查终端的配置。")
    if filing.filed_at.tzinfo is None or filing.consent.given_at.tzinfo is None:
        raise Refusal("time_without_zone", "时间没有写明时区；请在时间后写 +08:00。", {"filed_at": "time_without_zone"})
    if filing.filed_at > center.clock.now() + _CLOCK_SLACK:
        raise Refusal("filed_in_future", "提交时间比中心的时间晚一天以上；请校准终端的时钟。", {"filed_at": "filed_in_future"})
    if not filing.consent.text_version or not filing.consent.text_version.isprintable():
        raise Refusal("consent_missing", "没有记录同意个人信息使用的文本版本；请重新征得同意。", {"consent": "missing"})
    if filing.matter not in set(Matter):
        raise Refusal("matter_unknown", "没有这个投诉原因。请重新选择。", {"matter": "unknown"})
    if filing.digits in WEAK_DIGITS:
        raise Refusal("digits_weak", "这六位数字太容易被猜到。请换一组只有您记得的数字。", {"digits": "weak"})


def _register(center: Center, session: Session, taken: _Taken) -> Complaint:
    complaint_id = uuid4()
    day = taken.received_at.date()
    registered_on = center.clock.now().date()
    number = f"TS{registered_on:%Y%m%d}{next_number(center, session, f'complaint.{registered_on:%Y%m%d}'):04}"
    holder = taken.complainant.holder_number
    complaint = Complaint(
        id=complaint_id,
        township_id=center.township_id,
        number=number,
        terminal_row=taken.terminal.id if taken.terminal else None,
        receipt_number=taken.receipt_number or number,
        channel=taken.channel,
        state=ComplaintState.RECEIVED,
        complainant=seal_complainant(center, complaint_id, taken.complainant),
        # A number that was only typed opens nothing (domain.md, never forgotten no. 7).
        complainant_index=complainant_index(center, holder) if taken.complainant.verified and holder else "",
        digits_hash=taken.digits_hash,
        matter=taken.matter,
        statement=seal_statement(center, complaint_id, taken.statement),
        about_window=taken.about.window,
        about_staff=taken.about.staff_id,
        received_at=taken.received_at,
        registered_at=center.clock.now(),
        officer_id=taken.member.id if taken.member else None,
    )
    start(center, complaint, ACCEPTANCE)
    if taken.evidence_later or taken.channel in EVIDENCE_LATER:
        complaint.evidence_from = day
        start(center, complaint, EVIDENCE)
    session.add(complaint)
    session.flush()
    add_evidence(center, session, complaint, taken.evidence)
    lines = {"方式": CHANNEL_NAMES[taken.channel], "证据": f"{len(taken.evidence)} 页" if taken.evidence else "", **taken.lines}
    by = f"自助终端 {taken.terminal.terminal_id}" if taken.terminal else ""
    append_event(center, session, complaint, REGISTERED, taken.member, by, lines)
    session.flush()
    if taken.matter is Matter.RETALIATION:
        _raise_retaliation(center, session, complaint)
    if taken.member is not None:
        # What comes from a terminal is no act of staff: its minute in the journal beside the minute of a filing would tell who it was.
        journal.record(center, session, "complaint.register", taken.member, "complaint", complaint_id)
    return complaint


def _raise_retaliation(center: Center, session: Session, complaint: Complaint) -> None:
    """R6.8, R9: for the head and the leaders to judge. The day, not the minute: beside a filing's minute it would tell who it was."""
    raise_event(
        center,
        session,
        EventCause.RETALIATION,
        COMPLAINT,
        complaint.id,
        complaint.about_staff,
        complaint.about_window,
        datetime.combine(complaint.received_at.date(), time(), CHINA),
        "filed",
        "登记了一份反映打击报复的投诉。内容由投诉受理人员掌握，请依程序核实。",
        number=complaint.number,
    )


def _answer(center: Center, complaint: Complaint) -> ComplaintFilingAnswer:
    acceptance = reading(center, complaint, ACCEPTANCE)
    evidence = reading(center, complaint, EVIDENCE) if complaint.evidence_from else Due(None)
    how = "回执上的二维码和您自己设的六位数字" if complaint.digits_hash else "身份证"
    return ComplaintFilingAnswer(
        number=complaint.number,
        receipt_number=complaint.receipt_number,
        received_at=complaint.received_at,
        opens_with=Opens.DIGITS if complaint.digits_hash else Opens.CARD,
        acceptance_due_on=acceptance.on,
        acceptance_note=acceptance.note,
        evidence_due_on=evidence.on,
        evidence_note=evidence.note,
        next_step=f"中心在三个工作日内决定是否受理，并告诉您。凭{how}可以在自助终端查看进度。我们替您保密，被投诉的窗口和人员看不到是谁投诉的。",
    )


# ------------------------------------------------------------------ by an officer


@dataclass(frozen=True)
class DeskComplaint:
    """What an officer wrote down (R6.1). `verified`: the ID card was seen."""

    key: UUID
    channel: str
    received_on: date | None
    party: Mapping[str, str]
    capacity: str
    agent: Mapping[str, str]
    group_size: int
    verified: bool
    window: str
    staff_id: str
    matter: str
    statement: str
    case_number: str
    evidence_later: bool


_DESK_FIELDS = {"name": "姓名或名称", "contact": "联系方式", "number": "证件号码", "kind": "投诉人类型"}


def _party(model: type[Party] | type[Agent], values: Mapping[str, str], prefix: str, faults: dict[str, str]) -> StoredParty | None:
    try:
        return StoredParty.of(model.model_validate(dict(values)))
    except ValidationError as error:
        for fault in error.errors():
            name = str(fault["loc"][0])
            faults[f"{prefix}{name}"] = f"请填写{_DESK_FIELDS.get(name, '这一项')}" + {
                "contact": "：电话或者能收到信的地址，至少 5 个字",
                "number": "：8 到 18 位字母或数字，没有可以不填",
            }.get(name, "")
        return None


def register_at_desk(center: Center, member: Member, said: DeskComplaint) -> UUID:
    """Register a complaint by phone, letter or visit; by phone and letter the evidence has three working days (R6.1). Raises Refusal with `fields`."""
    require(member, Right.HANDLE_COMPLAINTS)
    faults: dict[str, str] = {}
    channels = set(Channel) - {Channel.TERMINAL}
    if said.channel not in channels:
        faults["channel"] = "请选择投诉方式"
    if said.matter not in set(Matter):
        faults["matter"] = "请选择投诉原因"
    if said.capacity not in set(Capacity):
        faults["capacity"] = "请选择由谁投诉"
    today = center.clock.now().date()
    if said.received_on is None or not today - _EARLIEST <= said.received_on <= today:
        faults["received_on"] = "请填写收到的日期：不晚于今天，不早于六十天前"
    if not 1 <= len(said.statement) <= 2000:
        faults["statement"] = "请写下投诉的理由，最多 2000 字"
    if len(said.case_number) > 60:
        faults["case_number"] = "办件编号最多 60 个字"
    party = _party(Party, said.party, "", faults)
    agent = _party(Agent, said.agent, "agent_", faults) if said.capacity == Capacity.AGENT else None
    group = said.group_size if said.capacity == Capacity.REPRESENTATIVE else None
    if group is not None and not 2 <= group <= 9999:
        faults["group_size"] = "请填写一共多少人投诉，至少 2 人"
    holder = agent or party
    if said.verified and holder is not None and not holder.number:
        faults["agent_number" if agent else "number"] = "核对过身份证的，请填写证件号码"
    if faults:
        raise Refusal("complaint_incomplete", "有内容没有填好，还没有登记。请按下面标出的改正。", faults)
    assert said.received_on is not None
    assert party is not None
    complainant = Complainant(party=party, capacity=Capacity(said.capacity), agent=agent, group_size=group, verified=said.verified)

    def act(session: Session) -> tuple[UUID, str]:
        now = center.clock.now()
        received_at = now if said.received_on == now.date() else datetime.combine(said.received_on or now, time(12), CHINA)
        taken = _Taken(
            Channel(said.channel),
            complainant,
            Statement(words=said.statement, case_number=said.case_number),
            about_at_desk(center, session, said.window, said.staff_id),
            Matter(said.matter),
            received_at,
            said.evidence_later,
            member=member,
        )
        return _register(center, session, taken).id, "{}"

    content = json.loads(json.dumps(said.__dict__, default=str)) | {"party": dict(said.party), "agent": dict(said.agent)}
    return once(center, "complaint", said.key, content, act).subject_id


def matter_choices() -> tuple[tuple[str, str], ...]:
    """Reasons to choose from, code and words."""
    return tuple((matter.value, name) for matter, name in MATTER_NAMES.items())
