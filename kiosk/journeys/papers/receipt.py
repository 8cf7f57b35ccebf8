"""提交回执: what was filed, when, and what happens next. It is no acceptance notice, and says so."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from kiosk.journeys.papers.shared import AT_WINDOW, ISSUER_LINE, band, code_block, fee, foot, limit, missing, moment, not_arrived
from kiosk.wire.documents import Bullets, Document, DocumentKind, Heading, Paragraph, Row, Rows, Rule
from kiosk.wire.items import ServiceItem
from kiosk.wire.masking import group_number


@dataclass(frozen=True)
class ReceiptFacts:
    """What a filing receipt says.

    `case_number` None: the center has not answered yet. `papers`: name and count of pages captured, 0 for what the card or the form is.
    """

    center_name: str
    terminal_id: str
    receipt_number: str
    item: ServiceItem
    applicant_name: str
    masked_number: str
    filed_at: datetime
    case_number: str | None = None
    papers: tuple[tuple[str, int], ...] = ()
    missing: tuple[str, ...] = ()
    #: Fields left to the window.
    later: tuple[str, ...] = ()
    qr_text: str | None = None
    window_hours: str = ""
    print_count: int = 1
    next_step: str = ""


def filing_receipt(facts: ReceiptFacts, *, demo: bool = False) -> Document:
    """提交回执: what was handed in, when, and what happens next. It is no acceptance notice, and says so under its title."""
    arrived = facts.case_number is not None
    return Document(
        document=DocumentKind.FILING_RECEIPT,
        issuer=facts.center_name,
        issuer_line=ISSUER_LINE,
        title="提交回执",
        subtitle="本回执不是受理通知书",
        number_label="办件编号" if arrived else "回执编号",
        number=group_number(facts.case_number or facts.receipt_number),
        blocks=(
            *not_arrived(arrived),
            Rows(rows=tuple(_receipt_rows(facts, arrived))),
            *missing(facts.missing),
            *((Rule(), Heading(text="到窗口补填"), Bullets(items=facts.later, tick=True)) if facts.later else ()),
            *code_block(facts.qr_text, "在本终端扫码看进度，放身份证看详情"),
            Rule(),
            Heading(text="接下来"),
            Paragraph(text=_what_next(facts, arrived)),
        ),
        foot=foot(facts.window_hours, f"终端 {facts.terminal_id}　第 {facts.print_count} 次打印"),
        band=band(facts.item, demo),
    )


def _receipt_rows(facts: ReceiptFacts, arrived: bool) -> Iterable[Row]:
    yield Row(label="事项", value=facts.item.task_name, strong=True)
    yield Row(label="申请人", value=facts.applicant_name)
    yield Row(label="证件号码", value=facts.masked_number)
    yield Row(label="提交时间", value=moment(facts.filed_at))
    if arrived:
        yield Row(label="回执编号", value=group_number(facts.receipt_number))
    if facts.papers:
        yield Row(label="已收材料", value="、".join(f"{name} {pages} 页" if pages else name for name, pages in facts.papers))
    yield Row(label="承诺时限", value=limit(facts.item.promise) or AT_WINDOW, strong=True)
    yield Row(label="收费", value=fee(facts.item.fee) or AT_WINDOW)


def _what_next(facts: ReceiptFacts, arrived: bool) -> str:
    if not arrived:
        return "送到中心以后，由综合窗口审看。是否受理、哪天受理，以窗口出具的通知为准。"
    first = facts.next_step or "由综合窗口审看。"
    return f"{first.rstrip('。')}。是否受理、哪天受理，以窗口出具的通知为准。"
