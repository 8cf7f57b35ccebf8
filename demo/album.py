"""Views that were walked for real, drawn in a real window: pictures and a page that shows them all."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

from kiosk.views import ViewData
from screens.gallery.__main__ import SIZES, draw, index_page
from screens.gallery.display import display


def draw_album(views: Mapping[str, ViewData], out: Path) -> dict[str, object]:
    """Each view upright and wide into `out`, by its name. What was drawn and where, for the JSON line."""
    out.mkdir(parents=True, exist_ok=True)
    with display(2000, 2000) as name:
        os.environ["DISPLAY"] = name
        for form in SIZES:
            draw(out, form, views)
    (out / "index.html").write_text(index_page(views), encoding="utf-8")
    return {"pictures": len(views) * len(SIZES), "index": str(out / "index.html")}
