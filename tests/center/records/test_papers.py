"""Issued papers: numbered, kept as they were, readable as PDF, and stamped only through the ledger."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from uuid import UUID, uuid4

import pypdfium2
import pytest
from sqlalchemy import select
from sqlalchemy.exc import DBAPIError

from center.center import Center, Refusal
from center.domain.paper import PaperKind
from center.domain.roles import Role
from center.members import Member
from center.records.papers import Paper, Subject, find_paper, issue, papers_of
from center.records.pdf import pdf_of
from center.records.seal import ledger, use_seal, waiting
from center.store.tables import IssuedPaper, SealEntry
from kiosk.wire.documents import Bullets, Heading, Paragraph, Qr, Row, Rows
from tests.center.staffing import member

BLOCKS = (
    Rows(rows=(Row(label="申请人", value="张秀兰", strong=True), Row(label="事项", value="城乡居民基本医疗保险参保登记"))),
    Heading(text="收到的材料"),
    Bullets(items=("居民身份证", "户口簿 2 页"), tick=True),
    Paragraph(text="从受理的第二天起计算办理时间。"),
    Qr(text="OS1RC   W0012611240001", caption="查进度：在自助终端扫这个码"),
)


def issued(center: Center, kind: PaperKind = PaperKind.ACCEPTANCE_NOTICE, exempt_seal: str = "") -> Paper:
    with center.database.writing() as session:
        return issue(center, session, kind, Subject.CASE, uuid4(), BLOCKS, None, exempt_seal=exempt_seal)


def words_of(pdf: bytes) -> str:
    document = pypdfium2.PdfDocument(pdf)
    return "".join(document[index].get_textpage().get_text_bounded() for index in range(len(document)))


def test_numbers_count_per_kind_and_year_and_never_double(center_on: Center) -> None:
    # when several issue at once
    with ThreadPoolExecutor(4) as many:
        papers = list(many.map(lambda _: issued(center_on), range(8)))
    other = issued(center_on, PaperKind.ONE_TIME_NOTICE)
    # then each has a number of its own, without a gap
    assert sorted(paper.number for paper in papers) == sorted(f"受〔2026〕{number}号" for number in range(1, 9))
    assert other.number == "补〔2026〕1号"


def test_a_paper_is_kept_as_it_was_and_cannot_be_changed(center_on: Center) -> None:
    paper = issued(center_on)
    with center_on.database.reading() as session:
        kept = find_paper(center_on, session, paper.id)
        raw = session.scalars(select(IssuedPaper)).one().content
        assert papers_of(center_on, session, UUID(str(paper.subject_id))) == (kept,)
    assert kept.document.blocks == BLOCKS
    assert "张秀兰".encode() not in raw
    with pytest.raises(DBAPIError), center_on.database.writing() as session:
        session.scalars(select(IssuedPaper)).one().number = "受〔2026〕99号"


def test_a_pdf_says_what_the_paper_says_in_chinese(center: Center) -> None:
    words = words_of(pdf_of(issued(center).document)).replace("\r\n", "")
    for part in (
        "受理通知书",
        "受〔2026〕1号",
        "张秀兰",
        "户口簿 2 页",
        "从受理的第二天起计算办理时间。",
        "加盖行政审批专用章",
        "第 1 页，共 1 页",
    ):
        assert part in words


def test_a_long_pdf_goes_on_over_pages_with_nothing_lost(center: Center) -> None:
    blocks = (Bullets(items=tuple(f"第{number}样材料，" + "说明" * 40 for number in range(60))),)
    with center.database.writing() as session:
        paper = issue(center, session, PaperKind.ONE_TIME_NOTICE, Subject.CENTER, None, blocks, None)
    pdf = pdf_of(paper.document)
    words = words_of(pdf).replace("\r\n", "")
    assert len(pypdfium2.PdfDocument(pdf)) > 1
    assert all(f"第{number}样材料" in words for number in range(60))


@pytest.mark.rule("R7.2")
def test_R7_2_every_use_of_the_seal_is_one_line_however_often_the_form_comes(center_on: Center) -> None:
    paper, key = issued(center_on), uuid4()
    custodian = member(center_on, Role.CUSTODIAN)
    with ThreadPoolExecutor(4) as many:
        list(many.map(lambda _: use_seal(center_on, custodian, paper.id, 2, key), range(4)))
    use_seal(center_on, custodian, paper.id, 1, uuid4())
    shown = ledger(center_on, custodian, 1)
    assert [(use.position, use.copies, use.number) for use in shown.uses] == [(2, 1, paper.number), (1, 2, paper.number)]
    with center_on.database.reading() as session:
        assert find_paper(center_on, session, paper.id).copies_sealed == 3


@pytest.mark.rule("R7.3")
def test_R7_3_what_bears_the_seal_waits_for_the_custodian_until_it_is_stamped(center_on: Center) -> None:
    custodian = member(center_on, Role.CUSTODIAN)
    first, second = issued(center_on), issued(center_on, PaperKind.REFUSAL_NOTICE)
    issued(center_on, PaperKind.HANDOVER_SLIP)
    assert {each.number for each in waiting(center_on, custodian)} == {first.number, second.number}
    use_seal(center_on, custodian, first.id, 1, uuid4())
    assert [each.number for each in waiting(center_on, custodian)] == [second.number]


@pytest.mark.rule("R7.2")
def test_R7_2_the_ledger_cannot_be_changed(center_on: Center) -> None:
    use_seal(center_on, member(center_on, Role.CUSTODIAN), issued(center_on).id, 1, uuid4())
    with pytest.raises(DBAPIError), center_on.database.writing() as session:
        session.scalars(select(SealEntry)).one().copies = 5


@pytest.mark.rule("R7.3")
def test_R7_3_only_papers_that_the_rule_covers_bear_the_seal(center: Center) -> None:
    slip = issued(center, PaperKind.HANDOVER_SLIP)
    with pytest.raises(Refusal) as refused:
        use_seal(center, member(center, Role.CUSTODIAN), slip.id, 1, uuid4())
    assert refused.value.code == "paper_unsealed"
    assert not ledger(center, member(center, Role.CENTER_HEAD), 1).uses


@pytest.mark.rule("R7.1")
def test_R7_1_an_exempt_item_s_papers_bear_the_seal_that_its_law_names(center: Center) -> None:
    paper = issued(center, exempt_seal="万宝河镇人民政府")
    assert paper.document.seal == "万宝河镇人民政府"
    assert issued(center).document.seal == center.config.center.seal_name


@pytest.mark.parametrize("copies", [0, -1, 21])
def test_a_number_of_copies_that_cannot_be_is_refused(center: Center, copies: int) -> None:
    with pytest.raises(Refusal):
        use_seal(center, member(center, Role.CUSTODIAN), issued(center).id, copies, uuid4())


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.CUSTODIAN])
def test_nobody_but_the_custodian_uses_the_seal(center: Center, role: Role) -> None:
    other = Member(uuid4(), "other", "刘强", frozenset({role}), "")
    with pytest.raises(Refusal) as refused:
        use_seal(center, other, issued(center).id, 1, uuid4())
    assert refused.value.code == "not_allowed"
