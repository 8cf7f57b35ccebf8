"""The table that the devices stand on: all simulators, and every act of a person in front of them. No HTTP, no command line."""

from __future__ import annotations

import os
import tempfile
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

from PIL import Image

from devices.bench.people import PEOPLE
from devices.bench.scenes import receipt_before_the_camera, text_before_the_camera
from devices.document_camera.desk import VARIANTS, photograph
from devices.document_camera.papers import PAPERS
from devices.id_card.simulator import ReaderSimulator, ReaderTrouble
from devices.printer.simulator import PrinterSimulator
from kiosk.errors import OneSealError
from kiosk.ports import DeviceKind

#: The file in a camera's folder that names the picture it sees; without it the desk is empty.
_CURRENT = "current"
_PICTURES = (".jpg", ".jpeg", ".png")
#: Rows a second of a middling 80 mm printer: 150 mm/s at 8 dots a millimeter.
_PRINTER_ROWS = 1200.0

_PAPER_LABELS = {
    "register-cover": "户口簿首页",
    "register-person": "户口簿本人页",
    "id-card-copy": "身份证复印件",
    "application-letter": "申请书",
    "marriage-certificate": "结婚证",
    "social-security-card": "社保卡",
    "bank-card": "银行卡",
    "disability-certificate": "残疾人证",
}
_VARIANT_LABELS = {"straight": "放正", "skewed": "放歪", "blurred": "模糊", "dark": "太暗", "glare": "反光", "cut-off": "没放全"}
_KIND_LABELS = {"resident": "居民身份证", "J": "港澳台居住证", "I": "外国人居留证 2017", "Y": "外国人居留证 2023"}


class BenchFault(OneSealError):
    """An act that cannot be done, e.g. a person or a picture that does not exist."""


