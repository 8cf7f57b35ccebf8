"""What keeps a draft of an item from being published: entries that cannot be, and the fields of R1.2 that are missing, each in words."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from pydantic import ValidationError

from center.domain.item import missing_for_publication
from kiosk.wire.items import ServiceItem

Definition = Mapping[str, Any]


class Section(StrEnum):
    """A page of the editor."""

    BASICS = "basics"
    GUIDE = "guide"
    MATERIALS = "materials"
    FORM = "form"
    HANDLING = "handling"


SECTION_NAMES: dict[Section, str] = {
    Section.BASICS: "基本情况",
    Section.GUIDE: "办事指南",
    Section.MATERIALS: "申请材料",
    Section.FORM: "表单",
    Section.HANDLING: "时限和收费",
}

#: The fields of a definition that each page edits.
KEYS: dict[Section, tuple[str, ...]] = {
    Section.BASICS: (
        "task_name", "effective_from", "task_type", "project_type", "catalog_code", "topics", "aliases", "phone",
        "handled_here", "elsewhere", "apply_here", "applicants", "agents",
        "read_first",
    ),
    Section.GUIDE: ("dept_name", "by_law", "accept_condition", "handle_flow"),
    Section.MATERIALS: ("materials",),
    Section.FORM: ("fields",),
    Section.HANDLING: ("promise", "fee", "handover", "special_procedures", "seal"),
}  # fmt: skip
_SECTION_OF = {key: section for section, keys in KEYS.items() for key in keys}

#: On which page what R1.2 asks for is given.
MISSING_IN: dict[str, Section] = {
    "受理部门": Section.GUIDE,
    "办理依据": Section.GUIDE,
    "办理条件": Section.GUIDE,
    "办理流程": Section.GUIDE,
    "申请材料": Section.MATERIALS,
    "承诺时限": Section.HANDLING,
    "收费依据及标准": Section.HANDLING,
}

_NAMES = {
    "task_name": "事项名称", "effective_from": "生效日", "task_type": "事项类型", "project_type": "办件类型", "catalog_code": "基本编码",
    "topics": "生活主题", "aliases": "大白话名称", "phone": "咨询电话", "elsewhere": "由谁办理", "body": "办理单位", "place": "地点",
    "how": "怎样联系", "read_first": "申报须知", "dept_name": "受理部门", "by_law": "办理依据", "accept_condition": "办理条件",
    "handle_flow": "办理流程", "materials": "材料", "fields": "表单", "promise": "承诺时限", "fee": "收费", "handover": "移交职能单位",
    "special_procedures": "特别程序", "seal": "免用专用章", "text": "内容", "source": "出处", "material_name": "名称", "pages": "每页名称",
    "note": "说明", "label": "名称", "question": "提问", "hint": "提示", "choices": "选项", "max_length": "最多字数", "days": "天数",
    "fee_stand": "收费标准", "department": "单位", "is_need": "是否必要", "kind": "题型", "unit": "单位",
    "applicants": "谁可以在终端申请", "follow_days": "几个工作日内补",
}  # fmt: skip


@dataclass(frozen=True)
class Fault:
    """An entry that cannot be, on this page."""

    section: Section
    words: str


@dataclass(frozen=True)
class Check:
    """What was found. `item` is the version as it would be published, None while there are faults."""

    item: ServiceItem | None
    faults: tuple[Fault, ...]
    missing: tuple[str, ...]

    @property
    def complete(self) -> bool:
        """Whether it can be published (R1.2)."""
        return self.item is not None and not self.missing

    def of(self, section: Section) -> tuple[str, ...]:
        """What is to be mended on a page, in words."""
        lacking = (f"缺：{name}" for name in self.missing if MISSING_IN[name] is section)
        return (*lacking, *(fault.words for fault in self.faults if fault.section is section))


def check(definition: Definition, code: str, version: int) -> Check:
    """Look at a draft as it would be published under this version."""
    whole = {**definition, "code": code, "version": version, "confirmed": True}
    try:
        item = ServiceItem.model_validate_json(json.dumps(whole))
    except ValidationError as error:
        faults = tuple(dict.fromkeys(_fault(dict(each)) for each in error.errors()))
        return Check(None, faults, _missing_of_the_rest(whole, error))
    return Check(item, (), missing_for_publication(item))


def _missing_of_the_rest(whole: dict[str, Any], error: ValidationError) -> tuple[str, ...]:
    """What R1.2 asks for beside the faults: the entries that cannot be are left out, and the rest is looked at."""
    kept = dict(whole)
    for each in error.errors():
        if each["loc"]:
            kept.pop(str(each["loc"][0]), None)
        else:
            kept |= {"apply_here": False, "handled_here": True, "elsewhere": None}
    kept |= {"task_name": kept.get("task_name", "未定"), "effective_from": kept.get("effective_from", "2000-01-01"), "apply_here": False}
    try:
        return missing_for_publication(ServiceItem.model_validate_json(json.dumps(kept)))
    except ValidationError:
        # The faults are said; what is missing is seen when they are mended.
        return ()


def _fault(error: dict[str, Any]) -> Fault:
    where: tuple[int | str, ...] = error["loc"]
    if not where:
        return _cross_fault(str(error["msg"]))
    parts = [f"第 {part + 1} 项" if isinstance(part, int) else _NAMES.get(part, "") for part in where]
    return Fault(_SECTION_OF.get(str(where[0]), Section.BASICS), "，".join(filter(None, parts)) + "：" + _sentence(error))


def _cross_fault(message: str) -> Fault:
    if "R1.4" in message:
        return Fault(Section.BASICS, "不在本中心办理的，要写明由哪个单位办理。")
    if "material" in message:
        return Fault(Section.MATERIALS, "有两份材料的代码相同，请删掉一份重填。")
    if "two fields" in message:
        return Fault(Section.FORM, "有两道题的代码相同，请删掉一道重填。")
    return Fault(Section.BASICS, "能在终端申办的，要由本中心办理，并且有表单。")


def _sentence(error: dict[str, Any]) -> str:
    kind, context = str(error["type"]), error.get("ctx", {})
    if kind == "string_too_long":
        return f"太长了，最多 {context['max_length']} 个字。"
    if kind == "too_long":
        return f"太多了，最多 {context['max_length']} 项。"
    if kind in ("greater_than_equal", "less_than_equal"):
        return f"数字{'太小，至少' if kind == 'greater_than_equal' else '太大，最多'} {context.get('ge', context.get('le'))}。"
    if kind == "value_error":
        return next((words for mark, words in _VALUE_ERRORS.items() if mark in str(error["msg"])), _OF_CHOICES)
    return _SENTENCES.get(kind, "填写的内容不对，请重新填。")


_OF_CHOICES = "选择题要有选项，其他题型不要写选项。"
#: By what the definition itself says of it.
_VALUE_ERRORS = {
    "may follow": "只有可以容缺后补的材料，才写几个工作日内补。",
    "a group": "逐行填写的题，不能从身份证取，也不能改成别的题型后再改回来。",
}
_SENTENCES = {
    "missing": "还没有填。",
    "string_too_short": "还没有填，或者太短。",
    "too_short": "还没有填。",
    "date_from_datetime_parsing": "不是日期。",
    "date_parsing": "不是日期。",
    "date_type": "还没有填。",
    "int_parsing": "要填整数。",
    "enum": "请重新选择。",
    "string_pattern_mismatch": "写法不对。",
}
