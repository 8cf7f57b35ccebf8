"""What every guide in config/catalogue must keep to: the wire's shape, a source for each fact, and nothing of another town's."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from kiosk.link.search import TOPIC_ORDER
from kiosk.wire.forms import CardSource, FieldKind, FormField, check_field, check_form
from kiosk.wire.groups import group_value
from kiosk.wire.items import Need, ServiceItem

CONFIG = Path(__file__).resolve().parents[2] / "config"
FILES = sorted((CONFIG / "catalogue").glob("*.toml"))

#: Area code and number, or a mobile number: a guide found elsewhere carries that town's.
PHONE = re.compile(r"\d{3,4}-\d{7,8}|(?<!\d)1[3-9]\d{9}(?!\d)")
ADDRESS = re.compile(r"https?://|www\.|\.(com|cn|gov|net|org)\b")

#: What can be answered without typing Chinese.
TYPED_WITHOUT_CHINESE = {FieldKind.PHONE, FieldKind.NUMBER, FieldKind.AMOUNT, FieldKind.DATE, FieldKind.CHOICE, FieldKind.ID_NUMBER}

FORBIDDEN_PHRASES = ("我不知道", "有牌子，自己看", "下班了", "都说过几遍了", "没看我正忙着吗")


def load(path: Path) -> ServiceItem:
    return ServiceItem.model_validate(tomllib.loads(path.read_text("utf-8")))


ITEMS = [load(path) for path in FILES]


def facts(item: ServiceItem) -> Iterator[tuple[str, str]]:
    """Every statement of a guide with its source."""
    for fact in (item.dept_name, *item.by_law, *item.accept_condition, *item.handle_flow):
        if fact.text:
            yield fact.text, fact.source
    for material in item.materials:
        yield material.material_name, material.source
    if item.promise.days is not None or item.promise.note:
        yield f"{item.promise.days} {item.promise.note}", item.promise.source
    if item.fee.is_fee is not None or item.fee.fee_stand or item.fee.by_law:
        yield f"{item.fee.is_fee} {item.fee.fee_stand} {item.fee.by_law}", item.fee.source
    if item.handover is not None:
        yield f"{item.handover.department} {item.handover.days}", item.handover.source


def test_the_catalogue_has_at_least_fourteen_items() -> None:
    assert len(ITEMS) >= 14


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_file_is_named_by_its_items_code(path: Path) -> None:
    assert load(path).code.lower() == path.stem


def test_no_two_items_have_the_same_code_or_name() -> None:
    assert len({item.code for item in ITEMS}) == len(ITEMS)
    assert len({item.task_name for item in ITEMS}) == len(ITEMS)


@pytest.mark.parametrize("item", ITEMS, ids=lambda item: item.code)
def test_every_fact_has_a_source(item: ServiceItem) -> None:
    unsourced = [text for text, source in facts(item) if not source.strip()]
    assert unsourced == []


@pytest.mark.parametrize("item", ITEMS, ids=lambda item: item.code)
def test_no_source_stands_without_what_it_says(item: ServiceItem) -> None:
    """A source left behind when its fact was taken out would vouch for nothing."""
    stated = (item.dept_name, *item.by_law, *item.accept_condition, *item.handle_flow)
    assert [fact.source for fact in stated if fact.source and not fact.text] == []
    assert not (item.promise.source and item.promise.days is None)
    assert not (item.fee.source and item.fee.is_fee is None)


@pytest.mark.parametrize("item", ITEMS, ids=lambda item: item.code)
def test_R1_2_a_guide_with_an_open_field_is_not_confirmed(item: ServiceItem) -> None:
    assert not (item.confirmed and item.open_fields())


@pytest.mark.parametrize("item", ITEMS, ids=lambda item: item.code)
def test_what_is_said_of_another_place_says_so(item: ServiceItem) -> None:
    elsewhere = re.compile(r"^(?!黑龙江|《|常识|湖北省黄石市规定引为)(.{2,4}(省|市|自治区)|重庆|广西|新疆|湖南|云南|广东)")
    unmarked = [source for _, source in facts(item) if elsewhere.match(source) and "样例" not in source]
    assert unmarked == []


@pytest.mark.parametrize("path", sorted(CONFIG.rglob("*.toml")), ids=lambda path: str(path.relative_to(CONFIG)))
def test_no_configuration_holds_the_phone_number_of_another_town(path: Path) -> None:
    assert PHONE.findall(path.read_text("utf-8")) == []


@pytest.mark.parametrize("item", ITEMS, ids=lambda item: item.code)
def test_the_towns_own_number_is_blank_until_staff_fill_it_in(item: ServiceItem) -> None:
    assert item.confirmed or item.phone == ""


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_guide_names_no_web_address(path: Path) -> None:
    assert ADDRESS.search(path.read_text("utf-8")) is None


@pytest.mark.parametrize("item", ITEMS, ids=lambda item: item.code)
def test_an_item_is_found_by_everyday_words_and_fits_its_line(item: ServiceItem) -> None:
    assert len(item.aliases) >= 3
    assert len(set(item.aliases)) == len(item.aliases)
    assert len(item.task_name) <= 15, "one line at 64 px (design)"
    assert len(item.dept_name.text) <= 12, "two lines in its third of the card (design 04)"
    assert all(len(step.text) <= 13 for step in item.handle_flow), "a step is a chip (design 04)"
    assert item.topics
    assert set(item.topics) <= set(TOPIC_ORDER)


def test_every_topic_has_an_item() -> None:
    assert {topic for item in ITEMS for topic in item.topics} == set(TOPIC_ORDER)


def test_R1_4_an_item_handled_elsewhere_names_the_body() -> None:
    elsewhere = [item for item in ITEMS if not item.handled_here]
    assert elsewhere
    assert all(item.elsewhere and item.elsewhere.body and not item.apply_here for item in elsewhere)


def test_R5_1_items_that_another_body_decides_are_handed_over_to_it() -> None:
    """Where a source names that body; nothing is handed to who is not named, nor by whom the center does not handle it."""
    handed = {item.code for item in ITEMS if item.handover is not None}
    assert {"YLBX", "LSJZ"} <= handed
    assert all(item.handled_here for item in ITEMS if item.code in handed)


@pytest.mark.parametrize("item", ITEMS, ids=lambda item: item.code)
def test_R4_7_special_procedures_stand_with_administrative_licenses_only(item: ServiceItem) -> None:
    assert not item.special_procedures or (item.task_type == "01" and item.handled_here)


def test_the_code_of_an_item_fits_a_guides_qr() -> None:
    assert all(len(item.code) <= 16 for item in ITEMS)


APPLIED_HERE = [item for item in ITEMS if item.apply_here]


def test_at_least_four_items_can_be_filed_here() -> None:
    assert len(APPLIED_HERE) >= 4


@pytest.mark.parametrize("item", APPLIED_HERE, ids=lambda item: item.code)
def test_a_form_is_short_polite_and_can_be_filled_without_typing_chinese(item: ServiceItem) -> None:
    asked = [field for field in item.fields if field.kind is not FieldKind.GROUP]
    assert 4 <= len(asked) <= 7
    # The names of a group are Chinese: who cannot write them leaves it out.
    assert all(check_field(field, "", date(2026, 11, 24)) is None for field in item.fields if field not in asked)
    for field in asked:
        from_card = field.card is not None or field.default_from_card is not None
        assert from_card or field.kind in TYPED_WITHOUT_CHINESE, field.code
        assert field.card is not None or field.question, f"{field.code}: a field that is asked has a question"


@pytest.mark.parametrize("item", APPLIED_HERE, ids=lambda item: item.code)
def test_a_form_takes_name_number_and_a_phone_where_the_window_reaches_the_citizen(item: ServiceItem) -> None:
    by_code = {field.code: field for field in item.fields}
    assert by_code["name"].card is CardSource.NAME
    assert by_code["id_number"].card is CardSource.NUMBER
    assert by_code["phone"].kind is FieldKind.PHONE
    assert by_code["phone"].required


def _an_answer(field: FormField) -> str:
    if field.kind is FieldKind.CHOICE:
        return field.choices[-1].code
    if field.kind is FieldKind.GROUP:
        return group_value([{part.code: _an_answer(part) for part in field.fields}] * field.max_rows)
    return {
        FieldKind.NAME: "张秀兰",
        FieldKind.ADDRESS: "黑龙江省七台河市桃山区万宝河镇示例村一组1号附属用房东侧第三户",
        FieldKind.ID_NUMBER: "11010519491231002X",
        FieldKind.PHONE: "0464-12345678",
        FieldKind.NUMBER: "12",
        FieldKind.AMOUNT: "1234567.89",
        FieldKind.DATE: "2026-12-01",
    }[field.kind]


@pytest.mark.parametrize("item", APPLIED_HERE, ids=lambda item: item.code)
def test_a_form_takes_an_ordinary_answer_to_each_question(item: ServiceItem) -> None:
    values = {field.code: _an_answer(field) for field in item.fields}
    assert check_form(item.fields, values, date(2026, 11, 24)) == {}


@pytest.mark.parametrize("item", APPLIED_HERE, ids=lambda item: item.code)
def test_what_to_read_first_is_short_polite_and_says_that_filing_is_no_acceptance(item: ServiceItem) -> None:
    assert 2 <= len(item.read_first) <= 4
    text = "".join(item.read_first)
    assert "提交不等于受理" in text
    assert "到窗口办" in text
    assert "撤回" in text
    assert "短信" not in text
    assert "手机" not in text
    assert not any(phrase in text for phrase in FORBIDDEN_PHRASES), "R8.1"


@pytest.mark.parametrize("item", APPLIED_HERE, ids=lambda item: item.code)
def test_the_id_card_is_read_and_never_photographed(item: ServiceItem) -> None:
    assert any(material.from_card and "身份证" in material.material_name for material in item.materials)
    assert all(not (material.from_card and material.from_form) for material in item.materials)


def test_a_paper_that_may_follow_says_so() -> None:
    later = [material for item in APPLIED_HERE for material in item.materials if material.is_need is Need.MAY_FOLLOW]
    assert later
    assert all("以后补" in material.note for material in later)
