"""A form drawn again: what was entered, and what was wrong by field."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from center.center import Refusal
from center.console.guard import Posted
from kiosk.wire.forms import FieldKind, FormField
from kiosk.wire.groups import group_value


def fault_words(refusal: Refusal | None) -> dict[str, object]:
    """What a page needs to say what was wrong: `fault` above the form, `faults` at the fields; a field without a fault has ""."""
    faults: defaultdict[str, str] = defaultdict(str, refusal.fields if refusal else {})
    return {"fault": refusal.message if refusal else "", "faults": faults}


def entered_words(sent: Posted, names: Iterable[str]) -> dict[str, str]:
    """The fields of these names as they were sent."""
    return {name: sent.text(name) for name in names}


def value_typed(sent: Posted, field: FormField) -> str:
    """What was entered in one field of an item's form; of a group, its rows, without those that are empty."""
    at = f"f.{field.code}"
    if field.kind is not FieldKind.GROUP:
        return sent.text(at)
    rows = [{part.code: sent.text(f"{at}.{row}.{part.code}") for part in field.fields} for row in range(field.max_rows)]
    return group_value([row for row in rows if any(row.values())])


def number_typed(sent: Posted, name: str) -> str:
    """The number of a card or a credit code: typed in groups or in small letters, it is the same number."""
    return "".join(sent.text(name).split()).upper()


def with_blanks(entered: Mapping[str, str]) -> defaultdict[str, str]:
    """What was entered; a field that was not has ""."""
    return defaultdict(str, entered)
