"""Public notices of one kind: the list of them, and one to read and to print."""

from __future__ import annotations

from kiosk.events import Event, PageTurned, RowChosen
from kiosk.journeys.papers import notice_paper
from kiosk.journeys.read import ReadStep
from kiosk.journeys.step import Ignore, Next, Open, Stay, Step, Workplace, pages_of
from kiosk.views import Button, CaseListView, CaseRow, Chrome, ReadPart, ViewData
from kiosk.wire.notices import PublicNotice

_ROWS = 4


def notices_step(work: Workplace, title: str, notices: tuple[PublicNotice, ...]) -> Step:
    """Where they are read: the only one at once, or the list."""
    return _notice_step(work, notices[0]) if len(notices) == 1 else NoticeListStep(work, title, notices)


def _notice_step(work: Workplace, notice: PublicNotice) -> ReadStep:
    paper = notice_paper(
        notice,
        center_name=work.center_name,
        printed_at=work.clock.now(),
        terminal_id=work.config.terminal.id,
        demo=work.config.demo,
    )
    parts = tuple(ReadPart("paragraph", text) for text in notice.paragraphs)
    return ReadStep(work, notice.title, parts, paper, subtitle=_since(work, notice))


def _since(work: Workplace, notice: PublicNotice) -> str:
    texts = work.texts
    if notice.to_on:
        return texts.t("公示到{day}", day=texts.day(notice.to_on))
    return texts.t("{day}起公示", day=texts.day(notice.from_on))


class NoticeListStep(Step):
    """Several of one kind."""

    def __init__(self, workplace: Workplace, title: str, notices: tuple[PublicNotice, ...]) -> None:
        super().__init__(workplace)
        self._title, self._notices = title, notices
        self._page = 0

    def view(self, chrome: Chrome) -> ViewData:
        """A row each."""
        t = self.t
        shown, page, count = pages_of(self._notices, self._page, _ROWS)
        return CaseListView(
            chrome=chrome,
            title=self._title,
            subtitle=t("共 {n} 份，点一份看，也可以打印", n=len(self._notices)),
            spoken=t("{title}，点一份看。", title=self._title),
            rows=tuple(
                CaseRow(
                    Button(f"notice_{place}", notice.title, RowChosen(str(page * _ROWS + place - 1)), "chevron-right"),
                    notice.title,
                    _since(self.work, notice),
                    "",
                )
                for place, notice in enumerate(shown, 1)
            ),
            previous=Button("previous", t("上一页"), PageTurned(-1) if page else None, "chevron-left") if count > 1 else None,
            next=Button("next", t("下一页"), PageTurned(1) if page + 1 < count else None, "chevron-right") if count > 1 else None,
            page=t("{page} / {count} 页", page=page + 1, count=count) if count > 1 else "",
        )

    def handle(self, event: Event) -> Next:
        """One is chosen."""
        match event:
            case RowChosen(place):
                return Open(_notice_step(self.work, self._notices[int(place)]))
            case PageTurned(by):
                _, self._page, _ = pages_of(self._notices, self._page + by, _ROWS)
                return Stay()
        return Ignore()
