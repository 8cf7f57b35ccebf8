"""Taking in an application: everything is checked again, and the same submission, sent twice or at once, is one case with one answer."""

from __future__ import annotations

import json
from collections.abc import Mapping, Set
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID, uuid4

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from center.casework.clocks import open_due_on, tell_due_on
from center.casework.events import EventKind, append_event
from center.casework.numbers import next_case_number
from center.casework.parties import Party, party_of
from center.casework.returns import returns_before
from center.catalogue import find_item, item_of
from center.center import Center, Refusal
from center.domain.application import ApplicationState
from center.domain.item import Publication, in_force, publication
from center.records.writes import once
from center.store.files import JPEG, PNG
from center.store.tables import Case, CaseMaterial, CasePage, Item, StoredFile, Terminal
from kiosk.wire.filing import AUTHORITY_PAPER, ORGANIZATION, Applicant, Filing, FilingAnswer, MaterialFiled
from kiosk.wire.forms import CardSource, check_form
from kiosk.wire.items import ApplicantKind, Need, ServiceItem

#: How far a terminal's clock may be ahead of the center's.
_CLOCK_SLACK = timedelta(hours=24)


@dataclass(frozen=True)
class Filed:
    """The answer, and whether it made the case or found it."""

    answer: FilingAnswer
    case_id: str
    created: bool


def applicant_index(center: Center, number: str) -> str:
    """The blind index under which a person's cases are found."""
    return center.cipher.blind_index("applicant_number", number.strip().upper())


def agent_index(center: Center, number: str) -> str:
    """The blind index under which the cases are found that a person brought for others. Not the applicant's: the tables do not match the two."""
    return center.cipher.blind_index("agent_number", number.strip().upper())


def is_of_number(center: Center, number: str) -> ColumnElement[bool]:
    """Cases of the holder of this number's card: their own, and those that they brought for others."""
    return (Case.applicant_index == applicant_index(center, number)) | (Case.agent_index == agent_index(center, number))


def file_application(center: Center, terminal: Terminal, filing: Filing) -> Filed:
    """One case for one key. Raises Refusal; nothing is kept then."""

    tried = False

    def act(session: Session) -> tuple[UUID, str]:
        # The table refuses a number that was used; why it did is asked when it has.
        nonlocal tried
        if tried and _receipt_number_is_used(session, terminal, filing):
            raise Refusal("receipt_number_used", "这个回执编号已经用过；请用新的回执编号提交。", {"receipt_number": "used"})
        tried = True
        return _file(center, session, terminal, filing)

    # What was sent, without what it did not say: a repeat by a terminal of an older release is the same after the center's update.
    done = once(center, "application", filing.key, filing.model_dump(mode="json", exclude_unset=True), act)
    return Filed(FilingAnswer.model_validate_json(done.answer), str(done.subject_id), done.created)


def _receipt_number_is_used(session: Session, terminal: Terminal, filing: Filing) -> bool:
    used = select(Case.id).where(Case.terminal_row == terminal.id, Case.receipt_number == filing.receipt_number)
    return session.scalar(used) is not None


