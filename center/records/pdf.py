"""A paper as PDF (A4, Chinese fonts embedded as far as they are used): the same content that the terminal prints, for stamping, posting and filing."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import segno
from fpdf import FPDF
from fpdf.enums import Align, WrapMode, XPos, YPos

from center.records.typefaces import add_face
from center.records.typesetting import lines_of
from kiosk.wire.documents import Block, Bullets, Document, Heading, Paragraph, Qr, Row, Rows, Rule

_FONTS = Path(__file__).parents[2] / "assets" / "fonts"
_FACE = "Noto"

#: Lengths in mm, type sizes in points.
_MARGIN = 24.0
_LABEL = 34.0
_BODY, _SMALL, _TITLE = 12.0, 9.5, 24.0
_LINE = 6.7
_SEAL = 38.0
_QR = 34.0


class _Sheet(FPDF):
    """A4 with the page's number at its foot."""

    def __init__(self, document: Document) -> None:
        super().__init__(format="A4")
        self._document = document
        self.set_margins(_MARGIN, 20, _MARGIN)
        self.c_margin = 0.0
        self.set_auto_page_break(True, 20)
        add_face(self, _FACE, "", _FONTS / "NotoSansSC_400Regular.ttf")
        add_face(self, _FACE, "B", _FONTS / "NotoSansSC_700Bold.ttf")
        self.set_title(f"{document.title} {document.number}".strip())
        self.set_author(document.issuer)
        self.set_lang("zh-CN")
        self.alias_nb_pages()

    def footer(self) -> None:
        """第 1 页，共 2 页"""
        self.set_y(-15)
        self.write_text(f"{self._document.number}　第 {self.page_no()} 页，共 {{nb}} 页".strip("　"), _SMALL, align=Align.C)

    def write_text(
        self, text: str, size: float = _BODY, bold: bool = False, align: Align = Align.L, width: float = 0, line: float = 0
    ) -> None:
        """One paragraph, its lines broken as Chinese is; the next begins below it."""
        broken = self.broken(text, width, size, bold)
        self.multi_cell(
            width, line or size * 0.6, "\n".join(broken), align=align, wrapmode=WrapMode.CHAR, new_x=XPos.LMARGIN, new_y=YPos.NEXT
        )

    def broken(self, text: str, width: float = 0, size: float = _BODY, bold: bool = False) -> list[str]:
        """The lines of `text` in a column of `width`, or from here to the right margin."""
        self.set_font(_FACE, "B" if bold else "", size)
        # A hair less than there is, so that the sum of rounded widths never breaks a line a second time.
        return lines_of(text, (width or self.w - self.r_margin - self.x) - 0.01, self.get_string_width)


def pdf_of(document: Document) -> bytes:
    """The paper as PDF, with a place for its seal at the end if it bears one."""
    sheet = _Sheet(document)
    sheet.add_page()
    _head(sheet, document)
    for block in document.blocks:
        _DRAW[type(block)](sheet, block)
    _end(sheet, document)
    return bytes(sheet.output())


def _head(sheet: _Sheet, document: Document) -> None:
    if document.band:
        sheet.set_fill_color(0)
        sheet.set_text_color(255)
        sheet.set_font(_FACE, "B", _BODY)
        words = "示例：演示数据，不能作为办事依据" if document.band == "示例" else document.band
        sheet.cell(0, 9, words, align=Align.C, fill=True, new_x=XPos.LMARGIN, new_y=YPos.NEXT)
        sheet.set_text_color(0)
        sheet.ln(5)
    top = sheet.get_y()
    sheet.set_line_width(0.7)
    sheet.rect(_MARGIN, top, 13, 13)
    sheet.set_font(_FACE, "B", 22)
    sheet.set_xy(_MARGIN, top)
    sheet.cell(13, 13, "印", align=Align.C)
    sheet.set_xy(_MARGIN + 17, top)
    sheet.write_text(document.issuer, 14, bold=True)
    sheet.set_x(_MARGIN + 17)
    sheet.write_text(document.issuer_line or "政务服务·一印通", _SMALL)
    sheet.set_y(top + 17)
    _rule(sheet, None, 0.7)
    sheet.ln(4)
    sheet.write_text(document.title, _TITLE, bold=True, align=Align.C)
    if document.subtitle:
        sheet.write_text(document.subtitle, _BODY, bold=True, align=Align.C)
    if document.number:
        sheet.ln(2)
        sheet.write_text(document.number, _BODY, align=Align.C)
    sheet.ln(5)


