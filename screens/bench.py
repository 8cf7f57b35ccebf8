"""Measures the screens: one JSON line a result, for `make bench`. It opens a window and touches it; it asserts nothing."""

from __future__ import annotations

import itertools
import json
import os
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from typing import Any

from screens.gallery.display import NoDisplay, display

_TOUCHES = 60
#: What one letter more changes: the field alone; the field, what is composed and all candidates; and a long text.
_TYPING = {
    "letters": ("form-typing-english", "form-typing-english-more"),
    "pinyin": ("form-typing-pinyin", "form-typing-pinyin-more"),
    "pinyin-long-text": ("form-typing-long", "form-typing-long-more"),
}
_PAGES = ("home", "list", "list-keyboard", "guide", "idle")
#: What is drawn on with a finger: page and pad; the signature first, against which handwriting is held.
_PADS = (("signature-empty", "signature_pad"), ("handwriting-empty", "ink_box"))


def _say(result: dict[str, object]) -> None:
    sys.stdout.write(json.dumps(result, ensure_ascii=False) + "\n")
    sys.stdout.flush()


def _line(name: str, seconds: list[float], **more: object) -> None:
    ordered = sorted(seconds)
    result: dict[str, object] = {
        "name": name,
        "p50_ms": round(statistics.median(ordered) * 1000, 2),
        "p95_ms": round(ordered[int(len(ordered) * 0.95) - 1] * 1000, 2),
        "samples": len(ordered),
    }
    _say(result | more)


def _presses(app: Any, page: str) -> Iterator[Any]:
    from kivy.tests.common import UnitTestTouch

    from screens.gallery import GALLERY

    app.router.show(GALLERY[page])
    app.surface.draw_now()
    targets = [mounted.rect for mounted in app.page.mounted if mounted.element.event is not None]
    for index in range(_TOUCHES):
        rect = targets[index % len(targets)]
        yield UnitTestTouch((rect.left + rect.right) / 2, app.page.layout.screen_height - (rect.top + rect.bottom) / 2)


def _touch_to_pixel(app: Any, page: str) -> list[float]:
    """Seconds from a touch in Kivy's queue to its pixels presented; the polling interval is not in it."""
    seconds = []
    for touch in _presses(app, page):
        begin = time.perf_counter()
        touch.touch_down()
        app.surface.draw_now()
        app.surface.settle()
        seconds.append(time.perf_counter() - begin)
        touch.touch_up()
        app.surface.draw_now()
    return seconds


def _ink_to_pixel(app: Any, page: str, ident: str) -> list[float]:
    """Seconds from a finger's move in Kivy's queue to its ink presented, in strokes of 12 moves some 14 px apart."""
    from kivy.tests.common import UnitTestTouch

    from screens.gallery import GALLERY

    app.router.show(GALLERY["attract"])
    app.router.show(GALLERY[page])
    app.surface.draw_now()
    rect, height = app.page.find(ident).rect, app.page.layout.screen_height
    seconds = []
    for stroke in range(_TOUCHES // 12):
        x, y = rect.left + 120, height - rect.top - 140 - 90 * stroke
        touch = UnitTestTouch(x, y)
        touch.touch_down()
        app.surface.draw_now()
        for move in range(1, 13):
            begin = time.perf_counter()
            touch.touch_move(x + 13 * move, y - 5 * move)
            app.surface.draw_now()
            app.surface.settle()
            seconds.append(time.perf_counter() - begin)
        touch.touch_up()
        app.surface.draw_now()
    return seconds


def _times(call: Callable[[], object], count: int) -> list[float]:
    seconds = []
    for _ in range(count):
        begin = time.perf_counter()
        call()
        seconds.append(time.perf_counter() - begin)
    return seconds


def _key_to_frame(app: Any, *pages: str) -> list[float]:
    """Seconds from the view that follows a key to its pixels presented, going to and fro between pages of one keyboard."""
    from screens.gallery import GALLERY

    app.router.show(GALLERY[pages[-1]])
    app.surface.draw_now()
    following = itertools.cycle(pages)

    def type_() -> None:
        app.router.show(GALLERY[next(following)])
        app.surface.draw_now()
        app.surface.settle()

    return _times(type_, _TOUCHES)


def _measure() -> None:
    begin = time.perf_counter()
    from kivy.base import runTouchApp

    from screens.app import KioskApp

    # a second passes between any two touches: none is half of a double tap
    ticks = itertools.count(1.0)
    app = KioskApp(lambda event: None, clock=lambda: next(ticks))
    app.application._run_prepare()
    runTouchApp(embedded=True)
    from screens.gallery import GALLERY

    app.router.show(GALLERY["attract"])
    app.surface.draw_now()
    _line("start_to_attract", [time.perf_counter() - begin])
    shown = []
    for page in _PAGES:
        app.router.show(GALLERY["attract"])
        app.surface.draw_now()
        begin = time.perf_counter()
        app.router.show(GALLERY[page])
        app.surface.draw_now()
        app.surface.settle()
        shown.append(time.perf_counter() - begin)
    _line("change_of_page", shown)
    for keyboard, pages in _TYPING.items():
        _line("key_to_frame", _key_to_frame(app, *pages), keyboard=keyboard)
    partial = whole = 0.0
    for page in _PAGES[:4]:
        seconds = _touch_to_pixel(app, page)
        partial += statistics.median(seconds)
        _line("touch_to_pixel", seconds, page=page)

        def draw() -> None:
            app.surface.draw_whole()
            app.surface.settle()

        redraws = _times(draw, 20)
        whole += statistics.median(redraws)
        _line("whole_redraw", redraws, page=page)
    _say({"name": "whole_to_partial", "ratio": round(whole / partial, 1), "partial_possible": app.surface.partial_possible})
    inked = []
    for page, ident in _PADS:
        seconds = _ink_to_pixel(app, page, ident)
        inked.append(statistics.median(seconds))
        _line("ink_to_pixel", seconds, page=page)
    _say({"name": "handwriting_to_signature", "ratio": round(inked[1] / inked[0], 2)})
    app.close()


def main() -> int:
    """Measure; 1 with one JSON line if there is nothing to draw on, 2 for arguments, of which there are none."""
    if len(sys.argv) > 1:
        _say({"error": "usage", "message": "screens.bench takes no arguments."})
        return 2
    try:
        with display(1080, 1920) as name:
            os.environ["DISPLAY"] = name
            _measure()
    except NoDisplay as problem:
        _say({"error": "no_display", "message": str(problem)})
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
