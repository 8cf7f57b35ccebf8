"""What is entered when a case is registered at the window, and everything that can be wrong with it, told at once (R2.2)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from center.casework.parties import KIND_NAMES
from kiosk.wire.filing import ORGANIZATION, authorities
from kiosk.wire.forms import CardSource, FieldFault, FieldKind, FormField, check_field, id_number_is_valid
from kiosk.wire.items import Material, Need, ServiceItem

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
    FieldFault.ENGLISH_INVALID: "请只填英文字母、数字和标点，例如 Anna Smith。",
    FieldFault.GROUP_INCOMPLETE: "有一行没有填全，或者填得不对，请逐行核对。",
    FieldFault.TOO_FEW_ROWS: "填的行数不够，请补上。",
    FieldFault.TOO_MANY_ROWS: "填的行数太多，请减少几行。",
}

SAME_NUMBER = "代办人和申请人是同一个证件号码。本人来办的，请选“申请人本人”。"
ADDRESS_WORDS = "请填写住址，写在一行里，最多 120 个字。"


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


def walk_in_faults(item: ServiceItem, entered: WalkIn, today: date) -> dict[str, str]:
    """Everything that is wrong, in words, by the name of its control on the page."""
    faults: dict[str, str] = {}
    if entered.kind not in KIND_NAMES:
        faults["kind"] = FAULT_WORDS[FieldFault.CHOICE_UNKNOWN]
    faults |= who_faults("", entered.kind, entered.name, entered.number, entered.phone, today)
    faults |= _agent_faults(entered, today)
    if not entered.address or not address_fits(entered.address):
        faults["address"] = ADDRESS_WORDS
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


def who_faults(at: str, kind: str, name: str, number: str, phone: str, today: date) -> dict[str, str]:
    """What is wrong with who applies or comes for them, in words, by control; `at` begins the controls' names."""
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


def address_fits(address: str) -> bool:
    """One line of at most 120 characters; whether there must be one is another question."""
    return len(address) <= 120 and address.isprintable()


def acting_faults(number: str, authority: str, applicant_kind: str, applicant_number: str) -> dict[str, str]:
    """Why who came cannot act for the applicant: it is the applicant, or what it acts upon is none for such a one."""
    faults: dict[str, str] = {}
    if number and number == applicant_number:
        faults["agent_number"] = SAME_NUMBER
    if authority not in set(authorities(applicant_kind)):
        faults["authority"] = FAULT_WORDS[FieldFault.CHOICE_UNKNOWN]
    return faults


def _agent_faults(entered: WalkIn, today: date) -> dict[str, str]:
    """Both identities and the authority (journey 7); whoever comes for an organization is a person with a card and a paper that says so."""
    agent = entered.agent
    if agent is None:
        return {"by": "单位申请，请填写来办的这位的证件和授权材料。"} if entered.kind == ORGANIZATION else {}
    faults: dict[str, str] = {}
    if agent.kind not in KIND_NAMES or agent.kind == ORGANIZATION:
        faults["agent_kind"] = FAULT_WORDS[FieldFault.CHOICE_UNKNOWN]
    faults |= who_faults("agent_", agent.kind, agent.name, agent.number, agent.phone, today)
    faults |= acting_faults(agent.number, agent.authority, entered.kind, entered.number)
    if not 1 <= agent.sheets <= MAX_SHEETS:
        faults["authority_sheets"] = f"授权材料要存档，请填收到几页，1 到 {MAX_SHEETS} 的整数。没有带来的，先不登记，请申请人补好再来。"
    return faults
