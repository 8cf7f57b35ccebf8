"""The fields to be corrected, and the papers under the camera: each paper may be brought to the window instead."""

from __future__ import annotations

from dataclasses import replace

from kiosk.i18n import noted
from kiosk.journeys.apply.draft import card_value
from kiosk.journeys.filling import FormPages, PaperPages
from kiosk.journeys.progress.supply.sheet import OfSupply, SupplySheet, wanted_fields, wanted_papers
from kiosk.journeys.step import Workplace
from kiosk.views import Chrome, MaterialsView, Panel, Tone, ViewData
from kiosk.wire.forms import FormField
from kiosk.wire.items import Material


class SupplyFormStep(OfSupply, FormPages):
    """请改正这些."""

    label = noted("改正")

    @classmethod
    def needed(cls, workplace: Workplace) -> bool:
        """Only if the notice names fields."""
        return bool(wanted_fields(workplace, workplace.session.sheet(SupplySheet).of))

    @property
    def fields(self) -> tuple[FormField, ...]:
        """The item's own."""
        return wanted_fields(self.work, self.sheet.of)

    def enter(self) -> None:
        """What the card says is filled in."""
        for field in self.fields:
            if self.locked(field):
                self.sheet.values[field.code] = self._on_card(field)
        super().enter()

    def _on_card(self, field: FormField) -> str:
        """What the applicant's own card says. An agent's card says nothing of the applicant."""
        card = self.session.card
        return card_value(card, field.card) if card and field.card and not self.sheet.of.applicant_name else ""

    def locked(self, field: FormField) -> bool:
        """As the card says."""
        return bool(self._on_card(field))

    def heading(self) -> tuple[str, str]:
        """All at once; and the other way for whoever does not type."""
        return self.t("请改正这些"), self.t("不会写的，也可以带身份证到人工窗口改")

    def leaving(self) -> tuple[str, str]:
        """What is to be corrected cannot be left open here."""
        return "", ""


class SupplyPapersStep(OfSupply, PaperPages):
    """请拍……"""

    label = noted("材料")

    @classmethod
    def needed(cls, workplace: Workplace) -> bool:
        """Only if the notice names papers."""
        return bool(wanted_papers(workplace, workplace.session.sheet(SupplySheet).of))

    @property
    def materials(self) -> tuple[Material, ...]:
        """What the notice names."""
        return self.papers

    def view(self, chrome: Chrome) -> ViewData:
        """As papers are captured everywhere; what is not here comes to the window."""
        t = self.t
        view = super().view(chrome)
        assert isinstance(view, MaterialsView)
        labels = {"not_with_me": t("带到窗口"), "all_later": t("都带到窗口，下一步")}
        rows = tuple(replace(row, status=t("带到窗口")) if row.state == "later" else row for row in view.rows)
        view = replace(
            view, rows=rows, actions=tuple(replace(button, label=labels.get(button.id, button.label)) for button in view.actions)
        )
        if not self.camera_works:
            return replace(
                view, notice=Panel(Tone.ATTENTION, t("现在拍不了材料，可以带到人工窗口。"), t("高拍仪恢复后，这一页会自动继续。"))
            )
        if view.camera is not None:
            return view
        brought = [material.material_name for material in self.materials if material.code in self.sheet.missing]
        if not brought:
            return view
        notice = Panel(Tone.ATTENTION, t("带到窗口：{papers}", papers=self.work.texts.listed(brought)), t("点上面的一样，可以现在拍。"))
        return replace(view, title=t("其余带到窗口"), spoken=t("其余的请带到窗口。"), notice=notice)
