"""Public notices and the duty board (R1.5): by version and day, shown to terminals, and nobody named who is not public."""

from __future__ import annotations

import base64
import io
from datetime import date, timedelta
from uuid import UUID

import pytest
from PIL import Image

from center.center import Center, Refusal
from center.members import Member
from center.people.accounts import Profile, change_account, close_account, find_account
from center.people.posts import add_post, enter_absence
from center.publishing.board import duty_board, public_people, public_photo, set_photo
from center.publishing.notices import (
    NoticeKind,
    NoticeState,
    Published,
    Wording,
    published,
    topics,
    versions,
    withdraw_notice,
    write_notice,
)
from kiosk.wire.notices import NoticesAnswer
from tests.center.people.team import make_team
from tests.center.place import MORNING, Browser, MovableClock, Terminal, listening

TODAY = MORNING.date()
DAY = timedelta(days=1)


@pytest.fixture
def team(center_on: Center) -> dict[str, Member]:
    return make_team(center_on)


def wording(title: str = "窗口服务承诺", first: date = TODAY, last: date | None = None, kind: NoticeKind = NoticeKind.PROMISES) -> Wording:
    return Wording(kind, title, "来有迎声。\n\n问有答声。", first, last)


def write(center: Center, who: Member, words: Wording, topic: UUID | None = None, seen: int = 0) -> UUID:
    with center.database.writing() as session:
        return write_notice(center, who, session, topic, seen, words)


def shown(center: Center, on: date = TODAY) -> list[tuple[str, int]]:
    with center.database.reading() as session:
        return [(each.wording.title, each.version) for each in published(center, session, on)]


def picture(size: tuple[int, int] = (600, 800), kind: str = "JPEG") -> bytes:
    made = io.BytesIO()
    exif = Image.Exif()
    exif[0x010F] = "a camera that tells where it was"
    Image.new("RGB", size, "#888").save(made, kind, exif=exif)
    return made.getvalue()


def make_public(center: Center, team: dict[str, Member], login: str) -> None:
    account = find_account(center, team["sunwei"], team[login].id)
    before = account.profile
    profile = Profile(before.name, before.roles, before.window, before.department, "受理岗", True, before.employment)
    change_account(center, team["sunwei"], account.id, account.revision, profile)


@pytest.mark.rule("R1.5")
def test_a_notice_is_shown_from_its_first_day_to_its_last_and_a_newer_version_takes_its_place(
    center_on: Center, team: dict[str, Member]
) -> None:
    topic = write(center_on, team["sunwei"], wording("旧承诺", TODAY, TODAY + 9 * DAY))
    write(center_on, team["chenhead"], wording("新承诺", TODAY + 5 * DAY), topic, 1)
    write(center_on, team["sunwei"], wording("职责", TODAY - DAY, kind=NoticeKind.DUTIES))
    assert shown(center_on, TODAY - 2 * DAY) == []
    assert shown(center_on, TODAY) == [("职责", 1), ("旧承诺", 1)]
    assert shown(center_on, TODAY + 5 * DAY) == [("职责", 1), ("新承诺", 2)]
    assert shown(center_on, TODAY + 99 * DAY) == [("职责", 1), ("新承诺", 2)]
    with center_on.database.reading() as session:
        found: list[Published] = [each for each in topics(center_on, session, TODAY) if each.topic_id == topic]
        assert [(each.version, each.state) for each in found] == [(1, NoticeState.SHOWN), (2, NoticeState.FUTURE)]
        assert [each.version for each in versions(center_on, session, topic)] == [2, 1]


@pytest.mark.rule("R1.5")
def test_a_version_that_has_ended_does_not_bring_the_earlier_one_back(center_on: Center, team: dict[str, Member]) -> None:
    topic = write(center_on, team["sunwei"], wording("一直", TODAY))
    write(center_on, team["sunwei"], wording("短的一版", TODAY + DAY, TODAY + 2 * DAY), topic, 1)
    assert [shown(center_on, TODAY + each * DAY) for each in range(4)] == [[("一直", 1)], [("短的一版", 2)], [("短的一版", 2)], []]


