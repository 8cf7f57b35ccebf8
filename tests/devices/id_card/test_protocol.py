"""Frames of the reader, against the checksummed samples of invented people."""

from __future__ import annotations

import itertools
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from devices.id_card.layouts import encode_card, parse_added_address, parse_card
from devices.id_card.protocol import (
    PREAMBLE,
    BrokenFrame,
    Command,
    FrameReader,
    Reply,
    Status,
    build_frame,
    build_reply,
    parse_reply,
    split_read,
)

VECTORS: dict[str, bytes] = {
    name: bytes.fromhex(text) for name, text in json.loads((Path(__file__).parent / "vectors.json").read_text("utf-8")).items()
}

REQUESTS = {
    "req_reset": Command.RESET,
    "req_status": Command.STATUS,
    "req_samid": Command.SAM_ID,
    "req_find": Command.FIND,
    "req_select": Command.SELECT,
    "req_read_base": Command.READ,
    "req_read_newaddr": Command.READ_ADDED_ADDRESS,
    "req_read_base_fp": Command.READ_WITH_FINGERPRINT,
}

STATUSES = {
    "rep_ok": Status.OK,
    "rep_find_ok": Status.CARD_FOUND,
    "rep_find_fail": Status.NO_CARD,
    "rep_select_ok": Status.OK,
    "rep_select_fail": Status.SELECT_FAILED,
    "rep_read_fail": Status.READ_FAILED,
    "rep_no_content": Status.ITEM_EMPTY,
    "rep_sam_unauth": Status.SAM_UNAUTHORIZED,
    "rep_bad_checksum": Status.BAD_CHECKSUM,
    "rep_read_resident": Status.OK,
    "rep_read_foreign_I": Status.OK,
    "rep_read_foreign_Y": Status.OK,
    "rep_read_hmt_J": Status.OK,
    "rep_read_fp": Status.OK,
    "rep_newaddr": Status.OK,
}


def only_reply(frame: bytes) -> Reply:
    (body,) = FrameReader().feed(frame)
    assert isinstance(body, bytes)
    reply = parse_reply(body)
    assert isinstance(reply, Reply)
    return reply


@pytest.mark.parametrize("name", REQUESTS)
def test_requests_are_byte_for_byte_the_samples(name: str) -> None:
    assert REQUESTS[name].request == VECTORS[name]


@pytest.mark.parametrize("name", STATUSES)
def test_every_sample_reply_is_read_and_written_back(name: str) -> None:
    reply = only_reply(VECTORS[name])
    assert reply.status is STATUSES[name]
    assert build_reply(reply.status, reply.data) == VECTORS[name]


def test_no_sample_is_left_out() -> None:
    # Three requests set the radio or the speed; the terminal never sends them.
    never_sent = {"req_set_maxrf_80", "req_baud_115200", "req_baud_9600"}
    assert REQUESTS.keys() | STATUSES.keys() | never_sent == VECTORS.keys()
    assert all(len(FrameReader().feed(VECTORS[name])) == 1 for name in never_sent)


@pytest.mark.parametrize("name", ["rep_read_resident", "rep_read_hmt_J", "rep_read_foreign_I", "rep_read_foreign_Y"])
def test_a_sample_card_of_every_layout_is_encoded_to_the_same_bytes(name: str) -> None:
    parts = split_read(only_reply(VECTORS[name]).data)
    assert parts is not None
    assert encode_card(parse_card(parts[0])) == parts[0]


def test_text_photo_and_fingerprint_are_told_apart_by_their_lengths() -> None:
    parts = split_read(only_reply(VECTORS["rep_read_fp"]).data, fingerprint=True)
    assert parts is not None
    assert [len(part) for part in parts] == [256, 1024, 1024]
    assert parse_card(parts[0]) == parse_card(split_read(only_reply(VECTORS["rep_read_resident"]).data)[0])  # type: ignore[index]  # the sample is whole
    assert split_read(only_reply(VECTORS["rep_read_fp"]).data) is None, "two lengths do not fit a reply of three parts"


def test_the_added_address_is_read() -> None:
    assert parse_added_address(only_reply(VECTORS["rep_newaddr"]).data) == "测试路2号"


def test_an_unknown_status_is_kept_as_a_number() -> None:
    assert only_reply(build_reply(0x77)) == Reply(0x77)


# ------------------------------------------------------------------ reading a stream


def pieces(data: bytes, cuts: list[int]) -> list[bytes]:
    places = [0, *sorted({cut % (len(data) + 1) for cut in cuts}), len(data)]
    return [data[a:b] for a, b in itertools.pairwise(places)]


@given(st.lists(st.integers(0, 5000), max_size=40))
def test_frames_come_whole_however_the_bytes_are_cut(cuts: list[int]) -> None:
    stream = VECTORS["rep_find_ok"] + VECTORS["rep_read_resident"] + VECTORS["rep_find_fail"]
    reader, bodies = FrameReader(), []
    for piece in pieces(stream, cuts):
        bodies += reader.feed(piece)
    assert [build_frame(body) for body in bodies if isinstance(body, bytes)] == [
        VECTORS["rep_find_ok"],
        VECTORS["rep_read_resident"],
        VECTORS["rep_find_fail"],
    ]


@given(st.binary(max_size=60).filter(lambda noise: PREAMBLE not in noise + PREAMBLE[:-1]), st.integers(0, 4))
def test_noise_before_a_frame_is_skipped(noise: bytes, preamble_bytes: int) -> None:
    frame = VECTORS["rep_select_ok"]
    bodies = FrameReader().feed(noise + PREAMBLE[:preamble_bytes] + frame)
    # Noise that ends in AA merges with a preamble's own AA; the frame is found all the same.
    assert bodies == [frame[7:-1]]


def test_a_preamble_inside_a_body_is_no_frame() -> None:
    frame = build_reply(Status.OK, b"photo" + VECTORS["rep_find_fail"] + PREAMBLE)
    assert FrameReader().feed(frame) == [frame[7:-1]]


def test_a_preamble_with_an_impossible_length_is_noise() -> None:
    frame = VECTORS["rep_find_ok"]
    assert FrameReader().feed(PREAMBLE + b"\xff\xff" + frame) == [frame[7:-1]]
    assert FrameReader().feed(PREAMBLE + b"\x00\x00" + frame) == [frame[7:-1]]
    assert FrameReader().feed(PREAMBLE + frame) == [frame[7:-1]], "what stands for the length begins the real preamble"


def test_a_wrong_checksum_is_told_and_the_next_frame_is_read() -> None:
    frame = bytearray(VECTORS["rep_find_ok"])
    frame[9] ^= 1
    assert FrameReader().feed(bytes(frame) + VECTORS["rep_find_fail"]) == [BrokenFrame.CHECKSUM, VECTORS["rep_find_fail"][7:-1]]


def test_a_reply_without_a_status_is_broken() -> None:
    (body,) = FrameReader().feed(build_frame(b"\x00\x00"))
    assert isinstance(body, bytes)
    assert parse_reply(body) is BrokenFrame.TOO_SHORT


def test_after_a_reset_the_rest_of_a_broken_frame_is_noise() -> None:
    reader = FrameReader()
    assert reader.feed(VECTORS["rep_read_resident"][:600]) == []
    reader.reset()
    assert reader.feed(VECTORS["rep_read_resident"][600:] + VECTORS["rep_find_fail"]) == [VECTORS["rep_find_fail"][7:-1]]
