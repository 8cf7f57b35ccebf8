"""The API's description (OpenAPI 3.1): made of the routes' own types and the contract's table, so that neither can go stale alone."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi
from fastapi.routing import iter_route_contexts
from pydantic import BaseModel
from pydantic.json_schema import models_json_schema

from center.api.contract import EXAMPLES, OPERATIONS, Answer, Operation
from center.api.gate import API
from center.api.problems import MEDIA_TYPE, STATUS, FieldProblem

VERSION = "1.0.0"

DIGEST = "Content-Digest"

_LOCAL_TIME = r"^([01]\d|2[0-3]):[0-5]\d(:[0-5]\d)?$"

_DESCRIPTION = """What a terminal asks of its center. Every request but the open ones is signed (RFC 9421) with the terminal's Ed25519 key.
Faults are problem+json (RFC 9457): `code` for programs, `detail` one sentence in Chinese for people, `fields` what is wrong and where,
never a value that was sent. 401 and 403 are the terminal's fault, not what it sends: it keeps what it has and comes again. 408, 425,
429 and 5xx: come again, after `Retry-After` where it is given. Other 4xx: sending the same again cannot help.
503 tells that disk or database are full, held or away: nothing of the request was kept, or with `database_away` perhaps all of it; sent again it
is kept once. A head of more than 16 KB is answered 431.
What is not here is answered 404, and a method that is not, 405."""

_SIGNATURE = """RFC 9421, one signature, any label. `keyid`: the terminal's id; `alg`: `ed25519`; `created` and `expires` at most 60 s apart;
`nonce`: 8 to 64 characters, taken once. Covered: `@method`, `@authority`, `@target-uri`, `content-digest`, and `idempotency-key`
whenever that header is there. Also needed: `Signature-Input` and `Content-Digest`."""

#: Statuses of what the framework and the gate answer; all others are in `problems.STATUS`, or 422.
_OTHER_STATUS = {"internal_error": 500, "bad_request": 400, "request_invalid": 422}

_SENTENCES = {
    400: "请求的格式不对，中心没有处理。",
    401: "请求的签名不对，内容可能被改动过。",
    403: "这台终端已被停用；请联系管理员。",
    404: "没有找到。",
    408: "请求发送得太慢，中心没有等到全部内容；请检查网络后再试。",
    409: "与中心已有的内容不一致。",
    413: "内容太大；请重新拍摄或分开提交。",
    415: "请求的内容类型不对，中心没有读取；请检查终端与中心的版本是否一致。",
    422: "请求的内容不符合约定，中心没有保存。",
    423: "暂时锁定，请稍后再试。",
    429: "请求太频繁，中心暂时不处理；请稍后再试。",
    500: "中心出了故障，请稍后再试。",
    503: "中心暂时不能保存，请稍后再试；重复发送不会重复办理。",
}


def status_of(code: str) -> int:
    """The status that a code comes with."""
    return _OTHER_STATUS.get(code) or int(STATUS.get(code, HTTPStatus.UNPROCESSABLE_ENTITY))


class Undocumented(Exception):
    """Routes that the contract does not know."""


def document(app: FastAPI) -> dict[str, Any]:
    """The whole description. Raises Undocumented, with every route that is not in the contract."""
    routes = [route for route in iter_route_contexts(app.routes) if (route.path or "").startswith((API, "/healthz"))]
    made = get_openapi(
        title="OneSeal center: API for terminals",
        version=VERSION,
        description=_DESCRIPTION,
        routes=routes,
        separate_input_output_schemas=False,
    )
    found = {(method.upper(), path): operation for path, item in made["paths"].items() for method, operation in item.items()}
    if unknown := sorted(set(found) - set(OPERATIONS)):
        raise Undocumented(", ".join(" ".join(where) for where in unknown))
    for where, operation in found.items():
        _describe(operation, OPERATIONS[where])
    components = made.setdefault("components", {})
    schemas = components.setdefault("schemas", {})
    for unused in ("HTTPValidationError", "ValidationError"):
        schemas.pop(unused, None)
    schemas.update(_schemas(model for where in found for model in _models(OPERATIONS[where])))
    _name_local_times(schemas)
    components["securitySchemes"] = {"terminal": {"type": "apiKey", "in": "header", "name": "Signature", "description": _SIGNATURE}}
    return made


def text(app: FastAPI) -> str:
    """The same as a file holds it; made once for an application."""
    made: str | None = getattr(app.state, "api_description", None)
    if made is None:
        made = app.state.api_description = json.dumps(document(app), ensure_ascii=False, indent=1, sort_keys=True) + "\n"
    return made


def _models(operation: Operation) -> Iterable[type[BaseModel]]:
    yield FieldProblem
    for answer in operation.answers.values():
        yield from answer.models


def _schemas(models: Iterable[type[BaseModel]]) -> dict[str, Any]:
    wanted = [(model, "validation") for model in dict.fromkeys(models)]
    _, made = models_json_schema(wanted, ref_template="#/components/schemas/{model}")  # type: ignore[arg-type]  # a literal
    found: dict[str, Any] = made["$defs"]
    return found


def _name_local_times(node: Any) -> None:
    """A time of day at the center has no offset; JSON Schema's format `time` (RFC 3339) would want one."""
    if isinstance(node, dict):
        if node.get("format") == "time":
            del node["format"]
            node["pattern"] = _LOCAL_TIME
        for each in node.values():
            _name_local_times(each)
    elif isinstance(node, list):
        for each in node:
            _name_local_times(each)


