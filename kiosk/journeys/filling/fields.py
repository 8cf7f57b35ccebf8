"""Fields of a form as they are shown: in pages that fit, with their hints and faults, and what each is typed with."""

from __future__ import annotations

from kiosk.events import ChoiceMade, RowChosen
from kiosk.i18n import Texts
from kiosk.journeys.writing import Takes
from kiosk.views import Button, FieldRow, Typed
from kiosk.wire.forms import FieldFault, FieldKind, FormField
from kiosk.wire.groups import group_rows
from kiosk.wire.masking import mask_number, mask_phone

#: How high a page of fields is, in fields of one line; a row of two choices counts 0.6 (design.md: field 144, choice 120).
_PAGE_HEIGHT = 4.0
_CHOICE_ROW = 0.6
_LOCKED_HEIGHT = 0.8
_LONG_HEIGHT = 2.0
#: A text that may be longer has a box of several lines.
_LONG = 60

#: What is typed for each kind. A choice is not typed.
TAKES = {
    FieldKind.NAME: Takes.NAME,
    FieldKind.ID_NUMBER: Takes.ID_NUMBER,
    FieldKind.PHONE: Takes.NUMBER,
    FieldKind.ADDRESS: Takes.ADDRESS,
    FieldKind.AMOUNT: Takes.AMOUNT,
    FieldKind.NUMBER: Takes.NUMBER,
    FieldKind.DATE: Takes.DATE,
    FieldKind.TEXT: Takes.TEXT,
    FieldKind.CREDIT_CODE: Takes.CREDIT_CODE,
    FieldKind.ENGLISH: Takes.ENGLISH,
}


def fault_text(texts: Texts, field: FormField, fault: FieldFault) -> str:
    """What is wrong with a value and how to mend it."""
    t = texts.t
    if field.kind is FieldKind.GROUP and fault is not FieldFault.TOO_LONG:
        return _group_fault_text(texts, field, fault)
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
        FieldFault.ENGLISH_INVALID: t("请只填英文字母、数字和标点"),
    }[fault]


def _group_fault_text(texts: Texts, field: FormField, fault: FieldFault) -> str:
    t, one = texts.t, counted(texts, field)
    if fault is FieldFault.TOO_MANY_ROWS:
        return t("最多 {n} {one}，请点开看一看", n=field.max_rows, one=one)
    if fault is FieldFault.GROUP_INCOMPLETE:
        return t("有一{one}没填完，请点开看一看", one=one)
    return t("至少要填 {n} {one}，请点开添加", n=max(field.min_rows, 1), one=one)


def counted(texts: Texts, group: FormField) -> str:
    """What rows of a group are counted as: persons have names."""
    return texts.t("位") if any(field.kind is FieldKind.NAME for field in group.fields) else texts.t("项")


def value_text(texts: Texts, field: FormField, value: str) -> str:
    """A value as it is shown: choices by their label, numbers of persons masked. What is being typed is shown as it is."""
    if field.kind is FieldKind.CHOICE:
        return next((choice.label for choice in field.choices if choice.code == value), "")
    if field.kind is FieldKind.GROUP:
        rows = group_rows(value)
        return texts.t("已填 {n} {one}", n=len(rows), one=counted(texts, field)) if rows else ""
    if field.kind is FieldKind.ID_NUMBER:
        return mask_number(value)
    if field.kind is FieldKind.PHONE:
        return mask_phone(value)
    return value


def hidden(text: str) -> str:
    """A text that nobody is to read over a shoulder: as long as it is."""
    return "●" * len(text)


def is_long(field: FormField) -> bool:
    """Whether what it takes fills several lines."""
    return field.kind is FieldKind.TEXT and field.max_length > _LONG


def _height(field: FormField) -> float:
    if field.choices:
        return 0.4 + _CHOICE_ROW * -(-len(field.choices) // 2)
    return _LOCKED_HEIGHT if field.card else _LONG_HEIGHT if is_long(field) else 1.0


def form_pages(fields: tuple[FormField, ...]) -> tuple[tuple[FormField, ...], ...]:
    """Fields in pages that fit the screen without scrolling."""
    pages: list[list[FormField]] = [[]]
    room = _PAGE_HEIGHT
    for field in fields:
        height = _height(field)
        if pages[-1] and height > room + 1e-9:
            pages.append([])
            room = _PAGE_HEIGHT
        pages[-1].append(field)
        room -= height
    return tuple(tuple(page) for page in pages)


def page_of(fields: tuple[FormField, ...], code: str) -> int:
    """The page on which a field is."""
    return next(index for index, page in enumerate(form_pages(fields)) if any(field.code == code for field in page))


def field_row(
    texts: Texts, field: FormField, value: str, *, locked: bool, later: str, from_card: bool, fault: FieldFault | None
) -> FieldRow:
    """A field on its page. `later`: what stands there, as it was left open; `from_card`: offered from the card, and as it offered it."""
    t = texts.t
    hint = field.hint
    if locked:
        hint = t("身份证读入")
    elif later:
        hint = later
    elif from_card:
        hint = hint or t("从身份证读入，不一样可以改")
    elif field.kind is FieldKind.DATE and not hint:
        hint = t("按年月日填8位数字，如 19560301")
    elif field.kind is FieldKind.GROUP and not hint:
        one = counted(texts, field)
        hint = t("点开，一{one}一{one}地添加", one=one) if field.required and field.min_rows else t("点开添加，没有就不用填")
    return FieldRow(
        code=field.code,
        label=field.label if field.required else t("{label}（可不填）", label=field.label),
        value=value_text(texts, field, value),
        hint=hint,
        error=fault_text(texts, field, fault) if fault else "",
        locked=locked,
        long=is_long(field),
        choices=tuple(
            Button(f"choice_{field.code}_{choice.code}", choice.label, ChoiceMade(field.code, choice.code), selected=choice.code == value)
            for choice in field.choices
        ),
        button=None if locked or field.choices else Button(f"field_{field.code}", field.label, RowChosen(field.code)),
    )


def beside_keyboard(texts: Texts, row: FieldRow, typed: Typed | None) -> FieldRow:
    """The same field while the keyboard is open: the one that is typed into, or one to go to by a touch."""
    if typed is not None:
        return FieldRow(row.code, row.label, typed.text, row.hint, row.error, focused=True, typed=typed, long=row.long, button=row.button)
    open_hint = texts.t("还没有选") if row.choices else texts.t("还没有填")
    button = None if row.locked else Button(f"field_{row.code}", row.label, RowChosen(row.code))
    return FieldRow(
        row.code, row.label, row.value, "" if row.value else open_hint, row.error, row.locked, button=button, reading=row.reading
    )
