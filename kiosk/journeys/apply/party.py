"""The organization that applies: what it is called and its credit code. It has no card."""

from __future__ import annotations

from kiosk.journeys.apply.draft import ORGANIZATION_CODE, ORGANIZATION_NAME, ensure_draft
from kiosk.journeys.apply.route import check_page
from kiosk.journeys.filling import FormPages
from kiosk.journeys.step import Step, Workplace
from kiosk.session import Applying, Sheet
from kiosk.wire.forms import FieldKind, FormField


class PartyStep(FormPages):
    """请填单位信息."""

    @classmethod
    def needed(cls, workplace: Workplace) -> bool:
        """If an organization applies."""
        return ensure_draft(workplace).applying is Applying.ORGANIZATION

    @property
    def sheet(self) -> Sheet:
        """Of its own, beside the item's form."""
        return ensure_draft(self.work).party

    @property
    def fields(self) -> tuple[FormField, ...]:
        """As the wire takes them (`Applicant`)."""
        t = self.t
        return (
            FormField(
                code=ORGANIZATION_NAME, label=t("单位名称"), question=t("单位叫什么名字？"), kind=FieldKind.TEXT, hint=t("和执照上一样")
            ),
            FormField(
                code=ORGANIZATION_CODE,
                label=t("信用代码"),
                question=t("统一社会信用代码？"),
                kind=FieldKind.CREDIT_CODE,
                hint=t("执照上的18位统一社会信用代码"),
                max_length=18,
            ),
        )

    def heading(self) -> tuple[str, str]:
        """Both are on the license."""
        return self.t("请填单位信息"), self.t("营业执照或登记证书上都有")

    def leaving(self) -> tuple[str, str]:
        """Without its name no application can be an organization's."""
        return "", ""

    def check_page(self) -> type[Step]:
        """Everything on one page."""
        return check_page()
