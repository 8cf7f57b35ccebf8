"""What a message was read from is kept by nobody but the message: pydantic has a cache of texts that lasts as long as the process."""

from __future__ import annotations

import pytest
from pydantic import BaseModel

from kiosk.wire.complaints import Party
from kiosk.wire.documents import Row

TOLD = "张秀兰"
MESSAGES = [(Party, {"name": f" {TOLD} ", "contact": "13904641234"}, "name"), (Row, {"label": "姓名", "value": TOLD}, "value")]


@pytest.mark.parametrize(("kind", "told", "where"), MESSAGES)
def test_a_text_read_twice_is_two_texts(kind: type[BaseModel], told: dict[str, str], where: str) -> None:
    read = kind.model_validate(told)
    again = kind.model_validate(told)
    from_json = [kind.model_validate_json(read.model_dump_json()) for _ in range(2)]
    assert getattr(read, where) == TOLD
    assert getattr(from_json[0], where) is not getattr(from_json[1], where)
    # what was given as it is stays what was given; what was stripped is new each time
    assert (getattr(read, where) is getattr(again, where)) == (getattr(read, where) is told[where])
