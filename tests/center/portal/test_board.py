"""The public display in the hall: everything that is public comes by, by itself, and nothing that is not."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import requests
from PIL import Image
from sqlalchemy import select, update

from center.catalogue import load_items, read_items
from center.center import Center
from center.domain.roles import Role
from center.portal.board import screens
from center.publishing.board import set_photo
from center.publishing.notices import NoticeKind, Wording, write_notice
from center.store.database import Database
from center.store.tables import DutyPost, PublicNotice, Staff
from tests.center.chromium import chromium
from tests.center.place import listening
from tests.center.portal.test_portal import address, get, public  # noqa: F401
from tests.center.staffing import member


def _walk(address: str) -> list[str]:  # noqa: F811
    """Every screen, following what each leads to, until the first comes again."""
    seen, at = [], "/board?screen=0"
    while True:
        answer = get(address + at)
        assert answer.status_code == 200
        seen.append(answer.text)
        following = re.search(r'http-equiv="refresh" content="\d+; url=([^"]+)"', answer.text)
        assert following
        at = following[1]
        if at == "/board?screen=0":
            return seen
        assert len(seen) < 50


@pytest.mark.rule("R10", "R1.5")
def test_R10_the_display_goes_through_duty_items_and_notices_and_begins_again(public: Center, address: str) -> None:  # noqa: F811
    long = "".join(f"第{number}条，工作人员对每一位来办事的人都要热情接待。" for number in range(40))
    author = member(public, Role.ADMINISTRATOR, window="")
    wording = Wording(NoticeKind.PROMISES, "服务承诺", f"{long}\n最后一段。", public.clock.now().date(), None)
    with public.database.writing() as session:
        write_notice(public, author, session, None, 0, wording)
    shown = _walk(address)
    whole = "".join(shown)
    assert "今天谁在值班" in shown[0]
    assert "城乡居民基本养老保险参保登记" in whole
    assert all(f"第{number}条" in whole for number in range(40))
    assert "最后一段。" in whole
    assert "<script" not in whole
    assert all(len(page.encode()) < 100_000 for page in shown)


@pytest.mark.parametrize("screen", ["-1", "9999"])
def test_a_screen_that_is_no_more_shows_the_first(address: str, screen: str) -> None:  # noqa: F811
    assert "今天谁在值班" in get(f"{address}/board?screen={screen}").text


def test_what_is_no_number_is_no_page(address: str) -> None:  # noqa: F811
    assert get(f"{address}/board?screen=x").status_code == 404


@pytest.mark.rule("R1.5")
def test_R1_5_a_hall_without_phone_pages_has_its_display_and_no_way_to_pages_that_are_not(center: Center, url: str) -> None:
    author = member(center, Role.ADMINISTRATOR, window="")
    with center.database.writing() as session:
        person = session.scalars(select(Staff).where(Staff.id == author.id)).one()
        person.public = True
        session.add(DutyPost(township_id=center.township_id, name="综合窗口", window="综合窗口1号", a_id=person.id, b_id=person.id))
    set_photo(center, author, author.id, _photo())
    shown = _walk(url)
    assert "今天谁在值班" in shown[0]
    assert "/g" not in set(re.findall(r'(?:href|src)="(/[a-z]+)', "".join(shown)))
    photo = re.search(r'src="(/staff/photos/[0-9a-f]{64})"', shown[0])
    assert photo and get(url + photo[1]).headers["Content-Type"] == "image/jpeg"
    assert get(f"{url}/staff").status_code == 404


def _photo() -> bytes:
    picture = io.BytesIO()
    Image.new("RGB", (300, 400)).save(picture, "JPEG")
    return picture.getvalue()


def _comes_again(answer: requests.Response, status: int) -> bool:
    assert answer.status_code == status
    return re.search(r'http-equiv="refresh" content="\d+; url=/board\?screen=0"', answer.text) is not None


def test_the_display_comes_again_by_itself_after_whatever_fault(center: Center, url: str) -> None:
    assert _comes_again(get(f"{url}/board?screen=x"), 404)
    assert _comes_again(requests.delete(f"{url}/board", timeout=10), 405)
    center.database.engine.dispose()
    gone = replace(center, database=Database("postgresql://nobody@127.0.0.1:1/none"))
    with listening(gone) as away:
        assert _comes_again(get(f"{away}/board"), 503)
        assert "自动显示" in get(f"{away}/board").text
    gone.database.close()


def test_the_display_comes_again_by_itself_after_a_bug(center: Center, url: str) -> None:
    # given a notice of a kind that this version does not know, as after a step back to an earlier one
    author = member(center, Role.ADMINISTRATOR, window="")
    wording = Wording(NoticeKind.PROMISES, "服务承诺", "一", center.clock.now().date(), None)
    with center.database.writing() as session:
        write_notice(center, author, session, None, 0, wording)
        session.flush()
        session.execute(update(PublicNotice).values(kind="unknown"))
    assert _comes_again(get(f"{url}/board"), 500)


#: Lying and standing, and an old one.
_SIZES = ((1920, 1080), (1080, 1920), (1024, 768))
#: What is drawn and what there is room for, of the whole and of what changes.
_BOXES = (
    "['main', 'body'].map(name => document.querySelector(name)).map(e => [e.scrollHeight, e.clientHeight, e.scrollWidth, e.clientWidth])"
)

_RULE = "第{}条，工作人员对每一位来办事的人都要热情接待。"
_NOTICES = {
    "many short lines": "\n".join(f"第{number}条：先来先办" for number in range(40)),
    "one long paragraph": "".join(_RULE.format(number) for number in range(60)),
    "no sentence": "热情接待" * 300,
    "marks only": "！！" * 200,
    "marks in rows": "好！！真的吗？？！" * 80,
    "letters": "https://www.example.gov.cn/service/" * 12 + " WWWW MMMM" * 60,
    "quotes": "他说：“请到‘综合窗口’办理！”（见《办法》）。" * 30,
    "rare signs": "𠮷😀⸺" * 80,
}


@pytest.mark.parametrize("body", _NOTICES.values(), ids=_NOTICES)
def test_nothing_of_a_notice_is_lost_between_screens(center: Center, body: str) -> None:
    _publish(center, "服务承诺", body)
    shown = [screen for screen in screens(center) if screen.heading == "服务承诺"]
    assert "".join(text for screen in shown for text in screen.paragraphs) == body.replace("\n", "")
    # Read in its time.
    assert all(sum(map(len, screen.paragraphs)) <= 240 for screen in shown)


def _publish(center: Center, title: str, body: str) -> None:
    author = member(center, Role.ADMINISTRATOR, window="")
    with center.database.writing() as session:
        write_notice(center, author, session, None, 0, Wording(NoticeKind.PROMISES, title, body, center.clock.now().date(), None))


@pytest.mark.rule("R1.5")
def test_R1_5_a_browser_shows_every_screen_whole_lying_and_standing(center: Center, url: str, window: Any) -> None:
    load_items(center, read_items(Path("config/catalogue")))
    author = member(center, Role.ADMINISTRATOR, window="")
    with center.database.writing() as session:
        person = session.scalars(select(Staff).where(Staff.id == author.id)).one()
        person.public = True
        for number in range(11):
            session.add(
                DutyPost(
                    township_id=center.township_id,
                    name=f"社会保障和医疗保险岗{number}",
                    window=f"综合窗口{number}号",
                    a_id=person.id,
                    b_id=person.id,
                )
            )
        for title, body in {**_NOTICES, "长" * 60: _NOTICES["many short lines"]}.items():
            write_notice(center, author, session, None, 0, Wording(NoticeKind.PROMISES, title, body, center.clock.now().date(), None))
    set_photo(center, author, author.id, _photo())
    count = len(screens(center))
    assert count > 20
    for number in range(count):
        window.goto(f"{url}/board?screen={number}", wait_until="domcontentloaded")
        for width, height in _SIZES:
            window.set_viewport_size({"width": width, "height": height})
            boxes = window.evaluate(_BOXES)
            assert boxes and all(high <= has and wide <= broad for high, has, wide, broad in boxes), (width, height, number, boxes)


@pytest.fixture
def window() -> Iterator[Any]:
    """The screen on the wall of a hall."""
    with chromium() as browser:
        yield browser.new_page()
