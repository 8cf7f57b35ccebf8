"""Writing a version of an item (R1.1, R1.2): a draft is edited, handed in, confirmed by somebody else than who wrote it, and only then published."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session
from sqlalchemy.orm.exc import StaleDataError

from center.catalogue import CONSOLE, find_item, item_of
from center.center import Center, Refusal
from center.domain.manners import unmannerly
from center.domain.roles import Right
from center.members import Member, require
from center.publishing.checking import KEYS, Check, Definition, Section, check
from center.records import journal
from center.store.tables import Item, ItemDraft, Staff


class DraftState(StrEnum):
    """Where a draft stands."""

    EDITING = "editing"
    SUBMITTED = "submitted"
    PUBLISHED = "published"
    DISCARDED = "discarded"


DRAFT_STATES: dict[DraftState, str] = {
    DraftState.EDITING: "正在编写",
    DraftState.SUBMITTED: "等待确认",
    DraftState.PUBLISHED: "已发布",
    DraftState.DISCARDED: "已放弃",
}
OPEN = (DraftState.EDITING, DraftState.SUBMITTED)
#: What belongs to a version and not to what is written: given when it is published.
_NOT_WRITTEN = {"code", "version", "confirmed", "withdrawn_on"}
MAX_REMARK = 200


@dataclass(frozen=True)
class Draft:
    """A draft opened, with what keeps it from being published. `version` is the number it has or would get."""

    id: UUID
    code: str
    state: DraftState
    definition: Definition
    version: int
    check: Check
    editor_id: UUID
    editor: str
    changed_at: datetime
    remark: str
    revision: int

    @property
    def name(self) -> str:
        """The item's name as written."""
        return str(self.definition.get("task_name") or self.code)


def _changed() -> Refusal:
    return Refusal("item_changed", "这个草稿刚刚被别人改过，您的操作没有保存。请查看最新内容后再做。")


def next_version(center: Center, session: Session, code: str) -> int:
    """The number that the next version of an item gets."""
    newest = select(func.max(Item.version)).where(Item.township_id == center.township_id, Item.code == code)
    return (session.scalar(newest) or 0) + 1


def find_draft(center: Center, session: Session, draft_id: UUID) -> Draft:
    """One draft. Raises Refusal."""
    row = session.scalar(select(ItemDraft).where(ItemDraft.id == draft_id, ItemDraft.township_id == center.township_id))
    if row is None:
        raise Refusal("item_unknown", "没有找到这个草稿，可能是地址不完整。请从事项列表重新打开。")
    version = row.version or next_version(center, session, row.code)
    definition = json.loads(row.definition)
    return Draft(
        id=row.id,
        code=row.code,
        state=DraftState(row.state),
        definition=definition,
        version=version,
        check=check(definition, row.code, version),
        editor_id=row.editor_id,
        editor=session.get_one(Staff, row.editor_id).name,
        changed_at=row.changed_at,
        remark=row.remark,
        revision=row.revision,
    )


# ------------------------------------------------------------------ written


def begin_draft(center: Center, member: Member, session: Session, code: str, base_version: int) -> UUID:
    """A draft of the next version, filled with an earlier one, in the caller's transaction; the open draft if there is one. Raises Refusal."""
    require(member, Right.EDIT_ITEMS)
    open_one = session.scalar(select(ItemDraft.id).where(ItemDraft.township_id == center.township_id, ItemDraft.open_code == code))
    if open_one is not None:
        return open_one
    base = find_item(session, center, code, base_version)
    if base is None:
        raise Refusal("item_unknown", "没有找到这个事项的这个版本。请从事项列表重新打开。")
    written = json.loads(item_of(base).model_dump_json(exclude=_NOT_WRITTEN))
    written["effective_from"] = center.clock.now().date().isoformat()
    return _add(center, member, session, code, written, base_version)


