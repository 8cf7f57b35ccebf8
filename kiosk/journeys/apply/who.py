"""Whether to go on with what was begun, who applies, and upon what somebody acts for another."""

from __future__ import annotations

from kiosk.events import ActionPressed, BackPressed, Event
from kiosk.i18n import noted
from kiosk.journeys.apply.draft import ensure_draft, ways_to_apply
from kiosk.journeys.apply.resume import was_begun, where_it_was
from kiosk.journeys.apply.route import check_page
from kiosk.journeys.filling.route import backward, onward
from kiosk.journeys.step import Forward, GoTo, Ignore, Next, Step, Workplace
from kiosk.session import Applying
from kiosk.views import Button, Chrome, Panel, Tone, ViewData, WaysView
from kiosk.wire.filing import AUTHORITY_PAPER, ORGANIZATION, Authority, authorities


class ResumeStep(Step):
    """接着填，还是重新填？"""

    @classmethod
    def needed(cls, workplace: Workplace) -> bool:
        """If the citizen had gone home with something filled in."""
        draft = workplace.session.draft
        return draft is not None and draft.left and was_begun(draft)

    def view(self, chrome: Chrome) -> ViewData:
        """Two ways; what was filled in is there until the citizen says otherwise."""
        t = self.t
        return WaysView(
            chrome=chrome,
            title=t("刚才填的还在"),
            subtitle=ensure_draft(self.work).item.task_name,
            spoken=t("刚才填的还在。接着填，还是重新填？"),
            ways=(
                Button("go_on", t("接着填"), ActionPressed("go_on"), "arrow-right", t("从刚才停下的地方接着办")),
                Button("begin_anew", t("重新填"), ActionPressed("begin_anew"), "restart", t("刚才填的、拍的都清掉\n从头来")),
            ),
        )

    def handle(self, event: Event) -> Next:
        """To where it was; or from the beginning, with nothing."""
        match event:
            case ActionPressed("go_on"):
                ensure_draft(self.work).left = False
                return GoTo(where_it_was(self.work))
            case ActionPressed("begin_anew"):
                del self.session.drafts[ensure_draft(self.work).item.code]
                return Forward()
        return Ignore()


class WhoStep(Step):
    """给谁办？"""

    label = noted("身份")

    @classmethod
    def needed(cls, workplace: Workplace) -> bool:
        """If there is a choice."""
        item = workplace.session.item
        return item is not None and len(ways_to_apply(item)) > 1

    def view(self, chrome: Chrome) -> ViewData:
        """Up to three ways, each with the cards that it takes."""
        t = self.t
        draft = ensure_draft(self.work)
        words = {
            Applying.SELF: (t("给自己办"), "account-outline", t("用您自己的身份证")),
            Applying.AGENT: (t("替别人办"), "hand-heart-outline", t("父母、子女等请您代办\n要两个人的身份证")),
            Applying.ORGANIZATION: (
                t("替单位办"),
                "storefront-outline",
                t("企业、合作社等单位申请\n用您自己的身份证")
                if self._can(Applying.ORGANIZATION)
                else t("现在写不了单位名称\n请到人工窗口办"),
            ),
        }
        return WaysView(
            chrome=chrome,
            title=t("给谁办？"),
            subtitle=draft.item.task_name,
            spoken=t("请问这件事给谁办？"),
            ways=tuple(
                Button(
                    f"for_{way.value}", words[way][0], ActionPressed(way.value) if self._can(way) else None, words[way][1], words[way][2]
                )
                for way in ways_to_apply(draft.item)
            ),
        )

    def _can(self, way: Applying) -> bool:
        """An organization has no card: its name has to be written."""
        return way is not Applying.ORGANIZATION or not self.work.typing.impossible

    def handle(self, event: Event) -> Next:
        """What was filled in stays; whose it is, is asked anew, and who it is agrees and signs."""
        match event:
            case ActionPressed("self" | "agent" | "organization" as name):
                draft, way = ensure_draft(self.work), Applying(name)
                if draft.applying is not way:
                    draft.applying, draft.authority = way, None
                    draft.belong_to(None)
                elif way is Applying.AGENT:
                    draft.belong_to(None)
                return Forward()
        return Ignore()


class AuthorityStep(Step):
    """您以什么身份代办？"""

    @classmethod
    def needed(cls, workplace: Workplace) -> bool:
        """If somebody acts for another."""
        return ensure_draft(workplace).applying is not Applying.SELF

    def view(self, chrome: Chrome) -> ViewData:
        """Two ways each, and that its paper can follow."""
        t = self.t
        draft = ensure_draft(self.work)
        unit = draft.applying is Applying.ORGANIZATION
        words = {
            Authority.POWER_OF_ATTORNEY: (
                t("单位委托我办") if unit else t("本人委托我办"),
                "file-document-outline",
                t("有盖单位章的授权委托书") if unit else t("有本人签名的授权委托书"),
            ),
            Authority.GUARDIAN: (t("我是监护人"), "human-greeting-variant", t("有监护关系证明\n比如户口簿、出生证明")),
            Authority.REPRESENTATIVE: (t("我是负责人"), "badge-account-horizontal-outline", t("法定代表人或负责人\n有身份证明")),
        }
        return WaysView(
            chrome=chrome,
            title=t("您以什么身份来办？") if unit else t("您以什么身份代办？"),
            spoken=t("是单位委托您办，还是您是负责人？") if unit else t("是本人委托您办，还是您是监护人？"),
            ways=tuple(
                Button(
                    f"authority_{authority.value}",
                    words[authority][0],
                    ActionPressed(authority.value),
                    words[authority][1],
                    words[authority][2],
                    selected=authority is draft.authority,
                )
                for authority in authorities(ORGANIZATION if unit else "")
            ),
            notice=Panel(Tone.INFO, t("证明后面会拍；没有带，也可以先提交。")),
        )

    def handle(self, event: Event) -> Next:
        """The paper that is captured for it is another one then."""
        draft = ensure_draft(self.work)
        match event:
            case ActionPressed("power_of_attorney" | "guardian" | "representative" as name):
                chosen = Authority(name)
                if chosen is not draft.authority:
                    draft.authority = chosen
                    draft.pages.pop(AUTHORITY_PAPER, None)
                    draft.missing.discard(AUTHORITY_PAPER)
                return onward(draft, check_page())
            case BackPressed():
                return backward(draft, check_page())
        return Ignore()
