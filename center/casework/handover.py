"""Handing papers to the department and taking them back (R5.2, R5.3, R3.2): slips in both directions, the receipt, the opinion, counts compared."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from center.casework.acting import acting, begin, changed, keep, locked
from center.casework.course import LONG, SHORT, entry_fault, written
from center.casework.course_of import course_of, handover_day, lines_out, pauses_of
from center.casework.course_papers import AGREES, OPINION_FOOT, SLIP_FOOT, opinion_form, slip_back, slip_out, total
from center.casework.course_values import Count, CourseView, Opinion, Round
from center.casework.dossier import Dossier, open_dossier
from center.casework.events import EventKind
from center.catalogue import item_of
from center.center import Center, Refusal
from center.domain.application import ApplicationAct, ApplicationState, due, limit_words
from center.domain.calendar import LimitUnit
from center.domain.paper import PaperKind
from center.domain.roles import Right, Role
from center.members import Member, require
from center.records import papers
from center.records.papers import Paper, Subject
from center.store.tables import Case, Staff
from kiosk.wire.items import ServiceItem

#: What taking back is told that has nothing to take.
NOTHING_OUT = "这个办件没有材料留在职能单位，不用收回。"
MAX_COPIES = 99
MAX_LINES = 40


def departments(center: Center, session: Session) -> tuple[str, ...]:
    """The departments that have a liaison who can sign in."""
    rows = session.scalars(select(Staff).where(Staff.township_id == center.township_id, Staff.active, Staff.department != ""))
    return tuple(sorted({row.department for row in rows if Role.LIAISON in row.roles}))


def departments_for(center: Center, session: Session, item: ServiceItem) -> tuple[str, ...]:
    """Where papers of this item can go: the department that the item names, or, if it names none, one that has a liaison."""
    return (item.handover.department,) if item.handover else departments(center, session)


def _checked(lines: Iterable[Count], field: str) -> tuple[Count, ...]:
    kept = tuple(lines)
    if len(kept) > MAX_LINES:
        raise entry_fault(field, f"一张交接表最多写 {MAX_LINES} 样材料。")
    for line in kept:
        written(line.name, field, "材料名称", SHORT)
        if not 0 <= line.copies <= MAX_COPIES:
            raise entry_fault(field, f"份数请填 1 到 {MAX_COPIES} 的整数。")
    return kept


def department_due(center: Center, session: Session, case: Case, handed_on: date) -> tuple[date | None, str]:
    """By when the department returns it (R5.2, R5.3), its own special procedures left out (R4.7); with the words for the slip."""
    handover = item_of(case.item).handover
    if handover is None or handover.days is None:
        return None, "没有约定"
    until = due(
        handed_on, handover.days, LimitUnit(handover.unit.value), center.calendar, [pause.pause for pause in pauses_of(session, case.id)]
    )
    limit = f"移交后 {limit_words(handover.days, LimitUnit(handover.unit.value))}"
    if until.on is None:
        return None, f"待定（{limit}）"
    return until.on, f"{until.on.year}年{until.on.month}月{until.on.day}日前（含当日；{limit}）"


# ------------------------------------------------------------------ the window hands over


def extend_handover(center: Center, member: Member, case_id: UUID, revision: int, reason: str) -> date:
    """Record special circumstances (R5.2): the first clock then ends the next working day. Returns the new day. Raises Refusal.

    Only while the first clock still runs: what is late already is not made timely afterwards [design].
    """
    require(member, Right.HANDLE_CASES)
    kept = written(reason, "reason", "特殊情况", 200)
    with acting(center) as session:
        case = begin(center, session, case_id, revision, ApplicationAct.HAND_OVER).case
        item, today = item_of(case.item), center.clock.now().date()
        course = course_of(center, session, case)
        if ApplicationState(case.state) is not ApplicationState.ACCEPTED or item.handover is None:
            raise changed()
        before, after = course.handover_due_on, handover_day(center, case, item, special=True)
        if course.extended_reason or before is None or today > before:
            raise entry_fault("reason", "移交时限已过，或者已经延过一次，不能再记录特殊情况。请尽快移交，并在移交时写明原因。")
        if after is None or after <= before:
            raise entry_fault("reason", "受理后一个工作日内必须移交，这个时限不能再延。请按原定的日期移交。")
        case.handover_due_on = after
        detail = {"reason": kept, "before": before.isoformat(), "after": after.isoformat()}
        note = f"{kept}。移交最迟由{before.month}月{before.day}日改为{after.month}月{after.day}日"
        keep(center, session, case, EventKind.HANDOVER_EXTENDED, member, note=note, detail=detail, codes=detail | {"reason": ""})
        return after


def hand_over(
    center: Center, member: Member, case_id: UUID, revision: int, department: str, lines: Iterable[Count], late_reason: str = ""
) -> Paper:
    """Hand papers to the department with a slip (R5.2, R3.2). Returns the slip. Raises Refusal."""
    require(member, Right.HANDLE_CASES)
    handed_lines = tuple(line for line in _checked(lines, "lines") if line.copies)
    late = written(late_reason, "late_reason", "迟延原因", 200, needed=False)
    if not handed_lines:
        raise entry_fault("lines", "还没有勾选任何材料。请勾选这次移交的材料，写明份数。")
    with acting(center) as session:
        begun = begin(center, session, case_id, revision, ApplicationAct.HAND_OVER)
        case, now = begun.case, center.clock.now()
        if department not in departments_for(center, session, begun.dossier.item):
            raise entry_fault("department", "请选择移交给哪个职能单位。")
        course = course_of(center, session, case)
        is_late = not course.rounds and course.handover_due_on is not None and now.date() > course.handover_due_on
        if is_late and not late:
            raise entry_fault("late_reason", "已经超过移交时限。请写明没有按时移交的原因，原因会印在交接表上。")
        until, words = department_due(center, session, case, now.date())
        handed = Round(department, handed_lines, now, member.words, until, late if is_late else "")
        blocks = slip_out(begun.dossier, center.config.center.name, handed, words, course.extended_reason)
        slip = papers.issue(center, session, PaperKind.HANDOVER_SLIP, Subject.CASE, case.id, blocks, member, "中心移交职能单位", SLIP_FOOT)
        case.state, case.department, case.department_due_on, case.taken_back_on = begun.after, department, until, None
        # The clocks of R5.2 are about the first hand-over; a later one for a second look has its own limit only.
        case.handed_over_on = case.handed_over_on or now.date()
        case.handover_due_on = case.handover_due_on or course.handover_due_on
        detail = {
            "department": department,
            "lines": lines_out(handed_lines),
            "due_on": until.isoformat() if until else "",
            "late_reason": handed.late_reason,
        }
        note = f"{department}，{total(handed_lines)}" + (f"。迟延原因：{handed.late_reason}" if handed.late_reason else "")
        codes = {"lines": len(handed_lines), "late": is_late}
        keep(center, session, case, EventKind.HANDED_OVER, member, papers=(slip,), note=note, told=department, detail=detail, codes=codes)
        return slip


# ------------------------------------------------------------------ the department


def of_department(member: Member, case: Case) -> None:
    """Raises Refusal unless the case was handed to the member's own department; the answer is the same as for no case at all."""
    if not member.department or case.department != member.department or case.handed_over_on is None:
        raise Refusal("case_unknown", "没有找到这个办件。您只能查看移交给本单位的办件，请从列表重新打开。")


