"""What a field takes: the keyboard it opens, the others it offers, and the characters that go into it."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from kiosk.journeys.writing.page import Refusal
from kiosk.views import KeyboardKind

_AMOUNT = re.compile(r"(0|[1-9][0-9]*)(\.[0-9]{0,2})?", re.ASCII)
_ID_NUMBER = 18


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


#: Marks of Chinese sentences, and what stands for them in English.
_IN_ENGLISH = MappingProxyType(dict(zip("，。、？！：；“”·（）—", ',.,?!:;""\'()-', strict=True)))

#: A key, and the text before and after it; gives what is written of it: nothing, if it does not belong there.
Accept = Callable[[str, str, str], str]


def _any(key: str, before: str, after: str) -> str:
    return key if key.isprintable() and not (key == " " and not before + after) else ""


def _digit(key: str, before: str, after: str) -> str:
    return key if key in "0123456789" else ""


def _id_number(key: str, before: str, after: str) -> str:
    """X is the check character of some: the last."""
    if key in "xX":
        return "X" if len(before) == _ID_NUMBER - 1 and not after else ""
    return "" if before.endswith("X") else _digit(key, before, after)


def _amount(key: str, before: str, after: str) -> str:
    """What leaves an amount, or the beginning of one."""
    written = "0." if key == "." and not before else key
    return written if _AMOUNT.fullmatch(before + written + after) else ""


def _english(key: str, before: str, after: str) -> str:
    """The keyboard of marks has those of Chinese sentences: each is written as its English one, or not at all."""
    mark = _IN_ENGLISH.get(key, key)
    return _any(mark, before, after) if mark.isascii() else ""


def _code(key: str, before: str, after: str) -> str:
    return key.upper() if key.isascii() and key.isalnum() else ""


@dataclass(frozen=True)
class Rules:
    """Of one kind of field. `most`: characters at most, whatever the field says; 0: as it says. `chinese`: whether Chinese goes in.
    `refusal`: of a key that belongs into it, but not at that place.
    """

    opens: KeyboardKind
    accept: Accept = _any
    most: int = 0
    chinese: bool = False
    capitals: bool = False
    refusal: Refusal = Refusal.NOT_HERE


_CHINESE = Rules(KeyboardKind.PINYIN, chinese=True)

RULES: Mapping[Takes, Rules] = MappingProxyType(
    {
        Takes.NAME: _CHINESE,
        Takes.ADDRESS: _CHINESE,
        Takes.TEXT: _CHINESE,
        Takes.SEARCH: _CHINESE,
        Takes.NUMBER: Rules(KeyboardKind.DIGITS, _digit),
        Takes.ID_NUMBER: Rules(KeyboardKind.ID_NUMBER, _id_number, most=_ID_NUMBER, refusal=Refusal.NO_ID_NUMBER),
        Takes.AMOUNT: Rules(KeyboardKind.AMOUNT, _amount, refusal=Refusal.NO_AMOUNT),
        Takes.DATE: Rules(KeyboardKind.DATE, _digit, most=8),
        Takes.ENGLISH: Rules(KeyboardKind.LETTERS, _english),
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
