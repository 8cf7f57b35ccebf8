"""Signing in and out."""

from __future__ import annotations

from anyio import to_thread
from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse
from starlette.datastructures import FormData
from starlette.responses import Response

from center.console.guard import (
    COOKIE,
    PATH,
    STEP_COOKIE,
    Posting,
    Visiting,
    center_of,
    give_cookie,
    give_step_cookie,
    refuse_foreign_origin,
    refuse_unwritable,
)
from center.console.navigation import home as home_of
from center.console.pages import page
from center.log import LogEvent, log
from center.people.sessions import sign_out
from center.people.sign_in import FactorNeeded, SignedIn, SignInFault, sign_in, sign_in_with_factor

router = APIRouter(prefix=PATH)

_SIGN_IN_FAULTS = {
    SignInFault.WRONG: (401, "用户名或密码不对，请再核对一次。"),
    SignInFault.LOCKED: (429, "连续输错，账户已锁定 15 分钟。请稍后再试，或请系统管理员协助。"),
}
_CODE_FAULTS = {
    SignInFault.WRONG: (401, "验证码不对，或者已经用过。请输入手机上最新的 6 位数字，或下一个没有用过的备用码。"),
    SignInFault.LOCKED: (429, "连续输错，账户已锁定 15 分钟。请稍后再试，或请系统管理员协助。"),
}


@router.get("")
@router.get("/")
def home(who: Visiting, request: Request) -> Response:
    """To the work of this role."""
    first = home_of(who.member)
    if first is not None:
        return RedirectResponse(first, 303)
    sentence = "系统管理员不查看办件。事项、人员和终端目前用命令管理，见说明文件。"
    return page(request, "message", who, title="您好", sentence=sentence, support_code="")


@router.get("/sign-in")
def sign_in_page(request: Request, ended: str = "") -> Response:
    """The form."""
    return page(request, "sign_in", None, fault="", login="", ended=bool(ended))


async def _credentials(request: Request) -> FormData:
    refuse_foreign_origin(request)
    form = await request.form()
    refuse_unwritable(form)
    return form


@router.post("/sign-in")
async def do_sign_in(request: Request) -> Response:
    """Begin a session."""
    form = await _credentials(request)
    login, password = (str(form.get(name, "")) for name in ("login", "password"))
    result = await to_thread.run_sync(sign_in, center_of(request), login.strip().lower(), password, limiter=request.app.state.sign_ins)
    if isinstance(result, SignedIn):
        return _signed_in(request, result)
    if isinstance(result, FactorNeeded):
        response = RedirectResponse(f"{PATH}/sign-in/code", 303)
        give_step_cookie(request, response, result.token)
        return response
    log(LogEvent.SIGN_IN_FAILED, reason=result)
    status, sentence = _SIGN_IN_FAULTS[result]
    return page(request, "sign_in", None, status, fault=sentence, login=login[:40], ended=False)


def _signed_in(request: Request, result: SignedIn) -> Response:
    log(LogEvent.STAFF_SIGNED_IN, staff_id=result.member.id)
    response = RedirectResponse(f"{PATH}/", 303)
    response.delete_cookie(STEP_COOKIE, path=f"{PATH}/sign-in")
    give_cookie(request, response, result.token)
    return response


@router.get("/sign-in/code")
def code_page(request: Request) -> Response:
    """The second step, for who has a second factor."""
    if not request.cookies.get(STEP_COOKIE):
        return RedirectResponse(f"{PATH}/sign-in", 303)
    return page(request, "people/sign_in_code", None, fault="")


@router.post("/sign-in/code")
async def do_sign_in_with_code(request: Request) -> Response:
    """Begin a session: password and second factor were right."""
    form = await _credentials(request)
    step, code = request.cookies.get(STEP_COOKIE, ""), str(form.get("code", ""))
    result = await to_thread.run_sync(sign_in_with_factor, center_of(request), step, code, limiter=request.app.state.sign_ins)
    if isinstance(result, SignedIn):
        return _signed_in(request, result)
    log(LogEvent.SIGN_IN_FAILED, reason=result)
    if result is SignInFault.EXPIRED:
        return RedirectResponse(f"{PATH}/sign-in?ended=1", 303)
    status, sentence = _CODE_FAULTS[result]
    return page(request, "people/sign_in_code", None, status, fault=sentence)


@router.post("/sign-out")
def do_sign_out(sent: Posting) -> Response:
    """End the session, here and on the server."""
    sign_out(sent.visit.center, sent.visit.token)
    response = RedirectResponse(f"{PATH}/sign-in", 303)
    response.delete_cookie(COOKIE, path=PATH)
    return response
