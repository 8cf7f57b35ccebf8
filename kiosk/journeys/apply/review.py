"""Everything on one page, each part to be changed from here; then submit."""

from __future__ import annotations

from kiosk.events import Event, PageTurned, PrimaryPressed, RowChosen
from kiosk.i18n import noted
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
from kiosk.journeys.apply.result import ResultStep, offer_what_is_known, post_to, tell_of, told_at
from kiosk.journeys.apply.signing import SignStep
from kiosk.journeys.apply.who import AuthorityStep
from kiosk.journeys.facts import fee_text, limit_text
from kiosk.journeys.filling import may_follow, must_be_brought, papers_there, value_text
from kiosk.journeys.handing import CheckPage
from kiosk.journeys.step import GoTo, Ignore, Next, Stay, Step, Workplace, pages_of
from kiosk.session import Applying
from kiosk.views import Button, Chrome, Panel, ReviewRow, ReviewView, Tone, ViewData
from kiosk.wire.filing import Authority, Tell
from kiosk.wire.forms import FieldKind
from kiosk.wire.masking import mask_name, mask_number, mask_phone

_ROWS = 7

#: What each row is changed on; a field by its code, on the form.
_PAGES: dict[str, type[Step]] = {
    "party": PartyStep,
    "authority": AuthorityStep,
    "materials": MaterialsStep,
    "result": ResultStep,
    "told": ResultStep,
    "signature": SignStep,
}


class ReviewStep(CheckPage):
    """请核对，没错就提交."""

    label = noted("核对")

    def __init__(self, workplace: Workplace) -> None:
        super().__init__(workplace)
        self._page = 0

    def enter(self) -> None:
        """From here on, what is edited returns here; what follows from it follows."""
        draft = ensure_draft(self.work)
        draft.checked = draft.party.checked = draft.result.checked = True
        fill_in(self.work)
        offer_what_is_known(self.work)

    def view(self, chrome: Chrome) -> ViewData:
        """All rows, seven a page: more than an item usually has."""
        t = self.t
        draft = ensure_draft(self.work)
        shown, page, count = pages_of(self._rows(), self._page, _ROWS)
        limit = limit_text(self.work.texts, draft.item)
        fee = fee_text(self.work.texts, draft.item)
        promise = t("受理后 {limit}内办结", limit=limit) if limit and draft.item.promise.days else t("办理时限以窗口告知为准")
        info = Panel(
            Tone.INFO,
            t("提交不等于受理；{promise}。", promise=promise),
            t("{fee}。随时可以来这里查进度。", fee=fee or t("收费情况以窗口告知为准")) if len(shown) < _ROWS else "",
        )
        return ReviewView(
            chrome=chrome,
            title=t("请核对，没错就提交"),
            subtitle=draft.item.task_name,
            spoken=t("请核对，没错就提交。"),
            rows=shown,
            info=self.trouble() or info,
            primary=Button("primary", t("确认提交"), PrimaryPressed(), "check-bold")
            if page + 1 == count
            else Button("primary", t("看下一页"), PageTurned(1), "arrow-right"),
            previous=Button("previous", t("上一页"), PageTurned(-1), "chevron-left") if page else None,
            page=t("第 {page} 页，共 {count} 页", page=page + 1, count=count) if count > 1 else "",
        )

    # ------------------------------------------------------------------ the rows

    def _rows(self) -> tuple[ReviewRow, ...]:
        rows = [*self._who(), *self._fields()]
        if MaterialsStep.needed(self.work):
            rows.append(self._row("materials", self.t("材料"), *self._materials()))
        draft = ensure_draft(self.work)
        signed = self.work.texts.moment(draft.signed_at) if draft.signed_at else ""
        return (
            *rows,
            *self._result(),
            self._row("signature", self.t("签名"), self.t("已签"), signed),
        )

    def _row(self, key: str, label: str, value: str, detail: str = "") -> ReviewRow:
        return ReviewRow(label, value, detail, Button(f"edit_{key}", self.t("修改"), RowChosen(key)))

    def _who(self) -> list[ReviewRow]:
        """Whose application it is, and who stands here for them."""
        t = self.t
        draft, card, own = ensure_draft(self.work), applicant_card(self.work), self.session.card
        if card is None:
            rows = [self._row("party", t("申请人"), applicant_name(self.work), mask_number(applicant_number(self.work)))]
        else:
            about = [mask_name(card.name), sex_text(self.work.texts, card.sex)]
            if card.nation:
                about.append(t("{nation}族", nation=card.nation) if card.kind == "resident" and card.nation != "其他" else card.nation)
            rows = [ReviewRow(t("申请人"), t("，").join(about), mask_number(card.number), locked_note=t("证件读入"))]
        if own is not None and draft.authority is not None:
            label = t("经办人") if draft.applying is Applying.ORGANIZATION else t("代办人")
            acts = {
                Authority.POWER_OF_ATTORNEY: t("{name}，受委托", name=mask_name(own.name)),
                Authority.GUARDIAN: t("{name}，监护人", name=mask_name(own.name)),
                Authority.REPRESENTATIVE: t("{name}，负责人", name=mask_name(own.name)),
            }
            rows.append(self._row("authority", label, acts[draft.authority], mask_number(own.number)))
        return rows

    def _fields(self) -> list[ReviewRow]:
        t = self.t
        draft = ensure_draft(self.work)
        rows = []
        for field in draft.item.fields:
            if is_locked(self.work, field) or field.kind is FieldKind.ID_NUMBER:
                continue
            said = value_text(self.work.texts, field, draft.values.get(field.code, ""))
            said = said or (t("到窗口补填") if field.code in draft.later else t("没有填"))
            rows.append(ReviewRow(field.label, said, edit=Button(f"edit_{field.code}", t("修改"), RowChosen(f"field:{field.code}"))))
        return rows

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
        sheet = ensure_draft(self.work).result
        to = post_to(sheet)
        given = (t("邮寄给 {name}", name=mask_name(to.recipient)), to.address) if to else (t("到窗口领取"), "")
        told = t("打电话 {phone}", phone=mask_phone(told_at(sheet))) if tell_of(sheet) is Tell.PHONE else t("我自己来查")
        return self._row("result", t("怎么领"), *given), self._row("told", t("怎么告诉"), told)

    # ------------------------------------------------------------------ doing

    def handle(self, event: Event) -> Next:
        """Change something, or submit: kept safe before anything is sent."""
        match event:
            case RowChosen(key) if key in _PAGES:
                return GoTo(_PAGES[key])
            case RowChosen(key):
                return self._edit(key.removeprefix("field:"))
            case PageTurned(by):
                _, self._page, _ = pages_of(self._rows(), self._page + by, _ROWS)
            case PrimaryPressed():
                return self.hand_in()
            case _:
                return Ignore()
        return Stay()

    def _edit(self, code: str) -> Next:
        draft = ensure_draft(self.work)
        if any(field.code == code and field.kind is FieldKind.GROUP for field in draft.item.fields):
            return group_opened(draft, code)
        draft.edit_field = code
        return GoTo(FormStep)

    def submit(self) -> None:
        """The application."""
        file_draft(self.work)
