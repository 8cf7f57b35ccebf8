"""意见箱: what could be better, without a name. A contact may be left, and what it is for is said (PIPL: nothing that is not needed)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from uuid import UUID

from kiosk.events import Event
from kiosk.journeys.filling import FormPages
from kiosk.journeys.handing import CheckPage, hand_in
from kiosk.journeys.step import Forward, GoHome, Journey, Next, Step, Workplace
from kiosk.journeys.thanks import ThanksPage
from kiosk.link.submission import suggestion
from kiosk.session import Sheet
from kiosk.views import Chrome, FormView, ViewData
from kiosk.wire.forms import FieldKind, FormField
from kiosk.wire.services import SuggestionSent

_SHORTEST, _LONGEST, _CONTACT = 2, 1000, 60


@dataclass
class SuggestionSheet(Sheet):
    """A suggestion being written."""

    #: Trying again is the same one.
    key: UUID | None = None


class _OfSuggestion(Step):
    @property
    def sheet(self) -> SuggestionSheet:
        """What is written."""
        return self.session.sheet(SuggestionSheet)


class SuggestionStep(_OfSuggestion, FormPages, CheckPage):
    """您想提什么意见？"""

    @property
    def fields(self) -> tuple[FormField, ...]:
        """The words; and a contact that nobody has to leave."""
        t = self.t
        return (
            FormField(
                code="words",
                label=t("您的意见"),
                question=t("您想提什么意见？"),
                kind=FieldKind.TEXT,
                hint=t("哪里不方便，怎样会更好，写几句就行"),
                max_length=_LONGEST,
            ),
            FormField(
                code="contact",
                label=t("联系方式"),
                question=t("怎样答复您？"),
                kind=FieldKind.TEXT,
                required=False,
                hint=t("想要答复就留，只用来答复您"),
                max_length=_CONTACT,
            ),
        )

    def heading(self) -> tuple[str, str]:
        """Who reads it, and the other way for whoever does not type."""
        return self.t("您想提什么意见？"), self.t("不用留姓名，由中心负责人看。不会打字，也可以到中心说")

    def leaving(self) -> tuple[str, str]:
        """Words are what is handed in."""
        return "", ""

    def refused(self) -> dict[str, str]:
        """More than a slip of the finger."""
        if len(self.sheet.values.get("words", "").strip()) >= _SHORTEST:
            return {}
        return {"words": self.t("太短了，请再写几个字")}

    def view(self, chrome: Chrome) -> ViewData:
        """The form; its last button hands in."""
        view = super().view(chrome)
        assert isinstance(view, FormView)
        if view.keyboard is not None:
            return view
        return replace(
            view, notice=self.trouble() or view.notice, primary=replace(view.primary, label=self.t("投进意见箱"), icon="check-bold")
        )

    def handle(self, event: Event) -> Next:
        """What is filled in well is handed in."""
        following = super().handle(event)
        return self.hand_in() if isinstance(following, Forward) else following

    def submit(self) -> None:
        """Into the outbox. Raises OneSealError."""
        work, sheet = self.work, self.sheet
        sheet.key = sheet.key or work.new_key()
        now = work.clock.now()
        message = SuggestionSent(key=sheet.key, words=sheet.values["words"].strip(), contact=sheet.values.get("contact", "").strip())
        hand_in(work, sheet, suggestion(message, work.outbox.next_receipt_number(now), now))


class SuggestionThanksStep(_OfSuggestion, ThanksPage):
    """谢谢您的意见."""

    def __init__(self, workplace: Workplace) -> None:
        super().__init__(workplace, GoHome())

    def words(self) -> tuple[str, tuple[str, ...]]:
        """What comes of it."""
        t = self.t
        answered = bool(self.sheet.values.get("contact", "").strip())
        return t("谢谢您的意见"), (
            t("由中心负责人看，并记下怎么处理。"),
            t("您留了联系方式，中心好答复您。") if answered else t("您没有留姓名，谁也不知道是您写的。"),
        )


SUGGESTION = Journey("suggestion", (SuggestionStep, SuggestionThanksStep))
