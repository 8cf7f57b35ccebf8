"""The web application of one center: the API for terminals and the console for staff behind one gate."""

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus
from pathlib import Path
from typing import cast

from anyio import CapacityLimiter
from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from fastapi.staticfiles import StaticFiles
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.types import Scope

from center.api import problems
from center.api.complaints import router as complaints_api
from center.api.gate import API, Gate, is_act
from center.api.notices import router as notices_api
from center.api.own_cases import router as own_cases
from center.api.routes import health
from center.api.routes import router as api
from center.api.services import router as services_api
from center.api.terminals import router as terminals
from center.api.uploads import router as uploads
from center.center import Center, Refusal, Unavailable
from center.console import pages
from center.console.account import router as account
from center.console.accountability import router as accountability
from center.console.calendar import router as calendar
from center.console.cases import router as cases
from center.console.checks import router as checks
from center.console.complaints import router as complaints
from center.console.consents import router as consents
from center.console.course import router as course
from center.console.course_end import router as course_end
from center.console.dashboard import router as dashboard
from center.console.department import router as department
from center.console.duty import router as duty
from center.console.giving_back import router as giving_back
from center.console.guard import PATH, SignInNeeded, Visit, visit
from center.console.intake import router as intake
from center.console.item_drafts import router as item_drafts
from center.console.items import router as items
from center.console.journal import router as journal
from center.console.lists import router as lists
from center.console.notices import router as notices
from center.console.papers import router as papers
from center.console.registering import router as registering
from center.console.reports import router as reports
from center.console.routes import router as console
from center.console.scans import router as scans
from center.console.services import router as services
from center.console.staff import router as staff
from center.console.statistics import router as statistics
from center.console.terminals import router as terminal_pages
from center.log import LogEvent, log
from center.portal.board import ADDRESS as BOARD
from center.portal.board import fault_screen
from center.portal.board import router as portal_board
from center.portal.notices import router as portal_notices
from center.portal.pages import internal_message, message
from center.portal.routes import NotPublic
from center.portal.routes import router as portal
from center.store.encryption import LetGo, Unopenable
from center.store.outage import TurnMissed, outage_of

#: So many passwords are verified at a time, each 19 MiB and 40 ms of a core. A crowd at the door waits without taking the threads
#: that terminals are served with.
_SIGN_INS_AT_ONCE = 2

#: What answers, asked in this order.
_ROUTERS = (
    health,
    api,
    services_api,
    own_cases,
    uploads,
    terminals,
    complaints_api,
    notices_api,
    console,
    terminal_pages,
    lists,
    # Before the cases: /cases/new is no case.
    registering,
    cases,
    intake,
    dashboard,
    checks,
    reports,
    accountability,
    statistics,
    # Before the complaints: there it would be an act of that name.
    scans,
    complaints,
    consents,
    course,
    course_end,
    giving_back,
    department,
    duty,
    item_drafts,
    items,
    notices,
    calendar,
    staff,
    account,
    papers,
    journal,
    services,
    portal,
    portal_notices,
    portal_board,
)

_STATIC = Path(__file__).parent / "console" / "static"
_PUBLIC_STATIC = Path(__file__).parent / "portal" / "static"