def _file(center: Center, session: Session, terminal: Terminal, filing: Filing) -> tuple[UUID, str]:
    now = center.clock.now()
    row = _check(center, session, terminal, filing)
    files = _stored(center, session, filing)
    case_id = uuid4()
    applicant = party_of(filing)
    index = applicant_index(center, applicant.number)
    returns = returns_before(center, session, index, filing.item_code)
    case = Case(
        id=case_id,
        township_id=center.township_id,
        # After all that is only read: whoever wants a number next waits for this transaction's end.
        case_number=next_case_number(session, center, now.date()),
        receipt_number=filing.receipt_number,
        terminal_row=terminal.id,
        item_row=row.id,
        state=ApplicationState.FILED,
        applicant=center.cipher.seal("cases", "applicant", case_id, applicant.model_dump_json().encode()),
        applicant_index=index,
        agent_index=agent_index(center, applicant.agent.number) if applicant.agent else None,
        form=center.cipher.seal("cases", "form", case_id, json.dumps(filing.values, ensure_ascii=False).encode()),
        signature_file=files[filing.signature].id,
        consent_version=filing.consent.text_version,
        consent_at=filing.consent.given_at,
        filed_at=filing.filed_at,
        received_at=now,
        open_due_on=open_due_on(center, now.date()),
        tell_due_on=tell_due_on(center, item_of(row), now.date()),
        returns=returns,
        delivery=filing.delivery,
    )
    session.add(case)
    session.flush()
    handed_in = [
        (CaseMaterial(township_id=center.township_id, case_id=case_id, code=material.code, missing=material.missing), material.pages)
        for material in filing.materials
    ]
    session.add_all(paper for paper, _ in handed_in)
    session.flush()
    session.add_all(
        CasePage(township_id=center.township_id, material_id=paper.id, position=position, file_id=files[page].id)
        for paper, pages in handed_in
        for position, page in enumerate(pages)
    )
    by = f"自助终端 {terminal.terminal_id}"
    # The paper is none of the item's: the event says what it is called.
    detail = {"note": "由代办人提交", "besides": {AUTHORITY_PAPER: applicant.agent.authority_words}} if applicant.agent else None
    append_event(center, session, case_id, EventKind.FILED, at=filing.filed_at, by=by, detail=detail, first=True)
    answer = FilingAnswer(case_number=case.case_number, receipt_number=filing.receipt_number, received_at=now, next_step=_next_step(center))
    return case_id, answer.model_dump_json()


def _next_step(center: Center) -> str:
    hours = center.config.center.window_hours
    return f"窗口工作人员核对材料后受理{f'（{hours}）' if hours else ''}；可凭回执上的二维码或身份证在自助终端查看进度。"


def _check(center: Center, session: Session, terminal: Terminal, filing: Filing) -> Item:
    """Everything that can be wrong with the filing itself; returns the item's row."""
    if filing.township_id != center.township_id:
        raise Refusal("township_mismatch", "这份申请属于另一个乡镇的中心；请检查终端的 township_id。")
    if filing.terminal_id != terminal.terminal_id:
        raise Refusal("terminal_mismatch", "申请里的终端编号与签名的终端不同；请检查终端的配置。")
    if filing.filed_at.tzinfo is None or filing.consent.given_at.tzinfo is None:
        raise Refusal("time_without_zone", "时间没有写明时区；请在时间后写 +08:00。", {"filed_at": "time_without_zone"})
    now = center.clock.now()
    if filing.filed_at > now + _CLOCK_SLACK:
        raise Refusal("filed_in_future", "提交时间比中心的时间晚一天以上；请校准终端的时钟。", {"filed_at": "filed_in_future"})
    if not filing.consent.text_version or not filing.consent.text_version.isprintable():
        raise Refusal("consent_missing", "没有记录同意个人信息使用的文本版本；请重新征得同意。", {"consent": "missing"})
    row = find_item(session, center, filing.item_code, filing.item_version)
    if row is None:
        raise Refusal("item_unknown", "中心没有这个事项的这个版本；请更新终端的事项目录。", {"item_code": "unknown"})
    item = item_of(row)
    if not item.apply_here or not in_force(item, filing.filed_at.date()) or publication(item, center.config.demo) is Publication.NOT:
        raise Refusal("item_not_open", "这个事项不能在自助终端申办；请到窗口办理。", {"item_code": "not_open"})
    _check_who(item, filing)
    _check_form(item, filing)
    _check_materials(item, filing)
    return row


def _check_who(item: ServiceItem, filing: Filing) -> None:
    kind = ApplicantKind.ORGANIZATION if filing.applicant.kind == ORGANIZATION else ApplicantKind.PERSON
    if kind not in item.applicants:
        raise Refusal("applicant_kind", "这个事项不收这一类申请人的网上申请；请到窗口办理。", {"applicant": "kind"})
    if filing.agent and kind is ApplicantKind.PERSON and not item.agents:
        raise Refusal("agent_not_allowed", "这个事项要由申请人本人提交；不能本人来的，请到窗口办理。", {"agent": "not_allowed"})


