"""What the center publishes, kept on disk and fetched again: its notices with who is on duty, and whom a complaint can be about."""

from __future__ import annotations

from pathlib import Path

from kiosk.events import PublicChanged
from kiosk.link.client import CenterClient
from kiosk.link.keeper import Keeper
from kiosk.ports import Post
from kiosk.wire.complaints import PublicStaffAnswer
from kiosk.wire.notices import NoticesAnswer

#: Seconds between questions. Who is on duty changes in the day, and what did not change is not sent again. The list of staff is
#: sent whole each time, photos and all, and changes when somebody comes or goes.
_NOTICES_SECONDS = 60.0
_STAFF_SECONDS = 600.0


class PublicKeeper:
    """Posts `PublicChanged` with whichever of the two is another now."""

    def __init__(
        self,
        client: CenterClient,
        folder: Path,
        post: Post,
        notices_seconds: float = _NOTICES_SECONDS,
        staff_seconds: float = _STAFF_SECONDS,
    ) -> None:
        """`folder` is there and can be written."""
        self._keepers = (
            Keeper(
                "notices",
                NoticesAnswer,
                lambda etag, _: client.fetch("/api/v1/notices", NoticesAnswer, etag),
                folder / "notices.json",
                lambda notices: post(PublicChanged(notices=notices)),
                notices_seconds,
            ),
            Keeper(
                "public_staff",
                PublicStaffAnswer,
                lambda etag, _: client.fetch("/api/v1/public-staff", PublicStaffAnswer, etag),
                folder / "public-staff.json",
                lambda staff: post(PublicChanged(staff=staff)),
                staff_seconds,
            ),
        )

    def start(self) -> None:
        """Load the copies on disk at once, then go on in the background."""
        for keeper in self._keepers:
            keeper.start()

    def refresh(self) -> None:
        """Ask the center now, e.g. because it has come back. Returns at once."""
        for keeper in self._keepers:
            keeper.refresh()

    def stop(self) -> None:
        """End; questions under way are left to their time-outs."""
        for keeper in self._keepers:
            keeper.stop()
