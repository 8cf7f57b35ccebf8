"""The four sections of a guide, packed into pages that fit the screen without scrolling, in either size of type."""

from __future__ import annotations

from dataclasses import dataclass, replace

from kiosk.i18n import Texts
from kiosk.journeys.reading import sentences
from kiosk.views import GuideSection
from kiosk.wire.items import Fact, Need, ServiceItem


@dataclass(frozen=True)
class _Room:
    """What surely fits of both shapes of screen: characters a line, lines a page with headings and rules; and what a tick takes of a line."""

    characters: int
    lines: float
    tick: int


#: The card is 552 px wide and the wide one's two columns 476; a column may end before its last lines.
_BODY = _Room(characters=14, lines=19.0, tick=2)
_LARGE = _Room(characters=11, lines=14.0, tick=2)
_HEADING = 2.0
#: A step longer than this is no chip: the flow is then read line by line.
_LONGEST_CHIP = 11


def _sections(texts: Texts, item: ServiceItem) -> tuple[GuideSection, ...]:
    t = texts.t
    unknown = t("待核实，请以窗口答复为准")
    needs = {Need.REQUIRED: "", Need.OPTIONAL: t("（可不带）"), Need.MAY_FOLLOW: t("（可以后补）")}
    materials = tuple(f"{m.material_name}{needs[m.is_need]}" for m in item.materials if not m.from_form)
    here = [m.material_name for m in item.materials if m.from_form]
    note = t("{papers}在本机填写，不用带", papers=texts.listed(here)) if here and item.apply_here else ""

    def said(facts: tuple[Fact, ...]) -> tuple[str, ...]:
        return tuple(fact.text for fact in facts if fact.text)

    def section(title: str, lines: tuple[str, ...], *, marks: bool = False, chips: bool = False, note: str = "") -> GuideSection:
        return GuideSection(title, lines, marks=marks, chips=chips, open="" if lines else unknown, note=note)

    steps = said(item.handle_flow)
    flow = all(len(step) <= _LONGEST_CHIP for step in steps)
    return (
        section(t("申请材料"), materials, marks=True, note=note),
        section(t("办理条件"), said(item.accept_condition)),
        section(t("办理流程"), steps if flow else tuple(f"{n}. {step}" for n, step in enumerate(steps, 1)), chips=flow),
        section(t("办理依据"), said(item.by_law)),
    )


def _lines(text: str, characters: int) -> int:
    return -(-len(text) // characters)


def _line_height(section: GuideSection, line: str, room: _Room) -> float:
    width = room.characters - (room.tick if section.marks else 1)
    return _lines(line, width) + (0.5 if section.marks else 0.3)


def _chips_height(lines: tuple[str, ...], room: _Room) -> float:
    """Chips flow: each is its text and 3 characters of frame and arrow. They are as large in either size."""
    rows, used = 1, 0
    for line in lines:
        length = len(line) + 3
        if used and used + length > _BODY.characters:
            rows, used = rows + 1, 0
        used += length
    return rows * (2.0 if room is _BODY else 1.7)


def _split(section: GuideSection, room: _Room) -> GuideSection:
    """A line longer than half a page goes on as another one, from a sentence on."""
    most = int(room.characters * room.lines / 2)
    return replace(section, lines=tuple(piece for line in section.lines for piece in sentences(line, most)))


def _pieces(section: GuideSection, room: _Room) -> list[tuple[GuideSection, float]]:
    """The section in parts that each fit a page, with their heights in lines."""
    below = _lines(section.note or section.open, room.characters - 2) + 0.3 if section.note or section.open else 0.0
    if section.chips or not section.lines:
        return [(section, _HEADING + below + (_chips_height(section.lines, room) if section.lines else 0.0))]
    pieces: list[tuple[GuideSection, float]] = []
    lines: list[str] = []
    height = _HEADING + below
    for line in section.lines:
        needed = _line_height(section, line, room)
        if lines and height + needed > room.lines:
            pieces.append((replace(section, lines=tuple(lines), note=""), height - below))
            lines, height = [], _HEADING + below
        lines.append(line)
        height += needed
    pieces.append((replace(section, lines=tuple(lines)), height))
    return pieces


def guide_pages(texts: Texts, item: ServiceItem, *, large: bool = False) -> tuple[tuple[GuideSection, ...], ...]:
    """Pages of sections, in order; never empty. `large`: for the larger type, of which fewer lines fit."""
    size = _LARGE if large else _BODY
    pages: list[list[GuideSection]] = [[]]
    room = size.lines
    for section in _sections(texts, item):
        for piece, height in _pieces(_split(section, size), size):
            if pages[-1] and height > room:
                pages.append([])
                room = size.lines
            pages[-1].append(piece)
            room -= height
    return tuple(tuple(page) for page in pages)
