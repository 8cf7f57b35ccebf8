"""The complaint as it is handed in: who complains and how to reach them, kept with its pages and its receipt (R6.1)."""

from __future__ import annotations

from collections.abc import Mapping

from kiosk.journeys.codes import complaint_code
from kiosk.journeys.complain.sheet import EVIDENCE, ComplaintSheet
from kiosk.journeys.handing import by_content, hand_in
from kiosk.journeys.papers import ComplaintFacts, complaint_receipt
from kiosk.journeys.papers.complaint import BY_HAND, TO_BE_HEARD
from kiosk.journeys.step import Workplace
from kiosk.link.submission import complaint
from kiosk.session import Handed
from kiosk.wire.complaints import Agent, Capacity, ComplaintFiling, ComplaintFilingAnswer, Party, PartyKind
from kiosk.wire.documents import Document

#: Both on one line of the wire: its 80 characters hold the longest of each.
_BOTH = "，"


def contact_of(values: Mapping[str, str], prefix: str = "") -> str:
    """How to reach somebody: telephone, address, or both."""
    both = (values.get(f"{prefix}phone", "").strip(), values.get(f"{prefix}address", "").strip())
    return _BOTH.join(part for part in both if part)


def statement_of(sheet: ComplaintSheet) -> str:
    """What happened, in the citizen's words; or where these are."""
    if sheet.written_by_hand:
        return BY_HAND if sheet.pages.get(EVIDENCE) else TO_BE_HEARD
    return sheet.values["statement"].strip()


def _who(work: Workplace, sheet: ComplaintSheet) -> tuple[Party, Agent | None]:
    """The complainant, and who acts for them. The number of who stands here is the card's, or none."""
    values, card = sheet.values, work.session.card if sheet.by_card else None
    name, number = (card.name, card.number) if card else (values["name"].strip(), "")
    if sheet.capacity is not Capacity.AGENT:
        return Party(name=name, contact=contact_of(values), number=number), None
    principal = Party(
        kind=PartyKind(values["party_kind"]),
        name=values["party_name"].strip(),
        contact=contact_of(values, "party_"),
        number=values.get("party_number", "").strip(),
    )
    return principal, Agent(name=name, contact=contact_of(values), number=number)


def receipt_paper(work: Workplace, handed: Handed, sheet: ComplaintSheet, print_count: int = 1) -> Document:
    """The receipt as things stand: with the center's dates if it answered."""
    answer = handed.answer if isinstance(handed.answer, ComplaintFilingAnswer) else None
    facts = ComplaintFacts(
        center_name=work.center_name,
        terminal_id=work.config.terminal.id,
        receipt_number=handed.number,
        filed_at=handed.at,
        by_card=bool(sheet.by_card),
        evidence_later=sheet.more_to_come,
        answer=answer,
        refused=bool(handed.refusal),
        qr_text=handed.code,
        window_hours=work.catalogue.window_hours if work.catalogue else "",
        print_count=print_count,
    )
    return complaint_receipt(facts, demo=work.config.demo)


def file_complaint(work: Workplace, sheet: ComplaintSheet) -> None:
    """Into the outbox. Raises OneSealError if it cannot be kept."""
    assert sheet.consent is not None, "the journey asks before it files"
    sheet.key = sheet.key or work.new_key()
    now = work.clock.now()
    number = work.outbox.next_receipt_number(now)
    files = by_content(sheet.pages.get(EVIDENCE, ()))
    complainant, agent = _who(work, sheet)
    filing = ComplaintFiling(
        key=sheet.key,
        township_id=work.config.terminal.township_id,
        terminal_id=work.config.terminal.id,
        receipt_number=number,
        card=bool(sheet.by_card),
        digits=None if sheet.by_card else sheet.values["digits"],
        complainant=complainant,
        capacity=sheet.capacity or Capacity.SELF,
        agent=agent,
        group_size=int(sheet.values["group_size"]) if sheet.capacity is Capacity.REPRESENTATIVE else None,
        about=sheet.about,
        matter=sheet.matter,
        statement=statement_of(sheet),
        case_number=sheet.values.get("case_number", "").strip(),
        evidence=tuple(files),
        evidence_later=sheet.more_to_come,
        consent=sheet.consent,
        filed_at=now,
    )
    code = complaint_code(work, number)
    receipt = receipt_paper(work, Handed(number, code, now), sheet).model_dump_json().encode()
    hand_in(work, sheet, complaint(filing, files, receipt), code=code)
