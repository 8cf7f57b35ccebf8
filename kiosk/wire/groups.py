"""A repeating group's value: rows of texts in the one string that a field's value is. What a row must hold is `forms`'s."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence

#: What a value holds at most, a group's like any other's (`base.Entry`).
MAX_VALUE = 4000
#: As `base.WRITTEN`, for text that JSON may have escaped; half a character (a lone surrogate) is none.
_TEXT = re.compile(r"[^\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]*")


def group_value(rows: Sequence[Mapping[str, str]]) -> str:
    """The rows as one value; empty texts are left out, and no row at all is no value."""
    kept = [{code: text for code, text in row.items() if text} for row in rows]
    return json.dumps(kept, ensure_ascii=False, separators=(",", ":")) if kept else ""


def group_rows(value: str) -> tuple[dict[str, str], ...]:
    """The rows of a value, texts by code. What is none has none: nothing is raised."""
    try:
        rows = json.loads(value)
    except (ValueError, RecursionError):
        return ()
    return tuple(rows) if isinstance(rows, list) and all(_is_row(row) for row in rows) else ()


def _is_row(row: object) -> bool:
    return isinstance(row, dict) and all(
        isinstance(text, str) and _TEXT.fullmatch(text) and _TEXT.fullmatch(code) for code, text in row.items()
    )
