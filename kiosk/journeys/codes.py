"""What a code held up leads to, wherever codes are looked for: a guide, or the progress of a case."""

from __future__ import annotations

from kiosk.journeys.step import Next, Open, Workplace
from kiosk.views import Tone
from kiosk.wire.codes import Code, CodeKind, code_of_token, parse_code, read_code, token_of_code, write_code


def guide_code(work: Workplace, item_code: str) -> str:
    """The text of a guide's QR: its public page if there is one, else a code for this terminal's own scanner (R1.3)."""
    base = work.catalogue.public_base_url if work.catalogue else ""
    if base:
        return f"{base.rstrip('/')}/g/{item_code}"
    return write_code(Code(CodeKind.GUIDE, work.config.terminal.short_name, item_code), work.signing_key)


def receipt_code(work: Workplace, receipt_number: str) -> str:
    """The text of a receipt's QR, signed by this terminal: for phones the address of its state if there are public pages, else for our scanners."""
    code = write_code(Code(CodeKind.RECEIPT, work.config.terminal.short_name, receipt_number), work.signing_key)
    base = work.catalogue.public_base_url if work.catalogue else ""
    return f"{base.rstrip('/')}/p/{token_of_code(code)}" if base else code


def complaint_code(work: Workplace, receipt_number: str) -> str:
    """The text of a complaint's QR, signed by this terminal. Never an address: no phone page tells of a complaint (R6.8)."""
    return write_code(Code(CodeKind.COMPLAINT, work.config.terminal.short_name, receipt_number), work.signing_key)


def own_code(work: Workplace, text: str) -> str:
    """The code in an address of our public pages, else the text itself."""
    base = work.catalogue.public_base_url if work.catalogue else ""
    if base and text.startswith(f"{base.rstrip('/')}/p/"):
        return code_of_token(text.rsplit("/", 1)[-1]) or text
    return text


def _guide_item(work: Workplace, text: str) -> str | None:
    """The item whose guide a code leads to. Guides are public: a code of another terminal will do, unchecked."""
    base = work.catalogue.public_base_url if work.catalogue else ""
    if base and text.startswith(f"{base.rstrip('/')}/g/"):
        return text.rsplit("/", 1)[-1]
    parsed = parse_code(text)
    return parsed[0].number if parsed and parsed[0].kind is CodeKind.GUIDE else None


def is_forged(work: Workplace, text: str) -> bool:
    """Whether a code says that this terminal issued it, and it did not."""
    parsed = parse_code(text)
    if parsed is None or parsed[0].issuer != work.config.terminal.short_name:
        return False
    return read_code(text, lambda issuer: work.signing_key.public_key()) is None


def scanned(work: Workplace, text: str) -> Next:
    """Where a code leads: its guide, the state of its case, what opens its complaint or booking, or a sentence that it is none of ours."""
    # Imported here because guide and progress lead on to codes in their turn.
    from kiosk.journeys.book.slip import SlipStep
    from kiosk.journeys.browse import GuideStep
    from kiosk.journeys.complaints.opening import ReceiptStep
    from kiosk.journeys.message import TellStep
    from kiosk.journeys.progress import StateStep

    t = work.texts.t
    text = own_code(work, text)
    code = _guide_item(work, text)
    if code is not None:
        item = work.item(code)
        work.record("code_scanned", session=work.session.number, kind="guide")
        if item is not None:
            return Open(GuideStep(work, item))
        return Open(
            TellStep(work, t("没有找到这份指南"), (t("这个事项可能已经调整。请在“办事指南”里再找一找。"),), Tone.INFO, "magnify-close")
        )
    parsed = parse_code(text)
    if parsed is None or is_forged(work, text):
        work.record("code_scanned", session=work.session.number, kind="foreign" if parsed is None else "forged")
        return Open(
            TellStep(
                work,
                t("这不是本中心的码"),
                (t("请出示本中心回执上的码，或指南上的码。"), t("也可以放身份证查自己的办件。")),
                Tone.INFO,
                "qrcode-scan",
            )
        )
    if parsed[0].kind is CodeKind.COMPLAINT:
        work.record("code_scanned", session=work.session.number, kind="complaint")
        return Open(ReceiptStep(work, text))
    if parsed[0].kind is CodeKind.BOOKING:
        work.record("code_scanned", session=work.session.number, kind="booking")
        return Open(SlipStep(work, parsed[0].number))
    work.record("code_scanned", session=work.session.number, kind="receipt")
    return Open(StateStep(work, text))
