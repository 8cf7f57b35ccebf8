"""The application being made: whose it is, and what their card or their organization says, as a form holds it. Shows nothing."""

from __future__ import annotations

from kiosk.i18n import Texts
from kiosk.journeys.identify import CONSENT_VERSION
from kiosk.journeys.step import Workplace
from kiosk.ports import IdCard
from kiosk.session import Applying, Draft
from kiosk.wire.filing import AUTHORITY_NAMES, AUTHORITY_PAPER, Consent
from kiosk.wire.forms import CardSource, FormField
from kiosk.wire.items import ApplicantKind, Material, ServiceItem
from kiosk.wire.masking import mask_name

_SEX = {"male": "男", "female": "女", "unknown": "未知", "unspecified": "未说明"}

#: Fields of an organization's sheet.
ORGANIZATION_NAME, ORGANIZATION_CODE = "organization_name", "credit_code"


def sex_text(texts: Texts, sex: str) -> str:
    """男, 女, 未知, 未说明 (GB/T 2261.1)."""
    return {"male": texts.t("男"), "female": texts.t("女"), "unspecified": texts.t("未说明")}.get(sex, texts.t("未知"))


def ensure_draft(work: Workplace) -> Draft:
    """The session's draft for its item; begun if there is none."""
    session = work.session
    assert session.item is not None, "an item is chosen before anything is filled in"
    draft = session.draft
    if draft is None:
        draft = session.drafts[session.item.code] = Draft(item=session.item, applying=ways_to_apply(session.item)[0])
    return draft


def ways_to_apply(item: ServiceItem) -> tuple[Applying, ...]:
    """Who may apply for an item. An organization is always acted for."""
    person = ApplicantKind.PERSON in item.applicants
    allowed = {
        Applying.SELF: person,
        Applying.AGENT: person and item.agents,
        Applying.ORGANIZATION: ApplicantKind.ORGANIZATION in item.applicants,
    }
    return tuple(way for way, may in allowed.items() if may)


# ------------------------------------------------------------------ who


def for_another(work: Workplace) -> bool:
    """Whether who stands here acts for somebody else, or for an organization."""
    return ensure_draft(work).applying is not Applying.SELF


def applicant_card(work: Workplace) -> IdCard | None:
    """The card of whose application it is; an organization has none."""
    draft = ensure_draft(work)
    return {Applying.SELF: work.session.card, Applying.AGENT: draft.card, Applying.ORGANIZATION: None}[draft.applying]


def applicant_name(work: Workplace) -> str:
    """As the card says, or as it was typed; empty while it is not known."""
    card, draft = applicant_card(work), ensure_draft(work)
    return card.name if card else draft.party.values.get(ORGANIZATION_NAME, "")


def applicant_number(work: Workplace) -> str:
    """Of the card, or the credit code."""
    card, draft = applicant_card(work), ensure_draft(work)
    return card.number if card else draft.party.values.get(ORGANIZATION_CODE, "")


def whose_answers(work: Workplace) -> str:
    """Of whom a form asks that an agent fills in: its questions say 您."""
    name = applicant_name(work) if ensure_draft(work).applying is Applying.AGENT else ""
    return work.texts.t("填申请人 {name} 的情况", name=mask_name(name)) if name else ""


def consent_of(work: Workplace) -> Consent | None:
    """What was agreed to for this application. For oneself that may have been earlier in the session, if it was to the same text."""
    draft, earlier = ensure_draft(work), work.session.consent
    if draft.consent is not None or draft.applying is not Applying.SELF or earlier is None:
        return draft.consent
    return earlier if earlier.text_version == CONSENT_VERSION else None


# ------------------------------------------------------------------ what is known of them


def known_value(work: Workplace, source: CardSource) -> str:
    """What is known of the applicant, as a form holds it."""
    card = applicant_card(work)
    if card is None:
        return {CardSource.NAME: applicant_name(work), CardSource.NUMBER: applicant_number(work)}.get(source, "")
    return card_value(card, source)


def card_value(card: IdCard, source: CardSource) -> str:
    """What a card says, as a form holds it. Dates are ISO; sex is the word of GB/T 2261.1."""
    return {
        CardSource.NAME: card.name,
        CardSource.SEX: _SEX[card.sex],
        CardSource.NATION: card.nation,
        CardSource.BIRTH: card.birth.isoformat() if card.birth else "",
        CardSource.ADDRESS: card.address,
        CardSource.NUMBER: card.number,
    }[source]


def is_locked(work: Workplace, field: FormField) -> bool:
    """Whether a field is as it is known. A card that lacks the value (a foreigner's has no address) leaves it open."""
    return field.card is not None and bool(known_value(work, field.card))


def fill_in(work: Workplace) -> None:
    """What is known goes into the form. What was only offered, of somebody else before, goes out of it; what was typed stays."""
    draft = ensure_draft(work)
    for field in draft.item.fields:
        source = field.card or field.default_from_card
        if source is None:
            continue
        known, before = known_value(work, source), draft.offered.get(field.code, "")
        if (field.card and known) or draft.values.get(field.code, "") == before:
            draft.values[field.code] = known
        draft.offered[field.code] = known


def papers_wanted(draft: Draft) -> tuple[Material, ...]:
    """The papers of the item, and what says that somebody may act for another."""
    materials = draft.item.materials
    if draft.authority is None or any(material.code == AUTHORITY_PAPER for material in materials):
        return materials
    return (*materials, Material(code=AUTHORITY_PAPER, material_name=AUTHORITY_NAMES[draft.authority]))
