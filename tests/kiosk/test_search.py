"""The list finds what people mean: by name, initials, pinyin, everyday word, and in spite of a slip."""

from __future__ import annotations

import gc
import time
import tomllib
from collections.abc import Callable
from datetime import date
from functools import partial
from itertools import product
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.link.search import TOPIC_ORDER, CatalogueSearch, topics
from kiosk.wire.items import ServiceItem

CATALOGUE = Path(__file__).resolve().parents[2] / "config" / "catalogue"
ITEMS = [ServiceItem.model_validate(tomllib.loads(path.read_text("utf-8"))) for path in sorted(CATALOGUE.glob("*.toml"))]
SEARCH = CatalogueSearch(ITEMS)


def item(code: str, name: str, *aliases: str, topics: tuple[str, ...] = ()) -> ServiceItem:
    return ServiceItem(
        code=code, version=1, effective_from=date(2026, 1, 1), confirmed=False, task_name=name, aliases=aliases, topics=topics
    )


def codes(search: CatalogueSearch, text: str, topic: str | None = None) -> list[str]:
    return [hit.item.code for hit in search.find(text, topic)]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("最低生活保障", "DIBAO"),
        ("低保", "DIBAO"),
        ("dbz", "DIBAO"),
        ("DBZ", "DIBAO"),
        ("ｄｂｚ", "DIBAO"),
        (" d b z ", "DIBAO"),
        ("dibao", "DIBAO"),
        ("dib", "DIBAO"),
        ("dibz", "DIBAO"),
        ("吃低保", "DIBAO"),
        ("我想吃低保，怎么办", "DIBAO"),
        ("ylbx", "YLBX"),
        ("yl", "YLBX"),
        ("yanglao", "YLBX"),
        ("养老", "YLBX"),
        ("盖房子", "ZJD"),
        ("上户口", "CSDJ"),
        ("生孩子", "SYDJ"),
        ("sydj", "SYDJ"),
        ("砍树", "LMCF"),
        ("老兵", "YDZ"),
        ("残疾证", "CJRZ"),
    ],
)
def test_an_item_is_found_by_name_pinyin_and_everyday_word(text: str, code: str) -> None:
    assert code in codes(SEARCH, text)


@pytest.mark.parametrize(("text", "code"), [("dbz", "DIBAO"), ("吃低保", "DIBAO"), ("lsjz", "LSJZ"), ("盖房子", "ZJD"), ("上户口", "CSDJ")])
def test_what_means_one_item_finds_it_first(text: str, code: str) -> None:
    assert codes(SEARCH, text)[0] == code


@pytest.mark.parametrize(
    ("slip", "code"),
    [
        ("低报", "DIBAO"),
        ("养老报险", "YLBX"),
        ("养老保验", "YLBX"),
        ("yanglaobaoxain", "YLBX"),
        ("dibap", "DIBAO"),
        ("残急人", "CJRZ"),
        ("临时就助", "LSJZ"),
        ("失夜登记", "SHYDJ"),
    ],
)
def test_a_slip_still_finds_what_was_meant(slip: str, code: str) -> None:
    assert code in codes(SEARCH, slip)


@pytest.mark.parametrize("text", ["公鸡", "xyz", "qqq", "天气预报", "龘"])
def test_what_is_none_of_our_business_finds_nothing(text: str) -> None:
    assert codes(SEARCH, text) == []


def test_no_text_finds_everything_in_the_catalogues_order() -> None:
    assert codes(SEARCH, "") == codes(SEARCH, " ， ") == [one.code for one in ITEMS]


def test_a_topic_keeps_only_what_is_listed_under_it() -> None:
    expected = [one.code for one in ITEMS if "残疾人" in one.topics]
    assert expected
    assert codes(SEARCH, "", "残疾人") == expected
    assert codes(SEARCH, "低保", "退役军人") == []


