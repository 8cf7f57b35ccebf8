"""The public display in the hall (公示屏, R10, R1.5): who is on duty, the items, the notices, one screen after the other, without anybody touching it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeVar

from fastapi import APIRouter
from starlette.responses import Response

from center.catalogue import listed_items
from center.center import Center
from center.portal.guides import limit_words
from center.portal.pages import public_page
from center.portal.routes import Here
from center.portal.wall import fits, items_height, people_height, text_height
from center.publishing.board import BoardLine, duty_board
from center.publishing.notices import NOTICE_KINDS, published
from kiosk.wire.items import ServiceItem

router = APIRouter()

T = TypeVar("T")

#: Where it is.
ADDRESS = "/board"

#: What is read from five paces in a quarter of a minute.
SECONDS = 15
_CHARACTERS = 240
#: For a post where nobody is.
OPEN = "今天没有人，请到别的窗口"
#: Up to the end of a sentence, with all the marks that end it and the quote it closes.
_SENTENCE = re.compile(r"[^。；！？]*[。；！？]+[”’」』）》]*|[^。；！？]+")


@dataclass(frozen=True)
class Screen:
    """One screen: people, items or paragraphs under a heading."""

    heading: str
    people: tuple[BoardLine, ...] = ()
    items: tuple[tuple[ServiceItem, str], ...] = ()
    paragraphs: tuple[str, ...] = ()


def screens(center: Center) -> tuple[Screen, ...]:
    """Everything that is public today, in the order it is shown. There is always a first: who is on duty."""
    today = center.clock.now().date()
    with center.database.reading() as session:
        board = duty_board(center, session, today)
        notices = published(center, session, today)
    items = sorted(listed_items(center), key=lambda item: item.task_name)
    return (
        *_of_people("今天谁在值班", board),
        *_of_items("本中心办理的事项", [item for item in items if item.handled_here]),
        *_of_items("由别处办理的事项", [item for item in items if not item.handled_here]),
        *(
            Screen(heading, paragraphs=part)
            for notice in notices
            for heading in (notice.wording.title or NOTICE_KINDS[notice.wording.kind],)
            for part in _parts(heading, notice.wording.paragraphs)
        ),
    )


def _of_people(heading: str, board: Sequence[BoardLine]) -> Iterator[Screen]:
    if not board:
        yield Screen(heading)
    for part in _filled(board, lambda lines: fits(heading, people_height([(each.window, each.post, each.name or OPEN) for each in lines]))):
        yield Screen(heading, people=part)


def _of_items(heading: str, items: Iterable[ServiceItem]) -> Iterator[Screen]:
    cards = [(item, _limit(item)) for item in items]
    for part in _filled(cards, lambda some: fits(heading, items_height([(item.task_name, limit) for item, limit in some]))):
        yield Screen(heading, items=part)


def _limit(item: ServiceItem) -> str:
    return f"由{item.elsewhere.body}办理" if item.elsewhere else limit_words(item)


def _filled(things: Iterable[T], fit: Callable[[tuple[T, ...]], bool]) -> Iterator[tuple[T, ...]]:
    """As many at a time as fit on a screen together; one at least."""
    part: tuple[T, ...] = ()
    for thing in things:
        if part and not fit((*part, thing)):
            yield part
            part = ()
        part = (*part, thing)
    if part:
        yield part


@lru_cache(maxsize=256)
def _parts(heading: str, paragraphs: tuple[str, ...]) -> tuple[tuple[str, ...], ...]:
    """As much as one screen holds, and is read in its time; a paragraph that is longer goes on after a sentence."""

    def fit(texts: Sequence[str]) -> bool:
        return sum(map(len, texts)) <= _CHARACTERS and fits(heading, text_height(texts))

    return tuple(_filled((piece for paragraph in paragraphs for piece in _pieces(paragraph, fit)), fit))


def _pieces(paragraph: str, fit: Callable[[Sequence[str]], bool]) -> Iterator[str]:
    """A paragraph in pieces that fit, with nothing left out: sentences, and of a sentence that is too long as much as fits."""
    piece = ""
    for sentence in _SENTENCE.findall(paragraph):
        if piece and not fit([piece + sentence]):
            yield piece
            piece = ""
        piece += sentence
        while not fit([piece]):
            most = next((size for size in range(min(len(piece) - 1, _CHARACTERS), 1, -1) if fit([piece[:size]])), 1)
            yield piece[:most]
            piece = piece[most:]
    if piece:
        yield piece


@router.get(ADDRESS)
def board(center: Here, screen: int = 0) -> Response:
    """One screen; it leads to the next by itself, and after the last to the first, with what is published by then."""
    shown = screens(center)
    at = screen if 0 <= screen < len(shown) else 0
    return _page(center, shown[at], f"{at + 1} / {len(shown)}", (at + 1) % len(shown))


def fault_screen(center: Center, title: str, sentence: str, status: int) -> Response:
    """What cannot be shown. Nobody stands at the display to load it again: it asks by itself until it is answered."""
    return _page(center, Screen(title, paragraphs=(sentence,)), "", 0, status)


def _page(center: Center, screen: Screen, count: str, following: int, status: int = 200) -> Response:
    return public_page(center, "board", status, screen=screen, count=count, following=following, seconds=SECONDS, open=OPEN)
