"""The door to the provincial platform: off, nothing is queued; on, every act is told in order and once, in national names, whatever fails."""

from __future__ import annotations

import dataclasses
import json
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select

from center.casework.dossier import open_dossier
from center.casework.handling import accept, open_case, return_with_notice
from center.casework.registering import register
from center.center import Center, Refusal
from center.clock import security_now
from center.config import GatewaySection
from center.domain.notice import NoticeLine, Reason, Subject
from center.domain.roles import Role
from center.gateway.names import FIELDS, TELLINGS, MessageKind, TableName
from center.gateway.outbox import GIVE_UP_AFTER, KIND_OF_EVENT, Pumped, pump, status, try_again
from center.members import Member
from center.records.verification import verify
from center.store.tables import Case, GatewayMessage
from tests.center.intake.license import with_license
from tests.center.intake.test_registering import AGENT, TYPED
from tests.center.place import NAME, NUMBER, PHONE
from tests.center.records.filled import Desk
from tests.center.staffing import member


def opened_to(center: Center, directory: Path | None) -> Center:
    config = center.config.model_copy(update={"gateway": GatewaySection(directory=directory)})
    return dataclasses.replace(center, config=config)


def written(directory: Path) -> list[dict[str, object]]:
    return [json.loads(path.read_text("utf-8")) for path in sorted(directory.glob("*.json"))]


def returned_and_accepted(center: Center, filed: UUID | None = None, who: Member | None = None) -> UUID:
    """A case that was told what it lacks, and accepted later."""
    case_id, clerk = filed or Desk(center).case(), who or member(center, Role.WINDOW_STAFF)
    open_case(center, clerk, case_id)
    line = NoticeLine(Subject.OTHER, "other", "其他", Reason.MISSING, "银行卡正面照片一张")
    return_with_notice(center, clerk, case_id, _revision(center, case_id), (line,))
    with center.database.reading() as session:
        wanted = open_dossier(center, session, session.get_one(Case, case_id)).to_supply
    accept(center, clerk, case_id, _revision(center, case_id), tuple(each.key for each in wanted))
    return case_id


def _revision(center: Center, case_id: UUID) -> int:
    with center.database.reading() as session:
        return session.get_one(Case, case_id).revision


def queued(center: Center) -> list[GatewayMessage]:
    with center.database.reading() as session:
        return list(session.scalars(select(GatewayMessage).order_by(GatewayMessage.position)))


def test_off_nothing_is_queued_and_nothing_pretended(center_on: Center) -> None:
    returned_and_accepted(center_on)
    assert queued(center_on) == []
    assert pump(center_on) == Pumped()
    assert status(center_on).on is False


def test_every_act_is_told_in_order_in_national_names_and_its_content_is_emptied_once_out(center_on: Center, tmp_path: Path) -> None:
    # given a center whose door is open
    directory = tmp_path / "upstream"
    center = opened_to(center_on, directory)
    returned_and_accepted(center)
    waiting = queued(center)
    assert [row.kind for row in waiting] == [MessageKind.RETURNED, MessageKind.ACCEPTED]
    assert all(NAME.encode() not in row.payload and NUMBER.encode() not in row.payload for row in waiting)
    assert written(directory) == []
    # when
    assert pump(center) == Pumped(sent=2)
    # then
    told, taken = written(directory)
    assert (told["kind"], taken["kind"]) == ("returned", "accepted")
    tables = taken["tables"]
    assert isinstance(tables, dict)
    (case,) = tables["PRE_APASINFO"]
    assert (case["APPLYNAME"], case["APPLY_CARDNUMBER"], case["TELPHONE"]) == (NAME, NUMBER, PHONE)
    assert case["ACCEPT_TIME"] == "2026-11-24"
    (acceptance,) = tables["PRE_ACCEPT"]
    assert acceptance["ACCEPT_MAN"] == "综合窗口1号 李静"
    assert acceptance["ACCEPT_TIME"] == "2026-11-24 09:30:00"
    (node,) = tables["PRE_NODE"]
    assert (node["PHASE_NAME"], node["ACTION"]) == ("受理", "受理")
    assert [row["ATTRNAME"] for row in tables["PRE_ATTR"]] != []
    # no code that nobody told us, no empty field
    assert all("" not in row.values() and None not in row.values() for rows in tables.values() for row in rows)
    assert not {"HANDLESTATE", "APPLY_CARDTYPE", "AREACODE"} & case.keys()
    assert {path.stat().st_mode & 0o777 for path in directory.glob("*.json")} == {0o600}
    assert [(row.state, row.payload) for row in queued(center)] == [("sent", b"")] * 2
    assert verify(center).whole


