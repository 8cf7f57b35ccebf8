"""请核对，没错就提交: everything on one page, looked at once more. Nothing is handed in that its own page would not have let go on."""

from __future__ import annotations

from dataclasses import replace

from kiosk.events import BackPressed, Event, PageTurned, PrimaryPressed, RowChosen
from kiosk.i18n import noted
from kiosk.journeys.handing.check import CheckPage
from kiosk.journeys.step import Ignore, Next, Stay, Workplace, pages_of
from kiosk.session import Sheet
from kiosk.views import Button, Chrome, Panel, ReviewRow, ReviewView, Tone, ViewData

_ROWS = 7


class ReviewPage(CheckPage):
    """Base: a journey says which rows there are, where each is changed, and which of them are wrong."""

    label = noted("核对")

    def __init__(self, workplace: Workplace) -> None:
        super().__init__(workplace)
        self._page = 0

    # ------------------------------------------------------------------ what its journey says

    def sheets(self) -> tuple[Sheet, ...]:
        """What is checked here: what is edited in it returns here."""
        raise NotImplementedError

    def rows(self) -> tuple[ReviewRow, ...]:
        """All of it, each to be changed by its key (`row`)."""
        raise NotImplementedError

    def change(self, key: str) -> Next:
        """Where what a key says is changed."""
        raise NotImplementedError

    def wrong(self) -> tuple[str, ...]:
        """Keys of what its own page would not let go on, in order; as the sheets stand, whatever way one came."""
        raise NotImplementedError

    def meaning(self, shown: int) -> Panel:
        """What handing in means, beside so many rows."""
        raise NotImplementedError

    def about(self) -> str:
        """The line under the question."""
        return ""

    # ------------------------------------------------------------------ the page

    def enter(self) -> None:
        """From here on, what is edited returns here."""
        self.reached(True)

    def reached(self, yes: bool) -> None:
        """Whether what is edited returns here."""
        for sheet in self.sheets():
            sheet.checked = yes

    def row(self, key: str, label: str, value: str, detail: str = "", button: str = "") -> ReviewRow:
        """A row that can be changed. `button`: the id of its button, if it is not the key."""
        return ReviewRow(label, value, detail, Button(f"edit_{button or key}", self.t("修改"), RowChosen(key)))

    def view(self, chrome: Chrome) -> ViewData:
        """Seven rows a page; what is wrong is marked, all of it at once (R2.2)."""
        t, wrong = self.t, self.wrong()
        rows = self.rows()
        shown, page, count = pages_of(rows, self._page, _ROWS)
        return ReviewView(
            chrome=chrome,
            title=t("请核对，没错就提交"),
            subtitle=self.about(),
            spoken=t("请核对，没错就提交。"),
            rows=tuple(self._marked(row) if _key(row) in wrong else row for row in shown),
            info=self.trouble() or self._to_change(rows, wrong) or self.meaning(len(shown)),
            primary=self.submit_button() if page + 1 == count else Button("primary", t("看下一页"), PageTurned(1), "arrow-right"),
            previous=Button("previous", t("上一页"), PageTurned(-1), "chevron-left") if page else None,
            page=t("第 {page} 页，共 {count} 页", page=page + 1, count=count) if count > 1 else "",
        )

    def submit_button(self) -> Button:
        """The last act."""
        return Button("primary", self.t("确认提交"), PrimaryPressed(), "check-bold")

    def _marked(self, row: ReviewRow) -> ReviewRow:
        return replace(row, edit=replace(row.edit, label=self.t("要改"))) if row.edit else row

    def _to_change(self, rows: tuple[ReviewRow, ...], wrong: tuple[str, ...]) -> Panel | None:
        if not wrong:
            return None
        t = self.t
        labels = tuple(dict.fromkeys(row.label for row in rows if _key(row) in wrong))
        return Panel(
            Tone.ATTENTION,
            t("有 {n} 处要改：{fields}", n=len(wrong), fields=self.work.texts.listed(labels)),
            t("请按“要改”，改好了再提交。"),
        )

    def handle(self, event: Event) -> Next:
        """Change something; hand in, or to the first that is wrong; 返回 walks back through the steps, as they were walked."""
        match event:
            case RowChosen(key):
                return self.change(key)
            case PageTurned(by):
                _, self._page, _ = pages_of(self.rows(), self._page + by, _ROWS)
                return Stay()
            case PrimaryPressed():
                wrong = self.wrong()
                return self.change(wrong[0]) if wrong else self.hand_in()
            case BackPressed():
                self.reached(False)
        return Ignore()


def _key(row: ReviewRow) -> str:
    event = row.edit.event if row.edit else None
    return event.key if isinstance(event, RowChosen) else ""
