"""What all papers of the terminal share: the words for what is not known, dates, limits, codes, feet."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from kiosk.clock import CHINA
from kiosk.wire.documents import Block, Bullets, Heading, Paragraph, Qr, Rule
from kiosk.wire.items import Fee, Limit, LimitUnit, ServiceItem

ISSUER_LINE = "24小时自助终端·一印通"
OPEN = "待核实（以窗口答复为准）"
AT_WINDOW = "以窗口告知为准"

DEMO_BAND = "示例"
_UNITS = {LimitUnit.WORKING_DAYS: "个工作日", LimitUnit.CALENDAR_DAYS: "天"}


def band(item: ServiceItem, demo: bool) -> str:
    """示例, in a demonstration and over every guide that nobody confirmed."""
    return DEMO_BAND if demo or not item.confirmed else ""


def code_block(text: str | None, caption: str) -> tuple[Block, ...]:
    """A QR under a rule; nothing without a text."""
    return (Rule(), Qr(text=text, caption=caption)) if text else ()


def foot(window_hours: str, last: str) -> tuple[str, ...]:
    """The small print: when the windows are staffed, if known, and a last line."""
    return (f"人工窗口：{window_hours}", last) if window_hours else (last,)


def moment(when: datetime) -> str:
    """2026-11-24 10:31, in China."""
    return f"{when.astimezone(CHINA):%Y-%m-%d %H:%M}"


def limit(promise: Limit) -> str:
    """受理后 3 个工作日: from the day after acceptance, in the unit stated (R4.2). Empty where no source gives it."""
    if promise.days is None:
        return ""
    return f"受理后 {promise.days} {_UNITS[promise.unit]}" if promise.days else "当场办结"


def fee(stated: Fee) -> str:
    """What it costs; empty where no source gives it."""
    if stated.is_fee is None:
        return ""
    return stated.fee_stand or ("收费" if stated.is_fee else "不收费")


def joined(text: str, note: str) -> str:
    """A statement and its note; a note alone states nothing."""
    return f"{text}；{note}" if text and note else text


#: What comes next for whoever holds the receipt of what the center did not take: of an application, and of a complaint.
TO_THE_WINDOW = "请带上本回执到人工窗口，请工作人员接着办。"
TO_THE_CENTER = "请带上本回执到中心，请工作人员接着办。"


def not_arrived(arrived: bool, refused: bool) -> tuple[Block, ...]:
    """What stands first on a receipt while the center has not what was handed in; `refused`: it will not take it, and nothing goes out by itself."""
    if refused:
        return (
            Paragraph(text="没有送达，请到中心来", strong=True),
            Paragraph(text="您提交的内容保存在本终端，不会丢。"),
            Rule(),
        )
    if arrived:
        return ()
    return (
        Paragraph(text="还没有送到中心", strong=True),
        Paragraph(text="您提交的内容已保存在本终端，会自动送出，您不用再提交。"),
        Rule(),
    )


def missing(names: Sequence[str]) -> tuple[Block, ...]:
    """Everything that is missing, at once, to tick at home (R2.2)."""
    if not names:
        return ()
    return (Rule(), Heading(text=f"还缺 {len(names)} 样材料"), Bullets(items=tuple(names), tick=True))
