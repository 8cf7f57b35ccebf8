"""The application being made: begun from the item and the card, and read back as values, counts and sentences."""

from __future__ import annotations

from kiosk.i18n import Texts
from kiosk.journeys.step import Workplace
from kiosk.ports import IdCard
from kiosk.session import Draft
from kiosk.wire.forms import CardSource, FieldKind, FormField
from kiosk.wire.items import Material, Need
from kiosk.wire.masking import mask_number, mask_phone

_SEX = {"male": "男", "female": "女", "unknown": "未知", "unspecified": "未说明"}


def sex_text(texts: Texts, sex: str) -> str:
    """男, 女, 未知, 未说明 (GB/T 2261.1)."""
    return {"male": texts.t("男"), "female": texts.t("女"), "unspecified": texts.t("未说明")}.get(sex, texts.t("未知"))


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


def ensure_draft(work: Workplace) -> Draft:
    """The session's draft for its item, begun from the card if there is none."""
    session = work.session
    assert session.item is not None and session.card is not None, "the journey identifies before it fills in"
    if session.draft is None or session.draft.item.code != session.item.code:
        draft = Draft(session.item)
        for field in session.item.fields:
            source = field.card or field.default_from_card
            if source is not None:
                draft.values[field.code] = card_value(session.card, source)
        session.draft = draft
    return session.draft


def is_locked(field: FormField, card: IdCard) -> bool:
    """Whether a field is as the card says. A card that lacks the value (a foreigner's has no address) leaves it open."""
    return field.card is not None and bool(card_value(card, field.card))


def value_text(field: FormField, value: str) -> str:
    """A value as it is shown: choices by their label, numbers of persons masked. What is being typed is shown as it is."""
    if field.kind is FieldKind.CHOICE:
        return next((choice.label for choice in field.choices if choice.code == value), "")
    if field.kind is FieldKind.ID_NUMBER:
        return mask_number(value)
    if field.kind is FieldKind.PHONE:
        return mask_phone(value)
    return value


def settled(draft: Draft, material: Material) -> bool:
    """Whether nothing more has to be done about a material here: it is there, or the citizen said that it is not with them."""
    if material.from_card or material.from_form or material.code in draft.missing:
        return True
    if material.is_need is Need.OPTIONAL and not draft.pages.get(material.code):
        return True
    return len(draft.pages.get(material.code, [])) >= len(material.pages)


def is_there(draft: Draft, material: Material) -> bool:
    """Whether a material is handed in."""
    if material.from_card or material.from_form:
        return True
    return len(draft.pages.get(material.code, [])) >= len(material.pages)


def missing_materials(draft: Draft) -> tuple[Material, ...]:
    """What is still wanted, all of it (R2.2)."""
    return tuple(m for m in draft.item.materials if not is_there(draft, m) and m.is_need is not Need.OPTIONAL)


def papers_there(draft: Draft) -> tuple[tuple[str, int], ...]:
    """Materials handed in, each with its count of pages; 0 for what came from the card or the form."""
    return tuple(
        (m.material_name, len(draft.pages.get(m.code, []))) for m in draft.item.materials if is_there(draft, m) and _counts(draft, m)
    )


def _counts(draft: Draft, material: Material) -> bool:
    return material.from_card or material.from_form or bool(draft.pages.get(material.code))
