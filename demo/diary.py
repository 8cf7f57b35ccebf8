"""What the scripted citizens leave in the folder of pictures, act by act, with a page that says what is what."""

from __future__ import annotations

import html
import inspect
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import ParamSpec

P = ParamSpec("P")

_STYLE = (
    "body{font:17px sans-serif;background:#eee;margin:24px;color:#111}figure{display:inline-block;margin:0 16px 24px 0;vertical-align:top}"
    "img{border:1px solid #999;max-width:46vw}img.glass{height:560px}img.paper{width:288px}img.console{height:400px}h2{margin-top:40px}"
)


@dataclass(frozen=True)
class _Act:
    title: str
    pictures: tuple[str, ...]


class Diary:
    """`out`: where pictures are put. `receipts`: where the printer puts its papers, which are copied there."""

    def __init__(self, out: Path, receipts: Path) -> None:
        self._out, self._receipts = out, receipts
        self._acts: list[_Act] = []
        self.papers = 0

    def plays(self, act: Callable[P, None], /, *args: P.args, **kwargs: P.kwargs) -> None:
        """Play it, and note under the first line of its docstring what pictures and papers came of it."""
        before = self._pictures()
        act(*args, **kwargs)
        for paper in sorted(self._receipts.glob("receipt-*.png"))[self.papers :]:
            self.papers += 1
            shutil.copy(paper, self._out / f"print-{paper.name}")
        title = (inspect.getdoc(act) or act.__name__).splitlines()[0]
        self._acts.append(_Act(title, tuple(sorted(self._pictures() - before))))
        self._write()

    @property
    def pictures(self) -> int:
        """How many, papers not among them."""
        return len(self._pictures()) - self.papers

    def _pictures(self) -> set[str]:
        return {path.name for path in self._out.glob("*.png")}

    def _write(self) -> None:
        parts = []
        for act in self._acts:
            figures = "".join(
                f'<figure><img class="{_kind(name)}" loading="lazy" src="{name}" alt=""><figcaption>{html.escape(name)}</figcaption></figure>'
                for name in act.pictures
            )
            parts.append(f"<h2>{html.escape(act.title)}</h2>{figures}")
        (self._out / "index.html").write_text(
            f'<!doctype html><html lang="en"><meta charset="utf-8"><title>OneSeal Kiosk: the scripted citizens</title><style>{_STYLE}</style>'
            "<h1>The scripted citizens, act by act</h1><p>Numbered: the terminal. <b>console</b>: the staff. <b>print</b>: what came out of the printer.</p>"
            f"{''.join(parts)}</html>\n",
            "utf-8",
        )


def _kind(name: str) -> str:
    return {"console": "console", "print": "paper"}.get(name.split("-", maxsplit=1)[0], "glass")
