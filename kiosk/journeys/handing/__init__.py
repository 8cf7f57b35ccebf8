"""Handing in: kept safe on this terminal first, then sent, then told what came of it. What it is that is handed in is its journey's."""

from kiosk.journeys.handing.check import CheckPage
from kiosk.journeys.handing.done import DoneWords, HandedDone
from kiosk.journeys.handing.keep import by_content, hand_in
from kiosk.journeys.handing.review import ReviewPage
from kiosk.journeys.handing.send import SendPage

__all__ = ["CheckPage", "DoneWords", "HandedDone", "ReviewPage", "SendPage", "by_content", "hand_in"]
