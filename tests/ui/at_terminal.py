"""A finger on the glass of a whole terminal, for tests: touches what is drawn, and writes with keys, candidates and strokes."""

from __future__ import annotations

import time
from collections.abc import Callable

from demo.bench_typing import Strokes
from demo.place import Place
from kiosk.views import Button, FormView, Typed, ViewData
from screens.widgets.field import INSET, TypingBox
from tests.ui.glass import Glass

_SECONDS = 20.0


def draw(glass: Glass, strokes: Strokes) -> None:
    """Strokes by touches into the middle of the ink box; their square in the lists is 1024 wide."""
    for stroke in strokes:
        box = glass.find("ink_box").rect
        scale = 0.8 * min(box.right - box.left, box.bottom - box.top) / 1024
        at = [((box.left + box.right) / 2 + (x - 512) * scale, (box.top + box.bottom) / 2 + (y - 512) * scale) for x, y in stroke]
        finger = glass.down(*at[0])
        for point in at[1:]:
            finger.move(*point)
        finger.up()


class AtTerminal:
    """A finger on the glass of a whole terminal: what it shows is drawn, what is touched goes to it."""

    def __init__(self, glass: Glass, place: Place) -> None:
        self._glass, self._citizen, self._heard = glass, place.citizen, len(glass.posted)

    def looks(self) -> FormView | None:
        """Draw what is shown now, after what was touched has gone its way."""
        for event in self._glass.posted[self._heard :]:
            self._citizen.post(event)
        self._heard = len(self._glass.posted)
        view = self._citizen.sees(ViewData)
        self._glass.show(view)
        return view if isinstance(view, FormView) else None

    def sees(self, what: Callable[[FormView], bool]) -> FormView:
        """Wait until the form is so."""
        end = time.monotonic() + _SECONDS
        while not ((view := self.looks()) and what(view)):
            assert time.monotonic() < end, view
            time.sleep(0.01)
        return view

    def touches(self, ident: str) -> None:
        self.sees(lambda _: self._glass.app.page.find(ident) is not None)
        self._glass.rest()
        self._glass.tap(ident)

    def writes(self, text: str, strokes: Strokes) -> None:
        """Draw one character, and choose it."""
        self.sees(lambda _: self._glass.app.page.find("ink_box") is not None)
        draw(self._glass, strokes)
        view = self.sees(lambda view: any(text == button.label for button in _offered(view)))
        self.touches(next(button.id for button in _offered(view) if button.label == text))
        self.sees(lambda view: view.keyboard is not None and view.keyboard.strokes == ())

    # ------------------------------------------------------------------ pinyin

    def types(self, keys: str) -> None:
        """One key after the other, as they are drawn; until all of them are heard."""
        for key in keys:
            self.touches("key_separator" if key == "'" else f"key_{key}")
            self.looks()
        letters = len(keys.replace("'", ""))
        self.sees(lambda view: len(_composing(view).replace("'", "")) >= letters)

    def presses(self, key: str, true: Callable[[Typed], bool]) -> None:
        """A key, and wait for what it does."""
        self.touches(f"key_{key}")
        self.sees(lambda view: true(_typed(view)))

    def clears(self) -> None:
        """The cross in the field."""
        self.touches("clear_field")
        self.sees(lambda view: _typed(view).text == "")

    def changes(self, kind: str) -> None:
        """The way to another keyboard."""
        self.touches(f"keyboard_{kind}")
        self.sees(lambda view: view.keyboard is not None and view.keyboard.kind == kind)

    def writes_in_pinyin(self, text: str, keys: str) -> int:
        """A phrase, picking the longest right beginning each time; gives how many candidates were touched."""
        before = self.text()
        self.types(keys)
        taps, chosen = 0, ""
        while chosen != text:
            self.sees(lambda view: bool(_bar(view)) and _spelled(view))
            chosen += self._picks(text[len(chosen) :].startswith)
            taps += 1
            if chosen == text:
                self.sees(lambda view: (_typed(view).text, _typed(view).marked) == (before + text, (0, 0)))
            else:
                self.sees(lambda view, chosen=chosen: _composing(view).startswith(chosen))
        return taps

    def chooses(self, right: Callable[[str], bool]) -> str:
        """The longest candidate that is right, in the bar or in 更多's pages."""
        self.sees(lambda view: bool(_bar(view)) and _spelled(view))
        return self._picks(right)

    def _picks(self, right: Callable[[str], bool]) -> str:
        view = self.sees(lambda view: bool(_bar(view)))
        drawn = [button for button in _bar(view) if self._glass.app.page.find(button.id) is not None]
        found = [button for button in drawn if right(button.label)]
        if not found:
            self.touches("more")
            view = self.sees(lambda view: view.keyboard is not None and view.keyboard.grid is not None)
            while not (found := [button for button in _cells(view) if right(button.label)]):
                shown = _cells(view)
                self.touches("candidates_next")
                view = self.sees(lambda view, shown=shown: _cells(view) not in ((), shown))
        best = max(found, key=lambda button: len(button.label))
        self.touches(best.id)
        return best.label

    def has_written(self, text: str) -> None:
        """Wait until the text ends so, and nothing is composed."""
        self.sees(lambda view: _typed(view).text.endswith(text) and _typed(view).marked == (0, 0))

    def taps_before(self, index: int) -> None:
        """Touch the text where character `index` begins."""
        self._glass.rest()
        page = self._glass.app.page
        mounted = next(each for each in page.mounted if isinstance(each.element, TypingBox))
        box = mounted.element
        assert isinstance(box, TypingBox)
        scale = page.layout.scale
        setting = box._setting(page.theme, page.layout, *mounted.place[2:])
        number, row = next((n, row) for n, row in reversed(list(enumerate(setting.rows))) if row.start <= index)
        x = mounted.rect.left + round(INSET * scale) + row.edges[index - row.start]
        y = mounted.rect.top + (box.top + setting.top + (number + 0.5) * setting.pitch) * scale
        self._glass.down(x, y).up()
        self.sees(lambda view: _typed(view).caret == index)

    def text(self) -> str:
        """What stands in the field."""
        return _typed(self.sees(lambda view: any(row.typed for row in view.fields))).text


def _typed(view: FormView) -> Typed:
    return next(row.typed for row in view.fields if row.typed)


def _bar(view: FormView) -> tuple[Button, ...]:
    return view.keyboard.bar.candidates if view.keyboard and view.keyboard.bar else ()


def _composing(view: FormView) -> str:
    return view.keyboard.bar.composing if view.keyboard and view.keyboard.bar else ""


def _spelled(view: FormView) -> bool:
    """Whether what is composed stands there in characters: the candidates are for all of its keys."""
    start, end = _typed(view).marked
    return not any(char.isascii() for char in _typed(view).text[start:end])


def _cells(view: FormView) -> tuple[Button, ...]:
    grid = view.keyboard.grid if view.keyboard else None
    return tuple(button for row in grid.rows for button, _ in row) if grid else ()


def _offered(view: FormView) -> tuple[Button, ...]:
    return _bar(view)[:10]
