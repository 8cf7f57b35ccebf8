"""What every test starts with."""

from __future__ import annotations

import gc
import logging
from collections.abc import Iterator
from pathlib import Path

import pytest
import structlog
from hypothesis import HealthCheck, settings

from tests.unanswered import pytest_runtest_makereport

__all__ = ["pytest_runtest_makereport"]

# No test asserts an absolute time, and these two would: on a busy machine an example takes longer than the library's 200 ms.
settings.register_profile("oneseal", settings(), deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("oneseal")

#: The files that take longest (half a minute and more of a worker), the longest first; each goes to one worker whole. Whoever makes
#: another such file names it here: begun last, it would keep one worker busy while the others have nothing left.
LONGEST = (
    "center/month/test_month_postgresql.py",
    "center/month/test_month_sqlite.py",
    "flows/test_wipe.py",
    "ui/test_whole_line_by_touch.py",
    "ui/test_monkey.py",
    "center/complaints/test_identity.py",
    "flows/complaints/test_acts.py",
    "flows/complaints/test_opening.py",
    "flows/test_complain_offline.py",
    "flows/test_out_of_order.py",
    "flows/test_rate.py",
    "flows/test_another_card.py",
    "flows/progress/test_doing.py",
    "flows/progress/test_supply.py",
    "kiosk/link/test_real_center.py",
    "flows/test_complain.py",
    "flows/test_cards_and_codes.py",
    "flows/test_whole_line.py",
    "flows/test_apply_draft.py",
    "flows/test_apply_agent.py",
    "flows/test_apply_organization.py",
    "flows/help/test_calling.py",
    "flows/test_book_faults.py",
    "flows/test_typing.py",
    "center/walks/test_complaint.py",
    "center/walks/test_application.py",
    "center/publishing/test_items.py",
    "ui/test_complaint_by_touch.py",
    "ui/test_leaks.py",
    "ui/test_drawing.py",
    "center/records/test_keys.py",
    "center/test_matrix.py",
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The longest files are begun first; `--no-loadscope-reorder` keeps the workers to it."""
    here, turns = Path(__file__).parent, {path: turn for turn, path in enumerate(LONGEST)}
    items.sort(key=lambda item: turns.get(item.path.relative_to(here).as_posix(), len(LONGEST)))


@pytest.fixture(autouse=True)
def _a_log_of_its_own() -> Iterator[None]:
    """A command line or a terminal of one test configures the process's log, perhaps to a stream that ends with that test, and the center's
    commands silence libraries for the whole process.
    """
    yield
    structlog.reset_defaults()
    logging.disable(logging.NOTSET)


@pytest.fixture(scope="module")
def heap_of_its_own() -> Iterator[None]:
    """For terminals that run inside the tests' process: what thousands of other tests left there is not theirs to sweep.

    A session ends with a sweep under a deadline, past which the process ends. In a process of its own that is milliseconds;
    over a worker's whole heap, on a busy machine, it was more than the five seconds, and took the worker with it.
    """
    gc.collect()
    gc.freeze()
    yield
    gc.unfreeze()
