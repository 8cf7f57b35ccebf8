"""Writing Chinese on glass: one text under the citizen's finger, what is composed into it, and the keyboard as it then is.

It knows no window and asks the engines by a port; a step hands it events and shows `typed()` and `keyboard()`.
"""

from __future__ import annotations

from kiosk.journeys.writing.asking import TypingEngines
from kiosk.journeys.writing.takes import Takes
from kiosk.journeys.writing.writing import Writing

__all__ = ["Takes", "TypingEngines", "Writing"]
