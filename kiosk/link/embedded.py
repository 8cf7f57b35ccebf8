"""The center of a terminal that has none elsewhere: a child process on loopback, prepared, watched and ended with the terminal.

Knows nothing of what a center does.
"""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from datetime import timedelta
from typing import BinaryIO

import structlog

from kiosk.config import KioskConfig
from kiosk.errors import ConfigurationError
from kiosk.link.keys import private_directory

_HOST = "127.0.0.1"

#: Seconds: a preparation (migrations of a large database), the polite end, how long a port may still be in use, and the wait
#: before a restart (doubles up to the longest).
_PREPARE_SECONDS = 120.0
_TERMINATE_SECONDS = 3.0
_PORT_SECONDS = 3.0
_FIRST_RESTART_SECONDS = 0.5
_LONGEST_RESTART_SECONDS = 30.0
#: A center that ran so long had started well: the next restart is a first one again.
_RAN_WELL_SECONDS = 60.0

#: The child's own output is cut at a start when it is larger, in bytes.
_OUTPUT_BYTES = 4_000_000

#: Runs in the child before it becomes the center: PR_SET_PDEATHSIG (prctl(2), option 1) has the kernel end it with the
#: terminal however that ends, and survives the exec. Not a `preexec_fn`, which is unsafe where there are threads.
_LAUNCH = """
import ctypes, os, signal, sys
ctypes.CDLL(None, use_errno=True).prctl(1, signal.SIGTERM)
if os.getppid() != int(sys.argv[1]):
    sys.exit(0)
os.execv(sys.executable, [sys.executable, "-m", *sys.argv[2:]])
"""

_log = structlog.get_logger("link")


