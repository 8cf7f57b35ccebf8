"""Items and their guides: one frozen value per screen."""

from __future__ import annotations

from dataclasses import dataclass, field

from kiosk.views.keyboard import Keyboard, Typed
from kiosk.views.page import PageView
from kiosk.views.parts import Button, Panel


@dataclass(frozen=True)
class ItemRow:
    """One item of the list. `spans` are the parts of `title` to highlight; `elsewhere`: handled by another body."""

    button: Button
    title: str
    detail: str
    spans: tuple[tuple[int, int], ...] = ()
    elsewhere: bool = False


@dataclass(frozen=True)
class ItemListView(PageView):
    """Items by topic and by search; 4 rows and a pager, or the keyboard below fewer rows."""

    search_text: str = field(default="", repr=False)
    typed: Typed | None = None
    search_hint: str = ""
    search: Button = field(default=Button("search", "", None))
    clear: Button | None = None
    topics: tuple[Button, ...] = ()
    count: str = ""
    rows: tuple[ItemRow, ...] = ()
    empty: str = ""
    previous: Button | None = None
    next: Button | None = None
    page: str = ""
    keyboard: Keyboard | None = None


@dataclass(frozen=True)
class GuideSection:
    """One part of a guide. `marks` draw a tick before each line; `chips` draw a flow; `open` is the mark where no source gives it."""

    title: str
    lines: tuple[str, ...]
    marks: bool = False
    chips: bool = False
    open: str = ""
    note: str = ""


@dataclass(frozen=True)
class GuideView(PageView):
    """A guide: facts on top (label, value), sections, its QR, print, apply. `part`/`parts`: which page of the sections."""

    facts: tuple[tuple[str, str], ...] = ()
    sections: tuple[GuideSection, ...] = ()
    qr: str = ""
    qr_title: str = ""
    qr_note: str = ""
    print: Button = field(default=Button("print", "", None))
    more: Button | None = None
    apply: Button = field(default=Button("primary", "", None))
    elsewhere: Panel | None = None
    notice: Panel | None = None
    page: str = ""
    #: Larger type, and back; `large`: the sections are drawn with head instead of body.
    larger: Button | None = None
    large: bool = False
