"""Notices, who is on duty and the public staff list are at hand on every page, also where the center is away."""

from __future__ import annotations

from pathlib import Path

from demo.place import open_place
from kiosk.events import PublicChanged
from kiosk.views import AttractView
from kiosk.wire.complaints import PublicStaffAnswer


def test_what_is_public_is_at_hand_with_the_center_and_at_the_next_start_without_it(tmp_path: Path) -> None:
    # given a terminal that heard from its center what is public
    with open_place(tmp_path) as place:
        work = place.composition.terminal.work
        place.citizen.waits(lambda: work.notices is not None and work.public_staff is not None)
        known = work.notices, work.public_staff
    # when it starts again and the center is away
    with open_place(tmp_path, center=False) as again:
        again.citizen.sees(AttractView)
        work = again.composition.terminal.work
        # then it has both
        again.citizen.waits(lambda: (work.notices, work.public_staff) == known)
        # and what is told of the one leaves the other as it was
        again.citizen.post(PublicChanged(staff=PublicStaffAnswer()))
        again.citizen.waits(lambda: work.public_staff == PublicStaffAnswer())
        assert work.notices == known[0]
