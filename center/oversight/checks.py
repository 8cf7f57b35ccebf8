"""Signing the check of a working day (R4.5), once by the head and once by the leader in charge, and the paper that records it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from uuid import UUID, uuid4

from sqlalchemy import select
from sqlalchemy.orm import Session

from center.center import Center, Refusal
from center.domain.oversight import CHECKS, CheckKind
from center.domain.paper import PaperKind
from center.members import Member, require
from center.oversight.checklist import HEADINGS, CheckLine, ComplaintCounts, complaint_counts, lines_to_check, signed_on
from center.records import journal
from center.records.chained import CHAIN_NAMES, anchor_words
from center.records.papers import Subject, issue
from center.records.verification import ANCHOR_DIGITS
from center.records.writes import once
from center.store.tables import ChainHead, DailyCheck, DailyCheckLine
from kiosk.wire.documents import Block, Bullets, Heading, Paragraph, Row, Rows
from kiosk.wire.masking import group_number

MAX_NOTE = 200
MAX_REMARK = 1000


def sign_check(center: Center, member: Member, key: UUID, seen: frozenset[UUID], notes: Mapping[UUID, str], remark: str) -> UUID:
    """The head signs the day's check of what falls due (R4.5): every case ticked (`seen`) or noted. Returns the paper. Raises Refusal."""
    kind = CheckKind.CASES
    require(member, CHECKS[kind].right)
    _require_short(notes, remark)

    def act(session: Session) -> tuple[UUID, str]:
        today = _require_new(center, session, kind)
        lines = lines_to_check(center, session)
        passed_over = {
            str(line.case_id): "请打勾，或者写一句" for line in lines if line.case_id not in seen and not notes.get(line.case_id)
        }
        if passed_over:
            raise Refusal(
                "check_incomplete", f"还有 {len(passed_over)} 件没有看过，已在下面标出。逐件打勾或者写一句，再签字。", passed_over
            )
        said = {line.case_id: notes.get(line.case_id, "") for line in lines}
        return _sign(center, session, member, kind, today, lines, said, remark), "{}"

    content = {"seen": sorted(map(str, seen)), "notes": {str(case_id): note for case_id, note in notes.items()}, "remark": remark}
    return once(center, "daily_check", key, content, act).subject_id


def sign_progress(center: Center, member: Member, key: UUID, remark: str) -> UUID:
    """The leader in charge signs the day's check of the progress of all (R4.5). Returns the paper. Raises Refusal."""
    kind = CheckKind.PROGRESS
    require(member, CHECKS[kind].right)
    _require_short({}, remark)

    def act(session: Session) -> tuple[UUID, str]:
        today = _require_new(center, session, kind)
        return _sign(center, session, member, kind, today, lines_to_check(center, session), {}, remark), "{}"

    return once(center, "daily_check", key, {"kind": kind, "remark": remark}, act).subject_id


def _require_new(center: Center, session: Session, kind: CheckKind) -> date:
    today = center.clock.now().date()
    if center.calendar.is_working(today) is False:
        raise Refusal("check_not_today", "今天不是工作日，不用做每日检查。下一个工作日打开这里就可以记录。")
    if signed_on(center, session, today, kind) is not None:
        raise Refusal("check_signed", "今天的检查已经签过了，每个工作日签一次。")
    return today


def _require_short(notes: Mapping[UUID, str], remark: str) -> None:
    long = {str(case_id): f"最多 {MAX_NOTE} 个字" for case_id, note in notes.items() if len(note) > MAX_NOTE}
    if len(remark) > MAX_REMARK:
        long["remark"] = f"最多 {MAX_REMARK} 个字"
    if long:
        raise Refusal("check_incomplete", "有的地方写得太长，已在下面标出。", long)


def _sign(
    center: Center,
    session: Session,
    member: Member,
    kind: CheckKind,
    today: date,
    lines: tuple[CheckLine, ...],
    said: Mapping[UUID, str],
    remark: str,
) -> UUID:
    now, check_id = center.clock.now(), uuid4()
    blocks = _blocks(today, member, lines, said, complaint_counts(center, session), remark)
    paper = issue(
        center, session, PaperKind.DAILY_CHECK, Subject.CENTER, None, blocks, member, CHECKS[kind].name, _anchors(center, session)
    )
    session.add(
        DailyCheck(
            id=check_id,
            township_id=center.township_id,
            day=today,
            kind=kind,
            signed_at=now,
            staff_id=member.id,
            by=member.words,
            paper_id=paper.id,
            remark=center.cipher.seal("daily_checks", "remark", check_id, remark.encode()),
        )
    )
    session.flush()
    for line in lines if said else ():
        line_id = uuid4()
        note = center.cipher.seal("daily_check_lines", "note", line_id, said[line.case_id].encode())
        session.add(
            DailyCheckLine(
                id=line_id, township_id=center.township_id, check_id=check_id, case_id=line.case_id, heading=line.heading, note=note
            )
        )
    counts = {heading: sum(line.heading == heading for line in lines) for heading in HEADINGS}
    journal.record(center, session, f"check.{kind}", member, "daily_check", check_id, counts | {"paper": paper.number})
    return paper.id


def _blocks(
    today: date, member: Member, lines: tuple[CheckLine, ...], said: Mapping[UUID, str], complaints: ComplaintCounts, remark: str
) -> tuple[Block, ...]:
    """Cases by number and item, never who applied; complaints as numbers (R6.8)."""
    counted = [Row(label=words, value=f"{sum(line.heading == heading for line in lines)} 件") for heading, words in HEADINGS.items()]
    blocks: list[Block] = [
        Rows(
            rows=(
                Row(label="检查日期", value=f"{today.year}年{today.month}月{today.day}日", strong=True),
                Row(label="检查人", value=member.words),
            )
        ),
        Heading(text="办件"),
        Rows(rows=tuple(counted)),
        Heading(text="效能投诉"),
        Rows(
            rows=(
                Row(label="时限内", value=f"{complaints.running - complaints.late} 件"),
                Row(label="今天到期", value=f"{complaints.today} 件"),
                Row(label="三日内到期", value=f"{complaints.soon} 件"),
                Row(label="超过时限", value=f"{complaints.late} 件"),
            )
        ),
    ]
    if said:
        for heading, words in HEADINGS.items():
            items = tuple(
                f"{group_number(line.number)}　{line.item}　{said[line.case_id] or '已查看'}" for line in lines if line.heading == heading
            )
            if items:
                blocks += [Heading(text=words), Bullets(items=items)]
    blocks += [Heading(text="检查意见"), Paragraph(text=remark or "无")]
    return tuple(blocks)


def _anchors(center: Center, session: Session) -> tuple[str, ...]:
    """Where both chains end at this moment, on paper: whoever rewrites the records later cannot rewrite this (R7.2)."""
    heads = {head.name: head for head in session.scalars(select(ChainHead).where(ChainHead.township_id == center.township_id))}
    return tuple(
        anchor_words(chain, heads[chain].length, heads[chain].last[:ANCHOR_DIGITS]) if chain in heads else f"{name}：还没有记录"
        for chain, name in CHAIN_NAMES.items()
    )
