"""The rows of a repeating group (家庭成员): all on one page, each with a form of its own; what is wrong in any of them is told at once."""

from __future__ import annotations

from kiosk.events import ActionPressed, BackPressed, Event, PageTurned, PrimaryPressed, RowChosen
from kiosk.i18n import Texts
from kiosk.journeys.apply.draft import ensure_draft, whose_answers
from kiosk.journeys.apply.route import check_page
from kiosk.journeys.filling import FormPages, counted, value_text
from kiosk.journeys.filling.route import backward
from kiosk.journeys.step import GoTo, Ignore, Next, Stay, Step, Workplace, pages_of
from kiosk.session import Draft, Sheet
from kiosk.views import Button, Chrome, Panel, ReviewRow, ReviewView, Tone, ViewData, WaysView
from kiosk.wire.forms import FieldKind, FormField, row_faults
from kiosk.wire.groups import group_value

_ROWS = 5


def open_group(draft: Draft) -> FormField:
    """The group whose rows are shown."""
    return next(field for field in draft.item.fields if field.code == draft.open_group)


def open_rows(draft: Draft) -> list[Sheet]:
    """Its rows, each a sheet of its own."""
    return draft.groups.setdefault(draft.open_group, [])


def keep_rows(draft: Draft) -> None:
    """The rows as the one value that the form has of them. One in which nothing was written is none."""
    draft.values[draft.open_group] = group_value([row.values for row in open_rows(draft) if _is_begun(row)])
    if draft.values[draft.open_group]:
        draft.later.discard(draft.open_group)


def _is_begun(row: Sheet) -> bool:
    return any(row.values.values()) or bool(row.unread)


def row_name(group: FormField, row: Sheet) -> str:
    """The name in a row; empty if it has none yet."""
    return next((row.values.get(field.code, "") for field in group.fields if field.kind is FieldKind.NAME), "")


def row_title(texts: Texts, group: FormField, rows: list[Sheet], index: int) -> str:
    """What a row is called: its name, or its place among them."""
    return row_name(group, rows[index]) or texts.t("第{n}{one}", n=index + 1, one=counted(texts, group))


def group_opened(draft: Draft, code: str) -> Next:
    """All rows of a group; where there is none, the first is begun at once."""
    draft.open_group = code
    return GoTo(RowsStep) if open_rows(draft) else row_begun(draft)


def row_begun(draft: Draft) -> Next:
    """One more row."""
    rows = open_rows(draft)
    rows.append(Sheet(checked=True))
    draft.open_row = len(rows) - 1
    return GoTo(RowStep)


class RowsStep(Step):
    """All rows, to be changed, added to, and left."""

    def __init__(self, workplace: Workplace) -> None:
        super().__init__(workplace)
        self._page = 0
        #: Opened from the check page, what is wrong is told at once: it was gone on from before.
        self._told = self._draft.checked

    @classmethod
    def needed(cls, workplace: Workplace) -> bool:
        """Only opened from the form or the check page."""
        return False

    def enter(self) -> None:
        """A row that was opened and left empty is none."""
        rows = open_rows(self._draft)
        rows[:] = [row for row in rows if _is_begun(row)]

    @property
    def _draft(self) -> Draft:
        return ensure_draft(self.work)

    def _wrong(self, row: Sheet) -> list[str]:
        """Labels of what is wrong in a row."""
        group, today = open_group(self._draft), self.work.clock.now().date()
        wrong = row_faults(group, row.values, today).keys() | row.unread
        return [field.label for field in group.fields if field.code in wrong]

    def view(self, chrome: Chrome) -> ViewData:
        """A line a row."""
        t = self.t
        group, rows = open_group(self._draft), open_rows(self._draft)
        one = counted(self.work.texts, group)
        shown, page, count = pages_of(tuple(enumerate(rows)), self._page, _ROWS)
        full = len(rows) >= group.max_rows
        return ReviewView(
            chrome=chrome,
            title=group.question or t("请填{field}", field=group.label),
            subtitle=self._how_many(group, one),
            spoken=group.question or t("请填{field}", field=group.label),
            rows=tuple(self._line(index, row) for index, row in shown),
            info=self._info(group, rows, one),
            empty=t("还没有添加"),
            secondary=Button(
                "add",
                t("添加一{one}", one=one),
                None if full else ActionPressed("add"),
                "plus",
                t("最多 {n} {one}", n=group.max_rows, one=one) if full else "",
            ),
            primary=Button("primary", t("填好了"), PrimaryPressed(), "check-bold"),
            previous=Button("previous", t("上一页"), PageTurned(-1) if page else None, "chevron-left") if count > 1 else None,
            next=Button("next", t("下一页"), PageTurned(1) if page + 1 < count else None, "chevron-right") if count > 1 else None,
            page=t("第 {page} 页，共 {count} 页", page=page + 1, count=count) if count > 1 else "",
        )

    def _how_many(self, group: FormField, one: str) -> str:
        if group.required and group.min_rows:
            return group.hint or self.t("至少 {n} {one}", n=group.min_rows, one=one)
        return group.hint or self.t("没有的话，直接按填好了")

    def _info(self, group: FormField, rows: list[Sheet], one: str) -> Panel | None:
        t = self.t
        if not self._told:
            return None
        wrong = [
            t("{who}：{fields}", who=row_title(self.work.texts, group, rows, index), fields=self.work.texts.listed(fields))
            for index, row in enumerate(rows)
            if (fields := self._wrong(row))
        ]
        lacking = max(group.min_rows - len(rows), 0) if group.required else 0
        more = t("还差 {n} {one}，请添加。", n=lacking, one=one) if lacking else ""
        if wrong:
            return Panel(Tone.ATTENTION, t("有 {n} {one}要改：{rows}", n=len(wrong), one=one, rows=t("；").join(wrong)), more)
        return Panel(Tone.ATTENTION, more) if more else None

    def _line(self, index: int, row: Sheet) -> ReviewRow:
        t = self.t
        group = open_group(self._draft)
        named = any(field.kind is FieldKind.NAME for field in group.fields)
        said = [value_text(self.work.texts, f, row.values.get(f.code, "")) for f in group.fields if f.kind is not FieldKind.NAME]
        about = t("，").join(text for text in said if text)
        return ReviewRow(
            t("第{n}{one}", n=index + 1, one=counted(self.work.texts, group)),
            row_name(group, row) or t("还没有写姓名") if named else about,
            t("还没有填完") if self._wrong(row) else about if named else "",
            Button(f"edit_row_{index + 1}", t("修改"), RowChosen(str(index))),
        )

    def handle(self, event: Event) -> Next:
        """One more, one to change; on, if nothing is wrong with any."""
        draft = self._draft
        rows = open_rows(draft)
        match event:
            case ActionPressed("add") if len(rows) < open_group(draft).max_rows:
                return row_begun(draft)
            case RowChosen(index) if int(index) < len(rows):
                draft.open_row = int(index)
                return GoTo(RowStep)
            case PageTurned(by):
                _, self._page, _ = pages_of(tuple(rows), self._page + by, _ROWS)
            case PrimaryPressed():
                self._told = True
                if self._info(open_group(draft), rows, "") is None:
                    return self._done()
            case BackPressed():
                return self._done()
            case _:
                return Ignore()
        return Stay()

    def _done(self) -> Next:
        # Imported here because the form opens this page.
        from kiosk.journeys.apply.form import FormStep

        draft = self._draft
        keep_rows(draft)
        following = backward(draft, check_page())
        if isinstance(following, Ignore):
            draft.edit_field = draft.open_group
            return GoTo(FormStep)
        return following


