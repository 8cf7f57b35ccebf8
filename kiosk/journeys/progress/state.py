"""The state behind a receipt's code, and nothing of the person (domain.md, never forgotten no. 7)."""

from __future__ import annotations

from kiosk.events import ActionPressed, Event, PrimaryPressed
from kiosk.i18n import noted
from kiosk.journeys.asking import Asked
from kiosk.journeys.card_page import CardPage
from kiosk.journeys.progress.listing import meanwhile
from kiosk.journeys.step import Begin, Next, Stay, Workplace
from kiosk.link.questions import case_state
from kiosk.views import Button, Chrome, MessageView, Panel, ProgressView, Tone, ViewData
from kiosk.wire.cases import CaseState, CaseStateAnswer
from kiosk.wire.masking import group_number

#: What is right to do next in a state, as far as a code may tell; the rest is told with the ID card on.
_NEXT = {
    CaseState.RETURNED: (Tone.ATTENTION, noted("窗口请您补齐材料。要补什么，放身份证看。")),
    CaseState.REFUSED: (Tone.ATTENTION, noted("理由和还可以怎么办，放身份证看。")),
    CaseState.VOUCHER_ISSUED: (Tone.DONE, noted("已经办好。怎样领取，放身份证看。")),
    CaseState.NOTIFIED: (Tone.ATTENTION, noted("可以来领了。在哪里领，放身份证看。")),
    CaseState.COLLECTED: (Tone.DONE, noted("这件事已经办完。放身份证，可以打分、打印文书。")),
    CaseState.POSTED: (Tone.DONE, noted("结果已经寄出。邮件号码，放身份证看。")),
    CaseState.WITHDRAWN: (Tone.INFO, noted("这件申请已经撤回。要办，可以重新申请。")),
}
_OTHERWISE = (Tone.INFO, noted("要看每一步、由谁办、还缺什么，请放身份证。"))


class StateStep(CardPage):
    """State, when it was so, and how to see more."""

    def __init__(self, workplace: Workplace, code: str) -> None:
        super().__init__(workplace)
        self._code = code
        self._asked: Asked[CaseStateAnswer] = Asked(self, CaseStateAnswer, meanwhile(self))

    def enter(self) -> None:
        """Ask the center; a card laid on now leads to the details."""
        super().enter()
        if self._asked.answer is None:
            self._asked.ask(case_state(self._code))

    def view(self, chrome: Chrome) -> ViewData:
        """The state; or that none is known."""
        t = self.t
        page = self._asked.page(chrome, self._unknown)
        if page is not None:
            return page
        answer = self._asked.answer
        assert answer is not None
        return ProgressView(
            chrome=chrome,
            title=answer.state_label,
            subtitle=t("查询时间 {moment}", moment=self.work.texts.moment(answer.as_of)),
            spoken=answer.state_label,
            number_line=t("回执号 {number}", number=group_number(answer.receipt_number)),
            panel=self._panel(answer.state),
            actions=(self.leads_on(t("看详细")),),
        )

    def _panel(self, state: CaseState) -> Panel:
        t = self.t
        not_read = self.not_read()
        if not_read:
            return not_read
        if self.known:
            return Panel(Tone.INFO, t("要看每一步和还能做什么，请按“看详细”。"))
        if not self.reader_works:
            return Panel(Tone.ATTENTION, t("读卡器暂时不能用，现在只能看到这些。"), t("要看详细，请到人工窗口。"))
        tone, sentence = _NEXT.get(state, _OTHERWISE)
        return Panel(tone, t(sentence), t("读卡区在{place}。", place=self.work.config.places.id_card))

    def _unknown(self, chrome: Chrome) -> MessageView:
        t = self.t
        return MessageView(
            chrome=chrome,
            title=t("中心还没有这个办件"),
            spoken=t("中心还没有这个办件。"),
            tone=Tone.INFO,
            icon="magnify-close",
            lines=(t("刚提交的申请，可能还在送往中心的路上，请过一会儿再扫。"), t("一直查不到，请带回执到人工窗口问一问。")),
            actions=(
                Button("retry", t("再查一次"), ActionPressed("retry"), "refresh"),
                Button("primary", t("知道了"), PrimaryPressed(), "check-bold"),
            ),
        )

    def handle(self, event: Event) -> Next:
        """The answer, a card, again, back."""
        if self._asked.note(event):
            return Stay()
        return self._asked.handle(event) or super().handle(event)

    def opened(self) -> Next:
        """The case whose code was held up, if it is the card holder's."""
        self.session.item = None
        self.session.scanned = self._asked.answer
        return Begin("cases")
