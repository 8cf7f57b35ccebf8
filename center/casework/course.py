"""What the acts after acceptance share: what is typed on a form, and a fault that can be mended there."""

from __future__ import annotations

from center.center import Refusal
from center.domain.manners import unmannerly

#: The code of a fault that the form itself can show; nothing else of the center's answers it so.
ENTRY = "entry_invalid"
#: Reasons, opinions, results: about a page.
LONG = 1000
SHORT = 60


def entry_fault(field: str, sentence: str) -> Refusal:
    """What is wrong with one entry of a form, for the form to show."""
    return Refusal(ENTRY, sentence, {field: "invalid"})


def written(text: str, field: str, name: str, limit: int = LONG, needed: bool = True, to_citizen: bool = False) -> str:
    """What was typed, trimmed. Raises Refusal if it is missing and `needed`, longer than `limit`, or holds what no keyboard types.

    `to_citizen`: the applicant reads or hears it, so it minds its manners (R8.1).
    """
    kept = text.strip()
    if needed and not kept:
        raise entry_fault(field, f"请填写{name}。")
    if len(kept) > limit:
        raise entry_fault(field, f"{name}太长了，最多 {limit} 个字。请写得简短些。")
    if not all(character.isprintable() or character in "\r\n\t" for character in kept):
        raise entry_fault(field, f"{name}里有不能识别的字符。请重新填写。")
    if to_citizen and unmannerly(kept):
        raise entry_fault(field, f"{name}里有不够客气的说法。请换一种说法，写清楚能怎样办。")
    return kept
