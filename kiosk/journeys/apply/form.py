"""The form of an item: fields as it declares them, what the card says filled in and locked."""

from __future__ import annotations

from kiosk.i18n import noted
from kiosk.journeys.apply.draft import card_value, ensure_draft, is_locked
from kiosk.journeys.apply.route import check_page
from kiosk.journeys.filling import FormPages
from kiosk.journeys.step import Step
from kiosk.session import Draft
from kiosk.wire.forms import FormField


class FormStep(FormPages):
    """请填写."""

    label = noted("填表")

    @property
    def sheet(self) -> Draft:
        """The application; begun if there is none."""
        return ensure_draft(self.work)

    @property
    def fields(self) -> tuple[FormField, ...]:
        """As the item declares them."""
        return self.sheet.item.fields

    def heading(self) -> tuple[str, str]:
        """What is known is not asked again."""
        return self.t("请填写，没错就下一步"), self.t("姓名和证件号已从身份证读入，不用再填")

    def locked(self, field: FormField) -> bool:
        """As the card says."""
        card = self.session.card
        return card is not None and is_locked(field, card)

    def offered(self, field: FormField) -> str:
        """What the card says of an address that may have changed."""
        card = self.session.card
        return card_value(card, field.default_from_card) if card and field.default_from_card else ""

    def check_page(self) -> type[Step]:
        """Everything on one page."""
        return check_page()
