"""The field that is typed into: its caret goes where it is tapped, what is composed is marked, and typing redraws little."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from kiosk.events import CandidateChosen, CaretPlaced, KeyPressed
from kiosk.views import FieldRow, FormView, ItemListView, Keyboard, KeyboardKind, Typed
from screens.gallery import GALLERY, fields
from screens.theme import GAP, STANDARD, TARGET, Layout
from screens.widgets.editing import set_row, set_rows
from screens.widgets.element import Mounted
from screens.widgets.field import INSET, FieldTile, TypingBox
from tests.ui.glass import Glass

SHAPES = {"upright": (1080, 1920), "wide": (1920, 1080)}
#: Characters of two UTF-16 units, full-width ones, marks that other text squeezes together, Latin words and spaces.
TEXTS = ("桃山区万宝河镇", "𠮷㛃ＡＢ１２䶮。", "他说：“好。”（完）", "Tom  and 张三, No. 17-3", "")
#: Narrowest key: ten in a row of the upright screen (design).
NARROWEST = 80


def _writing(text: str, caret: int, marked: tuple[int, int] = (0, 0), *, long: bool = False) -> FormView:
    view = GALLERY["form-typing-pinyin"]
    assert isinstance(view, FormView)
    row = next(row for row in view.fields if row.focused)
    return replace(view, fields=(replace(row, value=text, typed=Typed(text, caret, marked), long=long),))


def _box(glass: Glass) -> tuple[Mounted, TypingBox]:
    mounted = glass.find("field_address")
    assert isinstance(mounted.element, TypingBox)
    return mounted, mounted.element


def _edges(glass: Glass) -> list[tuple[int, float, float]]:
    """Each place of the caret in sight: index, and the point of the glass, y in the middle of its row. The end of a row is the next one's start."""
    mounted, box = _box(glass)
    layout = glass.app.page.layout
    setting = box._setting(STANDARD, layout, *mounted.place[2:])
    found = []
    for number, row in enumerate(setting.rows):
        for index, edge in enumerate(row.edges, row.start):
            x = mounted.rect.left + round(INSET * layout.scale) + edge
            y = mounted.rect.top + (box.top + setting.top + (number + 0.5) * setting.pitch) * layout.scale
            found.append((index, x, y))
    return found


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("text", TEXTS)
def test_a_tap_at_each_gap_between_characters_places_the_caret_there(glass: Glass, shape: str, text: str) -> None:
    # given
    glass.app.page.layout = Layout(*SHAPES[shape])
    glass.app.router.show(_writing(text, len(text)))
    gaps = _edges(glass)
    assert {index for index, _, _ in gaps} == set(range(len(text) + 1))
    # when
    got = []
    for _, x, y in gaps:
        glass.rest()
        glass.posted.clear()
        glass.down(x, y).up()
        got += glass.posted
    # then
    assert got == [CaretPlaced(index) for index, _, _ in gaps]


def test_left_and_right_half_of_a_character_are_before_and_after_it(glass: Glass) -> None:
    glass.show(_writing("万宝河镇", 4))
    (_, left, y), (_, right, _) = _edges(glass)[1:3]
    glass.down(left + (right - left) * 0.3, y).up()
    glass.rest()
    glass.down(left + (right - left) * 0.7, y).up()
    assert glass.posted == [CaretPlaced(1), CaretPlaced(2)]


@pytest.mark.parametrize("caret", [0, 1, 700, 1234, 1999, 2000])
@pytest.mark.parametrize("shape", SHAPES)
def test_of_2000_characters_those_around_the_caret_are_in_sight(glass: Glass, shape: str, caret: int) -> None:
    # given
    layout = glass.app.page.layout = Layout(*SHAPES[shape])
    text = ("化雪以后水没有地方走，全积在院子里。" * 120)[:2000]
    # when
    glass.app.router.show(_writing(text, caret, long=True))
    # then
    mounted, box = _box(glass)
    setting = box._setting(STANDARD, layout, *mounted.place[2:])
    row = setting.rows[setting.caret_row]
    assert row.start <= caret <= row.end
    assert row.edges[caret - row.start] == setting.caret_x
    assert caret == 0 or setting.rows[0].start < caret
    assert caret == len(text) or setting.rows[-1].end > caret
    assert not any(mark.cut for mark in mounted.marks)
    index, x, y = _edges(glass)[0]
    glass.down(x, y).up()
    assert glass.posted == [CaretPlaced(index)]


@pytest.mark.parametrize("caret", [0, 1, 13, 27])
def test_a_long_search_keeps_its_caret_in_the_box(glass: Glass, caret: int) -> None:
    text = "困难残疾人生活补贴和重度残疾人护理补贴资格认定怎么申请"
    setting = set_row(STANDARD, Layout(1080, 1920), Typed(text, caret), 500, 128, bold=True)
    assert 0 <= setting.caret_x <= 500
    assert setting.rows[0].start <= caret <= setting.rows[0].end


