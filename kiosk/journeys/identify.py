"""Who is there: the ID card, and consent to the use of what it says (domain.md, never forgotten no. 6)."""

from __future__ import annotations

from dataclasses import dataclass

from kiosk.events import CardLifted, CardRead, CardUnreadable, ConsentAnswered, DeviceChanged, Event, PrimaryPressed
from kiosk.i18n import Texts, noted
from kiosk.journeys.step import Begin, Forward, GoHome, Ignore, Next, Stay, Step, Workplace
from kiosk.ports import DeviceKind, DeviceState, IdCard
from kiosk.views import Button, Chrome, ConsentView, IdentifyView, Panel, Tone, ViewData
from kiosk.wire.filing import Consent
from kiosk.wire.masking import mask_name, mask_number

#: Which text the citizen agreed to. A changed text needs a new version: it is recorded with each case.
CONSENT_VERSION = "2026-11"


@dataclass(frozen=True)
class CardWords:
    """What a page says that waits for a card."""

    title: str
    subtitle: str
    spoken: str
    notes: tuple[Panel, ...]
    actions: tuple[Button, ...] = ()


def take_card(work: Workplace, card: IdCard) -> bool:
    """Who stands here, as their card says. True if it is another person than before: nothing that was typed is offered to them."""
    another = work.session.take_card(card)
    if another:
        work.typing.close()
    return another


def fault_text(texts: Texts, fault: str) -> str:
    """Why a card was not read, and what to do."""
    t = texts.t
    return {
        "number_invalid": t("证件号码没有通过校验，请到人工窗口办理。"),
        "left_behind": t("读卡区有一张别人留下的证件，请先拿开。"),
        "lay_again": t("请把证件拿起来，再放一次。"),
    }.get(fault, t("证件没有放稳，或拿开得太早。"))


class IdentifyStep(Step):
    """请放身份证. Base of every page that reads a card: a journey says whose, and what becomes of it."""

    label = noted("身份")

    def __init__(self, workplace: Workplace) -> None:
        super().__init__(workplace)
        self._fault = ""
        #: What is said of a card that is not the one wanted, until it is lifted.
        self._refused: CardWords | None = None
        self._armed = False

    @classmethod
    def needed(cls, workplace: Workplace) -> bool:
        """Once a session: nothing is asked twice."""
        return workplace.session.card is None

    def waiting(self) -> CardWords:
        """What stands there until a card is laid on."""
        t = self.t
        place = self.work.config.places.id_card
        return CardWords(
            title=t("请放身份证"),
            subtitle=t("平放在读卡区，读好以前请不要拿开"),
            spoken=t("请把身份证放在读卡区，在{place}。", place=place),
            notes=(
                Panel(Tone.INFO, t("读卡区在{place}。", place=place), t("港澳台居民居住证、外国人永久居留身份证也可以。")),
                Panel(Tone.PLAIN, t("只读取办这件事要用的内容。"), t("离开以后，屏幕上什么都不留。")),
            ),
        )

    def wrong(self, card: IdCard) -> CardWords | None:
        """What to say of a card that was read well and is not the one that is wanted; None: it is."""
        return None

    def take(self, card: IdCard) -> Next:
        """What becomes of the card, and where it leads."""
        take_card(self.work, card)
        return Forward()

    @property
    def others_card_lies(self) -> bool:
        """Whether a card lies there that was read for this session already, and another one is wanted."""
        return False

    # ------------------------------------------------------------------ the page

    def enter(self) -> None:
        """Read the next card for this session."""
        self._arm()

    def _arm(self) -> None:
        if not self._armed and not self.others_card_lies:
            self._armed = True
            self.work.hub.devices.id_card.arm(self.session.number)

    def leave(self) -> None:
        """Read no more."""
        self._armed = False
        self.work.hub.devices.id_card.disarm()

    @property
    def _absent(self) -> bool:
        return self.work.hub.status[DeviceKind.ID_CARD].state in (DeviceState.ABSENT, DeviceState.FAULT)

    def view(self, chrome: Chrome) -> ViewData:
        """Where to put the card; or what is wrong and what still works."""
        t = self.t
        if self._absent:
            return IdentifyView(
                chrome=chrome,
                title=t("读卡器暂时不能用"),
                subtitle=t("这个问题已经记下。"),
                spoken=t("读卡器暂时不能用。"),
                state="absent",
                notes=(
                    Panel(Tone.ATTENTION, t("现在不能在这里申办。"), t("读卡器恢复以后，这一页会自动继续。")),
                    Panel(Tone.INFO, t("办事指南和扫码查进度照常能用。"), self._hours()),
                ),
                actions=(Button("primary", t("去看办事指南"), PrimaryPressed(), "text-box-search-outline"),),
            )
        words = self._refused or (self._failed() if self._fault else self.waiting())
        return IdentifyView(
            chrome=chrome,
            title=words.title,
            subtitle=words.subtitle,
            spoken=words.spoken,
            state="failed" if self._refused or self._fault else "waiting",
            place=self.work.config.places.id_card,
            notes=words.notes,
            actions=words.actions,
        )

    def _failed(self) -> CardWords:
        t = self.t
        return CardWords(
            title=t("没有读到，请再放一次"),
            subtitle=fault_text(self.work.texts, self._fault),
            spoken=t("没有读到身份证，请拿起来再放一次。"),
            notes=(Panel(Tone.ATTENTION, t("请先把证件拿起来，再平放在读卡区。"), t("不要和手机、银行卡叠在一起。")),),
        )

    def _hours(self) -> str:
        hours = self.work.catalogue.window_hours if self.work.catalogue else ""
        return self.t("急着办，请在{hours}到人工窗口。", hours=hours) if hours else self.t("急着办，请到人工窗口。")

    def handle(self, event: Event) -> Next:
        """A card, or what is wrong with it."""
        match event:
            case CardRead(_, card):
                self._armed, self._fault, self._refused = False, "", self.wrong(card)
                self.work.record("card_read", session=self.session.number, kind=card.kind, layout=card.layout)
                return Stay() if self._refused else self.take(card)
            case CardUnreadable(_, fault):
                self._fault = fault
                self.work.record("card_unreadable", session=self.session.number, fault=fault)
            case CardLifted():
                self._fault, self._refused = "", None
                self._arm()
            case PrimaryPressed() if self._absent:
                return Begin("guides")
            case DeviceChanged():
                self._arm()
            case _:
                return Ignore()
        return Stay()


