"""Command line of the ID card reader: read one card through the real driver and print what it says."""

from __future__ import annotations

import queue
import time
from typing import Annotated, Any

import typer

from devices.commands import DEVICE_FAILS, NOTHING_THERE, CommandFault, say
from devices.id_card.driver import Ga450SerialReader, Ga450UsbReader
from kiosk.config import IdCardSection
from kiosk.events import CardRead, CardUnreadable, DeviceChanged, Event
from kiosk.ports import DeviceState, IdCard

app = typer.Typer(help="The ID card reader.")

_UNREADABLE = {
    "select_failed": "证件放上了，但选不中：只放一张身份证，平放不动，再试一次",
    "read_failed": "证件读不出：平放不动，再试一次",
    "number_invalid": "证件上的号码通不过校验：请到窗口办理",
    "text_invalid": "证件上的内容不合格式：请到窗口办理",
    "layout_unknown": "这种证件的格式不认识：请到窗口办理",
}


@app.callback()
def _group() -> None:
    """The ID card reader."""


@app.command()
def read(
    port: Annotated[str, typer.Option(help="Serial device of the reader; or `usb`.")],
    timeout: Annotated[float, typer.Option(help="Seconds to wait for a card.", min=0.1, max=3600)] = 10.0,
    baud: Annotated[int, typer.Option(help="Speed of the serial line.", min=1200, max=921600)] = 115200,
) -> None:
    """Read the card that lies there, or the next one laid on. Ends with 3 if none came in time, with 4 if the reader or the card fails."""
    reader = Ga450UsbReader(IdCardSection()) if port == "usb" else Ga450SerialReader(IdCardSection(port=port, baud=baud))
    events: queue.Queue[Event] = queue.Queue()
    reader.start(events.put)
    reader.arm(0)
    try:
        say(describe(_card(events, time.monotonic() + timeout)))
    finally:
        reader.stop()


def _card(events: queue.Queue[Event], end: float) -> IdCard:
    while True:
        try:
            event = events.get(timeout=max(0.0, end - time.monotonic()))
        except queue.Empty:
            raise CommandFault("no_card", "没有放上证件：把证件平放在读卡器上，再试一次", NOTHING_THERE) from None
        match event:
            case CardRead(card=card):
                return card
            case CardUnreadable(fault=fault):
                raise CommandFault(fault, _UNREADABLE.get(fault, "证件读不出：拿起来重新放好"), DEVICE_FAILS)
            case DeviceChanged(status) if status.state in (DeviceState.ABSENT, DeviceState.FAULT):
                raise CommandFault(status.fault or "device_fault", status.hint, DEVICE_FAILS)
            case _:
                pass


def describe(card: IdCard) -> dict[str, Any]:
    """What a card says, for JSON: dates as YYYY-MM-DD, 长期 as null."""
    return {
        "kind": card.kind,
        "layout": card.layout,
        "name": card.name,
        "chinese_name": card.chinese_name,
        "sex": card.sex,
        "nation": card.nation,
        "birth": card.birth,
        "valid_from": card.valid_from,
        "valid_to": card.valid_to,
        "address": card.address,
        "number": card.number,
        "issuer": card.issuer,
        **card.extra,
    }
