"""What happened, in own words; or on paper, for whoever does not type."""

from __future__ import annotations

from kiosk.i18n import noted
from kiosk.journeys.complain.route import check_page
from kiosk.journeys.complain.sheet import ComplaintSheet, complaint_sheet
from kiosk.journeys.filling import FormPages
from kiosk.journeys.step import Step
from kiosk.wire.forms import FieldKind, FormField

_LONGEST = 2000
#: A case's number has twelve digits; other centers' have more.
_CASE_NUMBER = 20


class WordsStep(FormPages):
    """请说说事情经过."""

    label = noted("说明")

    @property
    def sheet(self) -> ComplaintSheet:
        """The complaint."""
        return complaint_sheet(self.work)

    @property
    def fields(self) -> tuple[FormField, ...]:
        """The story, and which case it is about, if the citizen has its number."""
        t = self.t
        return (
            FormField(
                code="statement",
                label=t("事情经过"),
                question=t("请说说事情经过"),
                kind=FieldKind.TEXT,
                hint=t("什么时候、在哪里、什么事，写几句就行"),
                max_length=_LONGEST,
            ),
            FormField(
                code="case_number",
                label=t("办件编号"),
                question=t("是哪一件事？"),
                kind=FieldKind.NUMBER,
                required=False,
                hint=t("和某一件事有关的，照回执填；没有就空着"),
                max_length=_CASE_NUMBER,
            ),
        )

    def heading(self) -> tuple[str, str]:
        """Typed, or on paper."""
        return self.t("请说说事情经过"), self.t("不会打字？直接按下一步，可以写在纸上拍下来")

    def leaving(self) -> tuple[str, str]:
        """On paper, under the camera."""
        return self.t("写在纸上，拍下来"), self.t("写在纸上，下一步拍下来")

    def check_page(self) -> type[Step]:
        """Everything on one page."""
        return check_page()