class _Static(StaticFiles):
    """Files as they are: a browser does not guess what kind they might be."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        """The file, with the header that says so."""
        response = await super().get_response(path, scope)
        response.headers["X-Content-Type-Options"] = "nosniff"
        return response


def _at_console(request: Request) -> bool:
    return request.url.path == "/" or request.url.path.startswith(PATH)


def _for_terminals(request: Request) -> bool:
    return request.url.path.startswith((API, "/healthz"))


def _visitor(request: Request) -> Visit | None:
    # The gate answers before the framework has put the application into the request.
    if "app" not in request.scope:
        return None
    try:
        return visit(request)
    except SignInNeeded:
        return None


def _teller(request: Request) -> Callable[[Center, str, str, int], Response]:
    """What makes the page that tells a citizen of a fault."""
    return fault_screen if request.url.path == BOARD else message


def _lost(request: Request, status: int) -> Response:
    sentence = (
        "显示屏的地址不对，马上自动回到公示内容。" if request.url.path == BOARD else "可能是地址不完整。请重新扫码，或者从事项清单里找。"
    )
    return _teller(request)(request.app.state.center, "没有这个页面", sentence, status)


def _refuse(request: Request, refusal: Refusal) -> Response:
    if _for_terminals(request):
        return problems.refusal_problem(refusal)
    unavailable = isinstance(refusal, Unavailable)
    if _at_console(request):
        # Who is signed in stands in the database.
        answer = pages.refusal_page(request, refusal, None if unavailable else _visitor(request))
    else:
        status = problems.STATUS.get(refusal.code, HTTPStatus.UNPROCESSABLE_ENTITY)
        later = "恢复以后会自动显示。" if request.url.path == BOARD else "请过几分钟再打开，或到窗口、自助终端查询。"
        sentence = later if unavailable else refusal.message
        answer = _teller(request)(request.app.state.center, "页面暂时打不开", sentence, status)
    if refusal.retry_after:
        answer.headers["Retry-After"] = str(refusal.retry_after)
    return answer


def create_app(center: Center) -> FastAPI:
    """The application. Its routes find the center at `app.state.center`, and what bounds signing in at `app.state.sign_ins`."""
    # The routers' own routes, and not the routers: the framework would make each route anew for every application, and look for the one
    # that is asked for twice a request.
    app = FastAPI(
        title="OneSeal center",
        routes=[route for router in _ROUTERS for route in router.routes],
        openapi_url=None,
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
    )
    app.state.center = center
    app.state.sign_ins = CapacityLimiter(_SIGN_INS_AT_ONCE)
    app.add_middleware(Gate, center=center, refuse=_refuse, signed_in=lambda request: _visitor(request) is not None)
    app.mount("/static", _Static(directory=_PUBLIC_STATIC), name="public_static")
    app.mount(f"{PATH}/static", _Static(directory=_STATIC), name="static")
    # By name and not as a function of this call: the framework remembers every endpoint for ever, and with it all that it holds,
    # here a whole center. A process that makes many applications, as the tests do, would keep them all.
    app.add_api_route("/", _root)
    _handle_faults(app)
    return app


def _root(request: Request) -> Response:
    center = cast(Center, request.app.state.center)
    return RedirectResponse("/g" if center.config.center.public_base_url else f"{PATH}/", 303)


def _handle_faults(app: FastAPI) -> None:
    @app.exception_handler(NotPublic)
    def not_public(request: Request, _error: NotPublic) -> Response:
        return message(app.state.center, "没有开通公开页面", "本中心还没有开通手机页面。请到窗口或自助终端查看指南和办件进度。", 404)

    @app.exception_handler(Refusal)
    def refused(request: Request, error: Refusal) -> Response:
        return _refuse(request, error)

    @app.exception_handler(LetGo)
    def let_go(request: Request, _error: LetGo) -> Response:
        return _refuse(request, Refusal("let_go", "这里的内容已过保存期限，按规定清除了。需要时请查阅纸质档案。"))

    @app.exception_handler(Unopenable)
    def unopenable(request: Request, error: Unopenable) -> Response:
        log(LogEvent.RECORD_UNOPENABLE, place=str(error))
        return _refuse(request, Refusal("unopenable", "这份内容读不出来，可能已经损坏。请告诉技术员检查记录，并以纸质原件为准。"))

    @app.exception_handler(SignInNeeded)
    def sign_in_needed(request: Request, error: SignInNeeded) -> Response:
        target = error.target or f"{PATH}/sign-in" + ("?ended=1" if request.cookies else "")
        if "hx-request" in request.headers:
            return Response(status_code=204, headers={"HX-Redirect": target})
        return RedirectResponse(target, 303)

    @app.exception_handler(RequestValidationError)
    def invalid(request: Request, error: RequestValidationError) -> Response:
        if _at_console(request):
            return pages.not_found_page(request, 404, _visitor(request))
        if not _for_terminals(request):
            return _lost(request, 404)
        return problems.validation_problem(error)

    @app.exception_handler(HTTPException)
    def http_fault(request: Request, error: HTTPException) -> Response:
        if _at_console(request):
            return pages.not_found_page(request, error.status_code, _visitor(request))
        if not _for_terminals(request):
            return _lost(request, error.status_code)
        return problems.http_problem(error)

    @app.exception_handler(TurnMissed)
    @app.exception_handler(PoolTimeout)
    @app.exception_handler(DBAPIError)
    @app.exception_handler(OSError)
    def out_of_order(request: Request, error: Exception) -> Response:
        outage = outage_of(error)
        return bug(request, error) if outage is None else _refuse(request, Unavailable(outage, act=is_act(request.method)))

    @app.exception_handler(Exception)
    def bug(request: Request, error: Exception) -> Response:
        if _at_console(request):
            return pages.internal_page(request, error, None)
        if not _for_terminals(request):
            return internal_message(app.state.center, error, _teller(request))
        return problems.internal_problem(request, error)
