"""A center that was closed leaves nothing in its process."""

from __future__ import annotations

import gc
import weakref
from pathlib import Path

from tests.center.place import direct_session, listening, make_center


def test_a_center_that_was_closed_is_forgotten_with_all_it_had_read(tmp_path: Path) -> None:
    """Kept, each holds ten thousand objects of compiled statements: after some thousand tests a sweep of them took ten seconds.

    No thread runs during a sweep, so whatever was asked of a center just then found no answer in time.
    """
    made = make_center(tmp_path)
    with listening(made) as address, direct_session() as session:
        for path in ("/", "/console/sign-in", "/healthz", "/g"):
            assert session.get(address + path, timeout=20).status_code < 500
    made.database.close()
    kept = weakref.ref(made), weakref.ref(made.database.engine)
    del made
    gc.collect()
    assert [each() for each in kept] == [None, None]
