"""The cards of an application: whose it is, who stands here for them, and their agreement to what both cards say."""

from __future__ import annotations

from kiosk.events import ActionPressed, Event
from kiosk.journeys.apply.draft import applicant_card, consent_of, ensure_draft
from kiosk.journeys.identify import CONSENT_VERSION, CardWords, ConsentStep, IdentifyStep, take_card
from kiosk.journeys.message import TellStep
from kiosk.journeys.step import Forward, GoTo, Next, Open, Workplace
from kiosk.ports import IdCard
from kiosk.session import Applying
from kiosk.views import Button, Panel, Tone
from kiosk.wire.filing import Consent
from kiosk.wire.masking import mask_name, mask_number


class _CardOfTwo(IdentifyStep):
    """Base: one of the two cards that somebody needs who acts for another."""

    label = ""

    @property
    def others_card_lies(self) -> bool:
        """The other of the two, or that of who stands here, may still lie there."""
        known = self.session.card is not None or ensure_draft(self.work).card is not None
        return known and self.work.hub.card_present

    def no_card(self) -> Button:
        """For whoever has not both cards with them."""
        return Button("no_card", self.t("没有带两张证件"), ActionPressed("no_card"))

    def handle(self, event: Event) -> Next:
        """Without both cards it is the window's; nobody is sent away without a way."""
        if event != ActionPressed("no_card"):
            return super().handle(event)
        t = self.t
        hours = self.work.catalogue.window_hours if self.work.catalogue else ""
        return Open(
            TellStep(
                self.work,
                t("替别人办要两张证件"),
                (
                    t("申请人的和您自己的都要，复印件不行。"),
                    t("可以带齐了再来，这里白天晚上都能办。"),
                    t("带不齐，请在{hours}到人工窗口办。", hours=hours) if hours else t("带不齐，请到人工窗口办。"),
                ),
                Tone.INFO,
                "card-account-details-outline",
            )
        )


class ApplicantCardStep(_CardOfTwo):
    """请放申请人的身份证."""

    @classmethod
    def needed(cls, workplace: Workplace) -> bool:
        """If somebody acts for a person whose card was not read."""
        draft = ensure_draft(workplace)
        return draft.applying is Applying.AGENT and draft.card is None

    def waiting(self) -> CardWords:
        """Whose card is wanted first."""
        t = self.t
        known = self.session.card
        title = t("请换上申请人的身份证") if self.others_card_lies else t("请放申请人的身份证")
        own = Panel(Tone.INFO, t("您替谁办，就放谁的身份证。"), t("读好以后，再放您自己的。"))
        if known is not None:
            own = Panel(Tone.INFO, t("您替谁办，就放谁的身份证。"), t("您自己的（{name}）已经读过，不用再放。", name=mask_name(known.name)))
        return CardWords(
            title=title,
            subtitle=t("平放在读卡区，读好以前请不要拿开"),
            spoken=t("请放申请人的身份证，就是您替他办的那个人。"),
            notes=(own,),
            actions=(self.no_card(),),
        )

    def wrong(self, card: IdCard) -> CardWords | None:
        """Whoever stands here is no applicant of an agent; perhaps it is the applicant's card that was laid on before."""
        known = self.session.card
        if known is None or known.number != card.number:
            return None
        t = self.t
        return CardWords(
            title=t("这是刚才那张身份证"),
            subtitle=t("替别人办，请换上申请人的身份证"),
            spoken=t("这是刚才那张身份证，请换上申请人的。"),
            notes=(Panel(Tone.ATTENTION, t("如果刚才放的就是申请人的，请按下面的按钮。"), t("接着再放您自己的。")),),
            actions=(Button("primary", t("刚才的是申请人的"), ActionPressed("was_applicant"), "swap-horizontal"),),
        )

    def take(self, card: IdCard) -> Next:
        """Whose application it is."""
        ensure_draft(self.work).belong_to(card)
        return Forward()

    def handle(self, event: Event) -> Next:
        """The card that was read before was the applicant's: now the agent's is wanted."""
        if event == ActionPressed("was_applicant") and self.session.card is not None:
            self.session.hand_over(ensure_draft(self.work))
            return GoTo(OwnCardStep)
        return super().handle(event)


