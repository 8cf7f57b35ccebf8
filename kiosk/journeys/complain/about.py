"""Whom the complaint is about, from the public list with photos; and the reason, from the center's list (R6.1)."""

from __future__ import annotations

from kiosk.events import ActionPressed, BackPressed, Event, PageTurned, PrimaryPressed, PublicChanged, RowChosen
from kiosk.i18n import Texts, noted
from kiosk.journeys.complain.route import check_page
from kiosk.journeys.complain.sheet import about_chosen, about_words, complaint_sheet, public_staff
from kiosk.journeys.filling.route import backward, onward
from kiosk.journeys.photos import photo_of
from kiosk.journeys.step import Back, Ignore, Next, Stay, Step, Workplace, pages_of
from kiosk.views import Button, Chrome, GridSection, GridView, MessageView, Panel, PeopleView, PersonCard, Tone, ViewData
from kiosk.wire.complaints import PublicPerson, PublicWindow

_CARDS = 8
_WINDOWS, _STAFF = "windows", "staff"


def is_listed(work: Workplace) -> bool:
    """Whether there are windows and reasons to choose from: the center has both, once it was heard."""
    listed = public_staff(work)
    return bool(listed.windows and listed.matters)


def no_list(texts: Texts, chrome: Chrome) -> MessageView:
    """Nothing to choose from yet."""
    t = texts.t
    return MessageView(
        chrome=chrome,
        title=t("名单正在准备"),
        subtitle=t("本机还没有收到窗口、人员和投诉原因。"),
        spoken=t("名单正在准备，请稍等一下。"),
        tone=Tone.ATTENTION,
        icon="account-clock-outline",
        lines=(t("连上中心以后，这一页会自动继续。"), t("也可以写信，或到中心投诉；前面看过的不用再看。")),
        actions=(Button("primary", t("返回"), PrimaryPressed(), "arrow-left"),),
    )


class AboutStep(Step):
    """您要反映谁的问题？"""

    label = noted("对象")

    def __init__(self, workplace: Workplace) -> None:
        super().__init__(workplace)
        self._tab = _STAFF if isinstance(about_chosen(workplace), PublicPerson) else _WINDOWS
        self._page = self._page_of_choice()

    def _page_of_choice(self) -> int:
        wanted = complaint_sheet(self.work).about
        return next((place // _CARDS for place, each in enumerate(self._all()) if each.id == wanted), 0)

    def _all(self) -> tuple[PublicWindow | PublicPerson, ...]:
        listed = public_staff(self.work)
        return listed.windows if self._tab == _WINDOWS else listed.staff

    def view(self, chrome: Chrome) -> ViewData:
        """Windows, with the center as a whole; or people."""
        t = self.t
        if not is_listed(self.work):
            return no_list(self.work.texts, chrome)
        shown, page, count = pages_of(self._all(), self._page, _CARDS)
        tabs = ((_WINDOWS, t("窗口")), (_STAFF, t("工作人员")))
        return PeopleView(
            chrome=chrome,
            title=t("您要反映谁的问题？"),
            spoken=t("您要反映谁的问题？请点一个。"),
            tabs=tuple(Button(f"tab_{tab}", label, ActionPressed(tab), selected=tab == self._tab) for tab, label in tabs),
            people=tuple(self._card(place, each) for place, each in enumerate(shown, 1)),
            empty="" if shown else t("名单上没有工作人员。\n请点“窗口”，选窗口或中心整体。"),
            notice=Panel(Tone.INFO, t("被投诉的窗口和人员看不到是谁投诉的。"), t("不知道是谁，可以选窗口，或选中心整体。")),
            previous=Button("previous", t("上一页"), PageTurned(-1) if page else None, "chevron-left") if count > 1 else None,
            next=Button("next", t("下一页"), PageTurned(1) if page + 1 < count else None, "chevron-right") if count > 1 else None,
            page=t("{page} / {count} 页", page=page + 1, count=count) if count > 1 else "",
        )

    def _card(self, place: int, each: PublicWindow | PublicPerson) -> PersonCard:
        # Ids of buttons are revealed to scripts: the place on the page, never who it is.
        button = Button(f"about_{place}", each.name, RowChosen(each.id), selected=each.id == complaint_sheet(self.work).about)
        if isinstance(each, PublicPerson):
            lines = tuple(line for line in (each.window, each.post) if line)
            return PersonCard(each.name, lines, photo_of(each.photo), button=button)
        # 中心整体（万宝河镇政务服务中心）: what is in brackets is a line of its own.
        name, _, rest = each.name.partition("（")
        return PersonCard(name, (rest.rstrip("）"),) if rest else (), icon="storefront-outline", button=button)

    def handle(self, event: Event) -> Next:
        """A choice leads on at once: it can be changed to the end."""
        sheet = complaint_sheet(self.work)
        match event:
            case RowChosen(public_id):
                sheet.about = public_id
                return onward(sheet, check_page())
            case ActionPressed("windows" | "staff" as tab):
                self._tab = tab
                self._page = self._page_of_choice()
            case PageTurned(by):
                self._page += by
            case PrimaryPressed():
                return Back()
            case BackPressed():
                return backward(sheet, check_page())
            case PublicChanged():
                pass
            case _:
                return Ignore()
        _, self._page, _ = pages_of(self._all(), self._page, _CARDS)
        return Stay()


class MatterStep(Step):
    """是什么问题？"""

    label = noted("原因")

    def view(self, chrome: Chrome) -> ViewData:
        """The reasons, large."""
        t = self.t
        if not is_listed(self.work):
            return no_list(self.work.texts, chrome)
        sheet = complaint_sheet(self.work)
        chosen = about_chosen(self.work)
        return GridView(
            chrome=chrome,
            title=t("是什么问题？"),
            subtitle=t("反映：{about}", about=about_words(chosen)) if chosen else "",
            spoken=t("是什么问题？请点最接近的一个。"),
            sections=(
                GridSection(
                    t("请点最接近的一个"),
                    tuple(
                        Button(f"matter_{place}", each.name, RowChosen(each.code), selected=each.code == sheet.matter)
                        for place, each in enumerate(public_staff(self.work).matters, 1)
                    ),
                ),
            ),
            notice=Panel(Tone.INFO, t("有好几样的，选最要紧的一样。"), t("其他的，下一步写进事情经过里。")),
        )

    def handle(self, event: Event) -> Next:
        """A choice leads on at once."""
        sheet = complaint_sheet(self.work)
        match event:
            case RowChosen(code):
                sheet.matter = code
                return onward(sheet, check_page())
            case PrimaryPressed():
                return Back()
            case BackPressed():
                return backward(sheet, check_page())
            case PublicChanged():
                return Stay()
        return Ignore()
