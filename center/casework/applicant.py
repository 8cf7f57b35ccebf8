"""What applicants, or their agents, do with a case at a terminal, the ID card being the proof: supply what is wanted, withdraw, print a notice again."""

from __future__ import annotations

import json
from datetime import date
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from center.casework.acting import begin, keep
from center.casework.clocks import tell_due_on
from center.casework.dossier import Dossier
from center.casework.events import EventKind
from center.casework.filing import card_faults, is_of_number, stored_files
from center.casework.returns import returns_before
from center.center import Center, Refusal
from center.domain.application import STATE_LABELS, ApplicationAct, ApplicationState
from center.domain.notice import Subject
from center.domain.paper import PAPER_FORMS, PaperKind
from center.records import journal
from center.records.papers import papers_of
from center.records.writes import Done, once
from center.store.files import JPEG, PNG
from center.store.tables import Case, CaseMaterial, CasePage, Terminal
from kiosk.wire.cases import CasePaper, CasePapersAnswer
from kiosk.wire.filing import CaseWrite, FilingAnswer, MaterialFiled, Supplement, Withdrawal, WithdrawalAnswer
from kiosk.wire.forms import check_form

#: Papers that are the applicant's; slips and opinions go between the center and a department.
THEIRS: frozenset[PaperKind] = frozenset(
    {
        PaperKind.FILING_RECEIPT,
        PaperKind.ACCEPTANCE_NOTICE,
        PaperKind.PROMISE_NOTICE,
        PaperKind.ONE_TIME_NOTICE,
        PaperKind.REFUSAL_NOTICE,
        PaperKind.SPECIAL_PROCEDURE_NOTICE,
        PaperKind.DECISION,
        PaperKind.COMPLETION_VOUCHER,
        PaperKind.MATERIALS_RETURNED,
    }
)


def _own_case(center: Center, session: Session, receipt_number: str, number: str) -> UUID:
    """The case of this receipt, if it is the card holder's, or one that they filed for somebody else.

    Raises Refusal, the same for a number that is not and one that is another's.
    """
    found = session.scalars(
        select(Case.id).where(
            Case.township_id == center.township_id,
            Case.receipt_number == receipt_number,
            is_of_number(center, number),
        )
    ).all()
    if len(found) != 1:
        raise Refusal("receipt_unknown", "没有查到您的这个办件。请放本人的身份证，或者带回执到窗口。")
    return found[0]


def _check_sender(center: Center, terminal: Terminal, sent: CaseWrite) -> None:
    if sent.township_id != center.township_id:
        raise Refusal("township_mismatch", "这份申请属于另一个乡镇的中心；请检查终端的 township_id。")
    if sent.terminal_id != terminal.terminal_id:
        raise Refusal("terminal_mismatch", "申请里的终端编号与签名的终端不同；请检查终端的配置。")


def _by(terminal: Terminal) -> str:
    return f"自助终端 {terminal.terminal_id}"


# ------------------------------------------------------------------ supplying what is wanted


def supplement(center: Center, terminal: Terminal, receipt_number: str, sent: Supplement) -> Done:
    """Put what was wanted into the same case, which goes back to the window (R4.1). One act for one key. Raises Refusal."""
    _check_sender(center, terminal, sent)

    def act(session: Session) -> tuple[UUID, str]:
        case_id = _own_case(center, session, receipt_number, sent.number)
        begun = begin(center, session, case_id, None, ApplicationAct.SUPPLEMENT, opened=False)
        case, dossier = begun.case, begun.dossier
        now = center.clock.now()
        values = json.loads(center.cipher.open("cases", "form", case.id, case.form))
        _check_supplement(dossier, values, sent, now.date())
        added = _add_materials(center, session, case, sent.materials)
        corrected = {code: values.get(code, "") for code in sent.values}
        case.form = center.cipher.seal("cases", "form", case.id, json.dumps(values | sent.values, ensure_ascii=False).encode())
        case.state, case.tell_due_on = begun.after, tell_due_on(center, dossier.item, now.date())
        # Another filing for the item may have been returned in between: all of them count (R2.5).
        case.returns = returns_before(center, session, case.applicant_index, dossier.item.code)
        missing = [material.code for material in sent.materials if material.missing]
        note = f"补交 {len(sent.materials) - len(missing)} 样材料，改正 {len(corrected)} 项" + (
            f"，{len(missing)} 样注明带到窗口" if missing else ""
        )
        keep(
            center, session, case, EventKind.SUPPLEMENTED, None, note=note, by=_by(terminal),
            detail={"added": added, "before": corrected}, codes={"materials": len(sent.materials), "fields": sorted(corrected)},
        )  # fmt: skip
        answer = FilingAnswer(
            case_number=case.case_number,
            receipt_number=receipt_number,
            received_at=now,
            next_step="窗口核对补交的材料后受理；可用身份证查看进度。",
        )
        return case_id, answer.model_dump_json()

    return once(center, "supplement", sent.key, {"receipt": receipt_number} | sent.model_dump(mode="json"), act)


