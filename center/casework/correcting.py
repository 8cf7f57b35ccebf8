"""Mending a wrong entry: what stood there is kept, sealed, with who changed it and why; papers that were issued stay as they were."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from center.casework.acting import acting, changed, keep, locked
from center.casework.dossier import applicant_of, find_case
from center.casework.events import EventKind
from center.casework.walk_in import FAULT_WORDS
from center.catalogue import item_of
from center.center import Center, Refusal
from center.domain.application import ENDED, ApplicationState
from center.domain.roles import Right
from center.members import Member, require
from kiosk.wire.forms import CardSource, FieldFault, FieldKind, FormField, check_field
from kiosk.wire.items import ServiceItem

MAX_REASON = 200
DELIVERIES = {"window": "到窗口领取", "post": "邮寄（EMS）"}

_PHONE = FormField(code="phone", label="联系电话", kind=FieldKind.PHONE, required=False)
#: Who applies is what the card says: a wrong name or number is a wrong case, not a wrong entry.
_FIXED = frozenset({CardSource.NAME, CardSource.NUMBER})


@dataclass(frozen=True)
class Entries:
    """What can be mended: form values by code, the applicant's phone and address, how the result is handed out."""

    values: Mapping[str, str]
    phone: str
    address: str
    delivery: str


def fields_to_correct(item: ServiceItem) -> tuple[FormField, ...]:
    """The fields of the form that can be mended."""
    return tuple(field for field in item.fields if field.card not in _FIXED)


def entries_of(center: Center, case_id: UUID) -> Entries:
    """What stands there now. Raises Refusal."""
    with center.database.reading() as session:
        case = find_case(session, center, case_id)
        applicant = applicant_of(center, case)
        values: dict[str, str] = json.loads(center.cipher.open("cases", "form", case.id, case.form))
        return Entries(values, applicant.phone, applicant.address, case.delivery)


def correct(center: Center, member: Member, case_id: UUID, revision: int, entered: Entries, reason: str) -> tuple[str, ...]:
    """Change what is otherwise than it stands; the codes of what was changed. Raises Refusal; `fields` then holds every fault in words."""
    require(member, Right.CORRECT_ENTRIES)
    said = reason.strip()
    with acting(center) as session:
        case = locked(session, center, case_id)
        if case.revision != revision or ApplicationState(case.state) in ENDED:
            raise changed()
        item = item_of(case.item)
        applicant = applicant_of(center, case)
        values: dict[str, str] = json.loads(center.cipher.open("cases", "form", case.id, case.form))
        fields = {field.code: field for field in fields_to_correct(item)}
        new = {code: entered.values[code].strip() for code in fields if code in entered.values}
        faults = _faults(center, fields, new, entered, said)
        changes = [
            (code, fields[code].label, _shown(fields[code], values.get(code, "")), _shown(fields[code], value))
            for code, value in new.items()
            if value != values.get(code, "")
        ]
        own = (
            ("phone", "联系电话", applicant.phone, entered.phone.strip()),
            ("address", "住址", applicant.address, entered.address.strip()),
        )
        changes += [(f"applicant.{code}", label, old, text) for code, label, old, text in own if old != text]
        if entered.delivery != case.delivery and entered.delivery in DELIVERIES:
            changes.append(("delivery", "领取方式", DELIVERIES[case.delivery], DELIVERIES[entered.delivery]))
        if not faults and not changes:
            faults["values"] = "没有改动任何一项。"
        if faults:
            raise Refusal("correction_invalid", faults.get("values") or "还没有更正，请把标出的地方改好。", faults)
        case.form = center.cipher.seal("cases", "form", case.id, json.dumps(values | new, ensure_ascii=False).encode())
        mended = applicant.model_copy(update={"phone": entered.phone.strip(), "address": entered.address.strip()})
        case.applicant = center.cipher.seal("cases", "applicant", case.id, mended.model_dump_json().encode())
        case.delivery = entered.delivery
        # The codes of a choice are kept as they were: what it is called may change.
        before = {code: values.get(code, "") for code in new}
        codes = tuple(code for code, *_ in changes)
        note = "；".join(f"{label}由“{old or '空'}”改为“{value or '空'}”" for _, label, old, value in changes) + f"。原因：{said}"
        keep(center, session, case, EventKind.CORRECTED, member, note=note, detail={"before": before}, codes={"fields": list(codes)})
        return codes


def _shown(field: FormField, value: str) -> str:
    return next((choice.label for choice in field.choices if choice.code == value), value)


def _faults(center: Center, fields: Mapping[str, FormField], new: Mapping[str, str], entered: Entries, reason: str) -> dict[str, str]:
    today = center.clock.now().date()
    found = {f"f.{code}": check_field(fields[code], value, today) for code, value in new.items()}
    found["phone"] = check_field(_PHONE, entered.phone, today)
    faults = {name: FAULT_WORDS[fault] for name, fault in found.items() if fault}
    if len(entered.address) > 120:
        faults["address"] = FAULT_WORDS[FieldFault.TOO_LONG]
    if entered.delivery not in DELIVERIES:
        faults["delivery"] = FAULT_WORDS[FieldFault.CHOICE_UNKNOWN]
    if not reason or len(reason) > MAX_REASON:
        faults["reason"] = f"请写明更正的原因，最多 {MAX_REASON} 个字。"
    return faults