def test_who_came_for_the_applicant_is_told_as_the_one_to_contact(center: Center, tmp_path: Path) -> None:
    center = opened_to(center, tmp_path / "upstream")
    with_license(center)
    clerk = member(center, Role.WINDOW_STAFF)
    for typed in (replace(TYPED, agent=AGENT), TYPED):
        case_id = register(center, clerk, "SPJY", typed, uuid4()).subject_id
        with center.database.reading() as session:
            wanted = open_dossier(center, session, session.get_one(Case, case_id)).to_supply
        accept(center, clerk, case_id, _revision(center, case_id), tuple(each.key for each in wanted))
    assert pump(center) == Pumped(sent=2)
    brought, own = (message["tables"]["PRE_APASINFO"][0] for message in written(tmp_path / "upstream"))  # type: ignore[index]
    assert (brought["APPLYNAME"], brought["CONTACTMAN"], brought["CONTACTMAN_CARDNUMBER"]) == (NAME, AGENT.name, AGENT.number)
    assert not {"CONTACTMAN", "CONTACTMAN_CARDNUMBER"} & own.keys()


def test_a_door_that_does_not_open_is_tried_again_later_and_keeps_the_order(center_on: Center, tmp_path: Path) -> None:
    # given a directory that is none
    blocked = tmp_path / "upstream"
    blocked.write_text("a file")
    center = opened_to(center_on, blocked)
    returned_and_accepted(center)
    now = security_now()
    # when; then the first fails, and the second waits behind it
    assert pump(center, now) == Pumped(failed=1)
    assert pump(center, now) == Pumped()
    first, second = queued(center)
    assert (first.tries, first.fault, first.next_try > now, second.tries) == (1, "directory_unusable", True, 0)
    assert status(center).faults == {"directory_unusable": 1}
    # when it is mended
    blocked.unlink()
    assert pump(center, now) == Pumped()
    assert pump(center, now + timedelta(minutes=1)) == Pumped(sent=2)
    assert [message["position"] for message in written(blocked)] == [1, 2]


def test_after_a_week_it_is_given_up_until_somebody_says_otherwise(center_on: Center, tmp_path: Path) -> None:
    blocked = tmp_path / "upstream"
    blocked.write_text("a file")
    center = opened_to(center_on, blocked)
    returned_and_accepted(center)
    late = security_now() + GIVE_UP_AFTER
    assert pump(center, late) == Pumped(failed=1, given_up=1)
    # what comes after it does not overtake it
    blocked.unlink()
    assert pump(center, late + timedelta(days=1)) == Pumped()
    assert (status(center).dead, status(center).waiting) == (1, 1)
    assert try_again(center) == 2
    assert pump(center) == Pumped(sent=2)


def test_delivered_twice_is_the_same_file_once(center_on: Center, tmp_path: Path) -> None:
    directory = tmp_path / "upstream"
    center = opened_to(center_on, directory)
    returned_and_accepted(center)
    before = queued(center)
    pump(center)
    first = written(directory)
    # given a center that was killed after the file and before its row said so
    with center.database.writing() as session:
        for row in before:
            kept = session.get_one(GatewayMessage, row.id)
            kept.state, kept.payload, kept.sent_at = "waiting", row.payload, None
    assert pump(center) == Pumped(sent=2)
    assert written(directory) == first


def test_several_who_send_at_once_send_nothing_twice_and_nothing_out_of_order(center_on: Center, tmp_path: Path) -> None:
    directory = tmp_path / "upstream"
    center = opened_to(center_on, directory)
    desk, clerk = Desk(center), member(center, Role.WINDOW_STAFF)
    for name in ("张秀兰", "李国芳", "陈立"):
        returned_and_accepted(center, desk.case(name), clerk)
    with ThreadPoolExecutor(3) as many:
        done = list(many.map(lambda _: pump(center), range(3)))
    assert sum(each.sent for each in done) == 6
    assert len(written(directory)) == 6
    for case_id in {row.case_id for row in queued(center)}:
        sent = [row.sent_at for row in queued(center) if row.case_id == case_id]
        assert sent == sorted(sent, key=str)


def test_an_act_that_fails_tells_nothing(center_on: Center, tmp_path: Path) -> None:
    center = opened_to(center_on, tmp_path / "upstream")
    case_id, clerk = Desk(center).case(), member(center, Role.WINDOW_STAFF)
    open_case(center, clerk, case_id)
    with pytest.raises(Refusal):
        accept(center, clerk, case_id, 99, ())
    assert queued(center) == []


def test_every_kind_is_declared_and_every_table_has_its_names() -> None:
    assert set(TELLINGS) == set(MessageKind) == set(KIND_OF_EVENT.values())
    assert set(FIELDS) == set(TableName)
    assert {table for telling in TELLINGS.values() for table in telling.tables} == set(TableName)
