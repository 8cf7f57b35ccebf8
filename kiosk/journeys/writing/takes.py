"""What a field takes: the keyboard it opens, the others it offers, and the characters that go into it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from kiosk.views import KeyboardKind


class Takes(StrEnum):
    """What is written into a field."""

    NAME = "name"
    ADDRESS = "address"
    TEXT = "text"
    NUMBER = "number"
    ID_NUMBER = "id_number"
    AMOUNT = "amount"
    DATE = "date"
    ENGLISH = "english"
    #: Words to find something by: letters stay letters, for initials find too, until a candidate is chosen.
    SEARCH = "search"
    CREDIT_CODE = "credit_code"


#: A key and the text so far; gives what is written of it: nothing, if it does not belong there.
Accept = Callable[[str, str], str]


def _any(key: str, text: str) -> str:
    return key if key.isprintable() and not (key == " " and not text) else ""


def _digit(key: str, text: str) -> str:
    return key if key in "0123456789" else ""


def _id_number(key: str, text: str) -> str:
    return key.upper() if key in "0123456789xX" else ""


def _amount(key: str, text: str) -> str:
    if key == ".":
        return "" if "." in text else key if text else "0."
    return _digit(key, text)


def _code(key: str, text: str) -> str:
    return key.upper() if key.isascii() and key.isalnum() else ""


@dataclass(frozen=True)
class Rules:
    """Of one kind of field. `most`: characters at most, whatever the field says; 0: as it says. `chinese`: whether Chinese goes in."""

    opens: KeyboardKind
    accept: Accept = _any
    most: int = 0
    chinese: bool = False
    capitals: bool = False


_CHINESE = Rules(KeyboardKind.PINYIN, chinese=True)

RULES: Mapping[Takes, Rules] = MappingProxyType(
    {
        Takes.NAME: _CHINESE,
        Takes.ADDRESS: _CHINESE,
        Takes.TEXT: _CHINESE,
        Takes.SEARCH: _CHINESE,
        Takes.NUMBER: Rules(KeyboardKind.DIGITS, _digit),
        Takes.ID_NUMBER: Rules(KeyboardKind.ID_NUMBER, _id_number, most=18),
        Takes.AMOUNT: Rules(KeyboardKind.AMOUNT, _amount),
        Takes.DATE: Rules(KeyboardKind.DATE, _digit, most=8),
        Takes.ENGLISH: Rules(KeyboardKind.LETTERS),
        Takes.CREDIT_CODE: Rules(KeyboardKind.LETTERS, _code, most=18, capitals=True),
    }
)

#: YYYY-MM-DD: digits only are typed and kept, the dashes come by themselves before the fifth and the seventh.
_DASHES = (4, 6)


def dashed(digits: str) -> str:
    """A date as far as it is typed."""
    return "".join(("-" if place in _DASHES else "") + digit for place, digit in enumerate(digits))


def dashed_index(place: int) -> int:
    """Where in the dashed date the caret is that stands before digit `place`."""
    return place + sum(place > dash for dash in _DASHES)
