"""A terminal that has a catalogue is sent what changed and no more, and ends with the very catalogue that a new one gets."""

from __future__ import annotations

from datetime import date

from center.catalogue import load_items, read_items
from center.center import Center
from kiosk.link.client import CenterClient
from kiosk.wire.items import CatalogueAnswer, CatalogueChanges, ServiceItem
from tests.center.place import ITEMS, Terminal

PATH = "/api/v1/catalogue"
OLD_AGE, LAND = read_items(ITEMS)


def _load(center: Center, *items: ServiceItem) -> None:
    load_items(center, items)


def _new(code: str) -> ServiceItem:
    return LAND.model_copy(update={"code": code, "task_name": f"新事项 {code}"})


def _changed(item: ServiceItem) -> ServiceItem:
    return item.model_copy(update={"version": item.version + 1, "phone": "0464-1234567", "effective_from": date(2026, 1, 2)})


def _whole(terminal: Terminal) -> tuple[CatalogueAnswer, str]:
    answer = terminal.call("GET", PATH)
    return CatalogueAnswer.model_validate_json(answer.content), answer.headers["ETag"].strip('"')


def test_only_what_changed_is_sent_and_makes_the_same_catalogue(terminal_on: Terminal, center_on: Center) -> None:
    before, tag = _whole(terminal_on)
    assert {item.code for item in before.items} == {"YLBX", "ZJD"}
    _load(center_on, _changed(OLD_AGE), _new("AAA"))
    answer = terminal_on.call("GET", f"{PATH}?since={tag}")
    changes = CatalogueChanges.model_validate_json(answer.content)
    assert ([item.code for item in changes.changed], changes.removed) == (["AAA", "YLBX"], ("ZJD",))
    assert changes.applied_to(before) == _whole(terminal_on)[0]
    assert answer.headers["ETag"].strip('"') == _whole(terminal_on)[1]


def test_an_unknown_tag_gets_the_whole_and_the_present_one_nothing(terminal_on: Terminal, center_on: Center) -> None:
    whole, tag = _whole(terminal_on)
    assert CatalogueAnswer.model_validate_json(terminal_on.call("GET", f"{PATH}?since=0123").content) == whole
    for headers, query in (({"If-None-Match": f'"{tag}"'}, ""), ({}, f"?since={tag}"), ({"If-None-Match": f'W/"{tag}"'}, f"?since={tag}")):
        answer = terminal_on.call("GET", PATH + query, headers=headers)
        assert (answer.status_code, answer.content, answer.headers["ETag"]) == (304, b"", f'"{tag}"')


def test_changes_over_several_catalogues_are_added_up(terminal: Terminal, center: Center) -> None:
    before, tag = _whole(terminal)
    for codes in (("AAA",), ("AAA", "BBB"), ("BBB",)):
        _load(center, OLD_AGE, *(_new(code) for code in codes))
        _whole(terminal)
    changes = CatalogueChanges.model_validate_json(terminal.call("GET", f"{PATH}?since={tag}").content)
    assert ([item.code for item in changes.changed], changes.removed) == (["BBB"], ("ZJD",))
    assert changes.applied_to(before) == _whole(terminal)[0]


def test_the_terminals_client_asks_for_changes_and_takes_the_whole_where_it_must(terminal: Terminal, center: Center) -> None:
    client = CenterClient(terminal.url, terminal.terminal_id, terminal.key, 10)
    fetched = client.catalogue()
    assert fetched is not None
    known, etag = fetched
    assert client.catalogue(etag, known) is None
    _load(center, OLD_AGE, _new("AAA"))
    assert client.catalogue(etag, known) == client.catalogue()
    assert client.catalogue('"forgotten"', known) == client.catalogue()
