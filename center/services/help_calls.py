"""Calls for help (帮办代办): by day they ring at the console; when nobody is on duty the citizen is told what can be done now (R8.1, R10)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from types import MappingProxyType
from uuid import UUID, uuid4

from sqlalchemy import select
from sqlalchemy.orm import Session

from center.center import Center, Refusal
from center.domain.roles import Right
from center.members import Member, require
from center.records import journal
from center.records.writes import once
from center.services.hours import on_duty
from center.store.tables import HelpCall, IdempotencyKey, Terminal
from kiosk.wire.services import HelpAnswer, HelpCallSent, HelpState

#: What is still shown among the calls of the day.
_SHOWN = timedelta(hours=24)
#: A call that nobody answered stops ringing: whoever called has gone [design].
_RINGS = timedelta(minutes=15)
MAX_NOTE = 500

#: What the citizen is at, by the name of the page that the terminal sends; a page that is not here says nothing to staff.
PLACES: Mapping[str, str] = MappingProxyType(
    {
        "home": "在首页",
        "item_list": "在找事项",
        "guide": "在看指南",
        "identify": "在放身份证",
        "consent": "在看须知",
        "form": "在填表",
        "materials": "在拍材料",
        "signature": "在签名",
        "review": "在核对",
        "done": "在取回执",
        "scan": "在扫码或放身份证",
        "case_list": "在看自己的办件",
        "progress": "在看进度",
        "people": "在选窗口或人员",
        "grid": "在选日子、时间或原因",
        "rate": "在评价",
        "ways": "在选要办的事",
        "read": "在看说明",
    }
)

_WAITING = "已经通知窗口工作人员，请稍等一下。"


def call(center: Center, terminal: Terminal, sent: HelpCallSent) -> HelpAnswer:
    """Ring, or say what can be done while nobody is there. The same call sent again rings once. Raises Refusal."""

    def act(session: Session) -> tuple[UUID, str]:
        now = center.clock.now()
        if not on_duty(center, now):
            return uuid4(), _nobody(center).model_dump_json()
        row_id = uuid4()
        session.add(
            HelpCall(
                id=row_id,
                township_id=center.township_id,
                terminal_row=terminal.id,
                place=sent.place,
                state=HelpState.WAITING,
                called_at=now,
            )
        )
        return row_id, HelpAnswer(state=HelpState.WAITING, sentence=_WAITING).model_dump_json()

    done = once(center, "help_call", sent.key, sent.model_dump(mode="json"), act)
    return HelpAnswer.model_validate_json(done.answer)


def _nobody(center: Center) -> HelpAnswer:
    hours, hotline = center.config.center.window_hours, center.config.services.hotline
    parts = ["现在窗口没有人值班。您可以先在本机查指南、提交申请，材料不齐也可以先交，窗口上班后会接着办。"]
    if hours:
        parts.append(f"窗口开放时间：{hours}。")
    if hotline:
        parts.append(f"急事请拨打{hotline}。")
    return HelpAnswer(state=HelpState.NONE, sentence="".join(parts))


def state_of(center: Center, key: UUID) -> HelpAnswer:
    """How a call stands. Raises Refusal."""
    with center.database.reading() as session:
        known = session.scalar(
            select(IdempotencyKey).where(
                IdempotencyKey.township_id == center.township_id, IdempotencyKey.key == key, IdempotencyKey.purpose == "help_call"
            )
        )
        if known is None:
            raise Refusal("call_unknown", "没有这个求助。请再按一次“呼叫帮助”。")
        row = session.get(HelpCall, known.subject_id)
        if row is None:
            return HelpAnswer.model_validate_json(known.answer)
        sentences = {
            HelpState.WAITING: _WAITING,
            HelpState.ANSWERED: f"{row.answerer} 马上过来，请稍等一下。",
            HelpState.CLOSED: "这次求助已经处理完了。还需要帮忙，请再按一次。",
        }
        state = HelpState(row.state)
        return HelpAnswer(state=state, sentence=sentences[state], by=row.answerer)


@dataclass(frozen=True)
class Call:
    """One call as staff see it. `place`: what the citizen is at, in words. `ringing`: nobody has answered, and it is not too long ago."""

    id: UUID
    terminal_id: str
    place: str
    state: HelpState
    called_at: datetime
    answerer: str
    note: str
    ringing: bool


def calls(center: Center, member: Member) -> tuple[Call, ...]:
    """The calls of the last day, the ringing first. Raises Refusal."""
    require(member, Right.ANSWER_HELP_CALLS)
    now = center.clock.now()
    with center.database.reading() as session:
        rows = session.execute(
            select(HelpCall, Terminal.terminal_id)
            .join(Terminal, HelpCall.terminal_row == Terminal.id)
            .where(HelpCall.township_id == center.township_id, HelpCall.called_at >= now - _SHOWN)
            .order_by(HelpCall.called_at.desc())
        ).all()
        found = [_call(center, row, terminal_id, now) for row, terminal_id in rows]
    return tuple(sorted(found, key=lambda each: (not each.ringing, each.state is HelpState.CLOSED)))


def _call(center: Center, row: HelpCall, terminal_id: str, now: datetime) -> Call:
    note = center.cipher.open("help_calls", "note", row.id, row.note).decode() if row.note else ""
    ringing = row.state == HelpState.WAITING and row.called_at >= now - _RINGS
    return Call(row.id, terminal_id, PLACES.get(row.place, ""), HelpState(row.state), row.called_at, row.answerer, note, ringing)


def _find(center: Center, session: Session, call_id: UUID) -> HelpCall:
    row = session.scalar(select(HelpCall).where(HelpCall.id == call_id, HelpCall.township_id == center.township_id).with_for_update())
    if row is None:
        raise Refusal("call_unknown", "没有找到这个求助。请从求助列表重新打开。")
    return row


def answer_call(center: Center, member: Member, call_id: UUID) -> None:
    """Say that one goes there; the citizen reads who. The first who answers goes. Raises Refusal."""
    require(member, Right.ANSWER_HELP_CALLS)
    with center.database.writing() as session:
        row = _find(center, session, call_id)
        if row.answered_by == member.id and row.state == HelpState.ANSWERED:
            return
        if row.state != HelpState.WAITING:
            raise Refusal("case_changed", f"{row.answerer or '同事'} 已经去了，您不用再去。")
        row.state, row.answered_at, row.answered_by, row.answerer = HelpState.ANSWERED, center.clock.now(), member.id, member.words
        journal.record(center, session, "help.answer", member, "help_call", row.id)


def close_call(center: Center, member: Member, call_id: UUID, note: str) -> None:
    """Write down what it was about, and end it. Raises Refusal."""
    require(member, Right.ANSWER_HELP_CALLS)
    if len(note) > MAX_NOTE:
        raise Refusal("note_long", f"记录最多 {MAX_NOTE} 个字，请写得简短些。", {"note": "long"})
    with center.database.writing() as session:
        row = _find(center, session, call_id)
        if row.state == HelpState.CLOSED:
            raise Refusal("case_changed", "这个求助刚刚已经结束了。")
        row.state, row.closed_at = HelpState.CLOSED, center.clock.now()
        row.answerer = row.answerer or member.words
        if note:
            row.note = center.cipher.seal("help_calls", "note", row.id, note.encode())
        journal.record(center, session, "help.close", member, "help_call", row.id)
