"""Fields that were left before all that was typed into them became characters: each hears on until it has, and says so meanwhile.

Raw letters or ink never go on as an answer. What has not become characters when the citizen goes on is theirs to look at again.
"""

from __future__ import annotations

from kiosk.events import TypingTold
from kiosk.journeys.writing import Writing
from kiosk.session import Sheet
from kiosk.typing.answers import EngineDown

#: So long going on waits: an engine that hangs is killed after two seconds, and has loaded again a second later.
_WAIT_SECONDS = 4.0


class LeftFields:
    """The writings of left fields by their codes. What they write goes into the sheet; `sheet.unread` outlives the page."""

    def __init__(self, sheet: Sheet) -> None:
        self._sheet = sheet
        self._writings: dict[str, Writing] = {}
        self._since: float | None = None
        self.going_on = False

    def leave(self, code: str, writing: Writing) -> None:
        """A field is left; its text is in the sheet already. One that is finished is looked at."""
        self._sheet.unread.discard(code)
        if writing.unread:
            self._writings[code] = writing
            if not writing.waits:
                self._sheet.unread.add(code)

    def back(self, code: str) -> Writing | None:
        """The field is opened and so looked at. The writing as it was left, if it is not finished."""
        self._sheet.unread.discard(code)
        return self._writings.pop(code, None)

    def drop(self) -> None:
        """The form is left: nobody hears any more, and what was not read is to be looked at."""
        self._sheet.unread |= self._writings.keys()
        self._writings.clear()
        self.stay()

    # ------------------------------------------------------------------ what is shown

    def shown(self, code: str) -> str | None:
        """What is typed into a field that is not finished."""
        writing = self._writings.get(code)
        return writing.typed().text if writing else None

    def reading(self, code: str) -> bool:
        """Whether its answer is waited for and nobody was yet told to look."""
        return code in self._writings and code not in self._sheet.unread

    def too_long(self, code: str) -> bool:
        """Whether it is not finished because it does not fit."""
        writing = self._writings.get(code)
        return writing is not None and writing.too_long

    # ------------------------------------------------------------------ engines and time

    def hear(self, told: TypingTold) -> list[str]:
        """Each may be answered by it. Codes of those that were, and are finished."""
        finished = []
        for code, writing in tuple(self._writings.items()):
            if not writing.handle(told):
                continue
            self._sheet.values[code] = writing.finish()
            self._sheet.unread.discard(code)
            if not writing.unread:
                del self._writings[code]
                finished.append(code)
                if isinstance(told.told, EngineDown):  # gone for good: letters stay letters, ink is lost
                    self._sheet.unread.add(code)
            elif not writing.waits:
                self._sheet.unread.add(code)
        return finished

    def wait(self) -> bool:
        """Going on is wanted. Whether it has to wait for what is being read."""
        self._since = None
        self.going_on = any(map(self.reading, self._writings))
        return self.going_on

    def stay(self) -> None:
        """Going on is wanted no more."""
        self.going_on = False

    def arrived(self, monotonic: float | None = None) -> bool:
        """Whether going on waits no more: all is read, or, of what is not, the citizen is to be told. `monotonic`: a clock's."""
        if not self.going_on:
            return False
        if monotonic is not None:
            self._since = monotonic if self._since is None else self._since
            if monotonic - self._since >= _WAIT_SECONDS:
                self._sheet.unread |= self._writings.keys()
        return not any(map(self.reading, self._writings))
