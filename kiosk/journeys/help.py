"""呼叫帮助: from any page, over it. By day it rings at the console and says who comes; otherwise what can be done here now (R8.1)."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import ClassVar
from uuid import UUID

from kiosk.events import ActionPressed, CenterAnswered, Event, HelpPressed, PrimaryPressed, Tick
from kiosk.journeys.step import Back, Ignore, Next, Stay, Step, Workplace
from kiosk.link.questions import Question, help_call, help_state
from kiosk.session import Sheet
from kiosk.views import Button, Chrome, MessageView, Panel, Tone, ViewData
from kiosk.wire.services import HelpAnswer, HelpCallSent, HelpState

#: Between two questions how the call stands, in seconds.
_POLL_SECONDS = 3.0
#: Somebody was told, and has not come and gone yet: another press rings no second time.
_UNDER_WAY = frozenset({HelpState.WAITING, HelpState.ANSWERED})


@dataclass
class HelpSheet(Sheet):
    """The session's call for help: what was asked and what is known of it. Trying again with the same key rings once."""

    anybody_s: ClassVar[bool] = True

    key: UUID | None = None
    place: str = ""
    answer: HelpAnswer | None = field(default=None, repr=False)
    #: The center was asked and did not answer; or why it will not, in its words.
    unheard: bool = False
    refusal: str = ""
    asked: Question | None = None
    #: Seconds of the clock that never jumps; None: to be asked with the next tick.
    asked_at: float | None = None

    @property
    def under_way(self) -> bool:
        """Whether somebody was told and may still come."""
        return self.answer is not None and self.answer.state in _UNDER_WAY


def _ring(work: Workplace, place: str) -> None:
    """Call. What the center has under this key it does not ring for again."""
    sheet = work.session.sheet(HelpSheet)
    if sheet.under_way or (sheet.asked is not None and sheet.answer is None):
        return
    if sheet.key is None or sheet.answer is not None or sheet.refusal:
        sheet.key, sheet.place = work.new_key(), place
    sheet.answer, sheet.unheard, sheet.refusal = None, False, ""
    sheet.asked = help_call(HelpCallSent(key=sheet.key, place=sheet.place))
    work.record("help_called", session=work.session.number, place=sheet.place)
    work.center.ask(work.session.number, sheet.asked)


def hear_help(work: Workplace, event: Event) -> None:
    """What became of the call, whichever page is shown: asked anew every few seconds while somebody may come."""
    sheet = work.session.sheet(HelpSheet)
    match event:
        case CenterAnswered(_, question, answer, _, sentence) if sheet.asked is not None and question is sheet.asked:
            sheet.asked, sheet.asked_at = None, None
            if isinstance(answer, HelpAnswer):
                sheet.answer, sheet.unheard = answer, False
                work.record("help_heard", session=work.session.number, state=answer.state.value)
            else:
                sheet.unheard, sheet.refusal = True, "" if sheet.under_way else sentence
        case Tick(_, monotonic) if sheet.under_way and sheet.asked is None and sheet.key is not None:
            if sheet.asked_at is None:
                sheet.asked_at = monotonic
            elif monotonic - sheet.asked_at >= _POLL_SECONDS:
                sheet.asked = help_state(sheet.key)
                work.center.ask(work.session.number, sheet.asked)


def help_button(work: Workplace, *, shown: bool) -> Button:
    """The last of every dock. `shown`: it is the page of help itself."""
    t = work.texts.t
    label = t("已经叫人") if work.session.sheet(HelpSheet).under_way else t("呼叫帮助")
    return Button("help", label, HelpPressed(), "bell-ring-outline", selected=shown)


