"""Everything on one page, each part to be changed from here; then hand in."""

from __future__ import annotations

from kiosk.events import Event, PublicChanged
from kiosk.journeys.complain.about import AboutStep, MatterStep
from kiosk.journeys.complain.evidence import EvidenceChoiceStep, EvidenceStep
from kiosk.journeys.complain.filing import file_complaint
from kiosk.journeys.complain.party import DigitsStep, PartyStep
from kiosk.journeys.complain.sheet import EVIDENCE, about_chosen, about_words, complaint_sheet, matter_name
from kiosk.journeys.complain.who import CapacityStep, CardOrNotStep, CardStep
from kiosk.journeys.complain.words import WordsStep
from kiosk.journeys.handing import ReviewPage
from kiosk.journeys.step import GoTo, Next, Stay, Step
from kiosk.session import Sheet
from kiosk.views import Panel, ReviewRow, Tone
from kiosk.wire.complaints import Capacity
from kiosk.wire.masking import mask_name, mask_phone

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


class ReviewStep(ReviewPage):
    """请核对，没错就提交."""

    def sheets(self) -> tuple[Sheet, ...]:
        """The complaint."""
        return (complaint_sheet(self.work),)

    def meaning(self, shown: int) -> Panel:
        """Who sees it, and how long it takes."""
        return Panel(Tone.INFO, self.t("被投诉的窗口和人员看不到是谁投诉的。"), self.t("提交以后，三个工作日内决定是否受理。"))

    # ------------------------------------------------------------------ the rows

    def rows(self) -> tuple[ReviewRow, ...]:
        """Whom, why, what happened; evidence; who, and how to reach them."""
        t = self.t
        chosen = about_chosen(self.work)
        again = t("名单更新过，请重新选")
        return (
            self.row("about", t("反映谁"), about_words(chosen) if chosen else again),
            self.row("matter", t("原因"), matter_name(self.work) or again),
            self.row("words", t("事情经过"), *self._words()),
            self.row("evidence", t("证据"), *self._evidence()),
            self.row("capacity", t("谁投诉"), *self._who()),
            self.row("contact", t("联系方式"), *self._contact()),
            self.row("opens", t("查看要用"), self._opens()),
        )

    def _words(self) -> tuple[str, str]:
        t = self.t
        sheet = complaint_sheet(self.work)
        number = sheet.values.get("case_number", "")
        detail = t("办件编号 {number}", number=number) if number else ""
        if sheet.written_by_hand:
            return (t("写在纸上，已拍下来"), detail) if sheet.pages.get(EVIDENCE) else (t("没有写，请受理人员联系我"), detail)
        story = sheet.values.get("statement", "").strip()
        return ((story or t("没有填")) if len(story) <= _STORY else story[: _STORY - 1] + "…", detail)

    def _opens(self) -> str:
        t = self.t
        return {True: t("身份证"), False: t("回执和六位数字"), None: t("还没有选")}[complaint_sheet(self.work).by_card]

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
        return (phone, address) if phone else (address or self.t("没有填"), "")

    # ------------------------------------------------------------------ doing

    def wrong(self) -> tuple[str, ...]:
        """As the pages themselves look at it; what the list no longer has is chosen again."""
        work, sheet = self.work, complaint_sheet(self.work)
        wrong = {
            "about": about_chosen(work) is None,
            "matter": not matter_name(work),
            "words": bool(WordsStep(work).wrong()),
            "evidence": EvidenceStep(work).wrong() if EvidenceStep.needed(work) else self._evidence_not_asked(),
            "capacity": sheet.capacity is None,
            "contact": bool(PartyStep(work).wrong()),
            "opens": sheet.by_card is None or CardStep.needed(work) or self._digits_wrong(),
        }
        return tuple(key for key, is_wrong in wrong.items() if is_wrong)

    def _evidence_not_asked(self) -> bool:
        return complaint_sheet(self.work).evidence is None and EvidenceChoiceStep.needed(self.work)

    def _digits_wrong(self) -> bool:
        return DigitsStep.needed(self.work) and bool(DigitsStep(self.work).wrong())

    def change(self, key: str) -> Next:
        """On the page where it was said."""
        if key == "evidence" and not EvidenceChoiceStep.needed(self.work):
            return GoTo(EvidenceStep)
        if key == "opens" and self._digits_wrong():
            return GoTo(DigitsStep)
        return GoTo(_PAGES[key])

    def handle(self, event: Event) -> Next:
        """What the list no longer has is marked as it is heard."""
        return Stay() if isinstance(event, PublicChanged) else super().handle(event)

    def submit(self) -> None:
        """The complaint."""
        file_complaint(self.work, complaint_sheet(self.work))
