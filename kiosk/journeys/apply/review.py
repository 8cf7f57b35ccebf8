"""Everything on one page, each part to be changed from here; then submit."""

from __future__ import annotations

from kiosk.journeys.apply.cards import ApplicantCardStep, NoticeStep, OwnCardStep
from kiosk.journeys.apply.draft import (
    applicant_card,
    applicant_name,
    applicant_number,
    ensure_draft,
    fill_in,
    is_locked,
    papers_wanted,
    sex_text,
)
from kiosk.journeys.apply.filing import file_draft
from kiosk.journeys.apply.form import FormStep
from kiosk.journeys.apply.groups import group_opened
from kiosk.journeys.apply.materials import MaterialsStep
from kiosk.journeys.apply.party import PartyStep
from kiosk.journeys.apply.result import ADDRESS, RECIPIENT, ResultStep, delivery_of, offer_what_is_known, tell_of, told_at
from kiosk.journeys.apply.signing import SignStep, is_signed
from kiosk.journeys.apply.who import AuthorityStep
from kiosk.journeys.facts import fee_text, limit_text
from kiosk.journeys.filling import may_follow, must_be_brought, papers_there, value_text
from kiosk.journeys.handing import ReviewPage
from kiosk.journeys.step import GoTo, Next, Step
from kiosk.session import Applying, Draft, Sheet
from kiosk.views import Panel, ReviewRow, Tone
from kiosk.wire.filing import Authority, Delivery, Tell
from kiosk.wire.forms import FieldKind, FormField
from kiosk.wire.masking import mask_name, mask_number, mask_phone

#: So many rows leave no room for a second line of what it means.
_FULL = 7

#: What each row is changed on; a field by its code, on the form.
_PAGES: dict[str, type[Step]] = {
    "own": OwnCardStep,
    "applicant": ApplicantCardStep,
    "consent": NoticeStep,
    "party": PartyStep,
    "authority": AuthorityStep,
    "materials": MaterialsStep,
    "result": ResultStep,
    "told": ResultStep,
    "signature": SignStep,
}


