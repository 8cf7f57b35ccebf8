"""Items by life event, by department and by search (R1.4)."""

from __future__ import annotations

from kiosk.events import (
    ActionPressed,
    BackPressed,
    CatalogueChanged,
    CodeScanned,
    Event,
    ItemChosen,
    KeyPressed,
    PageTurned,
    TopicChosen,
    TypingTold,
)
from kiosk.i18n import noted
from kiosk.journeys.browse.departments import DepartmentsStep, department_of
from kiosk.journeys.browse.guide import GuideStep
from kiosk.journeys.codes import scanned
from kiosk.journeys.facts import fee_text, kind_text, limit_text
from kiosk.journeys.step import Ignore, Next, Open, Stay, Step, Workplace, pages_of
from kiosk.journeys.writing import Takes, Writing
from kiosk.link.search import Hit, topics
from kiosk.views import Button, Chrome, ItemListView, ItemRow, ViewData

_ROWS = 4
#: With the keyboard open a wide screen shows three, and any screen two; 完成 closes it and shows them all.
_ROWS_BESIDE_KEYBOARD, _SURELY_SEEN = 3, 2
_LONGEST_SEARCH = 24


class ItemListStep(Step):
    """您要办哪一件事？ Topics, departments, search, four rows a page."""

    #: Whether the keyboard is open at first.
    searching = False
    #: The page's question.
    question = noted("您要看哪份指南？")

    def __init__(self, workplace: Workplace) -> None:
        super().__init__(workplace)
        self._entered = False
        self._text = ""
        self._topic = ""
        self._department = ""
        self._page = 0
        #: While the keyboard is open; and after it was closed, while something that was typed is not yet read.
        self._writing: Writing | None = None
        self._closed: Writing | None = None

    def enter(self) -> None:
        """A guide's or a receipt's code may be held up here too."""
        self.work.hub.devices.scanner.arm(self.session.number)
        if self.searching and not self._entered:
            self._open_keyboard()
        self._entered = True

    def leave(self) -> None:
        """The scanner rests."""
        self.work.hub.devices.scanner.disarm()

    def _open_keyboard(self) -> None:
        if self._writing is None:
            self.work.typing.open(self.session.number)
            unread, self._closed = self._closed, None
            self._writing = unread or Writing(self.work.typing, self.work.texts, Takes.SEARCH, self._text, _LONGEST_SEARCH)

    def _close_keyboard(self) -> None:
        if self._writing is not None:
            closed, self._writing = self._writing, None
            self._text, self._closed = closed.finish(), closed if closed.unread else None

    def _sought(self) -> str:
        """What is written, with what is composed in it: letters find by pinyin and by initials until they are a word."""
        writing = self._writing or self._closed
        return writing.typed().text if writing else self._text

    def _hits(self) -> tuple[Hit, ...]:
        text, topic = self._sought(), self._topic or None
        hits = self.work.search.find(text, topic)
        if not hits and self._writing and self._writing.text:
            hits = self.work.search.find(self._writing.text, topic)  # a word that is begun takes away nothing that was found
        if self._department:
            hits = [hit for hit in hits if department_of(self.work.texts, hit.item) == self._department]
        # What somebody types is ranked by how well it fits; unasked, what can be done here comes first.
        return tuple(hits if text else sorted(hits, key=lambda hit: not hit.item.apply_here))

    def view(self, chrome: Chrome) -> ViewData:
        """The list as it stands."""
        t = self.t
        hits = self._hits()
        text, writing = self._sought(), self._writing
        shown, page, count = pages_of(hits, self._page, self._size)
        if self.work.catalogue is None:
            empty = t("办事指南还没有取到，请稍等一下。\n一直没有的话，请到人工窗口问一问。")
        else:
            empty = t("没有找到。换个说法，或删掉几个字再试试。\n也可以按类别找，或到人工窗口问一问。")
        return ItemListView(
            chrome=chrome,
            title=t(self.question),
            spoken=t(self.question),
            search_text=text,
            typed=writing.typed() if writing else None,
            search_hint=t("拼音首字母也能找：yl = 养老") if writing else t("搜一搜：低保、宅基地、养老保险……"),
            search=Button("search", "", ActionPressed("search"), "magnify", selected=writing is not None),
            clear=Button("clear_search", "", KeyPressed("clear"), "close") if text else None,
            topics=() if writing else self._topics(),
            count=self._count(len(hits), beside_keyboard=writing is not None and len(hits) > _SURELY_SEEN),
            rows=tuple(self._row(hit) for hit in shown),
            empty="" if hits else empty,
            previous=Button("previous", t("上一页"), PageTurned(-1) if page > 0 else None, "chevron-left"),
            next=Button("next", t("下一页"), PageTurned(1) if page + 1 < count else None, "chevron-right"),
            page=t("{page} / {count} 页", page=page + 1, count=count),
            keyboard=writing.keyboard(t("完成")) if writing else None,
        )

    def _topics(self) -> tuple[Button, ...]:
        """The life events. Before them the departments, or the way back to all: while nothing is narrowed down, all are shown."""
        t = self.t
        if self._topic or self._department:
            first = Button("topic_0", t("全部"), TopicChosen(""))
        else:
            first = Button("departments", t("按部门"), ActionPressed("departments"), "office-building-outline")
        return (
            first,
            *(
                Button(f"topic_{index}", name, TopicChosen(name), selected=name == self._topic)
                for index, name in enumerate(topics(self.work.items()), 1)
            ),
        )

    def _of_department(self, name: str) -> None:
        self._department, self._topic, self._page = name, "", 0

    @property
    def _size(self) -> int:
        return _ROWS_BESIDE_KEYBOARD if self._writing else _ROWS

    def _count(self, found: int, *, beside_keyboard: bool) -> str:
        t = self.t
        if beside_keyboard:
            return t("找到 {n} 项，按“完成”看全部", n=found)
        if self._department:
            return t("{department}：{n} 项", department=self._department, n=found)
        return t("找到 {n} 项", n=found) if self._sought() or self._topic else t("共 {n} 项", n=found)

    def _row(self, hit: Hit) -> ItemRow:
        item = hit.item
        if item.handled_here:
            parts = [kind_text(self.work.texts, item), limit_text(self.work.texts, item), fee_text(self.work.texts, item)]
            if not item.apply_here:
                parts = [self.t("到窗口办"), *parts[1:]]
            detail = self.t("·").join(part for part in parts if part)
        else:
            detail = self.t("不在本中心办，告诉您去哪里、找谁")
        return ItemRow(
            button=Button(f"item_{item.code}", item.task_name, ItemChosen(item.code), "chevron-right"),
            title=item.task_name,
            detail=detail,
            spans=hit.spans,
            elsewhere=not item.handled_here,
        )

    def handle(self, event: Event) -> Next:
        """Search, filter, turn pages, choose."""
        match event:
            case ActionPressed("search"):
                self._open_keyboard()
                self._page = 0
            case KeyPressed("done") if self._writing:
                self._close_keyboard()
                self._page = 0
            case KeyPressed("clear") if self._writing is None:
                self._text, self._closed, self._page = "", None, 0
            case TopicChosen(topic):
                self._topic, self._department, self._page = topic, "", 0
            case ActionPressed("departments"):
                return Open(DepartmentsStep(self.work, self._of_department))
            case PageTurned(by):
                _, self._page, _ = pages_of(self._hits(), self._page + by, self._size)
            case ItemChosen(code):
                item = self.work.item(code)
                return Open(GuideStep(self.work, item)) if item else Stay()
            case CodeScanned(_, text):
                return scanned(self.work, text)
            case BackPressed() if self._writing and not self.searching:
                self._close_keyboard()
            case CatalogueChanged():
                self._page = 0
            case _:
                return self._written(event)
        return Stay()

    def _written(self, event: Event) -> Next:
        """A key, a candidate, or what an engine says of them: another text begins at its first page."""
        before, writing = self._sought(), self._writing or self._closed
        if writing is None or not (self._writing or isinstance(event, TypingTold)) or not writing.handle(event):
            return Ignore()
        if self._closed:
            self._text = self._closed.finish()
            self._closed = self._closed if self._closed.unread else None
        if self._sought() != before:
            self._page = 0
        return Stay()


class SearchStep(ItemListStep):
    """The list, begun from the search field."""

    searching = True
    question = noted("您要找哪一件事？")


class ApplyListStep(ItemListStep):
    """The list, begun from 我要申办."""

    question = noted("您要办哪一件事？")
