"""Names and how to reach them; and the six digits of one's own, where no card opens the complaint (R6.1; domain.md, never forgotten no. 7)."""

from __future__ import annotations

from kiosk.journeys.complain.route import check_page
from kiosk.journeys.complain.sheet import ComplaintSheet, complaint_sheet
from kiosk.journeys.filling import FormPages
from kiosk.journeys.step import Step, Workplace
from kiosk.wire.complaints import WEAK_DIGITS, Capacity, PartyKind
from kiosk.wire.forms import Choice, FieldKind, FormField

#: So many digits open a complaint.
DIGITS = 6
#: A contact is at least so long on the wire: shorter is no address.
_SHORTEST_ADDRESS = 5


class _OfComplaint(FormPages):
    @property
    def sheet(self) -> ComplaintSheet:
        """The complaint."""
        return complaint_sheet(self.work)

    def check_page(self) -> type[Step]:
        """Everything on one page."""
        return check_page()

    def leaving(self) -> tuple[str, str]:
        """A complaint has a name, and digits that open it."""
        return "", ""


class PartyStep(_OfComplaint):
    """怎样联系您？ Who stands here first; then whom they act for."""

    def enter(self) -> None:
        """With what the card says, and what most are."""
        sheet, card = self.sheet, self.session.card
        if sheet.by_card and card is not None:
            sheet.values.setdefault("address", card.address)
        sheet.values.setdefault("party_kind", PartyKind.PERSON)
        super().enter()

    @property
    def fields(self) -> tuple[FormField, ...]:
        """What the card does not say."""
        sheet = self.sheet
        own = (*(() if sheet.by_card else (self._name("name", self.t("您的姓名")),)), *self._reach("", self.t("您的")))
        if sheet.capacity is Capacity.AGENT:
            return (*own, *self._principal())
        if sheet.capacity is Capacity.REPRESENTATIVE:
            t = self.t
            count = FormField(code="group_size", label=t("一共几个人"), question=t("一共几个人投诉？"), kind=FieldKind.NUMBER, max_length=4)
            return (*own, count)
        return own

    def _principal(self) -> tuple[FormField, ...]:
        t = self.t
        person = self.sheet.values.get("party_kind") == PartyKind.PERSON
        number, kind = (t("对方身份证号"), FieldKind.ID_NUMBER) if person else (t("信用代码"), FieldKind.CREDIT_CODE)
        return (
            FormField(
                code="party_kind",
                label=t("替谁投诉"),
                kind=FieldKind.CHOICE,
                choices=(
                    Choice(code=PartyKind.PERSON, label=t("个人")),
                    Choice(code=PartyKind.LEGAL_PERSON, label=t("企业、单位")),
                    Choice(code=PartyKind.ORGANIZATION, label=t("其他组织")),
                ),
            ),
            self._name("party_name", t("对方姓名或名称")),
            *self._reach("party_", t("对方")),
            FormField(code="party_number", label=number, kind=kind, required=False, hint=t("不知道可以不填")),
        )

    @staticmethod
    def _name(code: str, label: str) -> FormField:
        return FormField(code=code, label=label, kind=FieldKind.NAME)

    def _reach(self, prefix: str, whose: str) -> tuple[FormField, FormField]:
        t = self.t
        return (
            FormField(
                code=f"{prefix}phone",
                label=t("{whose}电话", whose=whose),
                kind=FieldKind.PHONE,
                required=False,
                hint=t("没有电话，就填地址"),
            ),
            FormField(
                code=f"{prefix}address",
                label=t("{whose}地址", whose=whose),
                kind=FieldKind.ADDRESS,
                required=False,
                hint=t("能收到信的地址；有电话可以不填"),
            ),
        )

    def heading(self) -> tuple[str, str]:
        """One of the two is enough."""
        return self.t("怎样联系您？"), self.t("电话和地址，填一样就行；没有手机也可以")

    def offered(self, field: FormField) -> str:
        """The card's address."""
        card = self.session.card
        return card.address if field.code == "address" and self.sheet.by_card and card else ""

    def refused(self) -> dict[str, str]:
        """Each can be reached, and a group is more than one."""
        t = self.t
        values = self.sheet.values
        codes = {field.code for field in self.fields}
        told = {}
        for prefix in ("", "party_"):
            phone, address = values.get(f"{prefix}phone", "").strip(), values.get(f"{prefix}address", "").strip()
            if f"{prefix}phone" not in codes or phone:
                continue
            if not address:
                told[f"{prefix}phone"] = t("电话和地址，请至少填一样")
            elif len(address) < _SHORTEST_ADDRESS:
                told[f"{prefix}address"] = t("地址太短了，请写到门牌或村组")
        count = values.get("group_size", "").strip()
        if "group_size" in codes and count.isdecimal() and int(count) < 2:
            told["group_size"] = t("代表几个人投诉，至少 2 人")
        return told


class DigitsStep(_OfComplaint):
    """请设六位数字: typed twice, shown never. Nobody can look them up."""

    @classmethod
    def needed(cls, workplace: Workplace) -> bool:
        """Where no card opens the complaint."""
        return complaint_sheet(workplace).by_card is False

    @property
    def fields(self) -> tuple[FormField, ...]:
        """Twice, for they are not shown."""
        t = self.t
        first, again = t("六位数字"), t("再输一次")
        return (
            FormField(
                code="digits",
                label=first,
                question=t("请设六位数字"),
                kind=FieldKind.NUMBER,
                hint=t("不要用生日、连号；屏幕上不显示"),
                max_length=DIGITS,
            ),
            FormField(code="digits_again", label=again, question=t("请再输一次"), kind=FieldKind.NUMBER, max_length=DIGITS),
        )

    def heading(self) -> tuple[str, str]:
        """What they are for, and that nobody else has them."""
        return self.t("请设六位数字"), self.t("以后凭回执和它看投诉；谁也查不出来，请记牢")

    def secret(self, field: FormField) -> bool:
        """Not over a shoulder."""
        return True

    def refused(self) -> dict[str, str]:
        """Six, the same twice, and none that anybody tries first: the center would not take them."""
        t = self.t
        digits, again = self.sheet.values.get("digits", ""), self.sheet.values.get("digits_again", "")
        if len(digits) != DIGITS:
            return {"digits": t("请输满六位数字")}
        if digits in WEAK_DIGITS:
            return {"digits": t("这组数字太容易被猜到，请换一组")}
        return {} if digits == again else {"digits_again": t("两次输的不一样，请再输一次")}
