"""A field is cleared and left by 返回, and what the check page makes of it."""

from __future__ import annotations

from demo.story import Citizen
from kiosk.events import KeyPressed
from kiosk.views import FormView, ReviewView


def erases(citizen: Citizen, field: str) -> None:
    """Nothing stands in it any more, and its keyboard is closed."""
    citizen.goes_to(f"field_{field}")
    citizen.touches(f"field_{field}")
    opened = citizen.sees(FormView, lambda view: any(row.focused and row.code == field for row in view.fields))
    for _ in next(row.value for row in opened.fields if row.code == field):
        citizen.post(KeyPressed("backspace"))
    citizen.touches("dock_back")
    citizen.sees(FormView, lambda view: view.keyboard is None and not any(row.value for row in view.fields if row.code == field))


def to_change(view: ReviewView) -> list[str]:
    """Labels of the rows that are marked."""
    return [row.label for row in view.rows if row.edit and row.edit.label == "要改"]