def test_a_better_way_of_being_found_comes_first_and_equal_ones_keep_the_catalogues_order() -> None:
    # given one item for each way in which 登记 or its letters can be found, worst first
    search = CatalogueSearch(
        [
            item("LETTERS", "等级认定"),
            item("ALIAS2", "建档立卡", "退伍登记处"),
            item("ALIAS", "建档", "登记"),
            item("WITHIN2", "失业登记"),
            item("WITHIN", "生育登记"),
            item("START", "登记失业"),
        ]
    )
    # when it is searched for in characters
    # then: name starts, name contains in the given order, alias, part of an alias
    assert codes(search, "登记") == ["START", "WITHIN2", "WITHIN", "ALIAS", "ALIAS2"]
    # and in letters, name before alias: dengji is 等级 too
    assert codes(search, "dj") == ["LETTERS", "START", "WITHIN2", "WITHIN", "ALIAS2", "ALIAS"]


def test_the_part_of_the_name_that_matches_is_told_for_highlighting() -> None:
    hit = next(hit for hit in SEARCH.find("yl") if hit.item.code == "YLBX")
    assert [hit.item.task_name[start:end] for start, end in hit.spans] == ["养老"]
    hit = SEARCH.find("户口")[0]
    assert [hit.item.task_name[start:end] for start, end in hit.spans] == ["户口"]


def test_a_span_counts_in_the_name_as_written_with_its_marks_and_spaces() -> None:
    search = CatalogueSearch([item("AA", "出生 登记（上户口）")])
    (hit,) = search.find("登记上户")
    assert hit.spans == ((3, 8),)
    assert hit.item.task_name[3:8] == "登记（上户"


def test_a_character_is_found_by_each_of_its_readings_and_the_usual_one_comes_first() -> None:
    search = CatalogueSearch([item("OTHER", "参保登记"), item("USUAL", "审保登记")])
    assert codes(search, "shenbao") == ["USUAL", "OTHER"]
    assert codes(search, "canbao") == ["OTHER"]


def test_letters_and_digits_of_a_name_stand_for_themselves() -> None:
    search = CatalogueSearch([item("AA", "A4纸证明"), item("BB", "12345热线")])
    assert codes(search, "a4z") == ["AA"]
    assert codes(search, "123") == ["BB"]


@given(st.text(max_size=24))
@settings(max_examples=150, deadline=None)
def test_whatever_is_typed_spans_lie_within_the_name(text: str) -> None:
    for hit in SEARCH.find(text):
        assert all(0 <= start < end <= len(hit.item.task_name) for start, end in hit.spans)


def test_an_empty_catalogue_finds_nothing() -> None:
    empty = CatalogueSearch([])
    assert empty.find("") == empty.find("低保") == empty.find("dbz") == empty.find("yanglao") == []


def test_topics_come_in_the_fixed_order_with_unknown_ones_after() -> None:
    given_items = [
        item("AA", "甲事", topics=("水利", "残疾人")),
        item("BB", "乙事", topics=("社会救助",)),
        item("CC", "丙事", topics=("残疾人",)),
    ]
    assert topics(given_items) == ("社会救助", "残疾人", "水利")
    assert topics(ITEMS) == TOPIC_ORDER


def _quickest(call: Callable[[], object]) -> float:
    """Seconds of the processor: what other work takes of it is not the search's, nor is sweeping what other tests left."""
    times = []
    gc.disable()
    try:
        for _ in range(5):
            began = time.thread_time()
            call()
            times.append(time.thread_time() - began)
    finally:
        gc.enable()
    return min(times)


def test_a_search_of_3000_items_costs_no_more_than_many_plain_scans_of_the_same_words() -> None:
    # given 3,000 items with three everyday words each
    places = [first + second for first, second in product("东西南北上下左右山水", "河湖海林田土石金木火")]
    many = [
        item(f"X{number}", f"{places[number % 100]}{base.task_name}"[:40], *(f"{places[number % 97]}{word}" for word in base.aliases[:3]))
        for number, base in ((number, ITEMS[number % len(ITEMS)]) for number in range(3000))
    ]
    search = CatalogueSearch(many)
    words = [word for one in many for word in (one.task_name, *one.aliases)]
    # when each kind of search is timed beside a plain look into every word
    plain = _quickest(lambda: [word for word in words if "低保" in word])
    # then converting, guessing or sorting has not crept into what is done for each word
    for text in ("低保", "dbz", "yl", "养老报险", "yanglaobaoxain"):
        assert search.find(text)
        assert _quickest(partial(search.find, text)) < 150 * plain, text
