"""How long what is kept: what, counted from which day, for how long, and why. One table; `records/retention.py` does it.

The ordinance names no periods. Where the reason says [design] the period is our own decision, to be confirmed by the township's archive;
personal data is kept no longer than its purpose needs (个人信息保护法 第十九条 [law]).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum


class Kept(StrEnum):
    """What is let go."""

    NONCES = "nonces"
    ANSWERS = "answers"
    SESSIONS = "sessions"
    UPLOADS = "uploads"
    FILES = "files"
    TERMINAL_REPORTS = "terminal_reports"
    BOOKINGS = "bookings"
    HELP_CALLS = "help_calls"
    SUGGESTIONS = "suggestions"
    ABSENCES = "absences"
    GATEWAY_MESSAGES = "gateway_messages"
    APPLICATIONS = "applications"
    COMPLAINTS = "complaints"


@dataclass(frozen=True)
class Rule:
    """`name` for people; `counted_from` in words; `days`; `stays`: what is not let go with it; `why`."""

    name: str
    counted_from: str
    days: int
    why: str
    stays: str = ""


_TEN_YEARS = 3653

RETENTION: dict[Kept, Rule] = {
    Kept.NONCES: Rule("一次性编号", "签名失效", 0, "a signature that has expired is refused anyway"),
    Kept.ANSWERS: Rule(
        "提交编号与答复", "答复之日", 400, "[design] longer than any terminal keeps what was not sent; a repeat gets its first answer"
    ),
    Kept.SESSIONS: Rule("工作台登录", "到期或者退出", 30, "[design] to see who was signed in when something went wrong"),
    Kept.UPLOADS: Rule("没有传完的文件", "上传期限", 0, "a terminal that was away for longer begins the file anew"),
    Kept.FILES: Rule(
        "没有归入任何办件或投诉的文件",
        "收到或者最后一次上传",
        7,
        "[design] pages come before the application; one that was refused is put right within days",
    ),
    Kept.TERMINAL_REPORTS: Rule("终端状态报告", "收到之日", 90, "[design] a machine that has been silent for longer says nothing any more"),
    Kept.BOOKINGS: Rule("预约人", "预约之日", 30, "[design] the visit is over", "编号、日期、时段、窗口、事项和状态"),
    Kept.HELP_CALLS: Rule("求助呼叫", "呼叫之日", 90, "[design] for the duty roster; nothing else rests on it"),
    Kept.SUGGESTIONS: Rule("意见箱的联系方式", "答复之日", 90, "[design] whoever wanted an answer has had it", "意见和答复"),
    Kept.ABSENCES: Rule(
        "请假的说明", "请假最后一天，提前回来的从那天算", 90, "[design] who stood in for whom is settled by then", "谁、哪天到哪天"
    ),
    Kept.GATEWAY_MESSAGES: Rule(
        "已经报送省平台的记录", "报送之日", 400, "[design] to show for a year what was sent; its content is emptied at once"
    ),
    Kept.APPLICATIONS: Rule(
        "已经结束的办件",
        "领取、寄出、不予受理或者撤回之日",
        _TEN_YEARS,
        "[design] ten years, the shorter of the periods usual for such files (10 年, 30 年, 永久); the paper file is the archive's",
        "编号、事项、窗口、各个日期、状态和结果；文书的编号；用印台账",
    ),
    Kept.COMPLAINTS: Rule(
        "已经归档的投诉",
        "归档之日",
        _TEN_YEARS,
        "[design] as applications; R6.10 counts verified complaints about a window without end, and those counts stay",
        "编号、渠道、事由类别、被投诉的窗口和人员、各个日期、状态和认定",
    ),
}


def last_day(kept: Kept, today: date) -> date:
    """The last day from which the retention is over today: what is counted from it or earlier goes."""
    return today - timedelta(days=RETENTION[kept].days)


def last_moment(kept: Kept, now: datetime) -> datetime:
    """The same for what is counted from a moment."""
    return now - timedelta(days=RETENTION[kept].days)
