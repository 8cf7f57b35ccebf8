"""The document camera's driver on real frames from a simulated camera: it shows, judges, takes, forgets, and comes back."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import cv2
import numpy as np
import pytest

from devices.document_camera.desk import photograph
from devices.document_camera.driver import CameraDocumentCamera
from devices.worker import Backoff
from kiosk.config import DocumentCameraSection
from kiosk.events import CaptureFailed, PageCaptured, PageSeen
from kiosk.ports import DeviceState, PageFault
from tests.devices.document_camera.inbox import Inbox, until

PICTURES = {"good": ("register-person", "skewed"), "blurred": ("register-person", "blurred"), "cut-off": ("register-person", "cut-off")}


@pytest.fixture(scope="module")
def pictures(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Pictures of one paper, drawn once."""
    folder = tmp_path_factory.mktemp("pictures")
    for name, (paper, variant) in PICTURES.items():
        done, jpeg = cv2.imencode(".jpg", photograph(paper, variant, 31).image)
        assert done
        (folder / f"{name}.jpg").write_bytes(jpeg.tobytes())
    return folder


class Desk:
    """A simulated camera's folder, and what is laid under it."""

    def __init__(self, folder: Path, pictures: Path) -> None:
        self.folder, self._pictures = folder, pictures
        folder.mkdir()

    def lay(self, name: str) -> None:
        (self.folder / "current").write_text(str(self._pictures / f"{name}.jpg"), "utf-8")

    def clear(self) -> None:
        (self.folder / "current").unlink()


@pytest.fixture
def desk(tmp_path: Path, pictures: Path) -> Desk:
    return Desk(tmp_path / "camera", pictures)


@pytest.fixture
def inbox() -> Inbox:
    return Inbox()


@pytest.fixture
def camera(desk: Desk, inbox: Inbox) -> Iterator[CameraDocumentCamera]:
    driver = CameraDocumentCamera(DocumentCameraSection(driver="folder", folder=desk.folder), retry=Backoff(0.05, 0.2))
    driver.start(inbox.post)
    yield driver
    driver.stop()


def faults_seen(inbox: Inbox) -> list[tuple[PageFault, ...]]:
    return [event.faults for event in inbox.all(PageSeen)]


def test_what_lies_there_is_told_once_when_it_changes(desk: Desk, camera: CameraDocumentCamera, inbox: Inbox) -> None:
    inbox.wait_state(DeviceState.READY)
    camera.open(7)
    inbox.wait(PageSeen, lambda event: event.faults == (PageFault.NO_PAGE,))
    desk.lay("good")
    inbox.wait(PageSeen, lambda event: event.faults == ())
    before = camera.latest()
    assert before is not None
    until(lambda: (now := camera.latest()) is not None and now.number >= before.number + 5)
    desk.lay("blurred")
    inbox.wait(PageSeen, lambda event: event.faults == (PageFault.BLURRED,))
    assert faults_seen(inbox) == [(PageFault.NO_PAGE,), (), (PageFault.BLURRED,)]
    assert {event.session for event in inbox.all(PageSeen)} == {7}


def test_the_live_picture_fits_the_screen_and_its_outline_is_in_its_own_pixels(
    desk: Desk, camera: CameraDocumentCamera, inbox: Inbox
) -> None:
    desk.lay("good")
    camera.open(1)
    inbox.wait(PageSeen, lambda event: event.faults == ())
    live = camera.latest()
    assert live is not None
    assert live.width <= 984
    assert len(live.pixels) == live.width * live.height * 3
    truth = photograph("register-person", "skewed", 31)
    assert truth.corners is not None
    expected = truth.corners * live.width / truth.image.shape[1]
    assert np.abs(np.array(live.outline) - expected).max() < 2.5
    red, _, blue = np.frombuffer(live.pixels, np.uint8).reshape(-1, 3).mean(axis=0)
    assert red > blue, "wood is brown in RGB"


