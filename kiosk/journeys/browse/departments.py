"""The departments that handle items, and other bodies where the center does not (R1.4): one is chosen, and the list shows its items."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

from kiosk.events import CatalogueChanged, Event, PageTurned, RowChosen
from kiosk.i18n import Texts
from kiosk.journeys.step import Back, Ignore, Next, Stay, Step, Workplace, pages_of
from kiosk.views import Button, Chrome, GridSection, GridView, ViewData
from kiosk.wire.items import ServiceItem

_BUTTONS = 12


def department_of(texts: Texts, item: ServiceItem) -> str:
    """Who handles an item, as its guide names it."""
    return (item.elsewhere.body if item.elsewhere else item.dept_name.text) or texts.t("受理部门待核实")


class DepartmentsStep(Step):
    """您要找哪个部门？ `chosen` is told the name before it leads back to the list."""

    def __init__(self, workplace: Workplace, chosen: Callable[[str], None]) -> None:
        super().__init__(workplace)
        self._chosen = chosen
        self._page = 0

    def _departments(self) -> tuple[tuple[str, int], ...]:
        """With how many items each; who has the most comes first."""
        return tuple(Counter(department_of(self.work.texts, item) for item in self.work.items()).most_common())

    def view(self, chrome: Chrome) -> ViewData:
        """A button each."""
        t = self.t
        departments = self._departments()
        shown, page, count = pages_of(departments, self._page, _BUTTONS)
        # Ids say the place on the page: RowChosen carries the place in the list, names are for reading.
        buttons = tuple(
            Button(f"department_{place}", name, RowChosen(str(page * _BUTTONS + place - 1)), note=t("{n} 项", n=number))
            for place, (name, number) in enumerate(shown, 1)
        )
        return GridView(
            chrome=chrome,
            title=t("您要找哪个部门？"),
            spoken=t("您要找哪个部门？请点一个。"),
            sections=(GridSection(t("受理部门"), buttons),) if buttons else (),
            empty="" if buttons else t("办事指南还没有取到，请稍等一下。\n一直没有的话，请到人工窗口问一问。"),
            previous=Button("previous", t("上一页"), PageTurned(-1) if page else None, "chevron-left") if count > 1 else None,
            next=Button("next", t("下一页"), PageTurned(1) if page + 1 < count else None, "chevron-right") if count > 1 else None,
            page=t("{page} / {count} 页", page=page + 1, count=count) if count > 1 else "",
        )

    def handle(self, event: Event) -> Next:
        """One chosen."""
        departments = self._departments()
        match event:
            case RowChosen(place) if int(place) < len(departments):
                self._chosen(departments[int(place)][0])
                return Back()
            case PageTurned(by):
                _, self._page, _ = pages_of(departments, self._page + by, _BUTTONS)
                return Stay()
            case CatalogueChanged():
                return Stay()
        return Ignore()
