"""Who works in the month's center and who comes to it: invented, with right check characters, the same for the same seed."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from center.center import Center
from center.domain.roles import Role
from center.people.passwords import hash_password
from center.store.tables import Staff
from tests.center.place import PASSWORD

WINDOW_1, WINDOW_2 = "综合窗口1号", "综合窗口2号"
LAND, FARM = "自然资源所", "农业综合服务中心"

#: Login, name, roles, window, department.
STAFF: tuple[tuple[str, str, tuple[Role, ...], str, str], ...] = (
    ("wangmin", "王敏", (Role.WINDOW_STAFF,), WINDOW_1, ""),
    ("zhaolei", "赵磊", (Role.WINDOW_STAFF,), WINDOW_2, ""),
    ("qianli", "钱丽", (Role.WINDOW_LEAD,), WINDOW_1, ""),
    ("sunli", "孙立", (Role.CUSTODIAN,), "", ""),
    ("liuyang", "刘洋", (Role.LIAISON,), "", LAND),
    ("hanxue", "韩雪", (Role.LIAISON,), "", FARM),
    ("lifang", "李芳", (Role.COMPLAINT_OFFICER,), "", ""),
    ("zhouqiang", "周强", (Role.CENTER_HEAD,), "", ""),
    ("gaojie", "高洁", (Role.CENTER_LEADER,), "", ""),
    ("macheng", "马诚", (Role.TOWNSHIP_LEADER,), "", ""),
    ("dongbo", "董波", (Role.DISTRICT_OBSERVER,), "", ""),
    ("jishu", "于洋", (Role.TECHNICIAN,), "", ""),
    ("guanli", "田野", (Role.ADMINISTRATOR,), "", ""),
)

_SURNAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦许何吕施张孔曹严华金魏陶姜"
_GIVEN = ("秀兰", "国强", "玉梅", "建军", "桂英", "志刚", "淑芬", "德福", "凤霞", "永胜", "丽华", "宝山", "春生", "雪梅", "长河", "海燕")
#: Of complainants, and of nobody else: found anywhere, it is one of them.
_COMPLAINING = "欧阳", "诸葛", "慕容", "上官", "司徒"
_TOLD = ("鹤鸣", "砚秋", "汀兰", "牧云", "望舒", "清河", "松岩", "听雨")
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


@dataclass(frozen=True)
class Citizen:
    """Somebody who comes with an ID card."""

    name: str
    number: str
    phone: str
    address: str


def _number(chance: random.Random, serial: int) -> str:
    """18 digits of 桃山区; odd serials are men."""
    body = f"230903{chance.randint(1948, 1999)}{chance.randint(1, 12):02}{chance.randint(1, 28):02}{serial % 1000:03}"
    return body + "10X98765432"[sum(int(digit) * weight for digit, weight in zip(body, _WEIGHTS, strict=True)) % 11]


def applicants(chance: random.Random) -> Iterator[Citizen]:
    """As many as are asked for, each with a number of their own."""
    for serial in range(1, 1000):
        name = chance.choice(_SURNAMES) + chance.choice(_GIVEN)
        address = f"黑龙江省七台河市桃山区万宝河镇{chance.choice('一二三四五六')}村{chance.choice('一二三')}组{serial}号"
        yield Citizen(name, _number(chance, serial), f"139{chance.randint(0, 9999):04}{serial:04}", address)


def complainants(chance: random.Random) -> Iterator[Citizen]:
    """Forty different names that no applicant and no member of staff has."""
    for serial, (surname, given) in enumerate((first, second) for second in _TOLD for first in _COMPLAINING):
        yield Citizen(
            surname + given, _number(chance, 500 + serial), f"15877{chance.randint(100, 999)}{serial:03}", f"万宝河镇八村{serial + 1}号"
        )


def employ(center: Center, at: datetime) -> dict[str, UUID]:
    """Everybody with an account and the same password; ids by login. An account by form needs a password of each: forty milliseconds for thirteen."""
    hashed = hash_password(PASSWORD)
    with center.database.writing() as session:
        rows = {
            login: Staff(
                township_id=center.township_id,
                login=login,
                name=name,
                roles=frozenset(roles),
                window=window,
                department=department,
                password_hash=hashed,
                added_at=at,
                post="窗口岗" if window else "",
                public=bool(window),
            )
            for login, name, roles, window, department in STAFF
        }
        session.add_all(rows.values())
        session.flush()
        return {login: row.id for login, row in rows.items()}
