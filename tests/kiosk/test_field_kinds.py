"""Every kind of field is typed with something, and every fault of one has its sentence, at the terminal and at the window."""

from __future__ import annotations

from center.casework.walk_in import FAULT_WORDS
from center.console.item_drafts import _FIELD_KINDS
from kiosk.i18n import Texts
from kiosk.journeys.filling.fields import TAKES, fault_text
from kiosk.wire.forms import Choice, FieldFault, FieldKind, FormField

#: What can be wrong with rows, and with nothing else.
OF_A_GROUP = {FieldFault.GROUP_INCOMPLETE, FieldFault.TOO_FEW_ROWS, FieldFault.TOO_MANY_ROWS}


def test_every_kind_but_a_choice_and_a_group_is_typed_and_every_kind_has_a_name_in_the_editor_of_items() -> None:
    assert set(TAKES) == set(FieldKind) - {FieldKind.CHOICE, FieldKind.GROUP}
    assert len(set(_FIELD_KINDS.values())) == len(FieldKind) == len(_FIELD_KINDS)


def test_every_fault_has_its_sentence() -> None:
    field = FormField(code="a", label="甲", kind=FieldKind.CHOICE, choices=(Choice(code="b", label="乙"),))
    group = FormField(code="c", label="丙", kind=FieldKind.GROUP, fields=(field,), min_rows=1)
    assert all(fault_text(Texts(), field, fault) for fault in set(FieldFault) - OF_A_GROUP)
    assert all(fault_text(Texts(), group, fault) for fault in {*OF_A_GROUP, FieldFault.MISSING})
    assert set(FAULT_WORDS) == set(FieldFault)
