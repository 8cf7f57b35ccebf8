"""办件进度 on paper: where a case stands, as the center told it."""

from __future__ import annotations

from datetime import datetime

from kiosk.journeys.papers.shared import DEMO_BAND, ISSUER_LINE, code_block, foot, missing, moment
from kiosk.wire.cases import CaseDetail, CaseState
from kiosk.wire.documents import Bullets, Document, DocumentKind, Heading, Paragraph, Row, Rows, Rule
from kiosk.wire.masking import group_number


def progress_paper(
    detail: CaseDetail,
    *,
    center_name: str,
    printed_at: datetime,
    terminal_id: str,
    window_hours: str = "",
    qr_text: str | None = None,
    demo: bool = False,
) -> Document:
    """办件进度: where a case stands, as the center told it; the dates are the center's."""
    rows = [
        Row(label="事项", value=detail.item_name, strong=True),
        Row(label="状态", value=detail.state_label, strong=True),
        Row(label="提交时间", value=moment(detail.filed_at)),
        Row(label="回执编号", value=group_number(detail.receipt_number)),
        Row(
            label="受理日期",
            value=f"{detail.accepted_on:%Y-%m-%d}" if detail.accepted_on else _NOT_ACCEPTED.get(detail.state, "还没有受理"),
        ),
    ]
    if detail.state not in _NOT_ACCEPTED:
        rows.append(Row(label="办结期限", value=f"{detail.due_on:%Y-%m-%d}" if detail.due_on else detail.due_note or "受理后由窗口告知"))
    rows += [
        Row(label=label, value=value)
        for label, value in (("目前经办", detail.holder), ("理由", detail.reason), ("怎样领取", detail.collect), ("邮寄", detail.tracking))
        if value
    ]
    steps = _steps(detail)
    return Document(
        document=DocumentKind.PROGRESS,
        issuer=center_name,
        issuer_line=ISSUER_LINE,
        title="办件进度",
        subtitle="只说明查询时的情况，不是受理通知书",
        number_label="办件编号",
        number=group_number(detail.case_number),
        blocks=(
            Rows(rows=tuple(rows)),
            *missing(detail.wanted),
            *((Rule(), Heading(text="已开出的文书"), Bullets(items=detail.papers)) if detail.papers else ()),
            *((Rule(), Heading(text="办理过程"), Bullets(items=steps)) if steps else ()),
            *code_block(qr_text, "在本终端扫码看进度，放身份证看详情"),
        ),
        foot=foot(window_hours, f"终端 {terminal_id}　{moment(printed_at)} 打印"),
        band=DEMO_BAND if demo else "",
    )


#: What stands where the acceptance day would, of a case that will have none.
_NOT_ACCEPTED = {CaseState.REFUSED: "没有受理", CaseState.WITHDRAWN: "已撤回"}


def _steps(detail: CaseDetail) -> tuple[str, ...]:
    """One line a step: 2026-11-24 10:31 提交（自助终端）; the one it is at, and those to come, say so."""
    lines = []
    for step in detail.steps:
        when = moment(step.at) if step.at else "正在办" if step.current else "还没到"
        by = f"（{step.by}）" if step.by else ""
        note = f"：{step.note}" if step.note else ""
        here = "，现在在这一步" if step.current and step.at else ""
        lines.append(f"{when}　{step.label}{by}{here}{note}")
    return tuple(lines)


def withdrawal_slip(
    detail: CaseDetail,
    *,
    state_label: str,
    center_name: str,
    withdrawn_at: datetime,
    printed_at: datetime,
    terminal_id: str,
    demo: bool = False,
) -> Document:
    """撤回回单: that the applicant ended it, and when: the center's time, not the terminal's. The case is no longer handled, so it has no code."""
    return Document(
        document=DocumentKind.PROGRESS,
        issuer=center_name,
        issuer_line=ISSUER_LINE,
        title="撤回回单",
        number_label="办件编号",
        number=group_number(detail.case_number),
        blocks=(
            Rows(
                rows=(
                    Row(label="事项", value=detail.item_name, strong=True),
                    Row(label="状态", value=state_label, strong=True),
                    Row(label="提交时间", value=moment(detail.filed_at)),
                    Row(label="撤回时间", value=moment(withdrawn_at)),
                    Row(label="回执编号", value=group_number(detail.receipt_number)),
                )
            ),
            Rule(),
            Paragraph(text="这件事不再办理。以后要办，可以重新申请。"),
        ),
        foot=(f"终端 {terminal_id}　{moment(printed_at)} 打印",),
        band=DEMO_BAND if demo else "",
    )
