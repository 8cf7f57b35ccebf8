"""Invented people and their cards, in all four layouts. Nobody of these exists; the numbers are right by GB 11643."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from kiosk.ports import IdCard

_PLACE = "黑龙江省七台河市桃山区万宝河镇"
_ISSUER = "七台河市公安局桃山分局"


@dataclass(frozen=True)
class Person:
    """Somebody with a card. `note` says in a few words why this card is worth trying."""

    id: str
    card: IdCard
    note: str
    added_address: str = ""


def _resident(
    id: str,
    name: str,
    sex: str,
    number: str,
    address: str,
    note: str,
    nation: str = "汉",
    valid: tuple[date, date | None] | None = None,
    added: str = "",
) -> Person:
    birth = date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    valid_from, valid_to = valid or (date(2019, 4, 8), date(2039, 4, 8))
    card = IdCard("resident", "resident", name, number, sex, None, nation, birth, valid_from, valid_to, _PLACE + address, _ISSUER)
    return Person(id, card, note, added)


PEOPLE: dict[str, Person] = {
    person.id: person
    for person in (
        _resident(
            "wang-guilan", "王桂兰", "female", "230903194803120022", "万宝村二组17号", "七十多岁，长期有效", valid=(date(2008, 5, 20), None)
        ),
        _resident("zhang-decai", "张德财", "male", "230903196311070013", "向阳村一组5号", "后来搬过家", added=_PLACE + "柳树村三组8号"),
        _resident("li-jianguo", "李建国", "male", "230903197908150010", "河口村四组23号", "满族", nation="满"),
        _resident("jin-meihua", "金美花", "female", "230903199604230045", "柳树村二组11号", "朝鲜族", nation="朝鲜"),
        _resident("zhou-jixiang", "周𠮷祥", "male", "23090319850616019X", "万宝村一组31号", "名字有生僻字 𠮷"),
        _resident("sun-yan", "孙㛃䶮", "female", "230903198802290060", "万宝村三组2号", "名字有生僻字 㛃䶮，生日 2 月 29 日"),
        _resident("zhao-wrong", "赵号错", "male", "230903197001010011", "万宝村五组9号", "号码通不过校验"),
        Person(
            "chen-jiaming",
            IdCard(
                "hmt",
                "J",
                "陈嘉明",
                "810000199001010035",
                "male",
                birth=date(1990, 1, 1),
                valid_from=date(2022, 6, 1),
                valid_to=date(2027, 6, 1),
                address=_PLACE + "万宝村二组40号",
                issuer="七台河市公安局",
                extra={"pass_number": "H00000001", "issue_count": "02"},
            ),
            "港澳台居民居住证",
        ),
        Person(
            "anna-smith",
            IdCard(
                "foreign",
                "I",
                "SMITH, ANNA MARIA",
                "CAN230085030419",
                "female",
                chinese_name="安娜",
                birth=date(1985, 3, 4),
                valid_from=date(2018, 9, 10),
                valid_to=date(2028, 9, 9),
                issuer="1500",
                extra={"nationality": "CAN", "version": "01"},
            ),
            "外国人永久居留证（2017版）",
        ),
        Person(
            "alexandra",
            IdCard(
                "foreign",
                "Y",
                "MAKSIMOVA ZVEREVA, ALEKSANDRA IGOREVNA",
                "923643199203150023",
                "female",
                chinese_name="亚历山德拉",
                birth=date(1992, 3, 15),
                valid_from=date(2024, 1, 5),
                valid_to=date(2034, 1, 4),
                extra={"nationality": "RUS", "renewals": "00", "old_number_link": "000"},
            ),
            "外国人永久居留证（2023版），名字很长",
        ),
    )
}
