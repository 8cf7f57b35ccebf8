"""Who may apply for an item, and that nobody is asked where there is one way only."""

from __future__ import annotations

import pytest

from kiosk.journeys.apply.draft import ways_to_apply
from kiosk.session import Applying
from kiosk.wire.items import ApplicantKind
from tests.kiosk.test_papers import WHOLE

SELF, AGENT, ORGANIZATION = Applying.SELF, Applying.AGENT, Applying.ORGANIZATION
PERSON, UNIT = ApplicantKind.PERSON, ApplicantKind.ORGANIZATION


@pytest.mark.parametrize(
    ("applicants", "agents", "ways"),
    [
        ((PERSON,), True, (SELF, AGENT)),
        ((PERSON,), False, (SELF,)),
        ((UNIT,), True, (ORGANIZATION,)),
        # an organization is acted for even where nobody may act for a person
        ((UNIT,), False, (ORGANIZATION,)),
        ((PERSON, UNIT), True, (SELF, AGENT, ORGANIZATION)),
        ((PERSON, UNIT), False, (SELF, ORGANIZATION)),
    ],
)
def test_the_ways_to_apply_follow_from_the_item(applicants: tuple[ApplicantKind, ...], agents: bool, ways: tuple[Applying, ...]) -> None:
    assert ways_to_apply(WHOLE.model_copy(update={"applicants": applicants, "agents": agents})) == ways
