"""A case registered at the window: card data typed, papers received by hand, consent asked aloud. Every fault at once; who registers is responsible (R3.1)."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from uuid import UUID, uuid4

from sqlalchemy import select
from sqlalchemy.orm import Session

from center.casework.acting import keep
from center.casework.clocks import open_due_on, tell_due_on
from center.casework.events import EventKind
from center.casework.filing import applicant_index
from center.casework.notices import Received, foot, window_receipt
from center.casework.numbers import next_case_number
from center.casework.parties import AUTHORITY_NAMES, AUTHORITY_PAPER, KIND_NAMES, ORGANIZATION, Agent, Authority, Party, authorities
from center.casework.returns import returns_before
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
from kiosk.wire.forms import CardSource, FieldFault, FieldKind, FormField, check_field, id_number_is_valid
from kiosk.wire.items import Material, Need, ServiceItem

#: Which text is read to the applicant at the window; a changed text needs a new version.
CONSENT_VERSION = "window-2026-11"
CONSENT_TEXT = (
    "为办理这件事，本中心要登记您的姓名、证件号码、住址、联系电话和材料内容，只用于办理和查询，"
    "依法保存和保密。您可以不同意；不同意的，这件事不能登记，其他咨询不受影响。您同意吗？"
)
MAX_SHEETS = 99

#: What the applicant's own fields fill by themselves: asked once, above the form.
FROM_APPLICANT = frozenset({CardSource.NAME, CardSource.NUMBER, CardSource.ADDRESS})
_OTHER_CARD = re.compile(r"[A-Z0-9]{8,18}")
_PHONE = FormField(code="phone", label="联系电话", kind=FieldKind.PHONE)
_CREDIT_CODE = FormField(code="number", label="统一社会信用代码", kind=FieldKind.CREDIT_CODE)

FAULT_WORDS: dict[FieldFault, str] = {
    FieldFault.MISSING: "这一项还没有填。",
    FieldFault.ID_NUMBER_INVALID: "证件号码不对，请照证件再核对一遍。",
    FieldFault.PHONE_INVALID: "电话号码不对。手机号是 11 位数字，座机请写区号。",
    FieldFault.AMOUNT_INVALID: "请填金额，最多两位小数，例如 1200.50。",
    FieldFault.NUMBER_INVALID: "请填整数。",
    FieldFault.DATE_INVALID: "请填日期，例如 2026-11-24。",
    FieldFault.CHOICE_UNKNOWN: "请选一项。",
    FieldFault.TOO_LONG: "写得太长了，请写得简短些。",
    FieldFault.CREDIT_CODE_INVALID: "统一社会信用代码不对，请照执照再核对一遍。",
}


@dataclass(frozen=True)
class SheetsGiven:
    """How a paper came: `sheets` of it in hand, or missing. An optional paper that is not there is neither."""

    sheets: int
    missing: bool


@dataclass(frozen=True)
class AgentTyped:
    """Who came for the applicant, as typed, and how many sheets of the paper that gives the authority stay here."""

    kind: str
    name: str
    number: str
    phone: str
    authority: str
    sheets: int


@dataclass(frozen=True)
class WalkIn:
    """What was entered at the window, as typed."""

    kind: str
    name: str
    number: str
    phone: str
    address: str
    consent: bool
    values: Mapping[str, str]
    materials: Mapping[str, SheetsGiven]
    agent: AgentTyped | None = None

    def whole(self, item: ServiceItem) -> dict[str, str]:
        """The form's values, those that the applicant's own data fill among them."""
        own = {CardSource.NAME: self.name, CardSource.NUMBER: self.number, CardSource.ADDRESS: self.address}
        return {field.code: own[field.card] if field.card in own else self.values.get(field.code, "").strip() for field in item.fields}


def asked_on_form(item: ServiceItem) -> tuple[FormField, ...]:
    """The fields that are drawn: all but those that the applicant's own data fill."""
    return tuple(field for field in item.fields if field.card not in FROM_APPLICANT)


