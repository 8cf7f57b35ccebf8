"""From the editor's forms to an item's definition, page by page. Nothing is judged here: what cannot be is said by the check."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from center.console.guard import Posted
from center.domain.application import SpecialProcedure
from center.publishing.checking import Definition, Section
from kiosk.wire.forms import FieldKind
from kiosk.wire.items import ApplicantKind

#: More rows than any guide has.
MOST_ROWS = 60
_Row = dict[str, str]


def _number(text: str) -> int | str | None:
    """A number; what is none is kept as it was typed, for the check to say so."""
    if not text:
        return None
    return int(text) if text.isascii() and text.isdigit() and len(text) < 6 else text


def _place(row: _Row, at: int) -> float:
    text = row.get("at", "")
    return float(text) if text.isascii() and text.isdigit() and len(text) < 4 else at + 1


def rows_of(sent: Posted, name: str, columns: Iterable[str], filled: str) -> list[_Row]:
    """The rows of a table in their order; one whose column `filled` is empty is gone."""
    wanted = (*columns, "at")
    rows = [{column: sent.text(f"{name}.{at}.{column}") for column in wanted} for at in range(MOST_ROWS)]
    kept = [(at, row) for at, row in enumerate(rows) if row[filled]]
    return [row for _, row in sorted(kept, key=lambda pair: (_place(pair[1], pair[0]), pair[0]))]


def _lines(text: str) -> list[str]:
    """A line each, or separated by 、 or ，in one line."""
    parts = text.replace("、", "\n").replace("，", "\n").replace(",", "\n").splitlines()
    return [part.strip() for part in parts if part.strip()]


def _paragraphs(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def _without_blanks(values: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in values.items() if value not in ("", None)}


def _new_code(prefix: str, taken: set[str]) -> str:
    code = next(f"{prefix}_{number}" for number in range(1, 1000) if f"{prefix}_{number}" not in taken)
    taken.add(code)
    return code


def _basics(sent: Posted, before: Definition) -> dict[str, Any]:
    elsewhere = _without_blanks({key: sent.text(f"elsewhere.{key}") for key in ("body", "place", "how")})
    handled_here = not sent.text("handled_elsewhere")
    return _without_blanks(
        {
            "task_name": sent.text("task_name"),
            "effective_from": sent.text("effective_from"),
            "task_type": sent.text("task_type"),
            "project_type": sent.text("project_type"),
            "catalog_code": sent.text("catalog_code"),
            "topics": _lines(sent.text("topics")),
            "aliases": _lines(sent.text("aliases")),
            "phone": sent.text("phone"),
            "handled_here": handled_here,
            "elsewhere": None if handled_here or not elsewhere else elsewhere,
            "apply_here": bool(sent.text("apply_here")),
            "applicants": [kind.value for kind in ApplicantKind if sent.text(f"applicants.{kind.value}")] or None,
            "agents": bool(sent.text("agents")),
            "read_first": _paragraphs(sent.text("read_first")),
        }
    )


_FACT = ("text", "source")


def _guide(sent: Posted, before: Definition) -> dict[str, Any]:
    def facts(name: str) -> list[dict[str, Any]]:
        return [_without_blanks({column: row[column] for column in _FACT}) for row in rows_of(sent, name, _FACT, "text")]

    department = _without_blanks({column: sent.text(f"dept_name.{column}") for column in _FACT})
    return {"dept_name": department, **{name: facts(name) for name in ("by_law", "accept_condition", "handle_flow")}}


def _materials(sent: Posted, before: Definition) -> dict[str, Any]:
    columns = ("code", "material_name", "is_need", "follow_days", "pages", "from_card", "from_form", "note", "source")
    rows = rows_of(sent, "materials", columns, "material_name")
    taken = {row["code"] for row in rows}
    made = [
        _without_blanks(
            {
                "code": row["code"] or _new_code("material", taken),
                "material_name": row["material_name"],
                "is_need": row["is_need"] or "1",
                "follow_days": _number(row["follow_days"]),
                "pages": _lines(row["pages"]) or None,
                "from_card": bool(row["from_card"]) or None,
                "from_form": bool(row["from_form"]) or None,
                "note": row["note"],
                "source": row["source"],
            }
        )
        for row in rows
    ]
    return {"materials": made}


_OF_GROUPS = ("fields", "min_rows", "max_rows")


def _form(sent: Posted, before: Definition) -> dict[str, Any]:
    columns = ("code", "label", "question", "kind", "required", "card", "choices", "hint", "max_length")
    rows = rows_of(sent, "fields", columns, "label")
    taken = {row["code"] for row in rows}
    earlier = {field["code"]: field for field in before.get("fields", [])}
    made = []
    for row in rows:
        how, _, source = row["card"].partition(":")
        field = {
            "code": row["code"] or _new_code("field", taken),
            "label": row["label"],
            "question": row["question"],
            "kind": row["kind"],
            "required": bool(row["required"]),
            "card": source if how == "card" else None,
            "default_from_card": source if how == "offer" else None,
            "choices": _choices(row["choices"], earlier.get(row["code"], {}).get("choices", [])) or None,
            "hint": row["hint"],
            "max_length": _number(row["max_length"]),
        }
        if row["kind"] == FieldKind.GROUP:
            # What a row of it holds is not written here, and stays.
            field |= {key: value for key, value in earlier.get(row["code"], {}).items() if key in _OF_GROUPS}
        made.append(_without_blanks(field))
    return {"fields": made}


def _choices(text: str, earlier: list[dict[str, str]]) -> list[dict[str, str]]:
    """An answer a line; one that was there keeps its code, so that what was filed under it still reads right."""
    codes = {choice["label"]: choice["code"] for choice in earlier}
    taken = set(codes.values())
    return [{"code": codes.get(label) or _new_code("choice", taken), "label": label} for label in _paragraphs(text)]


def _handling(sent: Posted, before: Definition) -> dict[str, Any]:
    text = sent.text
    days = _number(text("promise.days"))
    fee = {"yes": True, "no": False}.get(text("fee.is_fee"))
    promise = {"days": days, "unit": text("promise.unit"), "note": text("promise.note"), "source": text("promise.source")}
    charged = {"is_fee": fee, **{key: text(f"fee.{key}") for key in ("fee_stand", "by_law", "source")}}
    handover = {"days": _number(text("handover.days")), **{key: text(f"handover.{key}") for key in ("department", "unit", "source")}}
    steps = [{"procedure": each.value, "days": _number(text(f"special.{each.value}"))} for each in SpecialProcedure]
    return _without_blanks(
        {
            "promise": _without_blanks(promise),
            "fee": _without_blanks(charged),
            "handover": _without_blanks(handover) if text("handover.department") else None,
            "special_procedures": [step for step in steps if step["days"] is not None],
            "seal": text("seal"),
        }
    )


_READERS: dict[Section, Callable[[Posted, Definition], dict[str, Any]]] = {
    Section.BASICS: _basics,
    Section.GUIDE: _guide,
    Section.MATERIALS: _materials,
    Section.FORM: _form,
    Section.HANDLING: _handling,
}


def entries_of(sent: Posted, section: Section, before: Definition) -> dict[str, Any]:
    """What was written on a page of the editor; `before` is the draft as it was."""
    return _READERS[section](sent, before)
