"""One engine's process and the thread that owns it. Never raises for an engine that is missing, slow or dead: it is killed, told of,
and started again.
"""

from __future__ import annotations

import json
import os
import selectors
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field

from kiosk.errors import OneSealError
from kiosk.typing.answers import Candidate, Candidates, EngineDown, EngineReady, TypingEvent, Way

#: An engine that has not loaded, or not answered, within these seconds is killed.
LOAD_SECONDS, ANSWER_SECONDS = 20.0, 2.0
#: Before it is started again: doubled each time that it does not get as far as to answer.
_REST_SECONDS, _LONGEST_REST_SECONDS = 0.2, 10.0
#: One request, in bytes; less than a pipe holds.
_LARGEST_REQUEST = 60_000
_STOP_SECONDS = 2.0


Post = Callable[[TypingEvent], None]
#: What an engine is given to begin with, made in its thread while its process starts. May raise OneSealError: what it needs is missing.
Setup = Callable[[], Mapping[str, object]]


class _Ended(Exception):
    def __init__(self, code: str, for_good: bool = False) -> None:
        super().__init__(code)
        self.code, self.for_good = code, for_good


@dataclass
class _Running:
    """A started process and what of its output is no whole line yet."""

    process: subprocess.Popen[bytes]
    rest: bytes = b""
    lines: list[bytes] = field(default_factory=list)


def _dead(late: str) -> str:
    """What it is called that an engine ended which, if only late, would be called `late`."""
    return "died" if late == "slow" else late


