"""The pages of complaining, rating, booking, public information and help: one frozen value per screen."""

from __future__ import annotations

from dataclasses import dataclass, field

from kiosk.views.filing import FieldRow
from kiosk.views.page import PageView
from kiosk.views.parts import Button, Panel


@dataclass(frozen=True)
class WaysView(PageView):
    """One question, and two to six large ways to answer it: each a button with an icon, a label and a note of at most two lines.

    `actions` is the bar below, primary last, often empty.
    """

    ways: tuple[Button, ...] = ()
    notice: Panel | None = None
    actions: tuple[Button, ...] = ()


@dataclass(frozen=True)
class ReadPart:
    """A piece of something to read; `kind` heading|paragraph|strong|bullet|tick|row|rule. A row's `text` is its label."""

    kind: str
    text: str = field(default="", repr=False)
    value: str = field(default="", repr=False)


@dataclass(frozen=True)
class ReadView(PageView):
    """Something to read, a page of it: a notice, what is told before a complaint, a paper that was issued.

    `actions` secondary first, primary last; beside them the pager, where there is more than one page.
    """

    parts: tuple[ReadPart, ...] = ()
    panel: Panel | None = None
    previous: Button | None = None
    next: Button | None = None
    page: str = ""
    actions: tuple[Button, ...] = ()


@dataclass(frozen=True)
class PersonCard:
    """A window or a member of staff. `photo` JPEG, empty: a drawing in its place. `icon` draws a window. `button` None: only to be seen."""

    name: str
    lines: tuple[str, ...] = ()
    photo: bytes = field(default=b"", repr=False)
    icon: str = ""
    button: Button | None = None
    #: A word at the card's end such as 在岗, and whether it is good news.
    mark: str = ""
    good: bool = True


@dataclass(frozen=True)
class PeopleView(PageView):
    """Windows and people, eight a page; `tabs` choose between them."""

    tabs: tuple[Button, ...] = ()
    people: tuple[PersonCard, ...] = ()
    empty: str = ""
    notice: Panel | None = None
    previous: Button | None = None
    next: Button | None = None
    page: str = ""
    actions: tuple[Button, ...] = ()


@dataclass(frozen=True)
class GridSection:
    """Small buttons under one heading: 上午, 下午; the label large, the note (3 个空位) under it."""

    title: str
    buttons: tuple[Button, ...]


@dataclass(frozen=True)
class GridView(PageView):
    """One choice of many short ones: a reason, a department, a day, a time. `chips` narrow it (a window each).

    At most four chips, and twelve buttons in all.
    """

    chips: tuple[Button, ...] = ()
    sections: tuple[GridSection, ...] = ()
    empty: str = ""
    notice: Panel | None = None
    previous: Button | None = None
    next: Button | None = None
    page: str = ""
    actions: tuple[Button, ...] = ()


@dataclass(frozen=True)
class RateView(PageView):
    """五级好差评: five levels from the best, each with its face; then what was good or bad, and own words."""

    levels: tuple[Button, ...] = ()
    tags_title: str = ""
    tags: tuple[Button, ...] = ()
    words: FieldRow | None = None
    notice: Panel | None = None
    actions: tuple[Button, ...] = ()
