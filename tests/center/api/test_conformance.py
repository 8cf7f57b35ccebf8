"""The center answers as its description says, whatever it is asked: requests made from the description by schemathesis, signed, over real HTTP."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
import requests
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis.checks import not_a_server_error
from schemathesis.generation import GenerationMode
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    negative_data_rejection,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from center.api.contract import OPERATIONS
from center.api.gate import PART
from center.api.openapi import DIGEST, document
from center.app import create_app
from tests.center.api.world import SEEDS, Seed, Signs, World, world_in

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]

#: So many requests of each kind for each operation: the whole stays well under a minute.
MANY = settings(
    max_examples=7,
    deadline=None,
    database=None,
    derandomize=True,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)

#: Raw bodies are checked by their content, not by a schema; and what has no input cannot be asked wrongly.
JSON_OPERATIONS = sorted(where for where in OPERATIONS if where[0] == "POST")
EVERY = sorted(OPERATIONS)

each_operation = pytest.mark.parametrize(("method", "path"), EVERY, ids=[" ".join(where) for where in EVERY])
each_with_json = pytest.mark.parametrize(("method", "path"), JSON_OPERATIONS, ids=[" ".join(where) for where in JSON_OPERATIONS])


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    with world_in(tmp_path_factory.mktemp("conformance")) as made:
        yield made


@pytest.fixture(scope="module")
def schema(world: World) -> Any:
    described = document(create_app(world.center))
    for item in described["paths"].values():
        for operation in item.values():
            # Digest and signature are the hook's, on every request.
            operation["parameters"] = [each for each in operation["parameters"] if each["name"] != DIGEST]
            operation["security"] = []
    return schemathesis.openapi.from_dict(described)


@schemathesis.serializer(PART)
def _part(_context: schemathesis.SerializationContext, value: Any) -> bytes:
    return value if isinstance(value, bytes) else str(value).encode()


@pytest.fixture(scope="module")
def session(world: World) -> Iterator[requests.Session]:
    with requests.Session() as made:
        made.auth = Signs(world.terminal)
        yield made


class Asking:
    """Sends a case and checks its answer against the description."""

    def __init__(self, schema: Any, session: requests.Session, world: World, method: str, path: str) -> None:
        self.operation = schema[path][method]
        self._session = session
        self._world = world
        self._codes = set(OPERATIONS[method, path].all_codes(takes_json=True, takes_anything=True))

    def send(self, case: Any, *more: Any) -> Any:
        answer = case.call(base_url=self._world.terminal.url, session=self._session)
        case.validate_response(answer, checks=[*CHECKS, *more])
        if answer.status_code >= 400 and case.method != "HEAD" and answer.status_code not in (404, 405):
            assert answer.json()["code"] in self._codes, answer.json()
        return answer

    def seed(self, seed: Seed) -> Any:
        headers = dict(seed.headers)
        media_type = headers.pop("Content-Type", "application/json" if seed.body is not None else None)
        given = {"path_parameters": seed.path, "headers": headers, "query": seed.query}
        return self.operation.Case(**given, **({"body": seed.body, "media_type": media_type} if seed.body is not None else {}))


@pytest.fixture
def asking(schema: Any, session: requests.Session, world: World, method: str, path: str) -> Asking:
    return Asking(schema, session, world, method, path)


def test_every_operation_has_a_seed() -> None:
    assert set(SEEDS) == set(OPERATIONS)


@each_operation
def test_a_good_request_is_answered_well(asking: Asking, world: World, method: str, path: str) -> None:
    answer = asking.send(asking.seed(SEEDS[method, path](world)))
    assert 200 <= answer.status_code < 300, answer.text


@each_operation
def test_whatever_the_description_allows_is_answered_as_it_says(asking: Asking, method: str, path: str) -> None:
    @MANY
    @given(asking.operation.as_strategy(generation_mode=GenerationMode.POSITIVE))
    def ask(case: Any) -> None:
        asking.send(case)

    ask()


@each_with_json
def test_what_the_description_forbids_is_refused(asking: Asking, method: str, path: str) -> None:
    @MANY
    @given(asking.operation.as_strategy(generation_mode=GenerationMode.NEGATIVE))
    def ask(case: Any) -> None:
        asking.send(case, negative_data_rejection)

    ask()


_ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=40),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=10), inner, max_size=3),
    max_leaves=5,
)


@each_with_json
def test_a_good_request_with_one_thing_wrong_does_no_harm(asking: Asking, world: World, method: str, path: str) -> None:
    good = SEEDS[method, path](world)

    @MANY
    @given(st.sampled_from(sorted(good.body)), _ANYTHING)
    def ask(name: str, value: Any) -> None:
        asking.send(asking.seed(Seed(good.path, good.headers, good.query, {**good.body, name: value})))

    ask()
