"""The published list and its guides as a phone shows them: by topic, by department, by searching name, initials or an everyday word (R1.4)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from kiosk.wire.items import Fact, Fee, ItemKind, Limit, LimitUnit, Material, Need, ServiceItem

OPEN = "待核实，请以窗口答复为准"
_UNITS = {LimitUnit.WORKING_DAYS: "个工作日", LimitUnit.CALENDAR_DAYS: "天（自然日）"}
_NEEDS = {Need.REQUIRED: "", Need.OPTIONAL: "不是人人都要，有的请带来", Need.MAY_FOLLOW: "可以先提交，以后补"}
KINDS = {ItemKind.IMMEDIATE: "即办件，当场办结", ItemKind.PROMISED: "承诺件"}


def need_words(material: Material) -> str:
    """Whether the paper is needed, and by when one that may follow has to; empty for one that is needed."""
    by_when = f"，提交后{material.follow_days}个工作日内" if material.follow_days else ""
    return _NEEDS[material.is_need] + by_when


@dataclass(frozen=True)
class Group:
    """Items under one heading."""

    name: str
    items: tuple[ServiceItem, ...]


def by_topic(items: Iterable[ServiceItem]) -> tuple[Group, ...]:
    """Items under the life events they are listed under, the fullest first; those without at the end."""
    found: dict[str, list[ServiceItem]] = {}
    for item in items:
        for topic in item.topics or ("其他",):
            found.setdefault(topic, []).append(item)
    ordered = sorted(found.items(), key=lambda pair: (pair[0] == "其他", -len(pair[1]), pair[0]))
    return tuple(Group(name, tuple(each)) for name, each in ordered)


def by_department(items: Iterable[ServiceItem]) -> tuple[Group, ...]:
    """Items under the department that takes them in."""
    found: dict[str, list[ServiceItem]] = {}
    for item in items:
        found.setdefault(item.elsewhere.body if item.elsewhere else item.dept_name.text or "待核实", []).append(item)
    return tuple(Group(name, tuple(each)) for name, each in sorted(found.items(), key=lambda pair: (pair[0] == "待核实", pair[0])))


@lru_cache(maxsize=4096)
def _initials(words: str) -> str:
    from pypinyin import Style, lazy_pinyin  # its dictionaries take a quarter of a second to load, and a center starts without

    return "".join(lazy_pinyin(words, style=Style.FIRST_LETTER)).lower()


def search(items: Iterable[ServiceItem], words: str) -> tuple[ServiceItem, ...]:
    """Items whose name, everyday words or initials hold what was typed; names that begin with it first."""
    wanted = "".join(words.split()).lower()
    if not wanted:
        return ()
    found: list[tuple[int, str, ServiceItem]] = []
    for item in items:
        texts = (item.task_name, *item.aliases)
        if any(wanted in text.lower() for text in texts) or any(wanted in _initials(text) for text in texts):
            found.append((0 if item.task_name.lower().startswith(wanted) else 1, item.task_name, item))
    return tuple(item for _, _, item in sorted(found, key=lambda each: each[:2]))


def said(facts: Iterable[Fact]) -> tuple[str, ...]:
    """The texts that are given."""
    return tuple(fact.text for fact in facts if fact.text)


def limit_words(item: ServiceItem) -> str:
    """承诺时限 in words."""
    limit: Limit = item.promise
    if item.project_type is ItemKind.IMMEDIATE or limit.days == 0:
        words = "当场办结"
    else:
        words = OPEN if limit.days is None else f"{limit.days} {_UNITS[limit.unit]}，从受理的第二天起算"
    return f"{words}（{limit.note}）" if limit.note else words


def fee_words(fee: Fee) -> str:
    """收费依据及标准 in words."""
    if fee.is_fee is None:
        return OPEN
    words = (fee.fee_stand or "收费，标准以窗口公布为准") if fee.is_fee else "不收费"
    return f"{words}（{fee.by_law}）" if fee.by_law else words
