"""An invented 行政许可 that a department must look into, beside the two items of the tests."""

from __future__ import annotations

from datetime import date

from center.catalogue import load_items, read_items
from center.center import Center
from kiosk.wire.forms import CardSource, Choice, FieldKind, FormField
from kiosk.wire.items import Fact, Handover, ItemKind, Limit, Material, Need, ServiceItem
from tests.center.place import ITEMS

LAW = "《中华人民共和国食品安全法》第三十五条"

LICENSE = ServiceItem(
    code="SPJY",
    version=1,
    effective_from=date(2026, 1, 1),
    confirmed=False,
    task_type="01",
    project_type=ItemKind.PROMISED,
    aliases=("开饭店",),
    task_name="小餐饮经营许可",
    by_law=(Fact(text=LAW),),
    promise=Limit(days=10),
    handover=Handover(department="市场监督管理所", days=5),
    apply_here=True,
    materials=(
        Material(code="id_card", material_name="身份证", from_card=True),
        Material(code="place_proof", material_name="经营场所证明", pages=("合同首页", "签字页")),
        Material(code="health", material_name="健康证明", is_need=Need.MAY_FOLLOW),
        Material(code="form", material_name="许可申请书", from_form=True),
    ),
    fields=(
        FormField(code="name", label="姓名", kind=FieldKind.NAME, card=CardSource.NAME),
        FormField(code="phone", label="手机号码", kind=FieldKind.PHONE),
        FormField(
            code="kind",
            label="经营项目",
            kind=FieldKind.CHOICE,
            choices=(Choice(code="hot", label="热食"), Choice(code="cold", label="冷食")),
        ),
        FormField(code="area", label="面积", kind=FieldKind.NUMBER),
        FormField(code="shop", label="店名", kind=FieldKind.TEXT, required=False),
    ),
)


def with_license(center: Center) -> None:
    """Let it be filed too."""
    load_items(center, (*read_items(ITEMS), LICENSE))
