"""The list of items as its editors see it (R1.1): every version with its state, who wrote and confirmed it, and how many cases it has."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session, aliased

from center.catalogue import item_of
from center.center import Center, Refusal
from center.domain.item import Publication, in_force, publication
from center.publishing.drafts import OPEN, DraftState
from center.store.tables import Case, Item, ItemDraft, Staff
from kiosk.wire.items import ServiceItem


class VersionState(StrEnum):
    """How a version stands today."""

    LISTED = "listed"
    SAMPLE = "sample"
    FUTURE = "future"
    SUPERSEDED = "superseded"
    WITHDRAWN = "withdrawn"
    UNCONFIRMED = "unconfirmed"
    UNLISTED = "unlisted"


VERSION_STATES: dict[VersionState, str] = {
    VersionState.LISTED: "在用",
    VersionState.SAMPLE: "示例，未确认",
    VersionState.FUTURE: "将生效",
    VersionState.SUPERSEDED: "旧版本",
    VersionState.WITHDRAWN: "已取消",
    VersionState.UNCONFIRMED: "未确认，不公开",
    VersionState.UNLISTED: "已下架",
}


@dataclass(frozen=True)
class Version:
    """One version. `editor` and `confirmer` are empty for one that came from a file."""

    number: int
    item: ServiceItem
    state: VersionState
    origin: str
    loaded_at: datetime
    cases: int
    editor: str
    confirmer: str


@dataclass(frozen=True)
class OpenDraft:
    """The draft of an item that is being written."""

    id: UUID
    state: DraftState
    name: str
    editor: str
    changed_at: datetime


@dataclass(frozen=True)
class ListedItem:
    """An item with its versions, the newest first."""

    code: str
    versions: tuple[Version, ...]
    draft: OpenDraft | None

    @property
    def name(self) -> str:
        """As its newest version, or its draft, calls it."""
        return self.shown.item.task_name if self.versions else self.draft.name if self.draft else self.code

    @property
    def shown(self) -> Version:
        """The version that says how the item stands: the one in use, else the newest."""
        return next((each for each in self.versions if each.state in (VersionState.LISTED, VersionState.SAMPLE)), self.versions[0])

    @property
    def coming(self) -> Version | None:
        """A version that is still to come."""
        return next((each for each in self.versions if each.state is VersionState.FUTURE), None)


def _states(center: Center, rows: Iterable[tuple[Item, ServiceItem]], today: date) -> dict[int, VersionState]:
    states: dict[int, VersionState] = {}
    current = 0
    for row, item in rows:
        shown = publication(item, center.config.demo)
        if not row.listed:
            states[row.version] = VersionState.UNLISTED
        elif item.withdrawn_on is not None and item.withdrawn_on <= today:
            states[row.version] = VersionState.WITHDRAWN
        elif not in_force(item, today):
            states[row.version] = VersionState.FUTURE
        elif shown is Publication.NOT:
            states[row.version] = VersionState.UNCONFIRMED
        else:
            if current:
                states[current] = VersionState.SUPERSEDED
            current = row.version
            states[current] = VersionState.LISTED if shown is Publication.PUBLISHED else VersionState.SAMPLE
    return states


def all_items(center: Center, session: Session, code: str | None = None) -> tuple[ListedItem, ...]:
    """Every item, by name; or the one of this code."""
    today = center.clock.now().date()
    of_items, of_drafts = Item.township_id == center.township_id, ItemDraft.township_id == center.township_id
    rows = session.scalars(select(Item).where(of_items).order_by(Item.code, Item.version))
    versions: dict[str, list[tuple[Item, ServiceItem]]] = {}
    for row in rows:
        if code in (None, row.code):
            versions.setdefault(row.code, []).append((row, item_of(row)))
    counted = select(Case.item_row, func.count().label("cases")).where(Case.township_id == center.township_id).group_by(Case.item_row)
    cases = {row.item_row: row.cases for row in session.execute(counted)}
    confirmer = aliased(Staff)
    written = {
        (draft.code, draft.version): (editor, confirmed_by or "")
        for draft, editor, confirmed_by in session.execute(
            select(ItemDraft, Staff.name, confirmer.name)
            .join(Staff, ItemDraft.editor_id == Staff.id)
            .join(confirmer, ItemDraft.confirmer_id == confirmer.id)
            .where(of_drafts, ItemDraft.state == DraftState.PUBLISHED)
        )
    }
    drafts = {
        draft.code: OpenDraft(draft.id, DraftState(draft.state), _draft_name(draft), editor, draft.changed_at)
        for draft, editor in session.execute(
            select(ItemDraft, Staff.name).join(Staff, ItemDraft.editor_id == Staff.id).where(of_drafts, ItemDraft.state.in_(OPEN))
        )
        if code in (None, draft.code)
    }
    found = []
    for each in {*versions, *drafts}:
        pairs = versions.get(each, [])
        states = _states(center, pairs, today)
        listed = tuple(
            Version(
                row.version,
                item,
                states[row.version],
                row.origin,
                row.loaded_at,
                cases.get(row.id, 0),
                *written.get((each, row.version), ("", "")),
            )
            for row, item in reversed(pairs)
        )
        found.append(ListedItem(each, listed, drafts.get(each)))
    return tuple(sorted(found, key=lambda item: (not item.draft, item.code)))


def _draft_name(draft: ItemDraft) -> str:
    return str(json.loads(draft.definition).get("task_name") or draft.code)


def find_listed(center: Center, session: Session, code: str) -> ListedItem:
    """One item. Raises Refusal."""
    found = all_items(center, session, code)
    if not found:
        raise Refusal("item_unknown", "没有找到这个事项，可能是地址不完整。请从事项列表重新打开。")
    return found[0]
