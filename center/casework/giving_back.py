"""Papers given back when a case ends without a result: withdrawn (R3.2 [design]) or refused, whose notice promises it. Once, against a signed list."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from center.casework.acting import acting, changed, keep, locked
from center.casework.course import SHORT, entry_fault, written
from center.casework.course_papers import total, what_is_given_back
from center.casework.course_values import Count
from center.casework.dossier import Dossier, open_dossier
from center.casework.events import EventKind
from center.casework.handed_in import PaperState
from center.casework.handover import MAX_COPIES, MAX_LINES
from center.casework.notices import foot
from center.center import Center, Refusal
from center.domain.application import ApplicationState
from center.domain.paper import PaperKind
from center.domain.roles import Right
from center.members import Member, require
from center.records.papers import Paper, Subject, issue

_STATES = frozenset({ApplicationState.WITHDRAWN, ApplicationState.REFUSED})
_ON_PAPER = frozenset({PaperState.ON_PAPER, PaperState.AT_WINDOW})


def may_give_back(dossier: Dossier) -> bool:
    """Whether papers of this case can be given back now: it ended without a result, and they were not yet."""
    return dossier.state in _STATES and all(event.kind is not EventKind.PAPERS_RETURNED for event in dossier.happened)


def offered_back(dossier: Dossier) -> tuple[Count, ...]:
    """What lies here on paper, as far as the records know, with its sheets."""
    return tuple(
        Count(f"m.{paper.material.code}", paper.material.material_name, max(1, paper.sheets))
        for paper in dossier.papers
        if paper.sheets or paper.state in _ON_PAPER
    )


def give_back(center: Center, member: Member, case_id: UUID, revision: int, lines: Iterable[Count], to: str, signed: bool | None) -> Paper:
    """Give papers back and issue the list. `to`: who took them. Raises Refusal."""
    require(member, Right.HANDLE_CASES)
    given = tuple(line for line in lines if line.copies)
    if not given:
        raise entry_fault("lines", "还没有勾选任何材料。请勾选这次退还的材料，写明份数。")
    if len(given) > MAX_LINES or any(not 1 <= line.copies <= MAX_COPIES for line in given):
        raise entry_fault("lines", f"份数请填 1 到 {MAX_COPIES} 的整数，一张单子最多写 {MAX_LINES} 样材料。")
    for line in given:
        written(line.name, "lines", "材料名称", SHORT)
    taken_by = written(to, "to", "谁取走了材料", SHORT)
    if signed is None:
        raise entry_fault("signed", "请选择取材料的人是否在退还单上签了字。")
    with acting(center) as session:
        case = locked(session, center, case_id)
        dossier = open_dossier(center, session, case)
        if case.revision != revision:
            raise changed()
        if not may_give_back(dossier):
            raise Refusal("case_changed", "这个办件现在不用退还材料：只有撤回、不予受理的办件退还材料，并且只登记一次。")
        blocks = what_is_given_back(dossier, given, taken_by, member.words, center.clock.now())
        paper = issue(center, session, PaperKind.MATERIALS_RETURNED, Subject.CASE, case.id, blocks, member, foot=foot(center))
        note = f"{total(given)}，{taken_by}取走，{'已签字' if signed else '没有签字'}"
        keep(
            center, session, case, EventKind.PAPERS_RETURNED, member, papers=(paper,), note=note, told=total(given),
            detail={"to": taken_by}, codes={"lines": len(given), "signed": signed},
        )  # fmt: skip
        return paper
