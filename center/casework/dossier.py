"""One case opened: what is sealed in its records, in the clear, for who may see it. Lives as long as one answer."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from center.casework.clocks import ADMINISTRATIVE_LICENSE
from center.casework.events import EVENT_WORDS, EventKind, detail_of, events_of
from center.casework.form_words import GroupTable, shown, table_of
from center.casework.handed_in import Paper, history_of, lines_of, paper_key, papers_handed_in
from center.casework.parties import Party
from center.catalogue import item_of
from center.center import Center, Refusal
from center.domain.application import ApplicationState, Due
from center.domain.calendar import LimitUnit
from center.domain.notice import NoticeLine
from center.store.tables import Case, CaseEvent
from kiosk.wire.items import ItemKind, ServiceItem


@dataclass(frozen=True)
class FormLine:
    """One field as filled in, in words."""

    code: str
    label: str
    value: str
    #: Of a group with rows; `value` then says the same in one line.
    table: GroupTable | None = None


@dataclass(frozen=True)
class Happening:
    """One event, for the list of steps: `note` for staff, `told` for the citizen, `papers` what was issued with it."""

    kind: EventKind
    at: datetime
    by: str
    note: str = ""
    told: str = ""
    papers: tuple[UUID, ...] = ()

    @property
    def words(self) -> str:
        """What happened, as staff read it."""
        return EVENT_WORDS[self.kind].staff


@dataclass(frozen=True)
class ToSupply:
    """One thing that has to be handed in before the case can be accepted: a missing paper, or a line of the notice. `key` is unique in the case."""

    key: str
    words: str


@dataclass(frozen=True)
class Dossier:
    """All of a case."""

    id: UUID
    case_number: str
    receipt_number: str
    terminal_id: str
    terminal_row: UUID | None
    state: ApplicationState
    revision: int
    item: ServiceItem
    applicant: Party
    form: tuple[FormLine, ...]
    papers: tuple[Paper, ...]
    filed_at: datetime
    received_at: datetime
    opened_at: datetime | None
    responsible: str
    responsible_id: UUID | None
    accepted_on: date | None
    due: Due | None
    consent_at: datetime
    consent_version: str
    happened: tuple[Happening, ...]
    notice: tuple[NoticeLine, ...]
    notice_at: datetime | None
    notice_by: str
    #: What its notices asked for besides materials and fields, by code, over all of them.
    others: Mapping[str, str]
    #: The day of the last supplement at a terminal (R4.1).
    supplied_on: date | None
    window: str
    department: str
    delivery: str
    signed_here: bool

    @property
    def administrative(self) -> bool:
        """Whether it is a 行政许可, to which R4.6 and R4.7 apply."""
        return self.item.task_type == ADMINISTRATIVE_LICENSE

    @property
    def outstanding(self) -> tuple[Paper, ...]:
        """Required papers that are known to be missing."""
        return tuple(paper for paper in self.papers if paper.outstanding)

    @property
    def to_supply(self) -> tuple[ToSupply, ...]:
        """What acceptance waits for (R4.1): after a notice all its lines, before one the papers known to be missing."""
        if self.state is ApplicationState.RETURNED:
            return tuple(ToSupply(line.key, line.words()) for line in self.notice)
        return tuple(ToSupply(paper_key(paper.material.code), paper.material.material_name) for paper in self.outstanding)

    @property
    def limit(self) -> tuple[int | None, LimitUnit]:
        """The limit in its unit; an item decided on the spot has none to count (R4.1)."""
        return limit_of(self.item)


def limit_of(item: ServiceItem) -> tuple[int | None, LimitUnit]:
    """The limit that R4.2 counts. 即办件 are done on the spot, whatever else is stated."""
    return (0 if item.project_type is ItemKind.IMMEDIATE else item.promise.days), LimitUnit(item.promise.unit.value)


def find_case(session: Session, center: Center, case_id: UUID) -> Case:
    """The case's row, of this township only. Raises Refusal."""
    case = session.scalar(select(Case).where(Case.id == case_id, Case.township_id == center.township_id))
    if case is None:
        raise Refusal("case_unknown", "没有找到这个办件，可能是地址不完整。请从收件列表重新打开。")
    return case


def applicant_of(center: Center, case: Case) -> Party:
    """Who applied; in a list of old cases, that it is not known any more."""
    if case.let_go_on is not None:
        return Party(kind="resident", name="已清除", number="0" * 18)
    return Party.model_validate_json(center.cipher.open("cases", "applicant", case.id, case.applicant))


def due_of(case: Case) -> Due | None:
    """The due day as it was computed at acceptance, or None before."""
    return None if case.accepted_on is None else Due(case.due_on, case.due_note)


def open_dossier(center: Center, session: Session, case: Case) -> Dossier:
    """Everything of the case, in the clear. Raises Refusal if its retention is over."""
    if case.let_go_on is not None:
        raise Refusal("let_go", "这个办件已过保存期限，个人信息和材料已按规定清除；编号、事项、日期和结果仍在，详情请查阅纸质档案。")
    item = item_of(case.item)
    events = tuple((event, detail_of(center, event)) for event in events_of(session, case.id))
    returned, notice = next(((event, detail) for event, detail in reversed(events) if event.kind == EventKind.RETURNED), (None, {}))
    supplements = [event.at.date() for event, _ in events if event.kind == EventKind.SUPPLEMENTED]
    history = history_of(events)
    return Dossier(
        id=case.id,
        case_number=case.case_number,
        receipt_number=case.receipt_number,
        terminal_id=case.terminal.terminal_id if case.terminal else "",
        terminal_row=case.terminal_row,
        state=ApplicationState(case.state),
        revision=case.revision,
        item=item,
        applicant=applicant_of(center, case),
        form=_form(center, case, item),
        papers=papers_handed_in(session, case, item, history),
        filed_at=case.filed_at,
        received_at=case.received_at,
        opened_at=case.opened_at,
        responsible=f"{case.responsible.window} {case.responsible.name}" if case.responsible else "",
        responsible_id=case.first_responsible,
        accepted_on=case.accepted_on,
        due=due_of(case),
        consent_at=case.consent_at,
        consent_version=case.consent_version,
        happened=tuple(_happening(event, detail) for event, detail in events),
        notice=lines_of(notice) if returned else (),
        notice_at=returned.at if returned else None,
        notice_by=returned.by if returned else "",
        others=history.others,
        supplied_on=supplements[-1] if supplements else None,
        window=case.window,
        department=case.department,
        delivery=case.delivery,
        signed_here=case.signature_file is not None,
    )


def _happening(event: CaseEvent, detail: dict[str, Any]) -> Happening:
    papers = tuple(UUID(paper) for paper in detail.get("papers", ()))
    return Happening(EventKind(event.kind), event.at, event.by, detail.get("note", ""), detail.get("told", ""), papers)


def _form(center: Center, case: Case, item: ServiceItem) -> tuple[FormLine, ...]:
    values: dict[str, str] = json.loads(center.cipher.open("cases", "form", case.id, case.form))
    filled = ((field, values.get(field.code, "")) for field in item.fields)
    return tuple(FormLine(field.code, field.label, shown(field, value), table_of(field, value)) for field, value in filled)
