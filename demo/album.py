"""Views that were walked for real, drawn in a real window: pictures and a page that shows them all."""

from __future__ import annotations

import html
import os
from collections.abc import Mapping
from pathlib import Path

from devices.printer.measures import MEASURES
from devices.printer.raster import render
from kiosk.views import ViewData
from kiosk.wire.documents import Document
from screens.gallery.__main__ import SIZES, draw, index_page
from screens.gallery.display import display


def draw_papers(papers: Mapping[str, Document], out: Path) -> dict[str, object]:
    """Each paper as the printer makes it, on both widths of paper, beside each other."""
    out.mkdir(parents=True, exist_ok=True)
    parts = []
    for number, (title, paper) in enumerate(papers.items(), 1):
        pictures = []
        for width in MEASURES:
            name = f"{number:02d}-{paper.document}.{width}.png"
            render(paper, width).save(out / name)
            pictures.append(f'<img src="{name}" alt="{width} mm">')
        parts.append(f"<h2>{html.escape(title)}</h2>{' '.join(pictures)}")
    page = f'<!doctype html><meta charset="utf-8"><title>Papers, 80 and 58 mm</title><body style="background:#bbb">{"".join(parts)}\n'
    (out / "index.html").write_text(page, encoding="utf-8")
    return {"papers": len(papers), "papers_index": str(out / "index.html")}


def draw_album(views: Mapping[str, ViewData], out: Path, *forms: str) -> dict[str, object]:
    """Each view into `out`, by its name; `forms`: upright or wide, both if none is named. What was drawn and where, for the JSON line."""
    forms = forms or tuple(SIZES)
    out.mkdir(parents=True, exist_ok=True)
    with display(2000, 2000) as name:
        os.environ["DISPLAY"] = name
        for form in forms:
            draw(out, form, views)
    (out / "index.html").write_text(index_page(views, forms), encoding="utf-8")
    return {"pictures": len(views) * len(forms), "index": str(out / "index.html")}
