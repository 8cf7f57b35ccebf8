"""Manners (服务规范, R8): the five forbidden phrases and their sense, so that no text carries them."""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True)
class Forbidden:
    """`phrase` as the ordinance forbids it; `sense`: how the same is said in other words."""

    phrase: str
    sense: re.Pattern[str]


#: 规范服务制度 一（九）. The senses are ours [design].
FORBIDDEN: tuple[Forbidden, ...] = (
    Forbidden(
        "我不知道，你去问XX",
        re.compile(
            r"我(们)?(也|都|可)?不(知道|清楚|晓得|了解)|[你您]?(自己)?去问(别人|他|她|人家|领导|其他人)|问我也?没用"
            r"|不(归|关)(我|我们|咱们)(管|的?事)|跟我(们)?没关系|[你您]找别人"
        ),
    ),
    Forbidden(
        "有牌子，自己看",
        re.compile(r"有牌子|自己(去|上|慢慢)?看|不会(自己)?看吗|不识字|墙上(不是|都)?(写|贴)着|上面(不是|都)写(着|了)|自己(去)?(查|找)吧"),
    ),
    Forbidden(
        "下班了，明天再来",
        re.compile(
            r"(已经?|都|快要?)?下班了|(明天|改天|改日|下次|下周|过几天|上班(时间)?|工作日|白天)再来(?!时)|现在不(办|收|受理)|到点了|还没(到点|上班)"
        ),
    ),
    Forbidden(
        "都说过几遍了，怎么还不明白？",
        re.compile(
            r"(说|讲|告诉)[过了你您]*(几|多少|好几|很多|无数)[遍次]|怎么(还|就|老)?(是)?(不|没)(明白|懂|会|听)|(听|看)不懂吗|不是(说|告诉)(过|你|您)"
        ),
    ),
    Forbidden(
        "没看我正忙着吗！",
        re.compile(r"没看(见|到)?(我|人家|这)|我?正忙(着|呢)|忙着呢|一边(等|去)|急什么|没(空|工夫|功夫)(理|搭理|管|办)"),
    ),
)


def unmannerly(text: str) -> str | None:
    """The forbidden phrase whose words or sense `text` carries (R8.1), or None."""
    squeezed = re.sub(r"\s+", "", text)
    return next(
        (forbidden.phrase for forbidden in FORBIDDEN if forbidden.phrase[:-1] in squeezed or forbidden.sense.search(squeezed)), None
    )