def test_a_withdrawn_notice_is_off_the_board_and_kept(center_on: Center, team: dict[str, Member]) -> None:
    topic = write(center_on, team["sunwei"], wording())
    with pytest.raises(Refusal, match="刚刚被别人改过"):
        withdraw_notice(center_on, team["sunwei"], topic, 7)
    withdraw_notice(center_on, team["sunwei"], topic, 1)
    assert shown(center_on) == []
    with center_on.database.reading() as session:
        assert versions(center_on, session, topic)[0].state is NoticeState.WITHDRAWN


def test_two_editors_on_one_sight_make_one_version(center_on: Center, team: dict[str, Member]) -> None:
    topic = write(center_on, team["sunwei"], wording("第一版"))
    write(center_on, team["chenhead"], wording("第二版"), topic, 1)
    with pytest.raises(Refusal, match="刚刚被别人改过"):
        write(center_on, team["sunwei"], wording("第三版"), topic, 1)
    assert shown(center_on) == [("第二版", 2)]


@pytest.mark.rule("R8.1")
def test_a_notice_is_polite_and_whole_or_is_not_published(center_on: Center, team: dict[str, Member]) -> None:
    for changed, field in (
        (Wording(NoticeKind.RULES, "", "x", TODAY, None), "title"),
        (Wording(NoticeKind.RULES, "标题", "  ", TODAY, None), "body"),
        (Wording(NoticeKind.RULES, "标题", "长" * 8001, TODAY, None), "body"),
        (Wording(NoticeKind.RULES, "标题", "下班了，明天再来！", TODAY, None), "body"),
        (Wording(NoticeKind.RULES, "标题", "x", TODAY, TODAY - DAY), "to_on"),
    ):
        with pytest.raises(Refusal) as refused:
            write(center_on, team["sunwei"], changed)
        assert list(refused.value.fields) == [field]
    with pytest.raises(Refusal, match="没有这项权限"):
        write(center_on, team["wangmin"], wording())
    assert shown(center_on) == []


@pytest.mark.rule("R1.5")
def test_the_board_names_who_is_there_and_public_and_nobody_else(center_on: Center, team: dict[str, Member]) -> None:
    make_public(center_on, team, "wangmin")
    with center_on.database.writing() as session:
        for window, a, b in (("综合窗口1号", "wangmin", "zhaolei"), ("综合窗口2号", "zhaolei", None)):
            add_post(center_on, team["chenhead"], session, "综合受理", window, team[a].id, team[b].id if b else None)
    set_photo(center_on, team["chenhead"], team["wangmin"].id, picture())

    def board() -> list[tuple[str, str, bool, bool]]:
        with center_on.database.reading() as session:
            return [(line.window, line.name, bool(line.photo), line.attended) for line in duty_board(center_on, session, TODAY)]

    assert board() == [("综合窗口1号", "王敏", True, True), ("综合窗口2号", "", False, True)]
    with center_on.database.writing() as session:
        enter_absence(center_on, team["chenhead"], session, team["wangmin"].id, TODAY, TODAY, "")
    assert board()[0] == ("综合窗口1号", "", False, True)


def test_a_photo_is_made_small_and_says_nothing_of_its_camera_and_ends_with_being_public(
    center_on: Center, team: dict[str, Member]
) -> None:
    make_public(center_on, team, "wangmin")
    set_photo(center_on, team["sunwei"], team["wangmin"].id, picture((1200, 1600), "PNG"))
    set_photo(center_on, team["sunwei"], team["wangmin"].id, picture((1200, 1600)))
    with center_on.database.reading() as session:
        (photo,) = {line.photo for line in public_people(center_on, session) if line.photo}
        content = public_photo(center_on, session, photo)
    assert Image.open(io.BytesIO(content)).size == (300, 400)
    assert b"camera" not in content
    with center_on.database.reading() as session, pytest.raises(Refusal, match="没有这张照片"):
        public_photo(center_on, session, "0" * 64)
    close_account(center_on, team["sunwei"], team["wangmin"].id, find_account(center_on, team["sunwei"], team["wangmin"].id).revision)
    with center_on.database.reading() as session, pytest.raises(Refusal, match="没有这张照片"):
        public_photo(center_on, session, photo)