class _CameraFolder:
    """A camera that sees pictures from a folder. Unplugged, the folder is elsewhere."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._away = folder.with_name(f".{folder.name}-unplugged")
        if self._away.exists() and not folder.exists():
            self._away.rename(folder)
        folder.mkdir(parents=True, exist_ok=True)
        self._shown = 0
        self.show(None)

    @property
    def plugged(self) -> bool:
        return self._folder.exists()

    def plug(self) -> None:
        if not self.plugged:
            self._away.rename(self._folder)

    def unplug(self) -> None:
        if self.plugged:
            self._folder.rename(self._away)

    def show(self, picture: bytes | None) -> None:
        """See this picture (JPEG or PNG), or nothing. Never a half written one, and never another one under the same name."""
        folder = self._folder if self.plugged else self._away
        before = set(folder.glob("seen-*"))
        if picture is None:
            (folder / _CURRENT).unlink(missing_ok=True)
        else:
            self._shown += 1
            name = f"seen-{os.getpid()}-{self._shown}.jpg"
            write_whole(folder / name, picture)
            write_whole(folder / _CURRENT, name.encode())
        for old in before:
            old.unlink(missing_ok=True)


def write_whole(path: Path, content: bytes) -> None:
    """Write a file that readers see whole or not at all."""
    handle, draft = tempfile.mkstemp(dir=path.parent, prefix=".draft-")
    with os.fdopen(handle, "wb") as file:
        file.write(content)
    Path(draft).replace(path)


def _jpeg(picture: Image.Image) -> bytes:
    with tempfile.SpooledTemporaryFile() as file:
        picture.save(file, "JPEG", quality=92)
        file.seek(0)
        return file.read()


class Bench:
    """All simulators, in `folder`: `id-card` (a serial device), `scanner/`, `document-camera/`, `receipts/`, `pages/`. Thread-safe."""

    def __init__(self, folder: Path, printer_port: int = 0, hurried: bool = False) -> None:
        """`hurried`: reader and printer are far faster than real ones, for stories that are not about waiting."""
        folder.mkdir(parents=True, exist_ok=True)
        self.folder = folder
        self.pages = folder / "pages"
        self.pages.mkdir(exist_ok=True)
        self.receipts = folder / "receipts"
        self.receipts.mkdir(exist_ok=True)
        self._lock = threading.RLock()
        self._reader = ReaderSimulator(folder / "id-card")
        self._reader.pace = 0.05 if hurried else 1.0
        self._printer = PrinterSimulator(self.receipts, port=printer_port, rows_per_second=None if hurried else _PRINTER_ROWS)
        self._scanner = _CameraFolder(folder / "scanner")
        self._camera = _CameraFolder(folder / "document-camera")
        self._printer_plugged = True
        self._paper = True
        self._person: str | None = None
        self._held: str | None = None
        self._page: str | None = None
        #: What may be done, by name. Each takes keyword arguments and raises BenchFault.
        self.acts: dict[str, Callable[..., None]] = {
            "card": self.lay_card,
            "lift": self.lift_card,
            "qr": self.hold_code,
            "paper": self.set_paper,
            "page": self.lay_page,
            "unplug": self.unplug,
            "plug": self.plug,
            "trouble": self.set_trouble,
        }

    def start(self) -> None:
        """Plug everything in."""
        self._reader.start()
        self._printer.start()

    def stop(self) -> None:
        """Take everything away."""
        self._reader.stop()
        self._printer.stop()

    @property
    def printer_port(self) -> int:
        """TCP, on loopback."""
        return self._printer.port

    # -------------------------------------------------------------- acts

    def lay_card(self, person: str) -> None:
        """Lay a person's card on the reader, in place of any other."""
        if person not in PEOPLE:
            raise BenchFault("person_unknown", f"No such person; there are: {', '.join(PEOPLE)}.")
        with self._lock:
            self._reader.lay(PEOPLE[person].card, added_address=PEOPLE[person].added_address)
            self._person = person

    def lift_card(self) -> None:
        """Take the card away."""
        with self._lock:
            self._reader.lift()
            self._person = None

    def hold_code(self, text: str | None = None, receipt: str | None = None) -> None:
        """Hold `text`, drawn as a code, or a printed receipt (`latest`, or its file's name) before the scanner. Neither: take it away."""
        with self._lock:
            if text:
                try:
                    self._scanner.show(_jpeg(text_before_the_camera(text)))
                except ValueError:
                    raise BenchFault("text_too_long", "The text does not fit into a QR code; shorten it.") from None
                self._held = f"文字：{text[:24]}"
            elif receipt:
                path = self._receipt(receipt)
                self._scanner.show(_jpeg(receipt_before_the_camera(path)))
                self._held = path.name
            else:
                self._scanner.show(None)
                self._held = None

    def set_paper(self, present: bool) -> None:
        """Put a roll into the printer, or take it out."""
        with self._lock:
            self._printer.set_paper(present)
            self._paper = present

    def lay_page(self, name: str | None = None) -> None:
        """Lay a page under the document camera: a picture in `pages/` (its name without suffix) or `PAPER-VARIANT`. None: nothing."""
        with self._lock:
            self._camera.show(None if name is None else self._page_picture(name))
            self._page = name

    def unplug(self, device: str) -> None:
        """Pull a device's cable."""
        self._cable(device)[1]()

    def plug(self, device: str) -> None:
        """Put a device's cable back."""
        self._cable(device)[0]()

    def set_trouble(self, name: str) -> None:
        """What is wrong with the ID card reader: a name of ReaderTrouble, `none` for nothing."""
        try:
            self._reader.reader.trouble = ReaderTrouble(name)
        except ValueError:
            raise BenchFault("trouble_unknown", f"No such trouble; there are: {', '.join(ReaderTrouble)}.") from None

    def _cable(self, device: str) -> tuple[Callable[[], None], Callable[[], None]]:
        cables: dict[str, tuple[Callable[[], None], Callable[[], None]]] = {
            DeviceKind.ID_CARD: (self._reader.plug, self._reader.unplug),
            DeviceKind.SCANNER: (self._scanner.plug, self._scanner.unplug),
            DeviceKind.PRINTER: (self._plug_printer, self._unplug_printer),
            DeviceKind.DOCUMENT_CAMERA: (self._camera.plug, self._camera.unplug),
        }
        cable = cables.get(device.replace("-", "_"))
        if cable is None:
            raise BenchFault("device_unknown", f"No such device; there are: {', '.join(cables)}.")
        return cable

    def _plug_printer(self) -> None:
        self._printer.plug()
        self._printer_plugged = True

    def _unplug_printer(self) -> None:
        self._printer.unplug()
        self._printer_plugged = False

    # -------------------------------------------------------------- pictures

    def receipt_names(self) -> list[str]:
        """File names of printed receipts, the newest first."""
        return sorted((path.name for path in self.receipts.glob("receipt-*.png")), reverse=True)

    def _receipt(self, name: str) -> Path:
        names = self.receipt_names()
        if name == "latest" and names:
            return self.receipts / names[0]
        if name not in names:
            raise BenchFault("receipt_unknown", "No such receipt has been printed.")
        return self.receipts / name

    def page_names(self) -> list[str]:
        """Pages that can be laid: pictures in `pages/`, and every paper in every variant."""
        own = {path.stem for path in self.pages.iterdir() if path.suffix.lower() in _PICTURES and not path.name.startswith(".")}
        return sorted(own | {f"{paper}-{variant}" for paper in PAPERS for variant in VARIANTS})

    def page_file(self, name: str) -> Path | None:
        """The picture of a page, if it has been drawn or put there."""
        files = (path for path in self.pages.iterdir() if path.stem == name and path.suffix.lower() in _PICTURES)
        return next(files, None)

    def _page_picture(self, name: str) -> bytes:
        if name not in self.page_names():
            raise BenchFault("page_unknown", "No such page; see the state for the names.")
        if (path := self.page_file(name)) is not None:
            return path.read_bytes()
        paper = next(paper for paper in PAPERS if name.startswith(f"{paper}-") and name.removeprefix(f"{paper}-") in VARIANTS)
        image = photograph(paper, name.removeprefix(f"{paper}-")).image
        picture = _jpeg(Image.fromarray(image[:, :, ::-1]))
        write_whole(self.pages / f"{name}.jpg", picture)
        return picture

    # -------------------------------------------------------------- what is so now

    def state(self) -> dict[str, Any]:
        """Everything that the panel shows."""
        with self._lock:
            return {
                "plugged": {
                    DeviceKind.ID_CARD: self._reader.plugged,
                    DeviceKind.SCANNER: self._scanner.plugged,
                    DeviceKind.PRINTER: self._printer_plugged,
                    DeviceKind.DOCUMENT_CAMERA: self._camera.plugged,
                },
                "card": self._person,
                "trouble": self._reader.reader.trouble,
                "code": self._held,
                "paper": self._paper,
                "page": self._page,
                "receipts": self.receipt_names(),
            }

    def choices(self) -> dict[str, Any]:
        """What there is to choose from; does not change but for pictures that somebody puts into `pages/`."""
        drawn = {f"{paper}-{variant}" for paper in PAPERS for variant in VARIANTS}
        return {
            "people": [
                {"id": p.id, "name": p.card.chinese_name or p.card.name, "kind": _KIND_LABELS[p.card.layout], "note": p.note}
                for p in PEOPLE.values()
            ],
            "papers": [{"id": paper, "label": _PAPER_LABELS.get(paper, paper)} for paper in PAPERS],
            "variants": [{"id": variant, "label": _VARIANT_LABELS.get(variant, variant)} for variant in VARIANTS],
            "own_pages": [name for name in self.page_names() if name not in drawn and name != "empty"],
            "troubles": list(ReaderTrouble),
        }

    def description(self) -> dict[str, Any]:
        """Where everything is, for scripts: `bench.json`."""
        return {
            "pid": os.getpid(),
            "id_card": str(self.folder / "id-card"),
            "scanner": str(self.folder / "scanner"),
            "document_camera": str(self.folder / "document-camera"),
            "printer_port": self.printer_port,
            "printer": f"tcp:127.0.0.1:{self.printer_port}",
            "receipts": str(self.receipts),
            "pages": str(self.pages),
        }
