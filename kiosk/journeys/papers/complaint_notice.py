"""投诉须知 on paper: what holds before a complaint, with what goes elsewhere and where to (R6.4)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from kiosk.journeys.papers.shared import DEMO_BAND, ISSUER_LINE, foot, moment
from kiosk.wire.documents import Block, Document, DocumentKind, Heading, Rule


def complaint_notice(
    pages: Sequence[tuple[str, Sequence[Block]]],
    *,
    center_name: str,
    printed_at: datetime,
    terminal_id: str,
    window_hours: str = "",
    demo: bool = False,
) -> Document:
    """The pages that were read, each under its title."""
    blocks = [block for title, page in pages for block in (Rule(), Heading(text=title), *page)]
    return Document(
        document=DocumentKind.NOTICE,
        issuer=center_name,
        issuer_line=ISSUER_LINE,
        title="投诉须知",
        blocks=tuple(blocks[1:]),
        foot=foot(window_hours, f"终端 {terminal_id}　{moment(printed_at)} 打印"),
        band=DEMO_BAND if demo else "",
    )
