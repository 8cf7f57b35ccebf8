"""Everything on one page, each part to be changed from here; then hand in."""

from __future__ import annotations

from kiosk.events import Event, PageTurned, PrimaryPressed, PublicChanged, RowChosen
from kiosk.i18n import noted
from kiosk.journeys.complain.about import AboutStep, MatterStep
from kiosk.journeys.complain.evidence import EvidenceChoiceStep, EvidenceStep
from kiosk.journeys.complain.filing import file_complaint
from kiosk.journeys.complain.party import PartyStep
from kiosk.journeys.complain.sheet import EVIDENCE, about_chosen, about_words, complaint_sheet, matter_name
from kiosk.journeys.complain.who import CapacityStep, CardOrNotStep
from kiosk.journeys.complain.words import WordsStep
from kiosk.journeys.handing import CheckPage
from kiosk.journeys.step import GoTo, Ignore, Next, Stay, Step, Workplace, pages_of
from kiosk.views import Button, Chrome, Panel, ReviewRow, ReviewView, Tone, ViewData
from kiosk.wire.complaints import Capacity
from kiosk.wire.masking import mask_name, mask_phone

_ROWS = 7
#: So much of the story stands here; all of it is on its own page.
_STORY = 40

#: What each row is changed on.
_PAGES: dict[str, type[Step]] = {
    "about": AboutStep,
    "matter": MatterStep,
    "words": WordsStep,
    "evidence": EvidenceChoiceStep,
    "capacity": CapacityStep,
    "contact": PartyStep,
    "opens": CardOrNotStep,
}


class ReviewStep(CheckPage):
    """请核对，没错就提交."""

    label = noted("核对")

    def __init__(self, workplace: Workplace) -> None:
        super().__init__(workplace)
        self._page = 0

    def enter(self) -> None:
        """From here on, what is edited returns here."""
        complaint_sheet(self.work).checked = True

    def view(self, chrome: Chrome) -> ViewData:
        """All rows, seven a page."""
        t = self.t
        shown, page, count = pages_of(self._rows(), self._page, _ROWS)
        info = Panel(Tone.INFO, t("被投诉的窗口和人员看不到是谁投诉的。"), t("提交以后，三个工作日内决定是否受理。"))
        return ReviewView(
            chrome=chrome,
            title=t("请核对，没错就提交"),
            spoken=t("请核对，没错就提交。"),
            rows=shown,
            info=self.trouble() or info,
            primary=Button("primary", t("确认提交"), PrimaryPressed(), "check-bold")
            if page + 1 == count
            else Button("primary", t("看下一页"), PageTurned(1), "arrow-right"),
            previous=Button("previous", t("上一页"), PageTurned(-1), "chevron-left") if page else None,
            page=t("第 {page} 页，共 {count} 页", page=page + 1, count=count) if count > 1 else "",
        )

    # ------------------------------------------------------------------ the rows

    def _rows(self) -> tuple[ReviewRow, ...]:
        t = self.t
        chosen = about_chosen(self.work)
        again = t("名单更新过，请重新选")
        return (
            self._row("about", t("反映谁"), about_words(chosen) if chosen else again),
            self._row("matter", t("原因"), matter_name(self.work) or again),
            self._row("words", t("事情经过"), *self._words()),
            self._row("evidence", t("证据"), *self._evidence()),
            self._row("capacity", t("谁投诉"), *self._who()),
            self._row("contact", t("联系方式"), *self._contact()),
            self._row("opens", t("查看要用"), t("身份证") if complaint_sheet(self.work).by_card else t("回执和六位数字")),
        )

    def _row(self, key: str, label: str, value: str, detail: str = "") -> ReviewRow:
        return ReviewRow(label, value, detail, Button(f"edit_{key}", self.t("修改"), RowChosen(key)))

    def _words(self) -> tuple[str, str]:
        t = self.t
        sheet = complaint_sheet(self.work)
        number = sheet.values.get("case_number", "")
        detail = t("办件编号 {number}", number=number) if number else ""
        if sheet.written_by_hand:
            return (t("写在纸上，已拍下来"), detail) if sheet.pages.get(EVIDENCE) else (t("没有写，请受理人员联系我"), detail)
        story = sheet.values.get("statement", "").strip()
        return (story if len(story) <= _STORY else story[: _STORY - 1] + "…", detail)

    def _evidence(self) -> tuple[str, str]:
        t = self.t
        sheet = complaint_sheet(self.work)
        pages = len(sheet.pages.get(EVIDENCE, ()))
        if pages:
            return t("{n} 页", n=pages), ""
        return (t("以后再交"), t("三个工作日内")) if sheet.more_to_come else (t("没有"), "")

    def _who(self) -> tuple[str, str]:
        t = self.t
        sheet = complaint_sheet(self.work)
        card = self.session.card if sheet.by_card else None
        name = mask_name(card.name if card else sheet.values.get("name", ""))
        match sheet.capacity:
            case Capacity.AGENT:
                return mask_name(sheet.values.get("party_name", "")), t("由 {name} 代办", name=name)
            case Capacity.REPRESENTATIVE:
                return name, t("代表 {n} 人", n=sheet.values.get("group_size", ""))
        return name, ""

    def _contact(self) -> tuple[str, str]:
        values = complaint_sheet(self.work).values
        phone, address = mask_phone(values.get("phone", "")), values.get("address", "")
        return (phone, address) if phone else (address, "")

    # ------------------------------------------------------------------ doing

    def handle(self, event: Event) -> Next:
        """Change something, or hand in: kept safe before anything is sent."""
        match event:
            case RowChosen(key):
                return GoTo(self._page_for(key))
            case PageTurned(by):
                _, self._page, _ = pages_of(self._rows(), self._page + by, _ROWS)
            case PrimaryPressed():
                return self._open() or self.hand_in()
            case PublicChanged():
                pass
            case _:
                return Ignore()
        return Stay()

    def _page_for(self, key: str) -> type[Step]:
        if key == "evidence" and not EvidenceChoiceStep.needed(self.work):
            return EvidenceStep
        return _PAGES[key]

    def _open(self) -> Next | None:
        """What the list no longer has is chosen again."""
        if about_chosen(self.work) is None:
            return GoTo(AboutStep)
        return None if matter_name(self.work) else GoTo(MatterStep)

    def submit(self) -> None:
        """The complaint."""
        file_complaint(self.work, complaint_sheet(self.work))
