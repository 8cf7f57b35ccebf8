"""What a filing receipt says of who came, what may follow, where the result goes and how the citizen is told."""

from __future__ import annotations

import re
from dataclasses import replace

from kiosk.journeys.papers import ReceiptFacts, filing_receipt
from kiosk.wire.documents import Heading
from kiosk.wire.filing import PostTo, Tell
from tests.kiosk.test_papers import FACTS, rows_of, text_of, ticks_of

AGENT = ("金美花", "230903********0045", "授权委托书")


def _headings(facts: ReceiptFacts) -> list[str]:
    return [block.text for block in filing_receipt(facts).blocks if isinstance(block, Heading)]


def test_who_came_for_the_applicant_stands_beside_them_with_the_paper_that_lets_them() -> None:
    rows = rows_of(filing_receipt(replace(FACTS, agent=AGENT)))
    assert rows["申请人"] == "张秀兰"
    assert rows["代办人"] == "金美花　230903********0045（授权委托书）"
    assert "代办人" not in rows_of(filing_receipt(FACTS))


def test_an_organization_has_a_credit_code() -> None:
    rows = rows_of(filing_receipt(replace(FACTS, organization=True, applicant_name="万宝河合作社")))
    assert "信用代码" in rows and "证件号码" not in rows


def test_what_may_follow_is_not_missing_and_says_within_how_many_days_never_until_which_day() -> None:
    # given a paper that is missing, one that may follow, and one of which no source says until when
    facts = replace(FACTS, missing=("户口簿",), following=(("样例证明", 5), ("样例合同", None)))
    # then each kind is told apart, and no day is named: only the center computes days
    assert _headings(facts)[:2] == ["还缺 1 样材料", "可以后补 2 样材料"]
    ticks = ticks_of(filing_receipt(facts))
    assert ticks == ["户口簿", "样例证明：提交后 5 个工作日内交到窗口", "样例合同：什么时候交，以窗口告知为准"]
    assert not any(re.search(r"\d+月|\d{4}-", tick) for tick in ticks)


def test_where_the_result_goes_and_how_the_citizen_is_told() -> None:
    window = rows_of(filing_receipt(FACTS))
    assert window["领取方式"] == "到窗口领取"
    assert "来查" in window["告知方式"]
    to = PostTo(recipient="张秀兰", phone="13904640000", address="万宝村二组17号")
    posted = filing_receipt(replace(FACTS, post_to=to, tell=Tell.PHONE, phone="139****0000"))
    assert rows_of(posted)["领取方式"] == "邮寄（EMS）：张秀兰　万宝村***"
    assert rows_of(posted)["告知方式"] == "打电话 139****0000"
    # and nothing but a call is promised
    assert "短信" not in text_of(posted) and "13904640000" not in text_of(posted) and "17号" not in text_of(posted)
