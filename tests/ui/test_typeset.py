"""Lines break as Chinese and Latin readers expect, and nothing is lost on the way."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from screens.widgets.typeset import BOLD, ELLIPSIS, FALLBACKS, NOT_FIRST, NOT_LAST, REGULAR, Setting, font_of, typeset, width_of

pytestmark = pytest.mark.usefixtures("glass")  # fonts are opened by Kivy's text provider


def _lines(setting: Setting) -> list[str]:
    return ["".join(run.text for run in line.runs) for line in setting.lines]


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(alphabet="户籍在本镇年满周岁，。；：（）《》“”、·… ABCabc 0123456789–-", min_size=1, max_size=60), st.integers(96, 700))
def test_nothing_is_lost_and_every_line_fits(text: str, width: int) -> None:
    setting = typeset(text, REGULAR, 32, width, 99)
    assert "".join(_lines(setting)).replace(" ", "") == text.replace(" ", "")
    assert all(line.width <= width for line in setting.lines)


def test_no_line_begins_with_a_closing_mark_or_ends_with_an_opening_one() -> None:
    text = "户籍在本镇，年满16周岁（不含在校学生），没有参加职工养老保险；请带上户口簿（首页、本人页）和“社会保障卡”。"
    for width in range(160, 700, 20):
        lines = _lines(typeset(text, REGULAR, 32, width, 99))
        assert not any(line[0] in NOT_FIRST for line in lines), (width, lines)
        assert not any(line[-1] in NOT_LAST for line in lines), (width, lines)


def test_a_time_and_a_number_are_not_torn() -> None:
    for width in range(220, 500, 20):
        lines = _lines(typeset("周一至周五 8:30–17:00，办件编号 2026-1124 写在纸上", REGULAR, 32, width, 99))
        assert any("8:30–17:00" in line for line in lines)
        assert any("2026-1124" in line for line in lines)


def test_no_character_is_left_alone_in_the_last_line() -> None:
    assert _lines(typeset("参保登记表在本机填写，不用带", REGULAR, 32, 13 * 32, 9)) == ["参保登记表在本机填写，", "不用带"]
    assert _lines(typeset("请问综合窗口", REGULAR, 32, 5 * 32, 9)) == ["请问综", "合窗口"]
    # a word of letters is company enough, and a line of two characters spares none
    assert _lines(typeset("一共三页 PDF", REGULAR, 32, 4 * 32, 9)) == ["一共三页", "PDF"]
    assert _lines(typeset("好的吗", REGULAR, 32, 2 * 32, 9)) == ["好的", "吗"]


def test_what_does_not_fit_is_shortened_and_said_so() -> None:
    setting = typeset("城乡居民基本养老保险参保登记", REGULAR, 40, 300, 1)
    assert setting.cut
    assert _lines(setting)[0].endswith(ELLIPSIS)
    assert setting.width <= 300
    assert not typeset("城乡居民", REGULAR, 40, 300, 1).cut


def test_two_full_width_marks_stand_closer_than_two_squares() -> None:
    assert width_of("”，", REGULAR, 32) == width_of("”", REGULAR, 32) + width_of("，", REGULAR, 32) - 16


def test_found_characters_are_marked_where_they_are() -> None:
    line = typeset("城乡居民养老保险", REGULAR, 40, 900, 1, ((4, 6),)).lines[0]
    assert [(run.text, run.marked, run.font) for run in line.runs] == [
        ("城乡居民", False, REGULAR),
        ("养老", True, BOLD),
        ("保险", False, REGULAR),
    ]


def test_a_rare_character_of_a_name_comes_from_another_font_and_the_rest_does_not(monkeypatch: pytest.MonkeyPatch) -> None:
    # given a fallback that certainly is there: the icons, which have a shape at this private code point
    from screens.widgets.typeset import ICONS

    monkeypatch.setitem(FALLBACKS, REGULAR, (ICONS,))
    rare = chr(0xF0140)
    # when
    line = typeset(f"王{rare}兰", REGULAR, 32, 900, 1).lines[0]
    # then
    assert [(run.text, run.font) for run in line.runs] == [("王", REGULAR), (rare, ICONS), ("兰", REGULAR)]
    assert font_of("直", REGULAR) == REGULAR