class EmbeddedCenter:
    """Supervises `python -m center`. `prepare`, then `start`; `url` is where it then answers."""

    def __init__(self, config: KioskConfig, public_key: str, module: str = "center") -> None:
        """`public_key` is the terminal's, base64 (`TerminalKeys.public_key`); `module` is what runs."""
        self._config = config
        self._public_key = public_key
        self._module = module
        self._made = time.monotonic()
        self._data_dir = config.terminal.data_dir.absolute() / "center"
        self._wake = threading.Condition()
        self._stopping = False
        self._child: subprocess.Popen[bytes] | None = None
        self._thread = threading.Thread(target=self._supervise, name="embedded-center", daemon=True)

    @property
    def url(self) -> str:
        """Its address."""
        return f"http://{_HOST}:{self._config.center.port}"

    @property
    def pid(self) -> int | None:
        """The process that runs now, or None."""
        child = self._child
        return child.pid if child is not None and child.poll() is None else None

    # -------------------------------------------------------------- preparation

    def prepare(self) -> None:
        """Make or update the database, load the guides and register this terminal; takes seconds, repeatable.

        Raises ConfigurationError if the port is taken, or with what the center itself says is wrong.
        """
        private_directory(self._config.terminal.data_dir)
        private_directory(self._data_dir)
        self._refuse_taken_port()
        terminal = self._config.terminal
        known_as = ("--id", terminal.id, "--short-name", terminal.short_name, "--public-key", self._public_key)
        self._run("prepare", str(self._config.center.catalogue), *known_as)

    def _refuse_taken_port(self) -> None:
        port = self._config.center.port
        # A terminal that died and was started again at once may find its own last center still ending.
        deadline = time.monotonic() + _PORT_SECONDS
        while (refused := _bind_error(port)) is not None:
            if time.monotonic() > deadline:
                raise ConfigurationError(
                    "center_port_taken",
                    f"center.port: port {port} on {_HOST} cannot be used ({refused.strerror}); "
                    "end the program that has it, or give center.port another number.",
                )
            time.sleep(0.1)

    def _arguments(self, command: str, *arguments: str) -> list[str]:
        common = ["--config", str(self._config.center.config), "--database-url", f"sqlite:///{self._data_dir / 'center.db'}"]
        return [self._module, command, *common, *arguments]

    def _run(self, command: str, *arguments: str) -> None:
        try:
            done = subprocess.run(
                [sys.executable, "-m", *self._arguments(command, *arguments)],
                stdin=subprocess.DEVNULL,
                capture_output=True,
                timeout=_PREPARE_SECONDS,
                check=False,
            )
        except subprocess.TimeoutExpired:
            raise ConfigurationError(
                "center_not_prepared", f"center.config: the embedded center's {command} took too long; start again."
            ) from None
        if done.returncode != 0:
            reason = _said_error(done.stdout) or f"ended with {done.returncode}"
            raise ConfigurationError("center_not_prepared", f"center.config: the embedded center's {command} failed: {reason}")

    # -------------------------------------------------------------- running

    def start(self) -> None:
        """Run it in the background, and again whenever it ends by itself."""
        self._thread.start()

    def wait_until_listening(self, seconds: float) -> bool:
        """Whether it takes connections within `seconds`."""
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline and not self._stopping:
            if self.pid is not None:
                with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
                    probe.settimeout(0.5)
                    if probe.connect_ex((_HOST, self._config.center.port)) == 0:
                        return True
            time.sleep(0.05)
        return False

    def stop(self) -> None:
        """End it: politely, then not; returns within some 5 s."""
        with self._wake:
            self._stopping = True
            self._wake.notify_all()
        if self._thread.is_alive():
            self._thread.join(_TERMINATE_SECONDS + 2.0)

    def _supervise(self) -> None:
        # The death signal is bound to the thread that started the child, so that thread is this one and stays.
        failures = 0
        while not self._stopping:
            began = time.monotonic()
            exit_code: int | None = None
            try:
                with self._output() as output:
                    child = subprocess.Popen(
                        [sys.executable, "-c", _LAUNCH, str(os.getpid()), *self._serve()],
                        stdin=subprocess.DEVNULL,
                        stdout=output,
                        stderr=output,
                    )
                self._child = child
                _log.info("center_started", pid=child.pid, port=self._config.center.port)
                exit_code = self._watch(child)
                if self._stopping:
                    _log.info("center_stopped", pid=child.pid)
                    return
                _log.error("center_died", pid=child.pid, exit_code=exit_code, seconds=round(time.monotonic() - began, 1))
            except OSError:
                _log.error("unexpected", where="embedded-center", exc_info=True)
            failures = 1 if time.monotonic() - began > _RAN_WELL_SECONDS else failures + 1
            pause = min(_LONGEST_RESTART_SECONDS, _FIRST_RESTART_SECONDS * 2.0 ** min(failures - 1, 10))
            with self._wake:
                self._wake.wait_for(lambda: self._stopping, pause)

    def _serve(self) -> Sequence[str]:
        arguments = ["--port", str(self._config.center.port)]
        if self._config.clock.start is not None:
            # What time it is at the terminal by now: a center that starts later, or again, is not to live in its past.
            start = self._config.clock.start + timedelta(seconds=round(time.monotonic() - self._made))
            arguments += ["--clock-start", start.isoformat()]
        return self._arguments("serve", *arguments)

    def _watch(self, child: subprocess.Popen[bytes]) -> int:
        """Wait until the child ends, or end it because the terminal stops. Returns its exit code."""
        while not self._stopping:
            try:
                return child.wait(timeout=0.2)
            except subprocess.TimeoutExpired:
                continue
        child.send_signal(signal.SIGTERM)
        try:
            return child.wait(timeout=_TERMINATE_SECONDS)
        except subprocess.TimeoutExpired:
            child.kill()
            return child.wait()

    def _output(self) -> BinaryIO:
        """Where what the child prints goes: a private file, begun anew when it has grown."""
        path = self._data_dir / "center.out"
        large = path.exists() and path.stat().st_size > _OUTPUT_BYTES
        flags = os.O_WRONLY | os.O_CREAT | os.O_CLOEXEC | (os.O_TRUNC if large else os.O_APPEND)
        return open(os.open(path, flags, 0o600), "wb")


def _bind_error(port: int) -> OSError | None:
    """What the system says to taking the port as the server will: one in TIME_WAIT is free, one that somebody listens on is not."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((_HOST, port))
        except OSError as error:
            return error
    return None


def _said_error(output: bytes) -> str:
    """The sentence in the last JSON line that a command line wrote, or nothing."""
    for line in reversed(output.decode("utf-8", "replace").splitlines()):
        try:
            said = json.loads(line)
        except ValueError:
            continue
        if isinstance(said, dict) and isinstance(said.get("message"), str):
            return str(said["message"])
    return ""
