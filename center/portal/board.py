"""The public display in the hall (公示屏, R10, R1.5): who is on duty, the items, the notices, one screen after the other, without anybody touching it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from fastapi import APIRouter
from starlette.responses import Response

from center.catalogue import listed_items
from center.center import Center
from center.portal.guides import limit_words
from center.portal.pages import public_page
from center.portal.routes import Public
from center.publishing.board import BoardLine, duty_board
from center.publishing.notices import NOTICE_KINDS, published
from kiosk.wire.items import ServiceItem

router = APIRouter()

#: What is read from five paces in a quarter of a minute.
SECONDS = 15
_PEOPLE, _ITEMS, _CHARACTERS = 8, 8, 240
_SENTENCE = re.compile(r"[^。；！？]+[。；！？]?")


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
        *(Screen("今天谁在值班", people=board[at : at + _PEOPLE]) for at in range(0, max(1, len(board)), _PEOPLE)),
        *_of_items("本中心办理的事项", [item for item in items if item.handled_here]),
        *_of_items("由别处办理的事项", [item for item in items if not item.handled_here]),
        *(
            Screen(notice.wording.title or NOTICE_KINDS[notice.wording.kind], paragraphs=part)
            for notice in notices
            for part in _parts(notice.wording.paragraphs)
        ),
    )


def _of_items(heading: str, items: Sequence[ServiceItem]) -> Iterator[Screen]:
    for at in range(0, len(items), _ITEMS):
        yield Screen(heading, items=tuple((item, _limit(item)) for item in items[at : at + _ITEMS]))


def _limit(item: ServiceItem) -> str:
    return f"由{item.elsewhere.body}办理" if item.elsewhere else limit_words(item)


def _parts(paragraphs: Iterable[str]) -> Iterator[tuple[str, ...]]:
    """As much as one screen holds at a time; a paragraph that is longer goes on after a sentence."""
    part: list[str] = []
    for text in (piece for paragraph in paragraphs for piece in _pieces(paragraph)):
        if part and sum(map(len, part)) + len(text) > _CHARACTERS:
            yield tuple(part)
            part = []
        part.append(text)
    if part:
        yield tuple(part)


def _pieces(paragraph: str) -> Iterator[str]:
    piece = ""
    for sentence in _SENTENCE.findall(paragraph):
        for start in range(0, len(sentence), _CHARACTERS):
            text = sentence[start : start + _CHARACTERS]
            if piece and len(piece) + len(text) > _CHARACTERS:
                yield piece
                piece = ""
            piece += text
    if piece:
        yield piece


@router.get("/board")
def board(center: Public, screen: int = 0) -> Response:
    """One screen; it leads to the next by itself, and after the last to the first, with what is published by then."""
    shown = screens(center)
    at = screen if 0 <= screen < len(shown) else 0
    return public_page(center, "board", screen=shown[at], at=at + 1, of=len(shown), following=(at + 1) % len(shown), seconds=SECONDS)
