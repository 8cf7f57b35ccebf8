"""What a citizen takes home of a case later on: the receipt of a supplement, the slip of a withdrawal, a public notice."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from kiosk.journeys.papers import SupplementFacts, notice_paper, supplement_receipt, withdrawal_slip
from kiosk.journeys.papers.shared import moment
from kiosk.journeys.printing import again
from kiosk.wire.cases import CaseDetail, CaseState
from kiosk.wire.documents import Bullets, Document, DocumentKind, Heading, Paragraph, Qr, Rows
from kiosk.wire.notices import PublicNotice
from tests.kiosk.test_papers import CENTER, NOW

FACTS = SupplementFacts(
    center_name=CENTER,
    terminal_id="WBH-01",
    number="WB0126112402",
    case_number="202611240031",
    item_name="样例登记",
    handed_at=NOW,
    papers=(("户口簿", 2),),
    corrected=("手机号",),
    brought=("银行卡复印件",),
    next_step="窗口核对补交的材料后受理。",
    qr_text="OS1R-SAMPLE",
)


def words(document: Document) -> str:
    parts = [document.title, document.subtitle, *document.foot]
    for block in document.blocks:
        match block:
            case Heading(text=text) | Paragraph(text=text):
                parts.append(text)
            case Rows(rows=rows):
                parts += [f"{row.label}：{row.value}" for row in rows]
            case Bullets(items=items):
                parts += items
            case Qr(caption=caption):
                parts.append(caption)
    return "\n".join(parts)


@pytest.mark.rule("R4.1")
def test_a_supplement_s_receipt_is_no_acceptance_and_names_all_that_was_handed_in_and_all_that_is_brought() -> None:
    paper = supplement_receipt(FACTS)
    said = words(paper)
    assert paper.document is DocumentKind.SUPPLEMENT_RECEIPT
    assert paper.subtitle == "本回执不是受理通知书"
    assert "补交材料：户口簿 2 页" in said
    assert "改正内容：手机号" in said
    assert "请带到人工窗口\n银行卡复印件" in said
    assert "还没有送到中心" not in said


def test_before_the_center_answered_the_receipt_says_so_and_names_no_day() -> None:
    said = words(supplement_receipt(replace(FACTS, next_step="")))
    assert said.index("还没有送到中心") < said.index("样例登记")
    assert "以窗口出具的通知为准" in said


def test_what_the_center_refused_leads_to_the_window_and_does_not_go_out_by_itself() -> None:
    said = words(supplement_receipt(replace(FACTS, next_step="", refused=True)))
    assert said.index("没有送达") < said.index("样例登记")
    assert "人工窗口" in said
    assert "自动送出" not in said
    assert "送到中心以后" not in said


def test_nothing_to_bring_has_no_heading_of_its_own() -> None:
    assert "请带到人工窗口" not in words(supplement_receipt(replace(FACTS, brought=())))


def test_a_withdrawal_s_slip_says_when_and_what_and_has_no_code() -> None:
    case = CaseDetail(
        case_number="202611240031",
        receipt_number="WB0126112400",
        item_code="WHOLE",
        item_name="样例登记",
        state=CaseState.FILED,
        state_label="已提交",
        filed_at=NOW,
    )
    slip = withdrawal_slip(
        case,
        state_label="已撤回",
        center_name=CENTER,
        withdrawn_at=NOW + timedelta(minutes=3),
        printed_at=NOW + timedelta(minutes=8),
        terminal_id="WBH-01",
    )
    assert f"撤回时间：{moment(NOW + timedelta(minutes=3))}" in words(slip)
    assert f"{moment(NOW + timedelta(minutes=8))} 打印" in words(slip)
    assert "状态：已撤回" in words(slip)
    assert "可以重新申请" in words(slip)
    assert not any(isinstance(block, Qr) for block in slip.blocks)


@pytest.mark.rule("R1.5")
@pytest.mark.parametrize(("to_on", "foot"), [(None, "公示时间：2026-11-24 起"), (date(2026, 12, 1), "公示时间：2026-11-24 至 2026-12-01")])
def test_R1_5_a_notice_is_printed_whole_with_its_days(to_on: date | None, foot: str) -> None:
    notice = PublicNotice(
        kind="rules",
        kind_name="规章制度",
        title="服务规章",
        paragraphs=("第一条。", "第二条。"),
        version=1,
        from_on=date(2026, 11, 24),
        to_on=to_on,
    )
    paper = notice_paper(notice, center_name=CENTER, printed_at=NOW, terminal_id="WBH-01")
    assert (paper.document, paper.title, paper.subtitle) == (DocumentKind.NOTICE, "服务规章", "规章制度")
    assert [block.text for block in paper.blocks if isinstance(block, Paragraph)] == ["第一条。", "第二条。"]
    assert paper.foot[0] == foot


def test_a_paper_printed_once_more_is_marked_beside_what_marks_it_already() -> None:
    paper = supplement_receipt(FACTS, demo=True)
    assert again(paper).band == "示例·补打"
    assert again(supplement_receipt(FACTS)).band == "补打"
