"""Plots: well-formed, within their frame, true to their numbers, told in words and patterns as well as in color, and with nothing that our policy forbids."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from center.console.plots import Measured, Plot, Series, against_limits, bars, ceiling, columns, shortened, width_of

_NAMES = st.text(st.sampled_from("综合窗口1号<&\"'>办公室ABC "), max_size=30)
_COUNTS = st.integers(0, 100_000)


def drawn(plot: Plot) -> ElementTree.Element:
    root = ElementTree.fromstring(str(plot.svg))
    assert root.tag == "svg"
    words = str(plot.svg)
    assert "style=" not in words and "<script" not in words and "onload" not in words
    return root


def within(root: ElementTree.Element) -> None:
    _, _, width, height = (float(part) for part in root.attrib["viewBox"].split())
    for rect in root.iter("rect"):
        x, y, w, h = (float(rect.attrib[name]) for name in ("x", "y", "width", "height"))
        assert x >= 0 and y >= -0.1 and w >= 0 and h >= 0
        assert x + w <= width + 0.1 and y + h <= height + 0.1


@given(st.lists(st.tuples(_NAMES, _COUNTS, _COUNTS), min_size=1, max_size=40))
def test_any_columns_and_bars_are_well_formed_and_within_their_frame(rows: list[tuple[str, int, int]]) -> None:
    labels = [name for name, _, _ in rows]
    series = [
        Series("时限内", tuple(float(a) for _, a, _ in rows)),
        Series("超期", tuple(float(b) for _, _, b in rows), "attention"),
    ]
    for plot in (columns("p", "标题", labels, series, shaded=[True] * len(rows), legend="休息日"), bars("p", "标题", labels, series)):
        within(drawn(plot))
        assert plot.rows == tuple((name, str(a), str(b)) for name, a, b in rows) or max(a + b for _, a, b in rows) > 99_999
        assert plot.empty == (sum(a + b for _, a, b in rows) == 0)


@given(st.lists(st.tuples(_NAMES, st.floats(0, 400), st.none() | st.integers(0, 400)), max_size=12))
def test_any_bars_against_limits_are_well_formed_and_within_their_frame(rows: list[tuple[str, float, int | None]]) -> None:
    within(drawn(against_limits("p", "标题", [Measured(name, value, limit, "说明") for name, value, limit in rows])))


def test_a_bar_is_as_long_as_its_number() -> None:
    root = drawn(bars("p", "标题", ["甲", "乙"], [Series("件", (10.0, 5.0))]))
    first, second = (float(rect.attrib["width"]) for rect in root.iter("rect"))
    assert first == pytest.approx(2 * second, abs=0.2)


def test_every_series_but_the_plain_one_has_a_pattern_and_all_have_their_name() -> None:
    series = [Series(style, (1.0,), style) for style in ("plain", "attention", "quiet", "good")]
    root = drawn(bars("p", "标题", ["甲"], series))
    patterns = {pattern.attrib["id"] for pattern in root.iter("pattern")}
    assert patterns == {"p-attention", "p-quiet", "p-good"}
    filled = {rect.attrib.get("fill", "") for rect in root.iter("rect")}
    assert {f"url(#{name})" for name in patterns} <= filled
    assert {"plain", "attention", "quiet", "good"} <= {text.text for text in root.iter("text")}


def test_a_plot_tells_what_it_is_and_carries_its_numbers_as_a_table() -> None:
    plot = columns("p", "近 30 天收到的申请", ["11/24"], [Series("收到", (3.0,))])
    root = drawn(plot)
    assert root.attrib["role"] == "img"
    named = root.attrib["aria-labelledby"]
    assert next(title.text for title in root.iter("title") if title.attrib.get("id") == named) == "近 30 天收到的申请"
    assert (plot.header, plot.rows) == (("", "收到"), (("11/24", "3"),))


@given(st.floats(0, 10**6))
def test_the_axis_ends_at_a_round_number_that_is_not_far_above(value: float) -> None:
    top = ceiling(value)
    assert top >= value and top % 4 == 0
    assert top <= max(4, value * 2 + 4)


@given(_NAMES, st.floats(30, 300))
def test_a_shortened_label_fits(text: str, width: float) -> None:
    assert width_of(shortened(text, width)) <= max(width, 14)
