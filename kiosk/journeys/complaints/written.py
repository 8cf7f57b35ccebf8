"""What the center issued about a complaint: read on screen, and printed."""

from __future__ import annotations

from collections.abc import Sequence

from kiosk.events import ActionPressed, DeviceChanged, Event, PageTurned, PrimaryPressed, RowChosen
from kiosk.journeys.printing import PrintStep
from kiosk.journeys.reading import document_parts, read_pages
from kiosk.journeys.step import Back, Ignore, Next, Open, Stay, Step, Workplace, pages_of
from kiosk.ports import DeviceKind
from kiosk.views import Button, CaseListView, CaseRow, Chrome, ReadView, ViewData
from kiosk.wire.documents import Document

_ROWS = 4
#: A heading holds so many characters (design.md).
_HEADING = 15


class PaperListStep(Step):
    """中心出具的文书: the newest first."""

    def __init__(self, workplace: Workplace, papers: Sequence[Document]) -> None:
        super().__init__(workplace)
        self._papers = tuple(reversed(papers))
        self._page = 0

    def view(self, chrome: Chrome) -> ViewData:
        """A row each."""
        t = self.t
        shown, page, count = pages_of(self._papers, self._page, _ROWS)
        return CaseListView(
            chrome=chrome,
            title=t("中心出具的文书"),
            subtitle=t("共 {n} 份，点一份看，也可以打印", n=len(self._papers)),
            spoken=t("中心出具的文书，点一份看。"),
            rows=tuple(self._row(place, page * _ROWS + place - 1, paper) for place, paper in enumerate(shown, 1)),
            previous=Button("previous", t("上一页"), PageTurned(-1) if page else None, "chevron-left") if count > 1 else None,
            next=Button("next", t("下一页"), PageTurned(1) if page + 1 < count else None, "chevron-right") if count > 1 else None,
            page=t("{page} / {count} 页", page=page + 1, count=count) if count > 1 else "",
        )

    @staticmethod
    def _row(place: int, index: int, paper: Document) -> CaseRow:
        return CaseRow(Button(f"paper_{place}", paper.title, RowChosen(str(index)), "chevron-right"), paper.title, paper.number, "")

    def handle(self, event: Event) -> Next:
        """One is chosen."""
        match event:
            case RowChosen(index):
                return Open(PaperStep(self.work, self._papers[int(index)]))
            case PageTurned(by):
                _, self._page, _ = pages_of(self._papers, self._page + by, _ROWS)
                return Stay()
        return Ignore()


class PaperStep(Step):
    """One paper, in pages."""

    def __init__(self, workplace: Workplace, paper: Document) -> None:
        super().__init__(workplace)
        self._paper = paper
        self._pages = read_pages(document_parts(paper))
        self._page = 0

    def view(self, chrome: Chrome) -> ViewData:
        """As on paper, and the button that prints it."""
        t = self.t
        count = len(self._pages)
        last = self._page + 1 == count
        usable = self.work.hub.usable(DeviceKind.PRINTER)
        title = self._paper.title
        return ReadView(
            chrome=chrome,
            title=title if len(title) <= _HEADING else title[: _HEADING - 1] + "…",
            spoken=title,
            parts=self._pages[self._page],
            previous=Button("previous", t("上一页"), PageTurned(-1) if self._page else None, "chevron-left") if count > 1 else None,
            next=Button("next", t("下一页"), None if last else PageTurned(1), "chevron-right") if count > 1 else None,
            page=t("{page} / {count} 页", page=self._page + 1, count=count) if count > 1 else "",
            actions=(
                Button(
                    "print",
                    t("打印"),
                    ActionPressed("print") if usable else None,
                    "printer-outline",
                    "" if usable else t("打印机暂时不能用"),
                ),
                Button("primary", t("看完了"), PrimaryPressed(), "check-bold"),
            ),
        )

    def handle(self, event: Event) -> Next:
        """Read on, print, back."""
        match event:
            case PageTurned(by):
                self._page = min(max(self._page + by, 0), len(self._pages) - 1)
            case ActionPressed("print"):
                return Open(PrintStep(self.work, self._paper))
            case PrimaryPressed():
                return Back()
            case DeviceChanged():
                pass
            case _:
                return Ignore()
        return Stay()
