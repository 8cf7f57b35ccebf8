"""Print jobs through the whole driver to a printer that really parses what it gets."""

from __future__ import annotations

import socket

import pytest
import zxingcpp
from PIL import Image, ImageChops

from devices.printer.driver import open_printer
from devices.printer.raster import render
from devices.printer.sample import SAMPLE
from devices.printer.target import parse_target
from kiosk.events import PrintFinished
from kiosk.ports import DeviceState, PrinterFault, PrintJob, PrintOutcome, PrintResult
from kiosk.wire.documents import Document, DocumentKind, Qr
from tests.devices.printer.conftest import Desk, MakeDesk, wait_until

PRINTED = PrintOutcome(PrintResult.PRINTED)
#: Short, for those who have to wait as long as it could take to print.
SHORT = Document(document=DocumentKind.SAMPLE, issuer="中心", title="回执")
CODE = next(block.text for block in SAMPLE.blocks if isinstance(block, Qr))


def white_below(picture: Image.Image, height: int) -> bool:
    below = ImageChops.invert(picture.convert("L")).crop((0, height, picture.width, picture.height))
    return below.getbbox() is None


@pytest.mark.parametrize("mode", ["raster", "native"])
@pytest.mark.parametrize("width", [80, 58])
def test_the_code_on_the_paper_reads_back_as_version_5(make_desk: MakeDesk, mode: str, width: int) -> None:
    desk = make_desk(mode, width)

    assert desk.print(SAMPLE) == PRINTED

    (receipt,) = desk.simulator.receipts
    (found,) = zxingcpp.read_barcodes(Image.open(receipt).convert("L"))
    assert found.text == CODE
    # Level M, and 37 modules a side: version 5 (17 + 4 x 5).
    assert found.ec_level == "M"
    corners = found.position
    side = corners.top_right.x - corners.top_left.x
    module = {("raster", 80): 6, ("native", 80): 6, ("raster", 58): 5, ("native", 58): 5}[mode, width]
    assert abs(side - 37 * module) <= module
    assert desk.simulator.faults == []


@pytest.mark.parametrize("width", [80, 58])
def test_raster_paper_shows_every_pixel_that_was_drawn(make_desk: MakeDesk, width: int) -> None:
    desk = make_desk("raster", width)

    desk.print(SAMPLE)

    paper = Image.open(desk.simulator.receipts[0])
    drawn = render(SAMPLE, width)
    assert paper.width == drawn.width
    assert paper.crop((0, 0, *drawn.size)).tobytes() == drawn.tobytes()
    assert white_below(paper, drawn.height)


def test_an_outcome_carries_job_and_session(desk: Desk) -> None:
    desk.driver.print(PrintJob("job-9", 42, SAMPLE))

    assert desk.posted.wait(PrintFinished) == PrintFinished("job-9", 42, PRINTED)


def test_without_paper_nothing_is_sent_and_the_job_fails(desk: Desk) -> None:
    desk.simulator.set_paper(False)

    outcome = desk.print(SAMPLE)

    assert outcome == PrintOutcome(PrintResult.FAILED, PrinterFault.PAPER_OUT)
    assert desk.simulator.bytes_received == 0


def test_paper_that_ends_in_the_middle_fails_the_job(desk: Desk) -> None:
    desk.simulator.paper_out_after(400)

    outcome = desk.print(SAMPLE)

    assert outcome == PrintOutcome(PrintResult.FAILED, PrinterFault.PAPER_OUT)
    assert desk.simulator.receipts == []
    desk.posted.state(DeviceState.FAULT, "paper_out")


def test_native_paper_that_ends_in_the_middle_fails_the_job(make_desk: MakeDesk) -> None:
    desk = make_desk("native")
    desk.posted.state(DeviceState.READY)
    desk.simulator.paper_out_after(300)

    assert desk.print(SAMPLE) == PrintOutcome(PrintResult.FAILED, PrinterFault.PAPER_OUT)


