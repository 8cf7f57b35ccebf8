"""Something to read, a page after the other: a public notice, a paper that was issued. What it is, whoever opens it says."""

from __future__ import annotations

from collections.abc import Sequence

from kiosk.events import ActionPressed, DeviceChanged, Event, PageTurned, PrimaryPressed, RowChosen
from kiosk.journeys.printing import PrintStep, again, print_button
from kiosk.journeys.reading import document_parts, read_pages
from kiosk.journeys.step import Back, Ignore, Next, Open, Stay, Step, Workplace, pages_of
from kiosk.views import Button, CaseListView, CaseRow, Chrome, Panel, ReadPart, ReadView, Tone, ViewData
from kiosk.wire.documents import Document

_ROWS = 4
#: A heading holds so many characters (design.md).
_HEADING = 15


class ReadPages(Step):
    """Base: a text in pages. Whoever has it says what stands beside it and what can be done."""

    def __init__(self, workplace: Workplace, title: str, parts: Sequence[ReadPart], *, subtitle: str = "") -> None:
        super().__init__(workplace)
        self._title, self._subtitle = title, subtitle
        # A title that the heading does not hold stands whole over the text.
        whole = (ReadPart("strong", title),) if len(title) > _HEADING else ()
        self._pages = read_pages((*whole, *parts))
        self._page = 0

    def panel(self) -> Panel | None:
        """What is said beside the text."""
        return None

    def spoken(self) -> str:
        """What is said aloud."""
        return self._title

    def actions(self) -> tuple[Button, ...]:
        """What can be done, primary last."""
        return (Button("primary", self.t("看完了"), PrimaryPressed(), "check-bold"),)

    def view(self, chrome: Chrome) -> ViewData:
        """A page of it."""
        t = self.t
        count = len(self._pages)
        last = self._page + 1 == count
        title = self._title
        return ReadView(
            chrome=chrome,
            title=title if len(title) <= _HEADING else title[: _HEADING - 1] + "…",
            subtitle=self._subtitle,
            spoken=self.spoken(),
            parts=self._pages[self._page],
            panel=self.panel(),
            previous=Button("previous", t("上一页"), PageTurned(-1) if self._page else None, "chevron-left") if count > 1 else None,
            next=Button("next", t("下一页"), None if last else PageTurned(1), "chevron-right") if count > 1 else None,
            page=t("{page} / {count} 页", page=self._page + 1, count=count) if count > 1 else "",
            actions=self.actions(),
        )

    def handle(self, event: Event) -> Next:
        """Read on, back."""
        match event:
            case PageTurned(by):
                self._page = min(max(self._page + by, 0), len(self._pages) - 1)
                return Stay()
            case PrimaryPressed():
                return Back()
        return Ignore()


class ReadStep(ReadPages):
    """A text in pages, with the button that prints its paper."""

    def __init__(self, workplace: Workplace, title: str, parts: Sequence[ReadPart], paper: Document, *, subtitle: str = "") -> None:
        super().__init__(workplace, title, parts, subtitle=subtitle)
        self._paper = paper

    def actions(self) -> tuple[Button, ...]:
        """Print, or read enough."""
        return (print_button(self.work, self.t("打印")), *super().actions())

    def handle(self, event: Event) -> Next:
        """Read on, print, back."""
        match event:
            case ActionPressed("print"):
                return Open(PrintStep(self.work, self._paper))
            case DeviceChanged():
                return Stay()
        return super().handle(event)


class PaperStep(ReadStep):
    """A paper that the center issued, as on paper. `copy`: the citizen was given it before, so what is printed here is marked."""

    def __init__(self, workplace: Workplace, paper: Document, *, copy: bool = False) -> None:
        super().__init__(workplace, paper.title, document_parts(paper), again(paper) if copy else paper)
        self._sealed = bool(paper.seal)

    def panel(self) -> Panel | None:
        """What is printed here has no seal (R7.3)."""
        if not self._sealed:
            return None
        return Panel(Tone.INFO, self.t("这里打印的没有盖章。"), self.t("要盖章的，请到人工窗口领取。"))


class PaperListStep(Step):
    """中心出具的文书: the newest first."""

    def __init__(self, workplace: Workplace, papers: Sequence[Document], *, copies: bool = False) -> None:
        super().__init__(workplace)
        self._papers = tuple(reversed(papers))
        self._copies = copies
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
                return Open(PaperStep(self.work, self._papers[int(index)], copy=self._copies))
            case PageTurned(by):
                _, self._page, _ = pages_of(self._papers, self._page + by, _ROWS)
                return Stay()
        return Ignore()


def papers_step(workplace: Workplace, papers: Sequence[Document], *, copies: bool = False) -> Step:
    """Where papers are read: the only one at once, or the list of them."""
    if len(papers) == 1:
        return PaperStep(workplace, papers[0], copy=copies)
    return PaperListStep(workplace, papers, copies=copies)