def _with_department(
    center: Center, session: Session, member: Member, case_id: UUID, has_opinion: bool = False
) -> tuple[Case, Round, CourseView]:
    case = locked(session, center, case_id)
    of_department(member, case)
    course = course_of(center, session, case)
    if ApplicationState(case.state) is not ApplicationState.WITH_DEPARTMENT or course.round is None:
        raise changed()
    if (course.round.opinion is not None) is not has_opinion:
        raise changed()
    return case, course.round, course


def receive(center: Center, member: Member, case_id: UUID, remark: str = "") -> None:
    """The liaison signs for the papers (R5.2). Signing again changes nothing. `remark`: what did not agree with the slip. Raises Refusal."""
    require(member, Right.GIVE_OPINIONS)
    note = written(remark, "remark", "备注", 200, needed=False)
    with acting(center) as session:
        case, handed, _ = _with_department(center, session, member, case_id)
        if handed.received is None:
            keep(center, session, case, EventKind.DEPARTMENT_RECEIVED, member, note=note, codes={"remark": bool(note)})


@dataclass(frozen=True)
class OpinionGiven:
    """What the department writes (R5.3), and what it sends back with it."""

    agrees: bool | None
    reasons: str
    survey: str
    lines: tuple[Count, ...]


def give_opinion(center: Center, member: Member, case_id: UUID, revision: int, given: OpinionGiven) -> Paper:
    """Write the opinion and send the papers back (R5.3). Returns the opinion as a paper. Raises Refusal."""
    return _write_opinion(center, member, case_id, revision, given, "")


def correct_opinion(center: Center, member: Member, case_id: UUID, revision: int, given: OpinionGiven, reason: str) -> Paper:
    """Write the opinion anew while the window has not taken the papers back; the first stays in the records, with its paper. Raises Refusal."""
    return _write_opinion(center, member, case_id, revision, given, written(reason, "why", "更正的原因", 200))


