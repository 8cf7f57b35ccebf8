"""A whole place without a window: terminal, simulated devices on real bytes, and a center of its own. What stories are told in."""

from __future__ import annotations

import json
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from demo.story import Citizen
from devices.bench.table import Bench
from devices.registry import build_document_camera, build_id_card_reader, build_printer, build_scanner
from kiosk.clock import CHINA, FixedClock
from kiosk.composition import Composition, compose
from kiosk.config import KioskConfig, load_config
from kiosk.events import ShutDown
from kiosk.hub import Devices
from kiosk.journeys.registry import JOURNEYS
from kiosk.journeys.step import Journey
from kiosk.link.embedded import EmbeddedCenter
from kiosk.link.keys import load_keys, private_directory
from kiosk.log import configure

#: A Tuesday in a year whose holidays are known.
MORNING = datetime(2026, 11, 24, 10, 26, tzinfo=CHINA)

_COMES_UP_SECONDS = 60.0

_CONFIG = """
[terminal]
id = "WBH-01"
short_name = "WB01"
township_id = "230903-wanbaohe"
mode = "demo"
data_dir = "{data}/kiosk"
[center]
url = "http://127.0.0.1:{port}"
port = {port}
config = "config/center.toml"
catalogue = "{catalogue}"
timeout_seconds = 3
[session]
idle_seconds = {idle}
countdown_seconds = {countdown}
send_wait_seconds = 4
[clock]
start = {start}
[devices.id_card]
driver = "ga450-serial"
port = "{data}/bench/id-card"
[devices.scanner]
driver = "folder"
folder = "{data}/bench/scanner"
[devices.printer]
driver = "escpos"
target = "tcp:127.0.0.1:{printer}"
simulated = true
[devices.document_camera]
driver = "folder"
folder = "{data}/bench/document-camera"
"""


def free_port() -> int:
    """A port that nobody has now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass
class Place:
    """Everything a story touches."""

    data: Path
    bench: Bench
    citizen: Citizen
    config: KioskConfig
    composition: Composition
    clock: FixedClock
    center: EmbeddedCenter | None = None

    @property
    def center_url(self) -> str:
        """The center's address."""
        return self.config.center.url

    def center_opens(self) -> None:
        """The center comes up, for the first time or again."""
        first = self.center is None
        self.center = EmbeddedCenter(self.config, load_keys(self.config.terminal.data_dir).public_key)
        if first:
            self.center.prepare()
        self.center.start()
        if not self.center.wait_until_listening(_COMES_UP_SECONDS):
            raise TimeoutError("the center did not come up")
        self.composition.catalogue.refresh()

    def center_closes(self) -> None:
        """Nothing answers any more where the center was."""
        if self.center is not None:
            self.center.stop()

    def center_command(self, *arguments: str, stdin: str = "") -> dict[str, object]:
        """Run `python -m center …` on this place's center; its last JSON line. Raises CalledProcessError."""
        command, *rest = arguments
        where = ["--config", str(self.config.center.config), "--database-url", f"sqlite:///{self.data / 'kiosk/center/center.db'}"]
        done = subprocess.run(
            [sys.executable, "-m", "center", command, *where, *rest], input=stdin, capture_output=True, text=True, check=True
        )
        answer: dict[str, object] = json.loads(done.stdout.splitlines()[-1])
        return answer

    def log_text(self) -> str:
        """Everything the terminal logged."""
        return "".join(path.read_text("utf-8") for path in sorted((self.data / "kiosk/log").glob("*")))


@contextmanager
def open_place(
    data: Path,
    *,
    center: bool = True,
    idle: float = 60,
    countdown: float = 20,
    journeys: Mapping[str, Journey] = JOURNEYS,
    catalogue: Path = Path("config/catalogue"),
    start: datetime = MORNING,
) -> Iterator[Place]:
    """Bring up a place in `data`; `center` False: nothing answers where the center should be. Idle and countdown in seconds.
    `catalogue`: the folder of items that the center offers. `start`: when it is, at both ends.
    """
    bench = Bench(data / "bench", hurried=True)
    bench.start()
    text = _CONFIG.format(
        data=data,
        port=free_port(),
        printer=bench.printer_port,
        idle=idle,
        countdown=countdown,
        catalogue=catalogue.absolute(),
        start=start.isoformat(),
    )
    (data / "kiosk.toml").write_text(text, "utf-8")
    config = load_config(data / "kiosk.toml")
    configure(private_directory(config.terminal.data_dir) / "log", strict=True)
    clock = FixedClock(start)
    devices = Devices(
        build_id_card_reader(config.devices.id_card, clock),
        build_scanner(config.devices.scanner),
        build_printer(config.devices.printer),
        build_document_camera(config.devices.document_camera),
    )
    composition = compose(config, devices, lambda view: citizen.shown(view), clock, journeys)
    citizen = Citizen(composition.terminal.post)
    place = Place(data, bench, citizen, config, composition, clock)
    composition.start()
    if center:
        place.center_opens()
    mind = threading.Thread(target=composition.terminal.run, name="terminal", daemon=True)
    mind.start()
    try:
        yield place
    finally:
        composition.terminal.post(ShutDown())
        mind.join(10)
        composition.stop()
        place.center_closes()
        bench.stop()
