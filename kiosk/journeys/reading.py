"""Something to read, in pages that fit without scrolling; and a printed paper as it is read on screen. Draws nothing."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import groupby, takewhile

from kiosk.views import ReadPart
from kiosk.wire.documents import Block, Bullets, Document, Heading, Paragraph, Row, Rows, Rule

#: What a page surely holds, whatever stands over and under it (measured with the real window): lines of body type, and Chinese
#: characters a line. What fits larger, the screen sets larger.
_PAGE = 16.0
_LINE = 23
#: What is left of a line for a row's value and its label, and for the text of a list.
_VALUE, _LABEL, _ITEM = 15, 6, 21
#: A text longer than so many lines may go on on the next page.
_LONGEST = 7

_SENTENCE = re.compile(r"[^。！？；\n]*[。！？；\n]?")


def read_pages(parts: Sequence[ReadPart]) -> tuple[tuple[ReadPart, ...], ...]:
    """Parts in pages, at least one; a heading is never the last of a page."""
    pages: list[list[ReadPart]] = [[]]
    room = _PAGE
    pieces = [piece for part in parts for piece in _pieces(part)]
    for place, piece in enumerate(pieces):
        if pages[-1] and _together(pieces[place:]) > room:
            pages.append([])
            room = _PAGE
        pages[-1].append(piece)
        room -= _height(piece)
    return tuple(tuple(page) for page in pages)


def _together(pieces: Sequence[ReadPart]) -> float:
    """The height of what is not parted: the first piece, or headings with what they stand over."""
    headings = list(takewhile(lambda piece: piece.kind == "heading", pieces))
    return sum(_height(piece) for piece in pieces[: len(headings) + 1])


def _width(text: str) -> float:
    """In Chinese characters: what is ASCII is about half as wide."""
    return sum(0.6 if char.isascii() else 1 for char in text)


def _lines(text: str, across: int) -> int:
    return sum(max(1, int(-(-_width(line) // across))) for line in text.split("\n"))


def _height(part: ReadPart) -> float:
    match part.kind:
        case "heading":
            return 2.0 * _lines(part.text, _LINE - 5)
        case "rule":
            return 1.0
        case "row":
            return max(_lines(part.text, _LABEL), _lines(part.value, _VALUE)) + 0.5
        case "bullet" | "tick":
            return _lines(part.text, _ITEM) + 0.5
    return _lines(part.text, _LINE) + 0.5


def _pieces(part: ReadPart) -> list[ReadPart]:
    """A long text in pieces that end with a sentence; a row goes on under its label."""
    if part.kind == "row":
        first, *more = sentences(part.value, _LONGEST * _VALUE)
        return [ReadPart("row", part.text, first), *(ReadPart("row", "", piece) for piece in more)]
    if part.kind in ("heading", "rule"):
        return [part]
    first, *more = sentences(part.text, _LONGEST * _ITEM)
    return [ReadPart(part.kind, first), *(ReadPart("strong" if part.kind == "strong" else "paragraph", piece) for piece in more)]


def sentences(text: str, most: int) -> tuple[str, ...]:
    """A text in pieces of at most `most` characters, at least one: each ends with a sentence, unless a sentence alone is longer."""
    pieces = [""]
    for sentence in filter(None, _SENTENCE.findall(text)):
        for part in (sentence[start : start + most] for start in range(0, len(sentence), most)):
            if pieces[-1] and len(pieces[-1]) + len(part) > most:
                pieces.append("")
            pieces[-1] += part
    return tuple(piece.strip("\n") for piece in pieces)


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


def blocks_of(parts: Sequence[ReadPart]) -> tuple[Block, ...]:
    """What is read on screen as it stands on paper: what follows each other in one list or table is one block."""
    return tuple(block for kind, same in groupby(parts, key=lambda part: part.kind) for block in _blocks(kind, tuple(same)))


def _blocks(kind: str, parts: Sequence[ReadPart]) -> Iterable[Block]:
    match kind:
        case "heading":
            return (Heading(text=part.text) for part in parts)
        case "bullet" | "tick":
            return (Bullets(items=tuple(part.text for part in parts), tick=kind == "tick"),)
        case "row":
            return (Rows(rows=tuple(Row(label=part.text, value=part.value) for part in parts)),)
        case "rule":
            return (Rule(),)
    return (Paragraph(text=part.text, strong=kind == "strong") for part in parts)
