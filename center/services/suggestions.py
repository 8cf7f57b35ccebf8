"""意见箱: what citizens propose, read and answered by the head of the center (R10)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from center.center import Center, Refusal
from center.domain.roles import Right
from center.members import Member, require
from center.records import journal
from center.records.writes import once
from center.store.tables import Suggestion
from kiosk.wire.services import SuggestionAnswer, SuggestionSent

PAGE_ROWS = 10
MAX_ANSWER = 1000


def suggest(center: Center, sent: SuggestionSent) -> tuple[SuggestionAnswer, bool]:
    """Keep a suggestion; the answer, and whether it is new. Raises Refusal."""

    def act(session: Session) -> tuple[UUID, str]:
        row_id, now = uuid4(), center.clock.now()
        contact = center.cipher.seal("suggestions", "contact", row_id, sent.contact.encode()) if sent.contact else None
        words = center.cipher.seal("suggestions", "words", row_id, sent.words.encode())
        session.add(Suggestion(id=row_id, township_id=center.township_id, at=now, words=words, contact=contact))
        return row_id, SuggestionAnswer(received_at=now).model_dump_json()

    done = once(center, "suggestion", sent.key, sent.model_dump(mode="json"), act)
    return SuggestionAnswer.model_validate_json(done.answer), done.created


@dataclass(frozen=True)
class SuggestionRow:
    """One suggestion in the clear."""

    id: UUID
    at: datetime
    words: str
    contact: str
    answer: str
    answered_at: datetime | None


@dataclass(frozen=True)
class Suggestions:
    """One page, those without an answer first."""

    rows: tuple[SuggestionRow, ...]
    page: int
    pages: int
    open: int


def suggestions(center: Center, member: Member, page: int) -> Suggestions:
    """One page. Raises Refusal."""
    require(member, Right.ANSWER_SUGGESTIONS)
    own = Suggestion.township_id == center.township_id
    with center.database.reading() as session:
        total = session.scalar(select(func.count()).select_from(Suggestion).where(own)) or 0
        waiting = session.scalar(select(func.count()).select_from(Suggestion).where(own, Suggestion.answered_at.is_(None))) or 0
        pages = max(1, -(-total // PAGE_ROWS))
        page = min(max(1, page), pages)
        rows = session.scalars(
            select(Suggestion)
            .where(own)
            .order_by(Suggestion.answered_at.is_not(None), Suggestion.at.desc())
            .offset((page - 1) * PAGE_ROWS)
            .limit(PAGE_ROWS)
        )
        return Suggestions(tuple(_row(center, row) for row in rows), page, pages, waiting)


def _row(center: Center, row: Suggestion) -> SuggestionRow:
    def clear(column: str, sealed: bytes | None) -> str:
        return center.cipher.open("suggestions", column, row.id, sealed).decode() if sealed else ""

    return SuggestionRow(
        row.id, row.at, clear("words", row.words), clear("contact", row.contact), clear("answer", row.answer), row.answered_at
    )


def answer(center: Center, member: Member, suggestion_id: UUID, words: str) -> None:
    """Record what was answered, or what was done about it. Raises Refusal."""
    require(member, Right.ANSWER_SUGGESTIONS)
    if not 2 <= len(words) <= MAX_ANSWER:
        raise Refusal("answer_missing", f"请写下答复或处理情况，2 到 {MAX_ANSWER} 个字。", {"answer": "missing"})
    with center.database.writing() as session:
        row = session.scalar(
            select(Suggestion).where(Suggestion.id == suggestion_id, Suggestion.township_id == center.township_id).with_for_update()
        )
        if row is None:
            raise Refusal("suggestion_unknown", "没有找到这条意见。请从意见箱重新打开。")
        if row.answered_at is not None:
            raise Refusal("case_changed", "这条意见刚刚被同事答复过。请查看最新情况。")
        row.answer = center.cipher.seal("suggestions", "answer", row.id, words.encode())
        row.answered_at, row.answered_by = center.clock.now(), member.id
        journal.record(center, session, "suggestion.answer", member, "suggestion", row.id)
