"""补交回执: what was handed in to a case that was returned, when, and what happens next. It is no acceptance notice, and says so."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from kiosk.journeys.papers.shared import DEMO_BAND, ISSUER_LINE, TO_THE_WINDOW, code_block, foot, moment, not_arrived
from kiosk.wire.documents import Block, Bullets, Document, DocumentKind, Heading, Paragraph, Row, Rows, Rule
from kiosk.wire.masking import group_number


@dataclass(frozen=True)
class SupplementFacts:
    """What a supplement's receipt says. `papers`: name and count of pages.

    `next_step` empty: the center has not answered yet; `refused`: it will not take it.
    """

    center_name: str
    terminal_id: str
    number: str
    case_number: str
    item_name: str
    handed_at: datetime
    papers: tuple[tuple[str, int], ...] = ()
    #: Fields that were corrected, by their labels.
    corrected: tuple[str, ...] = ()
    #: What comes to the window.
    brought: tuple[str, ...] = ()
    next_step: str = ""
    refused: bool = False
    qr_text: str = ""
    window_hours: str = ""
    print_count: int = 1


_NOT_YET = "送到中心以后，由综合窗口核对。是否受理、哪天受理，以窗口出具的通知为准。"


def supplement_receipt(facts: SupplementFacts, *, demo: bool = False) -> Document:
    """The case is the same; whether and when it is accepted is the window's to say (R4.1)."""
    rows = [
        Row(label="事项", value=facts.item_name, strong=True),
        Row(label="补交时间", value=moment(facts.handed_at)),
        Row(label="本机编号", value=group_number(facts.number)),
    ]
    if facts.papers:
        rows.append(Row(label="补交材料", value="、".join(f"{name} {pages} 页" for name, pages in facts.papers)))
    if facts.corrected:
        rows.append(Row(label="改正内容", value="、".join(facts.corrected)))
    return Document(
        document=DocumentKind.SUPPLEMENT_RECEIPT,
        issuer=facts.center_name,
        issuer_line=ISSUER_LINE,
        title="补交回执",
        subtitle="本回执不是受理通知书",
        number_label="办件编号",
        number=group_number(facts.case_number),
        blocks=(
            *not_arrived(bool(facts.next_step), facts.refused),
            Rows(rows=tuple(rows)),
            *_brought(facts.brought),
            *code_block(facts.qr_text, "在本终端扫码看进度，放身份证看详情"),
            Rule(),
            Heading(text="接下来"),
            Paragraph(text=TO_THE_WINDOW if facts.refused else facts.next_step or _NOT_YET),
        ),
        foot=foot(facts.window_hours, f"终端 {facts.terminal_id}　第 {facts.print_count} 次打印"),
        band=DEMO_BAND if demo else "",
    )


def _brought(names: tuple[str, ...]) -> tuple[Block, ...]:
    return (Rule(), Heading(text="请带到人工窗口"), Bullets(items=names, tick=True)) if names else ()