#: What a field filled from the card must equal. Other values are reworded for people (男, 汉族, a date) and cannot be compared.
_CARD_VALUES = {CardSource.NAME: lambda applicant: applicant.name, CardSource.NUMBER: lambda applicant: applicant.number}


def _check_form(item: ServiceItem, filing: Filing) -> None:
    faults = {code: str(fault) for code, fault in check_form(item.fields, filing.values, filing.filed_at.date()).items()}
    known = {field.code for field in item.fields}
    # A code that is not the item's is not repeated: it could be anything.
    faults |= {"?": "unknown"} if set(filing.values) - known else {}
    faults |= {code: fault for code, fault in card_faults(item, filing.applicant, filing.values).items() if code not in faults}
    if faults:
        raise Refusal("form_invalid", "表单中有填写不符合要求的内容；请按标出的项目逐一改正。", faults)


def card_faults(item: ServiceItem, applicant: Applicant | Party, values: Mapping[str, str]) -> dict[str, str]:
    """Fields that say something else than the card they are filled from."""
    return {
        field.code: "not_as_on_card"
        for field in item.fields
        if field.card in _CARD_VALUES and values.get(field.code, "") not in ("", _card_value(applicant, field.card))
    }


def _card_value(applicant: Applicant | Party, source: CardSource | None) -> str:
    return _CARD_VALUES[source](applicant) if source in _CARD_VALUES else ""


def _authority_faults(filing: Filing, paper: MaterialFiled | None) -> dict[str, str]:
    """The paper that gives an agent the authority: captured, or said to be missing, which goes into the one-time notice."""
    if filing.agent is None:
        return {AUTHORITY_PAPER: "no_agent"} if paper else {}
    if paper is None:
        return {AUTHORITY_PAPER: "missing"}
    return {} if paper.pages or paper.missing else {AUTHORITY_PAPER: "pages"}


def _check_materials(item: ServiceItem, filing: Filing) -> None:
    asked = {material.code: material for material in item.materials}
    given = {material.code: material for material in filing.materials}
    if len(given) != len(filing.materials):
        raise Refusal("material_double", "同一份材料写了两次；请检查材料清单。", {"materials": "double"})
    faults = _authority_faults(filing, given.pop(AUTHORITY_PAPER, None))
    for code, paper in given.items():
        if code not in asked:
            faults["?"] = "unknown"
        elif asked[code].from_card or asked[code].from_form:
            if paper.pages:
                faults[code] = "pages"
        # A paper may have more pages than its guide knows. Of one that is missing what the citizen has is kept; the one-time notice asks the rest.
        elif not paper.missing and asked[code].is_need is Need.REQUIRED and len(paper.pages) < len(asked[code].pages):
            faults[code] = "pages"
    for code, material in asked.items():
        if code not in given and material.is_need is Need.REQUIRED and not (material.from_card or material.from_form):
            faults[code] = "missing"
    if faults:
        raise Refusal("materials_invalid", "材料清单与事项要求不一致；每份必要材料要么交齐各页，要么注明没有带来。", faults)


def _stored(center: Center, session: Session, filing: Filing) -> dict[str, StoredFile]:
    pages = [page for material in filing.materials for page in material.pages]
    found = stored_files(center, session, {*pages, filing.signature})
    if found[filing.signature].media_type != PNG:
        raise Refusal("signature_not_png", "签名图片不是 PNG 格式；请重新签名。", {"signature": "format"})
    if any(found[page].media_type not in (JPEG, PNG) for page in pages):
        raise Refusal("page_format", "有材料图片不是 JPEG 或 PNG 格式；请重新拍摄。", {"materials": "format"})
    return found


def stored_files(center: Center, session: Session, names: Set[str]) -> dict[str, StoredFile]:
    """The rows of these files, by content. Raises Refusal if one was not uploaded."""
    rows = session.scalars(select(StoredFile).where(StoredFile.township_id == center.township_id, StoredFile.sha256.in_(names)))
    found = {row.sha256: row for row in rows}
    absent = sorted(names - set(found))
    if absent:
        raise Refusal("files_missing", "有材料图片还没有传到中心；请先上传，再提交。", dict.fromkeys(absent, "missing"))
    return found
