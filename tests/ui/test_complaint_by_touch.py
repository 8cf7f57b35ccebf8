"""A complaint is typed by touches on the glass of a whole terminal, with its real engines: pinyin, nine keys, English, marks; and a name."""

from __future__ import annotations

import ctypes
import os
from collections.abc import Iterator

import pytest

from demo.bench_typing import characters, distorted
from demo.place import Place, open_place
from demo.typing_scenes import ITEMS, at_the_form
from kiosk.typing.keys import digits_of
from tests.ui.at_terminal import AtTerminal
from tests.ui.glass import Glass

_COMPLAINT = "昨天上午我在综合窗口等了两个小时，工作人员态度不好，也没有告诉我要带什么材料，请改正。"
#: Phrases as they are typed, with the marks between them.
_FIRST = (("昨天上午", "zuotianshangwu"), ("我在综合窗口", "wozaizonghechuangkou"), ("等了两个小时", "dengleliangge'xiaoshi"))
_THIRD = (("也没有告诉我", "yemeiyougaosuwo"), ("要带什么材料", "yaodaishenmecailiao"))


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    try:
        ctypes.CDLL("libpinyin.so.15")
    except OSError:
        if os.environ.get("CI"):
            raise
        pytest.skip("NOT TESTED, a complaint by touch: libpinyin is not installed")
    with open_place(tmp_path_factory.mktemp("place"), catalogue=ITEMS) as here:
        here.citizen.waits(lambda: here.composition.terminal.work.catalogue is not None)
        yield here


@pytest.fixture
def finger(either: Glass, place: Place) -> Iterator[AtTerminal]:
    """At the form, upright and wide; she leaves at the end."""
    with at_the_form(place):
        yield AtTerminal(either, place)


def _draft(place: Place, field: str) -> str:
    draft = place.composition.terminal.work.session.draft
    return draft.values.get(field, "") if draft else ""


def _mark(finger: AtTerminal, mark: str) -> None:
    finger.changes("symbols")
    finger.presses(mark, lambda typed: typed.text.endswith(mark))
    finger.changes("pinyin")


def test_a_complaint_is_typed_in_pinyin_with_a_wrong_word_put_right(finger: AtTerminal, place: Place) -> None:
    # given
    assert len(_COMPLAINT) >= 40
    finger.touches("field_told")
    # when phrase after phrase is typed
    taps = sum(finger.writes_in_pinyin(*phrase) for phrase in _FIRST)
    _mark(finger, "，")
    taps += finger.writes_in_pinyin("工作人员", "gongzuorenyuan")
    # and of one word the wrong candidate is touched, which is seen only when more is written
    at = len(finger.text())
    finger.types("taidu")
    wrong = finger.chooses(lambda label: len(label) == 2 and label != "态度")
    finger.has_written(wrong)
    taps += finger.writes_in_pinyin("不好", "buhao")
    assert finger.text()[at:] == wrong + "不好"
    # then a touch into it offers others, and one of them stands in its place
    finger.taps_before(at + 1)
    assert finger.chooses(lambda label: label == "态度") == "态度"
    finger.sees(lambda view: any(row.typed and row.typed.text[at:] == "态度不好" for row in view.fields))
    finger.taps_before(at + 4)
    # when a character too many is taken back, all is cleared, and brought back
    _mark(finger, "，")
    finger.changes("symbols")
    finger.presses("。", lambda typed: typed.text.endswith("，。"))
    finger.presses("backspace", lambda typed: typed.text.endswith("好，"))
    finger.changes("pinyin")
    whole = finger.text()
    finger.clears()
    finger.touches("restore")
    finger.sees(lambda view: any(row.typed and row.typed.text == whole for row in view.fields))
    taps += sum(finger.writes_in_pinyin(*phrase) for phrase in _THIRD)
    _mark(finger, "，")
    taps += finger.writes_in_pinyin("请改正", "qinggaizheng")
    _mark(finger, "。")
    # then
    assert finger.text() == _draft(place, "told") == _COMPLAINT
    assert taps <= 2 * 8, "candidates touched for eight phrases"


def test_nine_keys_english_and_marks_go_into_one_text(finger: AtTerminal, place: Place) -> None:
    finger.touches("field_told")
    finger.changes("nine")
    finger.writes_in_pinyin("综合窗口", digits_of("zonghechuangkou"))
    finger.presses("。", lambda typed: typed.text.endswith("。"))
    finger.changes("letters")
    finger.touches("key_shift")
    finger.sees(lambda view: view.keyboard is not None and view.keyboard.upper)
    finger.presses("O", lambda typed: typed.text.endswith("O"))
    finger.presses("k", lambda typed: typed.text.endswith("Ok"))
    finger.changes("symbols")
    finger.presses("！", lambda typed: typed.text.endswith("！"))
    assert _draft(place, "told") == "综合窗口。Ok！"


def test_a_name_is_typed_in_pinyin_and_drawn_by_hand(finger: AtTerminal, place: Place) -> None:
    finger.touches("field_about")
    finger.writes_in_pinyin("王", "wang")
    finger.changes("handwriting")
    finger.writes("秀", distorted(dict(characters())["秀"], seed=3))
    finger.changes("pinyin")
    finger.writes_in_pinyin("英", "ying")
    assert _draft(place, "about") == "王秀英"
    # and a whole name at once
    finger.clears()
    assert finger.writes_in_pinyin("王秀英", "wangxiuying") == 1
    assert _draft(place, "about") == "王秀英"
