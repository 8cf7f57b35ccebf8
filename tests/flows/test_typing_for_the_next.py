"""What one citizen typed is gone for the next; what the center added is there."""

from __future__ import annotations

import os
import shutil
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from demo.place import Place
from kiosk.events import BackPressed, StrokeDrawn
from kiosk.typing.answers import Way
from kiosk.views import FormView
from tests.flows.typist import TEN, address, at_the_form, engines, open_typing_place, opens_the_address, typed

#: What nobody else has typed: searched for on disk afterwards, with its letters.
_SECRET, _SECRET_LETTERS, _SECRET_SYLLABLES = "西瓜梳头", "xiguashutou", "xi'gua'shu'tou"


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    with open_typing_place(tmp_path_factory.mktemp("place")) as here:
        yield here


def _children() -> list[str]:
    """Command lines of engines that this process has started and that are still there."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            parent = (folder / "stat").read_text().rpartition(")")[2].split()[1]
            command = (folder / "cmdline").read_bytes().replace(b"\0", b" ").decode()
        except OSError:  # it ended while we looked
            continue
        if int(parent) == os.getpid() and "kiosk.typing.engine" in command:
            found.append(command)
    return found


def test_the_next_citizen_has_an_engine_of_their_own_and_nothing_typed_is_left(place: Place) -> None:
    began = time.time()
    citizen, used = place.citizen, []
    for ends_in_mid_word in (False, True):
        for here in at_the_form(place, "anna-smith"):
            # given somebody who writes in both ways; it is in the draft
            opens_the_address(here)
            citizen.writes(_SECRET_LETTERS, _SECRET)
            citizen.touches("keyboard_handwriting")
            for stroke in TEN:
                citizen.post(StrokeDrawn(stroke))
            citizen.writes("", "十")
            used.append(engines(here))
            assert set(used[-1]) == set(Way)
            citizen.post(BackPressed())
            citizen.sees(FormView, lambda view: view.keyboard is None)
            assert address(here) == f"{_SECRET}十"
            if ends_in_mid_word:
                opens_the_address(here)
                citizen.types(_SECRET_LETTERS)
                citizen.sees(FormView, lambda view: view.keyboard is not None and typed(view).text == f"{_SECRET}十{_SECRET}")
        # when the session has ended, then the engines are gone
        assert _children() == []
        assert not any(Path(f"/proc/{pid}").exists() for pid in used[-1].values())
    assert not set(used[0].values()) & set(used[1].values())
    # and what was typed is in no file of the terminal, in its log, or in a passing file
    assert "session_ended" in place.log_text()
    marks = [_SECRET.encode("gb18030")]
    for word in (_SECRET, _SECRET_LETTERS, _SECRET_SYLLABLES):
        marks += [word.encode(code) for code in ("utf-8", "utf-16-le", "utf-16-be")]
    looked_into = []
    for path, content in _written_since(began, place.data, Path(tempfile.gettempdir())):
        looked_into.append(path)
        assert not any(mark in content for mark in marks), path
    assert any(path.is_relative_to(place.data / "kiosk/log") for path in looked_into)


def test_words_of_an_item_that_the_center_adds_are_offered_to_the_next_citizen(place: Place, tmp_path: Path) -> None:
    word, letters = "茉鲤汀补贴", "molitingbutie"
    citizen, catalogue = place.citizen, Path("config/catalogue")
    # given nobody who knows the word
    for here in at_the_form(place, "anna-smith"):
        opens_the_address(here)
        citizen.types(letters)
        citizen.sees(FormView, lambda view: view.keyboard is not None and len(typed(view).text) == len(word))
        assert typed(citizen.sees(FormView)).text != word
    # when the center lists an item with it
    more = tmp_path / "catalogue"
    shutil.copytree(catalogue, more)
    item = (catalogue / "ylbx.toml").read_text("utf-8").replace('code = "YLBX"', 'code = "MLTBT"', 1).replace('"新农保"', f'"{word}"', 1)
    (more / "mltbt.toml").write_text(item, "utf-8")
    try:
        place.center_command("load-catalogue", str(more))
        place.composition.catalogue.refresh()
        citizen.waits(lambda: any(item.code == "MLTBT" for item in place.composition.terminal.work.items()))
        # then the next citizen is offered it
        for here in at_the_form(place, "anna-smith"):
            opens_the_address(here)
            citizen.writes(letters, word)
            citizen.post(BackPressed())
            citizen.sees(FormView, lambda view: view.keyboard is None)
            assert address(here) == word
    finally:
        place.center_command("load-catalogue", str(catalogue))
        place.composition.catalogue.refresh()
        citizen.waits(lambda: not any(item.code == "MLTBT" for item in place.composition.terminal.work.items()))


def _written_since(began: float, *folders: Path) -> Iterator[tuple[Path, bytes]]:
    """Fresh files and what is in them; others' may go while we look, or be closed to us."""
    for path in (Path(folder, name) for top in folders for folder, _, names in os.walk(top) for name in names):
        try:
            if path.is_file() and not path.is_symlink() and path.stat().st_mtime >= began:
                yield path, path.read_bytes()
        except OSError:
            continue
