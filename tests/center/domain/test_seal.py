"""The seal (R7): on which paper it goes, which one, and that its ledger shows every change."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from center.domain.chain import BEGINNING, Break, Row, faults, row_code
from center.domain.paper import PAPER_FORMS, PaperKind, paper_number
from center.domain.seal import IN_USE_SINCE, SealChoice, SealKind, seal_for

COMPLAINT_PAPERS = [kind for kind in PaperKind if kind.value.startswith("complaint")]
#: R7.3: receiving papers, acceptance, refusal, supplement notice, approval documents.
SEALED = {
    PaperKind.ACCEPTANCE_NOTICE,
    PaperKind.PROMISE_NOTICE,
    PaperKind.ONE_TIME_NOTICE,
    PaperKind.REFUSAL_NOTICE,
    PaperKind.SPECIAL_PROCEDURE_NOTICE,
    PaperKind.DECISION,
    PaperKind.COMPLETION_VOUCHER,
}


@pytest.mark.rule("R7.3")
def test_the_one_seal_goes_on_the_papers_of_approval_and_on_no_other() -> None:
    assert {kind for kind in PaperKind if seal_for(kind).kind is SealKind.APPROVAL} == SEALED
    assert {seal_for(kind).kind for kind in COMPLAINT_PAPERS} == {SealKind.OFFICIAL}
    assert seal_for(PaperKind.HANDOVER_SLIP).kind is seal_for(PaperKind.DAILY_CHECK).kind is SealKind.NONE


@pytest.mark.rule("R7.1", "R7.3")
@given(st.sampled_from(PaperKind))
def test_an_exempt_items_own_seal_goes_where_the_one_seal_would_and_nowhere_else(kind: PaperKind) -> None:
    own = seal_for(kind, "桃山区民政局婚姻登记专用章")
    if kind in SEALED:
        assert own == SealChoice(SealKind.EXEMPT, "桃山区民政局婚姻登记专用章")
    else:
        assert own == seal_for(kind)
    assert own.in_ledger == (kind in SEALED)


@pytest.mark.rule("R7.1")
def test_the_seal_is_in_use_since_the_day_of_the_ordinance() -> None:
    assert date(2022, 10, 17) == IN_USE_SINCE


def test_every_paper_has_a_title_and_a_mark_of_its_own() -> None:
    assert set(PAPER_FORMS) == set(PaperKind)
    assert len({form.mark for form in PAPER_FORMS.values()}) == len({form.title for form in PAPER_FORMS.values()}) == len(PaperKind)
    assert paper_number("万宝河", PaperKind.ACCEPTANCE_NOTICE, 2026, 12) == "万宝河受〔2026〕12号"


# ------------------------------------------------------------------ the ledger's chain


def code(content: bytes) -> str:
    return hashlib.sha256(b"the center's key" + content).hexdigest()


def chained(length: int) -> list[Row]:
    rows, before = [], BEGINNING
    for position in range(1, length + 1):
        content: dict[str, str | int | None] = {"paper_number": f"万宝河受〔2026〕{position}号", "copies": 1}
        made = row_code(code, position, content, before)
        rows.append(Row(position, content, before, made))
        before = made
    return rows


@pytest.mark.rule("R7.2")
@given(st.integers(0, 12))
def test_a_ledger_that_nobody_touched_has_no_fault(length: int) -> None:
    assert faults(code, chained(length), length) == ()


def changed(rows: list[Row], at: int) -> list[Row]:
    return [replace(row, content={**row.content, "copies": 2}) if row.position == at else row for row in rows]


def taken_out(rows: list[Row], at: int) -> list[Row]:
    return [row for row in rows if row.position != at]


def put_in(rows: list[Row], at: int) -> list[Row]:
    return [*rows[:at], rows[at - 1], *rows[at:]]


@pytest.mark.rule("R7.2")
@pytest.mark.parametrize(("touch", "what"), [(changed, Break.CHANGED), (taken_out, Break.MISSING), (put_in, Break.INSERTED)])
@given(data=st.data(), length=st.integers(1, 12))
def test_whoever_touches_one_line_of_the_ledger_is_seen_and_where(
    touch: Callable[[list[Row], int], list[Row]], what: Break, data: st.DataObject, length: int
) -> None:
    at = data.draw(st.integers(1, length))
    found = faults(code, touch(chained(length), at), length)
    assert [(fault.position, fault.what) for fault in found] == [(at, what)]


@pytest.mark.rule("R7.2")
def test_who_writes_a_new_chain_without_the_key_is_seen() -> None:
    def foreign(content: bytes) -> str:
        return hashlib.sha256(content).hexdigest()

    row = Row(1, {"copies": 9}, BEGINNING, row_code(foreign, 1, {"copies": 9}, BEGINNING))
    assert [fault.what for fault in faults(code, [row], 1)] == [Break.CHANGED]


@pytest.mark.rule("R7.2")
def test_what_is_added_behind_the_confirmed_end_is_seen() -> None:
    assert [(fault.position, fault.what) for fault in faults(code, chained(3), 2)] == [(3, Break.INSERTED)]
