"""A paper's typefaces: cut from what was read once, they look like fpdf2's own, and no paper changes another's."""

from __future__ import annotations

import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pypdfium2
import pytest
from fpdf import FPDF

from center.records import pdf
from center.records.pdf import pdf_of
from center.records.typefaces import add_face
from kiosk.wire.documents import Bullets, Document, DocumentKind, Paragraph

_REGULAR = Path(pdf.__file__).parents[2] / "assets" / "fonts" / "NotoSansSC_400Regular.ttf"
#: Rare ones the face has, one that it has not, marks, and what stands on one glyph with another.
_TEXT = "受理通知书 㛃䶮龘 𠮷 “引号”，。 Aa 0123 ⼀一"


def sheet_of(text: str, own: bool) -> bytes:
    sheet = FPDF()
    if own:
        add_face(sheet, "Noto", "", _REGULAR)
    else:
        sheet.add_font("Noto", "", _REGULAR)
    sheet.add_page()
    sheet.set_font("Noto", "", 20)
    sheet.multi_cell(0, 10, text)
    return bytes(sheet.output())


def seen(made: bytes) -> Iterator[tuple[str, bytes]]:
    for page in pypdfium2.PdfDocument(made):
        yield page.get_textpage().get_text_bounded(), bytes(page.render(scale=3).buffer)


def notice(number: int) -> Document:
    items = tuple(f"{chr(0x5000 + 40 * number + item)}材料" for item in range(20))
    return Document(
        document=DocumentKind.ISSUED,
        issuer="万宝河镇便民服务中心",
        title="受理通知书",
        number=f"受〔2026〕{number}号",
        blocks=(Bullets(items=items), Paragraph(text=f"第{number}份")),
    )


@pytest.mark.parametrize("text", [_TEXT, "只有汉字", "only Latin", "𠮷"])
def test_a_paper_reads_and_looks_as_with_the_whole_font(text: str) -> None:
    assert list(seen(sheet_of(text, own=True))) == list(seen(sheet_of(text, own=False)))


def test_a_paper_carries_only_the_characters_that_it_says() -> None:
    assert len(sheet_of("受理", own=True)) < len(sheet_of(_TEXT, own=True)) < 30_000


def test_papers_made_at_once_are_the_same_as_one_after_the_other() -> None:
    notices = [notice(number) for number in range(8)]
    with ThreadPoolExecutor(4) as many:
        together = [list(seen(made)) for made in many.map(pdf_of, notices)]
    assert together == [list(seen(pdf_of(each))) for each in notices]


def test_a_paper_does_not_depend_on_those_before_it() -> None:
    first, _, again = pdf_of(notice(1)), pdf_of(notice(2)), pdf_of(notice(1))
    moment = re.compile(rb"/CreationDate[^\n]*|/ID[^\n]*")
    assert moment.sub(b"", first) == moment.sub(b"", again)
