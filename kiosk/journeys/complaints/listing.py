"""The card holder's own complaints; the one whose receipt was held up opens by itself."""

from __future__ import annotations

from kiosk.events import ActionPressed, Event, PageTurned, RowChosen
from kiosk.journeys.asking import Asked
from kiosk.journeys.complaints.one import ComplaintStep
from kiosk.journeys.complaints.opening import FindByReceiptStep
from kiosk.journeys.complaints.sheet import Opened, OpeningSheet, acts_of
from kiosk.journeys.step import Begin, Ignore, Next, Open, Stay, Step, Workplace, pages_of
from kiosk.link.questions import complaints
from kiosk.views import Button, CaseListView, CaseRow, Chrome, Panel, Tone, ViewData
from kiosk.wire.complaints import Access, ComplaintDetail, ComplaintsAnswer

_ROWS = 4


class ComplaintsStep(Step):
    """您的投诉."""

    def __init__(self, workplace: Workplace) -> None:
        super().__init__(workplace)
        self._page = 0
        self._asked: Asked[ComplaintsAnswer] = Asked(self, ComplaintsAnswer)

    def enter(self) -> None:
        """Ask anew each time: one may have moved on."""
        assert self.session.card is not None
        self._asked.ask(complaints(self.session.card.number))

    @property
    def _complaints(self) -> tuple[ComplaintDetail, ...]:
        return self._asked.answer.complaints if self._asked.answer else ()

    def view(self, chrome: Chrome) -> ViewData:
        """The list."""
        page_instead = self._asked.page(chrome)
        if page_instead is not None:
            return page_instead
        t = self.t
        shown, page, count = pages_of(self._complaints, self._page, _ROWS)
        return CaseListView(
            chrome=chrome,
            title=t("您的投诉"),
            subtitle=t("共 {n} 份，点一份看办到哪一步", n=len(self._complaints)) if shown else "",
            spoken=t("您的投诉，点一份看办到哪一步。"),
            rows=tuple(self._row(place, each) for place, each in enumerate(shown, 1)),
            empty="" if shown else t("这张身份证下没有投诉。\n刚提交的，可能还在送往中心的路上，请过一会儿再查。"),
            notice=Panel(Tone.INFO, t("这里只有用这张身份证交的投诉。"), t("当时没用身份证的，请按“扫投诉回执”。")),
            actions=self._actions(),
            previous=Button("previous", t("上一页"), PageTurned(-1) if page else None, "chevron-left") if count > 1 else None,
            next=Button("next", t("下一页"), PageTurned(1) if page + 1 < count else None, "chevron-right") if count > 1 else None,
            page=t("{page} / {count} 页", page=page + 1, count=count) if count > 1 else "",
        )

    def _actions(self) -> tuple[Button, ...]:
        t = self.t
        scan = Button("scan", t("扫投诉回执"), ActionPressed("scan"), "qrcode-scan")
        return (scan,) if self._complaints else (scan, Button("primary", t("我要投诉"), ActionPressed("complain"), "comment-alert-outline"))

    def _row(self, place: int, each: ComplaintDetail) -> CaseRow:
        return CaseRow(
            # Ids of buttons are revealed to scripts: the place on the page, never the complaint.
            button=Button(f"complaint_{place}", each.matter, RowChosen(each.number), "chevron-right"),
            title=each.matter,
            detail=self.t("{moment} 提交", moment=self.work.texts.moment(each.received_at)),
            state_label=each.state_label,
            tone=Tone.ATTENTION if each.wanted or (acts_of(each) and each.finding) else Tone.INFO,
        )

    def handle(self, event: Event) -> Next:
        """The answer, a complaint chosen, or one that was filed without this card."""
        if self._asked.note(event):
            return self._open(self._take_wanted())
        following = self._asked.handle(event)
        if following is not None:
            return following
        match event:
            case RowChosen(number):
                return self._open(next((each for each in self._complaints if each.number == number), None))
            case ActionPressed("scan"):
                return Open(FindByReceiptStep(self.work))
            case ActionPressed("complain"):
                return Begin("complain")
            case PageTurned(by):
                _, self._page, _ = pages_of(self._complaints, self._page + by, _ROWS)
            case _:
                return Ignore()
        return Stay()

    def _take_wanted(self) -> ComplaintDetail | None:
        sheet = self.session.sheet(OpeningSheet)
        found = next((each for each in self._complaints if each.receipt_number == sheet.wanted), None)
        sheet.wanted = "" if found else sheet.wanted
        return found

    def _open(self, detail: ComplaintDetail | None) -> Next:
        if detail is None or self.session.card is None:
            return Stay()
        access = Access(card_number=self.session.card.number, complaint_number=detail.number)
        return Open(ComplaintStep(self.work, Opened(detail, access)))
