"""Everything on one page, each part to be changed from here; then submit."""

from __future__ import annotations

from kiosk.errors import OneSealError
from kiosk.events import Event, PageTurned, PrimaryPressed, RowChosen
from kiosk.i18n import noted
from kiosk.journeys.apply.draft import ensure_draft, is_locked, sex_text
from kiosk.journeys.apply.filing import file_draft
from kiosk.journeys.apply.form import FormStep
from kiosk.journeys.apply.materials import MaterialsStep
from kiosk.journeys.apply.signing import SignStep
from kiosk.journeys.facts import fee_text, limit_text
from kiosk.journeys.filling import missing_materials, papers_there, value_text
from kiosk.journeys.step import Forward, GoTo, Ignore, Next, Stay, Step, Workplace, pages_of
from kiosk.views import Button, Chrome, Panel, ReviewRow, ReviewView, Tone, ViewData
from kiosk.wire.forms import FieldKind
from kiosk.wire.masking import mask_number

_ROWS = 7


class ReviewStep(Step):
    """请核对，没错就提交."""

    label = noted("核对")

    def __init__(self, workplace: Workplace) -> None:
        super().__init__(workplace)
        self._page = 0
        self._trouble = ""

    def enter(self) -> None:
        """From here on, what is edited returns here."""
        ensure_draft(self.work).checked = True

    def view(self, chrome: Chrome) -> ViewData:
        """All rows, seven a page: more than an item usually has."""
        t = self.t
        draft = ensure_draft(self.work)
        rows = self._rows()
        shown, page, count = pages_of(rows, self._page, _ROWS)
        last = page + 1 == count
        limit = limit_text(self.work.texts, draft.item)
        fee = fee_text(self.work.texts, draft.item)
        promise = t("受理后 {limit}内办结", limit=limit) if limit and draft.item.promise.days else t("办理时限以窗口告知为准")
        info = Panel(
            Tone.INFO,
            t("提交不等于受理；{promise}。", promise=promise),
            t("{fee}。随时可以来这里查进度。", fee=fee or t("收费情况以窗口告知为准")) if len(shown) < _ROWS else "",
        )
        if self._trouble:
            info = Panel(Tone.ATTENTION, self._trouble, t("您填写的内容都还在，可以再按一次提交。"))
        return ReviewView(
            chrome=chrome,
            title=t("请核对，没错就提交"),
            subtitle=draft.item.task_name,
            spoken=t("请核对，没错就提交。"),
            rows=shown,
            info=info,
            primary=Button("primary", t("确认提交"), PrimaryPressed(), "check-bold")
            if last
            else Button("primary", t("看下一页"), PageTurned(1), "arrow-right"),
            previous=Button("previous", t("上一页"), PageTurned(-1), "chevron-left") if page else None,
            page=t("第 {page} 页，共 {count} 页", page=page + 1, count=count) if count > 1 else "",
        )

    def _rows(self) -> tuple[ReviewRow, ...]:
        t = self.t
        texts = self.work.texts
        draft = ensure_draft(self.work)
        card = self.session.card
        assert card is not None
        about = [card.name, sex_text(texts, card.sex)]
        if card.nation:
            about.append(t("{nation}族", nation=card.nation) if card.kind == "resident" and card.nation != "其他" else card.nation)
        rows = [ReviewRow(t("申请人"), t("，").join(about), mask_number(card.number), locked_note=t("证件读入"))]
        for field in draft.item.fields:
            value = draft.values.get(field.code, "")
            if is_locked(field, card) or field.kind is FieldKind.ID_NUMBER:
                continue
            said = value_text(field, value) or (t("到窗口补填") if field.code in draft.later else t("没有填"))
            rows.append(ReviewRow(field.label, said, edit=Button(f"edit_{field.code}", t("修改"), RowChosen(f"field:{field.code}"))))
        if MaterialsStep.needed(self.work):
            there = papers_there(draft, draft.item.materials)
            missing = missing_materials(draft, draft.item.materials)
            names = texts.listed([t("{paper} {n} 页", paper=name, n=n) if n else name for name, n in there])
            head = t("{n} 样，还缺 {missing} 样", n=len(there), missing=len(missing)) if missing else t("{n} 样，已齐", n=len(there))
            rows.append(ReviewRow(t("材料"), head, names, Button("edit_materials", t("修改"), RowChosen("materials"))))
        signed = texts.moment(draft.signed_at) if draft.signed_at else ""
        rows.append(ReviewRow(t("签名"), t("已签"), signed, Button("edit_signature", t("修改"), RowChosen("signature"))))
        return tuple(rows)

    def handle(self, event: Event) -> Next:
        """Change something, or submit: kept safe before anything is sent."""
        match event:
            case RowChosen("materials"):
                return GoTo(MaterialsStep)
            case RowChosen("signature"):
                return GoTo(SignStep)
            case RowChosen(key) if key.startswith("field:"):
                ensure_draft(self.work).edit_field = key.removeprefix("field:")
                return GoTo(FormStep)
            case PageTurned(by):
                _, self._page, _ = pages_of(self._rows(), self._page + by, _ROWS)
            case PrimaryPressed():
                try:
                    file_draft(self.work)
                except OneSealError as error:
                    self._trouble = error.message
                    self.work.record("outbox_failed", code=error.code)
                    return Stay()
                return Forward()
            case _:
                return Ignore()
        return Stay()
