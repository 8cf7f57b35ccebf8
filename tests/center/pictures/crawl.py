"""Goes through a served center as one member of staff after the other, by links alone, and says which addresses make every page once."""

from __future__ import annotations

import re
from collections import Counter, deque
from collections.abc import Iterable
from dataclasses import dataclass, field
from html import unescape
from urllib.parse import urlsplit

import requests
from fastapi.routing import APIRoute

from center.console.guard import PATH
from tests.center.place import Browser

#: Links of one kind that are followed from one page, and pages of one kind that one member looks at.
_A_PAGE, _A_MEMBER = 4, 24
#: Pages that are one thing in many states: worth looking at more than once.
_MANY = ("cases/{case_id}", "complaints/{complaint_id}", "department/cases/{case_id}", "accountability/{event_id}")
_TITLED = ("papers/{paper_id}", "notices/{topic_id}")
#: Pages that are others for other roles.
_OWN = ("", "dashboard")
#: Parts of a path that say which page it is, not whose.
_SAYING = ("name", "section", "act")
#: Pages that only an act brings; the morning and the second factor draw them.
_ACTED = {f"{PATH}/sign-in", f"{PATH}/sign-in/code", PATH}
_LINK = re.compile(r'<(?:a|iframe|img|div)\b[^>]*?(?:href|src|hx-get)="(/console[^"#]*)"')
_STATE = re.compile(r'<div class="heading[^"]*">.*?<span class="tag[^"]*">(.*?)</span>', re.DOTALL)
_TITLE = re.compile(r"<h1[^>]*>(.*?)</h1>", re.DOTALL)


@dataclass(frozen=True)
class Sight:
    """One page to draw: by whom, where, of which route, and what makes it another than its like."""

    login: str
    address: str
    route: str
    variant: str = ""

    @property
    def file_name(self) -> str:
        """What its picture is called."""
        route = re.sub(r"{\w+}", "_", self.route.removeprefix(PATH).strip("/")) or "home"
        return re.sub(r"[^\w一-鿿-]+", "-", f"{route}-{self.variant}" if self.variant else route).strip("-") + ".png"


@dataclass
class Crawl:
    """What was found so far."""

    routes: tuple[APIRoute, ...]
    sights: dict[tuple[str, str], Sight] = field(default_factory=dict)
    #: Routes that answered with something that is no page of its own: a picture, a fragment, a redirect.
    no_pages: set[str] = field(default_factory=set)
    #: Routes that a link led to and that answered with something else than a page.
    faults: dict[str, str] = field(default_factory=dict)

    def route_of(self, address: str) -> APIRoute | None:
        path = urlsplit(address).path
        return next((route for route in self.routes if route.path_regex.match(path)), None)

    def visit(self, browser: Browser, login: str, extra: Iterable[str] = ()) -> None:
        """Look at everything that this member's links lead to."""
        waiting = deque((f"{PATH}/", f"{PATH}/account", *extra))
        known = set(waiting)
        looked: Counter[str] = Counter()
        forms: set[tuple[str, str]] = set()
        while waiting:
            address = waiting.popleft()
            route = self.route_of(address)
            if route is None or looked[route.path] >= _A_MEMBER:
                continue
            if self._is_form(route):
                # One form is like the next, whoever's case it is for.
                form = (route.path, self._said(route, address))
                if route.path in self.no_pages or form in forms:
                    continue
                forms.add(form)
            looked[route.path] += 1
            answer = _answer(browser, address)
            if answer.status_code != 200:
                self.faults[route.path] = f"{login} was answered {answer.status_code} at {address}"
                continue
            kind = answer.headers["content-type"].partition(";")[0]
            final = self.route_of(urlsplit(answer.url).path)
            if final is not route or kind != "text/html" or "<html" not in answer.text:
                self.no_pages.add(route.path)
                continue
            self._keep(login, address, route, answer.text)
            for link in self._links(answer.text):
                if link not in known:
                    known.add(link)
                    waiting.append(link)

    def _is_form(self, route: APIRoute) -> bool:
        path = route.path.removeprefix(PATH).strip("/")
        return "{" in path and path not in (*_MANY, *_TITLED, "department/{name}")

    def _keep(self, login: str, address: str, route: APIRoute, text: str) -> None:
        variant = self._variant(login, address, route, text)
        self.sights.setdefault((route.path, variant), Sight(login, address, route.path, variant))

    def _variant(self, login: str, address: str, route: APIRoute, text: str) -> str:
        path = route.path.removeprefix(PATH).strip("/")
        if path in _OWN:
            return login
        if path in _TITLED:
            title = _TITLE.search(text)
            return _plain(title[1])[:20] if title else ""
        if path in _MANY:
            state = _STATE.search(text)
            return _plain(state[1]) if state else ""
        return self._said(route, address)

    def _said(self, route: APIRoute, address: str) -> str:
        match = route.path_regex.match(urlsplit(address).path)
        return "-".join(value for name, value in (match.groupdict() if match else {}).items() if name in _SAYING)

    def _links(self, text: str) -> list[str]:
        counted: Counter[str] = Counter()
        found = []
        for link in map(unescape, _LINK.findall(text)):
            route = self.route_of(link)
            if route is None or "/static/" in link:
                continue
            counted[route.path] += 1
            if counted[route.path] <= (
                _A_PAGE if "{" in route.path and "{name}" not in route.path and "{section}" not in route.path else 40
            ):
                found.append(link)
        return found

    def missing(self) -> list[str]:
        """Routes of the console that answer GET and are in no picture."""
        drawn = {route for route, _ in self.sights} | _ACTED
        return sorted({route.path for route in self.routes} - drawn)


def _answer(browser: Browser, address: str) -> requests.Response:
    """As a real browser asks: once more on a new connection if the kept one was closed meanwhile."""
    try:
        return browser.get(address)
    except requests.ConnectionError:
        return browser.get(address)


def _plain(html: str) -> str:
    return unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", html))).strip()
