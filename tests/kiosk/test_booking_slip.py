"""The booking slip: what it says, and what it does not."""

from __future__ import annotations

from datetime import date, datetime, time

from kiosk.clock import CHINA
from kiosk.journeys.papers import BookingFacts, booking_slip
from kiosk.wire.documents import Bullets, DocumentKind, Qr, Rows
from kiosk.wire.services import BookingAnswer

BOOKING = BookingAnswer(
    number="Y26112600003",
    day=date(2026, 11, 26),
    window="综合窗口2号",
    starts=time(9, 30),
    minutes=30,
    item_code="YLBX",
    state="booked",
    code="the center's code",
)
FACTS = BookingFacts(
    "万宝河镇政务服务中心", "WBH-01", BOOKING, datetime(2026, 11, 24, 10, 26, tzinfo=CHINA), window_hours="周一至周五 8:30–17:00"
)


def test_it_says_when_where_and_how_to_change_it() -> None:
    slip = booking_slip(FACTS)
    assert slip.document is DocumentKind.BOOKING and slip.title == "预约单"
    (rows,) = (block for block in slip.blocks if isinstance(block, Rows))
    assert {row.label: row.value for row in rows.rows} == {"日期": "2026-11-26 周四", "时间": "09:30，留 30 分钟", "窗口": "综合窗口2号"}
    (code,) = (block for block in slip.blocks if isinstance(block, Qr))
    assert code.text == BOOKING.code
    (hints,) = (block for block in slip.blocks if isinstance(block, Bullets))
    assert any("改时间或取消" in hint for hint in hints.items)
    assert slip.foot == ("人工窗口：周一至周五 8:30–17:00", "终端 WBH-01　2026-11-24 10:26 打印")


def test_what_for_stands_there_only_if_it_was_said() -> None:
    named = booking_slip(BookingFacts(FACTS.center_name, FACTS.terminal_id, BOOKING, FACTS.printed_at, item_name="养老保险参保登记"))
    assert any(row.label == "办什么事" for block in named.blocks if isinstance(block, Rows) for row in block.rows)
    assert not any(row.label == "办什么事" for block in booking_slip(FACTS).blocks if isinstance(block, Rows) for row in block.rows)


def test_a_demonstration_s_slip_says_so() -> None:
    assert booking_slip(FACTS, demo=True).band == "示例"
    assert booking_slip(FACTS).band == ""
