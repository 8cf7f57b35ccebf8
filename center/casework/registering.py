"""A case registered at the window: card data typed, papers received by hand, consent asked aloud. Every fault at once; who registers is responsible (R3.1)."""

from __future__ import annotations

import json
from dataclasses import asdict
from uuid import UUID, uuid4

from sqlalchemy import select
from sqlalchemy.orm import Session

from center.casework.acting import keep
from center.casework.clocks import open_due_on, tell_due_on
from center.casework.events import EventKind
from center.casework.filing import agent_index, applicant_index
from center.casework.notices import Received, foot, window_receipt
from center.casework.numbers import next_case_number
from center.casework.parties import Agent, Party
from center.casework.returns import returns_before
from center.casework.walk_in import AgentTyped, SheetsGiven, WalkIn, papers_asked, walk_in_faults
from center.catalogue import item_of
from center.center import Center, Refusal
from center.domain.application import ApplicationState
from center.domain.item import Publication, in_force, publication
from center.domain.paper import PaperKind
from center.domain.roles import Right
from center.members import Member, require
from center.records.counters import next_number
from center.records.papers import Subject, issue
from center.records.writes import Done, once
from center.store.tables import Case, CaseMaterial, Item
from kiosk.wire.filing import AUTHORITY_NAMES, AUTHORITY_PAPER, Authority
from kiosk.wire.items import Material, ServiceItem

#: Which text is read to the applicant at the window; a changed text needs a new version.
CONSENT_VERSION = "window-2026-11"
CONSENT_TEXT = (
    "为办理这件事，本中心要登记您的姓名、证件号码、住址、联系电话和材料内容，只用于办理和查询，"
    "依法保存和保密。您可以不同意；不同意的，这件事不能登记，其他咨询不受影响。您同意吗？"
)


def open_items(center: Center) -> tuple[Item, ...]:
    """Every item that can be registered today, its newest version, by name."""
    today = center.clock.now().date()
    newest: dict[str, Item] = {}
    with center.database.reading() as session:
        rows = session.scalars(select(Item).where(Item.township_id == center.township_id, Item.listed).order_by(Item.code, Item.version))
        for row in rows:
            item = item_of(row)
            if in_force(item, today) and publication(item, center.config.demo) is not Publication.NOT:
                newest[item.code] = row
    return tuple(sorted(newest.values(), key=lambda row: item_of(row).task_name))


def search_items(center: Center, words: str) -> tuple[ServiceItem, ...]:
    """Items whose name, code or everyday words have all of `words`; those handled elsewhere too, so that staff can say where (R2.4)."""
    wanted = words.lower().split()
    items = [item_of(row) for row in open_items(center)]
    return tuple(
        item for item in items if all(any(word in text.lower() for text in (item.task_name, item.code, *item.aliases)) for word in wanted)
    )


def find_open_item(center: Center, code: str) -> Item:
    """The item to register a case of. Raises Refusal."""
    row = next((row for row in open_items(center) if row.code == code), None)
    if row is None or not item_of(row).handled_here:
        raise Refusal("item_unknown", "这个事项现在不在本中心登记，可能已经调整。请重新选择事项。")
    return row


def register(center: Center, member: Member, item_code: str, entered: WalkIn, key: UUID) -> Done:
    """Make the case, with its receipt; the member is first responsible at once (R3.1). One case for one key.

    Raises Refusal; `fields` then holds every fault in words. `Done.answer` is the id of the receipt as JSON.
    """
    require(member, Right.HANDLE_CASES)
    today = center.clock.now().date()
    item = item_of(find_open_item(center, item_code))
    faults = walk_in_faults(item, entered, today)
    if faults:
        raise Refusal("walk_in_incomplete", f"有 {len(faults)} 处要改，都在下面标出来了。还没有登记。", faults)
    content = {
        "item": item_code,
        "applicant": [entered.kind, entered.name, entered.number, entered.phone, entered.address],
        "values": dict(entered.values),
        "materials": {code: [given.sheets, given.missing] for code, given in entered.materials.items()},
        "member": str(member.id),
    } | ({"agent": asdict(entered.agent)} if entered.agent else {})
    return once(center, "walk_in", key, content, lambda session: _register(center, session, member, item_code, entered))


