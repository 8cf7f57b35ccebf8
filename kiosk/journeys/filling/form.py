"""Pages of a form: fields as they are declared, what is known already filled in, every fault at once. What the form is for is its journey's."""

from __future__ import annotations

from dataclasses import replace

from kiosk.events import (
    ActionPressed,
    BackPressed,
    ChoiceMade,
    Event,
    KeyPressed,
    PageTurned,
    PrimaryPressed,
    RowChosen,
    Tick,
    TouchEvent,
    TypingTold,
)
from kiosk.journeys.filling.checked import CheckedForm
from kiosk.journeys.filling.fields import TAKES, beside_keyboard, field_row, form_pages, hidden, page_of
from kiosk.journeys.filling.leaving import LeftFields
from kiosk.journeys.filling.route import backward, onward
from kiosk.journeys.step import Ignore, Next, Stay, Workplace
from kiosk.journeys.writing import Writing
from kiosk.views import Button, Chrome, FieldRow, FormView, Panel, Tone, Typed, ViewData
from kiosk.wire.forms import FieldFault, FieldKind, FormField, check_field, typed_in_chinese

#: With the keyboard open: so many fields before the one that is typed into, and after it. The screen shows the nearest that it has room for.
_AROUND = 3


class FormPages(CheckedForm):
    """Base of every form. What is asked, and what for, its journey declares."""

    # ------------------------------------------------------------------ the pages

    def __init__(self, workplace: Workplace) -> None:
        super().__init__(workplace)
        self._page = 0
        self._focus = ""
        self._writing: Writing | None = None
        self._faults: dict[str, FieldFault] = {}
        self._told: dict[str, str] = {}
        #: A field with a page of its own, to be opened once what was written before is read.
        self._wanted: FormField | None = None
        self._left = LeftFields(self.sheet)

    def enter(self) -> None:
        """Coming back from the check page, show the field that was chosen there; else the page that was left."""
        draft = self.sheet
        wrong = self._look() if self.marks_at_once() else ""
        first = draft.edit_field or wrong
        self._page = page_of(self.fields, first) if first else min(draft.page, len(form_pages(self.fields)) - 1)
        draft.edit_field, draft.form_seen = "", True
        if any(typed_in_chinese(field) and not self.locked(field) for field in self.fields):
            self.work.typing.open(self.session.number)

    def leave(self) -> None:
        """What was being written is kept, wherever the citizen goes."""
        self._leave_field()
        self._left.drop()
        self.sheet.page = self._page

    # ------------------------------------------------------------------ showing

    def view(self, chrome: Chrome) -> ViewData:
        """A page of fields; or the one being typed into with its neighbors, and its keyboard."""
        if self._writing is not None:
            return self._typing_view(chrome, self._writing)
        t = self.t
        pages = form_pages(self.fields)
        wrong = [field.label for field in self.fields if self._wrong(field)]
        notice = None
        if self._left.going_on:
            notice = Panel(Tone.INFO, t("正在认您写的字，请稍等"))
        elif wrong:
            notice = Panel(Tone.ATTENTION, t("有 {n} 处要改：{fields}", n=len(wrong), fields=self.work.texts.listed(wrong)))
        last = self._page + 1 == len(pages)
        title, subtitle = self.heading()
        return FormView(
            chrome=chrome,
            title=title,
            subtitle=subtitle,
            spoken=title,
            fields=tuple(self._row(field) for field in pages[self._page]),
            notice=notice,
            later=self._later_button() or self.aside(),
            previous=Button("previous", t("上一页"), PageTurned(-1), "chevron-left") if self._page else None,
            primary=Button(
                "primary", t("下一步") if last else t("下一页"), None if self._left.going_on else PrimaryPressed(), "arrow-right"
            ),
            page=t("第 {page} 页，共 {count} 页", page=self._page + 1, count=len(pages)) if len(pages) > 1 else "",
        )

    def _typing_view(self, chrome: Chrome, writing: Writing) -> FormView:
        t = self.t
        field = self._field(self._focus)
        place = self.fields.index(field)
        question = field.question or t("请填{field}", field=field.label)
        return FormView(
            chrome=chrome,
            title=question,
            subtitle=self.whose() or t("第 {n} 项，共 {count} 项", n=place + 1, count=len(self.fields)),
            spoken=question,
            fields=tuple(
                beside_keyboard(self.work.texts, self._row(each), self._typed(field, writing) if each.code == field.code else None)
                for each in self.fields[max(0, place - _AROUND) : place + _AROUND + 1]
            ),
            keyboard=writing.keyboard(t("下一项") if self._next_open() else t("填好了")),
        )

    def _typed(self, field: FormField, writing: Writing) -> Typed:
        typed = writing.typed()
        return replace(typed, text=hidden(typed.text)) if self.secret(field) else typed

    def _row(self, field: FormField) -> FieldRow:
        value = self.sheet.values.get(field.code, "")
        offered = self.offered(field)
        row = field_row(
            self.work.texts,
            field,
            value,
            locked=self.locked(field),
            later=self.leaving()[1]
            if field.code in self.sheet.later or (self.work.typing.impossible and field in self.left_open())
            else "",
            from_card=bool(offered) and value == offered,
            fault=FieldFault.TOO_LONG if self._left.too_long(field.code) else self._faults.get(field.code),
        )
        if self._left.reading(field.code):
            row = replace(row, hint=self.t("正在认刚才写的字"), error="", reading=True)
        elif field.code in self._told:
            row = replace(row, error=self._told[field.code])
        elif field.code in self.sheet.unread and not self._left.too_long(field.code):
            row = replace(row, error=self.t("还有字没写上，请点开看一看"))
        if self.secret(field):
            return replace(row, value=hidden(row.value))
        shown = self._left.shown(field.code)
        return row if shown is None else replace(row, value=shown)

    def _wrong(self, field: FormField) -> bool:
        return field.code in self._faults or field.code in self.sheet.unread or field.code in self._told

    def _later_button(self) -> Button | None:
        """For whoever cannot write it, and never in the way (R2.2)."""
        wanted, label = self.left_open(), self.leaving()[0]
        if label and wanted and (self.work.typing.impossible or any(self._wrong(field) for field in wanted)):
            return Button("later", label, ActionPressed("later"))
        return None

    # ------------------------------------------------------------------ fields

    def _field(self, code: str) -> FormField:
        return next(field for field in self.fields if field.code == code)

    def _next_open(self) -> FormField | None:
        """The next field after the one that is typed into that still wants something."""
        rest = self.fields[self.fields.index(self._field(self._focus)) + 1 :]
        values = self.sheet.values
        return next((f for f in rest if not self.locked(f) and (not values.get(f.code) or self._wrong(f))), None)

    # ------------------------------------------------------------------ events

    def handle(self, event: Event) -> Next:
        """Type, choose, turn pages, go on."""
        if isinstance(event, TouchEvent):
            self._left.stay()
            self._wanted = None
        match event:
            case TypingTold():
                self._hear(event)
                return self._arrived() if self._left.arrived() else Stay()
            case Tick(_, monotonic):
                return self._arrived() if self._left.arrived(monotonic) else Ignore()
            case RowChosen(code) if self._field(code).kind is FieldKind.GROUP:
                return self._open(self._field(code))
            case RowChosen(code):
                self._go_to(self._field(code))
            case ChoiceMade(code, choice):
                self.sheet.values[code] = choice
                self._told.pop(code, None)
                if code in self._faults:
                    self._check(self._field(code))
            case KeyPressed("done") | PrimaryPressed() if self._writing:
                following = self._next_open()
                self._leave_field()
                if following is not None:
                    self._go_to(following)
            case BackPressed() if self._writing:
                self._leave_field()
            case BackPressed() if self.sheet.checked and self._left.wait():
                pass  # from the check page it can be filed
            case BackPressed():
                return backward(self.sheet, self.check_page())
            case PageTurned(by):
                self._leave_field()
                self._page = min(max(0, self._page + by), len(form_pages(self.fields)) - 1)
            case ActionPressed("later"):
                return self._leave_to_window()
            case PrimaryPressed():
                return self._go_on()
            case _ if self._writing is not None and self._writing.handle(event):
                self._kept(self._writing.text)
            case _:
                return Ignore()
        return Stay()

    def _hear(self, told: TypingTold) -> None:
        for code in self._left.hear(told):
            if self.sheet.values.get(code):
                self._check(self._field(code))
        if self._writing is not None and self._writing.handle(told):
            self._kept(self._writing.text)

    def _go_to(self, field: FormField) -> None:
        """Open the keyboard for a field; a choice is made on its page, and rows are opened from there."""
        self._leave_field()
        self._page = page_of(self.fields, field.code)
        if field.kind in TAKES and not self.locked(field):
            self._focus = field.code
            self._writing = self._left.back(field.code) or self._new_writing(field)

    def _new_writing(self, field: FormField) -> Writing:
        written = self.sheet.values.get(field.code, "")
        return Writing(self.work.typing, self.work.texts, TAKES[field.kind], written, field.max_length)

    def _kept(self, text: str) -> None:
        """As it stands now. A fault that was told is answered by writing; a new one is told when the field is left."""
        if text != self.sheet.values.get(self._focus, ""):
            self.sheet.values[self._focus] = text
            self.sheet.later.discard(self._focus)
            self._faults.pop(self._focus, None)
            self._told.pop(self._focus, None)

    def _leave_field(self) -> None:
        if self._writing is None:
            return
        self._kept(self._writing.finish())
        field = self._field(self._focus)
        self._left.leave(field.code, self._writing)
        self._writing, self._focus = None, ""
        if self.sheet.values.get(field.code):
            self._check(field)

    def _check(self, field: FormField) -> None:
        fault = check_field(field, self.sheet.values.get(field.code, ""), self.work.clock.now().date())
        if fault:
            self._faults[field.code] = fault
        else:
            self._faults.pop(field.code, None)

    def _look(self) -> str:
        """Mark everything that is wrong. The code of the first; empty: nothing is."""
        self._faults = self.faults()
        self._told = self.told(self._faults)
        return next((field.code for field in self.fields if self._wrong(field)), "")

    def _leave_to_window(self) -> Next:
        self._leave_open()
        return Stay() if self._faults or self.sheet.unread else self._go_on()

    def _leave_open(self) -> None:
        for field in self.left_open():
            self.sheet.later.add(field.code)
            self._left.back(field.code)
            self._faults.pop(field.code, None)

    def _open(self, field: FormField) -> Next:
        """A field with a page of its own, once what is being written is read."""
        self._leave_field()
        self._page = page_of(self.fields, field.code)
        self._wanted = field
        return Stay() if self._left.wait() else self._arrived()

    def _arrived(self) -> Next:
        """All that was written is read: where the citizen wanted to."""
        wanted, self._wanted = self._wanted, None
        return self._go_on_checked() if wanted is None else self.opened(wanted)

    def _go_on(self) -> Next:
        """The next page; from the last one on, if nothing is wrong on any."""
        if self._page + 1 < len(form_pages(self.fields)):
            self._page += 1
            return Stay()
        return Stay() if self._left.wait() else self._go_on_checked()

    def _go_on_checked(self) -> Next:
        self._left.stay()
        if self.work.typing.impossible and self.leaving()[0]:
            self._leave_open()  # what this machine cannot take is nobody's fault
        first = self._look()
        if not first:
            return onward(self.sheet, self.check_page())
        self._page = page_of(self.fields, first)
        return Stay()