class ConsentStep(Step):
    """申报须知, and agreement in plain words. Refusing leaves browsing and the window."""

    label = noted("须知")

    @classmethod
    def needed(cls, workplace: Workplace) -> bool:
        """Asked once a session."""
        return workplace.session.consent is None

    def asks(self) -> bool:
        """Whether agreement is asked for: once a session. Else the page only tells what to know before."""
        return self.session.consent is None

    def persons(self) -> tuple[tuple[str, str], ...]:
        """Whose data are used, as label and masked value."""
        card = self.session.card
        return ((self.t("姓名"), mask_name(card.name)), (self.t("证件号码"), mask_number(card.number))) if card else ()

    def agreement(self) -> tuple[str, str]:
        """What is agreed to, and the version of that text."""
        return (
            self.t(
                "为办理这件事，{center}要使用您身份证上的姓名、性别、民族、出生日期、住址和证件号码，以及您填写和拍摄的内容；只用于办理和查询，依法保存。不同意也可以看指南，或到窗口办理。",
                center=self.work.center_name,
            ),
            CONSENT_VERSION,
        )

    def purpose(self) -> str:
        """What it is for, in a few words."""
        return self.session.item.task_name if self.session.item else self.t("查自己的办件")

    def told(self) -> tuple[str, ...]:
        """What to know before."""
        if self.session.item:
            return self.session.item.read_first
        return (self.t("您可以查看自己的办件：办到哪一步、什么时候办好、还缺什么。"),)

    def agreed(self, consent: Consent) -> None:
        """Nothing is asked twice."""
        self.session.consent = consent

    def refuse(self) -> None:
        """Nobody agreed: what was read goes."""
        self.session.forget_cards()

    def view(self, chrome: Chrome) -> ViewData:
        """What to know before, who the card says it is, and the question."""
        t = self.t
        item = self.session.item
        sentences = self.told()
        if self.session.cleared:
            sentences = (t("换了一张身份证，前面填的、看的都清掉了。"), *sentences)
        if not self.work.hub.usable(DeviceKind.PRINTER):
            sentences = (*sentences, t("打印机现在打不了，可以照常办，回执以后来打印。"))
        if item and not self.work.hub.usable(DeviceKind.DOCUMENT_CAMERA):
            sentences = (*sentences, t("高拍仪现在不能用，可以先提交申请，材料到窗口补交。"))
        asks = self.asks()
        return ConsentView(
            chrome=chrome,
            title=t("办之前，请看一看") if item else t("同意后就能查看"),
            subtitle=self.purpose(),
            spoken=t("请看一看须知，同意就按同意。") if asks else t("办之前，请看一看须知。"),
            sentences=sentences,
            person_rows=self.persons(),
            agreement=self.agreement()[0] if asks else "",
            agree=Button("agree", t("同意，继续") if asks else t("看好了，继续"), ConsentAnswered(True), "check-bold"),
            refuse=Button("refuse", t("不同意") if asks else t("先不办"), ConsentAnswered(False)),
        )

    def handle(self, event: Event) -> Next:
        """Yes is recorded with the text's version; no leads home, and what the cards say goes at once."""
        match event:
            case ConsentAnswered(agreed):
                asks, version = self.asks(), self.agreement()[1]
                if asks:
                    self.work.record("consent_answered", session=self.session.number, agreed=agreed, text_version=version)
                self.session.cleared = False
                if not agreed:
                    self.refuse()
                    return GoHome()
                if asks:
                    self.agreed(Consent(text_version=version, given_at=self.work.clock.now()))
                return Forward()
            case DeviceChanged():
                return Stay()
        return Ignore()