def _heading(sheet: _Sheet, block: Heading) -> None:
    # A heading never stands alone at the foot of a page.
    if sheet.will_page_break(24):
        sheet.add_page()
    sheet.ln(4)
    sheet.write_text(block.text, 14, bold=True)
    sheet.ln(1)


def _paragraph(sheet: _Sheet, block: Paragraph) -> None:
    sheet.write_text(block.text, bold=block.strong, line=_LINE)
    sheet.ln(1.5)


def _rows(sheet: _Sheet, block: Rows) -> None:
    for row in block.rows:
        _row(sheet, row)
    sheet.ln(1.5)


def _row(sheet: _Sheet, row: Row) -> None:
    width = sheet.epw - _LABEL
    value = row.value or " "
    if sheet.will_page_break(_LINE * len(sheet.broken(value, width, bold=row.strong))):
        sheet.add_page()
    top = sheet.get_y()
    sheet.set_font(_FACE, "", _BODY)
    sheet.multi_cell(_LABEL, _LINE, row.label, align=Align.L, wrapmode=WrapMode.CHAR, new_x=XPos.RIGHT, new_y=YPos.TOP)
    sheet.set_xy(_MARGIN + _LABEL, top)
    sheet.write_text(value, bold=row.strong, width=width, line=_LINE)


def _bullets(sheet: _Sheet, block: Bullets) -> None:
    for number, item in enumerate(block.items, 1):
        if sheet.will_page_break(_LINE):
            sheet.add_page()
        top = sheet.get_y()
        if block.tick:
            sheet.set_line_width(0.4)
            sheet.rect(_MARGIN + 1, top + 1.3, 4.4, 4.4)
        else:
            sheet.set_font(_FACE, "", _BODY)
            sheet.cell(8, _LINE, f"{number}.")
        sheet.set_left_margin(_MARGIN + 9)
        sheet.set_xy(_MARGIN + 9, top)
        sheet.write_text(item, line=_LINE)
        sheet.set_left_margin(_MARGIN)
        sheet.set_x(_MARGIN)
    sheet.ln(1.5)


def _qr(sheet: _Sheet, block: Qr) -> None:
    if sheet.will_page_break(_QR + 8):
        sheet.add_page()
    picture = io.BytesIO()
    segno.make(block.text, error="m").save(picture, kind="png", scale=8, border=4)
    top = sheet.get_y()
    sheet.image(picture, _MARGIN, top, _QR, _QR)
    sheet.set_xy(_MARGIN + _QR + 6, top + _QR / 2 - _LINE / 2)
    sheet.write_text(block.caption, width=sheet.epw - _QR - 6)
    sheet.set_y(top + _QR + 3)


def _rule(sheet: _Sheet, _block: Rule | None, width: float = 0.25) -> None:
    sheet.set_line_width(width)
    sheet.line(_MARGIN, sheet.get_y(), sheet.w - _MARGIN, sheet.get_y())
    sheet.ln(2)


def _end(sheet: _Sheet, document: Document) -> None:
    if document.seal:
        if sheet.will_page_break(_SEAL + 4):
            sheet.add_page()
            sheet.write_text("（此页无正文）", line=_LINE)
        sheet.ln(3)
        top, left = sheet.get_y(), sheet.w - _MARGIN - _SEAL
        sheet.set_line_width(0.4)
        sheet.set_dash_pattern(dash=1.6, gap=1.6)
        sheet.ellipse(left, top, _SEAL, _SEAL)
        sheet.set_dash_pattern()
        # The words stay inside the circle; what is at the foot stands beside it, so that no page is only for that.
        sheet.set_xy(left + 5, top + _SEAL / 2 - 8)
        sheet.set_font(_FACE, "", _SMALL)
        sheet.multi_cell(_SEAL - 10, 5.4, f"加盖\n{document.seal}", align=Align.C, wrapmode=WrapMode.CHAR)
        sheet.set_xy(_MARGIN, top + _SEAL - _SMALL * 0.6 * len(document.foot))
    elif document.foot:
        # The small print is told apart from what was said last.
        sheet.ln(4)
    for line in document.foot:
        sheet.write_text(line, _SMALL, width=sheet.epw - _SEAL - 6 if document.seal else 0)


_DRAW: dict[type[Block], Callable[..., None]] = {
    Heading: _heading,
    Paragraph: _paragraph,
    Rows: _rows,
    Bullets: _bullets,
    Qr: _qr,
    Rule: _rule,
}
