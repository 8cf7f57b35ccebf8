"""Gallery: a form while its keyboard is open, as the form's step makes it."""

from __future__ import annotations

from kiosk.events import RowChosen
from kiosk.views import Button, Chrome, FieldRow, FormView, Keyboard, Typed
from screens.gallery.shell import PERSON, chrome


def beside(code: str, label: str, value: str = "", *, error: str = "", locked: bool = False, open_hint: str = "还没有填") -> FieldRow:
    """A neighbor of the field that is typed into."""
    button = None if locked else Button(f"field_{code}", label, RowChosen(code))
    return FieldRow(code, label, value, "" if value else open_hint, error, locked, button=button)


def typing(code: str, label: str, hint: str, typed: Typed, *, error: str = "", long: bool = False) -> FieldRow:
    """The field that is typed into."""
    button = Button(f"field_{code}", label, RowChosen(code))
    return FieldRow(code, label, typed.text, hint, error, focused=True, typed=typed, long=long, button=button)


NAME = beside("name", "姓名", "李桂英", locked=True)
NUMBER = beside("number", "证件号码", "230903********1234", locked=True)
PHONE = beside("phone", "手机号", "139****6120")
LEVEL = beside("level", "缴费档次", open_hint="还没有选")
REMARK = beside("remark", "备注（可不填）")


def address(
    text: str, caret: int | None = None, marked: tuple[int, int] = (0, 0), counter: str = "", restore: Button | None = None
) -> FieldRow:
    """An address that is typed; the caret is at its end if nothing is said."""
    typed = Typed(text, len(text) if caret is None else caret, marked, counter, restore)
    return typing("address", "现住地址", "写到村、屯和门牌号", typed)


def form(
    row: FieldRow,
    keyboard: Keyboard,
    title: str = "您现在住在哪里？",
    *,
    before: tuple[FieldRow, ...] = (NUMBER, PHONE),
    after: tuple[FieldRow, ...] = (LEVEL, REMARK),
    around: Chrome | None = None,
) -> FormView:
    """A field with its neighbors and its keyboard."""
    return FormView(
        around or chrome(2, person=PERSON),
        title,
        f"第 {len(before) + 2} 项，共 {len(before) + len(after) + 2} 项",
        spoken=title,
        fields=(*before, row, *after),
        keyboard=keyboard,
    )
