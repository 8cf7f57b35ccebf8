"""The scanner that is a camera, on real frames: once per code, nothing while not armed, and the pulled cable."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import cv2
import numpy as np
import pytest

from devices.camera import FolderSource, MotionGate
from devices.scanner.camera import CameraScanner
from devices.worker import Backoff
from kiosk.config import ScannerSection
from kiosk.events import CodeScanned
from kiosk.ports import DeviceState
from tests.devices.document_camera.inbox import Inbox, until
from tests.devices.scanner.test_decode import qr


class Front:
    """What is held before the camera."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir()
        for name in ("a", "b"):
            frame = np.full((720, 1280, 3), 110, np.uint8)
            code = qr(f"code {name} of the township")
            frame[100 : 100 + code.shape[0], 300 : 300 + code.shape[1]] = code
            assert cv2.imwrite(str(folder / f"{name}.png"), frame)

    def hold(self, name: str) -> None:
        (self.folder / "current").write_text(f"{name}.png", "utf-8")

    def take_away(self) -> None:
        (self.folder / "current").write_text("", "utf-8")


@pytest.fixture
def front(tmp_path: Path) -> Front:
    return Front(tmp_path / "scanner")


@pytest.fixture
def inbox() -> Inbox:
    return Inbox()


@pytest.fixture
def scanner(front: Front, inbox: Inbox) -> Iterator[CameraScanner]:
    driver = CameraScanner(ScannerSection(driver="folder", folder=front.folder), retry=Backoff(0.05, 0.2))
    driver.start(inbox.post)
    yield driver
    driver.stop()


def texts(inbox: Inbox) -> list[str]:
    return [event.text for event in inbox.all(CodeScanned)]


def test_a_code_is_posted_once_while_it_stays_and_again_after_it_was_taken_away(front: Front, scanner: CameraScanner, inbox: Inbox) -> None:
    scanner.arm(2)
    front.hold("a")
    assert inbox.wait(CodeScanned) == CodeScanned(2, "code a of the township")
    time.sleep(2.5)  # two forced looks at a code that lies still
    assert len(texts(inbox)) == 1
    front.take_away()
    time.sleep(2.5)  # longer than a code may be out of sight
    count = inbox.count
    front.hold("a")
    inbox.wait(CodeScanned, after=count)
    assert texts(inbox) == ["code a of the township"] * 2


def test_another_code_is_posted_at_once(front: Front, scanner: CameraScanner, inbox: Inbox) -> None:
    scanner.arm(2)
    front.hold("a")
    inbox.wait(CodeScanned)
    front.hold("b")
    inbox.wait(CodeScanned, lambda event: event.text.startswith("code b"))


def test_a_code_held_up_while_not_armed_is_dropped(front: Front, scanner: CameraScanner, inbox: Inbox) -> None:
    inbox.wait_state(DeviceState.READY)
    front.hold("a")
    scanner.arm(1)
    inbox.wait(CodeScanned)
    scanner.disarm()
    front.hold("b")
    time.sleep(1.5)
    assert texts(inbox) == ["code a of the township"]
    # The next citizen's is theirs, with their session's number.
    count = inbox.count
    scanner.arm(9)
    assert inbox.wait(CodeScanned, after=count) == CodeScanned(9, "code b of the township")


def test_a_pulled_cable_is_told_and_the_armed_camera_reads_again_when_it_is_back(
    front: Front, scanner: CameraScanner, inbox: Inbox
) -> None:
    inbox.wait_state(DeviceState.READY)
    scanner.arm(3)
    count = inbox.count
    away = front.folder.with_name("away")
    front.folder.rename(away)
    inbox.wait_state(DeviceState.ABSENT, count)
    (away / "current").write_text("b.png", "utf-8")
    count = inbox.count
    away.rename(front.folder)
    inbox.wait_state(DeviceState.READY, count)
    assert inbox.wait(CodeScanned).session == 3


def test_grain_and_flicker_are_no_motion_but_a_hand_is(tmp_path: Path) -> None:
    source = FolderSource(tmp_path, 1280, 720, rate=200)
    source.open()
    gate = MotionGate()
    frames = [source.read() for _ in range(40)]
    assert [gate.moved(frame) for frame in frames if frame is not None] == [True] + [False] * 39
    hand = source.read()
    assert hand is not None
    hand[300:500, 500:700] = (120, 150, 200)
    assert gate.moved(hand)


def test_the_simulated_camera_shows_what_current_names_and_follows_it(tmp_path: Path) -> None:
    source = FolderSource(tmp_path, 640, 480, rate=200)
    source.open()
    assert cv2.imwrite(str(tmp_path / "red.png"), np.full((300, 400, 3), (0, 0, 200), np.uint8))

    def sees(shape: tuple[int, int], red: bool) -> bool:
        frame = source.read()
        return frame is not None and frame.shape[:2] == shape and bool((frame[..., 2].mean() > frame[..., 0].mean() + 100) == red)

    until(lambda: sees((480, 640), False))
    (tmp_path / "current").write_text("red.png\n", "utf-8")
    until(lambda: sees((300, 400), True))
    (tmp_path / "current").write_text(str(tmp_path / "missing.png"), "utf-8")
    until(lambda: sees((480, 640), False))
    (tmp_path / "missing.png").write_bytes((tmp_path / "red.png").read_bytes())
    until(lambda: sees((300, 400), True))
