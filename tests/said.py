"""All that is in a view or a sheet, also what it does not show in a traceback: for tests that look for what must not be there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass


def said(value: object) -> str:
    """Every text of it, each on a line."""
    if isinstance(value, str):
        return value
    if isinstance(value, Mapping):
        return said((*value.keys(), *value.values()))
    if isinstance(value, tuple | list | set | frozenset):
        return "\n".join(said(each) for each in value)
    if is_dataclass(value) and not isinstance(value, type):
        return "\n".join(said(getattr(value, field.name)) for field in fields(value))
    return repr(value)
