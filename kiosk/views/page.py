"""What every view is, and every page with a header and a dock."""

from __future__ import annotations

from dataclasses import dataclass

from kiosk.views.parts import Chrome


@dataclass(frozen=True)
class ViewData:
    """Base of all views. `spoken` is the page's heading and one question, for the voice."""

    @property
    def name(self) -> str:
        """The view's name as in screen files, pictures and logs: `HomeView` is `home`."""
        stem = type(self).__name__.removesuffix("View")
        return "".join(f"_{c.lower()}" if c.isupper() and i else c.lower() for i, c in enumerate(stem))


@dataclass(frozen=True)
class PageView(ViewData):
    """A page with header and dock."""

    chrome: Chrome
    title: str
    subtitle: str = ""
    spoken: str = ""
