"""Where pictures come from: a camera over OpenCV, or a folder that stands for one; and whether they changed. Knows neither pages nor codes."""

from __future__ import annotations

import os
import time
from pathlib import Path
from typing import Protocol

import cv2
import numpy as np
from cv2.typing import MatLike

from devices.worker import DeviceFault
from kiosk.ports import DeviceState

#: BGR, 8 bit, height×width×3.
Frame = MatLike

#: So many failed reads in a row and the camera counts as unplugged; a UVC camera drops one now and then.
_FAILED_READS = 8
#: A simulated camera's pace, frames a second.
_FOLDER_RATE = 16.0
#: Gray levels of 255 by which one of 24×14 patches has to change, the lamp's flicker taken out. A sensor's grain moves one by 0.3.
_MOTION = 4.0
_PATCHES = (24, 14)
#: The file in a simulated camera's folder that names the picture in front of it.
CURRENT = "current"

_ABSENT_HINT = "没有找到摄像头：请检查摄像头的 USB 线是否插好"
_LOST_HINT = "摄像头没有画面：请拔下摄像头的 USB 线再插上"
_FOLDER_HINT = "模拟摄像头的图片文件夹不存在：请建好文件夹，或改正配置"


class FrameSource(Protocol):
    """Something that sees. Used by one thread."""

    def open(self) -> None:
        """Raises DeviceFault `not_connected` if nothing is there."""
        ...

    def read(self) -> Frame | None:
        """The next frame, None if there is none this time; blocks for about one frame. Raises DeviceFault `no_frame` if the camera is gone."""
        ...

    def close(self) -> None:
        """Release it; may be called in any state."""
        ...


def spare_the_screen() -> None:
    """OpenCV on one thread: the terminal has two cores, and the other one draws."""
    cv2.setNumThreads(1)


class CameraSource:
    """A camera of the system, by its index; `width`×`height` is wished for, the camera gives the nearest it has."""

    def __init__(self, index: int, width: int, height: int) -> None:
        self._index, self._width, self._height = index, width, height
        self._capture: cv2.VideoCapture | None = None
        self._failed = 0

    def open(self) -> None:
        """Raises DeviceFault `not_connected`."""
        self.close()
        spare_the_screen()
        if os.name == "posix" and not Path(f"/dev/video{self._index}").exists():
            raise DeviceFault("not_connected", _ABSENT_HINT)
        try:
            capture = cv2.VideoCapture(self._index)
            # Uncompressed, USB 2 carries five megapixels twice a second; with MJPG fifteen times.
            capture.set(cv2.CAP_PROP_FOURCC, cv2.VideoWriter.fourcc(*"MJPG"))
            capture.set(cv2.CAP_PROP_FRAME_WIDTH, self._width)
            capture.set(cv2.CAP_PROP_FRAME_HEIGHT, self._height)
            # An old frame shows a page that was taken away.
            capture.set(cv2.CAP_PROP_BUFFERSIZE, 1)
        except cv2.error:
            raise DeviceFault("not_connected", _ABSENT_HINT) from None
        if not capture.isOpened():
            capture.release()
            raise DeviceFault("not_connected", _ABSENT_HINT)
        self._capture, self._failed = capture, 0

    def read(self) -> Frame | None:
        """Raises DeviceFault `no_frame` after several failed reads in a row."""
        frame: Frame | None = None
        if self._capture is not None:
            try:
                done, picture = self._capture.read()
                frame = picture if done and picture is not None and picture.size else None
            except cv2.error:
                frame = None
        if frame is not None:
            self._failed = 0
            return frame
        self._failed += 1
        if self._failed >= _FAILED_READS:
            raise DeviceFault("no_frame", _LOST_HINT, state=DeviceState.FAULT)
        time.sleep(0.02)
        return None

    def close(self) -> None:
        """Release the camera."""
        if self._capture is not None:
            self._capture.release()
            self._capture = None


