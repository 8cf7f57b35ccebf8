"""今天谁在岗: each post with its window, who is there, and their picture, as the center last said (R1.5)."""

from __future__ import annotations

from kiosk.events import Event, PageTurned, PrimaryPressed, PublicChanged
from kiosk.journeys.photos import photo_of
from kiosk.journeys.step import Back, Ignore, Next, Stay, Step, Workplace, pages_of
from kiosk.views import Button, Chrome, Panel, PeopleView, PersonCard, Tone, ViewData
from kiosk.wire.notices import OnDuty

_CARDS = 8


class DutyStep(Step):
    """今天谁在岗."""

    def __init__(self, workplace: Workplace) -> None:
        super().__init__(workplace)
        self._page = 0

    @property
    def _posts(self) -> tuple[OnDuty, ...]:
        return self.work.notices.duty if self.work.notices else ()

    def view(self, chrome: Chrome) -> ViewData:
        """A card for each post; without the center, that it may have changed since."""
        t, texts = self.t, self.work.texts
        public = self.work.notices
        shown, page, count = pages_of(self._posts, self._page, _CARDS)
        today = self.work.clock.now().date()
        current = self.work.center_reachable and public is not None and public.on == today
        day = texts.full_day(public.on) if public else ""
        return PeopleView(
            chrome=chrome,
            title=t("今天谁在岗") if current else t("谁在岗"),
            subtitle=day,
            spoken=t("今天谁在岗。") if current else t("谁在岗，是最后一次连上中心时的情况。"),
            people=tuple(self._card(post) for post in shown),
            empty="" if shown else t("岗位名单还没有取到，请稍等一下。\n申办、投诉在这里照样能办。"),
            notice=None
            if current
            else Panel(Tone.ATTENTION, t("现在连不上中心，可能有变动。"), t("这是最后一次连上时的情况：{day}。", day=day)),
            previous=Button("previous", t("上一页"), PageTurned(-1) if page else None, "chevron-left") if count > 1 else None,
            next=Button("next", t("下一页"), PageTurned(1) if page + 1 < count else None, "chevron-right") if count > 1 else None,
            page=t("{page} / {count} 页", page=page + 1, count=count) if count > 1 else "",
            actions=(Button("primary", t("看完了"), PrimaryPressed(), "check-bold"),),
        )

    def _card(self, post: OnDuty) -> PersonCard:
        """Who is there, by name if that is public. Where nobody is there, the word at its end says so."""
        return PersonCard(
            name=post.name or self.t("工作人员"),
            lines=tuple(line for line in (post.window, post.post) if line),
            photo=photo_of(post.photo),
            mark=self.t("在岗") if post.attended else self.t("暂不在岗"),
            good=post.attended,
        )

    def handle(self, event: Event) -> Next:
        """Turn the page, or back."""
        match event:
            case PageTurned(by):
                _, self._page, _ = pages_of(self._posts, self._page + by, _CARDS)
            case PrimaryPressed():
                return Back()
            case PublicChanged():
                pass
            case _:
                return Ignore()
        return Stay()
