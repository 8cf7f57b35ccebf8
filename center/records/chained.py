"""Adding a row to a chain (`center.domain.chain`): one writer at a time, the head moved in the same transaction."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from uuid import UUID, uuid4

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert as insert_postgresql
from sqlalchemy.dialects.sqlite import insert as insert_sqlite
from sqlalchemy.orm import Session

from center.center import Center
from center.domain.chain import BEGINNING, row_code
from center.store.tables import ChainHead

Content = Mapping[str, str | int | None]


class Chain(StrEnum):
    """Which chain."""

    SEAL = "seal"
    JOURNAL = "journal"


#: What people call them, on the console and on paper.
CHAIN_NAMES: dict[Chain, str] = {Chain.JOURNAL: "操作日志", Chain.SEAL: "用印台账"}


def anchor_words(chain: Chain, length: int, digits: str) -> str:
    """Where a chain ends, to be printed and later given to `verify --anchor` as it stands: 操作日志第 121 条，校验码 4c56 91b2 7a0e."""
    groups = " ".join(digits[at : at + 4] for at in range(0, len(digits), 4))
    return f"{CHAIN_NAMES[chain]}第 {length} 条，校验码 {groups}"


@dataclass(frozen=True)
class Place:
    """Where a new row goes."""

    position: int
    before: str
    code: str


def plain(value: object) -> str | int | None:
    """A column's value as the code is made over it: the same whichever engine gave it back."""
    if value is None or isinstance(value, (str, int)):
        return value
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    assert isinstance(value, UUID), type(value)
    return str(value)


def head_code(center: Center, chain: Chain, length: int, last: str) -> str:
    """What confirms a chain's end."""
    return center.cipher.chain_code(f"{center.township_id}\0{chain}\0{length}\0{last}".encode())


def take_place(center: Center, session: Session, chain: Chain, content: Content) -> Place:
    """The place of the next row with `content`; the chain's end moves there. Other writers of this chain wait until the transaction ends."""
    ends = (
        select(ChainHead)
        .where(ChainHead.township_id == center.township_id, ChainHead.name == chain)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    head = session.scalars(ends).one_or_none()
    if head is None:
        _begin(center, session, chain)
        head = session.scalars(ends).one()
    position, before = head.length + 1, head.last
    code = row_code(center.cipher.chain_code, position, content, before)
    head.length, head.last, head.code = position, code, head_code(center, chain, position, code)
    session.flush()
    return Place(position, before, code)


def _begin(center: Center, session: Session, chain: Chain) -> None:
    """A chain of no rows, unless another writer begins it this moment."""
    insert = insert_postgresql if session.get_bind().dialect.name == "postgresql" else insert_sqlite
    start = insert(ChainHead).values(
        id=uuid4(),
        township_id=center.township_id,
        name=chain,
        length=0,
        last=BEGINNING,
        code=head_code(center, chain, 0, BEGINNING),
    )
    session.execute(start.on_conflict_do_nothing(index_elements=["township_id", "name"]))