def begin_item(center: Center, member: Member, session: Session, code: str, name: str) -> UUID:
    """A draft of an item that is new, in the caller's transaction. Raises Refusal."""
    require(member, Right.EDIT_ITEMS)
    faults = {}
    if not (2 <= len(code) <= 16 and code.isascii() and code.isalnum() and code == code.upper()):
        faults["code"] = "代码用 2 到 16 个大写字母和数字，如名称的拼音首字母。"
    elif session.scalar(select(Item.id).where(Item.township_id == center.township_id, Item.code == code)) is not None:
        faults["code"] = "这个代码已经有事项在用。请从事项列表打开它。"
    elif session.scalar(select(ItemDraft.id).where(ItemDraft.township_id == center.township_id, ItemDraft.open_code == code)) is not None:
        faults["code"] = "这个代码已经有一份草稿。请从事项列表打开它。"
    if not 2 <= len(name) <= 40:
        faults["task_name"] = "请填事项名称，2 到 40 个字。"
    if faults:
        raise Refusal("item_invalid", "有几处还不对，已在下面标出。改好后再保存。", faults)
    return _add(center, member, session, code, {"task_name": name, "effective_from": center.clock.now().date().isoformat()}, 0)


def _add(center: Center, member: Member, session: Session, code: str, written: dict[str, Any], base: int) -> UUID:
    now = center.clock.now()
    row = ItemDraft(
        id=uuid4(),
        township_id=center.township_id,
        code=code,
        open_code=code,
        state=DraftState.EDITING,
        definition=json.dumps(written, ensure_ascii=False),
        editor_id=member.id,
        made_at=now,
        changed_at=now,
    )
    session.add(row)
    session.flush()
    journal.record(center, session, "item.draft_begun", member, "item", row.id, {"code": code, "base": base})
    return row.id


@contextmanager
def _changing(center: Center, draft_id: UUID, revision: int, *states: DraftState) -> Iterator[tuple[Session, ItemDraft]]:
    """The draft to change, if it is as it was seen and in one of `states`."""
    try:
        with center.database.writing() as session:
            find_draft(center, session, draft_id)
            row = session.get_one(ItemDraft, draft_id)
            if row.revision != revision or row.state not in states:
                raise _changed()
            yield session, row
            row.changed_at = center.clock.now()
    except (StaleDataError, IntegrityError):
        raise _changed() from None


def save_section(center: Center, member: Member, draft_id: UUID, revision: int, section: Section, values: Definition) -> None:
    """Keep what was written on one page, complete or not. Raises Refusal."""
    require(member, Right.EDIT_ITEMS)
    with _changing(center, draft_id, revision, DraftState.EDITING) as (session, row):
        written = json.loads(row.definition)
        for key in KEYS[section]:
            written.pop(key, None)
        written |= {key: value for key, value in values.items() if key in KEYS[section]}
        row.definition, row.editor_id = json.dumps(written, ensure_ascii=False), member.id
        journal.record(center, session, "item.draft_saved", member, "item", row.id, {"code": row.code, "section": section})


def submit_draft(center: Center, member: Member, draft_id: UUID, revision: int) -> None:
    """Hand a draft in for confirmation. Raises Refusal naming what is missing (R1.2)."""
    require(member, Right.EDIT_ITEMS)
    with _changing(center, draft_id, revision, DraftState.EDITING) as (session, row):
        _require_complete(center, find_draft(center, session, draft_id))
        row.state, row.remark = DraftState.SUBMITTED, ""
        journal.record(center, session, "item.draft_submitted", member, "item", row.id, {"code": row.code})


def _require_complete(center: Center, draft: Draft) -> None:
    if draft.check.missing:
        lacking = "、".join(draft.check.missing)
        raise Refusal("item_incomplete", f"还缺：{lacking}。缺一样都不能公布，请补齐。", dict.fromkeys(draft.check.missing, "missing"))
    if draft.check.item is None:
        raise Refusal("item_incomplete", "还有填写不对的地方，已列在下面。请改好再提交。")
    if draft.check.item.effective_from < center.clock.now().date():
        raise Refusal("item_incomplete", "生效日已经过去。请改成今天或以后的日期。")
    if unmannerly(draft.check.item.model_dump_json()):
        raise Refusal("item_incomplete", "里面有服务忌语，请换一种说法（服务规范）。")


