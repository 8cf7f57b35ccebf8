"""Everything that is supplied on one page; then into the outbox, all of it in one act."""

from __future__ import annotations

from kiosk.events import Event, PageTurned, PrimaryPressed, RowChosen
from kiosk.i18n import noted
from kiosk.journeys.filling import missing_materials, papers_there, value_text
from kiosk.journeys.handing import CheckPage, by_content, hand_in
from kiosk.journeys.papers import SupplementFacts, supplement_receipt
from kiosk.journeys.progress.supply.pages import SupplyFormStep, SupplyPapersStep
from kiosk.journeys.progress.supply.sheet import OfSupply, SupplySheet, wanted_fields, wanted_papers
from kiosk.journeys.step import GoTo, Ignore, Next, Stay, Workplace, pages_of
from kiosk.link.submission import supplement
from kiosk.session import Handed
from kiosk.views import Button, Chrome, Panel, ReviewRow, ReviewView, Tone, ViewData
from kiosk.wire.documents import Document
from kiosk.wire.filing import FilingAnswer, MaterialFiled, Supplement
from kiosk.wire.masking import group_number

_ROWS = 7
#: So much of a paper's name stands in a row; all of it on the notice.
_NAME = 24


class SupplyCheckStep(OfSupply, CheckPage):
    """请核对，没错就提交."""

    label = noted("核对")

    def __init__(self, workplace: Workplace) -> None:
        super().__init__(workplace)
        self._page = 0

    def enter(self) -> None:
        """From here on, what is edited returns here."""
        self.sheet.checked = True

    @property
    def _empty(self) -> bool:
        """Whether all of it is to be brought to the window: then there is nothing to hand in."""
        return not self.sheet.values and not any(self.sheet.pages.values())

    def view(self, chrome: Chrome) -> ViewData:
        """What is handed in, and what comes of it; seven rows a page."""
        t = self.t
        rows = self._rows()
        shown, page, count = pages_of(rows, self._page, _ROWS)
        last = page + 1 == count
        submit = Button(
            "primary", t("确认提交"), None if self._empty else PrimaryPressed(), "check-bold", t("一样都没有补") if self._empty else ""
        )
        return ReviewView(
            chrome=chrome,
            title=t("请核对，没错就提交"),
            subtitle=self.sheet.of.item_name,
            spoken=t("请核对，没错就提交。"),
            rows=shown,
            info=self.trouble() or self._meaning(),
            primary=submit if last else Button("primary", t("看下一页"), PageTurned(1), "arrow-right"),
            previous=Button("previous", t("上一页"), PageTurned(-1), "chevron-left") if page else None,
            page=t("第 {page} 页，共 {count} 页", page=page + 1, count=count) if count > 1 else "",
        )

    def _meaning(self) -> Panel:
        t = self.t
        if self._empty:
            return Panel(Tone.ATTENTION, t("都带到窗口的，不用在这里提交。"), t("请带上这些材料和身份证，到人工窗口补交。"))
        return Panel(Tone.INFO, t("补到同一个办件里，不用重新申请。"), t("窗口核对齐全以后受理，期限从那天起算。"))

    def _rows(self) -> tuple[ReviewRow, ...]:
        t, sheet = self.t, self.sheet
        rows = [ReviewRow(t("哪一件"), group_number(sheet.of.case_number))]
        for field in wanted_fields(self.work, sheet.of):
            said = value_text(self.work.texts, field, sheet.values.get(field.code, ""))
            rows.append(ReviewRow(field.label, said, edit=Button(f"edit_{field.code}", t("修改"), RowChosen(f"field:{field.code}"))))
        for paper in self.papers:
            pages = len(sheet.pages.get(paper.code, ()))
            said = t("带到窗口") if paper.code in sheet.missing or not pages else t("{n} 页", n=pages)
            edit = Button(f"edit_{paper.code}", t("修改"), RowChosen("papers"))
            name = paper.material_name
            rows.append(ReviewRow(t("材料"), said, name if len(name) <= _NAME else name[: _NAME - 1] + "…", edit=edit))
        return tuple(rows)

    def handle(self, event: Event) -> Next:
        """Change something, or hand in."""
        match event:
            case RowChosen("papers"):
                return GoTo(SupplyPapersStep)
            case RowChosen(key) if key.startswith("field:"):
                self.sheet.edit_field = key.removeprefix("field:")
                return GoTo(SupplyFormStep)
            case PageTurned(by):
                _, self._page, _ = pages_of(self._rows(), self._page + by, _ROWS)
                return Stay()
            case PrimaryPressed() if not self._empty:
                return self.hand_in()
        return Ignore()

    def submit(self) -> None:
        """Into the outbox, with its receipt."""
        work, sheet = self.work, self.sheet
        now = work.clock.now()
        number = work.outbox.next_receipt_number(now)
        message, files = _supplement(work, sheet)
        receipt = supplement_paper(work, sheet, Handed(number, sheet.of.receipt_code, now)).model_dump_json().encode()
        submission = supplement(message, sheet.of.receipt_number, number, now, files, receipt)
        hand_in(work, sheet, submission, code=sheet.of.receipt_code, item=sheet.of.item_code)


def _supplement(work: Workplace, sheet: SupplySheet) -> tuple[Supplement, dict[str, bytes]]:
    sheet.key = sheet.key or work.new_key()
    card = work.session.card
    assert card is not None, "a case is opened with the card"
    papers = wanted_papers(work, sheet.of)
    missing = {paper.code for paper in missing_materials(sheet, papers)}
    pages = {paper.code: by_content(sheet.pages.get(paper.code, ())) for paper in papers}
    message = Supplement(
        key=sheet.key,
        township_id=work.config.terminal.township_id,
        terminal_id=work.config.terminal.id,
        number=card.number,
        values=dict(sheet.values),
        materials=tuple(MaterialFiled(code=code, pages=tuple(files), missing=code in missing) for code, files in pages.items()),
    )
    return message, {digest: page for files in pages.values() for digest, page in files.items()}


def supplement_paper(work: Workplace, sheet: SupplySheet, handed: Handed, print_count: int = 1) -> Document:
    """The receipt as things stand."""
    papers = wanted_papers(work, sheet.of)
    answer = handed.answer
    facts = SupplementFacts(
        center_name=work.center_name,
        terminal_id=work.config.terminal.id,
        number=handed.number,
        case_number=sheet.of.case_number,
        item_name=sheet.of.item_name,
        handed_at=handed.at,
        papers=papers_there(sheet, papers),
        corrected=tuple(field.label for field in wanted_fields(work, sheet.of)),
        brought=tuple(paper.material_name for paper in missing_materials(sheet, papers)),
        next_step=answer.next_step if isinstance(answer, FilingAnswer) else "",
        qr_text=handed.code,
        window_hours=work.catalogue.window_hours if work.catalogue else "",
        print_count=print_count,
    )
    return supplement_receipt(facts, demo=work.config.demo)
