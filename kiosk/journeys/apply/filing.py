"""Submit: what the citizen signed goes into the outbox in one transaction, and then on its way to the center."""

from __future__ import annotations

import hashlib

from kiosk.events import Event, SubmissionDeferred, SubmissionRefused, SubmissionSent, Tick
from kiosk.journeys.apply.draft import ensure_draft
from kiosk.journeys.apply.ink import signature_png
from kiosk.journeys.codes import receipt_code
from kiosk.journeys.filling import missing_materials, papers_there
from kiosk.journeys.papers import ReceiptFacts, filing_receipt
from kiosk.journeys.step import Forward, Ignore, Next, Step, Workplace
from kiosk.link.submission import application
from kiosk.ports import IdCard
from kiosk.session import Draft, Filed, Handed
from kiosk.views import Chrome, MessageView, ViewData
from kiosk.wire.documents import Document
from kiosk.wire.filing import Applicant, Filing, FilingAnswer, MaterialFiled
from kiosk.wire.forms import open_fields
from kiosk.wire.masking import mask_number


def _applicant(card: IdCard) -> Applicant:
    return Applicant(
        kind=card.kind, name=card.name, number=card.number, sex=card.sex, nation=card.nation, birth=card.birth, address=card.address
    )


def _filing(work: Workplace, draft: Draft, receipt_number: str) -> tuple[Filing, dict[str, bytes]]:
    session = work.session
    assert session.card is not None and session.consent is not None, "the journey identifies and asks before it files"
    files: dict[str, bytes] = {}

    def kept(data: bytes) -> str:
        digest = hashlib.sha256(data).hexdigest()
        files[digest] = data
        return digest

    missing = {material.code for material in missing_materials(draft, draft.item.materials)}
    materials = tuple(
        MaterialFiled(code=m.code, pages=tuple(kept(page.jpeg) for page in draft.pages.get(m.code, [])), missing=m.code in missing)
        for m in draft.item.materials
    )
    filing = Filing(
        key=work.new_key(),
        township_id=work.config.terminal.township_id,
        terminal_id=work.config.terminal.id,
        receipt_number=receipt_number,
        item_code=draft.item.code,
        item_version=draft.item.version,
        applicant=_applicant(session.card),
        consent=session.consent,
        values={code: value for code, value in draft.values.items() if value},
        materials=materials,
        signature=kept(signature_png(draft.strokes)),
        filed_at=work.clock.now(),
    )
    return filing, files


def receipt_paper(work: Workplace, filed: Filed, draft: Draft, print_count: int = 1) -> Document:
    """The filing receipt as things stand: with the case number if the center answered, else with the local number."""
    card = work.session.card
    assert card is not None
    return filing_receipt(
        ReceiptFacts(
            center_name=work.center_name,
            terminal_id=work.config.terminal.id,
            receipt_number=filed.receipt_number,
            case_number=filed.answer.case_number if filed.answer else None,
            item=filed.item,
            applicant_name=card.name,
            masked_number=mask_number(card.number),
            filed_at=filed.filed_at,
            papers=papers_there(draft, draft.item.materials),
            missing=tuple(m.material_name for m in missing_materials(draft, draft.item.materials)),
            later=tuple(field.label for field in open_fields(draft.item.fields, draft.values)),
            qr_text=filed.code,
            window_hours=work.catalogue.window_hours if work.catalogue else "",
            print_count=print_count,
            next_step=filed.answer.next_step if filed.answer else "",
        ),
        demo=work.config.demo,
    )


def file_draft(work: Workplace) -> None:
    """Keep the filing, its files, its receipt and its key, all or nothing; then wake the sender. Raises OneSealError if it cannot be kept."""
    draft = ensure_draft(work)
    receipt_number = work.outbox.next_receipt_number(work.clock.now())
    filing, files = _filing(work, draft, receipt_number)
    filed = Filed(receipt_number, receipt_code(work, receipt_number), filing.filed_at, draft.item)
    submission = application(filing, files, receipt_paper(work, filed, draft).model_dump_json().encode())
    work.outbox.keep(submission)
    work.session.filed = filed
    work.session.submitted[receipt_number] = Handed(receipt_number, filed.code, filed.filed_at)
    work.record(
        "submission_kept",
        session=work.session.number,
        kind=submission.kind.value,
        receipt=receipt_number,
        item=draft.item.code,
        files=len(files),
    )
    work.center.wake()


def note_answer(work: Workplace, event: Event) -> bool:
    """Learn what the center says of the session's filing; True if it said something."""
    filed = work.session.filed
    if filed is None:
        return False
    match event:
        case SubmissionSent(filed.receipt_number, FilingAnswer() as answer):
            filed.answer = answer
            filed.deferred = False
        case SubmissionDeferred(filed.receipt_number):
            filed.deferred = True
        case SubmissionRefused(filed.receipt_number, _, sentence):
            filed.refusal = sentence
        case _:
            return False
    return True


class SendStep(Step):
    """正在送到中心: waits a while for the center, and not longer."""

    can_go_back = False

    def __init__(self, workplace: Workplace) -> None:
        super().__init__(workplace)
        self._since: float | None = None

    def view(self, chrome: Chrome) -> ViewData:
        """What is happening."""
        t = self.t
        return MessageView(
            chrome=chrome,
            title=t("正在送到中心，请稍等一下"),
            subtitle=t("您的申请已经保存在本机，不会丢。"),
            spoken=t("正在提交，请稍等一下。"),
            icon="cloud-upload-outline",
            busy=True,
        )

    def handle(self, event: Event) -> Next:
        """The center's answer, or the end of patience."""
        if note_answer(self.work, event):
            return Forward()
        if isinstance(event, Tick):
            if self._since is None:
                self._since = event.monotonic
            elif event.monotonic - self._since >= self.work.config.session.send_wait_seconds:
                assert self.session.filed is not None
                self.session.filed.deferred = True
                return Forward()
        return Ignore()