@pytest.mark.parametrize("index", [0, 1, 2])
def test_a_tap_in_the_search_box_places_the_caret(glass: Glass, index: int) -> None:
    view = GALLERY["list-typing-nine"]
    assert isinstance(view, ItemListView)
    glass.show(view)
    box = glass.find("search").rect
    glass.down(box.left + 112 + 40 * index, (box.top + box.bottom) / 2).up()
    assert glass.posted == [CaretPlaced(index)]


def test_rows_lose_no_character_and_none_begins_with_a_closing_mark() -> None:
    text = "我家住在万宝村二组，屋后的水沟，去年被填上了。No. 17-3 is  here，“好。”" * 3
    setting = set_rows(STANDARD, Layout(1080, 1920), Typed(text, 0), 300, 10_000)
    assert [row.start for row in setting.rows] == [0, *(row.end for row in setting.rows[:-1])]
    assert setting.rows[-1].end == len(text)
    assert not any(text[row.start] in "，。”" for row in setting.rows)
    assert all(row.edges[-1] <= 300 for row in setting.rows)


def test_behind_what_is_composed_the_caret_stands_in_its_row() -> None:
    text = "化雪以后水没有地方走，全积在院子里。" * 3
    layout = Layout(1080, 1920)
    end = set_rows(STANDARD, layout, Typed(text, 0), 400, 10_000).rows[1].end
    composing = set_rows(STANDARD, layout, Typed(text, end, (end - 2, end)), 400, 10_000)
    written = set_rows(STANDARD, layout, Typed(text, end), 400, 10_000)
    assert (composing.rows[composing.caret_row].end, written.rows[written.caret_row].start) == (end, end)


def _pixels(glass: Glass) -> np.ndarray:
    """RGB rows from the top."""
    width, height = glass.app.window.system_size
    return np.frombuffer(glass.pixels(), dtype=np.uint8).reshape(height, width, 4)[::-1, :, :3]


def test_what_is_composed_is_underlined_in_blue_and_nothing_else_is(glass: Glass) -> None:
    # given four characters, of which the last two are composed; the caret is elsewhere
    glass.show(_writing("万宝河镇", 0, (2, 4)))
    gaps = _edges(glass)
    blue = tuple(round(part * 255) for part in STANDARD.rgba("blue")[:3])
    # when
    under = _pixels(glass)[round(gaps[0][2]) + 27]
    lined = [x for x in range(round(gaps[0][1]) + 10, round(gaps[-1][1]) + 10) if tuple(under[x]) == blue]
    # then
    assert lined == list(range(round(gaps[2][1]), round(gaps[4][1])))


def test_a_tap_between_two_keys_is_neither(glass: Glass) -> None:
    glass.show(GALLERY["form-typing-pinyin"])
    q, w = glass.find("key_q").rect, glass.find("key_w").rect
    glass.down((q.right + w.left) / 2, (q.top + q.bottom) / 2).up()
    assert not any(isinstance(event, KeyPressed) for event in glass.posted)


KEYBOARDS = [name for name, view in GALLERY.items() if getattr(view, "keyboard", None)]


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("name", KEYBOARDS)
def test_keys_are_wide_enough_apart_and_on_the_panel(glass: Glass, name: str, shape: str) -> None:
    # given
    layout = glass.app.page.layout = Layout(*SHAPES[shape])
    view = GALLERY[name]
    # when
    glass.app.router.show(view)
    # then
    bottom = layout.height if layout.wide else layout.dock_top
    keys = [
        m
        for m in glass.app.page.mounted
        if m.element.event is not None and m.element.ident.startswith(("key_", "keyboard_", "candidate", "syll"))
    ]
    assert keys or view.keyboard.grid  # type: ignore[attr-defined] # chosen for it
    for mounted in keys:
        x, y, w, h = mounted.place
        assert w >= NARROWEST, mounted.element.ident
        assert h >= TARGET, mounted.element.ident
        assert x >= 0 and x + w <= layout.width - GAP
        assert y + h <= bottom - GAP / 2 - 1


def test_the_keys_stay_in_place_while_candidates_come_and_go(glass: Glass) -> None:
    places = []
    for name in ("form-typing-pinyin", "form-typing-start", "form-typing-down", "form-typing-sentence"):
        glass.show(GALLERY[name])
        places.append(
            {m.element.ident: m.place for m in glass.app.page.mounted if m.element.ident in ("key_q", "key_backspace", "key_done")}
        )
    assert all(place == places[0] for place in places)


def test_as_many_candidates_as_fit_are_shown_in_their_order(glass: Glass) -> None:
    glass.show(GALLERY["form-typing-correcting"])
    shown = [m.element.event for m in glass.app.page.mounted if isinstance(m.element.event, CandidateChosen)]
    assert [event.index for event in shown] == list(range(len(shown)))
    assert len(shown) >= 5
    more = glass.find("more").rect
    last = glass.find(f"candidate_{len(shown) - 1}").rect
    assert more.right == 1080 - 32
    assert more.left - last.right >= GAP


