"""From a view to its screen: the module of the view's name draws it; what does not differ from the last picture stays as it is."""

from __future__ import annotations

import importlib
from collections.abc import Callable
from typing import Any

from kiosk.views import ViewData
from screens.stage import Stage
from screens.widgets.element import Page

#: A screen: places elements for a view. `screens/home.py` has `draw(page, view)` for `HomeView`, and so on.
Draw = Callable[[Page, Any], None]


class Router:
    """Shows one view at a time. Kivy's thread only."""

    def __init__(self, stage: Stage) -> None:
        self._stage = stage
        self._draws: dict[type[ViewData], Draw] = {}
        self.view: ViewData | None = None

    def show(self, view: ViewData) -> None:
        """Draw a view. Raises ModuleNotFoundError for a view that has no screen: a bug."""
        page = self._stage.page
        page.begin()
        self._draw_of(type(view), view.name)(page, view)
        page.commit()
        if type(view) is not type(self.view):
            self._stage.switched()
        self.view = view

    def _draw_of(self, kind: type[ViewData], name: str) -> Draw:
        if kind not in self._draws:
            self._draws[kind] = importlib.import_module(f"screens.{name}").draw
        return self._draws[kind]