def test_a_page_that_can_be_read_is_taken_straightened(desk: Desk, camera: CameraDocumentCamera, inbox: Inbox) -> None:
    desk.lay("good")
    camera.open(3)
    inbox.wait(PageSeen, lambda event: event.faults == ())
    camera.capture(3, "household:1")
    taken = inbox.wait(PageCaptured)
    assert (taken.session, taken.request, taken.page.faults) == (3, "household:1", ())
    assert taken.page.jpeg.startswith(b"\xff\xd8")
    assert taken.page.width > 1500, "from the whole frame, not from the live picture"


def test_a_blurred_page_is_taken_if_the_citizen_wants_and_says_so(desk: Desk, camera: CameraDocumentCamera, inbox: Inbox) -> None:
    desk.lay("blurred")
    camera.open(3)
    inbox.wait(PageSeen, lambda event: event.faults == (PageFault.BLURRED,))
    camera.capture(3, "a")
    assert inbox.wait(PageCaptured).page.faults == (PageFault.BLURRED,)


@pytest.mark.parametrize(("laid", "fault"), [("", "no_page"), ("cut-off", "cut_off")])
def test_nothing_is_taken_where_a_corner_is_missing(desk: Desk, camera: CameraDocumentCamera, inbox: Inbox, laid: str, fault: str) -> None:
    if laid:
        desk.lay(laid)
    camera.open(3)
    inbox.wait(PageSeen)
    camera.capture(3, "a")
    failed = inbox.wait(CaptureFailed)
    assert (failed.session, failed.request, failed.fault) == (3, "a", fault)


def test_a_capture_for_a_session_that_is_over_takes_nothing(desk: Desk, camera: CameraDocumentCamera, inbox: Inbox) -> None:
    desk.lay("good")
    camera.open(3)
    inbox.wait(PageSeen)
    camera.close()
    camera.open(4)
    camera.capture(3, "late")
    assert inbox.wait(CaptureFailed).session == 3
    assert not inbox.all(PageCaptured)


def test_closing_forgets_the_picture_at_once_and_for_good(desk: Desk, camera: CameraDocumentCamera, inbox: Inbox) -> None:
    desk.lay("good")
    camera.open(3)
    inbox.wait(PageSeen)
    camera.close()
    assert camera.latest() is None
    count = inbox.count
    desk.lay("blurred")
    camera.capture(3, "a")
    inbox.wait(CaptureFailed)
    assert camera.latest() is None
    assert not [event for event in inbox.events[count:] if isinstance(event, PageSeen)]


def test_the_camera_is_missed_when_unplugged_and_comes_back_by_itself(desk: Desk, camera: CameraDocumentCamera, inbox: Inbox) -> None:
    # given a live view
    desk.lay("good")
    camera.open(5)
    inbox.wait(PageSeen, lambda event: event.faults == ())
    # when the cable is pulled
    count = inbox.count
    desk.folder.rename(desk.folder.with_name("unplugged"))
    gone = inbox.wait_state(DeviceState.ABSENT, count)
    assert gone.status.fault in ("no_frame", "not_connected")
    assert gone.status.hint
    until(lambda: camera.latest() is None)
    camera.capture(5, "b")
    assert inbox.wait(CaptureFailed).fault == "no_frame"
    # and put back, then it is ready, and the page is told again
    count = inbox.count
    desk.folder.with_name("unplugged").rename(desk.folder)
    inbox.wait_state(DeviceState.READY, count)
    inbox.wait(PageSeen, lambda event: event.faults == (), count)
    camera.capture(5, "c")
    assert inbox.wait(PageCaptured).request == "c"


def test_an_unplugged_camera_is_missed_while_nobody_uses_it(desk: Desk, camera: CameraDocumentCamera, inbox: Inbox) -> None:
    inbox.wait_state(DeviceState.READY)
    count = inbox.count
    desk.folder.rename(desk.folder.with_name("unplugged"))
    inbox.wait_state(DeviceState.ABSENT, count)


def test_a_configured_camera_that_is_not_there_is_absent_and_stops_nothing(inbox: Inbox) -> None:
    driver = CameraDocumentCamera(DocumentCameraSection(driver="camera", camera=63))
    driver.start(inbox.post)
    try:
        assert inbox.wait_state(DeviceState.ABSENT).status.fault == "not_connected"
        driver.open(1)
        driver.capture(1, "a")
        assert inbox.wait(CaptureFailed).fault == "no_frame"
    finally:
        driver.stop()