def test_the_rest_of_a_failed_job_does_not_come_out_with_the_new_paper(desk: Desk) -> None:
    desk.simulator.paper_out_after(400)
    desk.print(SAMPLE)
    seen = len(desk.posted.events)

    desk.simulator.set_paper(True)
    desk.posted.state(DeviceState.READY, after=seen)
    again = desk.print(SAMPLE, "job-2")

    assert again == PRINTED
    (receipt,) = desk.simulator.receipts
    drawn = render(SAMPLE)
    assert Image.open(receipt).crop((0, 0, *drawn.size)).tobytes() == drawn.tobytes()
    assert desk.simulator.faults == []


def test_new_paper_clears_the_fault_by_itself(desk: Desk) -> None:
    desk.simulator.set_paper(False)
    desk.posted.state(DeviceState.FAULT, "paper_out")
    seen = len(desk.posted.events)

    desk.simulator.set_paper(True)

    assert desk.posted.state(DeviceState.READY, after=seen).hint == ""


@pytest.mark.parametrize(
    ("break_it", "mend_it", "fault"),
    [
        (lambda printer: printer.open_cover(True), lambda printer: printer.open_cover(False), PrinterFault.COVER_OPEN),
        (lambda printer: printer.jam_cutter(True), lambda printer: printer.jam_cutter(False), PrinterFault.CUTTER),
    ],
)
def test_a_fault_is_named_fails_the_job_and_clears(desk: Desk, break_it, mend_it, fault) -> None:
    break_it(desk.simulator)
    assert desk.print(SAMPLE) == PrintOutcome(PrintResult.FAILED, fault)
    assert desk.posted.state(DeviceState.FAULT, fault).hint

    seen = len(desk.posted.events)
    mend_it(desk.simulator)
    desk.posted.state(DeviceState.READY, after=seen)
    assert desk.print(SAMPLE, "job-2") == PRINTED


def test_a_cover_opened_in_the_middle_fails_the_job(make_desk: MakeDesk) -> None:
    desk = make_desk(rows_per_second=1500)
    desk.posted.state(DeviceState.READY)
    desk.driver.print(PrintJob("job-1", 7, SAMPLE))
    wait_until(lambda: desk.simulator.rows_printed > 200)

    desk.simulator.open_cover(True)

    assert desk.posted.outcome("job-1") == PrintOutcome(PrintResult.FAILED, PrinterFault.COVER_OPEN)


def test_a_roll_near_its_end_is_a_warning_and_prints(desk: Desk) -> None:
    desk.simulator.set_near_end(True)

    assert desk.posted.state(DeviceState.READY, "paper_near_end").hint
    assert desk.print(SAMPLE) == PRINTED


def test_a_printer_that_says_nothing_prints_and_is_unknown(make_desk: MakeDesk) -> None:
    desk = make_desk()
    desk.posted.state(DeviceState.READY)
    desk.simulator.mute(True)
    desk.posted.state(DeviceState.UNKNOWN)

    outcome = desk.print(SHORT)

    assert outcome == PrintOutcome(PrintResult.UNKNOWN)
    assert len(desk.simulator.receipts) == 1


def test_a_printer_that_knows_only_the_other_barrier_is_confirmed_by_it(desk: Desk) -> None:
    desk.simulator.answer_barriers(gs_r=False)

    assert desk.print(SHORT) == PRINTED
    assert desk.simulator.faults == []


def test_a_good_status_without_any_barrier_is_no_proof_of_printing(desk: Desk) -> None:
    desk.simulator.answer_barriers(gs_r=False, gs_h=False)

    assert desk.print(SHORT) == PrintOutcome(PrintResult.UNKNOWN)
    assert len(desk.simulator.receipts) == 1


