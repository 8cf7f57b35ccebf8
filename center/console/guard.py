"""Who is at the console, and whether a form comes from our own page: session cookie, token in each form, origin of the request."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from hmac import compare_digest
from typing import Annotated, Any, cast
from urllib.parse import urlsplit
from uuid import UUID

from fastapi import Depends
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData, ImmutableMultiDict
from starlette.requests import Request
from starlette.responses import Response

from center.center import Center, Refusal
from center.members import Member
from center.people.sessions import SESSION_LIFE, csrf_of, member_of
from center.people.sign_in import STEP_LIFE
from kiosk.wire.base import WRITTEN

COOKIE = "oneseal_session"
#: Between password and second factor; worth nothing anywhere else.
STEP_COOKIE = "oneseal_sign_in"
PATH = "/console"


class SignInNeeded(Exception):
    """Nobody is signed in, or the session has ended; or `target`: something of one's own account comes before anything else."""

    def __init__(self, target: str = "") -> None:
        super().__init__(target)
        self.target = target


#: Where a member goes who owes something, and what else stays open to them.
_OWED = {"password": f"{PATH}/account/password", "factor": f"{PATH}/account/factor"}
_OPEN_TO_ALL = (f"{PATH}/account", f"{PATH}/sign-out")


@dataclass(frozen=True)
class Visit:
    """A signed-in member of staff at the console."""

    center: Center
    member: Member
    token: str

    @property
    def csrf(self) -> str:
        """What every form carries."""
        return csrf_of(self.token)


def center_of(request: Request) -> Center:
    """The center behind this application."""
    return cast(Center, request.app.state.center)


def visit(request: Request) -> Visit:
    """Who is signed in. Raises SignInNeeded, or Refusal of what is asked for. A page that refreshes itself does not keep a session alive.

    Looked up once for a request: the page that says no asks again who it says it to.
    """
    known: Visit | None = getattr(request.state, "visit", None)
    if known is not None:
        return known
    center = center_of(request)
    token = request.cookies.get(COOKIE, "")
    member = member_of(center, token, touch="hx-request" not in request.headers) if token else None
    if member is None:
        raise SignInNeeded
    if member.owes and not request.url.path.startswith(_OPEN_TO_ALL):
        raise SignInNeeded(_OWED[member.owes])
    # Known before anything is refused: the refusal is shown to them.
    request.state.visit = Visit(center, member, token)
    refuse_unwritable(request.query_params)
    return cast(Visit, request.state.visit)


def refuse_foreign_origin(request: Request) -> None:
    """Raises Refusal if a browser says that another site made this request."""
    fetched_from = request.headers.get("sec-fetch-site")
    origin = request.headers.get("origin")
    foreign = fetched_from not in (None, "same-origin", "none") or (
        origin is not None and urlsplit(origin).netloc != request.headers.get("host")
    )
    if foreign:
        raise Refusal("foreign_origin", "这个操作不是从工作台页面发出的，没有执行。请回到工作台重新操作。")


#: Years that a form or an address can mean. A day beyond cannot be counted on from, and the calendar ends soon after it.
_YEARS = range(1900, 2200)


def day_of(text: str) -> date | None:
    """A day as forms and addresses write it; None if it is none, or lies further off than anything here."""
    try:
        day = date.fromisoformat(text.strip())
    except ValueError:
        return None
    return day if day.year in _YEARS else None


@dataclass(frozen=True)
class Posted:
    """A form sent from one of our pages by who is signed in."""

    visit: Visit
    form: FormData

    def text(self, name: str) -> str:
        """One value, trimmed; empty if it is not there. A tab, as spreadsheets leave it in what is copied from them, is a space."""
        value = self.form.get(name, "")
        return value.replace("\t", " ").strip() if isinstance(value, str) else ""

    def key(self) -> UUID:
        """The key of a form that makes something: the same form sent twice makes it once. Raises Refusal if it is none."""
        try:
            return UUID(self.text("key"))
        except ValueError:
            raise Refusal("form_token", "页面已过期，操作没有执行。请刷新页面后再试。") from None

    def identifier(self, name: str) -> UUID | None:
        """One value as a row's id; None if it is none."""
        try:
            return UUID(self.text(name))
        except ValueError:
            return None

    def day(self, name: str) -> date | None:
        """One value as a day; None if it is none."""
        return day_of(self.text(name))

    def number(self, name: str) -> int:
        """One value as a number; -1 if it is none."""
        text = self.text(name)
        return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else -1


async def posted(request: Request) -> Posted:
    """The form, checked. Raises SignInNeeded or Refusal."""
    refuse_foreign_origin(request)
    who = await run_in_threadpool(visit, request)
    return checked(who, await request.form())


def refuse_unwritable(entered: ImmutableMultiDict[str, Any]) -> None:
    """Raises Refusal if a form or an address holds text that cannot be written.

    Control characters: one database refuses them, and no paper prints any.
    """
    if not all(re.fullmatch(WRITTEN, value) for _, value in entered.multi_items() if isinstance(value, str)):
        raise Refusal("unwritable", "填写的内容里有看不见的控制字符，没有处理。请返回上一页，把粘贴进来的内容删掉，重新录入。")


def checked(who: Visit, form: FormData) -> Posted:
    """A form with the token of this session, in which all text can be written. Raises Refusal."""
    token = form.get("csrf", "")
    if not isinstance(token, str) or not compare_digest(token.encode(), who.csrf.encode()):
        raise Refusal("form_token", "页面已过期，操作没有执行。请刷新页面后再试。")
    refuse_unwritable(form)
    return Posted(who, form)


Visiting = Annotated[Visit, Depends(visit)]
Posting = Annotated[Posted, Depends(posted)]


def give_cookie(request: Request, response: Response, token: str) -> None:
    """The session's cookie: not for scripts, not for other sites, and only over TLS where there is TLS."""
    response.set_cookie(
        COOKIE,
        token,
        max_age=int(SESSION_LIFE.total_seconds()),
        path=PATH,
        secure=request.url.scheme == "https",
        httponly=True,
        samesite="strict",
    )


def give_step_cookie(request: Request, response: Response, token: str) -> None:
    """The cookie between password and second factor, for these pages alone."""
    response.set_cookie(
        STEP_COOKIE,
        token,
        max_age=int(STEP_LIFE.total_seconds()),
        path=f"{PATH}/sign-in",
        secure=request.url.scheme == "https",
        httponly=True,
        samesite="strict",
    )
