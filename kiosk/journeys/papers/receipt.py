"""提交回执: what was filed, when, and what happens next. It is no acceptance notice, and says so."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from kiosk.journeys.papers.shared import (
    AT_WINDOW,
    ISSUER_LINE,
    TO_THE_WINDOW,
    band,
    code_block,
    fee,
    foot,
    limit,
    missing,
    moment,
    not_arrived,
)
from kiosk.wire.documents import Block, Bullets, Document, DocumentKind, Heading, Paragraph, Row, Rows, Rule
from kiosk.wire.filing import PostTo, Tell
from kiosk.wire.items import ServiceItem
from kiosk.wire.masking import group_number, mask_address


@dataclass(frozen=True)
class ReceiptFacts:
    """What a filing receipt says.

    `case_number` None: the center has not answered yet; `refused`: it will not take the application.
    `papers`: name and count of pages captured, 0 for what the card or the form is.
    """

    center_name: str
    terminal_id: str
    receipt_number: str
    item: ServiceItem
    applicant_name: str
    masked_number: str
    filed_at: datetime
    case_number: str | None = None
    refused: bool = False
    papers: tuple[tuple[str, int], ...] = ()
    missing: tuple[str, ...] = ()
    #: What may follow, and within how many working days after filing; None: no source gives it.
    following: tuple[tuple[str, int | None], ...] = ()
    #: Fields left to the window.
    later: tuple[str, ...] = ()
    qr_text: str | None = None
    window_hours: str = ""
    print_count: int = 1
    next_step: str = ""
    #: Its number is a credit code.
    organization: bool = False
    #: Who came for the applicant: name, masked number, and the paper that says they may.
    agent: tuple[str, str, str] | None = None
    post_to: PostTo | None = None
    tell: Tell = Tell.VISIT
    #: Masked: a receipt is left lying about.
    phone: str = ""


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
            *not_arrived(arrived, facts.refused),
            Rows(rows=tuple(_receipt_rows(facts, arrived))),
            *missing(facts.missing),
            *_following(facts),
            *((Rule(), Heading(text="到窗口补填"), Bullets(items=facts.later, tick=True)) if facts.later else ()),
            *code_block("" if facts.refused else facts.qr_text, "在本终端扫码看进度，放身份证看详情"),
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
    yield Row(label="信用代码" if facts.organization else "证件号码", value=facts.masked_number)
    if facts.agent:
        name, number, authority = facts.agent
        yield Row(label="代办人", value=f"{name}　{number}（{authority}）")
    yield Row(label="提交时间", value=moment(facts.filed_at))
    if arrived:
        yield Row(label="回执编号", value=group_number(facts.receipt_number))
    if facts.papers:
        yield Row(label="已收材料", value="、".join(f"{name} {pages} 页" if pages else name for name, pages in facts.papers))
    yield Row(label="承诺时限", value=limit(facts.item.promise) or AT_WINDOW, strong=True)
    yield Row(label="收费", value=fee(facts.item.fee) or AT_WINDOW)
    yield Row(label="领取方式", value=_delivered(facts.post_to))
    yield Row(label="告知方式", value=f"打电话 {facts.phone}" if facts.tell is Tell.PHONE else "凭身份证来查，或凭本回执的码查")


def _what_next(facts: ReceiptFacts, arrived: bool) -> str:
    if facts.refused:
        return f"{TO_THE_WINDOW}是否受理、哪天受理，以窗口出具的通知为准。"
    if not arrived:
        return "送到中心以后，由综合窗口审看。是否受理、哪天受理，以窗口出具的通知为准。"
    first = facts.next_step or "由综合窗口审看。"
    return f"{first.rstrip('。')}。是否受理、哪天受理，以窗口出具的通知为准。"


def _delivered(post_to: PostTo | None) -> str:
    return f"邮寄（EMS）：{post_to.recipient}　{mask_address(post_to.address)}" if post_to else "到窗口领取"


def _following(facts: ReceiptFacts) -> tuple[Block, ...]:
    """What may follow is not missing: it says until when, or that the window says it. The day itself is the center's to name."""
    if not facts.following:
        return ()
    lines = tuple(f"{name}：{_follow_until(days)}" for name, days in facts.following)
    return (Rule(), Heading(text=f"可以后补 {len(lines)} 样材料"), Bullets(items=lines, tick=True))


def _follow_until(days: int | None) -> str:
    """Until when a paper that may follow is wanted."""
    return f"提交后 {days} 个工作日内交到窗口" if days is not None else "什么时候交，以窗口告知为准"
