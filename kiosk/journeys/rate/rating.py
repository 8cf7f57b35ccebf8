"""这件事办得怎么样？ The page of a rating, the form for own words, and the thanks."""

from __future__ import annotations

from kiosk.events import ChoiceMade, Event, PrimaryPressed, RowChosen
from kiosk.journeys.codes import own_code
from kiosk.journeys.filling import FormPages
from kiosk.journeys.handing import CheckPage, hand_in
from kiosk.journeys.rate.sheet import RatingSheet, level_names, tag_name, tags_for
from kiosk.journeys.step import Back, EndSession, Forward, Ignore, Next, Open, Stay, Step, Swap, Workplace
from kiosk.journeys.thanks import ThanksPage
from kiosk.link.submission import rating
from kiosk.session import Handed
from kiosk.views import Button, Chrome, FieldRow, Panel, RateView, Tone, ViewData
from kiosk.wire.forms import FieldKind, FormField
from kiosk.wire.items import ServiceItem
from kiosk.wire.services import RatingSent, RatingTag

_LONGEST = 500
#: Of own words so much stands on the page of the rating; all of it where it is written.
_SHOWN = 60

_SKIP = "skip"


class _OfRating(Step):
    @property
    def sheet(self) -> RatingSheet:
        """What is rated, and how."""
        return self.session.sheet(RatingSheet)


class RateStep(_OfRating, CheckPage):
    """One matter rated. Nobody has to: leaving it out is one tap."""

    def __init__(self, workplace: Workplace, code: str, subject: str, after: str = "", then: Next | None = None) -> None:
        """`code`: text of its receipt's QR. `subject`: what it is, for who reads. `after`: number of what was handed in just now and is rated.
        `then`: where it leads once it is done or left out; else back.
        """
        super().__init__(workplace)
        self._subject = subject
        self._after = after
        self._then = then or Back()
        self.can_go_back = not isinstance(self._then, EndSession)
        code = own_code(workplace, code)
        if self.sheet.code != code or self.sheet.handed is not None:
            workplace.session.sheets[RatingSheet] = RatingSheet(code=code)

    def view(self, chrome: Chrome) -> ViewData:
        """The levels; once one is chosen, what was good or bad, and own words."""
        t, texts, sheet = self.t, self.work.texts, self.sheet
        level = sheet.level
        skip = Button(_SKIP, t("不评价，结束") if not self.can_go_back else t("不评价"), RowChosen(_SKIP))
        return RateView(
            chrome=chrome,
            title=t("这件事办得怎么样？"),
            subtitle=self._subject,
            spoken=t("这件事办得怎么样？请点一下。"),
            levels=tuple(
                Button(f"level_{each}", name, ChoiceMade("level", str(each)), face, selected=each == level)
                for each, name, face in level_names(texts)
            ),
            tags_title=self._tags_title() if level else "",
            tags=tuple(
                Button(f"tag_{tag.value}", tag_name(texts, tag), ChoiceMade("tag", tag.value), selected=tag in sheet.tags)
                for tag in (tags_for(level) if level else ())
            ),
            words=self._words() if level else None,
            notice=self.trouble() or Panel(Tone.INFO, t("窗口看不到是谁评的。")),
            actions=(skip, Button("primary", t("提交评价"), PrimaryPressed(), "check-bold")) if level else (skip,),
        )

    def _tags_title(self) -> str:
        t, level = self.t, self.sheet.level
        return t("好在哪里？可以选几样") if level > 3 else t("哪里不好？可以选几样") if level < 3 else t("怎么样？可以选几样")

    def _words(self) -> FieldRow:
        t = self.t
        written = self.sheet.values.get("words", "").strip()
        shown = written if len(written) <= _SHOWN else written[: _SHOWN - 1] + "…"
        return FieldRow(
            "words", t("还想说什么？"), shown, t("不写也可以"), button=Button("field_words", t("还想说什么？"), RowChosen("words"))
        )

    def handle(self, event: Event) -> Next:
        """Choose, tick, write, hand in, or leave it out."""
        sheet = self.sheet
        match event:
            case ChoiceMade("level", chosen):
                sheet.level = int(chosen)
                sheet.tags &= set(tags_for(sheet.level))
            case ChoiceMade("tag", chosen):
                sheet.tags ^= {RatingTag(chosen)}
            case RowChosen("words"):
                return Open(RatingWordsStep(self.work))
            case RowChosen("skip"):
                return self._then
            case PrimaryPressed() if sheet.level:
                following = self.hand_in()
                return Swap(RatingThanksStep(self.work, self._then)) if isinstance(following, Forward) else following
            case _:
                return Ignore()
        return Stay()

    def submit(self) -> None:
        """Into the outbox, behind what it is about. Raises OneSealError."""
        work, sheet = self.work, self.sheet
        sheet.key = sheet.key or work.new_key()
        now = work.clock.now()
        message = RatingSent(
            key=sheet.key,
            code=sheet.code,
            level=sheet.level,
            tags=tuple(sorted(sheet.tags)),
            comment=sheet.values.get("words", "").strip(),
        )
        hand_in(work, sheet, rating(message, work.outbox.next_receipt_number(now), now, self._after))


class RatingWordsStep(_OfRating, FormPages):
    """Own words: nobody has to."""

    @property
    def fields(self) -> tuple[FormField, ...]:
        """One text."""
        t = self.t
        words = FormField(
            code="words",
            label=t("您想说的"),
            question=t("还想说什么？"),
            kind=FieldKind.TEXT,
            required=False,
            hint=t("写几句就行；请不要写姓名和电话"),
            max_length=_LONGEST,
        )
        return (words,)

    def heading(self) -> tuple[str, str]:
        """Who reads it."""
        return self.t("还想说什么？"), self.t("不写也可以，直接按下一步")


class RatingThanksStep(_OfRating, ThanksPage):
    """谢谢您的评价."""

    def words(self) -> tuple[str, tuple[str, ...]]:
        """What comes of it."""
        t = self.t
        return t("谢谢您的评价"), (t("中心看了评价，好改进服务。"), t("窗口看不到是谁评的。"))


def rate_after(work: Workplace, handed: Handed, item: ServiceItem) -> Next:
    """What follows a finished matter: it is rated or not, and the session ends. What the center refused is nothing to be rated."""
    end = EndSession("done")
    return end if handed.refusal else Open(RateStep(work, handed.code, item.task_name, handed.number, end))
