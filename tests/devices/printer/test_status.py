"""What the bytes of a printer's status mean, and that silence is never taken for fine."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from devices.printer.status import UNREADABLE, Inbox, Reading, decode, is_answer
from kiosk.ports import PrinterFault

FINE = {1: 0x12, 4: 0x12, 2: 0x12, 3: 0x12}


@pytest.mark.parametrize(
    ("answers", "reading"),
    [
        (FINE, Reading(known=True)),
        ({}, UNREADABLE),
        # Without an answer about the paper nobody knows about the paper.
        ({1: 0x12}, UNREADABLE),
        ({1: 0x12, 2: 0x12, 3: 0x12}, UNREADABLE),
        ({4: 0x12}, UNREADABLE),
        ({1: 0x12, 4: 0x12}, Reading(known=True)),
        ({**FINE, 4: 0x1E}, Reading(True, PrinterFault.PAPER_NEAR_END)),
        ({**FINE, 1: 0x1A, 4: 0x72}, Reading(True, PrinterFault.PAPER_OUT)),
        ({**FINE, 1: 0x1A, 4: 0x7E, 2: 0x32}, Reading(True, PrinterFault.PAPER_OUT)),
        ({**FINE, 1: 0x1A, 2: 0x16}, Reading(True, PrinterFault.COVER_OPEN)),
        # The open cover hides the paper's sensor.
        ({**FINE, 1: 0x1A, 2: 0x36, 4: 0x72}, Reading(True, PrinterFault.COVER_OPEN)),
        ({**FINE, 1: 0x1A, 2: 0x52, 3: 0x1A}, Reading(True, PrinterFault.CUTTER)),
        ({**FINE, 1: 0x1A, 2: 0x52, 3: 0x32}, Reading(True, PrinterFault.ERROR)),
        ({**FINE, 1: 0x1A, 2: 0x52, 3: 0x52}, Reading(True, PrinterFault.ERROR)),
        ({**FINE, 1: 0x1A}, Reading(True, PrinterFault.OFFLINE)),
        # A fault that was told is a fault, whatever else was not.
        ({4: 0x72}, Reading(True, PrinterFault.PAPER_OUT)),
        # Bytes that cannot be answers are none: XOFF, a closed line's zeros, ones.
        (dict.fromkeys(FINE, 0x13), UNREADABLE),
        (dict.fromkeys(FINE, 0x00), UNREADABLE),
        (dict.fromkeys(FINE, 0xFF), UNREADABLE),
    ],
)
def test_answers_mean(answers: dict[int, int], reading: Reading) -> None:
    assert decode(answers) == reading


def test_only_bytes_with_the_fixed_bits_are_answers() -> None:
    assert [byte for byte in range(256) if is_answer(byte)] == [0x12 | a | b for a in (0, 0x20, 0x40, 0x60) for b in (0, 4, 8, 12)]


def test_the_near_end_does_not_block_and_the_end_does() -> None:
    assert not Reading(True, PrinterFault.PAPER_NEAR_END).blocked
    assert Reading(True, PrinterFault.PAPER_OUT).blocked
    assert not UNREADABLE.blocked


@pytest.mark.parametrize(
    ("received", "passed", "paper_out"),
    [
        (b"\x00", 1, False),
        (b"\x03", 1, False),
        (b"\x0c", 1, True),
        (b"\x0f\x00", 2, True),
        # Answers to DLE EOT, XON and XOFF are no barrier.
        (b"\x12\x1a\x7e\x11\x13", 0, False),
        # Automatic status: the last three of its four bytes are none either.
        (b"\x10\x00\x0c\x0f", 0, False),
        (b"\x14\x00\x00\x00\x00", 1, False),
        (b"\x37\x22ONE1\x00", 1, False),
        (b"\xff\x80", 0, False),
    ],
)
def test_barriers_are_counted_in_any_pieces(received: bytes, passed: int, paper_out: bool) -> None:
    whole, bytewise = Inbox(), Inbox()

    whole.feed(received)
    for byte in received:
        bytewise.feed(bytes((byte,)))

    assert (whole.passed, whole.paper_out) == (bytewise.passed, bytewise.paper_out) == (passed, paper_out)


def test_an_old_answer_is_no_answer_to_a_new_question() -> None:
    inbox = Inbox()
    inbox.feed(b"\x72")
    inbox.forget_answer()
    assert inbox.answer is None

    inbox.feed(b"\x13\x12\x72")

    assert inbox.answer == 0x12


@given(st.lists(st.binary(max_size=8), max_size=8))
def test_noise_in_any_pieces_reads_the_same(pieces: list[bytes]) -> None:
    piecewise, whole = Inbox(), Inbox()
    for piece in pieces:
        piecewise.feed(piece)
    whole.feed(b"".join(pieces))

    assert (piecewise.passed, piecewise.answer, piecewise.paper_out) == (whole.passed, whole.answer, whole.paper_out)
