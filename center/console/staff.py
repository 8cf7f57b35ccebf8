"""The staff pages: accounts with their roles, for who has MANAGE_STAFF."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID, uuid4

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse
from sqlalchemy.orm import Session
from starlette.responses import Response

from center.center import Refusal
from center.console.forms import entered_words, fault_words, with_blanks
from center.console.guard import PATH, Posted, Posting, Visit, Visiting
from center.console.pages import page
from center.domain.accountability import EMPLOYMENT_NAMES, Employment
from center.domain.roles import ALONE, ROLE_NAMES, Right, Role
from center.members import require
from center.people.accounts import (
    Account,
    Profile,
    accounts,
    add_account,
    change_account,
    close_account,
    find_account,
    recover_factor,
    reopen_account,
    reset_password,
    unlock_account,
)
from center.people.passwords import hash_password, new_password
from center.records.writes import once

router = APIRouter(prefix=f"{PATH}/staff")

_FIELDS = ("login", "name", "window", "department", "post", "public", "employment")


def _to(staff_id: UUID) -> Response:
    return RedirectResponse(f"{PATH}/staff/{staff_id}", 303)


@router.get("")
def see(who: Visiting, request: Request) -> Response:
    """Everybody with an account."""
    return page(request, "people/staff", who, accounts=accounts(who.center, who.member))


# ------------------------------------------------------------------ one account


@router.get("/new")
def new(who: Visiting, request: Request) -> Response:
    """The form of a new account."""
    require(who.member, Right.MANAGE_STAFF)
    return _form(who, request, None, {"employment": Employment.REGULAR}, set())


@router.get("/{staff_id}")
def see_one(who: Visiting, request: Request, staff_id: UUID) -> Response:
    """The form of an account, and what else can be done with it."""
    account = find_account(who.center, who.member, staff_id)
    profile = account.profile
    entered = {
        "login": account.login,
        "name": profile.name,
        "window": profile.window,
        "department": profile.department,
        "post": profile.post,
        "public": "on" if profile.public else "",
        "employment": profile.employment,
    }
    return _form(who, request, account, entered, set(profile.roles))


def _form(
    who: Visit, request: Request, account: Account | None, entered: Mapping[str, str], chosen: set[Role], refusal: Refusal | None = None
) -> Response:
    return page(
        request,
        "people/account_form",
        who,
        422 if refusal else 200,
        account=account,
        entered=with_blanks(entered),
        chosen=chosen,
        role_names=ROLE_NAMES,
        alone=ALONE,
        employments=EMPLOYMENT_NAMES,
        key=uuid4(),
        own=account is not None and account.id == who.member.id,
        **fault_words(refusal),
    )


def _roles(sent: Posted) -> set[Role]:
    return {Role(str(name)) for name in sent.form.getlist("roles") if name in set(Role)}


def _profile(sent: Posted) -> Profile:
    employment = Employment.CONTRACT if sent.text("employment") == Employment.CONTRACT else Employment.REGULAR
    text = sent.text
    return Profile(
        text("name"), frozenset(_roles(sent)), text("window"), text("department"), text("post"), bool(text("public")), employment
    )


@router.post("/new")
def do_add(sent: Posting, request: Request) -> Response:
    """Make an account; the initial password is shown this once."""
    who = sent.visit
    require(who.member, Right.MANAGE_STAFF)
    password = new_password()
    hashed, login, profile = hash_password(password), sent.text("login").lower(), _profile(sent)

    def act(session: Session) -> tuple[UUID, str]:
        return add_account(who.center, who.member, session, login, profile, hashed), ""

    content = entered_words(sent, _FIELDS) | {"roles": ",".join(sorted(profile.roles))}
    try:
        done = once(who.center, "staff", sent.key(), content, act)
    except Refusal as refusal:
        if refusal.code != "staff_invalid":
            raise
        return _form(who, request, None, entered_words(sent, _FIELDS), _roles(sent), refusal)
    return _password_page(who, request, done.subject_id, password if done.created else "")


def _password_page(who: Visit, request: Request, staff_id: UUID, password: str) -> Response:
    return page(request, "people/initial_password", who, account=find_account(who.center, who.member, staff_id), password=password)


@router.post("/{staff_id}")
def do_change(sent: Posting, request: Request, staff_id: UUID) -> Response:
    """Change what is said of somebody."""
    who = sent.visit
    try:
        change_account(who.center, who.member, staff_id, sent.number("revision"), _profile(sent))
    except Refusal as refusal:
        if not refusal.fields:
            raise
        account = find_account(who.center, who.member, staff_id)
        return _form(who, request, account, entered_words(sent, _FIELDS) | {"login": account.login}, _roles(sent), refusal)
    return RedirectResponse(f"{PATH}/staff", 303)


@router.post("/{staff_id}/close")
def do_close(sent: Posting, staff_id: UUID) -> Response:
    """Close an account."""
    close_account(sent.visit.center, sent.visit.member, staff_id, sent.number("revision"))
    return RedirectResponse(f"{PATH}/staff", 303)


@router.post("/{staff_id}/reopen")
def do_reopen(sent: Posting, request: Request, staff_id: UUID) -> Response:
    """Open a closed account; a new initial password is shown this once."""
    password = reopen_account(sent.visit.center, sent.visit.member, staff_id, sent.number("revision"))
    return _password_page(sent.visit, request, staff_id, password)


@router.post("/{staff_id}/password")
def do_reset_password(sent: Posting, request: Request, staff_id: UUID) -> Response:
    """A new initial password, shown this once."""
    password = reset_password(sent.visit.center, sent.visit.member, staff_id, sent.number("revision"))
    return _password_page(sent.visit, request, staff_id, password)


@router.post("/{staff_id}/unlock")
def do_unlock(sent: Posting, staff_id: UUID) -> Response:
    """Take the lock away."""
    unlock_account(sent.visit.center, sent.visit.member, staff_id)
    return _to(staff_id)


@router.post("/{staff_id}/factor")
def do_recover(sent: Posting, staff_id: UUID) -> Response:
    """Take a lost second factor away."""
    recover_factor(sent.visit.center, sent.visit.member, staff_id)
    return _to(staff_id)
