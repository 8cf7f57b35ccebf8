"""The scripted month on PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.center.conftest import database_on
from tests.center.month.__main__ import SEED, START
from tests.center.month.cases import MonthCases
from tests.center.month.driver import Month, month_at
from tests.center.month.script import play

#: Some three thousand requests.
pytestmark = pytest.mark.timeout(600)


@pytest.fixture(scope="module")
def month(tmp_path_factory: pytest.TempPathFactory, postgresql: str) -> Iterator[Month]:
    """Played once for all of these tests."""
    with database_on(postgresql) as url, month_at(tmp_path_factory.mktemp("month"), SEED, START, url) as made:
        play(made)
        yield made


class TestMonth(MonthCases):
    """On PostgreSQL."""
