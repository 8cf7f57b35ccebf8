"""投诉进度 on paper: where a complaint stands and until when what. Nothing from which follows whom it is about, or who complained (R6.8)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from kiosk.journeys.papers.shared import DEMO_BAND, ISSUER_LINE, code_block, foot, moment
from kiosk.wire.complaints import ComplaintDetail
from kiosk.wire.documents import Bullets, Document, DocumentKind, Heading, Row, Rows, Rule
from kiosk.wire.masking import group_number


def complaint_progress(
    detail: ComplaintDetail,
    *,
    by_card: bool,
    center_name: str,
    printed_at: datetime,
    terminal_id: str,
    window_hours: str = "",
    qr_text: str = "",
    demo: bool = False,
) -> Document:
    """The days are the center's; where it named none stands why. What was found stands on the paper that tells it, not here."""
    how = "放身份证" if by_card else "输六位数字"
    wanted = (Rule(), Heading(text="请一次补齐"), Bullets(items=detail.wanted, tick=True)) if detail.wanted else ()
    steps = tuple(f"{moment(step.at)}　{step.label}" for step in detail.steps)
    return Document(
        document=DocumentKind.COMPLAINT,
        issuer=center_name,
        issuer_line=ISSUER_LINE,
        title="投诉进度",
        subtitle="只说明查询时的情况",
        number_label="投诉编号",
        number=group_number(detail.number),
        blocks=(
            Rows(rows=tuple(_rows(detail))),
            *wanted,
            *((Rule(), Heading(text="办理过程"), Bullets(items=steps)) if steps else ()),
            *code_block(qr_text, f"在本终端扫码，再{how}，就能看"),
        ),
        foot=foot(window_hours, f"终端 {terminal_id}　{moment(printed_at)} 打印"),
        band=DEMO_BAND if demo else "",
    )


def _rows(detail: ComplaintDetail) -> Iterable[Row]:
    yield Row(label="状态", value=detail.state_label, strong=True)
    yield Row(label="提交时间", value=moment(detail.received_at))
    yield Row(label="回执编号", value=group_number(detail.receipt_number))
    days = (
        ("是否受理", detail.acceptance_due_on, detail.acceptance_note),
        ("办理期限", detail.handling_due_on, detail.handling_note),
        ("补交证据", detail.evidence_due_on, detail.evidence_note),
        ("申辩复查", detail.answer_until, detail.answer_note),
    )
    for label, day, note in days:
        if day or note:
            yield Row(label=label, value=_until(day, note))
    if detail.review_body:
        yield Row(label="谁来复查", value=detail.review_body)


def _until(day: date | None, note: str) -> str:
    return f"最迟 {day:%Y-%m-%d}" if day else note