def _describe(made: dict[str, Any], operation: Operation) -> None:
    """Fill in what the code does not say."""
    body = made.get("requestBody", {}).get("content", {}).get("application/json")
    takes_anything = bool(body or made.get("parameters"))
    answered = made["responses"].get("200", {}).get("content", {}).get("application/json", {}).get("schema", {})
    made["summary"] = operation.summary
    made["tags"] = [operation.tag]
    made["security"] = [] if operation.open else [{"terminal": []}]
    made["responses"] = {str(status): _good(answer, answered) for status, answer in operation.answers.items()}
    made["responses"] |= _problems(operation.all_codes(takes_json=bool(body), takes_anything=takes_anything))
    parameters = made.setdefault("parameters", [])
    if not operation.open:
        parameters.append(
            _header(DIGEST, "`sha-256` of the body, also of an empty one (RFC 9530); covered by the signature.", required=True)
        )
    parameters.extend(_header(name, words) for name, words in operation.headers.items())
    if body:
        body |= _example(body["schema"])
    if operation.raw:
        part = {"schema": {"type": "string", "format": "binary"}}
        made["requestBody"] = {"required": True, "content": dict.fromkeys(operation.raw, part)}


def _example(schema: Mapping[str, Any]) -> dict[str, Any]:
    name = str(schema.get("$ref", "")).rpartition("/")[2]
    return {"example": EXAMPLES[name]} if name in EXAMPLES else {}


def _header(name: str, words: str, required: bool = False) -> dict[str, Any]:
    return {"name": name, "in": "header", "required": required, "description": words, "schema": {"type": "string"}}


def _good(answer: Answer, answered: Mapping[str, Any]) -> dict[str, Any]:
    made: dict[str, Any] = {"description": answer.words}
    if answer.headers:
        made["headers"] = {name: {"description": words, "schema": {"type": "string"}} for name, words in answer.headers.items()}
    if answer.empty:
        return made
    references = [{"$ref": f"#/components/schemas/{model.__name__}"} for model in answer.models]
    schema: Mapping[str, Any] = {"anyOf": references} if len(references) > 1 else references[0] if references else answered
    made["content"] = {"application/json": {"schema": schema or {"type": "object"}, **_example(references[0] if references else schema)}}
    return made


def _problems(codes: Iterable[str]) -> dict[str, Any]:
    by_status: dict[int, list[str]] = {}
    for code in codes:
        by_status.setdefault(status_of(code), []).append(code)
    return {str(status): _problem(status, found) for status, found in sorted(by_status.items())}


def _problem(status: int, codes: list[str]) -> dict[str, Any]:
    title = HTTPStatus(status).phrase
    made: dict[str, Any] = {
        "description": f"{title}. Codes: {', '.join(f'`{code}`' for code in codes)}.",
        "content": {
            MEDIA_TYPE: {
                "schema": {"$ref": "#/components/schemas/FieldProblem"},
                "examples": {
                    code: {
                        "value": {
                            "type": "about:blank",
                            "title": title,
                            "status": status,
                            "detail": _SENTENCES[status],
                            "code": code,
                            "fields": {},
                        }
                    }
                    for code in codes
                },
            }
        },
    }
    if status in (HTTPStatus.TOO_MANY_REQUESTS, HTTPStatus.SERVICE_UNAVAILABLE):
        made["headers"] = {"Retry-After": {"description": "Seconds.", "schema": {"type": "integer", "minimum": 1}}}
    return made