class FolderSource:
    """A simulated camera. It shows the picture named by `folder/current` (a name in the folder, or an absolute path).

    Nothing named, or no such picture: the bare table. No folder: unplugged. Frames come at a camera's pace, with a sensor's
    grain and a lamp's flicker. `width`×`height` is the size of the bare table.
    """

    def __init__(self, folder: Path, width: int, height: int, rate: float = _FOLDER_RATE) -> None:
        self._folder = folder
        self._pause = 1.0 / rate
        self._chance = np.random.default_rng(17)
        table = np.full((height, width, 3), (112, 116, 118), np.uint8)
        cv2.ellipse(table, (width // 2, height // 3), (width // 2, height // 2), 0, 0, 360, (128, 132, 134), cv2.FILLED)
        small = cv2.GaussianBlur(cv2.resize(table, (width // 8, height // 8)), (0, 0), width / 60)
        self._table: Frame = cv2.resize(small, (width, height))
        self._picture: Frame = self._table
        self._shown: tuple[str, int] | None = None
        self._grain: Frame | None = None
        self._due = 0.0

    def open(self) -> None:
        """Raises DeviceFault `not_connected` if the folder is missing."""
        if not self._folder.is_dir():
            raise DeviceFault("not_connected", _FOLDER_HINT)
        spare_the_screen()
        self._shown = None

    def read(self) -> Frame | None:
        """The next frame. Raises DeviceFault `no_frame` if the folder is gone."""
        if not self._folder.is_dir():
            raise DeviceFault("no_frame", _LOST_HINT, state=DeviceState.ABSENT)
        now = time.monotonic()
        if now < self._due:
            time.sleep(self._due - now)
        self._due = max(now, self._due) + self._pause
        self._look()
        return self._exposed()

    def close(self) -> None:
        """Forget the picture."""
        self._picture, self._shown, self._grain = self._table, None, None

    def _look(self) -> None:
        """Load what `current` names, if that is another picture than the last."""
        try:
            name = (self._folder / CURRENT).read_text("utf-8").strip()
        except (OSError, UnicodeDecodeError):
            name = ""
        path = self._folder / name
        try:
            shown = (name, path.stat().st_mtime_ns if name else 0)
        except OSError:
            shown = ("", 0)
        if shown == self._shown:
            return
        # imdecode of bytes read here: imread prints to stderr when a file is only half written.
        picture = load_picture(path) if shown[0] else None
        self._picture = self._table if picture is None else picture
        # A file that is still being written is looked at again.
        self._shown = None if picture is None and shown[0] else shown

    def _exposed(self) -> Frame:
        picture = self._picture
        if self._grain is None or self._grain.shape[0] < picture.shape[0] + 64 or self._grain.shape[1] < picture.shape[1] + 64:
            shape = (picture.shape[0] + 64, picture.shape[1] + 64, 3)
            self._grain = self._chance.integers(0, 6, shape, dtype=np.uint8)
        top, left = self._chance.integers(0, 64, 2)
        grain = self._grain[top : top + picture.shape[0], left : left + picture.shape[1]]
        gain = 1.0 + float(self._chance.uniform(-0.008, 0.008))
        return cv2.addWeighted(picture, gain, grain, 1.0, -2.5)


class MotionGate:
    """Whether a frame differs from the last one that did."""

    def __init__(self) -> None:
        self._last: Frame | None = None

    def moved(self, frame: Frame) -> bool:
        """True for the first frame too."""
        # By way of a picture of every fourth pixel: averaging all of them costs more than the decoder.
        patches = cv2.resize(np.ascontiguousarray(frame[::4, ::4]), _PATCHES, interpolation=cv2.INTER_AREA).mean(axis=2)
        patches *= 128.0 / max(16.0, float(patches.mean()))
        still = self._last is not None and float(np.abs(patches - self._last).max()) < _MOTION
        if still:
            return False
        self._last = patches
        return True

    def forget(self) -> None:
        """The next frame counts as moved; nothing of the last is kept."""
        self._last = None


def load_picture(path: Path) -> Frame | None:
    """A picture file as a frame; None if there is none or it cannot be read."""
    try:
        raw = np.fromfile(path, np.uint8)
        picture: Frame | None = cv2.imdecode(raw, cv2.IMREAD_COLOR) if raw.size else None
    except (OSError, cv2.error):
        return None
    return picture
