"""The form of an item: fields as it declares them, what the card says filled in and locked."""

from __future__ import annotations

from kiosk.i18n import noted
from kiosk.journeys.apply.draft import ensure_draft, fill_in, is_locked, known_value, whose_answers
from kiosk.journeys.apply.groups import group_opened
from kiosk.journeys.apply.route import check_page
from kiosk.journeys.filling import FormPages
from kiosk.journeys.filling.fields import fault_text
from kiosk.journeys.step import Next, Step
from kiosk.session import Applying, Draft
from kiosk.wire.forms import FieldFault, FormField


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

    def enter(self) -> None:
        """With what is known of the applicant."""
        fill_in(self.work)
        super().enter()

    def heading(self) -> tuple[str, str]:
        """What is known is not asked again."""
        t = self.t
        match self.sheet.applying:
            case Applying.AGENT:
                return t("请填写，没错就下一步"), t("{whose}，身份证上有的不用再填", whose=self.whose())
            case Applying.ORGANIZATION:
                return t("请填写，没错就下一步"), t("单位名称和信用代码不用再填")
        return t("请填写，没错就下一步"), t("姓名和证件号已从身份证读入，不用再填")

    def whose(self) -> str:
        """The applicant's, whoever types."""
        return whose_answers(self.work)

    def locked(self, field: FormField) -> bool:
        """As it is known."""
        return is_locked(self.work, field)

    def offered(self, field: FormField) -> str:
        """What the card says of an address that may have changed."""
        return known_value(self.work, field.default_from_card) if field.default_from_card else ""

    def opened(self, field: FormField) -> Next:
        """The rows of a group have a page of their own."""
        return group_opened(self.sheet, field.code)

    def refused(self) -> dict[str, str]:
        """What was typed into a row and not read is the group's to look at."""
        draft = self.sheet
        unread = (field for field in self.fields if any(row.unread for row in draft.groups.get(field.code, ())))
        return {field.code: fault_text(self.work.texts, field, FieldFault.GROUP_INCOMPLETE) for field in unread}

    def check_page(self) -> type[Step]:
        """Everything on one page."""
        return check_page()
