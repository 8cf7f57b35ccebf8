"""Pages that come after handing in: they cannot be gone back from, and speak of what their sheet became."""

from __future__ import annotations

from kiosk.journeys.step import Step
from kiosk.session import Handed, Sheet


class Afterward(Step):
    """Base: a journey says which sheet it was."""

    can_go_back = False

    @property
    def sheet(self) -> Sheet:
        """What was filled in."""
        raise NotImplementedError

    @property
    def handed(self) -> Handed:
        """What was handed in."""
        handed = self.sheet.handed
        assert handed is not None, "this page comes after handing in"
        return handed