class ReviewStep(ReviewPage):
    """请核对，没错就提交."""

    @property
    def _draft(self) -> Draft:
        return ensure_draft(self.work)

    def sheets(self) -> tuple[Sheet, ...]:
        """The application, each part of it."""
        draft = self._draft
        return draft, draft.party, draft.result

    def enter(self) -> None:
        """What follows from what was edited follows."""
        super().enter()
        fill_in(self.work)
        offer_what_is_known(self.work)

    def about(self) -> str:
        """The item."""
        return self._draft.item.task_name

    def meaning(self, shown: int) -> Panel:
        """When it is done, and what it costs, if there is room for that."""
        t, item = self.t, self._draft.item
        limit, fee = limit_text(self.work.texts, item), fee_text(self.work.texts, item)
        promise = t("受理后 {limit}内办结", limit=limit) if limit and item.promise.days else t("办理时限以窗口告知为准")
        return Panel(
            Tone.INFO,
            t("提交不等于受理；{promise}。", promise=promise),
            t("{fee}。随时可以来这里查进度。", fee=fee or t("收费情况以窗口告知为准")) if shown < _FULL else "",
        )

    # ------------------------------------------------------------------ the rows

    def rows(self) -> tuple[ReviewRow, ...]:
        """Who, what was filled in, papers, result, signature."""
        rows = [*self._who(), *self._fields()]
        if NoticeStep.needed(self.work):
            rows.append(self.row("consent", self.t("同意书"), self.t("还没有同意")))
        if MaterialsStep.needed(self.work):
            rows.append(self.row("materials", self.t("材料"), *self._materials()))
        draft = self._draft
        signed = is_signed(draft)
        when = self.work.texts.moment(draft.signed_at) if signed and draft.signed_at else ""
        return (
            *rows,
            *self._result(),
            self.row("signature", self.t("签名"), self.t("已签") if signed else self.t("还没有签"), when),
        )

    def _who(self) -> list[ReviewRow]:
        """Whose application it is, and who stands here for them."""
        t = self.t
        draft, card = self._draft, applicant_card(self.work)
        if draft.applying is Applying.ORGANIZATION:
            return [self.row("party", t("申请人"), applicant_name(self.work), mask_number(applicant_number(self.work))), self._agent()]
        if card is None:
            applicant = self.row("own" if draft.applying is Applying.SELF else "applicant", t("申请人"), t("证件还没有读"))
        else:
            about = [mask_name(card.name), sex_text(self.work.texts, card.sex)]
            if card.nation:
                about.append(t("{nation}族", nation=card.nation) if card.kind == "resident" and card.nation != "其他" else card.nation)
            applicant = ReviewRow(t("申请人"), t("，").join(about), mask_number(card.number), locked_note=t("证件读入"))
        return [applicant] if draft.applying is Applying.SELF else [applicant, self._agent()]

    def _agent(self) -> ReviewRow:
        """Who stands here, and upon what they act."""
        t = self.t
        draft, own = self._draft, self.session.card
        label = t("经办人") if draft.applying is Applying.ORGANIZATION else t("代办人")
        if own is None:
            return self.row("own", label, t("证件还没有读"))
        acts = {
            Authority.POWER_OF_ATTORNEY: t("{name}，受委托", name=mask_name(own.name)),
            Authority.GUARDIAN: t("{name}，监护人", name=mask_name(own.name)),
            Authority.REPRESENTATIVE: t("{name}，负责人", name=mask_name(own.name)),
            None: mask_name(own.name),
        }
        return self.row("authority", label, acts[draft.authority], mask_number(own.number))

    def _fields(self) -> list[ReviewRow]:
        t = self.t
        draft = ensure_draft(self.work)
        rows = []
        for field in draft.item.fields:
            if is_locked(self.work, field) or field.kind is FieldKind.ID_NUMBER or self._is_to_be_read(field):
                continue
            said = value_text(self.work.texts, field, draft.values.get(field.code, ""))
            said = said or (t("到窗口补填") if field.code in draft.later else t("没有填"))
            rows.append(self.row(f"field:{field.code}", field.label, said, button=field.code))
        return rows

    def _is_to_be_read(self, field: FormField) -> bool:
        """What a card says is not written while that card is not read."""
        read = applicant_card(self.work) is not None or self._draft.applying is Applying.ORGANIZATION
        return field.card is not None and not read

    def _materials(self) -> tuple[str, str]:
        t = self.t
        draft = ensure_draft(self.work)
        papers = papers_wanted(draft)
        there, missing, follow = papers_there(draft, papers), must_be_brought(draft, papers), may_follow(draft, papers)
        head = [t("{n} 样", n=len(there))]
        if missing:
            head.append(t("还缺 {missing} 样", missing=len(missing)))
        if follow:
            head.append(t("{n} 样后补", n=len(follow)))
        if not missing and not follow:
            head.append(t("已齐"))
        return t("，").join(head), self.work.texts.listed([t("{paper} {n} 页", paper=name, n=n) if n else name for name, n in there])

    def _result(self) -> tuple[ReviewRow, ReviewRow]:
        """Where to, and how the citizen hears of it."""
        t = self.t
        sheet = self._draft.result
        name, address = (sheet.values.get(code, "").strip() for code in (RECIPIENT, ADDRESS))
        posted = delivery_of(sheet) is Delivery.POST
        given = (t("邮寄给 {name}", name=mask_name(name)) if name else t("邮寄"), address) if posted else (t("到窗口领取"), "")
        told = t("打电话 {phone}", phone=mask_phone(told_at(sheet))) if tell_of(sheet) is Tell.PHONE else t("我自己来查")
        return self.row("result", t("怎么领"), *given), self.row("told", t("怎么告诉"), told)

    # ------------------------------------------------------------------ doing

    def wrong(self) -> tuple[str, ...]:
        """As the pages themselves look at it."""
        draft = self._draft
        form, result = FormStep(self.work), ResultStep(self.work).wrong()
        to_be_read = {field.code for field in form.fields if self._is_to_be_read(field)}
        wrong = {
            "own": OwnCardStep.needed(self.work),
            "applicant": ApplicantCardStep.needed(self.work),
            "consent": NoticeStep.needed(self.work),
            "party": PartyStep.needed(self.work) and bool(PartyStep(self.work).wrong()),
            "authority": AuthorityStep.needed(self.work) and draft.authority is None,
            **{f"field:{code}": code not in to_be_read for code in form.wrong()},
            "materials": MaterialsStep.needed(self.work) and MaterialsStep(self.work).wrong(),
            "result": bool(result) and delivery_of(draft.result) is Delivery.POST,
            "told": bool(result) and delivery_of(draft.result) is not Delivery.POST,
            "signature": not is_signed(draft),
        }
        return tuple(key for key, is_wrong in wrong.items() if is_wrong)

    def change(self, key: str) -> Next:
        """On the page where it was said."""
        if key in _PAGES:
            return GoTo(_PAGES[key])
        draft, code = self._draft, key.removeprefix("field:")
        if any(field.code == code and field.kind is FieldKind.GROUP for field in draft.item.fields):
            return group_opened(draft, code)
        draft.edit_field = code
        return GoTo(FormStep)

    def submit(self) -> None:
        """The application."""
        file_draft(self.work)
