"""All that is shown: one frozen value per screen. Screens draw it and decide nothing; every text in it is ready to read, in the citizen's language.

Anything that can be pressed is a `Button` with the event it posts; `event` None is a disabled button. `id`s are stable: tests
and touch scripts find widgets by them.
"""

from __future__ import annotations

from kiosk.views.before import (
    AttractView,
    HomeView,
    IdleView,
    MessageView,
)
from kiosk.views.browse import (
    GuideSection,
    GuideView,
    ItemListView,
    ItemRow,
)
from kiosk.views.filing import (
    ConsentView,
    DoneView,
    FieldRow,
    FormView,
    IdentifyView,
    MaterialRow,
    MaterialsView,
    ReviewRow,
    ReviewView,
    SignatureView,
    TakeCard,
)
from kiosk.views.keyboard import (
    CandidateBar,
    CandidateGrid,
    Keyboard,
    KeyboardKind,
    KeyLabels,
    Stroke,
    Typed,
)
from kiosk.views.page import (
    PageView,
    ViewData,
)
from kiosk.views.parts import (
    Button,
    Chrome,
    Panel,
    StepMark,
    Tone,
)
from kiosk.views.services import GridSection, GridView, PeopleView, PersonCard, RateView, ReadPart, ReadView, WaysView
from kiosk.views.tracking import (
    CaseListView,
    CaseRow,
    ProgressView,
    ScanView,
    TimelineStep,
)

__all__ = [
    "AttractView",
    "Button",
    "CandidateBar",
    "CandidateGrid",
    "CaseListView",
    "CaseRow",
    "Chrome",
    "ConsentView",
    "DoneView",
    "FieldRow",
    "FormView",
    "GridSection",
    "GridView",
    "GuideSection",
    "GuideView",
    "HomeView",
    "IdentifyView",
    "IdleView",
    "ItemListView",
    "ItemRow",
    "KeyLabels",
    "Keyboard",
    "KeyboardKind",
    "MaterialRow",
    "MaterialsView",
    "MessageView",
    "PageView",
    "Panel",
    "PeopleView",
    "PersonCard",
    "ProgressView",
    "RateView",
    "ReadPart",
    "ReadView",
    "ReviewRow",
    "ReviewView",
    "ScanView",
    "SignatureView",
    "StepMark",
    "Stroke",
    "TakeCard",
    "TimelineStep",
    "Tone",
    "Typed",
    "ViewData",
    "WaysView",
]
