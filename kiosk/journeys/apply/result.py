"""How the applicant gets the result, and how they are told: both have an answer already, so that nobody has to give one."""

from __future__ import annotations

from kiosk.journeys.apply.draft import applicant_card, ensure_draft, for_another
from kiosk.journeys.apply.route import check_page
from kiosk.journeys.filling import FormPages
from kiosk.journeys.step import Step, Workplace
from kiosk.session import Sheet
from kiosk.wire.filing import Delivery, PostTo, Tell
from kiosk.wire.forms import CardSource, Choice, FieldKind, FormField, phone_is_valid

#: Codes of the sheet's fields.
DELIVERY, TELL, PHONE, RECIPIENT, ADDRESS = "delivery", "tell", "phone", "recipient", "post_address"


def delivery_of(sheet: Sheet) -> Delivery:
    """As chosen; at the window where nothing was."""
    return Delivery(sheet.values.get(DELIVERY) or Delivery.WINDOW)


def tell_of(sheet: Sheet) -> Tell:
    """As chosen; by coming where nothing was: nobody needs a phone."""
    return Tell(sheet.values.get(TELL) or Tell.VISIT)


def told_at(sheet: Sheet) -> str:
    """The phone that was given for that; empty: none was, or it is not wanted any more."""
    wanted = tell_of(sheet) is Tell.PHONE or delivery_of(sheet) is Delivery.POST
    return sheet.values.get(PHONE, "").strip() if wanted else ""


def post_to(sheet: Sheet) -> PostTo | None:
    """Where to, if it is to be posted and all of that is known."""
    if delivery_of(sheet) is not Delivery.POST:
        return None
    recipient, phone, address = (sheet.values.get(code, "").strip() for code in (RECIPIENT, PHONE, ADDRESS))
    known = recipient and address and phone_is_valid(phone)
    return PostTo(recipient=recipient, phone=phone, address=address) if known else None


def offer_what_is_known(work: Workplace) -> None:
    """What the citizen said already, and what is done if they say nothing. What stands there stays."""
    draft, own, card = ensure_draft(work), work.session.card, applicant_card(work)
    fields = draft.item.fields
    phone = next((draft.values.get(field.code, "") for field in fields if field.kind is FieldKind.PHONE), "")
    # Where the applicant lives now, if the form asks for it; what else it asks the address of is not theirs.
    home = next((draft.values.get(field.code, "") for field in fields if field.default_from_card is CardSource.ADDRESS), "")
    receives = own if for_another(work) else card
    for code, known in (
        (DELIVERY, Delivery.WINDOW.value),
        (TELL, Tell.VISIT.value),
        # The phone of the form is the applicant's; who acts for them is called, and has one of their own.
        (PHONE, "" if for_another(work) else phone),
        (RECIPIENT, receives.name if receives else ""),
        (ADDRESS, home or (card.address if card else "")),
    ):
        key = f"result.{code}"
        if draft.result.values.get(code, "") == draft.offered.get(key, ""):
            draft.result.values[code] = known
        draft.offered[key] = known


class ResultStep(FormPages):
    """办好以后怎么给您？"""

    def enter(self) -> None:
        """With what is known of it."""
        offer_what_is_known(self.work)
        super().enter()

    @property
    def sheet(self) -> Sheet:
        """Of its own, beside the item's form."""
        return ensure_draft(self.work).result

    @property
    def _posts(self) -> bool:
        return bool(self.work.catalogue and self.work.catalogue.posts_results)

    @property
    def fields(self) -> tuple[FormField, ...]:
        """Only what follows from what was chosen. Nothing is promised that the center does not do."""
        t = self.t
        by_post = self._posts and delivery_of(self.sheet) is Delivery.POST
        fields = [self._tell()]
        if self._posts:
            fields.insert(0, self._delivery())
        if by_post or tell_of(self.sheet) is Tell.PHONE or for_another(self.work):
            fields.append(
                FormField(
                    code=PHONE,
                    label=t("您的电话"),
                    question=t("请问您的联系电话？"),
                    kind=FieldKind.PHONE,
                    required=by_post or tell_of(self.sheet) is Tell.PHONE,
                    hint=t("快递员打这个电话") if by_post else t("手机号码，或带区号的固定电话"),
                    max_length=13,
                )
            )
        if by_post:
            fields += [
                FormField(code=RECIPIENT, label=t("收件人"), question=t("寄给谁？"), kind=FieldKind.NAME),
                FormField(
                    code=ADDRESS,
                    label=t("寄到哪里"),
                    question=t("寄到哪里？"),
                    kind=FieldKind.ADDRESS,
                    hint=t("写到门牌号"),
                    max_length=120,
                ),
            ]
        return tuple(fields)

    def _delivery(self) -> FormField:
        t = self.t
        return FormField(
            code=DELIVERY,
            label=t("怎么领结果"),
            kind=FieldKind.CHOICE,
            choices=(
                Choice(code=Delivery.WINDOW.value, label=t("到窗口领取")),
                Choice(code=Delivery.POST.value, label=t("邮寄（EMS）")),
            ),
        )

    def _tell(self) -> FormField:
        t = self.t
        return FormField(
            code=TELL,
            label=t("怎么告诉您"),
            kind=FieldKind.CHOICE,
            choices=(
                Choice(code=Tell.VISIT.value, label=t("我自己来查")),
                Choice(code=Tell.PHONE.value, label=t("打电话告诉我")),
            ),
        )

    def heading(self) -> tuple[str, str]:
        """One question; that it has an answer already is said below."""
        t = self.t
        title = t("办好以后怎么给您？") if self._posts else t("办好以后怎么告诉您？")
        return title, t("这样就行的话，请按下一步")

    def leaving(self) -> tuple[str, str]:
        """What is posted has an address; who cannot write it fetches it at the window."""
        return "", ""

    def check_page(self) -> type[Step]:
        """Everything on one page."""
        return check_page()
