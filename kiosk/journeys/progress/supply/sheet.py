"""What is supplied to one case: which fields and papers its notice wants, and what there is of them."""

from __future__ import annotations

from dataclasses import dataclass, field
from uuid import UUID

from kiosk.journeys.step import Begin, Next, Step, Workplace
from kiosk.session import Sheet
from kiosk.wire.cases import CaseDetail, Want, WantKind
from kiosk.wire.forms import FieldKind, FormField
from kiosk.wire.items import Material, Need

#: What labels, hints and names of papers hold on the wire.
_LABEL, _HINT, _NAME = 12, 40, 40


@dataclass
class SupplySheet(Sheet):
    """What is handed in to one case."""

    case: CaseDetail | None = field(default=None, repr=False)
    #: Trying again is the same act.
    key: UUID | None = None

    @property
    def of(self) -> CaseDetail:
        """The case."""
        assert self.case is not None, "supplying begins with a case"
        return self.case


@dataclass
class Supplied(Sheet):
    """What was supplied in this session. It outlives what it was filled in on, so that nobody supplies the same twice."""

    #: Numbers of what was handed in, by the number of its case.
    numbers: dict[str, str] = field(default_factory=dict, repr=False)


def on_its_way(work: Workplace, case: CaseDetail) -> bool:
    """Whether something was supplied that the center has not got yet: until then it says what it wanted before."""
    supplied = work.session.sheets.get(Supplied)
    handed = work.session.submitted.get(supplied.numbers.get(case.case_number, "")) if isinstance(supplied, Supplied) else None
    return handed is not None and handed.answer is None and not handed.refusal


def begin_supply(work: Workplace, case: CaseDetail) -> Next:
    """Into its pages; what was begun for the same case goes on."""
    sheet = work.session.sheet(SupplySheet)
    if sheet.case is None or sheet.of.wants != case.wants or sheet.of.case_number != case.case_number or sheet.handed:
        sheet = work.session.sheets[SupplySheet] = SupplySheet()
    sheet.case = case
    return Begin("supplement")


def can_supply(work: Workplace, case: CaseDetail) -> bool:
    """Whether all of it can be supplied here, at once, and was not just now: a list of persons is corrected at the window."""
    here = bool(case.wants) and not any(each.kind is FieldKind.GROUP for each in wanted_fields(work, case))
    return here and not on_its_way(work, case)


def wanted_fields(work: Workplace, case: CaseDetail) -> tuple[FormField, ...]:
    """The item's own fields that are to be corrected, each with what the notice says of it. A field of an older form is written as text."""
    item = work.item(case.item_code)
    known = {each.code: each for each in item.fields} if item else {}
    return tuple(_field(known.get(want.code), want) for want in case.wants if want.kind is WantKind.FIELD)


def _field(known: FormField | None, want: Want) -> FormField:
    asked = known or FormField(code=want.code, label=want.label[:_LABEL], kind=FieldKind.TEXT)
    return asked.model_copy(update={"required": True, "hint": want.words[:_HINT]})


def wanted_papers(work: Workplace, case: CaseDetail) -> tuple[Material, ...]:
    """The papers to be laid under the camera, and whatever else the notice names: all of it can be brought to the window instead."""
    item = work.item(case.item_code)
    known = {material.code: material for material in item.materials} if item else {}
    return tuple(_paper(known.get(want.code), want) for want in case.wants if want.kind is not WantKind.FIELD)


def _paper(known: Material | None, want: Want) -> Material:
    material = known or Material(code=want.code, material_name=(want.label or want.words)[:_NAME])
    return material.model_copy(update={"is_need": Need.REQUIRED, "from_card": False, "from_form": False, "follow_days": None})


class OfSupply(Step):
    """Base of the pages of supplying."""

    @property
    def sheet(self) -> SupplySheet:
        """What is supplied."""
        return self.session.sheet(SupplySheet)

    @property
    def papers(self) -> tuple[Material, ...]:
        """What is wanted under the camera."""
        return wanted_papers(self.work, self.sheet.of)

    def check_page(self) -> type[Step]:
        """Everything on one page."""
        # Imported here because the check page leads back to the pages that ask for it.
        from kiosk.journeys.progress.supply.check import SupplyCheckStep

        return SupplyCheckStep
