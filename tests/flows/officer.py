"""The center's people and what they do with a complaint, on the records of a place's own center."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager

from PIL import Image
from sqlalchemy import select

from center.center import Center, open_center
from center.complaints.sealed import Complainant, complainant_of, statement_of
from center.config import load_config
from center.domain.roles import Role
from center.publishing.board import set_photo
from center.store.tables import Complaint
from demo.place import Place
from tests.center.complaints.place import Town, add_member, town_of


@contextmanager
def town_at(place: Place) -> Iterator[Town]:
    """王敏 with a photo and 周强 at their windows, the officer 李芳, the leader 高洁; on the public list as soon as the terminal asked."""
    database = f"sqlite:///{place.data / 'kiosk/center/center.db'}"
    center = open_center(load_config(place.config.center.config), database, place.config.clock.start)
    try:
        town = town_of(center)
        set_photo(center, add_member(center, "zhanglei", "张磊", (Role.ADMINISTRATOR,)), town.window.id, portrait())
        place.composition.public.refresh()
        listed = place.composition.terminal.work
        place.citizen.waits(lambda: listed.public_staff is not None and any(each.photo for each in listed.public_staff.staff))
        yield town
    finally:
        center.database.close()


def portrait() -> bytes:
    """A photo of nobody."""
    out = io.BytesIO()
    Image.new("RGB", (300, 400), "#7a6a5a").save(out, "JPEG")
    return out.getvalue()


def complaints_of(center: Center) -> list[Complaint]:
    """All that the center has, in their order."""
    with center.database.reading() as session:
        return list(session.scalars(select(Complaint).order_by(Complaint.number)))


def newest(center: Center) -> Complaint:
    """The one that came last."""
    return complaints_of(center)[-1]


def who(center: Center, complaint: Complaint) -> Complainant:
    """Who complained, as an officer may read it."""
    return complainant_of(center, complaint)


def story(center: Center, complaint: Complaint) -> str:
    """What happened, as an officer may read it."""
    return statement_of(center, complaint).words
