"""The application being made: begun from the item and the card, and read back as values, counts and sentences."""

from __future__ import annotations

from kiosk.i18n import Texts
from kiosk.journeys.step import Workplace
from kiosk.ports import IdCard
from kiosk.session import Draft
from kiosk.wire.forms import CardSource, FormField

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
        draft = Draft(item=session.item)
        for field in session.item.fields:
            source = field.card or field.default_from_card
            if source is not None:
                draft.values[field.code] = card_value(session.card, source)
        session.draft = draft
    return session.draft


def is_locked(field: FormField, card: IdCard) -> bool:
    """Whether a field is as the card says. A card that lacks the value (a foreigner's has no address) leaves it open."""
    return field.card is not None and bool(card_value(card, field.card))
