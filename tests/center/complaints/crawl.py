"""Everything that a signed-in member of staff can get out of the center by asking: every route of the application with every id, and every link."""

from __future__ import annotations

import io
import json
import re
import threading
import zipfile
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from html import unescape
from http import HTTPStatus
from itertools import product, zip_longest
from typing import Any
from urllib.parse import quote, urlsplit

import pypdfium2
import requests
from fastapi import FastAPI
from fastapi.routing import APIRoute
from sqlalchemy import select

from center.center import Center
from center.store.tables import Base
from tests.center.place import direct_session

#: Rows whose ids are tried: many where rows lead to complaints. In this order, so that the first ones are each of another kind.
_TABLES = {
    "complaints": 3,
    "issued_papers": 7,
    "cases": 1,
    "accountability_events": 2,
    "consents": 2,
    "complaint_files": 1,
    "staff": 2,
    "files": 1,
}
_TURNS = 6
_TRIES = 4
#: More only wait for each other: the center answers in this same process.
_HANDS = 2
_EXPORT = re.compile(r'<form[^>]*method="post"[^>]*action="([^"]*export[^"]*)"[^>]*>(.*?)</form>', re.DOTALL)
_INPUT = re.compile(r'<input[^>]*name="(\w+)"([^>]*)>')
_LINK = re.compile(r'(?:href|src|action|hx-get)="([^"#]+)"')


def get_routes(app: FastAPI) -> tuple[APIRoute, ...]:
    """Every route that answers GET, however deep it was included."""

    def walk(routes: Iterable[Any]) -> Iterator[APIRoute]:
        for route in routes:
            inner = getattr(route, "original_router", None)
            if inner is not None:
                yield from walk(inner.routes)
            elif isinstance(route, APIRoute) and "GET" in (route.methods or ()):
                yield route

    found = tuple(walk(app.routes))
    declared = {path for path, ways in app.openapi()["paths"].items() if "get" in ways}
    assert declared <= {route.path for route in found}
    return found


def ids_of(center: Center, extra: Iterable[str] = ()) -> list[str]:
    """What a curious person could know or guess: ids of rows, each kind in turn, and `extra`."""
    with center.database.reading() as session:
        columns = [
            [str(row) for row in session.execute(select(Base.metadata.tables[name].c.id).limit(limit)).scalars()]
            for name, limit in _TABLES.items()
        ]
    turns = [row for turn in zip_longest(*columns) for row in turn if row is not None]
    return list(dict.fromkeys([*turns, *extra]))


def addresses(routes: Iterable[APIRoute], ids: list[str], pairs: list[str], words: list[str]) -> list[list[str]]:
    """For every route: itself with its parameters filled in from `ids`; where there are two, both from `pairs`; queries ask for `words`."""
    found = []
    for route in routes:
        names = re.findall(r"{(\w+)}", route.path)
        paths = []
        for values in product(*([ids] if len(names) == 1 else [pairs] * len(names))):
            path = route.path
            for name, value in zip(names, values, strict=True):
                path = path.replace(f"{{{name}}}", quote(value, safe=""))
            paths.append(path)
        asked = [each.alias for each in route.dependant.query_params]
        if asked and not names:
            paths += [f"{route.path}?{name}={quote(value, safe='')}" for name, value in product(asked, words)]
        found.append(paths)
    return found


@dataclass
class Haul:
    """What came back: where each secret was seen."""

    seen: dict[str, set[str]] = field(default_factory=dict)
    answered: int = 0
    whole: set[str] = field(default_factory=set)
    exported: set[str] = field(default_factory=set)


def texts_of(answer: requests.Response) -> Iterator[bytes]:
    """What is in an answer, out of its wrapping."""
    content = answer.content
    yield content
    yield unescape(answer.text).encode()
    if content.startswith(b"%PDF"):
        document = pypdfium2.PdfDocument(content)
        yield "".join(page.get_textpage().get_text_bounded() for page in document).encode()
    if content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            for name in archive.namelist():
                yield archive.read(name)


def forms_of(secret: str | bytes) -> tuple[bytes, ...]:
    """A secret as it may stand in an answer."""
    if isinstance(secret, bytes):
        return (secret,)
    return (secret.encode(), secret.encode("gb18030"), json.dumps(secret)[1:-1].encode(), quote(secret).encode())


