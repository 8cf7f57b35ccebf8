"""The engines' processes, as the terminal has them."""

from __future__ import annotations

import os
import queue
import re
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest

from kiosk.errors import OneSealError
from kiosk.typing.answers import Candidates, EngineDown, EngineReady, TypingEvent, Way
from kiosk.typing.client import Typing
from kiosk.typing.handwriting import HandwritingEngine
from kiosk.typing.local_words import local_words
from kiosk.typing.pinyin import PinyinEngine
from kiosk.typing.process import EngineProcess

TABLES = Path("config/typing")


class Desk:
    """A citizen's typing, and what it was told."""

    def __init__(self, tables: Path = TABLES) -> None:
        self._told: queue.Queue[TypingEvent] = queue.Queue()
        self.typing = Typing(tables, lambda: local_words(TABLES), self._told.put)

    def next(self, seconds: float = 20.0) -> TypingEvent:
        return self._told.get(timeout=seconds)

    def silent(self, seconds: float) -> bool:
        time.sleep(seconds)
        return self._told.empty()

    def pid(self, way: Way) -> int:
        pid = self.typing._engines[way].pid
        assert pid is not None
        return pid


@pytest.fixture
def desk(pinyin: PinyinEngine) -> Iterator[Desk]:
    desk = Desk()
    desk.typing.start()
    assert desk.next() == EngineReady(Way.PINYIN)
    yield desk
    desk.typing.stop()


def _alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def _written(desk: Desk, number: int) -> list[str]:
    told = desk.next()
    assert isinstance(told, Candidates) and told.number == number
    return [each.text for each in told.candidates]


def test_asking_is_answered_later_by_number(desk: Desk) -> None:
    assert _written(desk, desk.typing.pinyin("wanbaohezhen"))[0] == "万宝河镇"
    assert _written(desk, desk.typing.pinyin("wangguilan", names=True))[0] == "王桂兰"
    assert "保险" in _written(desk, desk.typing.next_words("社会"))


def test_asking_returns_at_once_even_when_the_engine_hangs(desk: Desk) -> None:
    os.kill(desk.pid(Way.PINYIN), signal.SIGSTOP)
    began = time.perf_counter()
    for _ in range(200):
        desk.typing.pinyin("women")
    assert time.perf_counter() - began < 0.5


def test_a_slow_engine_is_killed_said_and_started_again(pinyin: PinyinEngine) -> None:
    told: queue.Queue[TypingEvent] = queue.Queue()
    engine = EngineProcess(Way.PINYIN, lambda: {"tables": str(TABLES), "words": []}, told.put, answer_seconds=0.3)
    try:
        assert told.get(timeout=20) == EngineReady(Way.PINYIN)
        first = engine.pid
        assert first is not None
        os.kill(first, signal.SIGSTOP)
        engine.ask({"id": 7, "text": "women"})
        assert told.get(timeout=5) == EngineDown(Way.PINYIN, "slow", comes_back=True, lost=7)
        assert not _alive(first)
        assert told.get(timeout=20) == EngineReady(Way.PINYIN)
        engine.ask({"id": 8, "text": "women"})
        answer = told.get(timeout=5)
        assert isinstance(answer, Candidates) and answer.number == 8 and answer.candidates[0].text == "我们"
    finally:
        engine.stop()


def test_a_dead_engine_is_said_and_started_again(desk: Desk) -> None:
    os.kill(desk.pid(Way.PINYIN), signal.SIGKILL)
    assert desk.next(5) == EngineDown(Way.PINYIN, "died", comes_back=True)
    number = desk.typing.pinyin("women")  # asked while there is none: answered when it is back
    assert desk.next() == EngineReady(Way.PINYIN)
    assert _written(desk, number)[0] == "我们"


def test_when_handwriting_dies_pinyin_goes_on(desk: Desk, handwriting: HandwritingEngine) -> None:
    desk.typing.open_handwriting()
    assert desk.next() == EngineReady(Way.HANDWRITING)
    assert _written(desk, desk.typing.characters([[(0, 5), (10, 5)], [(5, 0), (5, 10)]]))[0] == "十"
    os.kill(desk.pid(Way.HANDWRITING), signal.SIGKILL)
    assert desk.next(5) == EngineDown(Way.HANDWRITING, "died", comes_back=True)
    assert _written(desk, desk.typing.pinyin("women"))[0] == "我们"


def test_handwriting_is_loaded_only_when_opened(desk: Desk) -> None:
    assert Way.HANDWRITING not in desk.typing._engines
    assert "onnxruntime" not in Path(f"/proc/{desk.pid(Way.PINYIN)}/maps").read_text()


