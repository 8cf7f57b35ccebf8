"""公示 on paper: a public notice as the center published it (R1.5)."""

from __future__ import annotations

from datetime import datetime

from kiosk.journeys.papers.shared import DEMO_BAND, ISSUER_LINE, moment
from kiosk.wire.documents import Document, DocumentKind, Paragraph
from kiosk.wire.notices import PublicNotice


def notice_paper(notice: PublicNotice, *, center_name: str, printed_at: datetime, terminal_id: str, demo: bool = False) -> Document:
    """Its kind, its title, its text, and from when until when it is published."""
    until = f"至 {notice.to_on:%Y-%m-%d}" if notice.to_on else "起"
    return Document(
        document=DocumentKind.NOTICE,
        issuer=center_name,
        issuer_line=ISSUER_LINE,
        title=notice.title,
        subtitle=notice.kind_name,
        blocks=tuple(Paragraph(text=text) for text in notice.paragraphs),
        foot=(f"公示时间：{notice.from_on:%Y-%m-%d} {until}", f"终端 {terminal_id}　{moment(printed_at)} 打印"),
        band=DEMO_BAND if demo else "",
    )
