"""The document camera's driver: live view, judgement and capture over any source of frames. How a page is judged is `page`'s affair."""

from __future__ import annotations

import threading
import time

import cv2

from devices.camera import CameraSource, FolderSource, Frame, FrameSource, MotionGate
from devices.document_camera import outline, page
from devices.worker import Backoff, DeviceFault, DeviceWorker
from kiosk.config import DocumentCameraSection
from kiosk.events import CaptureFailed, PageCaptured, PageSeen
from kiosk.ports import DeviceKind, LiveFrame, PageFault

#: Five megapixels: an A4 sheet at 150 dpi (devices.md §4). A camera that has less gives its nearest.
_WIDTH, _HEIGHT = 2592, 1944
#: The live view is as wide as the page's content (design.md, camera 984×712).
_LIVE_WIDTH = 984
#: Seconds from one live picture to the next.
_LIVE_PAUSE = 0.1
#: Finding and judging take some 40 ms of a core, so a page that lies still is judged again only so often, seconds: a lens
#: that focuses moves nothing.
_JUDGE_AGAIN = 0.5
#: Seconds between looks whether the camera is still there while nobody uses it; what is seen is thrown away.
_IDLE_PAUSE = 1.0
#: So many pictures in a row have to be judged alike before the terminal is told.
_STEADY = 2
#: Reads for one capture, or at connecting, before giving up. A UVC camera's first frames may fail.
_TRIES = 6

#: Faults that leave nothing worth keeping; dark, glaring and blurred pages are taken and say so in `Page.faults`.
_UNUSABLE = (PageFault.NO_PAGE, PageFault.CUT_OFF)


class CameraDocumentCamera(DeviceWorker):
    """kiosk.ports.DocumentCamera over a UVC camera, or over a folder of pictures that stands for one."""

    def __init__(self, section: DocumentCameraSection, *, retry: Backoff | None = None) -> None:
        super().__init__(DeviceKind.DOCUMENT_CAMERA, retry=retry)
        self._source = _source(section)
        # Written by the worker and by callers; `_lock` makes "forgotten" final at once.
        self._lock = threading.Lock()
        self._session: int | None = None
        self._latest: LiveFrame | None = None
        # The worker's own.
        self._number = 0
        self._gate = MotionGate()
        self._judged: tuple[page.Corners | None, tuple[PageFault, ...]] = (None, ())
        self._judged_at = 0.0
        self._told: tuple[PageFault, ...] | None = None
        self._seen: tuple[PageFault, ...] | None = None
        self._seen_times = 0

    # -------------------------------------------------------------- the port

    def open(self, session: int) -> None:
        """Begin live view and judgement."""
        with self._lock:
            self._session, self._latest = session, None
        self.submit(self._forget_judgement)

    def close(self) -> None:
        """End live view; from here on `latest` is None and no frame is kept."""
        with self._lock:
            self._session = self._latest = None
        self.submit(self._forget_judgement)

    def latest(self) -> LiveFrame | None:
        """The newest live picture, None before the first, after `close` and while the camera is away."""
        return self._latest

    def capture(self, session: int, request: str) -> None:
        """Take the page that lies there now. Answered by PageCaptured, or CaptureFailed with `no_page`, `cut_off` or `no_frame`."""
        self.submit(lambda: self._capture(session, request))

    # -------------------------------------------------------------- the worker

    def connect(self) -> None:
        """Raises DeviceFault."""
        self._source.open()
        if self._frame() is None:
            raise DeviceFault("no_frame", "摄像头接上了但没有画面：请拔下再插上")

    def serve(self) -> None:
        """One live picture while a session is open; otherwise a look whether the camera is still there."""
        began = time.monotonic()
        frame = self._source.read()
        session = self._session
        if session is None:
            self.rest(_IDLE_PAUSE)
            return
        if frame is not None:
            self._show(session, frame)
            self.rest(max(0.005, _LIVE_PAUSE - (time.monotonic() - began)))

    def disconnect(self) -> None:
        """Release the camera and forget what it saw."""
        self._source.close()
        with self._lock:
            self._latest = None
        self._forget_judgement()

    def _forget_judgement(self) -> None:
        self._told = self._seen = None
        self._seen_times = 0
        self._gate.forget()

    def _frame(self) -> Frame | None:
        for _ in range(_TRIES):
            frame = self._source.read()
            if frame is not None:
                return frame
        return None

    def _show(self, session: int, frame: Frame) -> None:
        now = time.monotonic()
        if self._gate.moved(frame) or self._seen_times < _STEADY or now - self._judged_at >= _JUDGE_AGAIN:
            corners = page.find_corners(frame)
            self._judged, self._judged_at = (corners, page.judge(frame, corners)), now
        corners, faults = self._judged
        small = outline.shrink(frame, max(_LIVE_WIDTH, _LIVE_WIDTH * frame.shape[0] // frame.shape[1]))
        height, width = small.shape[:2]
        scale = width / frame.shape[1]
        shape = () if corners is None else tuple((float(x), float(y)) for x, y in (corners + 0.5) * scale - 0.5)
        self._number += 1
        live = LiveFrame(self._number, width, height, cv2.cvtColor(small, cv2.COLOR_BGR2RGB).tobytes(), shape, faults)
        with self._lock:
            if self._session != session:
                return
            self._latest = live
        self._tell(session, faults)

    def _tell(self, session: int, faults: tuple[PageFault, ...]) -> None:
        """Post a judgement that is new and has held for a moment; a hand that passes is not worth a word."""
        self._seen_times = self._seen_times + 1 if faults == self._seen else 1
        self._seen = faults
        if self._seen_times >= _STEADY and faults != self._told:
            self._told = faults
            self.post(PageSeen(session, faults))

    def _capture(self, session: int, request: str) -> None:
        if session != self._session:
            # Late for a citizen who is gone: nothing of whoever stands there now may go to them.
            self.post(CaptureFailed(session, request, "closed"))
            return
        try:
            frame = self._frame() if self.connected else None
        except DeviceFault:
            self.post(CaptureFailed(session, request, "no_frame"))
            raise
        if frame is None:
            self.post(CaptureFailed(session, request, "no_frame"))
            return
        corners = page.find_corners(frame)
        faults = page.judge(frame, corners)
        unusable = [fault for fault in _UNUSABLE if fault in faults]
        if corners is None or unusable:
            self.post(CaptureFailed(session, request, unusable[0]))
            return
        self.post(PageCaptured(session, request, page.encode(page.straighten(frame, corners), faults)))


def _source(section: DocumentCameraSection) -> FrameSource:
    if section.driver == "folder" and section.folder is not None:
        return FolderSource(section.folder, _WIDTH, _HEIGHT)
    return CameraSource(section.camera, _WIDTH, _HEIGHT)
