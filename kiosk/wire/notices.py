"""What a terminal shows of the center's public notices (公示) and of who is on duty (R1.5)."""

from __future__ import annotations

from datetime import date

from pydantic import Field

from kiosk.wire.base import Message


class PublicNotice(Message):
    """One notice as it is published. `paragraphs` are plain text."""

    kind: str = Field(description="`duties`, `rules`, `procedures`, `promises`, `complaints` or `announcement`.")
    kind_name: str
    title: str
    paragraphs: tuple[str, ...]
    version: int = Field(ge=1)
    from_on: date
    to_on: date | None = Field(default=None, description="Last day; None: until it is replaced.")


class OnDuty(Message):
    """A post today. `name` empty: nobody is there now, or whoever is there is not named in public."""

    window: str
    post: str
    name: str = ""
    attended: bool
    photo: str = Field(default="", description="JPEG of at most 300 × 400 pixels, base64; empty: there is none.")


class NoticesAnswer(Message):
    """GET /api/v1/notices: everything that is public today, with an ETag."""

    on: date
    notices: tuple[PublicNotice, ...] = ()
    duty: tuple[OnDuty, ...] = ()
