"""The API's description is whole, true to the messages, and the file in docs/ is the one that the program would write."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import requests
from fastapi import APIRouter
from pydantic import BaseModel

from center.api.contract import EXAMPLES, OPERATIONS
from center.api.openapi import Undocumented, document, status_of, text
from center.api.problems import FieldProblem
from center.app import create_app
from center.center import Center
from kiosk.wire import base, cases, complaints, files, filing, health, items, notices, services

WRITTEN = Path(__file__).parents[3] / "docs" / "openapi.json"

_MESSAGES: dict[str, type[BaseModel]] = {
    name: thing
    for module in (base, items, filing, files, cases, health, complaints, services, notices)
    for name, thing in vars(module).items()
    if isinstance(thing, type) and issubclass(thing, BaseModel)
}


@pytest.fixture
def described(center: Center) -> dict[str, Any]:
    return document(create_app(center))


def _operations(described: dict[str, Any]) -> list[tuple[str, str, dict[str, Any]]]:
    return [(method.upper(), path, made) for path, item in described["paths"].items() for method, made in item.items()]


def test_a_route_that_the_contract_does_not_know_is_found(center: Center) -> None:
    app = create_app(center)
    forgotten = APIRouter()
    forgotten.add_api_route("/api/v1/forgotten", lambda: {}, methods=["POST"])
    app.include_router(forgotten)
    with pytest.raises(Undocumented, match="POST /api/v1/forgotten"):
        document(app)


def test_every_operation_of_the_contract_is_there_and_says_what_it_can_answer(described: dict[str, Any]) -> None:
    assert {(method, path) for method, path, _ in _operations(described)} == set(OPERATIONS)
    for method, path, made in _operations(described):
        answers = made["responses"]
        assert made["summary"] and made["tags"], (method, path)
        assert {"429", "500"} <= set(answers), (method, path)
        if made["security"]:
            assert {"401", "403", "408", "413"} <= set(answers), (method, path)
        for status, answer in answers.items():
            body = answer.get("content", {})
            if int(status) >= 400:
                examples = body["application/problem+json"]["examples"]
                for code, example in examples.items():
                    assert status_of(code) == int(status) == example["value"]["status"], (method, path, code)
                    FieldProblem.model_validate(example["value"])


def test_every_json_message_has_an_example_that_its_own_model_reads(described: dict[str, Any]) -> None:
    for method, path, made in _operations(described):
        bodies = [made.get("requestBody", {}), *(answer for status, answer in made["responses"].items() if int(status) < 300)]
        for content in (body.get("content", {}).get("application/json") for body in bodies):
            if content is None:
                continue
            references = [content["schema"].get("$ref", ""), *(one["$ref"] for one in content["schema"].get("anyOf", ()))]
            names = [reference.rpartition("/")[2] for reference in references if reference]
            assert all(name in EXAMPLES for name in names), (method, path, names)
            assert "example" in content or not names, (method, path)
    for name, example in EXAMPLES.items():
        _MESSAGES[name].model_validate(example)


def test_headers_that_matter_are_parameters(described: dict[str, Any]) -> None:
    def headers(method: str, path: str) -> set[str]:
        return {each["name"].lower() for each in described["paths"][path][method]["parameters"] if each["in"] == "header"}

    assert {"content-digest", "idempotency-key"} <= headers("post", "/api/v1/applications")
    assert {"content-digest", "if-none-match"} <= headers("get", "/api/v1/catalogue")
    assert {"content-digest", "upload-offset"} <= headers("patch", "/api/v1/uploads/{upload_id}")


def test_every_reference_leads_somewhere(described: dict[str, Any]) -> None:
    def references(node: Any) -> list[str]:
        if isinstance(node, dict):
            here = [node["$ref"]] if "$ref" in node else []
            return here + [found for value in node.values() for found in references(value)]
        return [found for value in node for found in references(value)] if isinstance(node, list) else []

    schemas = described["components"]["schemas"]
    assert {reference.rpartition("/")[2] for reference in references(described)} <= set(schemas)


def test_who_builds_a_terminal_reads_it_without_a_key(url: str, described: dict[str, Any]) -> None:
    answer = requests.get(f"{url}/api/v1/openapi.json", timeout=20)
    assert answer.status_code == 200
    assert answer.json() == json.loads(json.dumps(described))


def test_the_written_description_is_the_present_one(center: Center) -> None:
    assert WRITTEN.read_text("utf-8") == text(create_app(center)), "run: python -m center describe-api"
