"""What a citizen told is in no traceback: what holds it does not show it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import MISSING, Field, fields, is_dataclass
from datetime import UTC, datetime
from types import MappingProxyType

import pytest

import kiosk.journeys.registry  # every journey, and with it every kind of sheet
from kiosk import events, views
from kiosk.journeys.complaints.sheet import Opened
from kiosk.ports import IdCard, Page, PrintJob
from kiosk.session import CitizenSession, Draft, Handed, Sheet
from tests.said import said

SECRET = "欧阳测试"

#: What a sheet may show: codes of fields and papers, and how far one is. Whatever else it holds, the citizen told.
_SHOWN = {
    "missing", "later", "unread", "form_seen", "page", "checked", "edit_field", "handed",
    "item", "applying", "authority", "agreed", "open_group", "open_row", "left", "signed_at", "consent",
    "party", "result", "groups",
    "evidence", "by_card", "capacity", "key", "act",
    "free", "day", "window", "starts", "item_code",
    "level", "tags",
    "place", "unheard", "refusal", "asked", "asked_at",
}  # fmt: skip

#: What of a view or an event is personal.
_PERSONAL = MappingProxyType(
    {
        views.Typed: {"text"},
        views.FieldRow: {"value", "choices"},
        views.ReviewRow: {"value", "detail"},
        views.ReadPart: {"text", "value"},
        views.CaseRow: {"title", "detail"},
        views.TimelineStep: {"detail"},
        views.ProgressView: {"number_line", "item_name", "wanted"},
        views.ConsentView: {"person_rows"},
        views.SignatureView: {"strokes"},
        views.DoneView: {"number", "qr"},
        views.MessageView: {"qr"},
        views.ItemListView: {"search_text"},
        views.Chrome: {"person", "card_line"},
        views.CandidateBar: {"composing", "will_type", "candidates"},
        views.CandidateGrid: {"rows"},
        views.Keyboard: {"syllables", "strokes"},
        events.KeyPressed: {"key"},
        events.ChoiceMade: {"choice"},
        events.RowChosen: {"key"},
        events.CandidateChosen: {"text"},
        events.SyllableChosen: {"syllable"},
        events.StrokeDrawn: {"points"},
        events.CardRead: {"card"},
        events.CodeScanned: {"text"},
        events.PageCaptured: {"page"},
        events.TypingTold: {"told"},
        events.SubmissionSent: {"answer"},
        events.SubmissionRefused: {"sentence"},
        events.CenterAnswered: {"question", "answer", "sentence"},
        Handed: {"code", "answer", "refusal"},
        Opened: {"detail", "access", "code"},
        CitizenSession: {"card", "scanned"},
        IdCard: {"name", "chinese_name", "number", "nation", "birth", "address", "extra"},
        Page: {"jpeg"},
        PrintJob: {"document"},
    }
)


def _sheets(kind: type[Sheet] = Sheet) -> Iterator[type[Sheet]]:
    yield kind
    for each in kind.__subclasses__():
        yield from _sheets(each)


def _fields(kind: type) -> dict[str, Field[object]]:
    return {field.name: field for field in fields(kind)}


def _with_secret(kind: type, name: str) -> object:
    """One of this kind that holds the secret in this field, and nothing in the others that have no value of their own."""
    value = {other: "" for other, field in _fields(kind).items() if field.default is MISSING and field.default_factory is MISSING}
    return kind(**{**value, name: SECRET})


@pytest.mark.parametrize("kind", list(_sheets()), ids=lambda kind: kind.__name__)
def test_a_sheet_shows_nothing_that_a_citizen_told(kind: type[Sheet]) -> None:
    # a field that is new is hidden, or named above as one that may be shown
    for name in _fields(kind):
        sheet = _with_secret(kind, name)
        assert SECRET in said(sheet)
        assert SECRET not in repr(sheet) or name in _SHOWN, f"{kind.__name__}.{name}"


@pytest.mark.parametrize("kind", _PERSONAL, ids=lambda kind: kind.__name__)
def test_what_is_personal_is_shown_on_the_glass_and_in_no_traceback(kind: type) -> None:
    for name in _PERSONAL[kind]:
        holder = _with_secret(kind, name)
        assert SECRET in said(holder)
        assert SECRET not in repr(holder), f"{kind.__name__}.{name}"


def test_a_whole_session_shows_nothing() -> None:
    # given somebody with a card, an application with a list of persons and an organization, and something handed in
    card = IdCard("resident", "resident", SECRET, SECRET, address=SECRET)
    draft = Draft({"name": SECRET}, {"paper": [Page(SECRET.encode(), 1, 1)]}, item=None, card=card)  # type: ignore[arg-type] # an item is public
    draft.groups, draft.party, draft.result = {"family": [Sheet({"name": SECRET})]}, Sheet({"name": SECRET}), Sheet({"phone": SECRET})
    draft.handed = Handed("WB0126112400", SECRET, datetime.now(UTC), refusal=SECRET)
    session = CitizenSession(1, datetime.now(UTC), card=card, drafts={"YLBX": draft}, submitted={"WB0126112400": draft.handed})
    session.sheet(Sheet).values["digits"] = SECRET
    # then
    assert said(session).count(SECRET) > 8
    assert SECRET not in repr(session) and SECRET.encode().hex() not in repr(session)


def test_every_kind_of_sheet_is_looked_at() -> None:
    assert kiosk.journeys.registry.JOURNEYS
    assert len(list(_sheets())) > 8
    assert all(is_dataclass(kind) for kind in _PERSONAL)
