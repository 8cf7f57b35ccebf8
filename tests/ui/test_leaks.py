"""Pages come and go and leave nothing behind."""

from __future__ import annotations

import gc
from dataclasses import replace

from kiosk.views import ItemListView, Typed
from screens.gallery import GALLERY
from tests.ui.glass import Glass


def _counts() -> tuple[int, int, int]:
    from kivy.clock import Clock
    from kivy.graphics import InstructionGroup

    gc.collect()
    objects = gc.get_objects()
    return len(objects), sum(type(o) is InstructionGroup for o in objects), len(list(Clock.get_events()))


def test_300_changes_of_page_leave_no_object_and_no_clock_behind(glass: Glass) -> None:
    # given every page has been shown once
    names = sorted(GALLERY)
    for name in (*names, *reversed(names)):
        glass.show(GALLERY[name])
    glass.show(GALLERY["attract"])
    objects, groups, clocks = _counts()
    # when
    for turn in range(300):
        glass.app.router.show(GALLERY[names[turn * 7 % len(names)]])
        if turn % 10 == 0:
            glass.frame()
    glass.show(GALLERY["attract"])
    # then: measured 0; pytest itself keeps a few
    after = _counts()
    assert after[1] == groups
    assert after[2] == clocks
    assert after[0] - objects < 100
    assert len(glass.app.stage.children) == 0


def test_what_a_citizen_typed_is_in_no_cache(glass: Glass) -> None:
    from screens.widgets.typeset import kept_texture_of

    # given
    view = GALLERY["list-keyboard"]
    assert isinstance(view, ItemListView)
    glass.show(view)
    before = kept_texture_of.cache_info().currsize
    # when the same page shows another text
    glass.show(replace(view, search_text="zhangsan", typed=Typed("zhangsan", 8, (0, 8))))
    # then
    assert kept_texture_of.cache_info().currsize == before
