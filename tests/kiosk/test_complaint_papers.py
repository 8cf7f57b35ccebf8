"""What a complaint's receipts say, and what they never do (R6.8)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from kiosk.clock import CHINA
from kiosk.journeys.papers import ActFacts, ComplaintFacts, act_receipt, complaint_receipt
from kiosk.wire.complaints import ComplaintActAnswer, ComplaintFilingAnswer, Opens
from kiosk.wire.documents import DocumentKind
from tests.kiosk.test_papers import qr_of, rows_of, text_of

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
