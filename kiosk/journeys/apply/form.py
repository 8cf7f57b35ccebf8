"""The form: fields as the item declares them, what the card says filled in, every fault at once."""

from __future__ import annotations

from kiosk.events import BackPressed, ChoiceMade, Event, KeyPressed, PageTurned, PrimaryPressed, RowChosen
from kiosk.i18n import Texts, noted
from kiosk.journeys.apply.draft import ensure_draft, is_locked, value_text
from kiosk.journeys.apply.route import backward, onward
from kiosk.journeys.step import Ignore, Next, Stay, Step, Workplace
from kiosk.session import Draft
from kiosk.views import Button, Chrome, FieldRow, FormView, Keyboard, KeyboardKind, Panel, Tone, ViewData
from kiosk.wire.forms import TYPED_IN_CHINESE, FieldFault, FieldKind, FormField, check_field, check_form

#: How high a page of fields is, in fields of one line; a row of two choices counts 0.6 (design.md: field 144, choice 120).
_PAGE_HEIGHT = 4.0
_CHOICE_ROW = 0.6
_LOCKED_HEIGHT = 0.8

_KEYBOARDS = {
    FieldKind.ID_NUMBER: KeyboardKind.ID_NUMBER,
    FieldKind.PHONE: KeyboardKind.DIGITS,
    FieldKind.AMOUNT: KeyboardKind.AMOUNT,
    FieldKind.NUMBER: KeyboardKind.DIGITS,
    FieldKind.DATE: KeyboardKind.DATE,
    FieldKind.CREDIT_CODE: KeyboardKind.LETTERS,
}

#: YYYY-MM-DD: the keyboard has digits only, the dashes come by themselves.
_DATE_DASHES = (4, 7)
_DATE_LENGTH = 10


def fault_text(texts: Texts, field: FormField, fault: FieldFault) -> str:
    """What is wrong with a value and how to mend it."""
    t = texts.t
    if fault is FieldFault.MISSING:
        return t("请选一个") if field.kind is FieldKind.CHOICE else t("这一项还没有填")
    return {
        FieldFault.ID_NUMBER_INVALID: t("证件号码不对，请看清18位再填"),
        FieldFault.PHONE_INVALID: t("号码不对：手机11位，座机要带区号"),
        FieldFault.AMOUNT_INVALID: t("请填数字，最多两位小数"),
        FieldFault.NUMBER_INVALID: t("请只填数字"),
        FieldFault.DATE_INVALID: t("没有这一天，请按年月日填8位数字"),
        FieldFault.CHOICE_UNKNOWN: t("请选一个"),
        FieldFault.TOO_LONG: t("太长了，最多{n}个字", n=field.max_length),
        FieldFault.CREDIT_CODE_INVALID: t("统一社会信用代码不对，请看清18位再填"),
    }[fault]


