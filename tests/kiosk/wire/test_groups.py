"""Repeating groups: rows in one value, checked row by row, the same on both ends."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from kiosk.wire.forms import CardSource, Choice, FieldFault, FieldKind, FormField, check_field, check_form, open_fields, row_faults
from kiosk.wire.groups import group_rows, group_value

TODAY = date(2026, 11, 24)
NAME = FormField(code="name", label="姓名", kind=FieldKind.NAME, max_length=20)
RELATION = FormField(code="relation", label="关系", kind=FieldKind.CHOICE, choices=(Choice(code="child", label="子女"),))
INCOME = FormField(code="income", label="月收入", kind=FieldKind.AMOUNT, required=False)
MEMBER = {"name": "李小梅", "relation": "child"}


def family(**more: object) -> FormField:
    return FormField(code="family", label="家庭成员", kind=FieldKind.GROUP, fields=(NAME, RELATION, INCOME), **more)


def value(*rows: dict[str, str]) -> str:
    return group_value(rows)


@given(
    st.lists(st.dictionaries(st.sampled_from(["name", "note"]), st.text(st.characters(categories=("L", "N", "P")), min_size=1), min_size=1))
)
def test_rows_come_back_from_a_value_as_they_went_in(rows: list[dict[str, str]]) -> None:
    assert group_rows(group_value(rows)) == tuple(rows)


@pytest.mark.parametrize(
    "none", ["", "[]", "李小梅", "{}", '[{"name": 1}]', "[1]", '[{"name": "\\u0000"}]', '[{"name": "\\ud800"}]', "[" * 4000], ids=range(9)
)
def test_what_is_no_list_of_rows_has_none(none: str) -> None:
    assert group_rows(none) == ()


def test_no_row_is_no_value_and_an_empty_text_is_left_out() -> None:
    assert group_value(()) == ""
    assert group_rows(group_value([{**MEMBER, "income": ""}])) == (MEMBER,)


@pytest.mark.parametrize(
    ("given", "fault"),
    [
        (value(MEMBER), None),
        (value(MEMBER, {**MEMBER, "income": "1200.50"}), None),
        (value(MEMBER, {"name": "李大力"}), FieldFault.GROUP_INCOMPLETE),
        (value({**MEMBER, "income": "x"}), FieldFault.GROUP_INCOMPLETE),
        (value({**MEMBER, "other": "x"}), FieldFault.GROUP_INCOMPLETE),
        ("李小梅", FieldFault.GROUP_INCOMPLETE),
        (value(*[MEMBER] * 4), FieldFault.TOO_MANY_ROWS),
        (value(*[{**MEMBER, "name": "长" * 2000}] * 3), FieldFault.TOO_LONG),
    ],
)
def test_every_row_of_a_group_is_checked(given: str, fault: FieldFault | None) -> None:
    assert check_field(family(max_rows=3), given, TODAY) is fault


def test_a_row_tells_all_its_faults_at_once() -> None:
    assert row_faults(family(), {"income": "x"}, TODAY) == {
        "name": FieldFault.MISSING,
        "relation": FieldFault.MISSING,
        "income": FieldFault.AMOUNT_INVALID,
    }


@pytest.mark.parametrize("nobody", ["", "[]"])
def test_who_lives_alone_names_nobody(nobody: str) -> None:
    assert check_field(family(), nobody, TODAY) is None
    assert open_fields([family()], {"family": nobody}) == ()


def test_a_group_that_wants_rows_has_so_many() -> None:
    wanting = family(min_rows=2)
    assert check_field(wanting, "", TODAY) is FieldFault.TOO_FEW_ROWS
    assert check_field(wanting, value(MEMBER), TODAY) is FieldFault.TOO_FEW_ROWS
    assert check_field(wanting, value(MEMBER, MEMBER), TODAY) is None
    assert check_field(family(min_rows=2, required=False), "", TODAY) is None


def test_R2_2_a_group_that_needs_chinese_may_be_left_to_the_window_and_never_blocks_a_filing() -> None:
    wanting = family(min_rows=1)
    assert open_fields([wanting], {}) == (wanting,)
    assert check_form([wanting], {}, TODAY) == {}
    assert check_form([wanting], {"family": value({"name": "李小梅"})}, TODAY) == {"family": FieldFault.GROUP_INCOMPLETE}
    figures = FormField(code="plots", label="地块", kind=FieldKind.GROUP, min_rows=1, fields=(INCOME,))
    assert check_form([figures], {}, TODAY) == {"plots": FieldFault.TOO_FEW_ROWS}


@pytest.mark.parametrize(
    ("given", "reason"),
    [
        ({"kind": FieldKind.GROUP}, "a group has fields"),
        ({"kind": FieldKind.TEXT, "fields": (NAME,)}, "no other kind has"),
        ({"kind": FieldKind.GROUP, "fields": (family(),)}, "holds no group"),
        ({"kind": FieldKind.GROUP, "fields": (NAME, NAME)}, "the same code"),
        ({"kind": FieldKind.GROUP, "fields": (NAME.model_copy(update={"card": CardSource.NAME}),)}, "comes from the card"),
        ({"kind": FieldKind.GROUP, "fields": (NAME,), "default_from_card": CardSource.NAME}, "comes from the card"),
        ({"kind": FieldKind.GROUP, "fields": (NAME,), "min_rows": 3, "max_rows": 2}, "more than max_rows"),
    ],
)
def test_a_group_is_flat_and_of_nobody_s_card(given: dict[str, object], reason: str) -> None:
    with pytest.raises(ValidationError, match=reason):
        FormField(code="it", label="这一项", **given)
