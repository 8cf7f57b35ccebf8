"""The papers of a sheet: what is there, what is settled, what is missing."""

from __future__ import annotations

from collections.abc import Sequence

from kiosk.session import Sheet
from kiosk.wire.items import Material, Need

#: As many pages as one paper may have on the wire (`MaterialFiled.pages`).
MOST_PAGES = 12


def settled(sheet: Sheet, material: Material) -> bool:
    """Whether nothing more has to be done about a material here: it is there, or the citizen said that it is not with them."""
    if material.from_card or material.from_form or material.code in sheet.missing:
        return True
    if material.is_need is Need.OPTIONAL and not sheet.pages.get(material.code):
        return True
    return len(sheet.pages.get(material.code, [])) >= len(material.pages)


def is_there(sheet: Sheet, material: Material) -> bool:
    """Whether a material is handed in."""
    if material.from_card or material.from_form:
        return True
    return len(sheet.pages.get(material.code, [])) >= len(material.pages)


def missing_materials(sheet: Sheet, materials: Sequence[Material]) -> tuple[Material, ...]:
    """What is still wanted, all of it (R2.2)."""
    return tuple(m for m in materials if not is_there(sheet, m) and m.is_need is not Need.OPTIONAL)


def may_follow(sheet: Sheet, materials: Sequence[Material]) -> tuple[Material, ...]:
    """Of what is wanted: what the item lets follow after filing (容缺)."""
    return tuple(m for m in missing_materials(sheet, materials) if m.is_need is Need.MAY_FOLLOW)


def must_be_brought(sheet: Sheet, materials: Sequence[Material]) -> tuple[Material, ...]:
    """Of what is wanted: what the window will ask for, in one notice (R2.2)."""
    return tuple(m for m in missing_materials(sheet, materials) if m.is_need is not Need.MAY_FOLLOW)


def papers_there(sheet: Sheet, materials: Sequence[Material]) -> tuple[tuple[str, int], ...]:
    """Materials handed in, each with its count of pages; 0 for what came from the card or the form."""
    return tuple((m.material_name, len(sheet.pages.get(m.code, []))) for m in materials if is_there(sheet, m) and _counts(sheet, m))


def _counts(sheet: Sheet, material: Material) -> bool:
    return material.from_card or material.from_form or bool(sheet.pages.get(material.code))