@pytest.mark.parametrize(("shape", "beside"), [("upright", {2, 4}), ("wide", {2, 4, 5})])
@pytest.mark.parametrize("text", ["", "桃山区万宝河镇万宝村第二居民组"])
def test_the_nearest_fields_stay_in_sight_and_the_one_that_is_typed_into_in_its_place(
    glass: Glass, shape: str, beside: set[int], text: str
) -> None:
    # given the fourth of seven fields
    glass.app.page.layout = Layout(*SHAPES[shape])
    view = _writing(text, len(text))
    others = [fields.beside(f"other{place}", "手机号") for place in range(7)]
    # when
    glass.app.router.show(replace(view, fields=(*others[:3], *view.fields, *others[4:])))
    # then
    shown = {m.element.ident: m.place[1] for m in glass.app.page.mounted if m.element.ident.startswith("field_")}
    top = shown.pop("field_address")
    assert set(shown) == {f"field_other{place}" for place in beside}
    assert shape == "upright" or (shown["field_other2"] < top < shown["field_other4"])


@pytest.mark.parametrize("beside", ["家庭住址", "家庭成员上年度人均可支配收入（元）"], ids=["a long value", "a long label"])
def test_a_neighbor_whose_words_need_it_has_the_whole_width(glass: Glass, beside: str) -> None:
    # given a neighbor with a label or a value that half the width does not hold
    view = GALLERY["form-typing-english"]
    assert isinstance(view, FormView)
    typed = next(row for row in view.fields if row.focused)
    short, long = FieldRow("short", "户主", "王桂兰"), FieldRow("long", beside, "黑龙江省七台河市桃山区万宝河镇万宝村二组17号")

    def tiles(*rows: FieldRow) -> dict[str, Mounted]:
        glass.show(replace(view, fields=(typed, *rows)))  # type: ignore[type-var]
        return {tile.element.row.code: tile for tile in glass.app.page.mounted if isinstance(tile.element, FieldTile)}

    # when it is shown beside one that is short
    half, whole = tiles(short)["short"].rect, tiles(long, short)["long"]
    # then
    assert whole.rect.right - whole.rect.left > 2 * (half.right - half.left)
    assert not [mark for mark in whole.marks if mark.cut]


def test_typing_redraws_only_what_changed_and_leaves_the_picture_of_a_whole_redraw(glass: Glass) -> None:
    # given
    glass.show(GALLERY["form-typing-start"])
    glass.frame()
    surface = glass.app.surface
    # the window is shared: another test may have changed something behind the page's back on purpose
    whole, before, unreported = surface.counts.whole, surface.counts.pixels, surface.counts.unreported
    # when
    for name in ("form-typing-pinyin", "form-typing-next-word", "form-typing-sentence", "form-typing-pinyin", "form-typing-start"):
        glass.show(GALLERY[name])
        glass.app.surface.draw_now()
        assert glass.pixels() == _whole(glass), name
        whole += 1  # the one that was asked for
    # then
    assert surface.counts.whole == whole
    assert surface.counts.unreported == unreported
    assert (surface.counts.pixels - before) / 5 < 0.3 * 1080 * 1920


def _whole(glass: Glass) -> bytes:
    return glass.whole_pixels()


def test_a_letter_touches_the_field_and_the_bar_and_no_other_key(glass: Glass) -> None:
    # given
    glass.show(_writing("桃山区w", 4, (3, 4)))
    kept = {id(m) for m in glass.app.page.mounted if m.element.ident.startswith("key")}
    # when
    glass.show(_writing("桃山区wa", 5, (3, 5)))
    # then
    assert {id(m) for m in glass.app.page.mounted if m.element.ident.startswith("key")} == kept


@pytest.mark.parametrize("kind", [kind for kind in KeyboardKind if kind is not KeyboardKind.HANDWRITING])
@pytest.mark.parametrize("shape", SHAPES)
def test_every_kind_has_its_done_key_in_reach_with_ways_to_others(glass: Glass, kind: KeyboardKind, shape: str) -> None:
    # given
    glass.app.page.layout = Layout(*SHAPES[shape])
    view = GALLERY["form-typing-pinyin"]
    assert isinstance(view, FormView) and view.keyboard is not None
    ways = view.keyboard.switches
    # when
    glass.app.router.show(replace(view, keyboard=Keyboard(kind, "填好了", switches=ways, labels=view.keyboard.labels)))
    # then
    assert {"key_done", "key_backspace", *(button.id for button in ways)} <= {m.element.ident for m in glass.app.page.mounted}
    assert not any(mark.cut for m in glass.app.page.mounted for mark in m.marks)
