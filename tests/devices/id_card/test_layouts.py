"""What a card says, in all four layouts: fields by offset, dates as dates, names with their spaces."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from devices.bench.people import PEOPLE
from devices.id_card.layouts import TEXT_BYTES, CardTextFault, encode_added_address, encode_card, parse_card
from devices.id_card.nations import NATIONS
from devices.id_card.protocol import split_read
from kiosk.ports import IdCard
from kiosk.wire.forms import id_number_is_valid
from tests.devices.id_card.test_protocol import VECTORS, only_reply


def sample(name: str) -> IdCard:
    parts = split_read(only_reply(VECTORS[name]).data)
    assert parts is not None
    return parse_card(parts[0])


def test_a_resident_card() -> None:
    assert sample("rep_read_resident") == IdCard(
        kind="resident",
        layout="resident",
        name="张三",
        number="11010519491231002X",
        sex="male",
        nation="汉",
        birth=date(1949, 12, 31),
        valid_from=date(2020, 1, 1),
        valid_to=None,  # 长期
        address="黑龙江省七台河市桃山区测试路1号",
        issuer="测试市公安局",
    )


def test_a_card_of_a_resident_of_hong_kong_macao_or_taiwan() -> None:
    card = sample("rep_read_hmt_J")
    assert (card.kind, card.layout, card.name, card.number) == ("hmt", "J", "样本", "830000199001010018")
    assert (card.birth, card.valid_to, card.nation) == (date(1990, 1, 1), date(2025, 1, 1), "")
    assert card.extra == {"pass_number": "00000000", "issue_count": "01"}


def test_a_foreigners_card_of_2017() -> None:
    card = sample("rep_read_foreign_I")
    assert (card.kind, card.layout, card.name, card.chinese_name) == ("foreign", "I", "ZHENGJIAN, YANGBEN", "证件样本")
    assert (card.number, card.sex, card.birth) == ("CAN110081080319", "female", date(1981, 8, 3))
    assert (card.valid_from, card.valid_to, card.issuer) == (date(2015, 10, 25), date(2025, 10, 24), "1500")
    assert card.extra == {"nationality": "CAN", "version": "01"}


def test_a_foreigners_card_of_2023() -> None:
    card = sample("rep_read_foreign_Y")
    assert (card.kind, card.layout, card.name, card.chinese_name) == ("foreign", "Y", "ZHENGJIAN, YANGBEN", "证件样本")
    assert (card.number, card.sex, card.birth) == ("931586198001010028", "female", date(1980, 1, 1))
    assert card.extra == {"nationality": "PAK", "renewals": "00", "old_number_link": "000"}


@pytest.mark.parametrize("person", PEOPLE)
def test_what_a_bench_persons_card_says_comes_back_whole(person: str) -> None:
    # Among them: a long name over two fields, a character outside the basic plane, spaces inside names, no end of validity.
    assert parse_card(encode_card(PEOPLE[person].card)) == PEOPLE[person].card


@pytest.mark.parametrize("person", [person for person in PEOPLE if PEOPLE[person].card.layout in ("resident", "J")])
def test_bench_people_have_numbers_that_are_right_unless_they_are_there_to_be_wrong(person: str) -> None:
    card = PEOPLE[person].card
    assert id_number_is_valid(card.number, date(2026, 1, 1)) == (person != "zhao-wrong")
    assert card.number[6:14] == f"{card.birth:%Y%m%d}"
    assert (int(card.number[16]) % 2 == 1) == (card.sex == "male")


def test_a_name_longer_than_its_first_place_goes_on_in_the_second() -> None:
    card = replace(PEOPLE["alexandra"].card, name="A" * 30 + " BCD EFGHIJ KLMN")
    assert len(card.name) == 46, "all of both places"
    assert parse_card(encode_card(card)).name == card.name
    with pytest.raises(ValueError, match="name is longer"):
        encode_card(replace(card, name=card.name + "O"))


@pytest.mark.parametrize(("code", "sex"), [("0", "unknown"), ("1", "male"), ("2", "female"), ("9", "unspecified"), ("7", "unknown")])
def test_every_code_of_sex(code: str, sex: str) -> None:
    text = bytearray(encode_card(PEOPLE["li-jianguo"].card))
    text[30:32] = code.encode("utf-16-le")
    assert parse_card(bytes(text)).sex == sex


def test_nations_are_those_of_the_standard() -> None:
    assert len(NATIONS) == 58
    assert [NATIONS[code] for code in ("01", "11", "17", "31", "53", "56", "97", "98")] == [
        "汉",
        "满",
        "哈萨克",
        "达斡尔",
        "赫哲",
        "基诺",
        "其他",
        "外国血统中国籍人士",
    ]


@pytest.mark.parametrize(
    ("offset", "garbage", "code"),
    [
        (248, "Q", "layout_unknown"),
        (36, "1949XX31", "text_invalid"),
        (36, "19490231", "text_invalid"),
        (204, "永远    ", "text_invalid"),
        (0, " " * 15, "text_invalid"),
        (122, " " * 18, "text_invalid"),
    ],
)
def test_text_that_is_no_cards_is_refused_without_quoting_it(offset: int, garbage: str, code: str) -> None:
    text = bytearray(encode_card(PEOPLE["li-jianguo"].card))
    text[offset : offset + 2 * len(garbage)] = garbage.encode("utf-16-le")
    with pytest.raises(CardTextFault) as caught:
        parse_card(bytes(text))
    assert caught.value.code == code
    assert "李建国" not in str(caught.value)
    assert garbage.strip() == "" or garbage.strip() not in str(caught.value)


def test_half_a_character_is_refused() -> None:
    text = bytearray(encode_card(PEOPLE["li-jianguo"].card))
    text[28:30] = b"\x42\xd8"  # the first half of a surrogate pair at the end of the name's field
    with pytest.raises(CardTextFault):
        parse_card(bytes(text))


@pytest.mark.parametrize("length", [0, TEXT_BYTES - 2, TEXT_BYTES + 2])
def test_text_of_another_length_is_refused(length: int) -> None:
    with pytest.raises(CardTextFault):
        parse_card(b" \0" * (length // 2))


def test_an_address_that_does_not_fit_is_no_address() -> None:
    with pytest.raises(ValueError, match="longer"):
        encode_added_address("一" * 36)
