"""The calendar page (R4.2): which years are known and from where, and importing one after a look at what it holds."""

from __future__ import annotations

from uuid import UUID, uuid4

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse
from sqlalchemy import func, select
from sqlalchemy.orm import Session
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import UploadFile
from starlette.responses import Response

from center.center import Refusal
from center.console.forms import fault_words
from center.console.guard import PATH, Posted, Posting, Visit, Visiting
from center.console.pages import page
from center.domain.application import IN_HAND
from center.domain.roles import Right
from center.log import LogEvent, log
from center.members import require
from center.publishing.calendar_years import MAX_FILE_BYTES, import_year, known_years, preview, use_imported
from center.publishing.settling import settle_pending
from center.records.writes import once
from center.store.tables import Case

router = APIRouter(prefix=f"{PATH}/calendar")


@router.get("")
def see(who: Visiting, request: Request, settled: int = -1) -> Response:
    """What is known."""
    return _page(who, request, settled)


def _page(who: Visit, request: Request, settled: int = -1, refusal: Refusal | None = None) -> Response:
    require(who.member, Right.IMPORT_CALENDAR)
    now = who.center.clock.now()
    with who.center.database.reading() as session:
        years = known_years(who.center, session)
        pending = session.scalar(
            select(func.count())
            .select_from(Case)
            .where(Case.township_id == who.center.township_id, Case.state.in_(IN_HAND), Case.due_on.is_(None))
        )
    known = {each.year for each in years}
    missing = [year for year in (now.year, now.year + 1) if year not in known]
    return page(
        request,
        "publishing/calendar",
        who,
        422 if refusal else 200,
        years=years,
        missing=missing,
        pending=pending or 0,
        settled=settled,
        **fault_words(refusal),
    )


@router.post("/preview")
async def do_preview(sent: Posting, request: Request) -> Response:
    """What the chosen file holds; nothing is taken in yet."""
    upload = sent.form.get("file")
    content = await upload.read(MAX_FILE_BYTES + 1) if isinstance(upload, UploadFile) else b""
    return await run_in_threadpool(_preview, sent, request, content)


def _preview(sent: Posted, request: Request, content: bytes) -> Response:
    who = sent.visit
    require(who.member, Right.IMPORT_CALENDAR)
    try:
        if not content:
            raise Refusal("calendar_invalid", "还没有选文件。请选一个日历文件（.toml）。", {"file": "missing"})
        try:
            text = content.decode("utf-8-sig")
        except UnicodeDecodeError:
            raise Refusal("calendar_invalid", "这个文件不是 UTF-8 编码的文字。请另存为 UTF-8 再选。", {"file": "encoding"}) from None
        with who.center.database.reading() as session:
            found = preview(who.center, session, text)
    except Refusal as refusal:
        if refusal.code != "calendar_invalid":
            raise
        return _page(who, request, refusal=refusal)
    return page(request, "publishing/calendar_preview", who, found=found, text=text, key=uuid4())


@router.post("")
def do_import(sent: Posting, request: Request) -> Response:
    """Take the year in; every open day that it names is named at once."""
    who = sent.visit
    require(who.member, Right.IMPORT_CALENDAR)
    text = str(sent.form.get("text", "")).replace("\r\n", "\n")

    def act(session: Session) -> tuple[UUID, str]:
        return import_year(who.center, who.member, session, text), ""

    try:
        once(who.center, "calendar", sent.key(), {"text": text}, act)
    except Refusal as refusal:
        if refusal.code != "calendar_invalid":
            raise
        return _page(who, request, refusal=refusal)
    use_imported(who.center)
    settled = settle_pending(who.center)
    log(LogEvent.CALENDAR_IMPORTED, staff_id=who.member.id, settled=settled)
    return RedirectResponse(f"{PATH}/calendar?settled={settled}", 303)
