"""Withdrawing an application: asked once more, with what it means; then the center is asked, and a slip can be printed."""

from __future__ import annotations

from dataclasses import dataclass, field
from uuid import UUID

from kiosk.events import ActionPressed, DeviceChanged, Event, PrimaryPressed
from kiosk.i18n import noted
from kiosk.journeys.asking import Asked
from kiosk.journeys.papers import withdrawal_slip
from kiosk.journeys.printing import PrintStep, print_button
from kiosk.journeys.step import Back, GoHome, Ignore, Next, Open, Stay, Step, Swap, Workplace
from kiosk.link.questions import withdrawal
from kiosk.session import Sheet
from kiosk.views import Button, Chrome, MessageView, Panel, Tone, ViewData
from kiosk.wire.cases import CaseDetail
from kiosk.wire.filing import Withdrawal, WithdrawalAnswer

_MEANWHILE = noted("也许已经撤回了：再试一次，不会出错。")


@dataclass
class WithdrawSheet(Sheet):
    """The key of each withdrawal, by its case: trying again is the same act."""

    keys: dict[str, UUID] = field(default_factory=dict, repr=False)


class WithdrawStep(Step):
    """真的要撤回吗？"""

    def __init__(self, workplace: Workplace, case: CaseDetail) -> None:
        super().__init__(workplace)
        self._case = case
        self._asked: Asked[WithdrawalAnswer] = Asked(self, WithdrawalAnswer, workplace.texts.t(_MEANWHILE))

    def view(self, chrome: Chrome) -> ViewData:
        """What it means; then the center being asked."""
        if self._asked.waits or self._asked.fault:
            page = self._asked.page(chrome)
            assert page is not None
            return page
        t = self.t
        return MessageView(
            chrome=chrome,
            title=t("真的要撤回吗？"),
            subtitle=self._case.item_name,
            spoken=t("真的要撤回这件申请吗？"),
            tone=Tone.ATTENTION,
            icon="help-circle-outline",
            lines=(t("撤回以后，这件事就不办了，不能恢复。"), t("以后要办，要重新申请，期限重新算。")),
            panel=Panel(Tone.INFO, t("只想改材料的，不用撤回，请问人工窗口。")),
            actions=(
                Button("withdraw", t("确定撤回"), ActionPressed("withdraw"), "undo"),
                Button("primary", t("不撤回"), PrimaryPressed(), "arrow-left"),
            ),
        )

    def handle(self, event: Event) -> Next:
        """Ask the center, or leave it as it is."""
        following = self._asked.handle(event)
        if self._asked.answer is not None:
            return Swap(WithdrawnStep(self.work, self._case, self._asked.answer))
        if following is not None:
            return following
        if self._asked.waits:
            return Ignore()
        match event:
            case ActionPressed("withdraw"):
                self._ask()
                return Stay()
            case PrimaryPressed():
                return Back()
        return Ignore()

    def _ask(self) -> None:
        work, card = self.work, self.session.card
        assert card is not None, "a case is opened with the card"
        keys = self.session.sheet(WithdrawSheet).keys
        message = Withdrawal(
            key=keys.setdefault(self._case.receipt_number, work.new_key()),
            township_id=work.config.terminal.township_id,
            terminal_id=work.config.terminal.id,
            number=card.number,
        )
        self._asked.ask(withdrawal(message, self._case.receipt_number))


class WithdrawnStep(Step):
    """已经撤回."""

    can_go_back = False

    def __init__(self, workplace: Workplace, case: CaseDetail, answer: WithdrawalAnswer) -> None:
        super().__init__(workplace)
        self._case = case
        self._paper = withdrawal_slip(
            case,
            state_label=answer.state_label,
            center_name=workplace.center_name,
            withdrawn_at=answer.withdrawn_at,
            printed_at=workplace.clock.now(),
            terminal_id=workplace.config.terminal.id,
            demo=workplace.config.demo,
        )

    def view(self, chrome: Chrome) -> ViewData:
        """That it is done, and the slip."""
        t = self.t
        return MessageView(
            chrome=chrome,
            title=t("申请已经撤回"),
            subtitle=self._case.item_name,
            spoken=t("申请已经撤回。"),
            tone=Tone.DONE,
            icon="check-circle-outline",
            lines=(t("这件事不再办理。以后要办，可以重新申请。"),),
            actions=(print_button(self.work, t("打印回单")), Button("primary", t("好了"), PrimaryPressed(), "check-bold")),
        )

    def handle(self, event: Event) -> Next:
        """The slip; or home: what was shown of the case is no longer so."""
        match event:
            case ActionPressed("print"):
                return Open(PrintStep(self.work, self._paper))
            case PrimaryPressed():
                return GoHome()
            case DeviceChanged():
                return Stay()
        return Ignore()
