"""How every act on a complaint is done: one transaction that locks it, asks the table whether it may happen, and keeps event and journal with it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session
from sqlalchemy.orm.exc import StaleDataError

from center.center import Center, Refusal
from center.complaints.access import find_complaint
from center.complaints.events import append_event
from center.domain.complaint import ComplaintAct, ComplaintState, complaint_target
from center.members import Member
from center.records import journal
from center.records.papers import Paper
from center.store.tables import Complaint

_MAX_WORDS = 2000


def changed() -> Refusal:
    """What the second of two is told."""
    return Refusal("complaint_changed", "这份投诉刚刚有了变化，或者现在不能这样处理，您的操作没有保存。请查看最新情况后再决定。")


def incomplete(faults: Mapping[str, str]) -> None:
    """Raises Refusal with the sentence for each field, if there are any."""
    if faults:
        raise Refusal("act_incomplete", "有内容没有填好，还没有保存。请按下面标出的改正。", dict(faults))


def lacking(limit: int = _MAX_WORDS, **texts: str) -> dict[str, str]:
    """A sentence for each of `texts` that is empty or longer than `limit`."""
    empty = {name: "这一项要填写" for name, text in texts.items() if not text.strip()}
    return empty | {name: f"太长了，最多 {limit} 个字" for name, text in texts.items() if len(text) > limit}


@dataclass(frozen=True)
class Acting:
    """A complaint locked for one act that the table allows."""

    center: Center
    session: Session
    complaint: Complaint
    act: ComplaintAct
    after: ComplaintState
    member: Member | None

    def keep(
        self,
        lines: Mapping[str, str] | None = None,
        paper: Paper | None = None,
        codes: Mapping[str, Any] | None = None,
        by: str = "",
    ) -> None:
        """Move it to the state the act leads to, append the event and write the journal. `lines` are sealed; `codes` hold nothing personal."""
        self.complaint.state = self.after
        shown = dict(lines or {}) | ({"文书": f"{paper.document.title} {paper.number}"} if paper else {})
        append_event(self.center, self.session, self.complaint, self.act, self.member, by, shown)
        self.session.flush()
        if self.member is not None:
            written = dict(codes or {}) | ({"paper": paper.number} if paper else {})
            journal.record(self.center, self.session, f"complaint.{self.act}", self.member, "complaint", self.complaint.id, written)


def begin(center: Center, session: Session, complaint: Complaint, act: ComplaintAct, member: Member | None) -> Acting:
    """The act on a locked complaint. Raises Refusal if the table does not allow it."""
    after = complaint_target(ComplaintState(complaint.state), act)
    if after is None:
        raise changed()
    return Acting(center, session, complaint, act, after, member)


@contextmanager
def acting(center: Center, member: Member, complaint_id: UUID, revision: int, act: ComplaintAct) -> Iterator[Acting]:
    """An officer's act, whole or not at all. Raises Refusal: the wrong role, an old sight of it, or a state that does not allow it."""
    try:
        with center.database.writing() as session:
            complaint = find_complaint(center, session, member, complaint_id, lock=True)
            if complaint.revision != revision:
                raise changed()
            if complaint.officer_id is None:
                # Filed at a terminal: who takes it up first answers for its limits (R3.1 [design]).
                complaint.officer_id = member.id
            yield begin(center, session, complaint, act, member)
    except (StaleDataError, IntegrityError):
        raise changed() from None
