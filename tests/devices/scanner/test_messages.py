"""The serial line's rules: what ends a message, what is taken out of it, and what is dropped."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from devices.scanner.decode import MAX_BYTES
from devices.scanner.messages import ENGINES, Assembler

GM65_ANSWER = bytes.fromhex("02 00 00 01 00 33 31")
NEWLAND_ANSWER = b"\x02\x010000@SCNTRG1\x06;\x03"


def test_the_command_bytes_are_those_of_the_makers() -> None:
    assert ENGINES["gm65"].start == bytes.fromhex("7E000801000201ABCD")
    assert ENGINES["newland"].start == b"\x7e\x010000@SCNTRG1;\x03"
    assert ENGINES["newland"].stop == b"\x7e\x010000@SCNTRG0;\x03"
    assert (ENGINES["honeywell"].start, ENGINES["honeywell"].stop) == (b"\x16T\r", b"\x16U\r")


@pytest.mark.parametrize("end", [b"\r", b"\n", b"\r\n"])
def test_a_message_ends_at_cr_lf_or_both_and_is_one_message(end: bytes) -> None:
    assembler = Assembler(ENGINES["gm65"])
    assert assembler.feed(b"one" + end + b"two" + end) == [b"one", b"two"]
    assert not assembler.waiting or assembler.gap() is None


def test_without_an_end_a_message_ends_with_the_gap() -> None:
    assembler = Assembler(ENGINES["gm65"])
    assert assembler.feed(b"no end") == []
    assert assembler.waiting
    assert assembler.gap() == b"no end"
    assert assembler.gap() is None


@pytest.mark.parametrize(("engine", "answer"), [("gm65", GM65_ANSWER), ("newland", NEWLAND_ANSWER)])
def test_an_answer_before_the_data_is_taken_out(engine: str, answer: bytes) -> None:
    assembler = Assembler(ENGINES[engine])
    assert assembler.feed(answer + b"text\r") == [b"text"]
    assert assembler.answers == 1
    assert assembler.feed(answer + answer) == []
    assert assembler.gap() is None
    assert assembler.answers == 3


@given(st.integers(1, 9), st.lists(st.binary(min_size=1, max_size=30).filter(lambda part: not set(part) & {2, 10, 13}), max_size=4))
def test_it_does_not_matter_how_the_line_cuts_the_bytes(piece: int, texts: list[bytes]) -> None:
    line = b"".join(GM65_ANSWER + text + b"\r\n" for text in texts)
    assembler = Assembler(ENGINES["gm65"])
    found = [message for at in range(0, len(line), piece) for message in assembler.feed(line[at : at + piece])]
    assert found == texts


def test_an_answer_cut_short_is_not_taken_for_a_text() -> None:
    assembler = Assembler(ENGINES["gm65"])
    assert assembler.feed(GM65_ANSWER[:4]) == []
    assert assembler.gap() is None


def test_a_message_over_the_limit_is_dropped_whole_and_the_next_is_read() -> None:
    assembler = Assembler(ENGINES["gm65"])
    found = []
    for _ in range(10):
        found += assembler.feed(b"x" * 1000)
    assert assembler.waiting
    assert found + assembler.feed(b"tail\rnext\r") == [b"next"]
    assert assembler.feed(b"y" * MAX_BYTES + b"\r") == [b"y" * MAX_BYTES]
    assert assembler.feed(b"y" * (MAX_BYTES + 1)) == []
    assert assembler.gap() is None
