"""One's own account: password, second factor, and where one is signed in."""

from __future__ import annotations

from uuid import UUID

import segno
from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse
from starlette.responses import Response

from center.center import Refusal
from center.console.forms import fault_words
from center.console.guard import PATH, Posting, Visit, Visiting
from center.console.pages import page
from center.people.own_password import change_password, require_password
from center.people.passwords import MIN_PASSWORD
from center.people.second_factor import Offer, enroll, factors_of, new_codes, offer, offered_again
from center.people.sessions import end_own_sessions, own_sessions

router = APIRouter(prefix=f"{PATH}/account")


@router.get("")
def see(who: Visiting, request: Request) -> Response:
    """What is known of the account."""
    with who.center.database.reading() as session:
        factors = factors_of(session, who.member.id)
    sessions = own_sessions(who.center, who.member, who.token)
    required = bool(who.member.roles & set(who.center.config.sign_in.totp_roles))
    return page(request, "people/account", who, factors=factors, sessions=sessions, required=required)


# ------------------------------------------------------------------ password


@router.get("/password")
def password_page(who: Visiting, request: Request) -> Response:
    """The form."""
    return _password_page(who, request)


def _password_page(who: Visit, request: Request, refusal: Refusal | None = None) -> Response:
    return page(request, "people/password", who, 422 if refusal else 200, least=MIN_PASSWORD, **fault_words(refusal))


@router.post("/password")
def do_change_password(sent: Posting, request: Request) -> Response:
    """Give oneself a new password."""
    who = sent.visit
    new = str(sent.form.get("password", ""))
    try:
        if new != str(sent.form.get("again", "")):
            raise Refusal("password_weak", "密码没有改。", {"again": "两次输入的新密码不一样，请再输一遍。"})
        change_password(who.center, who.member, who.token, str(sent.form.get("old", "")), new)
    except Refusal as refusal:
        if not refusal.fields:
            raise
        return _password_page(who, request, refusal)
    return RedirectResponse(f"{PATH}/" if who.member.owes else f"{PATH}/account", 303)


# ------------------------------------------------------------------ second factor


@router.get("/factor")
def factor_page(who: Visiting, request: Request) -> Response:
    """An authenticator to take, or printed codes."""
    return _factor_page(who, request, offer(who.center, who.member))


def _factor_page(who: Visit, request: Request, offered: Offer, refusal: Refusal | None = None, which: str = "") -> Response:
    picture = segno.make(offered.address, error="m").svg_data_uri(scale=5, border=4)
    return page(
        request, "people/factor", who, 422 if refusal else 200, offered=offered, picture=picture, which=which, **fault_words(refusal)
    )


@router.post("/factor")
def do_enroll(sent: Posting, request: Request) -> Response:
    """Take the authenticator."""
    who = sent.visit
    sealed = sent.text("offer")
    try:
        require_password(who.center, who.member, str(sent.form.get("old", "")))
        enroll(who.center, who.member, sealed, sent.text("code"))
    except Refusal as refusal:
        if not refusal.fields:
            raise
        return _factor_page(who, request, offered_again(who.center, who.member, sealed), refusal, "authenticator")
    return RedirectResponse(f"{PATH}/" if who.member.owes else f"{PATH}/account", 303)


@router.post("/codes")
def do_make_codes(sent: Posting, request: Request) -> Response:
    """Ten codes to print, shown this once."""
    who = sent.visit
    try:
        require_password(who.center, who.member, str(sent.form.get("old", "")))
    except Refusal as refusal:
        return _factor_page(who, request, offer(who.center, who.member), refusal, "codes")
    return page(request, "people/codes", who, codes=new_codes(who.center, who.member))


# ------------------------------------------------------------------ sessions


@router.post("/sessions/end")
def do_end_others(sent: Posting) -> Response:
    """End every session but this one."""
    end_own_sessions(sent.visit.center, sent.visit.member, sent.visit.token, None)
    return RedirectResponse(f"{PATH}/account", 303)


@router.post("/sessions/{session_id}/end")
def do_end_session(sent: Posting, session_id: UUID) -> Response:
    """End one of one's own sessions."""
    end_own_sessions(sent.visit.center, sent.visit.member, sent.visit.token, session_id)
    return RedirectResponse(f"{PATH}/account", 303)