def _check_supplement(dossier: Dossier, before: dict[str, str], sent: Supplement, today: date) -> None:
    """Every fault at once: what the notice wants is there or said to follow at the window, and nothing else is (R2.2)."""
    faults: dict[str, str] = {}
    asked = {line.code: line for line in dossier.notice}
    papers = {material.code for material in dossier.item.materials}
    given = {material.code: material for material in sent.materials}
    if len(given) != len(sent.materials):
        raise Refusal("material_double", "同一份材料写了两次；请检查材料清单。", {"materials": "double"})
    for code, material in given.items():
        line = asked.get(code)
        if line is None or line.subject is Subject.FIELD:
            # A code that is not the item's is not repeated: it could be anything.
            faults[code if code in papers else "?"] = "not_wanted"
        elif not material.missing and not material.pages:
            faults[code] = "pages"
    fields = {field.code for field in dossier.item.fields}
    for code in sent.values:
        if code not in fields or code not in asked:
            faults[code if code in fields else "?"] = "not_wanted"
    for line in dossier.notice:
        if line.subject is Subject.FIELD:
            if line.code not in sent.values:
                faults[line.code] = "missing"
        elif line.code not in given:
            faults[line.code] = "missing"
    faults |= {
        code: str(fault) for code, fault in check_form(dossier.item.fields, before | sent.values, today).items() if code in sent.values
    }
    faults |= card_faults(dossier.item, dossier.applicant, sent.values)
    if faults:
        raise Refusal("supplement_invalid", "补交的内容与告知单不一致；告知单上的每一样，要么补上，要么注明带到窗口。", faults)


def _add_materials(center: Center, session: Session, case: Case, materials: tuple[MaterialFiled, ...]) -> dict[str, int]:
    """New pages after those that were there, which stay. Returns from which page on each material was supplied now."""
    files = stored_files(center, session, {page for material in materials for page in material.pages})
    if any(file.media_type not in (JPEG, PNG) for file in files.values()):
        raise Refusal("page_format", "有材料图片不是 JPEG 或 PNG 格式；请重新拍摄。", {"materials": "format"})
    added: dict[str, int] = {}
    for material in materials:
        row = session.scalar(select(CaseMaterial).where(CaseMaterial.case_id == case.id, CaseMaterial.code == material.code))
        if row is None:
            row = CaseMaterial(township_id=center.township_id, case_id=case.id, code=material.code, missing=material.missing)
            session.add(row)
        row.missing = material.missing
        session.flush()
        start = session.scalar(select(func.count()).select_from(CasePage).where(CasePage.material_id == row.id)) or 0
        session.add_all(
            CasePage(township_id=center.township_id, material_id=row.id, position=start + index, file_id=files[page].id)
            for index, page in enumerate(material.pages)
        )
        if material.pages:
            added[material.code] = start
    session.flush()
    return added


# ------------------------------------------------------------------ withdrawing


def withdraw(center: Center, terminal: Terminal, receipt_number: str, sent: Withdrawal) -> Done:
    """End the case as its applicant wants (R3.2 [design]). One act for one key. Raises Refusal."""
    _check_sender(center, terminal, sent)

    def act(session: Session) -> tuple[UUID, str]:
        case_id = _own_case(center, session, receipt_number, sent.number)
        begun = begin(center, session, case_id, None, ApplicationAct.WITHDRAW, opened=False)
        now = center.clock.now()
        begun.case.state, begun.case.ended_on = begun.after, now.date()
        who = "代办人" if begun.dossier.applicant.came(sent.number) else "申请人"
        keep(center, session, begun.case, EventKind.WITHDRAWN, None, note=f"{who}放身份证撤回", by=_by(terminal))
        answer = WithdrawalAnswer(
            case_number=begun.case.case_number,
            receipt_number=receipt_number,
            state_label=STATE_LABELS[ApplicationState.WITHDRAWN],
            withdrawn_at=now,
        )
        return case_id, answer.model_dump_json()

    return once(center, "withdrawal", sent.key, {"receipt": receipt_number} | sent.model_dump(mode="json"), act)


# ------------------------------------------------------------------ papers again


def papers_for(center: Center, terminal: Terminal, number: str, receipt_number: str) -> CasePapersAnswer:
    """The papers of the card holder's own case, to print them again. Journalled, without the number. Raises Refusal."""
    with center.database.writing() as session:
        case_id = _own_case(center, session, receipt_number, number)
        issued = [paper for paper in papers_of(center, session, case_id) if paper.kind in THEIRS]
        journal.record(
            center, session, "case.papers_fetched", None, "case", case_id, {"papers": len(issued), "terminal": terminal.terminal_id}
        )
    return CasePapersAnswer(
        papers=tuple(
            CasePaper(title=PAPER_FORMS[paper.kind].title, number=paper.number, issued_at=paper.issued_at, document=paper.document)
            for paper in issued
        )
    )