def test_nothing_of_libpinyin_is_loaded_into_the_terminal_itself(desk: Desk) -> None:
    assert "libpinyin.so" in Path(f"/proc/{desk.pid(Way.PINYIN)}/maps").read_text()
    client = subprocess.run(
        [sys.executable, "-c", "import kiosk.typing.client; print('libpinyin.so' in open('/proc/self/maps').read())"],
        capture_output=True,
        text=True,
        check=True,
    )
    assert client.stdout == "False\n"


def test_each_citizen_has_a_process_of_their_own_and_the_last_one_is_gone(desk: Desk) -> None:
    first = desk.pid(Way.PINYIN)
    _written(desk, desk.typing.pinyin("women"))
    desk.typing.start()
    assert not _alive(first)
    assert desk.next() == EngineReady(Way.PINYIN)
    assert desk.pid(Way.PINYIN) != first
    desk.typing.stop()
    desk.typing.pinyin("women")
    assert desk.silent(0.3)


def _files() -> dict[Path, int]:
    """Where an engine might leave something, and when each file there was last written."""
    places = (TABLES, Path("/usr/lib/x86_64-linux-gnu/libpinyin/data"), *Path(tempfile.gettempdir()).glob("oneseal-typing*"))
    return {file: file.stat().st_mtime_ns for place in places if place.is_dir() for file in place.rglob("*")}


def test_the_engine_writes_no_file_and_the_kernel_would_refuse_it(desk: Desk) -> None:
    before = _files()
    for text in ("wanbaohezhen", "wangguilan", "shuiguanlouleshui"):
        _written(desk, desk.typing.pinyin(text, names=text == "wangguilan"))
    pid = desk.pid(Way.PINYIN)
    for descriptor in Path(f"/proc/{pid}/fd").iterdir():
        target = os.readlink(descriptor)
        flags = next(line for line in Path(f"/proc/{pid}/fdinfo/{descriptor.name}").read_text().splitlines() if line.startswith("flags"))
        writable = int(flags.split()[1], 8) & os.O_ACCMODE
        assert not (writable and target.startswith("/") and not target.startswith("/dev/")), target
    limits = Path(f"/proc/{pid}/limits").read_text()
    assert re.search(r"Max file size +0 +0", limits)
    assert re.search(r"Max core file size +0 +0", limits)
    assert _files() == before