def test_paper_that_ends_is_noticed_without_barriers_too(desk: Desk) -> None:
    desk.simulator.answer_barriers(gs_r=False, gs_h=False)
    desk.simulator.paper_out_after(20)

    assert desk.print(SAMPLE) == PrintOutcome(PrintResult.FAILED, PrinterFault.PAPER_OUT)


def test_a_connection_lost_in_the_middle_is_unknown(make_desk: MakeDesk) -> None:
    desk = make_desk(rows_per_second=1500)
    desk.posted.state(DeviceState.READY)
    desk.driver.print(PrintJob("job-1", 7, SAMPLE))
    wait_until(lambda: desk.simulator.rows_printed > 200)

    desk.simulator.unplug()

    assert desk.posted.outcome("job-1").result is PrintResult.UNKNOWN
    desk.posted.state(DeviceState.ABSENT, "offline")
    assert desk.simulator.receipts == []


def test_a_printer_that_is_not_there_fails_the_job_at_once(desk: Desk) -> None:
    desk.simulator.unplug()
    desk.posted.state(DeviceState.ABSENT, "offline")

    assert desk.print(SAMPLE) == PrintOutcome(PrintResult.FAILED, PrinterFault.OFFLINE)


def test_a_printer_plugged_in_again_comes_back_by_itself(desk: Desk) -> None:
    desk.simulator.unplug()
    desk.posted.state(DeviceState.ABSENT, "offline")
    seen = len(desk.posted.events)

    desk.simulator.plug()

    desk.posted.state(DeviceState.READY, after=seen)
    assert desk.print(SAMPLE) == PRINTED


def test_a_reset_between_two_looks_costs_no_job(desk: Desk) -> None:
    # The driver does not know yet that its connection is dead.
    desk.simulator.unplug()
    desk.simulator.plug()

    assert desk.print(SAMPLE) == PRINTED
    assert len(desk.simulator.receipts) == 1


def test_a_job_number_is_printed_once(desk: Desk) -> None:
    desk.print(SAMPLE)

    desk.driver.print(PrintJob("job-1", 7, SAMPLE))
    desk.print(SAMPLE, "job-2")

    assert desk.posted.outcomes() == ["job-1", "job-2"]
    assert len(desk.simulator.receipts) == 2


def test_a_failed_job_is_not_repeated_by_itself(desk: Desk) -> None:
    desk.simulator.set_paper(False)
    desk.print(SAMPLE)
    seen = len(desk.posted.events)

    desk.simulator.set_paper(True)
    desk.posted.state(DeviceState.READY, after=seen)
    desk.driver.print(PrintJob("job-1", 7, SAMPLE))
    desk.print(SAMPLE, "job-2")

    assert desk.posted.outcomes() == ["job-1", "job-2"]
    assert len(desk.simulator.receipts) == 1


def test_many_jobs_come_out_in_order(make_desk: MakeDesk) -> None:
    desk = make_desk("native")
    for number in range(5):
        desk.driver.print(PrintJob(f"job-{number}", 7, SAMPLE.model_copy(update={"number": f"000{number}"})))

    assert all(desk.posted.outcome(f"job-{number}") == PRINTED for number in range(5))
    assert desk.posted.outcomes() == [f"job-{number}" for number in range(5)]
    assert len(desk.simulator.receipts) == 5


def test_a_picture_that_broke_off_does_not_swallow_the_next_job(desk: Desk) -> None:
    with socket.create_connection(("127.0.0.1", desk.simulator.port)) as line:
        line.sendall(b"\x1dv0\x00\x48\x00\x18\x00" + b"\xff" * 720)
    wait_until(lambda: desk.simulator.rows_printed == 10)
    printer = open_printer(parse_target(desk.simulator.target))

    assert printer.print(SAMPLE, "raster", 80, resync=True) == PRINTED
    printer.close()

    paper, drawn = Image.open(desk.simulator.receipts[0]), render(SAMPLE)
    assert paper.crop((0, 24, 576, 24 + drawn.height)).tobytes() == drawn.tobytes()
    assert desk.simulator.faults == []
