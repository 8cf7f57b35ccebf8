"""Something to read, in pages that fit without scrolling; and a printed paper as it is read on screen. Draws nothing."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kiosk.views import ReadPart
from kiosk.wire.documents import Block, Bullets, Document, Heading, Paragraph, Rows

#: A page in lines of large type, and a line in Chinese characters (design.md: 888 px of 40 px type, lines of 52).
_PAGE = 17.0
_LINE = 21
#: What is left of a line for a row's value, and for the text of a list.
_VALUE, _ITEM = 14, 20
#: A paragraph longer than so many lines may go on on the next page.
_LONGEST = 7

_SENTENCE = re.compile(r"[^。！？；\n]*[。！？；\n]?")


def read_pages(parts: Sequence[ReadPart]) -> tuple[tuple[ReadPart, ...], ...]:
    """Parts in pages, at least one; a heading is never the last of a page."""
    pages: list[list[ReadPart]] = [[]]
    room = _PAGE
    pieces = [piece for part in parts for piece in _pieces(part)]
    for place, piece in enumerate(pieces):
        following = pieces[place + 1] if piece.kind == "heading" and place + 1 < len(pieces) else None
        needed = _height(piece) + (_height(following) if following else 0)
        if pages[-1] and needed > room:
            pages.append([])
            room = _PAGE
        pages[-1].append(piece)
        room -= _height(piece)
    return tuple(tuple(page) for page in pages)


def _width(text: str) -> float:
    """In Chinese characters: what is ASCII is about half as wide."""
    return sum(0.6 if char.isascii() else 1 for char in text)


def _lines(text: str, across: int) -> int:
    return sum(max(1, int(-(-_width(line) // across))) for line in text.split("\n"))


def _height(part: ReadPart) -> float:
    match part.kind:
        case "heading":
            return 1.0 * _lines(part.text, _LINE) + 0.6
        case "rule":
            return 0.8
        case "row":
            return max(_lines(part.text, _LINE - _VALUE), _lines(part.value, _VALUE)) + 0.2
        case "bullet" | "tick":
            return _lines(part.text, _ITEM) + 0.3
    return _lines(part.text, _LINE) + 0.4


def _pieces(part: ReadPart) -> list[ReadPart]:
    """A long paragraph in pieces that end with a sentence."""
    if part.kind not in ("paragraph", "strong") or _lines(part.text, _LINE) <= _LONGEST:
        return [part]
    pieces = [""]
    for sentence in filter(None, _SENTENCE.findall(part.text)):
        if pieces[-1] and _lines(pieces[-1] + sentence, _LINE) > _LONGEST:
            pieces.append("")
        pieces[-1] += sentence
    return [ReadPart(part.kind, piece.strip("\n")) for piece in pieces]


def document_parts(document: Document) -> tuple[ReadPart, ...]:
    """A paper as it is read on screen: its title stands over the page, its code and its small print belong to the paper alone."""
    number = (ReadPart("row", document.number_label, document.number),) if document.number else ()
    subtitle = (ReadPart("paragraph", document.subtitle),) if document.subtitle else ()
    return (*subtitle, *number, *(part for block in document.blocks for part in _of_block(block)))


def _of_block(block: Block) -> tuple[ReadPart, ...]:
    match block:
        case Heading(text=text):
            return (ReadPart("heading", text),)
        case Paragraph(text=text, strong=strong):
            return (ReadPart("strong" if strong else "paragraph", text),)
        case Rows(rows=rows):
            return tuple(ReadPart("row", row.label, row.value) for row in rows)
        case Bullets(items=items, tick=tick):
            return tuple(ReadPart("tick" if tick else "bullet", item) for item in items)
    return ()
