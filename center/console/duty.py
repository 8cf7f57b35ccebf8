"""The duty page (R3.3): today's board, the list of posts with A and B, and who is away."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID, uuid4

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse
from sqlalchemy.orm import Session
from starlette.responses import Response

from center.center import Refusal
from center.console.forms import entered_words, fault_words, with_blanks
from center.console.guard import PATH, Posted, Posting, Visit, Visiting
from center.console.pages import page
from center.domain.roles import Right
from center.members import require
from center.people.duty import PostOnDay, duty_on
from center.people.posts import absences, add_post, change_post, choosable_staff, close_post, end_absence, enter_absence
from center.records.writes import once

router = APIRouter(prefix=f"{PATH}/duty")

_ABSENCE = ("staff_id", "from_on", "to_on", "note")
_POST = ("name", "window", "a_id", "b_id")


def _back() -> Response:
    return RedirectResponse(f"{PATH}/duty", 303)


@router.get("")
def see(who: Visiting, request: Request) -> Response:
    """Today's board for everybody; entering absences for who manages duty."""
    return _page(who, request, {"from_on": who.center.clock.now().date().isoformat()})


def _page(who: Visit, request: Request, entered: Mapping[str, str], refusal: Refusal | None = None) -> Response:
    today = who.center.clock.now().date()
    manages = who.member.may(Right.MANAGE_DUTY)
    with who.center.database.reading() as session:
        values: dict[str, Any] = {
            "posts": duty_on(who.center, session, today),
            "absences": absences(who.center, session, who.member),
            "staff": choosable_staff(who.center, session) if manages else (),
        }
    return page(
        request,
        "people/duty",
        who,
        422 if refusal else 200,
        **values,
        working=who.center.calendar.is_working(today) is not False,
        today=today,
        manages=manages,
        key=uuid4(),
        entered=with_blanks(entered),
        **fault_words(refusal),
    )


@router.post("/absences")
def do_enter_absence(sent: Posting, request: Request) -> Response:
    """Somebody is away."""
    who = sent.visit
    staff_id, from_on, to_on, note = sent.identifier("staff_id"), sent.day("from_on"), sent.day("to_on"), sent.text("note")

    def act(session: Session) -> tuple[UUID, str]:
        _require_day(sent, "to_on", to_on)
        return enter_absence(who.center, who.member, session, staff_id, from_on, to_on, note), ""

    try:
        once(who.center, "absence", sent.key(), entered_words(sent, _ABSENCE), act)
    except Refusal as refusal:
        if refusal.code != "absence_invalid":
            raise
        return _page(who, request, entered_words(sent, _ABSENCE), refusal)
    return _back()


def _require_day(sent: Posted, name: str, day: date | None) -> None:
    if sent.text(name) and day is None:
        raise Refusal("absence_invalid", "有几处还不对，已在下面标出。改好后再保存。", {name: "这不是一个日期，请从日历里选。"})


@router.post("/absences/{absence_id}/end")
def do_end_absence(sent: Posting, absence_id: UUID) -> Response:
    """Back at the post."""
    end_absence(sent.visit.center, sent.visit.member, absence_id, sent.number("revision"))
    return _back()


# ------------------------------------------------------------------ posts


@router.get("/posts/new")
def new_post(who: Visiting, request: Request) -> Response:
    """The form of a new post."""
    return _post_page(who, request, None, {})


@router.get("/posts/{post_id}")
def see_post(who: Visiting, request: Request, post_id: UUID) -> Response:
    """The form of a post."""
    found = _find(who, post_id)
    entered = {"name": found.name, "window": found.window, "a_id": str(found.a.id), "b_id": str(found.b.id) if found.b else ""}
    return _post_page(who, request, found, entered)


def _find(who: Visit, post_id: UUID) -> PostOnDay:
    require(who.member, Right.MANAGE_DUTY)
    with who.center.database.reading() as session:
        posts = duty_on(who.center, session, who.center.clock.now().date())
    found = next((post for post in posts if post.id == post_id), None)
    if found is None:
        raise Refusal("post_unknown", "没有找到这个岗位，可能已经撤销。请从值班页重新打开。")
    return found


def _post_page(
    who: Visit, request: Request, post: PostOnDay | None, entered: Mapping[str, str], refusal: Refusal | None = None
) -> Response:
    require(who.member, Right.MANAGE_DUTY)
    with who.center.database.reading() as session:
        staff = choosable_staff(who.center, session)
    return page(
        request,
        "people/post",
        who,
        422 if refusal else 200,
        post=post,
        staff=staff,
        key=uuid4(),
        entered=with_blanks(entered),
        **fault_words(refusal),
    )


def _entered_post(sent: Posted) -> tuple[str, str, UUID | None, UUID | None]:
    return sent.text("name"), sent.text("window"), sent.identifier("a_id"), sent.identifier("b_id")


@router.post("/posts/new")
def do_add_post(sent: Posting, request: Request) -> Response:
    """Add a post."""
    who = sent.visit

    def act(session: Session) -> tuple[UUID, str]:
        return add_post(who.center, who.member, session, *_entered_post(sent)), ""

    try:
        once(who.center, "duty_post", sent.key(), entered_words(sent, _POST), act)
    except Refusal as refusal:
        if refusal.code != "duty_invalid":
            raise
        return _post_page(who, request, None, entered_words(sent, _POST), refusal)
    return _back()


@router.post("/posts/{post_id}")
def do_change_post(sent: Posting, request: Request, post_id: UUID) -> Response:
    """Change a post."""
    who = sent.visit
    try:
        change_post(who.center, who.member, post_id, sent.number("revision"), *_entered_post(sent))
    except Refusal as refusal:
        if refusal.code != "duty_invalid":
            raise
        return _post_page(who, request, _find(who, post_id), entered_words(sent, _POST), refusal)
    return _back()


@router.post("/posts/{post_id}/close")
def do_close_post(sent: Posting, post_id: UUID) -> Response:
    """The post is no more."""
    close_post(sent.visit.center, sent.visit.member, post_id, sent.number("revision"))
    return _back()