def papers_asked(item: ServiceItem) -> tuple[Material, ...]:
    """The papers that are ticked: what the form itself is need not be."""
    return tuple(material for material in item.materials if not material.from_form)


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


def walk_in_faults(item: ServiceItem, entered: WalkIn, today: date) -> dict[str, str]:
    """Everything that is wrong, in words, by the name of its control on the page."""
    faults: dict[str, str] = {}
    if entered.kind not in KIND_NAMES:
        faults["kind"] = FAULT_WORDS[FieldFault.CHOICE_UNKNOWN]
    faults |= _who_faults("", entered.kind, entered.name, entered.number, entered.phone, today)
    faults |= _agent_faults(entered, today)
    if not entered.address or len(entered.address) > 120:
        faults["address"] = "请填写住址，最多 120 个字。"
    if not entered.consent:
        faults["consent"] = "要先把告知内容读给申请人听，申请人同意后勾选。"
    whole = entered.whole(item)
    for field in asked_on_form(item):
        fault = check_field(field, whole[field.code], today)
        if fault:
            faults[f"f.{field.code}"] = FAULT_WORDS[fault]
    for material in papers_asked(item):
        given = entered.materials.get(material.code, SheetsGiven(0, missing=False))
        if not 0 <= given.sheets <= MAX_SHEETS:
            faults[f"m.{material.code}"] = f"页数请填 1 到 {MAX_SHEETS} 的整数。"
        elif given.missing and given.sheets:
            faults[f"m.{material.code}"] = "收到了就不要勾“没有带来”。"
        elif not given.missing and not given.sheets and material.is_need is Need.REQUIRED:
            faults[f"m.{material.code}"] = "必要材料，请填收到几页，或者勾选“没有带来”。"
    return faults


def _who_faults(at: str, kind: str, name: str, number: str, phone: str, today: date) -> dict[str, str]:
    faults: dict[str, str] = {}
    if not name or len(name) > 60 or not name.isprintable():
        faults[f"{at}name"] = "请照证件填写姓名或单位名称，最多 60 个字。"
    if kind == "resident":
        if not id_number_is_valid(number, today):
            faults[f"{at}number"] = FAULT_WORDS[FieldFault.ID_NUMBER_INVALID]
    elif kind == ORGANIZATION:
        wrong = check_field(_CREDIT_CODE, number, today)
        if wrong:
            faults[f"{at}number"] = FAULT_WORDS[FieldFault.CREDIT_CODE_INVALID]
    elif not _OTHER_CARD.fullmatch(number):
        faults[f"{at}number"] = "证件号码是 8 到 18 位字母和数字，请照证件再核对一遍。"
    told = check_field(_PHONE, phone, today)
    if told:
        faults[f"{at}phone"] = FAULT_WORDS[told]
    return faults


def _agent_faults(entered: WalkIn, today: date) -> dict[str, str]:
    """Both identities and the authority (journey 7); whoever comes for an organization is a person with a card and a paper that says so."""
    agent = entered.agent
    if agent is None:
        return {"by": "单位申请，请填写来办的这位的证件和授权材料。"} if entered.kind == ORGANIZATION else {}
    faults: dict[str, str] = {}
    if agent.kind not in KIND_NAMES or agent.kind == ORGANIZATION:
        faults["agent_kind"] = FAULT_WORDS[FieldFault.CHOICE_UNKNOWN]
    faults |= _who_faults("agent_", agent.kind, agent.name, agent.number, agent.phone, today)
    if agent.number and agent.number == entered.number:
        faults["agent_number"] = "代办人和申请人是同一个证件号码。本人来办的，请选“申请人本人”。"
    if agent.authority not in set(authorities(entered.kind)):
        faults["authority"] = FAULT_WORDS[FieldFault.CHOICE_UNKNOWN]
    if not 1 <= agent.sheets <= MAX_SHEETS:
        faults["authority_sheets"] = f"授权材料要存档，请填收到几页，1 到 {MAX_SHEETS} 的整数。没有带来的，先不登记，请申请人补好再来。"
    return faults


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