def form_pages(fields: tuple[FormField, ...]) -> tuple[tuple[FormField, ...], ...]:
    """Fields in pages that fit the screen without scrolling."""
    pages: list[list[FormField]] = [[]]
    room = _PAGE_HEIGHT
    for field in fields:
        height = 0.4 + _CHOICE_ROW * -(-len(field.choices) // 2) if field.choices else _LOCKED_HEIGHT if field.card else 1.0
        if pages[-1] and height > room + 1e-9:
            pages.append([])
            room = _PAGE_HEIGHT
        pages[-1].append(field)
        room -= height
    return tuple(tuple(page) for page in pages)


class FormStep(Step):
    """请填写."""

    label = noted("填表")

    def __init__(self, workplace: Workplace) -> None:
        super().__init__(workplace)
        self._page = 0
        self._focus = ""
        self._faults: dict[str, FieldFault] = {}

    @property
    def _draft(self) -> Draft:
        return ensure_draft(self.work)

    def enter(self) -> None:
        """Begin the draft if there is none; coming back from the check page, show the field that was chosen there."""
        draft = self._draft
        pages = form_pages(draft.item.fields)
        if draft.edit_field:
            self._page = next(index for index, page in enumerate(pages) if any(field.code == draft.edit_field for field in page))
            draft.edit_field = ""
        elif draft.form_seen:
            self._page = len(pages) - 1
        draft.form_seen = True

    def view(self, chrome: Chrome) -> ViewData:
        """A page of fields; or the one being typed into, with its keyboard."""
        t = self.t
        pages = form_pages(self._draft.item.fields)
        focused = self._field(self._focus) if self._focus else None
        shown = (focused,) if focused else pages[self._page]
        wrong = [field.label for field in self._draft.item.fields if field.code in self._faults]
        notice = None
        if wrong:
            notice = Panel(Tone.ATTENTION, t("有 {n} 处要改：{fields}", n=len(wrong), fields=self.work.texts.listed(wrong)))
        last = self._page + 1 == len(pages)
        return FormView(
            chrome=chrome,
            title=(focused.question or t("请填{field}", field=focused.label)) if focused else t("请填写，没错就下一步"),
            subtitle=self._draft.item.task_name if focused else t("姓名和证件号已从身份证读入，不用再填"),
            spoken=(focused.question or focused.label) if focused else t("请填写。"),
            fields=tuple(self._row(field) for field in shown),
            keyboard=Keyboard(_KEYBOARDS.get(focused.kind, KeyboardKind.LETTERS), t("填好了")) if focused else None,
            notice=None if focused else notice,
            previous=None if focused or self._page == 0 else Button("previous", t("上一页"), PageTurned(-1), "chevron-left"),
            primary=Button("primary", t("下一步") if last else t("下一页"), PrimaryPressed(), "arrow-right"),
            page=t("第 {page} 页，共 {count} 页", page=self._page + 1, count=len(pages)) if len(pages) > 1 else "",
        )

    def _row(self, field: FormField) -> FieldRow:
        t = self.t
        value = self._draft.values.get(field.code, "")
        locked = is_locked(field, value)
        fault = self._faults.get(field.code)
        chinese = field.kind in TYPED_IN_CHINESE
        hint = field.hint
        if locked:
            hint = t("身份证读入")
        elif chinese:
            hint = t("先用身份证上的；要改，请在窗口说明") if value else t("这台机器还不能打汉字，请在窗口补填")
        elif field.kind is FieldKind.DATE and not hint:
            hint = t("按年月日填8位数字，如 19560301")
        editable = not locked and not chinese and field.kind is not FieldKind.CHOICE
        return FieldRow(
            code=field.code,
            label=field.label if field.required else t("{label}（可不填）", label=field.label),
            value=value if field.code == self._focus else value_text(field, value),
            hint=hint,
            error=fault_text(self.work.texts, field, fault) if fault else "",
            locked=locked or chinese,
            focused=field.code == self._focus,
            choices=tuple(
                Button(
                    f"choice_{field.code}_{choice.code}", choice.label, ChoiceMade(field.code, choice.code), selected=choice.code == value
                )
                for choice in field.choices
            ),
            button=Button(f"field_{field.code}", field.label, RowChosen(field.code)) if editable else None,
        )

    def _field(self, code: str) -> FormField | None:
        return next((field for field in self._draft.item.fields if field.code == code), None)

    def handle(self, event: Event) -> Next:
        """Type, choose, turn pages, go on."""
        match event:
            case RowChosen(code):
                self._focus = code
            case ChoiceMade(code, choice):
                self._draft.values[code] = choice
                self._recheck(code)
            case KeyPressed(key) if self._focus:
                self._press(key)
            case BackPressed() if self._focus:
                self._focus = ""
            case BackPressed():
                return backward(self.work)
            case PageTurned(by):
                self._page = max(0, self._page + by)
            case PrimaryPressed():
                return self._go_on()
            case _:
                return Ignore()
        return Stay()

    def _press(self, key: str) -> None:
        field = self._field(self._focus)
        assert field is not None
        value = self._draft.values.get(field.code, "")
        if key == "done":
            self._focus = ""
            if value:
                self._check(field)
            return
        if key == "clear":
            value = ""
        elif key == "backspace":
            value = value[:-1].rstrip("-")
        elif field.kind is FieldKind.DATE:
            value += ("-" if len(value) in _DATE_DASHES else "") + key if len(value) < _DATE_LENGTH else ""
        elif len(value) < field.max_length:
            value += key
        self._draft.values[field.code] = value
        self._faults.pop(field.code, None)

    def _check(self, field: FormField) -> None:
        fault = check_field(field, self._draft.values.get(field.code, ""), self.work.clock.now().date())
        if fault:
            self._faults[field.code] = fault
        else:
            self._faults.pop(field.code, None)

    def _recheck(self, code: str) -> None:
        if code in self._faults:
            field = self._field(code)
            assert field is not None
            self._check(field)

    def _go_on(self) -> Next:
        if self._focus:
            self._press("done")
            return Stay()
        pages = form_pages(self._draft.item.fields)
        if self._page + 1 < len(pages):
            self._page += 1
            return Stay()
        self._faults = check_form(self._draft.item.fields, self._draft.values, self.work.clock.now().date())
        if self._faults:
            first = next(code for code in (field.code for field in self._draft.item.fields) if code in self._faults)
            self._page = next(index for index, page in enumerate(pages) if any(field.code == first for field in page))
            return Stay()
        return onward(self.work)