@pytest.mark.parametrize("content", [b"", b"GIF89a", b"\xff\xd8\xff broken", b"\x89PNG\r\n\x1a\n" + b"\0" * 50, picture((50, 50))])
def test_what_is_no_photo_is_refused(center_on: Center, team: dict[str, Member], content: bytes) -> None:
    with pytest.raises(Refusal, match="不是能用的照片"):
        set_photo(center_on, team["sunwei"], team["wangmin"].id, content)


@pytest.mark.rule("R1.5")
def test_terminals_get_what_is_public_today_and_are_told_when_it_is_the_same(
    terminal_on: Terminal, center_on: Center, clock: MovableClock
) -> None:
    team = make_team(center_on)
    make_public(center_on, team, "wangmin")
    write(center_on, team["sunwei"], wording())
    with center_on.database.writing() as session:
        add_post(center_on, team["chenhead"], session, "综合受理", "综合窗口1号", team["wangmin"].id, None)
    set_photo(center_on, team["sunwei"], team["wangmin"].id, picture())
    answer = terminal_on.call("GET", "/api/v1/notices")
    told = NoticesAnswer.model_validate_json(answer.content)
    assert [(each.kind_name, each.paragraphs) for each in told.notices] == [("服务承诺", ("来有迎声。", "问有答声。"))]
    assert [(each.name, each.attended) for each in told.duty] == [("王敏", True)]
    assert base64.b64decode(told.duty[0].photo).startswith(b"\xff\xd8\xff")
    same = {"If-None-Match": answer.headers["ETag"]}
    assert terminal_on.call("GET", "/api/v1/notices", headers=same).status_code == 304
    with center_on.database.writing() as session:
        enter_absence(center_on, team["chenhead"], session, team["wangmin"].id, TODAY, TODAY, "")
    assert terminal_on.call("GET", "/api/v1/notices", headers=same).status_code == 200


def test_the_pages_publish_once_and_are_for_who_edits_notices(center_on: Center, team: dict[str, Member]) -> None:
    make_public(center_on, team, "wangmin")
    with listening(center_on) as url:
        admin = Browser(url)
        admin.sign_in("sunwei")
        form = {"kind": "promises", "title": "服务承诺", "body": "<script>来有迎声", "from_on": TODAY.isoformat(), "to_on": ""}
        sent = admin.hidden("/console/notices/new") | form
        assert "公示中" in admin.post("/console/notices/new", sent).text
        admin.post("/console/notices/new", sent)
        with center_on.database.reading() as session:
            (topic,) = {each.topic_id for each in topics(center_on, session, TODAY)}
        path = f"/console/notices/{topic}"
        assert "&lt;script&gt;" in admin.get(path).text
        refused = admin.post(path, admin.hidden(path) | form | {"from_on": "x", "kind": "y"})
        assert refused.status_code == 422
        assert "从哪一天起公示" in refused.text
        admin.post(path, admin.hidden(path) | form | {"title": "第二版"})
        assert shown(center_on) == [("第二版", 2)]
        photo = f"/console/notices/people/{team['wangmin'].id}/photo"
        csrf = admin.hidden("/console/notices")["csrf"]
        done = admin.session.post(url + photo, data={"csrf": csrf}, files={"photo": ("me.jpg", picture(), "image/jpeg")}, timeout=20)
        assert "的照片" in done.text
        bad = admin.session.post(url + photo, data={"csrf": csrf}, files={"photo": ("me.jpg", b"no", "image/jpeg")}, timeout=20)
        assert bad.status_code == 422
        clerk = Browser(url)
        clerk.sign_in("wangmin")
        csrf = clerk.hidden("/console/duty")["csrf"]
        assert clerk.get("/console/notices").status_code == 403
        for act in ("/console/notices/new", path, f"{path}/withdraw", photo):
            assert clerk.post(act, {"csrf": csrf, "revision": "2", "key": str(topic), **form}).status_code == 403, act
    assert shown(center_on) == [("第二版", 2)]
