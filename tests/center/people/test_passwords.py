"""What the product hashes passwords with: the other tests take less memory and one pass."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from center.center import Center
from center.complaints.access import hash_digits
from center.store.tables import Staff
from tests.center.place import Browser, add_wang_min

#: 19 MiB, two passes: the first choice of OWASP for argon2id.
_COST = "$argon2id$v=19$m=19456,t=2,p=1$"

pytestmark = pytest.mark.usefixtures("slow_passwords")


def test_who_signs_in_is_known_by_a_hash_that_is_slow_to_guess(center: Center, url: str) -> None:
    add_wang_min(center)
    with center.database.reading() as session:
        assert session.scalars(select(Staff.password_hash)).one().startswith(_COST)
    assert Browser(url).sign_in().ok
    assert Browser(url).sign_in(password="no").status_code == 401
    assert Browser(url).sign_in("nobody", "no").status_code == 401


def test_the_digits_of_a_complaint_are_as_slow_to_guess() -> None:
    assert hash_digits("123456").startswith(_COST)
