"""Every fault of the API as problem+json (RFC 9457): a code for programs, one sentence for people, never a value that was sent."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from functools import cache
from http import HTTPStatus

from fastapi.exceptions import RequestValidationError
from pydantic import Field
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from center.center import Refusal
from center.log import LogEvent, log, log_internal_error
from center.store.outage import Outage
from kiosk.wire.base import Message, Problem

#: Stands for a name that was sent and is none of ours: it could be anything.
_UNKNOWN = "?"

MEDIA_TYPE = "application/problem+json"


class FieldProblem(Problem):
    """A problem that names what is wrong in the request: by path or code, with a code of what is wrong."""

    fields: dict[str, str] = Field(default_factory=dict)


#: The status of a refusal; what is not here is 422. 403 tells that the terminal is at fault, not what it sent: the terminal
#: keeps the application and somebody mends the configuration or the clock.
STATUS: dict[str, HTTPStatus] = {
    "signature_missing": HTTPStatus.UNAUTHORIZED,
    "signature_invalid": HTTPStatus.UNAUTHORIZED,
    "signature_expired": HTTPStatus.UNAUTHORIZED,
    "nonce_replayed": HTTPStatus.UNAUTHORIZED,
    "terminal_unknown": HTTPStatus.UNAUTHORIZED,
    "terminal_revoked": HTTPStatus.FORBIDDEN,
    "township_mismatch": HTTPStatus.FORBIDDEN,
    "terminal_mismatch": HTTPStatus.FORBIDDEN,
    "filed_in_future": HTTPStatus.FORBIDDEN,
    "receipt_unknown": HTTPStatus.NOT_FOUND,
    "case_changed": HTTPStatus.CONFLICT,
    "complaint_unknown": HTTPStatus.NOT_FOUND,
    "complaint_changed": HTTPStatus.CONFLICT,
    "digits_locked": HTTPStatus.LOCKED,
    "body_late": HTTPStatus.REQUEST_TIMEOUT,
    "body_too_large": HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
    "idempotency_conflict": HTTPStatus.CONFLICT,
    "receipt_number_used": HTTPStatus.CONFLICT,
    "rated_before": HTTPStatus.CONFLICT,
    "slot_taken": HTTPStatus.CONFLICT,
    "booking_unknown": HTTPStatus.NOT_FOUND,
    "call_unknown": HTTPStatus.NOT_FOUND,
    "files_missing": HTTPStatus.CONFLICT,
    "idempotency_key_missing": HTTPStatus.BAD_REQUEST,
    "media_type": HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
    "upload_unknown": HTTPStatus.NOT_FOUND,
    "upload_offset": HTTPStatus.CONFLICT,
    "too_many_requests": HTTPStatus.TOO_MANY_REQUESTS,
    "busy": HTTPStatus.SERVICE_UNAVAILABLE,
    **dict.fromkeys(Outage, HTTPStatus.SERVICE_UNAVAILABLE),
    "unopenable": HTTPStatus.INTERNAL_SERVER_ERROR,
}

_HTTP_SENTENCES: dict[int, tuple[str, str]] = {
    400: ("bad_request", "请求的格式不对，中心没有处理。"),
    404: ("not_found", "没有这个地址。请检查终端与中心的版本是否一致。"),
    405: ("method_not_allowed", "这个地址不接受这种请求方式。请检查终端与中心的版本是否一致。"),
}


def problem(status: int, code: str, detail: str, fields: dict[str, str] | None = None) -> Response:
    """The answer."""
    body = FieldProblem(title=HTTPStatus(status).phrase, status=status, detail=detail, code=code, fields=fields or {})
    return JSONResponse(body.model_dump(exclude_defaults=False), status, {"Cache-Control": "no-store"}, MEDIA_TYPE)


def refusal_problem(refusal: Refusal, terminal_id: str = "") -> Response:
    """The answer to a refusal."""
    status = STATUS.get(refusal.code, HTTPStatus.UNPROCESSABLE_ENTITY)
    log(LogEvent.REQUEST_REFUSED, code=refusal.code, status=int(status), terminal_id=terminal_id)
    answer = problem(status, refusal.code, refusal.message, refusal.fields)
    if refusal.retry_after:
        answer.headers["Retry-After"] = str(refusal.retry_after)
    return answer


def validation_problem(error: RequestValidationError) -> Response:
    """Which parts are not as declared: where, and by which rule; what was sent is not repeated, not even a name that was made up."""
    fields = {".".join(_places(fault["loc"])): str(fault["type"]) for fault in error.errors()}
    return problem(HTTPStatus.UNPROCESSABLE_ENTITY, "request_invalid", "请求的内容不符合约定，中心没有保存。出错的位置见 fields。", fields)


@cache
def _declared() -> frozenset[str]:
    """The names that the API's messages give their fields."""
    wanted: list[type[Message]] = [Message]
    found: set[str] = set()
    while wanted:
        model = wanted.pop()
        found |= set(model.model_fields)
        wanted += model.__subclasses__()
    return frozenset(found)


def _places(where: Sequence[int | str]) -> list[str]:
    source, *rest = where
    # Only a body has names that are not ours.
    if source != "body":
        return [str(part) for part in where]
    return [str(source), *(str(part) if isinstance(part, int) or part in _declared() else _UNKNOWN for part in rest)]


def http_problem(error: HTTPException) -> Response:
    """The answer to what the framework refuses."""
    code, detail = _HTTP_SENTENCES.get(error.status_code, ("refused", "中心不能处理这个请求。"))
    answer = problem(error.status_code, code, detail)
    answer.headers.update(error.headers or {})
    return answer


def internal_problem(request: Request, error: Exception) -> Response:
    """A bug: nothing of it is shown but a code that finds it in the log."""
    support_code = secrets.token_hex(4)
    log_internal_error(support_code, error)
    return problem(HTTPStatus.INTERNAL_SERVER_ERROR, "internal_error", f"中心出了故障，请稍后再试；支持代码 {support_code}。")
