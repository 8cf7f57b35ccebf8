"""What a complaint's papers say, and what they never do (R6.8)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from kiosk.clock import CHINA
from kiosk.i18n import Texts
from kiosk.journeys.complain.told import told_pages
from kiosk.journeys.papers import ActFacts, ComplaintFacts, act_receipt, complaint_notice, complaint_progress, complaint_receipt
from kiosk.journeys.reading import blocks_of
from kiosk.wire.complaints import ComplaintActAnswer, ComplaintDetail, ComplaintFilingAnswer, ComplaintStep, Opens
from kiosk.wire.documents import Document, DocumentKind
from tests.kiosk.test_papers import qr_of, rows_of, text_of, ticks_of

NOW = datetime(2026, 11, 24, 10, 31, tzinfo=CHINA)
ANSWER = ComplaintFilingAnswer(
    number="TS202611240001",
    receipt_number="WB0126112400",
    received_at=NOW,
    opens_with=Opens.DIGITS,
    acceptance_due_on=date(2026, 11, 27),
    evidence_due_on=date(2026, 11, 27),
    next_step="中心在三个工作日内决定是否受理。",
)
FACTS = ComplaintFacts(
    center_name="万宝河镇政务服务中心",
    terminal_id="WBH-01",
    receipt_number="WB0126112400",
    filed_at=NOW,
    by_card=False,
    evidence_later=True,
    answer=ANSWER,
    qr_text="OS1P-SAMPLE",
)
ACT = ActFacts(
    center_name="万宝河镇政务服务中心",
    terminal_id="WBH-01",
    act="review",
    number="WB0126112401",
    complaint_number=ANSWER.number,
    handed_at=NOW,
)


@pytest.mark.rule("R6.8")
def test_a_receipt_has_a_code_and_what_opens_it_and_says_that_the_digits_are_nowhere() -> None:
    paper = complaint_receipt(FACTS)
    assert paper.document is DocumentKind.COMPLAINT_RECEIPT
    assert qr_of(paper) == ["OS1P-SAMPLE"]
    assert rows_of(paper)["查看要用"] == "本回执和您设的六位数字"
    assert "谁也查不出来" in text_of(paper)
    by_card = complaint_receipt(replace(FACTS, by_card=True))
    assert rows_of(by_card)["查看要用"] == "您的身份证"
    assert "六位数字" not in text_of(by_card)


@pytest.mark.rule("R6.1", "R6.2")
def test_the_days_are_the_center_s_or_its_reason_why_there_is_none() -> None:
    assert rows_of(complaint_receipt(FACTS))["补交证据"] == "最迟 2026-11-27 交"
    open_ = ANSWER.model_copy(update={"acceptance_due_on": None, "acceptance_note": "待定：明年的放假安排还没有公布"})
    assert rows_of(complaint_receipt(replace(FACTS, answer=open_)))["是否受理"] == "待定：明年的放假安排还没有公布"
    assert "补交证据" not in rows_of(complaint_receipt(replace(FACTS, evidence_later=False)))


def test_what_the_center_does_not_have_yet_says_so_and_names_no_day() -> None:
    paper = complaint_receipt(replace(FACTS, answer=None))
    assert "还没有送到中心" in text_of(paper)
    assert paper.number_label == "回执编号"
    assert rows_of(paper)["是否受理"] == "送到中心以后告诉您"
    assert "2026-11-27" not in text_of(paper)


def test_what_the_center_refused_promises_nothing_and_has_no_code() -> None:
    paper = complaint_receipt(replace(FACTS, answer=None, refused=True))
    for said in (text_of(paper), text_of(act_receipt(replace(ACT, refused=True)))):
        assert "没有送达" in said
        assert "带上本回执到中心" in said
        assert "自动送出" not in said
        assert "送到中心以后" not in said
    assert qr_of(paper) == []


@pytest.mark.rule("R6.7")
def test_a_later_act_has_its_receipt_with_what_the_center_said_of_it() -> None:
    assert act_receipt(ACT).title == "复查、复核申请回执"
    assert "还没有送到中心" in text_of(act_receipt(ACT))
    answer = ComplaintActAnswer(
        number=ANSWER.number,
        state="under_review",
        state_label="已申请复查",
        at=NOW + timedelta(minutes=1),
        next_step="由本中心转送上一级机关。",
    )
    arrived = text_of(act_receipt(replace(ACT, answer=answer, qr_text="OS1P-SAMPLE")))
    assert "由本中心转送上一级机关。" in arrived
    assert "2026-11-24 10:32" in arrived
    assert "还没有送到中心" not in arrived


DETAIL = ComplaintDetail(
    number=ANSWER.number,
    receipt_number=ANSWER.receipt_number,
    state="asked",
    state_label="请补充",
    received_at=NOW,
    about="综合窗口1号",
    matter="服务态度",
    statement="态度不好",
    evidence=2,
    acceptance_due_on=date(2026, 11, 27),
    handling_note="受理后告诉您",
    wanted=("收费的单据",),
    finding="您反映的情况属实",
    steps=(ComplaintStep(label="已登记", at=NOW, note="综合窗口1号"),),
)


def _progress(detail: ComplaintDetail = DETAIL, *, by_card: bool = False) -> Document:
    return complaint_progress(
        detail, by_card=by_card, center_name="万宝河镇政务服务中心", printed_at=NOW, terminal_id="WBH-01", qr_text="OS1P-SAMPLE"
    )


@pytest.mark.rule("R6.2", "R6.3")
def test_where_a_complaint_stands_is_taken_along_with_the_center_s_days_and_all_that_is_wanted() -> None:
    paper = _progress()
    rows = rows_of(paper)
    assert (rows["状态"], rows["是否受理"], rows["办理期限"]) == ("请补充", "最迟 2026-11-27", "受理后告诉您")
    assert "补交证据" not in rows, "the center said nothing of it"
    assert ticks_of(paper) == ["收费的单据"]
    assert "2026-11-24 10:31　已登记" in text_of(paper)
    assert qr_of(paper) == ["OS1P-SAMPLE"]
    assert "输六位数字" in str(paper) and "放身份证" in str(_progress(by_card=True))


@pytest.mark.rule("R6.8")
def test_it_gives_away_neither_whom_it_is_about_nor_what_was_written_or_found() -> None:
    for secret in (DETAIL.about, DETAIL.matter, DETAIL.statement, DETAIL.finding):
        assert secret not in str(_progress())


def _notice(hotline: str) -> str:
    pages = told_pages(Texts(), "万宝河镇政务服务中心", hotline)
    blocks = [(title, blocks_of(parts)) for title, parts in pages]
    return text_of(complaint_notice(blocks, center_name="万宝河镇政务服务中心", printed_at=NOW, terminal_id="WBH-01"))


@pytest.mark.rule("R6.4")
def test_what_goes_elsewhere_is_taken_along_with_where_to_and_no_number_that_is_not_configured() -> None:
    paper = _notice("政务服务热线 12345")
    for said in (
        "打官司",
        "请找法院、仲裁机构或复议机关",
        "正在办的机关",
        "裁判书上写的办法",
        "可以打政务服务热线 12345问",
        "中心会告诉您去哪里",
    ):
        assert said in paper
    without = _notice("")
    assert "人工窗口问" in without
    assert "12345" not in without and "12348" not in without
