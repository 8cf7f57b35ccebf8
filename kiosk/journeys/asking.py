"""A question to the center as a page has it: being asked, answered, or without an answer and what still works then."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, TypeVar

from kiosk.events import UNREACHABLE, ActionPressed, CenterAnswered, CenterSeen, Event, PrimaryPressed
from kiosk.journeys.step import Back, Next, Stay, Step
from kiosk.link.questions import Question
from kiosk.views import Button, Chrome, MessageView, Tone
from kiosk.wire.base import Message

A = TypeVar("A", bound=Message)


class Asked(Generic[A]):
    """One question at a time. `answer` is there once it came; `fault` once none will: `unreachable`, or the code of a refusal.

    A step shows `page` while there is one, and gives it each event first.
    """

    def __init__(self, step: Step, kind: type[A], meanwhile: str = "") -> None:
        """`kind` of the answer. `meanwhile`: what still works without the center, one sentence."""
        self._step = step
        self._kind = kind
        self._meanwhile = meanwhile
        self._question: Question | None = None
        self.answer: A | None = None
        self.fault = ""
        self.sentence = ""

    def ask(self, question: Question) -> None:
        """Ask, and forget what was answered before."""
        self._question, self.answer, self.fault, self.sentence = question, None, "", ""
        self._step.work.center.ask(self._step.session.number, question)

    @property
    def waits(self) -> bool:
        """Whether it was asked and nothing came yet."""
        return self._question is not None and self.answer is None and not self.fault

    def note(self, event: Event) -> bool:
        """Learn from an event; True if it was the answer to this question."""
        if not isinstance(event, CenterAnswered) or event.question is not self._question:
            return False
        self.fault, self.sentence = event.fault, event.sentence
        if event.answer is not None:
            assert isinstance(event.answer, self._kind), "a question is asked with the kind of its answer"
            self.answer = event.answer
        return True

    def page(self, chrome: Chrome, refused: Callable[[Chrome], MessageView] | None = None) -> MessageView | None:
        """What is shown instead of the answer; None once it is there. `refused`: a step's own page for what the center refuses."""
        if self.answer is not None:
            return None
        if self.waits:
            return self._waiting(chrome)
        return self._unreachable(chrome) if self.fault == UNREACHABLE else (refused or self._refused)(chrome)

    def handle(self, event: Event) -> Next | None:
        """What an event means while `page` is shown; None: it is the step's own."""
        if self.note(event):
            return Stay()
        if self.fault:
            match event:
                case ActionPressed("retry") if self._question is not None:
                    self.ask(self._question)
                    return Stay()
                case CenterSeen(reachable=True) if self._comes_back:
                    assert self._question is not None
                    self.ask(self._question)
                    return Stay()
                case PrimaryPressed():
                    return Back()
        return None

    @property
    def _comes_back(self) -> bool:
        """Whether it is asked anew as soon as the center is there: a look-up is; what changes something waits for the citizen's word."""
        return self.fault == UNREACHABLE and self._question is not None and self._question.key is None

    # ------------------------------------------------------------------ the pages

    def _waiting(self, chrome: Chrome) -> MessageView:
        t = self._step.t
        return MessageView(chrome=chrome, title=t("正在查，请稍等一下"), spoken=t("正在查，请稍等一下。"), icon="progress-clock", busy=True)

    def _unreachable(self, chrome: Chrome) -> MessageView:
        t = self._step.t
        return MessageView(
            chrome=chrome,
            title=t("现在连不上中心"),
            subtitle=t("这一步要问中心，暂时做不了。"),
            spoken=t("现在连不上中心，这一步暂时做不了。"),
            tone=Tone.ATTENTION,
            icon="cloud-off-outline",
            lines=(t("请过一会儿再试。"), self._meanwhile or t("办事指南照常能看，申请和投诉也照常能交，连上后自动送出。")),
            actions=self._actions(),
            code="center_unreachable",
        )

    def _refused(self, chrome: Chrome) -> MessageView:
        t = self._step.t
        return MessageView(
            chrome=chrome,
            title=t("这次没有办成"),
            spoken=t("这次没有办成。"),
            tone=Tone.ATTENTION,
            icon="alert-circle-outline",
            lines=(self.sentence, t("您前面填写的内容都还在。")),
            actions=(Button("primary", t("知道了"), PrimaryPressed(), "check-bold"),),
            code=self.fault,
        )

    def _actions(self) -> tuple[Button, ...]:
        t = self._step.t
        return (
            Button("retry", t("再试一次"), ActionPressed("retry"), "refresh"),
            Button("primary", t("返回"), PrimaryPressed(), "arrow-left"),
        )
