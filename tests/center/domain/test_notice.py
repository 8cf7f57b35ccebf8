"""The one-time notice (R2.2): everything at once, or not at all."""

from __future__ import annotations

import pytest

from center.domain.notice import NoticeFault, NoticeLine, OneTimeNotice, Reason, Subject, one_time_notice

BOOK = NoticeLine(Subject.MATERIAL, "household_register", "户口簿", Reason.MISSING)
PHONE = NoticeLine(Subject.FIELD, "phone", "手机号码", Reason.WRONG, "少一位数字")


@pytest.mark.rule("R2.2")
def test_a_notice_lists_everything_at_once() -> None:
    notice = one_time_notice([BOOK, PHONE], ["household_register"])
    assert isinstance(notice, OneTimeNotice)
    assert [line.words() for line in notice.lines] == ["户口簿：没有提交", "手机号码：填写有误，少一位数字"]


@pytest.mark.rule("R2.2")
def test_a_notice_that_leaves_out_what_is_known_to_be_missing_is_not_issued() -> None:
    assert one_time_notice([PHONE], ["household_register"]) is NoticeFault.INCOMPLETE


@pytest.mark.rule("R2.2")
def test_an_empty_notice_is_not_issued() -> None:
    assert one_time_notice([], []) is NoticeFault.EMPTY


@pytest.mark.rule("R2.2")
def test_a_reason_that_does_not_fit_and_an_essay_are_refused() -> None:
    assert one_time_notice([NoticeLine(Subject.MATERIAL, "a", "甲", Reason.WRONG)], []) is NoticeFault.REASON
    assert one_time_notice([NoticeLine(Subject.OTHER, "o", "", Reason.MISSING, "长" * 201)], []) is NoticeFault.TOO_LONG


@pytest.mark.rule("R2.2", "R8.1")
@pytest.mark.parametrize("note", ["我不知道，你去问村里", "这个自己看牌子", "都说过几遍了", "下班了，明天再来"])
def test_a_notice_says_nothing_that_manners_forbid(note: str) -> None:
    rude = NoticeLine(Subject.MATERIAL, "household_register", "户口簿", Reason.UNFIT, note)
    assert one_time_notice([rude], []) is NoticeFault.MANNERS


@pytest.mark.rule("R2.2")
def test_a_notice_that_tells_more_than_is_known_to_be_missing_is_issued() -> None:
    other = NoticeLine(Subject.OTHER, "other", "", Reason.MISSING, "请带上一张近期照片")
    notice = one_time_notice([BOOK, PHONE, other], ["household_register"])
    assert isinstance(notice, OneTimeNotice)
    assert notice.lines[-1].words() == "请带上一张近期照片"