def send_back(center: Center, member: Member, draft_id: UUID, revision: int, remark: str) -> None:
    """Send a draft back to be changed: the confirmer says why, the editor takes it back. Raises Refusal."""
    require(member, Right.CONFIRM_ITEMS, Right.EDIT_ITEMS)
    if member.may(Right.CONFIRM_ITEMS) and not 1 <= len(remark) <= MAX_REMARK:
        raise Refusal("item_remark", f"请写明要改什么，最多 {MAX_REMARK} 个字。")
    with _changing(center, draft_id, revision, DraftState.SUBMITTED) as (session, row):
        row.state, row.remark = DraftState.EDITING, remark[:MAX_REMARK]
        journal.record(center, session, "item.draft_sent_back", member, "item", row.id, {"code": row.code})


def discard_draft(center: Center, member: Member, draft_id: UUID, revision: int) -> None:
    """Give a draft up. Raises Refusal."""
    require(member, Right.EDIT_ITEMS)
    with _changing(center, draft_id, revision, *OPEN) as (session, row):
        row.state, row.open_code = DraftState.DISCARDED, None
        journal.record(center, session, "item.draft_discarded", member, "item", row.id, {"code": row.code})


# ------------------------------------------------------------------ published


def confirm_draft(center: Center, member: Member, draft_id: UUID, revision: int) -> int:
    """Confirm and publish a draft as a new version (R1.1, R1.2). Returns its number. Raises Refusal.

    Confirming is an act of another person than the one who wrote it last [design]. No version that exists is changed.
    """
    require(member, Right.CONFIRM_ITEMS)
    with _changing(center, draft_id, revision, DraftState.SUBMITTED) as (session, row):
        draft = find_draft(center, session, draft_id)
        if draft.editor_id == member.id:
            raise Refusal("item_own", "自己写的不能自己确认，请另一位负责人确认。")
        _require_complete(center, draft)
        assert draft.check.item is not None, "a complete draft is an item"
        now = center.clock.now()
        session.add(
            Item(
                township_id=center.township_id,
                code=draft.code,
                version=draft.version,
                definition=draft.check.item.model_dump_json(),
                loaded_at=now,
                origin=CONSOLE,
            )
        )
        session.flush()
        row.state, row.open_code, row.version = DraftState.PUBLISHED, None, draft.version
        row.confirmer_id, row.confirmed_at = member.id, now
        detail = {"code": draft.code, "version": draft.version, "from": draft.check.item.effective_from.isoformat()}
        journal.record(center, session, "item.published", member, "item", row.id, detail)
        return draft.version


def withdraw_item(center: Center, member: Member, code: str, on: date, seen_version: int) -> None:
    """Withdraw an item from a day on: no version of it is in force from then (R1.1). What cases were filed under stays. Raises Refusal."""
    require(member, Right.EDIT_ITEMS, Right.CONFIRM_ITEMS)
    if on < center.clock.now().date():
        raise Refusal("item_invalid", "取消的日期已经过去。请填今天或以后。", {"on": "请填今天或以后。"})
    with center.database.writing() as session:
        rows = session.scalars(select(Item).where(Item.township_id == center.township_id, Item.code == code).with_for_update()).all()
        if not rows:
            raise Refusal("item_unknown", "没有找到这个事项。请从事项列表重新打开。")
        if max(row.version for row in rows) != seen_version:
            raise _changed()
        for row in rows:
            before = item_of(row).withdrawn_on
            if before is None or before > on:
                row.withdrawn_on = on
        journal.record(center, session, "item.withdrawn", member, "item", None, {"code": code, "on": on.isoformat()})
