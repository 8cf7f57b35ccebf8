"""Papers given back when a case ends without a result: withdrawn (R3.2 [design]) or refused, whose notice promises it. Against signed lists,
no paper twice: what lies here first, what the department still has when it is back (R5.2).
"""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from center.casework.acting import acting, changed, keep, locked
from center.casework.course import SHORT, entry_fault, written
from center.casework.course_of import course_of, lines_out
from center.casework.course_papers import total, what_is_given_back
from center.casework.course_values import Count, CourseView
from center.casework.dossier import Dossier, open_dossier
from center.casework.events import EventKind
from center.casework.handed_in import PaperState
from center.casework.handover import MAX_COPIES, MAX_LINES
from center.casework.notices import foot
from center.casework.scans import SENT_BACK
from center.center import Center, Refusal
from center.domain.application import ApplicationState
from center.domain.paper import PaperKind
from center.domain.roles import Right
from center.members import Member, require
from center.records.papers import Paper, Subject, issue

_STATES = frozenset({ApplicationState.WITHDRAWN, ApplicationState.REFUSED})
_ON_PAPER = frozenset({PaperState.ON_PAPER, PaperState.AT_WINDOW})
#: Prints of what the card or the form said are the center's own, and the application itself stays in the file.
_NEVER = frozenset({PaperState.FROM_CARD, PaperState.FROM_FORM})
_FORM = "form"


def not_for_now() -> Refusal:
    """What is told when there is nothing to give back."""
    return Refusal("case_changed", "这个办件现在没有要退还的材料：只有撤回、不予受理的办件退还材料，同一份材料只退还一次。")


def may_give_back(dossier: Dossier, course: CourseView) -> bool:
    """Whether papers of this case can be given back now: it ended without a result, and nothing was yet, or something is here that was not."""
    return dossier.state in _STATES and (course.given_back == () or bool(offered_back(dossier, course)))


def _key(line: Count) -> str:
    """Which paper it is: what was written on a slip by hand has its name alone, its code counts lines."""
    return line.code if line.code.startswith("m.") else line.name.strip()


def _added(lines: Iterable[Count]) -> dict[str, int]:
    sums: dict[str, int] = {}
    for line in lines:
        sums[_key(line)] = sums.get(_key(line), 0) + line.copies
    return sums


def _applicants(dossier: Dossier, course: CourseView) -> tuple[Count, ...]:
    """Every paper of the applicant's as far as the records know, with its copies, wherever it lies: what was handed in on paper, and what
    went to the department besides. What the department added is not the applicant's.
    """
    not_theirs = (paper for paper in dossier.papers if paper.state in _NEVER or paper.material.code.startswith(SENT_BACK))
    never = {f"m.{paper.material.code}" for paper in not_theirs} | {_FORM}
    papers = {
        f"m.{paper.material.code}": Count(f"m.{paper.material.code}", paper.material.material_name, max(1, paper.sheets))
        for paper in dossier.papers
        if paper.sheets or paper.state in _ON_PAPER
    }
    for line in (line for each in course.rounds for line in each.lines if line.code not in never):
        known = papers.get(_key(line))
        if known is None or known.copies < line.copies:
            code = line.code if line.code.startswith("m.") else f"x.{line.name}"
            papers[_key(line)] = Count(code, known.name if known else line.name, line.copies)
    return tuple(papers.values())


def offered_back(dossier: Dossier, course: CourseView) -> tuple[Count, ...]:
    """What lies here and was not given back: less what is at the department or did not come back from there."""
    if course.given_back is None:
        return ()
    out, given = _added(line for each in course.rounds for line in each.lines), _added(course.given_back)
    back = _added(line for each in course.rounds for line in each.returned)
    here = []
    for line in _applicants(dossier, course):
        gone = max(0, out.get(_key(line), 0) - back.get(_key(line), 0)) + given.get(_key(line), 0)
        if line.copies > gone:
            here.append(Count(line.code, line.name, line.copies - gone))
    return tuple(here)


def _check(dossier: Dossier, course: CourseView, given: tuple[Count, ...]) -> None:
    """Nothing twice, and nothing that is not here. Raises Refusal."""
    here = {_key(line): line.copies for line in offered_back(dossier, course)}
    known = {name for line in _applicants(dossier, course) for name in (_key(line), line.name)} | set(_added(course.given_back or ()))
    for key, copies in _added(given).items():
        if key not in here and key in known:
            raise entry_fault("lines", "单子上有重复的材料：上面已经列出，已经退还过，或者还没有从职能单位收回。请核对后去掉。")
        if key in here and copies > here[key]:
            raise entry_fault("lines", f"有一样材料写了 {copies} 份，窗口只有 {here[key]} 份可以退还。请核对份数。")


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
        dossier, course = open_dossier(center, session, case), course_of(center, session, case)
        if case.revision != revision:
            raise changed()
        if not may_give_back(dossier, course):
            raise not_for_now()
        _check(dossier, course, given)
        blocks = what_is_given_back(dossier, given, taken_by, member.words, center.clock.now())
        paper = issue(center, session, PaperKind.MATERIALS_RETURNED, Subject.CASE, case.id, blocks, member, foot=foot(center))
        note = f"{total(given)}，{taken_by}取走，{'已签字' if signed else '没有签字'}"
        keep(
            center, session, case, EventKind.PAPERS_RETURNED, member, papers=(paper,), note=note, told=total(given),
            detail={"to": taken_by, "lines": lines_out(given)}, codes={"lines": len(given), "signed": signed},
        )  # fmt: skip
        return paper
