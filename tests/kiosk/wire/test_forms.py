"""Field kinds and their validators, the same on both ends."""

from __future__ import annotations

from datetime import date

import pytest
from pydantic import ValidationError

from kiosk.wire.forms import CardSource, Choice, FieldFault, FieldKind, FormField, check_field, check_form, id_number_is_valid, open_fields

TODAY = date(2026, 11, 24)


def field(kind: FieldKind, code: str = "it", **more: object) -> FormField:
    choices = (Choice(code="a", label="甲"), Choice(code="b", label="乙")) if kind is FieldKind.CHOICE else ()
    return FormField(code=code, label="这一项", kind=kind, choices=choices, **more)


@pytest.mark.parametrize(
    ("number", "valid"),
    [
        ("230903194803120022", True),
        ("23090319850616019X", True),
        ("230903194803120023", False),  # the check character is another
        ("230903194802300022", False),  # there is no 30 February
        ("23090319480312002", False),
        ("230903194803120022 ", False),
        ("２３０９０３１９４８０３１２００２２", False),  # full-width digits are digits to Python, and not to GB 11643
        ("", False),
    ],
)
def test_an_id_number_is_valid_by_gb_11643(number: str, valid: bool) -> None:
    assert id_number_is_valid(number, TODAY) is valid


def test_nobody_is_born_after_today() -> None:
    assert id_number_is_valid("230903194803120022", date(1948, 3, 12))
    assert not id_number_is_valid("230903194803120022", date(1948, 3, 11))


@pytest.mark.parametrize(
    ("kind", "value", "fault"),
    [
        (FieldKind.PHONE, "13904640000", None),
        (FieldKind.PHONE, "0464-8290000", None),
        (FieldKind.PHONE, "04648290000", None),
        (FieldKind.PHONE, "12904640000", FieldFault.PHONE_INVALID),
        (FieldKind.PHONE, "1390464000", FieldFault.PHONE_INVALID),
        (FieldKind.AMOUNT, "0", None),
        (FieldKind.AMOUNT, "1200.50", None),
        (FieldKind.AMOUNT, "1200.505", FieldFault.AMOUNT_INVALID),
        (FieldKind.AMOUNT, "-1", FieldFault.AMOUNT_INVALID),
        (FieldKind.AMOUNT, "NaN", FieldFault.AMOUNT_INVALID),
        (FieldKind.AMOUNT, "Infinity", FieldFault.AMOUNT_INVALID),
        (FieldKind.AMOUNT, "1.2.3", FieldFault.AMOUNT_INVALID),
        (FieldKind.NUMBER, "4", None),
        (FieldKind.NUMBER, "四", FieldFault.NUMBER_INVALID),
        (FieldKind.NUMBER, "٤", FieldFault.NUMBER_INVALID),
        (FieldKind.DATE, "1956-02-29", None),
        (FieldKind.DATE, "1957-02-29", FieldFault.DATE_INVALID),
        (FieldKind.CHOICE, "a", None),
        (FieldKind.CHOICE, "c", FieldFault.CHOICE_UNKNOWN),
        (FieldKind.CREDIT_CODE, "91110000600037341L", None),
        (FieldKind.CREDIT_CODE, "911100006000373410", FieldFault.CREDIT_CODE_INVALID),
        (FieldKind.ENGLISH, "O'Brien, Anna-Maria 2nd", None),
        (FieldKind.ENGLISH, "安娜", FieldFault.ENGLISH_INVALID),
        (FieldKind.ENGLISH, "Anná", FieldFault.ENGLISH_INVALID),
        (FieldKind.ENGLISH, "Anna\nSmith", FieldFault.ENGLISH_INVALID),
        (FieldKind.ENGLISH, "-.", FieldFault.ENGLISH_INVALID),
        (FieldKind.TEXT, "长" * 61, FieldFault.TOO_LONG),
        (FieldKind.PHONE, "   ", FieldFault.MISSING),
    ],
)
def test_each_kind_takes_what_it_says_and_nothing_else(kind: FieldKind, value: str, fault: FieldFault | None) -> None:
    assert check_field(field(kind), value, TODAY) is fault


def test_an_optional_field_may_stay_empty_but_not_be_wrong() -> None:
    optional = field(FieldKind.PHONE, required=False)
    assert check_field(optional, "", TODAY) is None
    assert check_field(optional, "12", TODAY) is FieldFault.PHONE_INVALID


def test_the_card_vouches_for_the_number_of_a_pass() -> None:
    from_card = field(FieldKind.ID_NUMBER, card=CardSource.NUMBER)
    assert check_field(from_card, "CAN230085030419", TODAY) is None
    assert check_field(from_card, "911124198108030024", TODAY) is None
    assert check_field(from_card, "230903194803120023", TODAY) is FieldFault.ID_NUMBER_INVALID
    assert check_field(field(FieldKind.ID_NUMBER), "CAN230085030419", TODAY) is FieldFault.ID_NUMBER_INVALID


def test_R2_2_all_faults_are_told_at_once() -> None:
    fields = [
        field(FieldKind.PHONE, "phone"),
        field(FieldKind.AMOUNT, "income"),
        field(FieldKind.CHOICE, "way"),
        field(FieldKind.NUMBER, "n"),
    ]
    faults = check_form(fields, {"phone": "1", "income": "x", "n": "3"}, TODAY)
    assert faults == {"phone": FieldFault.PHONE_INVALID, "income": FieldFault.AMOUNT_INVALID, "way": FieldFault.MISSING}


def test_R2_2_a_text_that_was_left_to_the_window_never_blocks_a_filing_and_is_asked_for_there() -> None:
    fields = [field(FieldKind.ADDRESS, "address"), field(FieldKind.PHONE, "phone")]
    assert check_form(fields, {"phone": "13904640000"}, TODAY) == {}
    assert [f.code for f in open_fields(fields, {"phone": "13904640000"})] == ["address"]
    assert open_fields(fields, {"address": "万宝村"}) == ()


def test_choices_belong_to_choice_fields_alone() -> None:
    with pytest.raises(ValidationError, match="a choice field has choices"):
        FormField(code="way", label="方式", kind=FieldKind.CHOICE)
    with pytest.raises(ValidationError, match="a choice field has choices"):
        FormField(code="way", label="方式", kind=FieldKind.TEXT, choices=(Choice(code="a", label="甲"),))