def _register(center: Center, session: Session, member: Member, item_code: str, entered: WalkIn) -> tuple[UUID, str]:
    row = find_open_item(center, item_code)
    item = item_of(row)
    now = center.clock.now()
    today = now.date()
    applicant = Party(
        kind=entered.kind,
        name=entered.name,
        number=entered.number,
        address=entered.address,
        phone=entered.phone,
        agent=_agent(entered.agent) if entered.agent else None,
    )
    index = applicant_index(center, entered.number)
    case_id = uuid4()
    case = Case(
        id=case_id,
        township_id=center.township_id,
        case_number=next_case_number(session, center, today),
        receipt_number=f"W001{today:%y%m%d}{next_number(center, session, f'walk_in.{today:%Y%m%d}'):04}",
        terminal_row=None,
        item_row=row.id,
        state=ApplicationState.FILED,
        applicant=center.cipher.seal("cases", "applicant", case_id, applicant.model_dump_json().encode()),
        applicant_index=index,
        agent_index=agent_index(center, applicant.agent.number) if applicant.agent else None,
        form=center.cipher.seal("cases", "form", case_id, json.dumps(entered.whole(item), ensure_ascii=False).encode()),
        signature_file=None,
        consent_version=CONSENT_VERSION,
        consent_at=now,
        filed_at=now,
        received_at=now,
        first_responsible=member.id,
        window=member.window,
        opened_at=now,
        open_due_on=open_due_on(center, today),
        tell_due_on=tell_due_on(center, item, today),
        returns=returns_before(center, session, index, item_code),
    )
    session.add(case)
    session.flush()
    for material in papers_asked(item):
        given = entered.materials.get(material.code, SheetsGiven(0, missing=False))
        session.add(CaseMaterial(township_id=center.township_id, case_id=case_id, code=material.code, missing=given.missing))
    authority = {AUTHORITY_PAPER: applicant.agent.authority_words} if applicant.agent else {}
    session.add_all(CaseMaterial(township_id=center.township_id, case_id=case_id, code=code, missing=False) for code in authority)
    session.flush()
    received = _received(item, entered)
    missing = [material.material_name for material in papers_asked(item) if _given(entered, material).missing]
    blocks = window_receipt(center, case.case_number, case.receipt_number, item, applicant, now, received, missing)
    receipt = issue(
        center,
        session,
        PaperKind.FILING_RECEIPT,
        Subject.CASE,
        case_id,
        blocks,
        member,
        "本回执不是受理通知书",
        foot(center, f"经办：{member.words}"),
    )
    sheets = {material.code: _given(entered, material).sheets for material in papers_asked(item) if _given(entered, material).sheets}
    sheets |= {AUTHORITY_PAPER: entered.agent.sheets} if entered.agent else {}
    keep(
        center, session, case, EventKind.FILED, member, papers=[receipt], note="窗口登记，由代办人提交" if authority else "窗口登记",
        detail={"sheets": sheets, "besides": authority}, codes={"item": item_code, "missing": len(missing), "by_agent": bool(authority)},
    )  # fmt: skip
    session.flush()
    keep(center, session, case, EventKind.OPENED, member)
    return case_id, json.dumps(str(receipt.id))


def _agent(typed: AgentTyped) -> Agent:
    return Agent(kind=typed.kind, name=typed.name, number=typed.number, phone=typed.phone, authority=Authority(typed.authority))


def _given(entered: WalkIn, material: Material) -> SheetsGiven:
    return entered.materials.get(material.code, SheetsGiven(0, missing=False))


def _received(item: ServiceItem, entered: WalkIn) -> list[Received]:
    received = []
    for material in item.materials:
        if material.from_form:
            received.append(Received(material.material_name, None))
        elif _given(entered, material).sheets:
            received.append(Received(material.material_name, _given(entered, material).sheets))
    if entered.agent:
        received.append(Received(AUTHORITY_NAMES[Authority(entered.agent.authority)], entered.agent.sheets))
    return received
