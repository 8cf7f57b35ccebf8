"""How a person's name, number and address are shown where others may see them, and how long numbers are grouped. Encrypts nothing."""

from __future__ import annotations

import re

_STAR = "*"
#: A resident's ID number, and with it a foreigner's card of version Y: region and the last four stay (`230903********1234`).
_ID_NUMBER_LENGTH = 18
_WORD = re.compile(r"[^\s·•・.]+")
#: Stars of a word whose first letter is kept: always as many, so that a long name fits a header and its length tells nothing.
_STARS_OF_A_WORD = 3
#: The kind of a number before a day and a count: it is a group of its own, so that the day can be read.
_COUNTED_PREFIX = re.compile(r"([A-Z]{2})(20\d{10})")
#: Where a village or a street ends, and where nothing smaller is named, a town or a county: up to there an address is told.
_VILLAGE = re.compile(r".+?(?:社区|街道|胡同|村|屯|街|路|巷)")
_TOWN = re.compile(r".+[镇乡区县旗市省]")


def mask_number(number: str) -> str:
    """The number with its middle starred: 18 characters keep 6 and 4; shorter ones keep 1 and 2; up to 4 keep nothing."""
    length = len(number)
    if length == _ID_NUMBER_LENGTH:
        head, tail = 6, 4
    elif length > 4:
        head, tail = 1, 2
    else:
        head, tail = 0, 0
    return number[:head] + _STAR * (length - head - tail) + number[length - tail :]


def mask_phone(phone: str) -> str:
    """A telephone number with its middle starred: `139****6120`; up to 7 characters keep the last two."""
    keep = 3 if len(phone) > 7 else 0
    tail = 4 if len(phone) > 7 else 2
    return phone[:keep] + _STAR * max(len(phone) - keep - tail, 0) + phone[-tail:]


def mask_name(name: str) -> str:
    """The name as it may be read over a shoulder.

    A Chinese name keeps its first and last character (`张*兰`), one of two characters its first (`张*`), one of one nothing.
    Names of several words (`阿依古丽·买买提`, `JOHN SMITH`) and names in Latin letters keep the first character of each word, with
    three stars for the rest, however long it is.
    """
    name = name.strip()
    words = _WORD.findall(name)
    if len(words) > 1 or name.isascii():
        return _WORD.sub(lambda word: _only_first(word.group(), _STARS_OF_A_WORD), name)
    if len(name) <= 2:
        return _only_first(name, 1)
    return name[0] + _STAR * (len(name) - 2) + name[-1]


def mask_address(address: str) -> str:
    """Up to the village or street, which whoever lives there knows again: `万宝河镇一村***`. Of one that names no place nothing is kept."""
    address = address.strip()
    known = _VILLAGE.match(address) or _TOWN.match(address)
    kept = known.group() if known else ""
    return address if kept == address else kept + _STAR * _STARS_OF_A_WORD


def _only_first(word: str, stars: int) -> str:
    return _STAR if len(word) == 1 else word[0] + _STAR * stars


def group_number(number: str, size: int = 4) -> str:
    """A long number in groups, as it is read out and copied: `202611240031` → `2026 1124 0031`, `TS202611240001` → `TS 2026 1124 0001`."""
    prefix = _COUNTED_PREFIX.fullmatch(number)
    letters, digits = prefix.groups() if prefix else ("", number)
    return " ".join((*filter(None, (letters,)), *(digits[start : start + size] for start in range(0, len(digits), size))))
