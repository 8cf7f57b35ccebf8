"""The notices pages (R1.5): what is public, written by version, and the photos of the duty board."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID, uuid4

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse
from sqlalchemy.orm import Session
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import UploadFile
from starlette.responses import Response

from center.center import Refusal
from center.console.forms import entered_words, fault_words, with_blanks
from center.console.guard import PATH, Posted, Posting, Visit, Visiting
from center.console.pages import HEADERS, page
from center.domain.roles import Right
from center.members import require
from center.publishing.board import public_people, public_photo, remove_photo, set_photo
from center.publishing.notices import NOTICE_KINDS, NoticeKind, Published, Wording, topics, versions, withdraw_notice, write_notice
from center.records.writes import once

router = APIRouter(prefix=f"{PATH}/notices")

_FIELDS = ("kind", "title", "body", "from_on", "to_on")


@router.get("")
def see(who: Visiting, request: Request) -> Response:
    """All topics, and whose names are public."""
    return _list(who, request)


def _list(who: Visit, request: Request, refusal: Refusal | None = None) -> Response:
    require(who.member, Right.EDIT_NOTICES)
    with who.center.database.reading() as session:
        found = topics(who.center, session, who.center.clock.now().date())
        people = public_people(who.center, session)
    return page(
        request, "publishing/notices", who, 422 if refusal else 200, topics=found, people=people, kinds=NOTICE_KINDS, **fault_words(refusal)
    )


@router.get("/new")
def new(who: Visiting, request: Request) -> Response:
    """The form of a new topic."""
    return _form(who, request, (), {"from_on": who.center.clock.now().date().isoformat()})


@router.get("/{topic_id}")
def see_one(who: Visiting, request: Request, topic_id: UUID) -> Response:
    """The form of the next version, filled with the newest; earlier ones below."""
    found = _versions(who, topic_id)
    wording = found[0].wording
    today = who.center.clock.now().date()
    entered = {"kind": wording.kind, "title": wording.title, "body": wording.body, "from_on": max(today, wording.from_on).isoformat()}
    return _form(who, request, found, entered | {"to_on": wording.to_on.isoformat() if wording.to_on else ""})


def _versions(who: Visit, topic_id: UUID) -> tuple[Published, ...]:
    require(who.member, Right.EDIT_NOTICES)
    with who.center.database.reading() as session:
        return versions(who.center, session, topic_id)


def _form(
    who: Visit, request: Request, found: tuple[Published, ...], entered: Mapping[str, str], refusal: Refusal | None = None
) -> Response:
    require(who.member, Right.EDIT_NOTICES)
    return page(
        request,
        "publishing/notice",
        who,
        422 if refusal else 200,
        versions=found,
        kinds=NOTICE_KINDS,
        entered=with_blanks(entered),
        key=uuid4(),
        **fault_words(refusal),
    )


def _wording(sent: Posted) -> Wording:
    kind, from_on, to_on = sent.text("kind"), sent.day("from_on"), sent.day("to_on")
    faults = {}
    if kind not in set(NoticeKind):
        faults["kind"] = "请选一个类别。"
    if from_on is None:
        faults["from_on"] = "请填从哪一天起公示。"
    if sent.text("to_on") and to_on is None:
        faults["to_on"] = "这不是一个日期，请从日历里选。"
    if faults or from_on is None:
        raise Refusal("public_notice_invalid", "有几处还不对，已在下面标出。改好后再保存。", faults)
    return Wording(NoticeKind(kind), sent.text("title"), sent.text("body"), from_on, to_on)


@router.post("/new")
def do_write(sent: Posting, request: Request) -> Response:
    """Publish a new topic."""
    return _write(sent, request, None)


@router.post("/{topic_id}")
def do_write_version(sent: Posting, request: Request, topic_id: UUID) -> Response:
    """Publish the next version of a topic."""
    return _write(sent, request, topic_id)


def _write(sent: Posted, request: Request, topic_id: UUID | None) -> Response:
    who = sent.visit
    require(who.member, Right.EDIT_NOTICES)

    def act(session: Session) -> tuple[UUID, str]:
        return write_notice(who.center, who.member, session, topic_id, sent.number("revision"), _wording(sent)), ""

    content = entered_words(sent, _FIELDS) | {"topic": str(topic_id), "revision": sent.text("revision")}
    try:
        once(who.center, "notice", sent.key(), content, act)
    except Refusal as refusal:
        if refusal.code != "public_notice_invalid":
            raise
        return _form(who, request, _versions(who, topic_id) if topic_id else (), entered_words(sent, _FIELDS), refusal)
    return RedirectResponse(f"{PATH}/notices", 303)


@router.post("/{topic_id}/withdraw")
def do_withdraw(sent: Posting, topic_id: UUID) -> Response:
    """Take a topic off the board."""
    withdraw_notice(sent.visit.center, sent.visit.member, topic_id, sent.number("revision"))
    return RedirectResponse(f"{PATH}/notices", 303)


# ------------------------------------------------------------------ photos


@router.get("/photos/{sha256}")
def see_photo(who: Visiting, sha256: str) -> Response:
    """A photo of the duty board."""
    with who.center.database.reading() as session:
        content = public_photo(who.center, session, sha256)
    return Response(content, media_type="image/jpeg", headers=HEADERS)


@router.post("/people/{staff_id}/photo")
async def do_set_photo(sent: Posting, request: Request, staff_id: UUID) -> Response:
    """Keep a photo, or take it away if none was chosen and that was asked."""
    upload = sent.form.get("photo")
    content = await upload.read() if isinstance(upload, UploadFile) else b""
    return await run_in_threadpool(_set_photo, sent, request, staff_id, content)


def _set_photo(sent: Posted, request: Request, staff_id: UUID, content: bytes) -> Response:
    who = sent.visit
    try:
        if sent.text("remove"):
            remove_photo(who.center, who.member, staff_id)
        else:
            set_photo(who.center, who.member, staff_id, content)
    except Refusal as refusal:
        if not refusal.fields:
            raise
        return _list(who, request, refusal)
    return RedirectResponse(f"{PATH}/notices", 303)
