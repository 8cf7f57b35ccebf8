"""The one thing that goes wrong with a line."""

from __future__ import annotations

from kiosk.errors import OneSealError


class TransportLost(OneSealError):
    """The printer cannot be reached, or the line to it broke. What was sent before may or may not have arrived."""

    def __init__(self, message: str) -> None:
        super().__init__("printer_unreachable", message)