def _write_opinion(center: Center, member: Member, case_id: UUID, revision: int, given: OpinionGiven, why: str) -> Paper:
    require(member, Right.GIVE_OPINIONS)
    if given.agrees is None:
        raise entry_fault("agrees", "请选择同意或者不同意。")
    reasons = written(given.reasons, "reasons", "理由", LONG)
    survey = written(given.survey, "survey", "现场勘察情况", LONG, needed=False)
    lines = tuple(line for line in _checked(given.lines, "lines") if line.copies)
    with acting(center) as session:
        case, handed, _ = _with_department(center, session, member, case_id, has_opinion=bool(why))
        if case.revision != revision:
            raise changed()
        if handed.received is None:
            raise Refusal("not_received", "请先签收交接的材料，再填写核办意见。")
        opinion = Opinion(given.agrees, reasons, survey, lines, center.clock.now(), member.words, None)
        blocks = opinion_form(open_dossier(center, session, case), handed.department, opinion)
        paper = papers.issue(
            center,
            session,
            PaperKind.DEPARTMENT_OPINION,
            Subject.CASE,
            case.id,
            blocks,
            member,
            f"{handed.department}（更正）" if why else handed.department,
            OPINION_FOOT,
        )
        detail = {"agrees": given.agrees, "reasons": reasons, "survey": survey, "lines": lines_out(lines)} | ({"why": why} if why else {})
        note = f"{AGREES[given.agrees]}：{reasons}" + (f"。更正的原因：{why}" if why else "")
        kind = EventKind.OPINION_CORRECTED if why else EventKind.OPINION
        keep(center, session, case, kind, member, papers=(paper,), note=note, detail=detail, codes={"agrees": given.agrees})
        return paper


# ------------------------------------------------------------------ the window takes back


def take_back(
    center: Center, member: Member, case_id: UUID, revision: int, taken: Iterable[Count], explanation: str = ""
) -> tuple[Paper, Round]:
    """Take the papers back with a slip (R5.2). What came back in another number than it went out must be explained.

    Of a case that was withdrawn meanwhile they come back too, with an opinion or without; it stays withdrawn, and the platform is not told.

    Returns the slip and the round as it ended. Raises Refusal.
    """
    require(member, Right.HANDLE_CASES)
    counted = _checked(taken, "lines")
    why = written(explanation, "explanation", "数量不符的说明", 400, needed=False)
    with acting(center) as session:
        begun = begin(center, session, case_id, revision, ApplicationAct.TAKE_BACK)
        case, now = begun.case, center.clock.now()
        handed, withdrawn = course_of(center, session, case).round, begun.after is ApplicationState.WITHDRAWN
        if withdrawn and (handed is None or handed.taken_back):
            raise Refusal("nothing_out", NOTHING_OUT)
        if handed is None or (handed.opinion is None and not withdrawn):
            raise Refusal("no_opinion", "职能单位还没有出具核办意见，不能收回。请联系该单位的联络员。")
        back = {line.code: line.copies for line in counted}
        uncounted = [line for line in handed.lines if line.code not in back]
        if uncounted:
            raise entry_fault("lines", "请逐样填写收回的份数，没有收回的填 0。")
        differs = [line for line in handed.lines if back[line.code] != line.copies]
        if differs and not why:
            raise entry_fault("explanation", "收回的份数和移交时不一致。请核对；确实不一致的，写明原因。")
        slip = papers.issue(
            center,
            session,
            PaperKind.HANDOVER_SLIP,
            Subject.CASE,
            case.id,
            slip_back(begun.dossier, center.config.center.name, handed, counted, why if differs else "", member.words, now),
            member,
            "职能单位返回中心",
            SLIP_FOOT,
        )
        case.state, case.taken_back_on = begun.after, now.date()
        detail = {"lines": lines_out(counted), "explanation": why if differs else ""}
        note = total(line for line in counted if line.copies) + (f"。数量不符：{why}" if differs else "")
        lost = sum(back[line.code] < line.copies for line in handed.lines)
        keep(
            center,
            session,
            case,
            EventKind.FETCHED_BACK if withdrawn else EventKind.TAKEN_BACK,
            member,
            papers=(slip,),
            note=note,
            detail=detail,
            codes={"differs": len(differs), "lost": lost},
        )
        ended = course_of(center, session, case).round
        assert ended is not None, "the round that was just kept"
        return slip, ended


def offered_lines(dossier: Dossier) -> tuple[tuple[Count, bool], ...]:
    """What can be ticked on a slip: the application itself, then each paper of the item; True: it was handed in."""
    form = (Count("form", "申请表（填写内容和签名）", 1), True)
    found = []
    for paper in dossier.papers:
        if paper.material.from_form:
            continue
        has = paper.state.value not in ("missing", "not_given")
        name = paper.material.material_name + ("（刷卡信息）" if paper.state.value == "from_card" else "")
        found.append((Count(f"m.{paper.material.code}", name, 1), has))
    return (form, *found)
