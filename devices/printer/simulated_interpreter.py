"""Understands ESC/POS as a printer does and prints it on a simulated roll. A parser of its own: shares nothing with the driver."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import segno
from PIL import Image, ImageDraw, ImageFont

from devices.printer.simulated_roll import Roll

_FONTS = Path(__file__).resolve().parents[2] / "assets" / "fonts"
_FACES = {False: "NotoSansSC_400Regular.ttf", True: "NotoSansSC_700Bold.ttf"}

#: Font A: 12 x 24 dots, Chinese 24 x 24; a line is 30 dots (ESC 2).
_CELL, _HIGH, _LINE = 12, 24, 30

_LEVELS = {48: "L", 49: "M", 50: "Q", 51: "H"}


@cache
def _face(bold: bool) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(_FONTS / _FACES[bold]), 23, layout_engine=ImageFont.Layout.BASIC)


@dataclass
class _State:
    """Everything that ESC @ resets."""

    chinese: bool = False
    chinese_double: tuple[int, int] = (1, 1)
    double: tuple[int, int] = (1, 1)
    bold: bool = False
    inverted: bool = False
    align: int = 0
    spacing: int = _LINE
    line: list[Image.Image] = field(default_factory=list)


class Interpreter:
    """Takes bytes by `take`, which waits until there are as many; answers by `reply`; what it does not understand goes to `faults`."""

    def __init__(self, take: Callable[[int], bytes], roll: Roll, reply: Callable[[bytes], None], faults: list[str]) -> None:
        self._take = take
        self._roll = roll
        self._reply = reply
        self._faults = faults
        #: The paper sensor as GS r 1 tells it; kept up to date by the printer.
        self.paper_byte: Callable[[], int] = lambda: 0
        self._state = _State()
        self._qr_module, self._qr_level, self._qr_data = 3, "L", b""
        self._stored: Image.Image | None = None
        self._commands: dict[bytes, Callable[[], None]] = {
            b"\x1b@": self._reset,
            b"\x1bE": lambda: self._set(bold=bool(self._byte() & 1)),
            b"\x1ba": self._align,
            b"\x1bd": lambda: self._feed_lines(self._byte()),
            b"\x1bJ": lambda: self._line_feed(self._byte()),
            b"\x1b2": lambda: self._set(spacing=_LINE),
            b"\x1b3": lambda: self._set(spacing=self._byte()),
            b"\x1b*": self._column_image,
            b"\x1b!": self._print_mode,
            b"\x1bt": lambda: self._ignore(1),
            b"\x1bR": lambda: self._ignore(1),
            b"\x1b=": lambda: self._ignore(1),
            b"\x1c&": lambda: self._set(chinese=True),
            b"\x1c.": lambda: self._set(chinese=False),
            b"\x1c!": self._chinese_mode,
            b"\x1d!": self._size,
            b"\x1dB": lambda: self._set(inverted=bool(self._byte() & 1)),
            b"\x1dV": self._cut,
            b"\x1dr": self._transmit_status,
            b"\x1da": lambda: self._ignore(1),
            b"\x1dv": self._raster_image,
            b"\x1d(": self._extended,
            b"\x10\x04": lambda: self._ignore(1),
            b"\x10\x05": lambda: self._ignore(1),
        }

    def reset(self) -> None:
        """As after power on: what was not printed yet is forgotten."""
        self._reset()
        self._stored = None
        self._qr_data = b""

    def step(self) -> None:
        """Take and carry out one command or character."""
        first = self._take(1)
        byte = first[0]
        if byte == 0x0A:
            self._line_feed(self._state.spacing)
        elif byte in (0x1B, 0x1C, 0x1D, 0x10):
            command = first + self._take(1)
            act = self._commands.get(command)
            if act is None:
                self._faults.append(f"unknown command {command.hex(' ')}")
            else:
                act()
        elif 0x20 <= byte <= 0x7E:
            self._character(chr(byte), self._state.double)
        elif byte >= 0x80:
            self._chinese_character(first)
        elif byte not in (0x00, 0x0D):
            self._faults.append(f"unknown byte {byte:02x}")

    # -------------------------------------------------------------- settings

    def _byte(self) -> int:
        return self._take(1)[0]

    def _word(self) -> int:
        return int.from_bytes(self._take(2), "little")

    def _ignore(self, count: int) -> None:
        self._take(count)

    def _set(self, **settings: bool | int) -> None:
        for name, value in settings.items():
            setattr(self._state, name, value)

    def _reset(self) -> None:
        self._state = _State()

    def _align(self) -> None:
        self._state.align = self._byte() % 48
        if self._state.align > 2:
            self._faults.append(f"unknown alignment {self._state.align}")

    def _print_mode(self) -> None:
        mode = self._byte()
        self._state.bold = bool(mode & 0x08)
        self._state.double = (2 if mode & 0x20 else 1, 2 if mode & 0x10 else 1)

    def _chinese_mode(self) -> None:
        mode = self._byte()
        self._state.chinese_double = (2 if mode & 0x04 else 1, 2 if mode & 0x08 else 1)

    def _size(self) -> None:
        size = self._byte()
        self._state.double = ((size >> 4) + 1, (size & 0x0F) + 1)

    # -------------------------------------------------------------- text

    def _chinese_character(self, first: bytes) -> None:
        if not self._state.chinese:
            self._faults.append(f"byte {first.hex()} outside Chinese mode")
            return
        pair = first + self._take(1)
        try:
            sign = pair.decode("gbk")
        except UnicodeDecodeError:
            self._faults.append(f"no GBK character {pair.hex(' ')}")
            return
        self._character(sign, self._state.chinese_double, cells=2)

    def _character(self, sign: str, scale: tuple[int, int], cells: int = 1) -> None:
        wide = cells * _CELL
        glyph = Image.new("L", (wide, _HIGH), 255)
        ImageDraw.Draw(glyph).text((wide / 2, 20), sign, font=_face(self._state.bold), fill=0, anchor="ms")
        dots = glyph.point(lambda gray: 255 if gray >= 144 else 0).convert("1", dither=Image.Dither.NONE)
        if self._state.inverted:
            dots = dots.point(lambda dot: 255 - dot)
        self._place(dots.resize((wide * scale[0], _HIGH * scale[1]), Image.Resampling.NEAREST))

    def _place(self, image: Image.Image) -> None:
        """Put it into the line; a line that is full is printed first, as printers do, but nobody wants that."""
        if sum(each.width for each in self._state.line) + image.width > self._roll.width:
            self._faults.append("a line leaves the paper")
            self._line_feed(self._state.spacing)
        self._state.line.append(image)

    def _feed_lines(self, count: int) -> None:
        for _ in range(count):
            self._line_feed(self._state.spacing)

    def _line_feed(self, rows: int) -> None:
        line, self._state.line = self._state.line, []
        if not line:
            self._roll.feed(rows)
            return
        high, wide = max(image.height for image in line), sum(image.width for image in line)
        strip = Image.new("1", (wide, high), 1)
        x = 0
        for image in line:
            strip.paste(image, (x, high - image.height))
            x += image.width
        self._print(strip)
        # A line takes its spacing, or its own height if that is more.
        self._roll.feed(max(0, rows - high))

    def _print(self, image: Image.Image) -> None:
        room = self._roll.width - image.width
        if room < 0:
            self._faults.append(f"a picture {image.width} dots wide leaves the paper")
        self._roll.picture(image, max(0, (0, room // 2, room)[self._state.align % 3]))

    # -------------------------------------------------------------- pictures

    def _raster_image(self) -> None:
        """GS v 0 m xL xH yL yH: printed row by row as it comes."""
        kind, mode = self._byte(), self._byte() % 48
        stride, height = self._word(), self._word()
        if kind != 0x30 or mode != 0:
            self._faults.append(f"GS v {kind:02x} in mode {mode} is not simulated")
        if stride * 8 > self._roll.width or not stride or not height:
            self._faults.append(f"GS v 0 of {stride * 8} x {height} dots does not fit the paper")
        if self._state.line:
            self._faults.append("GS v 0 in the middle of a line")
        for _ in range(height):
            dots = self._take(stride)
            if self._state.align:
                self._print(Image.frombytes("1", (stride * 8, 1), bytes(byte ^ 0xFF for byte in dots)))
            else:
                self._roll.row(dots)

    def _column_image(self) -> None:
        """ESC * m nL nH: columns of 8 or 24 dots, most significant bit on top."""
        mode, columns = self._byte(), self._word()
        if mode not in (0, 1, 32, 33):
            self._faults.append(f"ESC * in mode {mode} is not simulated")
            return
        deep = 3 if mode >= 32 else 1
        data = self._take(columns * deep)
        turned = Image.frombytes("1", (deep * 8, columns), bytes(byte ^ 0xFF for byte in data))
        image = turned.transpose(Image.Transpose.TRANSPOSE)
        self._place(image if mode in (1, 33) else image.resize((columns * 2, deep * 8), Image.Resampling.NEAREST))

    def _extended(self) -> None:
        family, length = self._byte(), self._word()
        data = self._take(length)
        match family:
            case 0x4C:
                self._graphics(data)
            case 0x6B:
                self._qr(data)
            case 0x48 if len(data) == 6 and data[:2] == b"00":
                self._reply(b"\x37\x22" + data[2:] + b"\x00")
            case _:
                self._faults.append(f"unknown command 1d 28 {family:02x} {data[:2].hex(' ')}")

    def _graphics(self, data: bytes) -> None:
        """GS ( L: function 112 keeps a picture, 50 prints it."""
        match data[1:2]:
            case b"p":
                wide, high = int.from_bytes(data[6:8], "little"), int.from_bytes(data[8:10], "little")
                dots = data[10:]
                if len(dots) != (wide + 7) // 8 * high:
                    self._faults.append("GS ( L with too few or too many dots")
                    return
                self._stored = Image.frombytes("1", (wide, high), bytes(byte ^ 0xFF for byte in dots))
            case b"2" | b"\x02" if self._stored is not None:
                self._print(self._stored)
                self._stored = None
            case _:
                self._faults.append(f"unknown command 1d 28 4c {data[:2].hex(' ')}")

    def _qr(self, data: bytes) -> None:
        """GS ( k for QR codes (cn 49): model, module, level, store, print."""
        function, value = data[1:2], data[2:3]
        if data[:1] != b"1":
            self._faults.append(f"unknown symbol {data[:1].hex()}")
        elif function == b"A" and value == b"2":
            return
        elif function == b"C" and value and 1 <= value[0] <= 16:
            self._qr_module = value[0]
        elif function == b"E" and value and value[0] in _LEVELS:
            self._qr_level = _LEVELS[value[0]]
        elif function == b"P" and value == b"0":
            self._qr_data = data[3:]
        elif function == b"Q" and value == b"0" and self._qr_data:
            content = self._qr_data.decode("ascii") if self._qr_data.isascii() else self._qr_data
            code = segno.make(content, error=self._qr_level, micro=False, boost_error=False)
            dots = bytes(0 if dark else 255 for row in code.matrix for dark in row)
            side = len(code.matrix)
            image = Image.frombytes("L", (side, side), dots).convert("1", dither=Image.Dither.NONE)
            self._print(image.resize((side * self._qr_module,) * 2, Image.Resampling.NEAREST))
        else:
            self._faults.append(f"QR function {function.hex()} {value.hex()} cannot be carried out")

    # -------------------------------------------------------------- cut and status

    def _cut(self) -> None:
        mode = self._byte()
        if mode in (65, 66):
            self._roll.feed(self._byte())
        elif mode not in (0, 1, 48, 49):
            self._faults.append(f"unknown cut {mode}")
            return
        self._roll.cut()

    def _transmit_status(self) -> None:
        what = self._byte() % 48
        if what == 1:
            self._reply(bytes((self.paper_byte(),)))
        elif what == 2:
            self._reply(b"\x00")
        else:
            self._faults.append(f"unknown status GS r {what}")
