"""好差评: five levels for a case, once for filing it and once for its result. Windows see figures, never who rated (R10)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID, uuid4

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from center.casework.rated import rated_stages, stage_of
from center.casework.receipts import case_of_receipt
from center.center import Center, Refusal
from center.clock import CHINA
from center.domain.roles import Right
from center.members import Member, require
from center.records.writes import Done, once
from center.store.tables import Rating
from center.terminals import issuer_key
from kiosk.wire.codes import CodeKind, read_code
from kiosk.wire.services import RatingAnswer, RatingSent, RatingTag

PAGE_ROWS = 12

LEVEL_NAMES: dict[int, str] = {5: "非常满意", 4: "满意", 3: "基本满意", 2: "不满意", 1: "非常不满意"}
TAG_NAMES: dict[RatingTag, str] = {
    RatingTag.KIND: "态度好",
    RatingTag.QUICK: "办得快",
    RatingTag.CLEAR: "说得明白",
    RatingTag.EASY: "机器好用",
    RatingTag.UNKIND: "态度不好",
    RatingTag.SLOW: "办得慢",
    RatingTag.UNCLEAR: "说不明白",
    RatingTag.RUNAROUND: "来回跑",
    RatingTag.MACHINE: "机器不好用",
}
STAGE_NAMES = {"filing": "提交申请", "result": "办理结果"}


def rate(center: Center, sent: RatingSent) -> tuple[RatingAnswer, bool]:
    """Keep a rating; the answer, and whether it is new. Raises Refusal if the code is none or the stage was rated before."""
    code = read_code(sent.code, lambda issuer: issuer_key(center, issuer))
    if code is None or code.kind is not CodeKind.RECEIPT:
        raise Refusal("code_unknown", "这不是本中心回执上的码；请用回执上的二维码评价。")

    def act(session: Session) -> tuple[UUID, str]:
        case = case_of_receipt(center, session, code.issuer, code.number)
        stage = stage_of(case)
        if (case.id, stage) in rated_stages(session, [case.id]):
            raise Refusal("rated_before", "这件事您已经评价过了，谢谢您。")
        rating_id = uuid4()
        comment = center.cipher.seal("ratings", "comment", rating_id, sent.comment.encode()) if sent.comment else None
        session.add(
            Rating(
                id=rating_id,
                township_id=center.township_id,
                case_id=case.id,
                stage=stage,
                level=sent.level,
                tags=",".join(sorted(set(sent.tags))),
                comment=comment,
                window=case.window or (case.responsible.window if case.responsible else ""),
                staff_id=case.first_responsible,
                at=center.clock.now(),
            )
        )
        return rating_id, RatingAnswer(stage=stage, level=sent.level).model_dump_json()

    done: Done = once(center, "rating", sent.key, sent.model_dump(mode="json"), act)
    return RatingAnswer.model_validate_json(done.answer), done.created


@dataclass(frozen=True)
class RatingRow:
    """One rating as staff see it: no case, no person, and the day alone, so that a window cannot tell who stood there."""

    on: date
    stage: str
    level: int
    tags: tuple[str, ...]
    comment: str
    window: str


@dataclass(frozen=True)
class Ratings:
    """One page of ratings and the figures over all of the period."""

    rows: tuple[RatingRow, ...]
    page: int
    pages: int
    counts: dict[int, int]
    windows: tuple[tuple[str, int, float], ...]

    @property
    def total(self) -> int:
        """How many."""
        return sum(self.counts.values())

    @property
    def satisfied(self) -> int | None:
        """Percent of 3 and above, as the national figure counts; None without any."""
        return round(100 * sum(count for level, count in self.counts.items() if level >= 3) / self.total) if self.total else None


def _since(center: Center, days: int) -> datetime:
    return datetime.combine(center.clock.now().date() - timedelta(days=days), time(), CHINA)


def ratings(center: Center, member: Member, page: int, days: int = 90) -> Ratings:
    """The ratings of the last `days`. A window's lead sees the own window's. Raises Refusal."""
    require(member, Right.SEE_RATINGS)
    conditions = [Rating.township_id == center.township_id, Rating.at >= _since(center, days)]
    if not member.may(Right.SEE_STATISTICS):
        conditions.append(Rating.window == member.window)
    with center.database.reading() as session:
        counted = session.execute(select(Rating.level, func.count()).where(*conditions).group_by(Rating.level))
        counts = dict.fromkeys(LEVEL_NAMES, 0) | {int(level): int(count) for level, count in counted}
        total = sum(counts.values())
        pages = max(1, -(-total // PAGE_ROWS))
        page = min(max(1, page), pages)
        rows = session.scalars(
            select(Rating).where(*conditions).order_by(Rating.at.desc(), Rating.id).offset((page - 1) * PAGE_ROWS).limit(PAGE_ROWS)
        )
        by_window = session.execute(
            select(Rating.window, func.count(), func.avg(Rating.level)).where(*conditions).group_by(Rating.window).order_by(Rating.window)
        )
        windows = tuple((window or "自助终端", count, float(average)) for window, count, average in by_window)
        return Ratings(tuple(_row(center, row) for row in rows), page, pages, counts, windows)


def _row(center: Center, row: Rating) -> RatingRow:
    comment = center.cipher.open("ratings", "comment", row.id, row.comment).decode() if row.comment else ""
    return RatingRow(row.at.date(), STAGE_NAMES[row.stage], row.level, tuple(_tag_names(row.tags.split(","))), comment, row.window)


def _tag_names(tags: Iterable[str]) -> list[str]:
    return [TAG_NAMES[RatingTag(tag)] for tag in tags if tag]
