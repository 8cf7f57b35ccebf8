"""An item's facts as short words: kind, limit, fee. Empty where no source gives one."""

from __future__ import annotations

from kiosk.i18n import Texts
from kiosk.wire.items import ItemKind, LimitUnit, ServiceItem


def kind_text(texts: Texts, item: ServiceItem) -> str:
    """即办件 or 承诺件 (R4.1)."""
    if item.project_type is None:
        return ""
    return {ItemKind.IMMEDIATE: texts.t("即办件"), ItemKind.PROMISED: texts.t("承诺件")}[item.project_type]


def limit_text(texts: Texts, item: ServiceItem) -> str:
    """3 个工作日, in the unit the item states (R4.2)."""
    days = item.promise.days
    if days is None:
        return ""
    if days == 0:
        return texts.t("当场办好")
    return {
        LimitUnit.WORKING_DAYS: texts.t("{n} 个工作日", n=days),
        LimitUnit.CALENDAR_DAYS: texts.t("{n} 天", n=days),
    }[item.promise.unit]


def fee_text(texts: Texts, item: ServiceItem) -> str:
    """不收费, or the standard."""
    if item.fee.is_fee is None:
        return ""
    return (item.fee.fee_stand or texts.t("收费")) if item.fee.is_fee else texts.t("不收费")
