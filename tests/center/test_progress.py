"""What a citizen is told: the state alone by the receipt's code, the steps by the ID card."""

from __future__ import annotations

from datetime import timedelta

import pytest

from center.center import Center
from center.domain.calendar import LimitUnit
from center.terminals import revoke_terminal
from kiosk.wire.cases import CasesAnswer, CaseState
from kiosk.wire.codes import Code, CodeKind, write_code
from tests.center.place import MORNING, NAME, NUMBER, Browser, MovableClock, Terminal, case_ids


def ask_state(terminal: Terminal, text: str) -> tuple[int, dict[str, str]]:
    answer = terminal.ask("/api/v1/cases/state", {"code": text})
    return answer.status_code, answer.json()


def cases_of(terminal: Terminal, number: str = NUMBER) -> CasesAnswer:
    return CasesAnswer.model_validate_json(terminal.ask("/api/v1/cases/lookup", {"number": number}).content)


def test_a_receipts_code_shows_the_state_and_nothing_of_the_person(terminal: Terminal) -> None:
    filing = terminal.filing()
    number = terminal.file(filing).json()["case_number"]
    status, told = ask_state(terminal, terminal.receipt_code(filing.receipt_number))
    assert status == 200
    assert set(told) == {"receipt_number", "state", "state_label", "as_of"}
    assert (told["state"], told["state_label"]) == ("filed", "已提交，等待窗口受理")
    assert not any(personal in str(told) for personal in (NAME, NUMBER, number, "张"))


def test_a_forged_or_foreign_code_shows_nothing(terminal: Terminal) -> None:
    filing = terminal.filing()
    terminal.file(filing)
    forger = Terminal(terminal.url)
    guide = write_code(Code(CodeKind.GUIDE, terminal.short_name, "YLBX"), terminal.key)
    for text in (forger.receipt_code(filing.receipt_number), guide, "https://example.com", ""):
        assert ask_state(terminal, text)[1]["code"] == "code_invalid"


def test_a_code_whose_filing_has_not_come_yet_says_so(terminal: Terminal) -> None:
    status, told = ask_state(terminal, terminal.receipt_code("T0126112499999"))
    assert (status, told["code"]) == (404, "receipt_unknown")


def test_another_terminal_reads_the_code_and_a_revoked_ones_receipts_stay_true(terminal: Terminal, center: Center) -> None:
    filing = terminal.filing()
    terminal.file(filing)
    other = Terminal(terminal.url, "WBH-02", "T02")
    other.register(center)
    revoke_terminal(center, terminal.terminal_id)
    assert ask_state(other, terminal.receipt_code(filing.receipt_number))[0] == 200


def test_the_card_shows_the_holders_cases_newest_first_and_no_others(terminal: Terminal, clock: MovableClock) -> None:
    first = terminal.file(terminal.filing()).json()["case_number"]
    terminal.file(terminal.filing(name="李国强", number="230903198806042515"))
    clock.at = MORNING + timedelta(hours=1)
    second = terminal.file(terminal.filing()).json()["case_number"]
    assert [case.case_number for case in cases_of(terminal).cases] == [second, first]
    assert cases_of(terminal, "230903197302153639").cases == ()


def test_a_filed_case_shows_its_steps_and_that_filing_is_not_acceptance(terminal: Terminal) -> None:
    terminal.file(terminal.filing(missing=True))
    (case,) = cases_of(terminal).cases
    assert [(step.label, step.current) for step in case.steps] == [("提交申请", True), ("受理登记", False), ("办结", False)]
    assert case.steps[0].note == "提交不等于受理"
    assert case.holder == "综合窗口，等待收件"
    assert case.wanted == ("户口簿：没有带来",)
    assert (case.accepted_on, case.due_on, case.due_note) == (None, None, "")


def test_R4_2_an_accepted_case_shows_who_has_it_and_the_day_it_is_due(terminal: Terminal, browser: Browser, clock: MovableClock) -> None:
    terminal.file(terminal.filing())
    (case_id,) = case_ids(browser)
    browser.open(case_id)
    clock.at = MORNING + timedelta(minutes=20)
    browser.post(f"/console/cases/{case_id}/accept", browser.hidden(f"/console/cases/{case_id}/accept"))
    (case,) = cases_of(terminal).cases
    assert (case.state, case.accepted_on, case.due_on) == (CaseState.ACCEPTED, MORNING.date(), MORNING.date() + timedelta(days=3))
    assert case.holder == "综合窗口1号 王敏"
    assert [(step.label, step.by, step.current) for step in case.steps] == [
        ("提交申请", "自助终端 WBH-01", False),
        ("窗口收件", "综合窗口1号 王敏", False),
        ("受理登记", "综合窗口1号 王敏", True),
        ("办结", "", False),
    ]
    assert case.steps[-1].note == "最迟 11月27日"


def test_R4_2_a_due_day_in_an_unknown_year_is_told_as_pending(terminal: Terminal, browser: Browser) -> None:
    filing = terminal.filing(item_code="ZJD", values={"name": NAME}, materials=())
    assert terminal.file(filing).status_code == 201
    (case_id,) = case_ids(browser)
    browser.open(case_id)
    browser.post(f"/console/cases/{case_id}/accept", browser.hidden(f"/console/cases/{case_id}/accept"))
    (case,) = cases_of(terminal).cases
    assert (case.accepted_on, case.due_on) == (MORNING.date(), None)
    assert case.due_note.startswith("待定：2027 年节假日安排尚未录入")
    # and staff see it above every list
    assert "1 件的应办结日待定" in browser.get("/console/intake").text


def test_R2_2_a_returned_case_shows_everything_that_is_wanted_at_once(terminal: Terminal, browser: Browser) -> None:
    terminal.file(terminal.filing(missing=True))
    (case_id,) = case_ids(browser)
    browser.open(case_id)
    form = browser.hidden(f"/console/cases/{case_id}/return") | {
        "m.household_register": "on", "mr.household_register": "missing", "f.phone": "on", "fr.phone": "wrong", "fn.phone": "少一位数字",
        "other": "银行卡正面照片\n\n村委会证明",
    }  # fmt: skip
    browser.post(f"/console/cases/{case_id}/return", form)
    (case,) = cases_of(terminal).cases
    assert case.state is CaseState.RETURNED
    assert case.wanted == ("户口簿：没有提交", "手机号码：填写有误，少一位数字", "银行卡正面照片", "村委会证明")
    assert case.holder == "等您补齐材料"
    assert [step.label for step in case.steps if step.current] == ["一次性告知，等待补正"]


@pytest.mark.parametrize("unit", list(LimitUnit))
def test_the_units_of_rules_and_messages_are_the_same_words(unit: LimitUnit) -> None:
    from kiosk.wire.items import LimitUnit as WireUnit

    assert WireUnit(unit.value).value == unit.value
    assert len(WireUnit) == len(LimitUnit)
