"""The reader's driver over a real pseudo terminal, against a reader that answers byte for byte."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

import pytest

from devices.bench.people import PEOPLE
from devices.id_card.driver import Ga450SerialReader, Ga450UsbReader
from devices.id_card.layouts import encode_card
from devices.id_card.protocol import PREAMBLE, Command, Status, build_reply
from devices.id_card.simulator import _THINKING, ReaderSimulator, ReaderTrouble, SimulatedReader
from devices.worker import Backoff
from kiosk.clock import CHINA, FixedClock
from kiosk.config import IdCardSection
from kiosk.events import CardLifted, CardRead, CardUnreadable
from kiosk.ports import DeviceState
from tests.devices.id_card.usb_bus import UsbBus
from tests.devices.listener import Inbox

WANG = PEOPLE["wang-guilan"].card
LI = PEOPLE["li-jianguo"].card
RETRY = Backoff(first=0.05, longest=0.1, permanent=0.1)
CLOCK = FixedClock(datetime(2026, 3, 2, 9, 0, tzinfo=CHINA))


@pytest.fixture
def inbox() -> Inbox:
    return Inbox()


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[ReaderSimulator]:
    simulator = ReaderSimulator(tmp_path / "id-card")
    simulator.plug()
    yield simulator
    simulator.unplug()


@pytest.fixture
def driver(bench: ReaderSimulator, inbox: Inbox) -> Iterator[Ga450SerialReader]:
    driver = Ga450SerialReader(IdCardSection(driver="ga450-serial", port=bench.port), CLOCK, retry=RETRY)
    driver.start(inbox)
    yield driver
    driver.stop()


def ready(inbox: Inbox) -> None:
    inbox.wait_for_status(lambda status: status.state is DeviceState.READY)


def lift_and_see(bench: ReaderSimulator, inbox: Inbox) -> None:
    lifted = len(inbox.of(CardLifted))
    bench.lift()
    inbox.nth(CardLifted, lifted + 1)


# ------------------------------------------------------------------ reading


@pytest.mark.parametrize("person", ["wang-guilan", "chen-jiaming", "anna-smith", "alexandra", "zhou-jixiang"])
def test_a_card_of_every_layout_is_read_for_the_session_that_asked(
    person: str, bench: ReaderSimulator, driver: Ga450SerialReader, inbox: Inbox
) -> None:
    driver.arm(7)
    bench.lay(PEOPLE[person].card)
    read = inbox.nth(CardRead)
    assert (read.session, read.card) == (7, PEOPLE[person].card)


def test_a_card_that_already_lies_there_is_read(bench: ReaderSimulator, driver: Ga450SerialReader, inbox: Inbox) -> None:
    bench.lay(WANG)
    ready(inbox)
    driver.arm(1)
    assert inbox.nth(CardRead).card == WANG


def test_a_reader_that_takes_all_the_time_it_may_is_waited_for(
    bench: ReaderSimulator, driver: Ga450SerialReader, inbox: Inbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    # devices.md §1: find and select within 0.5 s, a read within 3 s
    for command, seconds in ((Command.STATUS, 0.5), (Command.FIND, 0.5), (Command.SELECT, 0.5), (Command.READ, 3.0)):
        monkeypatch.setitem(_THINKING, command, seconds)
    driver.arm(1)
    bench.lay(WANG)
    assert inbox.nth(CardRead).card == WANG


def test_an_added_address_comes_with_the_card(bench: ReaderSimulator, driver: Ga450SerialReader, inbox: Inbox) -> None:
    driver.arm(1)
    bench.lay(WANG, added_address="柳树村三组8号")
    assert inbox.nth(CardRead).card.extra == {"added_address": "柳树村三组8号"}


def test_nothing_is_read_unless_a_session_asks(bench: ReaderSimulator, driver: Ga450SerialReader, inbox: Inbox) -> None:
    ready(inbox)
    driver.arm(1)
    driver.disarm()
    bench.lay(WANG)
    time.sleep(0.6)
    assert bench.reader.reads == 0


def test_one_card_is_read_once_for_one_arm(bench: ReaderSimulator, driver: Ga450SerialReader, inbox: Inbox) -> None:
    driver.arm(1)
    bench.lay(WANG)
    inbox.nth(CardRead)
    lift_and_see(bench, inbox)
    bench.lay(LI)
    time.sleep(0.6)
    assert bench.reader.reads == 1


# ------------------------------------------------------------------ the card that stays


@pytest.mark.parametrize(
    ("deaf", "knows"),
    [(True, True), (False, True), (False, False)],
    ids=["answers 80 until lifted", "finds it again and again", "knows no added address"],
)
def test_a_card_left_behind_is_not_read_for_the_next_citizen_until_it_was_lifted(
    deaf: bool, knows: bool, tmp_path: Path, inbox: Inbox
) -> None:
    # given a card that was read for one citizen and stays, on any kind of reader
    bench = ReaderSimulator(tmp_path / "id-card", SimulatedReader(deaf_after_read=deaf, knows_added_address=knows))
    bench.plug()
    driver = Ga450SerialReader(IdCardSection(driver="ga450-serial", port=bench.port), CLOCK, retry=RETRY)
    driver.start(inbox)
    try:
        driver.arm(1)
        bench.lay(WANG)
        inbox.nth(CardRead)
        driver.disarm()
        # when the next one comes
        driver.arm(2)
        # then it is said, and not read
        unreadable = inbox.nth(CardUnreadable)
        assert (unreadable.session, unreadable.fault) == (2, "left_behind")
        time.sleep(1.0)
        assert bench.reader.reads == 1
        # and once it was lifted, the next card is read
        lift_and_see(bench, inbox)
        bench.lay(LI)
        second = inbox.nth(CardRead, 2)
        assert (second.session, second.card) == (2, LI)
    finally:
        driver.stop()
        bench.unplug()


def test_a_reader_that_cannot_tell_does_not_read_the_card_left_behind_either(tmp_path: Path, inbox: Inbox) -> None:
    # Such a reader says 80 of the card that it has read, and has no other way to say that it is still there.
    bench = ReaderSimulator(tmp_path / "id-card", SimulatedReader(deaf_after_read=True, knows_added_address=False))
    bench.plug()
    driver = Ga450SerialReader(IdCardSection(driver="ga450-serial", port=bench.port), CLOCK, retry=RETRY)
    driver.start(inbox)
    try:
        driver.arm(1)
        bench.lay(WANG)
        inbox.nth(CardRead)
        inbox.nth(CardLifted)
        driver.arm(2)
        time.sleep(0.8)
        assert bench.reader.reads == 1
        bench.lay(LI)
        assert inbox.nth(CardRead, 2).card == LI
    finally:
        driver.stop()
        bench.unplug()


def test_pulling_the_plug_does_not_make_a_card_left_behind_a_new_one(
    bench: ReaderSimulator, driver: Ga450SerialReader, inbox: Inbox
) -> None:
    driver.arm(1)
    bench.lay(WANG)
    inbox.nth(CardRead)
    bench.unplug()
    inbox.wait_for_status(lambda status: status.state is DeviceState.ABSENT)
    bench.plug()
    ready(inbox)
    driver.arm(2)
    inbox.nth(CardUnreadable)
    time.sleep(0.8)
    assert bench.reader.reads == 1
    assert not inbox.of(CardLifted)


def test_the_same_session_may_read_its_card_again(bench: ReaderSimulator, driver: Ga450SerialReader, inbox: Inbox) -> None:
    driver.arm(1)
    bench.lay(WANG)
    inbox.nth(CardRead)
    driver.arm(1)
    assert inbox.nth(CardRead, 2).card == WANG


def test_lifting_is_posted_once(bench: ReaderSimulator, driver: Ga450SerialReader, inbox: Inbox) -> None:
    driver.arm(1)
    bench.lay(WANG)
    inbox.nth(CardRead)
    lift_and_see(bench, inbox)
    time.sleep(0.6)
    assert len(inbox.of(CardLifted)) == 1


# ------------------------------------------------------------------ cards that fail


def break_the_select(bench: ReaderSimulator) -> None:
    bench.reader.trouble = ReaderTrouble.SELECT_FAILS
    bench.lay(WANG)


def break_the_read(bench: ReaderSimulator) -> None:
    bench.reader.trouble = ReaderTrouble.READ_FAILS
    bench.lay(WANG)


def lay_a_wrong_number(bench: ReaderSimulator) -> None:
    bench.lay(PEOPLE["zhao-wrong"].card)


def lay_an_unknown_kind(bench: ReaderSimulator) -> None:
    text = bytearray(encode_card(WANG))
    text[248:250] = "Q".encode("utf-16-le")
    bench.lay(bytes(text))


def lay_text_that_is_none(bench: ReaderSimulator) -> None:
    bench.lay(bytes(256))


@pytest.mark.parametrize(
    ("fail", "fault"),
    [
        (break_the_select, "select_failed"),
        (break_the_read, "read_failed"),
        (lay_a_wrong_number, "number_invalid"),
        (lay_an_unknown_kind, "layout_unknown"),
        (lay_text_that_is_none, "text_invalid"),
    ],
)
def test_a_card_that_cannot_be_read_is_said_once_and_the_next_one_is_read(
    fail: Callable[[ReaderSimulator], None], fault: str, bench: ReaderSimulator, driver: Ga450SerialReader, inbox: Inbox
) -> None:
    driver.arm(3)
    fail(bench)
    unreadable = inbox.nth(CardUnreadable)
    assert (unreadable.session, unreadable.fault) == (3, fault)
    time.sleep(0.6)
    assert len(inbox.of(CardUnreadable)) == 1
    bench.reader.trouble = ReaderTrouble.NONE
    lift_and_see(bench, inbox)
    bench.lay(LI)
    assert inbox.nth(CardRead).card == LI


def test_a_birth_that_is_to_come_makes_a_number_wrong(bench: ReaderSimulator, inbox: Inbox) -> None:
    before_she_was_born = FixedClock(datetime(1948, 3, 11, tzinfo=CHINA))
    driver = Ga450SerialReader(IdCardSection(driver="ga450-serial", port=bench.port), before_she_was_born, retry=RETRY)
    driver.start(inbox)
    driver.arm(1)
    bench.lay(WANG)
    assert inbox.nth(CardUnreadable).fault == "number_invalid"
    driver.stop()


# ------------------------------------------------------------------ lines and readers that fail


@pytest.mark.parametrize("trouble", [ReaderTrouble.GARBAGE, ReaderTrouble.FRAGMENTED])
def test_noise_and_fragments_do_not_keep_a_card_from_being_read(
    trouble: ReaderTrouble, bench: ReaderSimulator, driver: Ga450SerialReader, inbox: Inbox
) -> None:
    bench.reader.trouble = trouble
    driver.arm(1)
    bench.lay(WANG)
    assert inbox.nth(CardRead).card == WANG


def test_a_photo_that_holds_frames_does_not_break_the_reading(bench: ReaderSimulator, driver: Ga450SerialReader, inbox: Inbox) -> None:
    photo = (PREAMBLE + build_reply(Status.NO_CARD) + b"\xaa\xaa\xaa\x96").ljust(1024, b"\xaa")
    driver.arm(1)
    bench.reader.lay(WANG, photo=photo)
    assert inbox.nth(CardRead).card == WANG


@pytest.mark.parametrize(
    ("trouble", "fault"),
    [
        (ReaderTrouble.SILENT, "no_answer"),
        (ReaderTrouble.TRUNCATED, "no_answer"),
        (ReaderTrouble.BAD_CHECKSUM, "bad_answer"),
        (ReaderTrouble.SAM_UNAUTHORIZED, "sam_unauthorized"),
    ],
)
def test_a_reader_that_fails_says_which_way_and_comes_back_by_itself(
    trouble: ReaderTrouble, fault: str, bench: ReaderSimulator, driver: Ga450SerialReader, inbox: Inbox
) -> None:
    ready(inbox)
    driver.arm(1)
    bench.reader.trouble = trouble
    status = inbox.wait_for_status(lambda status: status.state is DeviceState.FAULT)
    assert status.fault == fault
    assert status.hint
    bench.reader.trouble = ReaderTrouble.NONE
    ready(inbox)
    bench.lay(WANG)
    assert inbox.nth(CardRead).card == WANG, "the session still waits for its card"


def test_unplugged_it_is_absent_and_plugged_in_again_it_reads(bench: ReaderSimulator, driver: Ga450SerialReader, inbox: Inbox) -> None:
    ready(inbox)
    driver.arm(1)
    bench.unplug()
    status = inbox.wait_for_status(lambda status: status.state is DeviceState.ABSENT and status.fault == "not_found")
    assert bench.port in status.hint
    bench.plug()
    ready(inbox)
    bench.lay(WANG)
    assert inbox.nth(CardRead).session == 1


def test_unplugged_in_the_middle_of_a_reading_it_comes_back_too(bench: ReaderSimulator, driver: Ga450SerialReader, inbox: Inbox) -> None:
    ready(inbox)
    driver.arm(1)
    bench.lay(WANG)
    deadline = time.monotonic() + 10
    while not bench.reader.reads and time.monotonic() < deadline:
        time.sleep(0.005)
    bench.unplug()
    inbox.wait_for_status(lambda status: status.state is DeviceState.ABSENT)
    bench.plug()
    assert inbox.nth(CardRead).card == WANG


def test_a_port_that_another_program_holds_is_busy(bench: ReaderSimulator, driver: Ga450SerialReader, inbox: Inbox) -> None:
    ready(inbox)
    second, its_inbox = Ga450SerialReader(IdCardSection(driver="ga450-serial", port=bench.port), retry=RETRY), Inbox()
    second.start(its_inbox)
    assert its_inbox.wait_for_status(lambda status: status.state is DeviceState.FAULT).fault == "busy"
    second.stop()


@pytest.mark.parametrize("trouble", [ReaderTrouble.NONE, ReaderTrouble.SILENT, ReaderTrouble.FRAGMENTED])
def test_stop_returns_in_the_middle_of_anything(
    trouble: ReaderTrouble, bench: ReaderSimulator, driver: Ga450SerialReader, inbox: Inbox
) -> None:
    ready(inbox)
    bench.reader.trouble = trouble
    bench.lay(WANG)
    driver.arm(1)
    time.sleep(0.3)
    driver.stop()
    assert not any(thread.name == "device-id_card" for thread in threading.enumerate()), "stop gives up on a thread after 2 s"


# ------------------------------------------------------------------ USB


def test_over_usb_the_same_driver_reads_and_sees_the_plug_pulled(inbox: Inbox) -> None:
    bus = UsbBus()
    driver = Ga450UsbReader(IdCardSection(driver="ga450-usb"), CLOCK, retry=RETRY, backend=bus)
    driver.start(inbox)
    try:
        driver.arm(1)
        bus.reader.lay(WANG)
        assert inbox.nth(CardRead).card == WANG
        bus.plugged = False
        inbox.wait_for_status(lambda status: (status.state, status.fault) == (DeviceState.ABSENT, "not_found"))
        bus.plugged = True
        ready(inbox)
        bus.reader.lift()
        inbox.nth(CardLifted)
        driver.arm(2)
        bus.reader.lay(LI)
        assert inbox.nth(CardRead, 2).card == LI
    finally:
        driver.stop()
