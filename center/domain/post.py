"""The number on a parcel's waybill (R10 EMS): what it can look like. Says nothing of where the parcel is."""

from __future__ import annotations

import re

#: UPU S10, as international EMS and registered letters have it: two letters, eight digits and a check digit, the country.
_S10 = re.compile(r"[A-Z]{2}(\d{8})(\d)[A-Z]{2}")
#: China Post's own waybills have 13 digits; EMS begins with 1 or 5, parcels and standard express with 9. No check digit is published.
_DOMESTIC = re.compile(r"[159]\d{12}")
#: UPU S10, annex A.
_WEIGHTS = (8, 6, 4, 2, 3, 5, 9, 7)


def _s10_check_digit(serial: str) -> int:
    rest = 11 - sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, serial, strict=True)) % 11
    return {10: 0, 11: 5}.get(rest, rest)


def waybill(text: str) -> str:
    """The number as it is written on the waybill: without blanks, in capitals."""
    return re.sub(r"[\s-]", "", text).upper()


def is_waybill(number: str) -> bool:
    """Whether `number`, as `waybill` gives it, can be one of EMS or China Post (R10)."""
    international = _S10.fullmatch(number)
    if international:
        return _s10_check_digit(international.group(1)) == int(international.group(2))
    return _DOMESTIC.fullmatch(number) is not None and number.isascii()
