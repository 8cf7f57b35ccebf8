"""Numbers and names over a shoulder: enough to know one's own, too little to learn another's."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.wire.masking import group_number, mask_address, mask_name, mask_number, mask_phone


@pytest.mark.parametrize(
    ("number", "masked"),
    [
        ("230903195001011234", "230903********1234"),
        ("11010519491231002X", "110105********002X"),
        ("H12345678", "H******78"),
        ("USA123456789012", "U************12"),
        ("1234", "****"),
        ("", ""),
    ],
)
def test_a_number_keeps_its_ends_only(number: str, masked: str) -> None:
    assert mask_number(number) == masked


@pytest.mark.parametrize(
    ("name", "masked"),
    [
        ("张秀兰", "张*兰"),
        ("张三", "张*"),
        ("王", "*"),
        ("欧阳娜娜", "欧**娜"),
        ("阿依古丽·买买提", "阿***·买***"),
        ("阿依古丽•买买提", "阿***•买***"),
        ("JOHN SMITH", "J*** S***"),
        ("MADONNA", "M***"),
        ("ROSALIND FEATHERSTONEHAUGH MONTGOMERY", "R*** F*** M***"),
        ("LI NA", "L*** N***"),
        ("J SMITH", "* S***"),
        ("𠮷田兰", "𠮷*兰"),
        (" 张三 ", "张*"),
        ("", ""),
    ],
)
def test_a_name_keeps_its_first_character_and_a_long_one_its_last(name: str, masked: str) -> None:
    assert mask_name(name) == masked


@pytest.mark.parametrize(
    ("address", "masked"),
    [
        ("万宝河镇一村12号", "万宝河镇一村***"),
        ("黑龙江省七台河市新兴区万宝河镇万宝村二组17号", "黑龙江省七台河市新兴区万宝河镇万宝村***"),
        ("七台河市新兴区新立街道3栋2单元501室", "七台河市新兴区新立街道***"),
        ("山湖路88号（王家院里）", "山湖路***"),
        ("万宝河镇12号", "万宝河镇***"),
        ("万宝河镇一村", "万宝河镇一村"),
        ("12 Hill Lane", "***"),
        (" 一村1号 ", "一村***"),
        ("", ""),
    ],
)
def test_an_address_is_told_up_to_the_village_or_street(address: str, masked: str) -> None:
    assert mask_address(address) == masked


@given(st.text(alphabet="万宝河镇一村路街0123456789号室", min_size=1, max_size=20))
def test_the_number_of_a_house_is_never_told_after_its_village(place: str) -> None:
    masked = mask_address(f"一村{place}501室")
    assert masked.startswith("一村") and masked.endswith("***") and "501" not in masked


@given(st.text(alphabet="0123456789X", min_size=1, max_size=18))
def test_a_masked_number_hides_two_signs_at_least_and_a_short_one_wholly(number: str) -> None:
    masked = mask_number(number)
    assert len(masked) == len(number)
    assert masked.count("*") >= min(len(number), 2)
    assert len(number) > 4 or set(masked) == {"*"}


@given(st.text(alphabet="张王李秀兰", min_size=1, max_size=6))
def test_a_name_is_never_shown_whole(name: str) -> None:
    assert "*" in mask_name(name)
    assert len(mask_name(name)) == len(name)


def test_a_long_number_is_grouped_by_four() -> None:
    assert group_number("202611240031") == "2026 1124 0031"
    assert group_number("TS202611240001") == "TS 2026 1124 0001"
    assert group_number("WB0126112401") == "WB01 2611 2401"
    assert group_number("12345") == "1234 5"


@given(st.text(alphabet="0123456789AB", max_size=20))
def test_grouping_loses_nothing(number: str) -> None:
    assert group_number(number).replace(" ", "") == number


@pytest.mark.parametrize(
    ("phone", "masked"), [("13900006120", "139****6120"), ("0464-8290000", "046*****0000"), ("8290000", "*****00"), ("1", "1"), ("", "")]
)
def test_a_telephone_number_keeps_its_ends(phone: str, masked: str) -> None:
    assert mask_phone(phone) == masked