class RowStep(FormPages):
    """One row."""

    @classmethod
    def needed(cls, workplace: Workplace) -> bool:
        """Only opened from all of them."""
        return False

    @property
    def sheet(self) -> Sheet:
        """The row's own."""
        draft = ensure_draft(self.work)
        return open_rows(draft)[draft.open_row]

    @property
    def fields(self) -> tuple[FormField, ...]:
        """As the group declares them."""
        return open_group(ensure_draft(self.work)).fields

    def enter(self) -> None:
        """A new one is begun at once with its first field."""
        super().enter()
        if not any(self.sheet.values.values()):
            self._go_to(self.fields[0])

    def leave(self) -> None:
        """What was written is part of the form's value from now on."""
        super().leave()
        keep_rows(ensure_draft(self.work))

    def heading(self) -> tuple[str, str]:
        """Which one."""
        draft = ensure_draft(self.work)
        group = open_group(draft)
        which = row_title(self.work.texts, group, open_rows(draft), draft.open_row)
        return self.t("请填{field}", field=group.label), self.t("；").join(part for part in (which, self.whose()) if part)

    def whose(self) -> str:
        """The applicant's, whoever types."""
        return whose_answers(self.work)

    def leaving(self) -> tuple[str, str]:
        """A row is whole or is none; the window adds those whom nobody here can write."""
        return "", ""

    def aside(self) -> Button | None:
        """A row can be taken out again."""
        if not any(self.sheet.values.values()):
            return None
        one = counted(self.work.texts, open_group(ensure_draft(self.work)))
        return Button("remove", self.t("删掉这一{one}", one=one), ActionPressed("remove"), "trash-can-outline")

    def handle(self, event: Event) -> Next:
        """Taken out only after a question."""
        return GoTo(RemoveRowStep) if event == ActionPressed("remove") else super().handle(event)

    def marks_at_once(self) -> bool:
        """Not what is only begun."""
        return any(self.sheet.values.values())

    def check_page(self) -> type[Step]:
        """All rows."""
        return RowsStep


class RemoveRowStep(Step):
    """删掉吗？"""

    @classmethod
    def needed(cls, workplace: Workplace) -> bool:
        """Only opened from a row."""
        return False

    def view(self, chrome: Chrome) -> ViewData:
        """Keeping it stands first."""
        t = self.t
        draft = ensure_draft(self.work)
        group = open_group(draft)
        one = counted(self.work.texts, group)
        return WaysView(
            chrome=chrome,
            title=t("要删掉这一{one}吗？", one=one),
            subtitle=row_title(self.work.texts, group, open_rows(draft), draft.open_row),
            spoken=t("要删掉这一{one}吗？", one=one),
            ways=(
                Button("keep", t("不删，留着"), ActionPressed("keep"), "arrow-left", t("回到刚才那一页")),
                Button("remove", t("删掉"), ActionPressed("remove"), "trash-can-outline", t("删掉以后可以重新添加")),
            ),
        )

    def handle(self, event: Event) -> Next:
        """Gone, or not."""
        draft = ensure_draft(self.work)
        match event:
            case ActionPressed("keep") | BackPressed():
                return GoTo(RowStep)
            case ActionPressed("remove"):
                del open_rows(draft)[draft.open_row]
                keep_rows(draft)
                return GoTo(RowsStep)
        return Ignore()