def test_a_table_that_is_missing_is_said_once_and_not_tried_again(pinyin: PinyinEngine, tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    desk.typing.start()
    assert desk.next() == EngineDown(Way.PINYIN, "word_table_missing", comes_back=False)
    desk.typing.pinyin("women")
    assert desk.silent(0.5)
    desk.typing.stop()


def test_a_process_that_cannot_be_started_is_tried_again(pinyin: PinyinEngine, monkeypatch: pytest.MonkeyPatch) -> None:
    desk = Desk()
    with monkeypatch.context() as without_python:
        without_python.setattr(sys, "executable", "/nowhere/python")
        desk.typing.start()
        assert desk.next() == EngineDown(Way.PINYIN, "does_not_start", comes_back=True)
    while (told := desk.next()) != EngineReady(Way.PINYIN):
        assert told == EngineDown(Way.PINYIN, "does_not_start", comes_back=True)
    desk.typing.stop()


def test_what_no_key_sends_is_answered_with_its_code(desk: Desk) -> None:
    number = desk.typing.pinyin("WOMEN")
    assert desk.next() == Candidates(number, (), "pinyin_invalid")
    number = desk.typing.next_words("们" * 30_000)
    assert desk.next() == Candidates(number, (), "too_much")
    assert _written(desk, desk.typing.pinyin("women"))[0] == "我们"


def test_who_types_fast_gets_the_last_answer(desk: Desk) -> None:
    typed = "wanbaohezhen"
    numbers = [desk.typing.pinyin(typed[:length]) for length in range(1, len(typed) + 1)]
    while isinstance(told := desk.next(), Candidates) and told.number != numbers[-1]:
        assert told.number in numbers
    assert isinstance(told, Candidates) and told.candidates[0].text == "万宝河镇"


def test_the_engine_ends_with_the_terminal(pinyin: PinyinEngine) -> None:
    source = (
        "import sys, time; from pathlib import Path; from kiosk.typing.client import Typing\n"
        "typing = Typing(Path('config/typing'), list, lambda told: (print(typing._engines['pinyin'].pid, flush=True)))\n"
        "typing.start(); time.sleep(60)"
    )
    parent = subprocess.Popen([sys.executable, "-c", source], stdout=-1)
    assert parent.stdout is not None
    pid = int(parent.stdout.readline())
    os.kill(pid, signal.SIGSTOP)  # one that hangs does not notice that its input has ended; the kernel ends it
    parent.kill()
    parent.wait()
    parent.stdout.close()
    end = time.monotonic() + 5
    while _alive(pid) and time.monotonic() < end and "State:\tZ" not in Path(f"/proc/{pid}/status").read_text():
        time.sleep(0.05)
    assert not _alive(pid) or "State:\tZ" in Path(f"/proc/{pid}/status").read_text()


def _hanging(told: queue.Queue[TypingEvent], load_seconds: float, written: threading.Event) -> EngineProcess:
    """An engine that is stopped before it has read its setup, which is longer than a pipe holds."""
    begun = threading.Event()

    def setup() -> dict[str, object]:
        begun.wait()
        pid = engine.pid
        assert pid is not None
        os.kill(pid, signal.SIGSTOP)
        written.set()
        return {"tables": str(TABLES), "words": [("测试词语", "ce'shi'ci'yu")] * 6000}

    engine = EngineProcess(Way.PINYIN, setup, told.put, load_seconds=load_seconds)
    begun.set()
    return engine


def test_an_engine_that_hangs_before_it_has_read_its_setup_is_killed(pinyin: PinyinEngine) -> None:
    told: queue.Queue[TypingEvent] = queue.Queue()
    engine = _hanging(told, 0.5, threading.Event())
    try:
        assert told.get(timeout=10) == EngineDown(Way.PINYIN, "does_not_start", comes_back=True)
    finally:
        engine.stop()
    assert engine.pid is None


def test_stopping_does_not_wait_for_an_engine_that_hangs_before_its_setup(pinyin: PinyinEngine) -> None:
    told: queue.Queue[TypingEvent] = queue.Queue()
    hangs = threading.Event()
    engine = _hanging(told, 20.0, hangs)
    assert hangs.wait(10)
    time.sleep(0.2)  # and now its pipe is full
    pid = engine.pid
    assert pid is not None and _alive(pid)
    began = time.perf_counter()
    engine.stop()
    assert time.perf_counter() - began < 1.0
    assert not _alive(pid)
    assert told.empty()


def test_each_rest_before_another_try_is_twice_as_long(pinyin: PinyinEngine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", "/nowhere/python")
    told: queue.Queue[TypingEvent] = queue.Queue()
    engine = EngineProcess(Way.PINYIN, dict, told.put)
    times = []
    for _ in range(4):
        assert told.get(timeout=10) == EngineDown(Way.PINYIN, "does_not_start", comes_back=True)
        times.append(time.monotonic())
    engine.stop()
    rests = [later - earlier for earlier, later in pairwise(times)]
    assert all(rest > least for rest, least in zip(rests, (0.15, 0.35, 0.75), strict=True)), rests


@pytest.mark.parametrize("answer", ["[1]", "7", "nonsense", '{"id":7,"candidates":[3]}', '{"id":7,"candidates":null}', "[" * 5000])
def test_an_engine_that_answers_nonsense_is_as_one_that_died(answer: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    mad = tmp_path / "python"
    mad.write_text(f"#!/bin/sh\nread setup\necho '{{}}'\nread request\necho '{answer}'\nexec sleep 60\n")
    mad.chmod(0o755)
    monkeypatch.setattr(sys, "executable", str(mad))
    told: queue.Queue[TypingEvent] = queue.Queue()
    engine = EngineProcess(Way.PINYIN, dict, told.put)
    engine.ask({"id": 7, "text": "women"})
    assert told.get(timeout=10) == EngineReady(Way.PINYIN)
    assert told.get(timeout=10) == EngineDown(Way.PINYIN, "died", comes_back=True, lost=7)
    engine.stop()


def test_asking_while_an_engine_ends_for_good_raises_nothing() -> None:
    def missing() -> dict[str, object]:
        raise OneSealError("table_missing", "It is missing.")

    for _ in range(30):
        told: queue.Queue[TypingEvent] = queue.Queue()
        engine = EngineProcess(Way.PINYIN, missing, told.put)
        while engine._thread.is_alive():
            engine.ask({"id": 1, "text": "women"})
        engine.ask({"id": 2, "text": "women"})
        assert told.get(timeout=5) == EngineDown(Way.PINYIN, "table_missing", comes_back=False)
        engine.stop()


def test_half_a_character_before_the_caret_kills_no_engine(desk: Desk) -> None:
    pid = desk.pid(Way.PINYIN)
    number = desk.typing.pinyin("women", before="好\ud800")
    assert _written(desk, number)[0] == "我们"
    assert _written(desk, desk.typing.next_words("\ud800")) == []
    assert desk.pid(Way.PINYIN) == pid
