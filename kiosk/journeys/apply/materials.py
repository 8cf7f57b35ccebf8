"""The papers that an item asks for, under the camera."""

from __future__ import annotations

from kiosk.i18n import noted
from kiosk.journeys.apply.draft import ensure_draft, papers_wanted
from kiosk.journeys.apply.route import check_page
from kiosk.journeys.filling import PaperPages
from kiosk.journeys.step import Step, Workplace
from kiosk.session import Draft
from kiosk.wire.items import Material


class MaterialsStep(PaperPages):
    """请拍……"""

    label = noted("材料")

    @classmethod
    def needed(cls, workplace: Workplace) -> bool:
        """Only if something is to be handed in beyond card and form."""
        return any(not (m.from_card or m.from_form) for m in papers_wanted(ensure_draft(workplace)))

    @property
    def sheet(self) -> Draft:
        """The application."""
        return ensure_draft(self.work)

    @property
    def materials(self) -> tuple[Material, ...]:
        """As the item declares them, and what says that somebody may act for another."""
        return papers_wanted(self.sheet)

    def check_page(self) -> type[Step]:
        """Everything on one page."""
        return check_page()
