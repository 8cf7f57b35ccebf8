"""Lines of a paper: nothing is lost, none is too wide, and none begins or ends with a mark that does not belong there."""

from __future__ import annotations

import io

import pypdfium2
import pytest
from hypothesis import given
from hypothesis import strategies as st

from center.records.pdf import pdf_of
from center.records.typesetting import lines_of
from kiosk.wire.documents import Document, DocumentKind, Paragraph, Row, Rows

_CLOSING, _OPENING = "，。、；：？！）》”", "（《“"


def width_of(text: str) -> float:
    return sum(0.5 if ord(character) < 128 else 1.0 for character in text)


def test_a_mark_that_closes_takes_the_character_before_it_along() -> None:
    assert lines_of("您的申请已经受理。", 8, width_of) == ["您的申请已经受", "理。"]


def test_a_mark_that_opens_goes_down_with_what_it_opens() -> None:
    assert lines_of("请补齐材料（一）户口簿", 6, width_of) == ["请补齐材料", "（一）户口簿"]


def test_a_number_is_not_cut() -> None:
    assert lines_of("电话13904641234谢谢", 6, width_of) == ["电话", "13904641234", "谢谢"]


def test_what_is_wider_than_a_line_is_cut_after_all() -> None:
    assert lines_of("a" * 25, 5, width_of) == ["a" * 10, "a" * 10, "a" * 5]
    assert lines_of("。" * 7, 3, width_of) == ["。。。", "。。。", "。"]


@given(st.text("办件受理通知，。、（）《》“”0123456789 abc", max_size=120), st.integers(2, 40))
def test_nothing_is_lost_and_nothing_is_too_wide(text: str, width: int) -> None:
    lines = lines_of(text, width, width_of)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    assert all(width_of(line) <= width for line in lines)


@given(st.text("办件受理通知，。、（）", max_size=120).filter(lambda text: not any(pair in text for pair in _runs())))
def test_no_line_begins_or_ends_wrongly_where_marks_stand_alone(text: str) -> None:
    lines = lines_of(text, 7, width_of)
    assert all(line[0] not in _CLOSING for line in lines[1:])
    assert all(line[-1] not in _OPENING for line in lines[:-1] if line)


def _runs() -> list[str]:
    marks = "，。、（）"
    return [first + second for first in marks for second in marks]


@pytest.mark.parametrize("count", range(30, 60))
def test_a_paper_has_no_line_that_begins_with_a_mark(count: int) -> None:
    words = "受理" * (count // 2) + "办" * (count % 2) + "，请您放心。"
    blocks = (Paragraph(text=words), Rows(rows=(Row(label="说明", value=words),)))
    content = pdf_of(Document(document=DocumentKind.ISSUED, title="告知单", number="", issuer="中心", blocks=blocks))
    text = pypdfium2.PdfDocument(io.BytesIO(content))[0].get_textpage().get_text_range()
    assert text.count("请您放心") + text.count("请您\r\n放心") + text.count("请\r\n您放心") + text.count("请您放\r\n心") == 2
    assert not [line for line in text.splitlines() if line[:1] in _CLOSING and line]
