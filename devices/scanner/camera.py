"""A scanner that is a camera: looks for codes in frames while armed. How a code is decoded is `decode`'s affair."""

from __future__ import annotations

import time

from devices.camera import CameraSource, FolderSource, Frame, FrameSource, MotionGate
from devices.scanner.decode import decode_frame
from devices.scanner.front import InFront
from devices.worker import Backoff, DeviceFault, DeviceWorker
from kiosk.config import ScannerSection
from kiosk.events import CodeScanned
from kiosk.ports import DeviceKind

_WIDTH, _HEIGHT = 1280, 720
#: Seconds between decodes when nothing moves (devices.md §2).
_FORCED = 1.0
#: A code not seen for so long was taken away, seconds; more than the pause between forced looks.
_ABSENCE = 1.6
#: After something moved, or a code was lost, so many looks on end: enough for each kind of effort to have its turn.
_LOOKS = 12
#: Seconds between looks whether the camera is still there while not armed.
_IDLE_PAUSE = 1.0
_TRIES = 6


class CameraScanner(DeviceWorker):
    """kiosk.ports.Scanner over a camera, or over a folder of pictures that stands for one."""

    def __init__(self, section: ScannerSection, *, retry: Backoff | None = None) -> None:
        super().__init__(DeviceKind.SCANNER, retry=retry)
        self._source = _source(section)
        self._session: int | None = None
        self._gate = MotionGate()
        self._front = InFront(_ABSENCE)
        self._misses = 0
        self._looks = 0
        self._looked = 0.0

    # -------------------------------------------------------------- the port

    def arm(self, session: int) -> None:
        """Look for a code until `disarm`; the same code is posted once while it stays in front."""
        self._session = session
        self.submit(self._begin)

    def disarm(self) -> None:
        """Stop looking, and drop what was seen."""
        self._session = None
        self.submit(self._begin)

    # -------------------------------------------------------------- the worker

    def connect(self) -> None:
        """Raises DeviceFault."""
        self._source.open()
        if not any(self._source.read() is not None for _ in range(_TRIES)):
            raise DeviceFault("no_frame", "扫码摄像头接上了但没有画面：请拔下再插上")

    def serve(self) -> None:
        """One frame while armed; otherwise a look whether the camera is still there."""
        frame = self._source.read()
        session = self._session
        if session is None:
            self.rest(_IDLE_PAUSE)
        elif frame is not None:
            self._look(session, frame)

    def disconnect(self) -> None:
        """Release the camera."""
        self._source.close()
        self._begin()

    def _begin(self) -> None:
        self._gate.forget()
        self._front.forget()
        self._misses = self._looks = 0

    def _look(self, session: int, frame: Frame) -> None:
        now = time.monotonic()
        if self._gate.moved(frame):
            self._looks = _LOOKS
        if self._looks == 0 and now - self._looked < _FORCED:
            return
        self._looked = now
        self._looks = max(0, self._looks - 1)
        found = decode_frame(frame, self._misses)
        if found is None:
            if self._misses == 0:
                # The code in front may be there still; see again at once rather than in a second.
                self._looks = max(self._looks, _LOOKS)
            self._misses += 1
            return
        self._misses = self._looks = 0
        if self._front.sighted(found.text, now) and session == self._session:
            self.post(CodeScanned(session, found.text))


def _source(section: ScannerSection) -> FrameSource:
    if section.driver == "folder" and section.folder is not None:
        return FolderSource(section.folder, _WIDTH, _HEIGHT)
    return CameraSource(section.camera, _WIDTH, _HEIGHT)
