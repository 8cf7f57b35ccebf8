"""Pinyin with 26 and with nine keys, as a citizen types it."""

from __future__ import annotations

from kiosk.events import KeyboardChosen
from kiosk.journeys.writing import Takes
from tests.kiosk.writing.conftest import Citizen


def test_what_is_composed_is_shown_apart_from_what_is_written(citizen: Citizen) -> None:
    citizen.begin(Takes.ADDRESS, "桃山区").types("wanbaohezhen")
    assert citizen.typed.text == "桃山区万宝河镇"
    assert citizen.marked == "万宝河镇" and citizen.typed.caret == 7
    assert citizen.writing.text == "桃山区"
    assert citizen.bar.composing == "wan'bao'he'zhen"
    assert citizen.bar.will_type == "将输入“万宝河镇”"


def test_nine_keys(citizen: Citizen) -> None:
    citizen.begin(Takes.ADDRESS).does(KeyboardChosen("nine")).types("926226")
    assert citizen.marked == "万宝"
    assert citizen.bar.composing == "wan'bao"
    assert [button.label for button in citizen.keyboard.syllables][:3] == ["wan", "yan", "zao"]
