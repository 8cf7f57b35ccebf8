"""Evidence: now under the camera, within three working days, or none (R6.1)."""

from __future__ import annotations

from dataclasses import replace

from kiosk.events import ActionPressed, BackPressed, Event
from kiosk.journeys.complain.route import check_page
from kiosk.journeys.complain.sheet import EVIDENCE, ComplaintSheet, EvidenceChoice, complaint_sheet
from kiosk.journeys.filling import PaperPages
from kiosk.journeys.filling.route import backward, onward
from kiosk.journeys.filling.stack import MOST_PAGES
from kiosk.journeys.step import GoTo, Ignore, Next, Step, Workplace
from kiosk.views import Button, Chrome, MaterialsView, Panel, Tone, ViewData, WaysView
from kiosk.wire.items import Material


class EvidencePages(PaperPages):
    """Base of every page on which evidence is laid under the camera: one heap of up to twelve pages."""

    #: How the heap is called: evidence, or the story written by hand.
    def heap(self) -> str:
        """What is laid under the camera."""
        return self.t("证据")

    @property
    def materials(self) -> tuple[Material, ...]:
        """One heap."""
        return (Material(code=EVIDENCE, material_name=self.heap()),)

    def view(self, chrome: Chrome) -> ViewData:
        """As papers are captured everywhere, in this page's own words."""
        t = self.t
        view = super().view(chrome)
        assert isinstance(view, MaterialsView)
        subtitle = t("已拍 {n} 页，最多 {most} 页", n=view.taken_count, most=MOST_PAGES)
        labels = {"not_with_me": t("以后再交"), "all_later": t("以后再交，下一步")}
        actions = tuple(replace(button, label=labels.get(button.id, button.label)) for button in view.actions)
        rows = tuple(replace(row, status=t("以后再交")) if row.state == "later" else row for row in view.rows)
        view = replace(view, subtitle=subtitle, rows=rows, actions=actions)
        if not self.camera_works:
            notice = Panel(Tone.ATTENTION, t("现在拍不了，投诉可以照常提交。"), t("三个工作日内再来这里交，或送到中心，都可以。"))
            return replace(view, notice=notice)
        if view.camera is not None:
            return view
        if view.taken_count:
            notice = Panel(Tone.DONE, t("拍好了 {n} 页。", n=view.taken_count), t("还有的按“再拍一页”，没有就按“下一步”。"))
            return self._named(replace(view, notice=notice), t("拍好了，还有吗？"))
        notice = Panel(Tone.ATTENTION, t("没有拍，以后再交。"), t("请在三个工作日内来这里交，或送到中心。"))
        return self._named(replace(view, notice=notice), t("以后再交，也可以"))

    @staticmethod
    def _named(view: MaterialsView, title: str) -> MaterialsView:
        return replace(view, title=title, spoken=title)


class EvidenceChoiceStep(Step):
    """有证据要交吗？"""

    @classmethod
    def needed(cls, workplace: Workplace) -> bool:
        """Who writes by hand lays that paper under the camera, and evidence with it."""
        return not complaint_sheet(workplace).written_by_hand

    def view(self, chrome: Chrome) -> ViewData:
        """Three ways, none of them better."""
        t = self.t
        chosen = complaint_sheet(self.work).evidence
        ways = (
            (EvidenceChoice.NOW, t("现在拍"), "camera-outline", t("单据、照片、写的材料，最多 12 页")),
            (EvidenceChoice.LATER, t("以后再交"), "calendar-clock-outline", t("三个工作日内来这里交，或送到中心")),
            (EvidenceChoice.NONE, t("没有证据"), "arrow-right", t("没有也可以投诉，由中心去查")),
        )
        return WaysView(
            chrome=chrome,
            title=t("有证据要交吗？"),
            spoken=t("有证据要交吗？"),
            ways=tuple(
                Button(f"evidence_{choice.value}", label, ActionPressed(choice.value), icon, note, selected=choice is chosen)
                for choice, label, icon, note in ways
            ),
        )

    def handle(self, event: Event) -> Next:
        """Now leads to the camera; the others on."""
        sheet = complaint_sheet(self.work)
        match event:
            case ActionPressed("now" | "later" | "none" as choice):
                sheet.evidence = EvidenceChoice(choice)
                sheet.missing.discard(EVIDENCE)
                if sheet.evidence is EvidenceChoice.NOW:
                    return GoTo(EvidenceStep)
                sheet.pages.pop(EVIDENCE, None)
                return onward(sheet, check_page())
            case BackPressed():
                return backward(sheet, check_page())
        return Ignore()


class EvidenceStep(EvidencePages):
    """请拍证据."""

    @classmethod
    def needed(cls, workplace: Workplace) -> bool:
        """If something is to be laid under the camera now."""
        sheet = complaint_sheet(workplace)
        return sheet.written_by_hand or sheet.evidence is EvidenceChoice.NOW

    @property
    def sheet(self) -> ComplaintSheet:
        """The complaint."""
        return complaint_sheet(self.work)

    def heap(self) -> str:
        """The story, if it is on paper."""
        return self.t("写好的纸和证据") if self.sheet.written_by_hand else self.t("证据")

    def check_page(self) -> type[Step]:
        """Everything on one page."""
        return check_page()
