"""Where an application goes on that a citizen had left for home."""

from __future__ import annotations

from kiosk.journeys.apply.draft import ensure_draft
from kiosk.journeys.step import Step, Workplace
from kiosk.session import Draft


def was_begun(draft: Draft) -> bool:
    """Whether the citizen did anything that would have to be done again: what cards say is no work of theirs."""
    typed = any(value and value != draft.offered.get(code, "") for code, value in draft.values.items())
    return typed or bool(draft.pages or draft.missing or draft.strokes or any(draft.party.values.values()))


def where_it_was(work: Workplace) -> type[Step]:
    """The furthest page that was worked on."""
    # Imported here because the first page of the journey leads to any of them.
    from kiosk.journeys.apply.form import FormStep
    from kiosk.journeys.apply.materials import MaterialsStep
    from kiosk.journeys.apply.party import PartyStep
    from kiosk.journeys.apply.result import ResultStep
    from kiosk.journeys.apply.review import ReviewStep
    from kiosk.journeys.apply.signing import SignStep

    draft = ensure_draft(work)
    reached: tuple[tuple[type[Step], bool], ...] = (
        (ReviewStep, draft.checked),
        (SignStep, bool(draft.strokes)),
        (ResultStep, draft.result.form_seen),
        (MaterialsStep, bool(draft.pages or draft.missing)),
        (FormStep, draft.form_seen),
    )
    return next((step for step, was in reached if was), PartyStep)
