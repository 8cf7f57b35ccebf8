"""预约单: when and at which window, the center's code, and how it is changed. No name: whoever finds it learns nobody's."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from kiosk.journeys.papers.shared import DEMO_BAND, ISSUER_LINE, code_block, foot, moment
from kiosk.wire.documents import Bullets, Document, DocumentKind, Heading, Row, Rows, Rule
from kiosk.wire.masking import group_number
from kiosk.wire.services import BookingAnswer

_WEEKDAYS = "一二三四五六日"


@dataclass(frozen=True)
class BookingFacts:
    """What a booking slip says. `item_name` empty: nothing was said of what it is for."""

    center_name: str
    terminal_id: str
    booking: BookingAnswer
    printed_at: datetime
    item_name: str = ""
    window_hours: str = ""


def booking_slip(facts: BookingFacts, *, demo: bool = False) -> Document:
    """The booking as the center confirmed it; its QR is the center's."""
    booking = facts.booking
    day = booking.day
    rows = [
        Row(label="日期", value=f"{day:%Y-%m-%d} 周{_WEEKDAYS[day.weekday()]}", strong=True),
        Row(label="时间", value=f"{booking.starts:%H:%M}，留 {booking.minutes} 分钟", strong=True),
        Row(label="窗口", value=booking.window, strong=True),
    ]
    if facts.item_name:
        rows.append(Row(label="办什么事", value=facts.item_name))
    return Document(
        document=DocumentKind.BOOKING,
        issuer=facts.center_name,
        issuer_line=ISSUER_LINE,
        title="预约单",
        number_label="预约编号",
        number=group_number(booking.number),
        blocks=(
            Rows(rows=tuple(rows)),
            *code_block(booking.code, "在本终端扫码，再放身份证，可看、可改、可取消"),
            Rule(),
            Heading(text="来的时候"),
            Bullets(
                items=(
                    "带身份证和要办的材料。",
                    "把本预约单给窗口看；没带也行，凭身份证查。",
                    "来不了，请提前在本终端改时间或取消，把位置让给别人。",
                )
            ),
        ),
        foot=foot(facts.window_hours, f"终端 {facts.terminal_id}　{moment(facts.printed_at)} 打印"),
        band=DEMO_BAND if demo else "",
    )
