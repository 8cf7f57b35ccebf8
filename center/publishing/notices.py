"""Public notices (公示, R1.5): the center's duties, rules, procedures, promises, ways to complain, announcements; by version, from a day to a day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID, uuid4

from sqlalchemy import func, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from center.center import Center, Refusal
from center.domain.manners import unmannerly
from center.domain.roles import Right
from center.members import Member, require
from center.records import journal
from center.store.tables import PublicNotice, Staff


class NoticeKind(StrEnum):
    """What a notice is about. 四公开: procedure, basis, limit and result are public; the items carry basis and limit themselves."""

    DUTIES = "duties"
    RULES = "rules"
    PROCEDURES = "procedures"
    PROMISES = "promises"
    COMPLAINTS = "complaints"
    ANNOUNCEMENT = "announcement"


NOTICE_KINDS: dict[NoticeKind, str] = {
    NoticeKind.DUTIES: "中心职责",
    NoticeKind.RULES: "规章制度",
    NoticeKind.PROCEDURES: "办事程序",
    NoticeKind.PROMISES: "服务承诺",
    NoticeKind.COMPLAINTS: "投诉渠道",
    NoticeKind.ANNOUNCEMENT: "通知公告",
}
_ORDER = {kind: place for place, kind in enumerate(NoticeKind)}

MAX_TITLE, MAX_BODY = 60, 8000


class NoticeState(StrEnum):
    """How a topic stands on a day."""

    SHOWN = "shown"
    FUTURE = "future"
    OVER = "over"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True)
class Wording:
    """What is written in a notice."""

    kind: NoticeKind
    title: str
    body: str
    from_on: date
    to_on: date | None

    @property
    def paragraphs(self) -> tuple[str, ...]:
        """The text, a paragraph each."""
        return tuple(line.strip() for line in self.body.splitlines() if line.strip())


@dataclass(frozen=True)
class Published:
    """One version of a notice."""

    topic_id: UUID
    version: int
    wording: Wording
    made_at: datetime
    made_by: str
    state: NoticeState


def _state(row: PublicNotice, on: date) -> NoticeState:
    if row.withdrawn_at is not None:
        return NoticeState.WITHDRAWN
    if row.from_on > on:
        return NoticeState.FUTURE
    return NoticeState.SHOWN if row.to_on is None or on <= row.to_on else NoticeState.OVER


def _published(row: PublicNotice, on: date, names: dict[UUID, str]) -> Published:
    wording = Wording(NoticeKind(row.kind), row.title, row.body, row.from_on, row.to_on)
    return Published(row.topic_id, row.version, wording, row.made_at, names.get(row.made_by, ""), _state(row, on))


def _rows(center: Center, session: Session) -> list[PublicNotice]:
    rows = session.scalars(
        select(PublicNotice).where(PublicNotice.township_id == center.township_id).order_by(PublicNotice.topic_id, PublicNotice.version)
    )
    return sorted(rows, key=lambda row: (_ORDER[NoticeKind(row.kind)], row.from_on, row.made_at))


def _names(session: Session, rows: list[PublicNotice]) -> dict[UUID, str]:
    return {row.id: row.name for row in session.scalars(select(Staff).where(Staff.id.in_({row.made_by for row in rows})))}


def _newest_begun(rows: list[PublicNotice], on: date) -> dict[UUID, PublicNotice]:
    """By topic the newest version that has begun: an earlier one comes to its end with it."""
    newest: dict[UUID, PublicNotice] = {}
    for row in rows:
        if row.from_on <= on and (row.topic_id not in newest or newest[row.topic_id].version < row.version):
            newest[row.topic_id] = row
    return newest


def published(center: Center, session: Session, on: date) -> tuple[Published, ...]:
    """What is public on that day, by kind (R1.5)."""
    rows = _rows(center, session)
    shown = [row for row in _newest_begun(rows, on).values() if _state(row, on) is NoticeState.SHOWN]
    names = _names(session, shown)
    return tuple(_published(row, on, names) for row in shown)


def topics(center: Center, session: Session, on: date) -> tuple[Published, ...]:
    """For the editor: each topic by the newest version that was written, and those shown today beside a newer one to come."""
    rows = _rows(center, session)
    newest: dict[UUID, PublicNotice] = {}
    for row in rows:
        if row.topic_id not in newest or newest[row.topic_id].version < row.version:
            newest[row.topic_id] = row
    begun = _newest_begun(rows, on)
    chosen = [row for row in rows if newest[row.topic_id] is row or (begun.get(row.topic_id) is row and newest[row.topic_id].from_on > on)]
    names = _names(session, chosen)
    return tuple(_published(row, on, names) for row in chosen)


def versions(center: Center, session: Session, topic_id: UUID) -> tuple[Published, ...]:
    """Every version of a topic, the newest first. Raises Refusal."""
    rows = [row for row in _rows(center, session) if row.topic_id == topic_id]
    if not rows:
        raise Refusal("public_notice_unknown", "没有找到这条公示，可能是地址不完整。请从公示列表重新打开。")
    names, on = _names(session, rows), center.clock.now().date()
    return tuple(_published(row, on, names) for row in sorted(rows, key=lambda row: -row.version))


# ------------------------------------------------------------------ written


def _check(center: Center, wording: Wording) -> None:
    faults = {}
    if not 2 <= len(wording.title) <= MAX_TITLE:
        faults["title"] = f"请填标题，2 到 {MAX_TITLE} 个字。"
    if not 1 <= len(wording.body.strip()) <= MAX_BODY:
        faults["body"] = f"请填内容，最多 {MAX_BODY} 个字。"
    for name, text in (("title", wording.title), ("body", wording.body)):
        if unmannerly(text):
            faults[name] = "里面有服务忌语，请换一种说法（服务规范）。"
    if wording.to_on is not None and wording.to_on < wording.from_on:
        faults["to_on"] = "最后一天不能早于第一天。"
    if faults:
        raise Refusal("public_notice_invalid", "有几处还不对，已在下面标出。改好后再保存。", faults)


def write_notice(center: Center, member: Member, session: Session, topic_id: UUID | None, seen_version: int, wording: Wording) -> UUID:
    """A new topic (`topic_id` None), or the next version of one as it was seen; in the caller's transaction. Returns the topic. Raises Refusal."""
    require(member, Right.EDIT_NOTICES)
    _check(center, wording)
    newest = 0
    if topic_id is not None:
        newest = versions(center, session, topic_id)[0].version
        if newest != seen_version:
            raise _changed()
    topic = topic_id or uuid4()
    session.add(
        PublicNotice(
            township_id=center.township_id,
            topic_id=topic,
            version=newest + 1,
            kind=wording.kind,
            title=wording.title,
            body=wording.body,
            from_on=wording.from_on,
            to_on=wording.to_on,
            made_at=center.clock.now(),
            made_by=member.id,
        )
    )
    try:
        session.flush()
    except IntegrityError:
        # The same version a moment earlier, from elsewhere.
        raise _changed() from None
    journal.record(center, session, "notice.published", member, "notice", topic, {"kind": wording.kind, "version": newest + 1})
    return topic


def _changed() -> Refusal:
    return Refusal("notice_changed", "这条公示刚刚被别人改过，您的修改没有保存。请查看最新内容后再改。")


def withdraw_notice(center: Center, member: Member, topic_id: UUID, seen_version: int) -> None:
    """Take a topic off the board; its versions are kept. Raises Refusal."""
    require(member, Right.EDIT_NOTICES)
    with center.database.writing() as session:
        newest = versions(center, session, topic_id)[0]
        if newest.version != seen_version or newest.state is NoticeState.WITHDRAWN:
            raise _changed()
        session.execute(
            update(PublicNotice)
            .where(PublicNotice.township_id == center.township_id, PublicNotice.topic_id == topic_id)
            .values(withdrawn_at=func.coalesce(PublicNotice.withdrawn_at, center.clock.now()))
            .execution_options(synchronize_session=False)
        )
        journal.record(center, session, "notice.withdrawn", member, "notice", topic_id, {"version": newest.version})
