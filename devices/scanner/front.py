"""Tells a code that stays in front of the scanner from one held up anew. Pure."""

from __future__ import annotations


class InFront:
    """One code is in front at a time; it counts as taken away after `absence` seconds without a sight of it."""

    def __init__(self, absence: float) -> None:
        self._absence = absence
        self._text: str | None = None
        self._last = 0.0

    def sighted(self, text: str, now: float) -> bool:
        """Whether this is news: another code than the last, or the same after it was away. `now`: monotonic seconds."""
        news = text != self._text or now - self._last > self._absence
        self._text, self._last = text, now
        return news

    def forget(self) -> None:
        """Whatever comes next is news; the text is dropped."""
        self._text = None
