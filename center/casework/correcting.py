"""Mending a wrong entry: what stood there is kept, sealed, with who changed it and why; papers that were issued stay as they were."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from center.casework.acting import acting, changed, keep, locked
from center.casework.dossier import applicant_of, find_case
from center.casework.events import EventKind
from center.casework.filing import agent_index, applicant_index
from center.casework.form_words import shown
from center.casework.parties import DELIVERY_NAMES, Agent, Party
from center.casework.returns import returns_before
from center.casework.walk_in import ADDRESS_WORDS, FAULT_WORDS, acting_faults, address_fits, who_faults
from center.catalogue import item_of
from center.center import Center, Refusal
from center.domain.application import ENDED, ApplicationState
from center.domain.roles import Right
from center.members import Member, require
from center.store.tables import Case
from kiosk.wire.filing import AUTHORITY_NAMES, AUTHORITY_PAPER, ORGANIZATION, Authority, authorities
from kiosk.wire.forms import CardSource, FieldFault, FieldKind, FormField, check_field
from kiosk.wire.items import ServiceItem

MAX_REASON = 200

_PHONE = FormField(code="phone", label="联系电话", kind=FieldKind.PHONE, required=False)
#: They are the applicant's own, and follow what is mended there.
_FIXED = frozenset({CardSource.NAME, CardSource.NUMBER})


@dataclass(frozen=True)
class AgentEntries:
    """Who came for the applicant, as it is to stand there; `authority` is an `Authority`."""

    name: str
    number: str
    phone: str
    authority: str


@dataclass(frozen=True)
class Entries:
    """What can be mended: form values by code, the applicant's phone and address, how the result is handed out.

    `name` and `number` where they were typed; `agent` where one came. They cannot make a case another's that a card has made.
    """

    values: Mapping[str, str]
    phone: str
    address: str
    delivery: str
    name: str = ""
    number: str = ""
    agent: AgentEntries | None = None


def fields_to_correct(item: ServiceItem) -> tuple[FormField, ...]:
    """The fields of the form that can be mended."""
    return tuple(field for field in item.fields if field.card not in _FIXED)


def entries_of(center: Center, case_id: UUID) -> Entries:
    """What stands there now. Raises Refusal."""
    with center.database.reading() as session:
        case = find_case(session, center, case_id)
        party = applicant_of(center, case)
        values: dict[str, str] = json.loads(center.cipher.open("cases", "form", case.id, case.form))
        came = party.agent
        agent = AgentEntries(came.name, came.number, came.phone, came.authority) if came else None
        return Entries(values, party.phone, party.address, case.delivery, party.name, party.number, agent)


def correct(center: Center, member: Member, case_id: UUID, revision: int, entered: Entries, reason: str) -> tuple[str, ...]:
    """Change what is otherwise than it stands; the codes of what was changed. Raises Refusal; `fields` then holds every fault in words."""
    require(member, Right.CORRECT_ENTRIES)
    said = reason.strip()
    with acting(center) as session:
        case = locked(session, center, case_id)
        if case.revision != revision or ApplicationState(case.state) in ENDED:
            raise changed()
        item, today = item_of(case.item), center.clock.now().date()
        party = applicant_of(center, case)
        values: dict[str, str] = json.loads(center.cipher.open("cases", "form", case.id, case.form))
        fields = {field.code: field for field in fields_to_correct(item)}
        new = {code: entered.values[code].strip() for code in fields if code in entered.values}
        faults = _faults(center, fields, new, entered, said) | _applicant_faults(case, party, entered, today)
        mended = _mended(case, party, entered) if not faults else party
        changes = [
            (code, fields[code].label, shown(fields[code], values.get(code, "")), shown(fields[code], value))
            for code, value in new.items()
            if value != values.get(code, "")
        ]
        changes += _party_changes(party, mended)
        if entered.delivery != case.delivery and entered.delivery in DELIVERY_NAMES:
            changes.append(("delivery", "领取方式", DELIVERY_NAMES[case.delivery], DELIVERY_NAMES[entered.delivery]))
        if not faults and not changes:
            faults["values"] = "没有改动任何一项。"
        if faults:
            raise Refusal("correction_invalid", faults.get("values") or "还没有更正，请把标出的地方改好。", faults)
        own = {CardSource.NAME: mended.name, CardSource.NUMBER: mended.number}
        new |= {field.code: own[field.card] for field in item.fields if field.card in own and mended != party}
        case.form = center.cipher.seal("cases", "form", case.id, json.dumps(values | new, ensure_ascii=False).encode())
        case.applicant = center.cipher.seal("cases", "applicant", case.id, mended.model_dump_json().encode())
        case.delivery = entered.delivery
        if mended.number != party.number:
            # Found under the right number from now on, and counted with that applicant's earlier filings (R2.5).
            case.applicant_index = applicant_index(center, mended.number)
            session.flush()
            case.returns = returns_before(center, session, case.applicant_index, item.code)
        if mended.agent:
            case.agent_index = agent_index(center, mended.agent.number)
        # The codes of a choice are kept as they were: what it is called may change.
        detail: dict[str, object] = {"before": {code: values.get(code, "") for code in new}}
        if mended.agent and party.agent and mended.agent.authority is not party.agent.authority:
            # The paper is called what it is.
            detail["besides"] = {AUTHORITY_PAPER: mended.agent.authority_words}
        codes = tuple(code for code, *_ in changes)
        note = "；".join(f"{label}由“{old or '空'}”改为“{value or '空'}”" for _, label, old, value in changes) + f"。原因：{said}"
        keep(center, session, case, EventKind.CORRECTED, member, note=note, detail=detail, codes={"fields": list(codes)})
        return codes


def _mended(case: Case, party: Party, entered: Entries) -> Party:
    """The applicant as it is to stand there: who a card says stays who it says."""
    update: dict[str, object] = {"phone": entered.phone.strip(), "address": entered.address.strip()}
    if typed(case.terminal_row, party):
        update |= {"name": entered.name.strip(), "number": entered.number.strip()}
    if party.agent and entered.agent:
        on_card = not agent_typed(case.terminal_row)
        update["agent"] = Agent(
            kind=party.agent.kind,
            name=party.agent.name if on_card else entered.agent.name.strip(),
            number=party.agent.number if on_card else entered.agent.number.strip(),
            phone=entered.agent.phone.strip(),
            authority=Authority(entered.agent.authority),
        )
    return party.model_copy(update=update)


def agent_typed(terminal_row: UUID | None) -> bool:
    """Whether who came was typed at the window: no terminal read a card then, and a slip of the fingers can be mended."""
    return terminal_row is None


def typed(terminal_row: UUID | None, party: Party) -> bool:
    """Whether who applies was typed, at the window or, as an organization has no card, at a terminal."""
    return terminal_row is None or party.kind == ORGANIZATION


def _party_changes(old: Party, new: Party) -> list[tuple[str, str, str, str]]:
    pairs = [
        ("applicant.name", "姓名或名称", old.name, new.name),
        ("applicant.number", new.number_label, old.number, new.number),
        ("applicant.phone", "联系电话", old.phone, new.phone),
        ("applicant.address", "住址", old.address, new.address),
    ]
    if old.agent and new.agent:
        pairs += [
            ("agent.name", "代办人姓名", old.agent.name, new.agent.name),
            ("agent.number", "代办人证件号码", old.agent.number, new.agent.number),
            ("agent.phone", "代办人电话", old.agent.phone, new.agent.phone),
            ("agent.authority", "代办人的授权", old.agent.authority_words, new.agent.authority_words),
        ]
    return [pair for pair in pairs if pair[2] != pair[3]]


def _faults(center: Center, fields: Mapping[str, FormField], new: Mapping[str, str], entered: Entries, reason: str) -> dict[str, str]:
    today = center.clock.now().date()
    found = {f"f.{code}": check_field(fields[code], value, today) for code, value in new.items()}
    faults = {name: FAULT_WORDS[fault] for name, fault in found.items() if fault}
    if entered.delivery not in DELIVERY_NAMES:
        faults["delivery"] = FAULT_WORDS[FieldFault.CHOICE_UNKNOWN]
    if not reason or len(reason) > MAX_REASON:
        faults["reason"] = f"请写明更正的原因，最多 {MAX_REASON} 个字。"
    return faults


def _applicant_faults(case: Case, party: Party, entered: Entries, today: date) -> dict[str, str]:
    """Of the applicant and the agent. What stands there is not emptied: the window asked for it, or the card gave it."""
    faults: dict[str, str] = {}
    told = check_field(_PHONE, entered.phone.strip(), today) or (FieldFault.MISSING if party.phone and not entered.phone.strip() else None)
    if told:
        faults["phone"] = FAULT_WORDS[told]
    address = entered.address.strip()
    if (party.address and not address) or not address_fits(address):
        faults["address"] = ADDRESS_WORDS
    number = party.number
    if typed(case.terminal_row, party):
        number = entered.number.strip()
        who = who_faults("", party.kind, entered.name.strip(), number, entered.phone.strip(), today)
        faults |= {control: fault for control, fault in who.items() if control != "phone"}
    if party.agent and entered.agent:
        agent, phone = entered.agent, entered.agent.phone.strip()
        name, own = party.agent.name, party.agent.number
        if agent_typed(case.terminal_row):
            name, own = agent.name.strip(), agent.number.strip()
        came = who_faults("agent_", party.agent.kind, name, own, phone, today)
        if not phone and not party.agent.phone:
            # Nobody needs a phone: who named none at a terminal need not have one now.
            came.pop("agent_phone", None)
        faults |= came | acting_faults(own, agent.authority, party.kind, number)
    return faults


def authority_choices(party: Party) -> dict[str, str]:
    """Upon what an agent of this applicant can act, in words."""
    return {authority.value: AUTHORITY_NAMES[authority] for authority in authorities(party.kind)}