class OwnCardStep(_CardOfTwo):
    """请放身份证: of who stands here."""

    @classmethod
    def needed(cls, workplace: Workplace) -> bool:
        """Once a session: nothing is asked twice."""
        return workplace.session.card is None

    def waiting(self) -> CardWords:
        """Their own, for whomever they act."""
        t = self.t
        draft = ensure_draft(self.work)
        if draft.card is not None:
            return self._after_the_applicant_s(draft.card)
        words = super().waiting()
        if draft.applying is Applying.ORGANIZATION:
            return CardWords(
                title=t("请放您的身份证"),
                subtitle=words.subtitle,
                spoken=t("请放您自己的身份证，您是单位的经办人。"),
                notes=(Panel(Tone.INFO, t("放来办事的人的身份证。"), t("单位名称和信用代码接着填。")), words.notes[1]),
            )
        return words

    def _after_the_applicant_s(self, read: IdCard) -> CardWords:
        t = self.t
        return CardWords(
            title=t("请换上您自己的身份证"),
            subtitle=t("申请人 {name} 的已经读好", name=mask_name(read.name)),
            spoken=t("申请人的身份证读好了。请换上您自己的身份证。"),
            notes=(
                Panel(Tone.INFO, t("请拿开申请人的，放上您自己的。"), mask_number(read.number)),
                Panel(Tone.PLAIN, t("只读取办这件事要用的内容。"), t("离开以后，屏幕上什么都不留。")),
            ),
            actions=(Button("was_own", t("刚才那张是我的"), ActionPressed("was_own"), "swap-horizontal"), self.no_card()),
        )

    def wrong(self, card: IdCard) -> CardWords | None:
        """The same card twice is one person."""
        read = ensure_draft(self.work).card
        if read is None or read.number != card.number:
            return None
        t = self.t
        return CardWords(
            title=t("这还是申请人的身份证"),
            subtitle=t("请拿开这张，换上您自己的"),
            spoken=t("这还是申请人的身份证，请换上您自己的。"),
            notes=(Panel(Tone.ATTENTION, t("替别人办，要申请人的和您自己的，两张不一样的。"), t("给自己办的话，请按返回，选给自己办。")),),
            actions=(Button("was_own", t("这张是我的"), ActionPressed("was_own"), "swap-horizontal"), self.no_card()),
        )

    def handle(self, event: Event) -> Next:
        """The first card was the agent's own: the applicant's is wanted now."""
        draft = ensure_draft(self.work)
        if event == ActionPressed("was_own") and draft.card is not None:
            take_card(self.work, draft.card)
            draft.belong_to(None)
            return GoTo(ApplicantCardStep)
        return super().handle(event)


class NoticeStep(ConsentStep):
    """申报须知 and consent; for another, to the use of both cards."""

    @classmethod
    def needed(cls, workplace: Workplace) -> bool:
        """Once for each item, for what is to be known before is another; and once for each text that is agreed to."""
        return consent_of(workplace) is None or ensure_draft(workplace).item.code not in workplace.session.read

    def asks(self) -> bool:
        """Once for oneself, and once more for each whom somebody acts for: it is another text."""
        return consent_of(self.work) is None

    def persons(self) -> tuple[tuple[str, str], ...]:
        """Both, masked."""
        t = self.t
        own, card = self.session.card, applicant_card(self.work)
        applying = ensure_draft(self.work).applying
        if applying is Applying.SELF or own is None:
            return super().persons()
        handler = (t("经办人") if applying is Applying.ORGANIZATION else t("代办人"), f"{mask_name(own.name)} {mask_number(own.number)}")
        return ((t("申请人"), f"{mask_name(card.name)} {mask_number(card.number)}"), handler) if card else (handler,)

    def agreement(self) -> tuple[str, str]:
        """Of the one who stands here, for whom they act for."""
        t = self.t
        own, card = self.session.card, applicant_card(self.work)
        center = self.work.center_name
        match ensure_draft(self.work).applying:
            case Applying.AGENT if own and card:
                return (
                    t(
                        "为办理这件事，{center}要使用{applicant}和{agent}两张身份证上的内容，以及您填写和拍摄的内容；只用于办理和查询，依法保存。您确认受{applicant}委托，或是监护人。不同意也可以看指南，或到窗口办理。",
                        center=center,
                        applicant=mask_name(card.name),
                        agent=mask_name(own.name),
                    ),
                    f"{CONSENT_VERSION}-agent",
                )
            case Applying.ORGANIZATION:
                return (
                    t(
                        "为办理单位的这件事，{center}要使用您身份证上的姓名、证件号码，单位名称和信用代码，以及您填写和拍摄的内容；只用于办理和查询，依法保存。不同意也可以看指南，或到窗口办理。",
                        center=center,
                    ),
                    f"{CONSENT_VERSION}-unit",
                )
        return super().agreement()

    def agreed(self, consent: Consent) -> None:
        """The application keeps what was agreed to for it. To the use of their own card they agreed with any of these texts."""
        draft, session = ensure_draft(self.work), self.session
        draft.consent = consent
        if session.consent is None or draft.applying is Applying.SELF:
            session.consent = consent

    def refuse(self) -> None:
        """What was agreed to before stays; this application goes."""
        if self.session.consent is None:
            super().refuse()
        else:
            del self.session.drafts[ensure_draft(self.work).item.code]

    def handle(self, event: Event) -> Next:
        """What is to be known before was read."""
        code, following = ensure_draft(self.work).item.code, super().handle(event)
        if isinstance(following, Forward):
            self.session.read.add(code)
        return following