class HelpStep(Step):
    """Over the page on which help was called: that one goes on beneath, and is there again with 返回."""

    def __init__(self, workplace: Workplace, place: str) -> None:
        """`place`: name of the view on which it was called."""
        super().__init__(workplace)
        self._place = place

    def enter(self) -> None:
        """It rings at once."""
        _ring(self.work, self._place)

    def view(self, chrome: Chrome) -> ViewData:
        """Calling, somebody was told, somebody comes, it is over; or what can be done without."""
        sheet = self.session.sheet(HelpSheet)
        if sheet.answer is not None:
            pages = {
                HelpState.WAITING: self._told,
                HelpState.ANSWERED: self._coming,
                HelpState.CLOSED: self._over,
                HelpState.NONE: self._nobody,
            }
            return pages[sheet.answer.state](chrome, sheet.answer)
        if not sheet.unheard:
            t = self.t
            return MessageView(chrome, t("正在叫人，请稍等一下"), spoken=t("正在叫人，请稍等一下。"), icon="bell-ring-outline", busy=True)
        return self._not_rung(chrome, sheet.refusal)

    # ------------------------------------------------------------------ the pages

    def _told(self, chrome: Chrome, answer: HelpAnswer) -> MessageView:
        t = self.t
        return MessageView(
            chrome,
            t("已经通知工作人员"),
            spoken=t("已经通知工作人员，请稍等一下。"),
            icon="bell-ring-outline",
            lines=(answer.sentence, *self._kept()),
            actions=(self._go_on(),),
        )

    def _coming(self, chrome: Chrome, answer: HelpAnswer) -> MessageView:
        t = self.t
        return MessageView(
            chrome,
            t("有人过来帮您"),
            spoken=t("有人过来帮您，请稍等一下。"),
            tone=Tone.DONE,
            icon="account-check-outline",
            lines=(answer.sentence, *self._kept()),
            actions=(self._go_on(),),
        )

    def _over(self, chrome: Chrome, answer: HelpAnswer) -> MessageView:
        t = self.t
        return MessageView(
            chrome,
            t("还需要帮忙吗？"),
            spoken=t("还需要帮忙吗？"),
            icon="bell-ring-outline",
            lines=(answer.sentence,),
            actions=(self._again(), self._go_on()),
        )

    def _nobody(self, chrome: Chrome, answer: HelpAnswer) -> MessageView:
        t = self.t
        hours = self.work.catalogue.window_hours if self.work.catalogue else ""
        return MessageView(
            chrome,
            t("在这里现在就能办"),
            subtitle=t("窗口这会儿没有人，白天晚上都能用本机。"),
            spoken=t("窗口这会儿没有人，在这里现在就能办。"),
            icon="weather-night",
            lines=(
                t("查指南、申请、投诉、预约、查进度，都照常办。"),
                t("材料不齐也可以先交，窗口会接着办。"),
                *((t("窗口有人的时间：{hours}。", hours=hours),) if hours else ()),
            ),
            panel=self._hotline(),
            actions=(self._go_on(),),
        )

    def _not_rung(self, chrome: Chrome, sentence: str) -> MessageView:
        t = self.t
        hours = self.work.catalogue.window_hours if self.work.catalogue else ""
        return MessageView(
            chrome,
            t("这次没有叫到人"),
            spoken=t("这次没有叫到人，可以再叫一次。"),
            tone=Tone.ATTENTION,
            icon="bell-off-outline",
            lines=(
                sentence or t("现在连不上中心，铃没有响。"),
                t("窗口有人的时间：{hours}，也可以过去说一声。", hours=hours) if hours else t("人工窗口有人的时候，也可以过去说一声。"),
                t("看指南、申请、投诉照常能办，连上后自动送出。"),
            ),
            panel=self._hotline(),
            actions=(self._again(), self._go_on()),
        )

    def _kept(self) -> tuple[str, ...]:
        """The center may have gone meanwhile: what was told stands."""
        t = self.t
        lost = self.session.sheet(HelpSheet).unheard
        return (
            *((t("现在连不上中心，不过刚才已经通知到了。"),) if lost else ()),
            t("填好的都在，您可以先接着办。"),
        )

    def _hotline(self) -> Panel | None:
        """Only one that is configured (domain.md, never forgotten no. 9)."""
        hotline = self.work.catalogue.hotline if self.work.catalogue else ""
        return Panel(Tone.INFO, self.t("急事请打{hotline}。", hotline=hotline)) if hotline else None

    def _go_on(self) -> Button:
        return Button("primary", self.t("接着办"), PrimaryPressed(), "arrow-right")

    def _again(self) -> Button:
        return Button("retry", self.t("再叫一次"), ActionPressed("retry"), "bell-ring-outline")

    def handle(self, event: Event) -> Next:
        """Once more, if nobody comes; back to the page beneath."""
        match event:
            case HelpPressed() | ActionPressed("retry"):
                _ring(self.work, self._place)
            case PrimaryPressed():
                return Back()
            case _:
                return Ignore()
        return Stay()
