"""Everything that is supplied on one page; then into the outbox, all of it in one act."""

from __future__ import annotations

from kiosk.events import Event, PrimaryPressed
from kiosk.journeys.filling import missing_materials, papers_there, settled, value_text
from kiosk.journeys.handing import ReviewPage, by_content, hand_in
from kiosk.journeys.papers import SupplementFacts, supplement_receipt
from kiosk.journeys.progress.supply.pages import SupplyFormStep, SupplyPapersStep
from kiosk.journeys.progress.supply.sheet import OfSupply, Supplied, SupplySheet, wanted_fields, wanted_papers
from kiosk.journeys.step import GoTo, Leave, Next, Workplace
from kiosk.link.submission import supplement
from kiosk.session import Handed, Sheet
from kiosk.views import Button, Panel, ReviewRow, Tone
from kiosk.wire.documents import Document
from kiosk.wire.filing import FilingAnswer, MaterialFiled, Supplement
from kiosk.wire.masking import group_number

#: Keys of rows: a field or a paper, by its code.
_FIELD, _PAPER = "field:", "paper:"
#: So much of a paper's name stands in a row; all of it on the notice.
_NAME = 24


class SupplyCheckStep(OfSupply, ReviewPage):
    """请核对，没错就提交."""

    def sheets(self) -> tuple[Sheet, ...]:
        """What is supplied."""
        return (self.sheet,)

    @property
    def _empty(self) -> bool:
        """Whether all of it is to be brought to the window: then there is nothing to hand in."""
        return not self.wrong() and not self.sheet.values and not any(self.sheet.pages.values())

    def about(self) -> str:
        """The item."""
        return self.sheet.of.item_name

    def submit_button(self) -> Button:
        """With nothing to hand in, it has been understood."""
        return Button("primary", self.t("知道了"), PrimaryPressed(), "check-bold") if self._empty else super().submit_button()

    def meaning(self, shown: int) -> Panel:
        """That it is the same case; or what to bring."""
        t = self.t
        if self._empty:
            return Panel(Tone.ATTENTION, t("都带到窗口的，不用在这里提交。"), t("请带上这些材料和身份证，到人工窗口补交。"))
        return Panel(Tone.INFO, t("补到同一个办件里，不用重新申请。"), t("窗口核对齐全以后受理，期限从那天起算。"))

    def rows(self) -> tuple[ReviewRow, ...]:
        """Which case, what is corrected, and each paper."""
        t, sheet = self.t, self.sheet
        rows = [ReviewRow(t("哪一件"), group_number(sheet.of.case_number))]
        for field in wanted_fields(self.work, sheet.of):
            said = value_text(self.work.texts, field, sheet.values.get(field.code, ""))
            rows.append(self.row(f"{_FIELD}{field.code}", field.label, said or t("没有填"), button=field.code))
        for paper in self.papers:
            pages = len(sheet.pages.get(paper.code, ()))
            name = paper.material_name
            rows.append(
                self.row(
                    f"{_PAPER}{paper.code}",
                    t("材料"),
                    t("带到窗口") if paper.code in sheet.missing or not pages else t("{n} 页", n=pages),
                    name if len(name) <= _NAME else name[: _NAME - 1] + "…",
                    button=paper.code,
                )
            )
        return tuple(rows)

    def wrong(self) -> tuple[str, ...]:
        """As the pages themselves look at it."""
        fields = SupplyFormStep(self.work).wrong() if SupplyFormStep.needed(self.work) else ()
        papers = tuple(paper.code for paper in self.papers if not settled(self.sheet, paper))
        return (*(f"{_FIELD}{code}" for code in fields), *(f"{_PAPER}{code}" for code in papers))

    def change(self, key: str) -> Next:
        """A field on the form, a paper under the camera."""
        if key.startswith(_PAPER):
            return GoTo(SupplyPapersStep)
        self.sheet.edit_field = key.removeprefix(_FIELD)
        return GoTo(SupplyFormStep)

    def handle(self, event: Event) -> Next:
        """With nothing to hand in, back to the case; supplying can be begun again."""
        if isinstance(event, PrimaryPressed) and self._empty:
            self.reached(False)
            return Leave()
        return super().handle(event)

    def submit(self) -> None:
        """Into the outbox, with its receipt."""
        work, sheet = self.work, self.sheet
        now = work.clock.now()
        number = work.outbox.next_receipt_number(now)
        message, files = _supplement(work, sheet)
        receipt = supplement_paper(work, sheet, Handed(number, sheet.of.receipt_code, now)).model_dump_json().encode()
        submission = supplement(message, sheet.of.receipt_number, number, now, files, receipt)
        hand_in(work, sheet, submission, code=sheet.of.receipt_code, item=sheet.of.item_code)
        work.session.sheet(Supplied).numbers[sheet.of.case_number] = number


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
        refused=bool(handed.refusal),
        qr_text=handed.code,
        window_hours=work.catalogue.window_hours if work.catalogue else "",
        print_count=print_count,
    )
    return supplement_receipt(facts, demo=work.config.demo)
