"""One message for the provincial platform: what happened to a case, in the national names of `names.py` and no others."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

from pydantic import BaseModel, ConfigDict

from center.casework.dossier import Dossier
from center.casework.handed_in import PaperState
from center.casework.reaching import phone_of
from center.domain.application import Outcome
from center.gateway.names import FIELDS, TELLINGS, MessageKind, TableName
from center.store.tables import Case, CaseEvent

Values = dict[str, Any]


class Message(BaseModel):
    """As it lies in the outbox and in the file. `id` is the same however often it is sent; `position` counts the messages of one case."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    id: UUID
    township_id: str
    case_number: str
    position: int
    kind: MessageKind
    tables: dict[TableName, tuple[Values, ...]]


_RESULTS: dict[Outcome, str] = {Outcome.GRANTED: "准予", Outcome.DENIED: "不予"}


def _moment(at: datetime | date | None) -> str:
    """`2026-11-24 09:30:00`; the national form of a time is not known [?]."""
    if at is None:
        return ""
    return f"{at:%Y-%m-%d %H:%M:%S}" if isinstance(at, datetime) else f"{at:%Y-%m-%d}"


def tables_of(kind: MessageKind, case: Case, dossier: Dossier, event: CaseEvent) -> dict[TableName, tuple[Values, ...]]:
    """The tables of a message about `event`. What is empty is left out: an empty field would say that there is nothing."""
    rows = {table: _ROWS[table](kind, case, dossier, event) for table in TELLINGS[kind].tables}
    return {table: kept for table, each in rows.items() if (kept := tuple(_filled(table, row) for row in each))}


def _filled(table: TableName, row: Values) -> Values:
    unknown = row.keys() - FIELDS[table].keys()
    assert not unknown, unknown
    return {name: value for name, value in row.items() if value not in ("", None)}


def _case(_kind: MessageKind, case: Case, dossier: Dossier, _event: CaseEvent) -> list[Values]:
    agent = dossier.applicant.agent
    return [
        {
            "PROJID": case.case_number,
            "SERVICENAME": dossier.item.task_name,
            "PROJECTNAME": dossier.item.task_name,
            "APPLYNAME": dossier.applicant.name,
            "APPLY_CARDNUMBER": dossier.applicant.number,
            "CONTACTMAN": agent.name if agent else "",
            "CONTACTMAN_CARDNUMBER": agent.number if agent else "",
            "TELPHONE": phone_of(dossier),
            "ADDRESS": dossier.applicant.address,
            "DEPTNAME": dossier.item.dept_name.text,
            "RECEIVE_NAME": dossier.responsible,
            "RECEIVETIME": _moment(case.received_at),
            "ACCEPT_TIME": _moment(case.accepted_on),
            "PROMISEE_TIME": _moment(case.due_on),
            "TRANSACT_TIME": _moment(case.completed_on),
        }
    ]


def _extension(_kind: MessageKind, case: Case, dossier: Dossier, _event: CaseEvent) -> list[Values]:
    code = dossier.item.catalog_code
    return [{"PROJID": case.case_number, "CATALOG_CODE": code}] if code else []


def _acceptance(_kind: MessageKind, case: Case, dossier: Dossier, event: CaseEvent) -> list[Values]:
    days, _unit = dossier.limit
    return [
        {
            "PROJID": case.case_number,
            "ACCEPT_MAN": event.by,
            "ACCEPT_TIME": _moment(event.at),
            "PROMISEVALUE": days,
            "PROMISE_ETIME": _moment(case.due_on),
        }
    ]


def _node(kind: MessageKind, case: Case, _dossier: Dossier, event: CaseEvent) -> list[Values]:
    telling = TELLINGS[kind]
    phase: Values = {"PHASE_NAME": telling.phase.name, "PHASE_CODE": telling.phase.code} if telling.phase else {}
    at = _moment(event.at)
    own: Values = {"PROJID": case.case_number, "ACTION": telling.action, "NODE_NAME": telling.action, "NAME": event.by}
    return [own | {"START_TIME": at, "END_TIME": at} | phase]


#: Papers that are in the center's hands.
_TAKEN = frozenset({PaperState.PAGES, PaperState.AT_WINDOW})


def _materials(_kind: MessageKind, case: Case, dossier: Dossier, event: CaseEvent) -> list[Values]:
    return [
        {
            "PROJID": case.case_number,
            "ATTRNAME": paper.material.material_name,
            "SORTID": place,
            "AMOUNT": 1 if paper.state in _TAKEN else None,
            "TAKETIME": _moment(event.at) if paper.state in _TAKEN else "",
        }
        for place, paper in enumerate(dossier.papers, start=1)
    ]


def _completion(_kind: MessageKind, case: Case, _dossier: Dossier, event: CaseEvent) -> list[Values]:
    result = _RESULTS[Outcome(case.outcome)] if case.outcome else ""
    row = {"PROJID": case.case_number, "TRANSACT_USER": event.by, "TRANSACT_TIME": _moment(event.at), "TRANSACT_RESULT": result}
    return [row]


_ROWS = {
    TableName.CASE: _case,
    TableName.CASE_EXTENSION: _extension,
    TableName.ACCEPTANCE: _acceptance,
    TableName.NODE: _node,
    TableName.MATERIAL: _materials,
    TableName.COMPLETION: _completion,
}
