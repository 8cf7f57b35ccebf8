"""Submit: what the citizen signed goes into the outbox in one transaction, and then on its way to the center."""

from __future__ import annotations

import hashlib

from kiosk.journeys.apply.draft import applicant_card, applicant_name, applicant_number, consent_of, ensure_draft, papers_wanted
from kiosk.journeys.apply.ink import signature_png
from kiosk.journeys.apply.result import delivery_of, post_to, tell_of, told_at
from kiosk.journeys.codes import receipt_code
from kiosk.journeys.filling import may_follow, missing_materials, must_be_brought, papers_there
from kiosk.journeys.handing import SendPage, hand_in
from kiosk.journeys.papers import ReceiptFacts, filing_receipt
from kiosk.journeys.step import Workplace
from kiosk.link.submission import application
from kiosk.ports import IdCard
from kiosk.session import Applying, Draft, Handed
from kiosk.wire.documents import Document
from kiosk.wire.filing import AUTHORITY_NAMES, ORGANIZATION, Applicant, Filing, FilingAgent, FilingAnswer, MaterialFiled
from kiosk.wire.forms import open_fields
from kiosk.wire.masking import mask_number, mask_phone


def _of_card(card: IdCard) -> dict[str, str]:
    return {"kind": card.kind, "name": card.name, "number": card.number}


def _applicant(work: Workplace, draft: Draft) -> Applicant:
    card = applicant_card(work)
    phone = told_at(draft.result) if draft.applying is Applying.SELF else ""
    if card is None:
        return Applicant(kind=ORGANIZATION, name=applicant_name(work).strip(), number=applicant_number(work).strip())
    return Applicant(**_of_card(card), sex=card.sex, nation=card.nation, birth=card.birth, address=card.address, phone=phone)


def _agent(work: Workplace, draft: Draft) -> FilingAgent | None:
    if draft.applying is Applying.SELF:
        return None
    own = work.session.card
    assert own is not None and draft.authority is not None, "who acts for another is identified, and says upon what"
    return FilingAgent(**_of_card(own), phone=told_at(draft.result), authority=draft.authority)


def _filing(work: Workplace, draft: Draft, receipt_number: str) -> tuple[Filing, dict[str, bytes]]:
    consent = consent_of(work)
    assert consent is not None, "the journey asks before it files"
    draft.key = draft.key or work.new_key()
    files: dict[str, bytes] = {}

    def kept(data: bytes) -> str:
        digest = hashlib.sha256(data).hexdigest()
        files[digest] = data
        return digest

    papers = papers_wanted(draft)
    missing = {material.code for material in missing_materials(draft, papers)}
    materials = tuple(
        MaterialFiled(code=m.code, pages=tuple(kept(page.jpeg) for page in draft.pages.get(m.code, [])), missing=m.code in missing)
        for m in papers
    )
    filing = Filing(
        key=draft.key,
        township_id=work.config.terminal.township_id,
        terminal_id=work.config.terminal.id,
        receipt_number=receipt_number,
        item_code=draft.item.code,
        item_version=draft.item.version,
        applicant=_applicant(work, draft),
        agent=_agent(work, draft),
        consent=consent,
        values={code: value for code, value in draft.values.items() if value},
        materials=materials,
        signature=kept(signature_png(draft.strokes)),
        delivery=delivery_of(draft.result),
        post_to=post_to(draft.result),
        tell=tell_of(draft.result),
        filed_at=work.clock.now(),
    )
    return filing, files


def case_of(handed: Handed) -> FilingAnswer | None:
    """What the center said of the application, if it did."""
    return handed.answer if isinstance(handed.answer, FilingAnswer) else None


def receipt_paper(work: Workplace, handed: Handed, draft: Draft, print_count: int = 1) -> Document:
    """The filing receipt as things stand: with the case number if the center answered, else with the local number."""
    case, own, papers = case_of(handed), work.session.card, papers_wanted(draft)
    return filing_receipt(
        ReceiptFacts(
            center_name=work.center_name,
            terminal_id=work.config.terminal.id,
            receipt_number=handed.number,
            case_number=case.case_number if case else None,
            item=draft.item,
            applicant_name=applicant_name(work),
            masked_number=mask_number(applicant_number(work)),
            organization=draft.applying is Applying.ORGANIZATION,
            agent=(own.name, mask_number(own.number), AUTHORITY_NAMES[draft.authority]) if own and draft.authority else None,
            post_to=post_to(draft.result),
            tell=tell_of(draft.result),
            phone=mask_phone(told_at(draft.result)),
            filed_at=handed.at,
            papers=papers_there(draft, papers),
            missing=tuple(m.material_name for m in must_be_brought(draft, papers)),
            following=tuple((m.material_name, m.follow_days) for m in may_follow(draft, papers)),
            later=tuple(field.label for field in open_fields(draft.item.fields, draft.values)),
            refused=bool(handed.refusal),
            qr_text=handed.code,
            window_hours=work.catalogue.window_hours if work.catalogue else "",
            print_count=print_count,
            next_step=case.next_step if case else "",
        ),
        demo=work.config.demo,
    )


def file_draft(work: Workplace) -> None:
    """Keep the filing, its files, its receipt and its key, all or nothing; then it is on its way. Raises OneSealError if it cannot be kept."""
    draft = ensure_draft(work)
    number = work.outbox.next_receipt_number(work.clock.now())
    code = receipt_code(work, number)
    filing, files = _filing(work, draft, number)
    receipt = receipt_paper(work, Handed(number, code, filing.filed_at), draft)
    hand_in(work, draft, application(filing, files, receipt.model_dump_json().encode()), code=code, item=draft.item.code)


class SendStep(SendPage):
    """正在送到中心."""

    @property
    def sheet(self) -> Draft:
        """The application."""
        return ensure_draft(self.work)
