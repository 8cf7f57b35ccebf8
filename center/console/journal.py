"""The journal for who oversees (Right.SEE_AUDIT): who did what and when, by day and by member, and the chain's end to print."""

from __future__ import annotations

from datetime import date
from urllib.parse import urlencode
from uuid import UUID

from fastapi import APIRouter, Request
from starlette.responses import Response

from center.console.guard import PATH, Visiting, day_of
from center.console.journal_words import act_words, detail_words, subject_words
from center.console.pages import page
from center.records.journal_reading import authors, read_journal

router = APIRouter(prefix=PATH)


def _day(text: str) -> tuple[date | None, str]:
    if not text:
        return None, ""
    day = day_of(text)
    return day, "" if day else "日期看不懂，请写成 2026-11-24 这样"


def _member(text: str, known: set[UUID]) -> tuple[UUID | None, str]:
    if not text:
        return None, ""
    try:
        chosen = UUID(text)
    except ValueError:
        chosen = None
    return (chosen, "") if chosen in known else (None, "请从列表里选一个人")


@router.get("/journal")
def see(who: Visiting, request: Request, day: str = "", member: str = "", page_number: int = 1) -> Response:
    """One page of it."""
    staff = authors(who.center, who.member)
    on, day_fault = _day(day.strip()[:20])
    by, member_fault = _member(member.strip()[:40], {author.id for author in staff})
    query = urlencode({name: value for name, value in (("day", on.isoformat() if on else ""), ("member", by or "")) if value})
    return page(
        request,
        "records/journal",
        who,
        journal=read_journal(who.center, who.member, page_number, on, by),
        authors=staff,
        on=on.isoformat() if on else "",
        by=by,
        day_fault=day_fault,
        member_fault=member_fault,
        query=f"&{query}" if query else "",
        act_words=act_words,
        subject_words=subject_words,
        detail_words=detail_words,
    )
