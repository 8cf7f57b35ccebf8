"""The list of items that terminals get: by version, in force, tagged, and in production only what is confirmed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from center.catalogue import catalogue, load_items, read_items
from center.center import Center
from center.config import Mode
from center.errors import ConfigurationError
from kiosk.wire.items import CatalogueAnswer, CatalogueChanges
from tests.center.place import ITEMS, Terminal, make_center


def listed(center: Center) -> dict[str, int]:
    answer = CatalogueAnswer.model_validate_json(catalogue(center).content)
    return {item.code: item.version for item in answer.items}


def test_the_catalogue_tells_the_center_its_key_and_its_items(terminal: Terminal, center: Center) -> None:
    answer = CatalogueAnswer.model_validate_json(terminal.call("GET", "/api/v1/catalogue").content)
    assert answer.center_name == "万宝河镇政务服务中心"
    assert answer.center_public_key == center.keys.public_key
    assert (answer.public_base_url, answer.township_id) == ("", "230903-wanbaohe")
    assert [item.code for item in answer.items] == ["YLBX", "ZJD"]


def test_a_hotline_and_the_post_are_promised_only_where_they_are_configured(center: Center) -> None:
    bare = catalogue(center)
    assert (bare.answer.hotline, bare.answer.posts_results) == ("", False)
    services = center.config.services.model_copy(update={"hotline": "12345", "post_by_ems": True})
    given = catalogue(replace(center, config=center.config.model_copy(update={"services": services})))
    assert (given.answer.hotline, given.answer.posts_results) == ("12345", True)
    # a terminal that has the old one gets it with the changes
    changes = CatalogueChanges(since="0", **given.answer.model_dump(exclude={"items"}))
    assert changes.applied_to(bare.answer) == given.answer


def test_a_terminal_that_has_it_already_is_told_so_until_something_changes(terminal: Terminal, center: Center) -> None:
    etag = terminal.call("GET", "/api/v1/catalogue").headers["ETag"]
    again = terminal.call("GET", "/api/v1/catalogue", headers={"If-None-Match": etag})
    assert (again.status_code, again.content, again.headers["ETag"]) == (304, b"", etag)
    load_items(center, read_items(ITEMS)[:1])
    changed = terminal.call("GET", "/api/v1/catalogue", headers={"If-None-Match": etag})
    assert changed.status_code == 200
    assert changed.headers["ETag"] != etag


def test_loading_the_same_again_changes_nothing(center: Center) -> None:
    before = catalogue(center).etag
    loaded = load_items(center, read_items(ITEMS))
    assert (loaded.items, loaded.added, loaded.changed, loaded.unlisted) == (2, 0, 0, 0)
    assert catalogue(center).etag == before


def test_R1_1_the_newest_version_in_force_is_listed(center: Center) -> None:
    first, other = read_items(ITEMS)
    second = first.model_copy(update={"version": 2, "effective_from": date(2026, 11, 24)})
    third = first.model_copy(update={"version": 3, "effective_from": date(2026, 11, 25)})
    load_items(center, (first, second, third, other))
    assert listed(center) == {"YLBX": 2, "ZJD": 1}


def test_R1_1_a_case_keeps_the_version_it_was_filed_under(terminal: Terminal, center: Center) -> None:
    terminal.file(terminal.filing())
    first, other = read_items(ITEMS)
    with pytest.raises(ConfigurationError, match="raise version"):
        load_items(center, (first.model_copy(update={"task_name": "改名"}), other))
    # a new version is welcome, and what was signed under the old one offline is still taken
    load_items(center, (first.model_copy(update={"version": 2, "task_name": "改名"}), other))
    assert terminal.file(terminal.filing()).status_code == 201


def test_an_unconfirmed_guide_is_not_given_out_in_production(tmp_path: Path) -> None:
    center = make_center(tmp_path, mode=Mode.PRODUCTION)
    assert listed(center) == {}
    center.database.close()


def test_R1_2_a_confirmed_guide_that_lacks_a_field_is_refused_and_the_sentence_names_it(tmp_path: Path) -> None:
    text = (ITEMS / "ylbx.toml").read_text("utf-8").replace("confirmed = false", "confirmed = true")
    (tmp_path / "ylbx.toml").write_text(text, "utf-8")
    with pytest.raises(ConfigurationError, match=r"办理依据、办理条件、办理流程、收费依据及标准 are not given \(R1\.2\)"):
        read_items(tmp_path)


@pytest.mark.parametrize(
    ("old", "new", "named"),
    [
        ("version = 1", 'version = "one"', "version"),
        ("[[fields]]", "[[felds]]", "felds"),
        ('code = "phone"', 'code = "name"', "same code"),
        ("code = ", "code == ", "cannot be read"),
    ],
)
def test_an_item_that_cannot_be_used_is_refused_by_file_and_key(tmp_path: Path, old: str, new: str, named: str) -> None:
    (tmp_path / "ylbx.toml").write_text((ITEMS / "ylbx.toml").read_text("utf-8").replace(old, new), "utf-8")
    with pytest.raises(ConfigurationError, match=named) as raised:
        read_items(tmp_path)
    assert "ylbx.toml" in raised.value.message


def test_two_files_with_one_item_are_refused(tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / f"{name}.toml").write_text((ITEMS / "ylbx.toml").read_text("utf-8"), "utf-8")
    with pytest.raises(ConfigurationError, match="already gives YLBX version 1"):
        read_items(tmp_path)
