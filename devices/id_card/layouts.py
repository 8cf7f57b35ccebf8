"""The 256 bytes of text on a card, in all four layouts (devices.md §1). Fields by offset, never split on spaces. No frames, no reader.

The text is UTF-16LE padded with spaces; the letter at offset 248 tells the layout. Encoding is for simulators and tests.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from devices.id_card.nations import NATIONS
from kiosk.errors import OneSealError
from kiosk.ports import IdCard

TEXT_BYTES = 256
_LETTER_AT = 248
_NO_END = "长期"
#: Added address, 30 03: 70 bytes of UTF-16LE.
_ADDED_ADDRESS_BYTES = 70

#: A letter that is neither printable nor a space is padding of readers that pad with zeros; U+3000 is a typist's space.
_PADDING = " \0\u3000"

_SEXES = {"0": "unknown", "1": "male", "2": "female", "9": "unspecified"}


class CardTextFault(OneSealError):
    """The reader gave text that is no card's: code `text_invalid` or `layout_unknown`. `message` never quotes the card."""


@dataclass(frozen=True)
class Layout:
    """Where a kind of card keeps its fields: name to (offset, length) in bytes. `extra` fields go into `IdCard.extra`.

    A field of two places (a long English name) is one text cut where the first place ends.
    """

    name: str
    kind: str
    letter: str
    fields: dict[str, tuple[tuple[int, int], ...]]
    extra: tuple[str, ...] = ()


#: Where all four keep the same.
_TERM = {"valid_from": ((188, 16),), "valid_to": ((204, 16),)}

RESIDENT = Layout(
    "resident",
    "resident",
    " ",
    {
        "name": ((0, 30),),
        "sex": ((30, 2),),
        "nation": ((32, 4),),
        "birth": ((36, 16),),
        "address": ((52, 70),),
        "number": ((122, 36),),
        "issuer": ((158, 30),),
        **_TERM,
    },
)
#: Residence permit of a resident of Hong Kong, Macao or Taiwan, 2018.
HMT = Layout(
    "J",
    "hmt",
    "J",
    {
        "name": ((0, 30),),
        "sex": ((30, 2),),
        "birth": ((36, 16),),
        "address": ((52, 70),),
        "number": ((122, 36),),
        "issuer": ((158, 30),),
        **_TERM,
        "pass_number": ((220, 18),),
        "issue_count": ((238, 4),),
    },
    extra=("pass_number", "issue_count"),
)
#: Foreigner's permanent residence card of 2017.
FOREIGNER_2017 = Layout(
    "I",
    "foreign",
    "I",
    {
        "name": ((0, 120),),
        "sex": ((120, 2),),
        "number": ((122, 30),),
        "nationality": ((152, 6),),
        "chinese_name": ((158, 30),),
        **_TERM,
        "birth": ((220, 16),),
        "version": ((236, 4),),
        "issuer": ((240, 8),),
    },
    extra=("nationality", "version"),
)
#: Foreigner's permanent residence card of 2023, the "five-star card". `name` is the English name, as on the card of 2017.
FOREIGNER_2023 = Layout(
    "Y",
    "foreign",
    "Y",
    {
        "chinese_name": ((0, 30),),
        "sex": ((30, 2),),
        "renewals": ((32, 4),),
        "birth": ((36, 16),),
        "name": ((52, 70), (220, 22)),
        "number": ((122, 36),),
        **_TERM,
        "nationality": ((242, 6),),
        "old_number_link": ((250, 6),),
    },
    extra=("nationality", "renewals", "old_number_link"),
)

LAYOUTS = (RESIDENT, HMT, FOREIGNER_2017, FOREIGNER_2023)
_BY_LETTER = {layout.letter: layout for layout in LAYOUTS}
_BY_NAME = {layout.name: layout for layout in LAYOUTS}


def parse_card(text: bytes) -> IdCard:
    """The card in 256 bytes of text. Raises CardTextFault; does not judge the number or whether the card is still valid."""
    if len(text) != TEXT_BYTES:
        raise CardTextFault("text_invalid", f"读卡器送来的文字不是 {TEXT_BYTES} 字节。")
    letter = _field(text, ((_LETTER_AT, 2),)) or " "
    layout = _BY_LETTER.get(letter)
    if layout is None:
        raise CardTextFault("layout_unknown", "这种证件的格式不认识。")
    value = {name: _field(text, places) for name, places in layout.fields.items()}
    if not value["name"] or not value["number"]:
        raise CardTextFault("text_invalid", "证件上没有姓名或号码。")
    return IdCard(
        kind=layout.kind,
        layout=layout.name,
        name=value["name"],
        number=value["number"],
        sex=_SEXES.get(value["sex"], "unknown"),
        chinese_name=value.get("chinese_name") or None,
        nation=NATIONS.get(value.get("nation", ""), ""),
        birth=_date(value["birth"]),
        valid_from=_date(value["valid_from"]),
        valid_to=None if value["valid_to"] == _NO_END else _date(value["valid_to"]),
        address=value.get("address", ""),
        issuer=value.get("issuer", ""),
        extra={name: value[name] for name in layout.extra},
    )


def parse_added_address(data: bytes) -> str:
    """The address that a later move added (30 03)."""
    return _decoded(data[:_ADDED_ADDRESS_BYTES]).rstrip(_PADDING)


def encode_card(card: IdCard) -> bytes:
    """The 256 bytes that `parse_card` reads back. Raises ValueError if a value does not fit its field."""
    layout = _BY_NAME[card.layout]
    values = {
        "name": card.name,
        "sex": next(code for code, sex in _SEXES.items() if sex == card.sex),
        "nation": next((code for code, name in NATIONS.items() if name == card.nation), ""),
        "birth": _digits(card.birth),
        "address": card.address,
        "number": card.number,
        "issuer": card.issuer,
        "valid_from": _digits(card.valid_from),
        "valid_to": _digits(card.valid_to) or _NO_END,
        "chinese_name": card.chinese_name or "",
        **card.extra,
    }
    text = bytearray(" ".encode("utf-16-le") * (TEXT_BYTES // 2))
    text[_LETTER_AT : _LETTER_AT + 2] = layout.letter.encode("utf-16-le")
    for name, places in layout.fields.items():
        rest = values.get(name, "").encode("utf-16-le")
        for offset, length in places:
            text[offset : offset + len(rest[:length])] = rest[:length]
            rest = rest[length:]
        if rest:
            raise ValueError(f"{name} is longer than its field of layout {layout.name}")
    return bytes(text)


def encode_added_address(address: str) -> bytes:
    """The 70 bytes that `parse_added_address` reads back. Raises ValueError if the address does not fit."""
    data = address.ljust(_ADDED_ADDRESS_BYTES // 2).encode("utf-16-le")
    if len(data) != _ADDED_ADDRESS_BYTES:
        raise ValueError("the address is longer than its field")
    return data


def _field(text: bytes, places: tuple[tuple[int, int], ...]) -> str:
    return _decoded(b"".join(text[offset : offset + length] for offset, length in places)).rstrip(_PADDING)


def _decoded(data: bytes) -> str:
    try:
        return data.decode("utf-16-le")
    except UnicodeDecodeError:
        # Without the cause: its text quotes the bytes.
        raise CardTextFault("text_invalid", "读卡器送来的文字不是 UTF-16。") from None


def _date(digits: str) -> date:
    try:
        return datetime.strptime(digits, "%Y%m%d").date()
    except ValueError:
        raise CardTextFault("text_invalid", "证件上的日期不是日期。") from None


def _digits(day: date | None) -> str:
    return day.strftime("%Y%m%d") if day else ""
