"""Tells scripts what is where on the glass: view, and id and rectangle of each target, in a file. For demonstration and acceptance; production refuses it."""

from __future__ import annotations

import json
import os
from pathlib import Path

from kiosk.views import ViewData
from screens.widgets.element import Page

#: The target of a page that any touch presses.
ANYWHERE = "anywhere"


class Reveal:
    """Writes the file anew for each picture shown. No text of a view is in it, so nothing of a person."""

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self._path = path

    def __call__(self, view: ViewData, page: Page) -> None:
        """`targets`: id to [left, top, width, height] in px of the window, y down."""
        targets = {
            mounted.element.ident: [
                mounted.rect.left,
                mounted.rect.top,
                mounted.rect.right - mounted.rect.left,
                mounted.rect.bottom - mounted.rect.top,
            ]
            for mounted in page.mounted
            if mounted.element.ident and (mounted.element.event is not None or mounted.live is not None)
        }
        if page.any_touch is not None:
            targets[ANYWHERE] = [0, 0, page.layout.screen_width, page.layout.screen_height]
        draft = self._path.with_suffix(".draft")
        draft.write_text(json.dumps({"view": view.name, "targets": targets}), "utf-8")
        os.replace(draft, self._path)
