"""What journeys have in common: pages of a form, and papers under the camera. Each journey says what is asked and where it is kept."""

from kiosk.journeys.filling.fields import counted, value_text
from kiosk.journeys.filling.form import FormPages
from kiosk.journeys.filling.paper_words import wanted_later
from kiosk.journeys.filling.papers import PaperPages
from kiosk.journeys.filling.stack import is_there, may_follow, missing_materials, must_be_brought, papers_there, settled

__all__ = [
    "FormPages",
    "PaperPages",
    "counted",
    "is_there",
    "may_follow",
    "missing_materials",
    "must_be_brought",
    "papers_there",
    "settled",
    "value_text",
    "wanted_later",
]
