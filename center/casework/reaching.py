"""How the applicant of a case is reached: by telephone, and by post."""

from __future__ import annotations

from center.casework.dossier import Dossier
from center.casework.parties import PostAddress
from kiosk.wire.filing import Tell
from kiosk.wire.forms import FieldKind


def phone_of(dossier: Dossier) -> str:
    """The number to call: as wished when filing, else the first that the form asked for, else any. Empty: none is known."""
    asked = next((field.code for field in dossier.item.fields if field.kind is FieldKind.PHONE), "")
    in_form = next((line.value for line in dossier.form if asked and line.code == asked), "")
    party = dossier.applicant
    return party.told_at if party.tell is Tell.PHONE else in_form or party.told_at


def post_address(dossier: Dossier) -> PostAddress:
    """Where to post a result: as told when filing, else to the applicant at home."""
    party = dossier.applicant
    return party.post_to or PostAddress(recipient=party.name, phone=phone_of(dossier), address=party.address)
