"""What is read on screen: in pages that fit, in order and whole; and a paper with all that it says."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from kiosk.journeys.reading import blocks_of, document_parts, read_pages
from kiosk.views import ReadPart
from kiosk.wire.documents import Bullets, Document, DocumentKind, Heading, Paragraph, Qr, Row, Rows, Rule
from tests.said import said

KINDS = st.sampled_from(["heading", "paragraph", "strong", "bullet", "tick", "row", "rule"])
PARTS = st.lists(st.builds(ReadPart, KINDS, st.text("一二三。", min_size=1, max_size=400), st.just("")), max_size=30)


@given(PARTS)
def test_nothing_is_lost_or_moved_and_no_heading_is_the_last_of_a_page(parts: list[ReadPart]) -> None:
    pages = read_pages(parts)
    assert "".join(part.text for page in pages for part in page) == "".join(part.text for part in parts)
    assert all(pages) or not parts
    # unless there are more headings in a row than a page holds
    assert all(page[-1].kind != "heading" or {part.kind for part in page} == {"heading"} for page in pages[:-1])


def test_what_is_short_is_one_page_and_what_is_long_goes_on_after_a_sentence() -> None:
    assert len(read_pages([ReadPart("paragraph", "短。")])) == 1
    assert read_pages([]) == ((),)
    sentence = "这一句话有二十个字，正好是一行那么长。" * 40
    pages = read_pages([ReadPart("paragraph", sentence)])
    assert len(pages) > 1
    assert all(part.text.endswith("。") for page in pages for part in page)


def test_a_paper_is_read_with_all_that_it_says_but_its_code() -> None:
    paper = Document(
        document=DocumentKind.ISSUED,
        issuer="中心",
        title="告知书",
        subtitle="正文",
        number_label="文号",
        number="〔2026〕1号",
        blocks=(
            Heading(text="理由"),
            Paragraph(text="写明理由", strong=True),
            Paragraph(text="说明"),
            Rows(rows=(Row(label="日期", value="今天"),)),
            Bullets(items=("一", "二"), tick=True),
            Bullets(items=("三",)),
            Rule(),
            Qr(text="OS1R"),
        ),
    )
    parts = document_parts(paper)
    assert [part.kind for part in parts] == ["paragraph", "row", "heading", "strong", "paragraph", "row", "tick", "tick", "bullet"]
    assert ReadPart("row", "日期", "今天") in parts
    assert "OS1R" not in said(parts)


def test_what_is_read_is_printed_whole_and_its_lists_stay_together() -> None:
    blocks = (
        Paragraph(text="先看"),
        Heading(text="理由"),
        Bullets(items=("一", "二")),
        Bullets(items=("三",), tick=True),
        Rule(),
        Rows(rows=(Row(label="日期", value="今天"), Row(label="地点", value="这里"))),
        Paragraph(text="要紧", strong=True),
    )
    paper = Document(document=DocumentKind.NOTICE, issuer="中心", title="须知", blocks=blocks)
    parts = document_parts(paper)
    assert blocks_of(parts) == tuple(block for block in blocks if block != Rule())
    assert blocks_of([ReadPart("rule")]) == (Rule(),)


@given(PARTS)
def test_nothing_that_is_read_is_lost_on_paper(parts: list[ReadPart]) -> None:
    texts = "".join(part.text for part in parts if part.kind != "rule")
    printed = Document(document=DocumentKind.NOTICE, issuer="中心", title="须知", blocks=blocks_of(parts))
    assert "".join(part.text for part in document_parts(printed)) == texts