class EngineProcess:
    """One engine's process, and the thread that owns it. `ask`, `stop` from any thread."""

    def __init__(
        self, way: Way, setup: Setup, post: Post, answer_seconds: float = ANSWER_SECONDS, load_seconds: float = LOAD_SECONDS
    ) -> None:
        self.way = way
        self._setup, self._post, self._answer_seconds, self._load_seconds = setup, post, answer_seconds, load_seconds
        self._lock = threading.Lock()
        self._next: dict[str, object] | None = None
        self._running: _Running | None = None
        self._stopping = False
        self._woken, self._wake = os.pipe()
        os.set_blocking(self._woken, False)
        os.set_blocking(self._wake, False)
        self._thread = threading.Thread(target=self._work, name=f"typing-{way}", daemon=True)
        self._thread.start()

    @property
    def pid(self) -> int | None:
        """Of the process that runs now."""
        running = self._running
        return running.process.pid if running else None

    def ask(self, request: dict[str, object]) -> None:
        """Replaces a request that was not yet sent: who types on wants no answer to it any more. Returns at once."""
        with self._lock:
            if not self._stopping:
                self._next = request
                self._wake_up()

    def stop(self) -> None:
        """Kill the process and wait until the kernel has it gone: some milliseconds, two seconds at most. Nothing is posted afterwards."""
        with self._lock:
            if self._stopping:
                return
            self._stopping, self._next = True, None
            if self._running:
                self._running.process.kill()
            self._wake_up()
        self._thread.join(_STOP_SECONDS)

    def _wake_up(self) -> None:
        with suppress(BlockingIOError):  # full of wakes: one more is not missed
            os.write(self._wake, b".")

    def _tell(self, event: TypingEvent) -> None:
        if not self._stopping:
            self._post(event)

    def _work(self) -> None:
        rest = _REST_SECONDS
        while not self._stopping:
            asked: int | None = None
            try:
                running = self._start()
                self._tell(EngineReady(self.way))
                while (request := self._wait_for_request(running)) is not None:
                    asked = int(str(request["id"]))
                    self._tell(self._answer(running, request))
                    asked, rest = None, _REST_SECONDS
            except _Ended as end:
                self._end()
                self._tell(EngineDown(self.way, end.code, not end.for_good, asked))
                if end.for_good:
                    break
                self._rest(rest)
                rest = min(2 * rest, _LONGEST_REST_SECONDS)
        self._end()
        with self._lock:  # in one: whoever asks must not write to a pipe that nobody reads
            self._stopping = True
            os.close(self._woken)
            os.close(self._wake)

    def _rest(self, seconds: float) -> None:
        """As long, or until stopped. What is asked meanwhile waits."""
        end = time.monotonic() + seconds
        while not self._stopping and (left := end - time.monotonic()) > 0:
            time.sleep(min(left, 0.05))

    def _start(self) -> _Running:
        try:
            process = subprocess.Popen(
                [sys.executable, "-m", "kiosk.typing.engine", self.way.value],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,  # libpinyin and its kin speak there of files; nobody reads it
                env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1", "OMP_NUM_THREADS": "1"},
                bufsize=0,
            )
            assert process.stdin is not None
            os.set_blocking(process.stdin.fileno(), False)  # so that none who does not read holds the thread
        except OSError:  # no memory, no processes left; both pass
            raise _Ended("does_not_start") from None
        running = _Running(process)
        with self._lock:
            self._running = running
            if self._stopping:
                process.kill()
        try:
            setup = (json.dumps(self._setup()) + "\n").encode()
        except OneSealError as error:
            raise _Ended(error.code, for_good=True) from None
        late = time.monotonic() + self._load_seconds
        self._write(running, setup, late, "does_not_start")
        line = self._read(running, late, "does_not_start")
        if "error" in line:
            raise _Ended(str(line["error"]), for_good=True)
        return running

    def _wait_for_request(self, running: _Running) -> dict[str, object] | None:
        """The newest request; None when stopped. Raises _Ended if the process dies meanwhile."""
        while not self._stopping:
            with self._lock:
                request, self._next = self._next, None
            if request is not None:
                return request
            if self._hear(running, None):
                raise _Ended("died")
        return None

    def _hear(self, running: _Running, seconds: float | None) -> bool:
        """Wait for output, the end of the process, or a wake; True if it has ended."""
        output = running.process.stdout
        assert output is not None
        with selectors.DefaultSelector() as waiting:
            waiting.register(output, selectors.EVENT_READ)
            waiting.register(self._woken, selectors.EVENT_READ)
            ready = {key.fileobj for key, _ in waiting.select(seconds)}
        if self._woken in ready:
            os.read(self._woken, 4096)
        if output in ready:
            piece = os.read(output.fileno(), 65536)
            if not piece:
                return True
            *lines, running.rest = (running.rest + piece).split(b"\n")
            running.lines += lines
        return False

    def _write(self, running: _Running, data: bytes, end: float, late: str) -> None:
        """All of it. What is longer than a pipe holds waits for the engine to read, and one that hangs does not."""
        pipe, left = running.process.stdin, memoryview(data)
        assert pipe is not None
        with selectors.DefaultSelector() as waiting:
            waiting.register(pipe, selectors.EVENT_WRITE)
            waiting.register(self._woken, selectors.EVENT_READ)
            while left:
                ready = {key.fileobj for key, _ in waiting.select(max(0.0, end - time.monotonic()))}
                if self._woken in ready:
                    os.read(self._woken, 4096)
                if self._stopping or time.monotonic() >= end:
                    raise _Ended(late)
                if pipe in ready:
                    try:
                        left = left[os.write(pipe.fileno(), left) :]
                    except BlockingIOError:  # less room than select said
                        continue
                    except OSError:
                        raise _Ended(_dead(late)) from None

    def _read(self, running: _Running, end: float, late: str) -> dict[str, object]:
        while not running.lines:
            if self._stopping or self._hear(running, max(0.0, end - time.monotonic())):
                raise _Ended(_dead(late))
            if not running.lines and time.monotonic() >= end:
                raise _Ended(late)
        try:
            answer = json.loads(running.lines.pop(0))
        except (ValueError, RecursionError):
            raise _Ended(_dead(late)) from None
        if not isinstance(answer, dict):  # an engine that has lost its mind is as good as dead
            raise _Ended(_dead(late))
        return answer

    def _answer(self, running: _Running, request: dict[str, object]) -> Candidates:
        number = int(str(request["id"]))
        data = (json.dumps(request) + "\n").encode()
        if len(data) > _LARGEST_REQUEST:
            return Candidates(number, (), "too_much")
        late = time.monotonic() + self._answer_seconds
        self._write(running, data, late, "slow")
        answer = self._read(running, late, "slow")
        try:
            found: Iterable[Sequence[object]] = answer.get("candidates", ())  # type: ignore[assignment]
            offered = tuple(Candidate(str(text), int(str(used)), str(reading)) for text, used, reading in found)
        except (TypeError, ValueError):
            raise _Ended("died") from None
        return Candidates(number, offered, str(answer.get("error", "")))

    def _end(self) -> None:
        with self._lock:
            running, self._running = self._running, None
        if running:
            running.process.kill()
            running.process.wait()
            for pipe in (running.process.stdin, running.process.stdout):
                if pipe:
                    pipe.close()
