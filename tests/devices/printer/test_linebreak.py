"""Where lines of Chinese text end."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from devices.printer.linebreak import break_lines
from devices.printer.native import cells, printable

SIGNS = st.text(st.sampled_from("办理时限三个工作日，。、；：！？（）“”《》 0123456789abcXYZ-:.¥￥…—"), max_size=60)


def lines(text: str, width: int) -> list[str]:
    return break_lines(text, width, cells)


def test_no_line_starts_with_a_point() -> None:
    assert lines("办结当天发短信，告诉您", 14) == ["办结当天发短", "信，告诉您"]
    assert lines("身份证、户口簿、照片", 14) == ["身份证、户口", "簿、照片"]


def test_no_line_ends_with_an_opening_mark() -> None:
    assert lines("本终端有事点“效能投诉”或打电话", 14) == ["本终端有事点", "“效能投诉”或", "打电话"]
    assert lines("打印结果（原件）", 10) == ["打印结果", "（原件）"]


def test_words_and_groups_of_digits_stay_whole() -> None:
    assert lines("办件编号 2026 1124 0031", 18) == ["办件编号 2026 1124", "0031"]
    assert lines("统一社会信用代码 91230903MA1B2C3D4E", 24) == ["统一社会信用代码", "91230903MA1B2C3D4E"]
    assert lines("周一至周五 8:30-17:00", 16) == ["周一至周五", "8:30-17:00"]


def test_a_word_wider_than_the_line_is_torn_rather_than_lost() -> None:
    assert lines("x" * 25, 10) == ["x" * 10, "x" * 10, "x" * 5]


def test_a_newline_ends_a_line() -> None:
    assert lines("甲\n\n乙", 10) == ["甲", "", "乙"]


def test_the_last_character_is_not_left_alone() -> None:
    assert lines("城乡居民养老保险参保登记", 22) == ["城乡居民养老保险参保", "登记"]


@given(SIGNS, st.integers(min_value=8, max_value=48))
def test_nothing_is_lost_and_nothing_leaves_the_line(text: str, width: int) -> None:
    clean = printable(text)

    broken = break_lines(clean, width, cells)

    assert "".join("".join(broken).split()) == "".join(clean.split())
    assert all(cells(line) <= width for line in broken)