class Crawler:
    """A member of staff who asks for everything, with several hands."""

    def __init__(self, url: str, secrets: Mapping[str, str | bytes]) -> None:
        self.url = url
        self.haul = Haul()
        self._cookies: dict[str, str] = {}
        self._here = threading.local()
        self._secrets = {name: forms_of(secret) for name, secret in secrets.items()}
        self._known: set[str] = set()
        self._exporting = threading.Lock()

    def sign_in(self, login: str, password: str) -> None:
        session = direct_session()
        answer = session.post(f"{self.url}/console/sign-in", data={"login": login, "password": password}, timeout=20)
        assert session.cookies, answer.text
        self._cookies = session.cookies.get_dict()

    def look(self, path: str) -> requests.Response:
        """Ask for one path, and note what is seen."""
        if not hasattr(self._here, "session"):
            self._here.session = direct_session()
        answer: requests.Response = self._here.session.get(self.url + path, timeout=60, allow_redirects=False, cookies=self._cookies)
        self._note(path, answer)
        return answer

    def _export(self, path: str, form: str) -> None:
        """Send a form that exports, as it stands on its page."""
        with self._exporting:
            if path in self.haul.exported:
                return
            self.haul.exported.add(path)
        fields = {name: re.search(r'value="([^"]*)"', rest) for name, rest in _INPUT.findall(form)}
        data = {name: unescape(value.group(1)) if value else "" for name, value in fields.items()}
        answer = self._here.session.post(self.url + path, data=data, timeout=60, cookies=self._cookies)
        assert answer.ok, path
        self._note(path, answer)

    def _note(self, path: str, answer: requests.Response) -> None:
        assert answer.status_code < 500, path
        self.haul.answered += 1
        if answer.ok:
            self.haul.whole.add(path.split("?", maxsplit=1)[0])
        for text in texts_of(answer):
            for name, forms in self._secrets.items():
                # What was asked for stands in a search's own answer.
                if any(form in text for form in forms) and not any(form in path.encode() for form in forms):
                    self.haul.seen.setdefault(name, set()).add(path)

    def crawl(self, routes: list[list[str]], patient: bool) -> Haul:
        """Ask for every path, and for what the pages found there lead to.

        Not `patient`: a route that refuses the right for the first four ids, each of another kind, is not asked with the others.
        """
        with ThreadPoolExecutor(_HANDS) as hands:
            found = [link for links in hands.map(lambda paths: self._route(paths, patient), routes) for link in links]
            followed: Counter[str] = Counter()
            while found:
                batch = []
                for link in dict.fromkeys(found):
                    page = link.split("?", maxsplit=1)[0]
                    # A calendar leads to next month for ever: so many of one page are enough.
                    if link not in self._known and followed[page] < _TURNS:
                        followed[page] += 1
                        batch.append(link)
                found = [link for links in hands.map(self._links, batch) for link in links]
        return self.haul

    def _route(self, paths: list[str], patient: bool) -> list[str]:
        found: list[str] = []
        refused = 0
        for path in paths:
            if not patient and refused == _TRIES:
                break
            links, status = self._ask(path)
            refused += status == HTTPStatus.FORBIDDEN and refused >= 0
            if status != HTTPStatus.FORBIDDEN:
                refused = -len(paths)
            found += links
        return found

    def _links(self, path: str) -> list[str]:
        return self._ask(path)[0]

    def _ask(self, path: str) -> tuple[list[str], int]:
        if path in self._known or "sign-out" in path:
            return [], 0
        self._known.add(path)
        answer = self.look(path)
        if not answer.headers.get("content-type", "").startswith("text/html"):
            return [], answer.status_code
        for form, inside_form in _EXPORT.findall(answer.text):
            self._export(unescape(form), inside_form)
        targets = [urlsplit(unescape(link)) for link in _LINK.findall(answer.text)]
        inside = [each for each in targets if not each.netloc and each.path.startswith("/") and "/static/" not in each.path]
        return [each.path + (f"?{each.query}" if each.query else "") for each in inside], answer.status_code
