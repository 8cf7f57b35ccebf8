"""Whether the records are what was written (R7.2): both chains row by row, every sealed field, every file. Reads, and tells places and counts only."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from center.center import Center
from center.domain.chain import BEGINNING, Break, Row, faults
from center.records import journal, seal
from center.records.chained import Chain, Content, head_code
from center.store.encryption import LetGo, Unopenable
from center.store.files import FileLost
from center.store.sealed import SEALED, Sealed
from center.store.tables import ChainHead, JournalEntry, Maintenance, SealEntry, StoredFile

_BATCH = 500
#: So much of a code is printed to be compared later: 48 bits that nobody without the key can hit.
ANCHOR_DIGITS = 12


class HeadState(StrEnum):
    """What the row says that holds a chain's end."""

    RIGHT = "right"
    CHANGED = "changed"
    MISSING = "missing"


@dataclass(frozen=True)
class ChainReport:
    """One chain. `faults` are positions and what is wrong there; `anchor` is the beginning of the last row's code."""

    rows: int
    head: HeadState
    faults: tuple[tuple[int, Break], ...]
    anchor: str
    anchor_broken: bool = False

    @property
    def whole(self) -> bool:
        """Nothing is wrong."""
        return self.head is HeadState.RIGHT and not self.faults and not self.anchor_broken


@dataclass(frozen=True)
class Anchor:
    """A chain as it was printed or written down once: how long it was, and how the code of its last row began."""

    chain: Chain
    length: int
    digits: str


@dataclass
class Report:
    """Everything that was looked at. Counts: of fields and files that open, were let go, and do not open or are not there."""

    chains: dict[Chain, ChainReport] = field(default_factory=dict)
    opened: int = 0
    let_go: int = 0
    unopenable: dict[str, int] = field(default_factory=dict)
    files: int = 0
    files_missing: int = 0
    files_unopenable: int = 0
    files_without_row: int = 0
    maintenance_left: int = 0

    @property
    def whole(self) -> bool:
        """Nothing is wrong. A file that no row names is none: it is written before the row, and retention sweeps it away."""
        bad = self.unopenable or self.files_missing or self.files_unopenable or self.maintenance_left
        return not bad and all(chain.whole for chain in self.chains.values())

    def as_json(self) -> dict[str, Any]:
        """For the command line."""
        return {
            "whole": self.whole,
            "chains": {
                name: {
                    "rows": chain.rows,
                    "head": chain.head,
                    "faults": [{"position": position, "what": what} for position, what in chain.faults],
                    "anchor": f"{name}:{chain.rows}:{chain.anchor}",
                }
                | ({"anchor_broken": True} if chain.anchor_broken else {})
                for name, chain in self.chains.items()
            },
            "fields": {"opened": self.opened, "let_go": self.let_go, "unopenable": self.unopenable},
            "files": {
                "opened": self.files,
                "missing": self.files_missing,
                "unopenable": self.files_unopenable,
                "without_row": self.files_without_row,
            },
            "maintenance_left": self.maintenance_left,
        }


#: Of each chain the table and what its codes are made over.
_CHAINS: dict[Chain, tuple[Any, Callable[[Any], Content]]] = {
    Chain.SEAL: (SealEntry, seal.content_of),
    Chain.JOURNAL: (JournalEntry, journal.content_of),
}


def verify(center: Center, anchors: tuple[Anchor, ...] = ()) -> Report:
    """Look at all of it, at one moment, while the center may go on. `anchors`: chains as they were printed, which must still be so."""
    report = Report()
    # Nothing that a row of this moment names is removed before it was looked at.
    with center.files.held(shared=True), center.database.snapshot() as session:
        for chain in Chain:
            report.chains[chain] = _chain(center, session, chain, tuple(each for each in anchors if each.chain is chain))
        for column in SEALED:
            _fields(center, session, column, report)
        _files(center, session, report)
        report.maintenance_left = session.scalar(select(func.count()).select_from(Maintenance)) or 0
    return report


def _chain(center: Center, session: Session, chain: Chain, anchors: tuple[Anchor, ...]) -> ChainReport:
    table, content_of = _CHAINS[chain]
    head = session.scalar(select(ChainHead).where(ChainHead.township_id == center.township_id, ChainHead.name == chain))
    wanted = {anchor.length: anchor.digits for anchor in anchors}
    held: set[int] = set()
    last, count = BEGINNING, 0

    def rows() -> Iterator[Row]:
        nonlocal last, count
        stored = select(table).where(table.township_id == center.township_id).order_by(table.position, table.id)
        for entry in session.scalars(stored.execution_options(yield_per=_BATCH)):
            last, count = entry.code, count + 1
            if entry.position in wanted and entry.code.startswith(wanted[entry.position]):
                held.add(entry.position)
            yield Row(entry.position, content_of(entry), entry.before, entry.code)
            session.expunge(entry)

    right = head is not None and head.code == head_code(center, chain, head.length, head.last)
    # An end that cannot be trusted says nothing of how many rows there should be.
    stored = session.scalar(select(func.max(table.position)).where(table.township_id == center.township_id)) or 0
    length = head.length if head is not None and right else stored
    found: dict[int, Break] = {}
    for fault in faults(center.cipher.chain_code, rows(), length):
        # A row beyond the end was put there, whatever else is wrong with it.
        found[fault.position] = Break.INSERTED if fault.position > length else fault.what
    if head is None:
        state = HeadState.MISSING if count else HeadState.RIGHT
    else:
        state = HeadState.RIGHT if right and (found or head.last == last) else HeadState.CHANGED
    return ChainReport(count, state, tuple(sorted(found.items())), last[:ANCHOR_DIGITS], bool(set(wanted) - held))


def _fields(center: Center, session: Session, column: Sealed, report: Report) -> None:
    # Of every township: the keys are the database's.
    rows = select(column.rows.c.id, column.field).where(column.field.is_not(None)).execution_options(yield_per=_BATCH)
    bad = 0
    for row_id, sealed in session.execute(rows):
        try:
            center.cipher.open(column.table, column.column, row_id, bytes(sealed))
            report.opened += 1
        except LetGo:
            report.let_go += 1
        except Unopenable:
            bad += 1
    if bad:
        report.unopenable[column.name] = bad


def _files(center: Center, session: Session, report: Report) -> None:
    named = set(session.scalars(select(StoredFile.sha256)))
    for sha256 in sorted(named):
        try:
            whole = hashlib.sha256(center.files.get(sha256)).hexdigest() == sha256
        except FileLost:
            report.files_missing += 1
        except Unopenable:
            report.files_unopenable += 1
        else:
            report.files += whole
            report.files_unopenable += not whole
    report.files_without_row = sum(name not in named for name in center.files.names())
