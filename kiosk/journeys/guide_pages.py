"""The four sections of a guide, packed into pages that fit the screen without scrolling."""

from __future__ import annotations

from dataclasses import replace

from kiosk.i18n import Texts
from kiosk.views import GuideSection
from kiosk.wire.items import Fact, Need, ServiceItem

#: The card holds 17 characters a line (552 px at 32 px) and this many lines a page, headings and rules included.
_CHARACTERS = 16
_LINES = 22.5
_HEADING = 2.0


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

    return (
        section(t("申请材料"), materials, marks=True, note=note),
        section(t("办理条件"), said(item.accept_condition)),
        section(t("办理流程"), said(item.handle_flow), chips=True),
        section(t("办理依据"), said(item.by_law)),
    )


def _line_height(section: GuideSection, line: str) -> float:
    width = _CHARACTERS - 3 if section.marks else _CHARACTERS
    rows = -(-len(line) // width)
    return rows * (1.25 if section.marks else 1.0)


def _chips_height(lines: tuple[str, ...]) -> float:
    """Chips flow: each is its text and 3 characters of frame and arrow."""
    rows, used = 1, 0
    for line in lines:
        length = len(line) + 3
        if used and used + length > _CHARACTERS:
            rows, used = rows + 1, 0
        used += length
    return rows * 2.0


def _pieces(section: GuideSection) -> list[tuple[GuideSection, float]]:
    """The section in parts that each fit a page, with their heights in lines."""
    extra = _HEADING + (1.0 if section.note else 0.0)
    if section.chips or not section.lines:
        return [(section, extra + (_chips_height(section.lines) if section.lines else 1.0))]
    pieces: list[tuple[GuideSection, float]] = []
    lines: list[str] = []
    height = extra
    for line in section.lines:
        needed = _line_height(section, line)
        if lines and height + needed > _LINES:
            pieces.append((replace(section, lines=tuple(lines), note=""), height))
            lines, height = [], extra
        lines.append(line)
        height += needed
    pieces.append((replace(section, lines=tuple(lines)), height))
    return pieces


def guide_pages(texts: Texts, item: ServiceItem) -> tuple[tuple[GuideSection, ...], ...]:
    """Pages of sections, in order; never empty."""
    pages: list[list[GuideSection]] = [[]]
    room = _LINES
    for section in _sections(texts, item):
        for piece, height in _pieces(section):
            if pages[-1] and height > room:
                pages.append([])
                room = _LINES
            pages[-1].append(piece)
            room -= height
    return tuple(tuple(page) for page in pages)
