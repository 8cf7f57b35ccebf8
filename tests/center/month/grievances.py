"""What a complainant, the officer and the leader in charge do with one complaint, by the plan's way: each act over HTTP, each checked at once."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

from sqlalchemy import select

from center.store.tables import Complaint, Consent
from kiosk.wire.codes import Code, CodeKind, write_code
from kiosk.wire.complaints import ComplaintFiling, Party
from kiosk.wire.filing import Consent as Agreed
from tests.center import oracle
from tests.center.month.books import Heard, after
from tests.center.month.driver import Course, Desk, KeptTerminal, Month, key
from tests.center.month.people import WINDOW_1, WINDOW_2, Citizen
from tests.center.month.plan import Complaining, Grievance
from tests.center.place import TOWNSHIP

G = Grievance
_DEPARTMENT = "镇社会事务办"
_WORDS = (
    "上午去了两次，都让我等着，没有人说还缺什么",
    "说好的日子没有办好，也没有人打电话",
    "复印的时候多收了钱",
    "问了三个人，都说不归他管",
)


class Grief:
    """One complaint and everybody's hands on it."""

    def __init__(self, month: Month, complaining: Complaining, citizen: Citizen) -> None:
        self.month = month
        self.chance = random.Random(complaining.seed)
        statement = f"{self.chance.choice(_WORDS)}。（记号{complaining.number:02}诉）"
        self.heard = Heard(complaining, citizen, statement)
        self.digits = f"{self.chance.randint(400_000, 989_999)}"
        month.complaints.append(self.heard)

    @property
    def terminal(self) -> KeptTerminal:
        return self.month.terminals[self.heard.complaining.number % 2]

    @property
    def officer(self) -> Desk:
        return self.month.desks["lifang"]

    @property
    def by_terminal(self) -> bool:
        return self.heard.complaining.channel in ("card", "digits")

    def wait(self, days: int = 0) -> Any:
        return self.month.at(self.chance, days)

    def check(self, *kinds: str) -> None:
        after(self.month, self.heard, kinds)

    # ------------------------------------------------------------------ the complainant

    def come(self) -> None:
        heard, month = self.heard, self.month
        heard.received = month.today
        heard.acceptance_due = oracle.complaint_acceptance_due(month.today)
        if self.by_terminal:
            self._at_terminal()
        else:
            self._at_desk()
        with month.center.database.reading() as session:
            row = session.scalars(select(Complaint).order_by(Complaint.registered_at.desc()).limit(1)).one()
            heard.complaint_id, heard.number = row.id, row.number
        self.check()
        if heard.complaining.way is G.RETALIATION:
            month.reported.append(("retaliation", heard.id))

    def _at_terminal(self) -> None:
        heard, at, terminal = self.heard, self.month.clock.at, self.terminal
        card = heard.complaining.channel == "card"
        listed = terminal.call("GET", "/api/v1/public-staff").json()
        about = self.chance.choice([*listed["staff"], *listed["windows"]])
        heard.receipt = f"{terminal.short_name}{at:%y%m%d}9{heard.complaining.number:04}"
        later = self.chance.random() < 0.3
        filing = ComplaintFiling(
            key=uuid4(),
            township_id=TOWNSHIP,
            terminal_id=terminal.terminal_id,
            receipt_number=heard.receipt,
            card=card,
            digits=None if card else self.digits,
            complainant=Party(name=heard.citizen.name, contact=heard.citizen.phone, number=heard.citizen.number if card else ""),
            about=about["id"],
            matter=heard.complaining.matter,
            statement=heard.statement,
            evidence=self.month.pages(terminal, self.chance)[:1],
            evidence_later=later,
            consent=Agreed(text_version="2026-11", given_at=at - timedelta(minutes=3)),
            filed_at=at,
        )
        answer = terminal.write("/api/v1/complaints", filing.model_dump(mode="json"))
        assert answer["acceptance_due_on"] == str(heard.acceptance_due)
        if later:
            heard.evidence_due = oracle.evidence_due(at.date())
            assert answer["evidence_due_on"] == str(heard.evidence_due)

    def _at_desk(self) -> None:
        heard, channel = self.heard, self.heard.complaining.channel
        received = self.month.today
        if channel == "letter":
            # it came with yesterday's post, and the days count from there
            received = max(day for day in oracle.WORKING_DAYS if day < self.month.today)
            heard.received, heard.acceptance_due = received, oracle.complaint_acceptance_due(received)
        heard.evidence_due = oracle.evidence_due(received) if channel != "visit" else None
        self.officer.fill(
            "/console/complaints/new",
            channel=channel,
            received_on=received.isoformat(),
            kind="person",
            capacity="self",
            name=heard.citizen.name,
            contact=heard.citizen.phone,
            number=heard.citizen.number,
            window=self.chance.choice((WINDOW_1, WINDOW_2)),
            staff="",
            matter=heard.complaining.matter,
            statement=heard.statement,
            case_number="",
            **({"verified": "1"} if channel == "visit" else {}),
        )

    def access(self) -> dict[str, str]:
        """The ID card, or the receipt's code with the six digits."""
        heard = self.heard
        if heard.complaining.channel == "card":
            return {"card_number": heard.citizen.number, "complaint_number": heard.number}
        return {
            "code": write_code(Code(CodeKind.COMPLAINT, self.terminal.short_name, heard.receipt), self.terminal.key),
            "digits": self.digits,
        }

    def say(self, path: str, words: str) -> None:
        self.terminal.write(f"/api/v1/complaints/{path}", {"key": key(), "access": self.access(), "words": words})

    def answer(self) -> None:
        if self.by_terminal:
            self.say("answer", "我不同意这个结果，没有说清楚原因。")
        else:
            self.act("answer", words="来电说不同意这个结果。")
        self.heard.state = "answered"
        self.check()

    def ask_review(self) -> None:
        if self.by_terminal:
            self.say("review", "请上一级机关复查。")
        else:
            self.act("ask_review", words="书面申请复查。")
        self.heard.state = "under_review"
        self.check()

    def supply(self) -> None:
        """What was asked for: the limit begins anew (R6.6)."""
        heard = self.heard
        if self.by_terminal:
            self.say("evidence", "补上单据和当天的时间。")
        else:
            self.act("supplement", words="送来单据一张，原件附卷。")
        heard.state, heard.received, heard.evidence_due = "received", self.month.today, None
        heard.acceptance_due = oracle.complaint_acceptance_due(self.month.today)
        self.check()

    # ------------------------------------------------------------------ the officer

    def act(self, name: str, **entries: Any) -> None:
        self.officer.fill(f"/console/complaints/{self.heard.id}/{name}", **entries)

    def accept(self) -> None:
        self.act("accept")
        self.heard.state, self.heard.accepted = "accepted", self.month.today
        self.check("complaint_acceptance")

    def refuse(self) -> None:
        ground = "abcd"[self.heard.complaining.number % 4]
        path = f"/console/complaints/{self.heard.id}/refuse"
        self.officer.fill(
            path, f"{path}?ground={ground}", reason="依照制度不在受理范围", basis="《投诉管理制度》第三部分", channel="依法向有关机关提出"
        )
        self.heard.state, self.heard.ground = "refused", ground
        self.check("complaint_refusal")

    def refer(self) -> None:
        until = oracle.working_days_after(self.month.today, 5)
        assert until is not None
        self.act("refer", body=_DEPARTMENT, via="oa", opinion_due=until.isoformat(), note="")
        self.heard.state = "referred"
        self.check("complaint_referral")

    def ask_supplement(self) -> None:
        heard = self.heard
        self.act("ask_supplement", wanted="收费的单据\n是哪一天、哪个窗口")
        heard.state, heard.acceptance_due = "to_supplement", None
        heard.evidence_due = oracle.supplement_waits_until(self.month.today)
        self.check("complaint_supplement")

    def ask_consent(self, handling: str, degree: str = "ordinary") -> None:
        handler = _DEPARTMENT if handling == "transferred" else ""
        self.act("ask_consent", handling=handling, handler=handler, degree=degree, summary="反映窗口工作的问题，拟按制度办理")
        self.heard.state, self.heard.degree = "consent_asked", degree
        self.check()

    def lead(self, granted: bool, handling: str) -> None:
        """The leader in charge answers in the inbox, where nobody's name is (R6.5, R6.8)."""
        heard, leader = self.heard, self.month.desks["gaojie"]
        with self.month.center.database.reading() as session:
            question = session.scalars(select(Consent.id).where(Consent.complaint_id == heard.id, Consent.answered_at.is_(None))).one()
        inbox = leader.get("/console/consents").text
        assert f"/console/consents/{question}" in inbox
        assert not any(secret in inbox for secret in (heard.citizen.name, heard.citizen.phone, heard.citizen.number, heard.statement))
        words = "同意，抓紧办" if granted else "请先把情况核实清楚"
        leader.fill(f"/console/consents/{question}", "/console/consents", granted="yes" if granted else "no", answer=words)
        if handling == "extension":
            if granted:
                heard.degree, heard.extended = "special", True
            self.check(*(["complaint_extension"] if granted else []))
            return
        heard.state = handling if granted else "accepted"
        if granted and handling == "direct":
            heard.taken = self.month.today
        self.check()

    def take_in(self) -> None:
        self.act("take_in", taken_on=self.month.today.isoformat(), by=f"{_DEPARTMENT} 赵刚")
        self.heard.taken = self.month.today
        self.check()

    def find(self) -> None:
        self.heard.finding = self.chance.choices(("true", "partly", "untrue"), (4, 3, 3))[0]
        self.act("find", finding=self.heard.finding, facts="查看监控，询问了当天在场的人")
        self.heard.state = "found"
        self.check()

    def measure(self) -> None:
        measures = [] if self.heard.finding == "untrue" else ["talk"]
        self.act("take_measures", measures=measures, note="要求改进，并向投诉人说明", handover="")
        self.heard.state = "measured"
        self.check()

    def result(self) -> None:
        self.act("write_result", words="您反映的情况已经调查清楚，结果如下。")
        self.heard.state, self.heard.written = "result_written", self.month.today
        self.check("complaint_result")

    def archive(self) -> None:
        self.act("archive", note="卷内材料齐全")
        self.heard.state, self.heard.archived = "archived", self.month.today
        self.check()

    # ------------------------------------------------------------------ parts of a course

    def agreed(self, handling: str, degree: str = "ordinary") -> Course:
        yield self.wait()
        self.ask_consent(handling, degree)
        yield self.wait()
        self.lead(True, handling)

    def accepted(self) -> Course:
        yield self.wait(self.chance.choice((0, 1, 2)))
        self.accept()

    def looked_into(self, days: int) -> Course:
        """Found, dealt with and answered in writing `days` working days from now."""
        yield self.wait(days)
        self.find()
        yield self.wait()
        self.measure()
        if self.chance.random() < 0.3:
            yield self.wait()
            self.act("tell_by_phone", told="下午三点电话告诉了结果")
            self.check()
        yield self.wait()
        self.result()

    def closed(self) -> Course:
        """Archived once the days to answer have passed (R6.7)."""
        assert self.heard.written is not None
        until = oracle.answer_until(self.heard.written)
        assert until is not None
        following = oracle.working_days_after(until, 1)
        assert following is not None
        yield self.month.on(self.chance, following)
        self.archive()


# ------------------------------------------------------------------ the ways


def _direct(grief: Grief) -> Course:
    yield from grief.accepted()
    degree = grief.chance.choice(("ordinary", "ordinary", "complicated"))
    yield from grief.agreed("direct", degree)
    yield from grief.looked_into(grief.chance.randint(1, 3 if degree == "ordinary" else 8))
    way = grief.heard.complaining.way
    if way is G.ANSWERED:
        yield grief.wait(2)
        grief.answer()
    if way is G.REVIEWED:
        yield grief.wait(3)
        grief.ask_review()
        yield grief.wait(1)
        grief.act("pass_review", body="桃山区营商环境建设监督局", note="专人送达")
        grief.check()
        yield grief.wait(2)
        grief.archive()
    else:
        yield from grief.closed()


def _transferred(grief: Grief) -> Course:
    way = grief.heard.complaining.way
    yield from grief.accepted()
    yield from grief.agreed("transferred", "complicated" if way in (G.EXTENDED, G.NOT_EXTENDED) else "ordinary")
    if way is G.SUPERVISED:
        yield grief.wait()
        grief.act("supervise", note="请按期办结，每周报一次进度")
        grief.heard.state = "supervised"
        grief.check()
    yield grief.wait(1)
    grief.take_in()
    if way in (G.EXTENDED, G.NOT_EXTENDED):
        yield grief.wait(4)
        grief.act("ask_extension", reason="需要外出调查，取证的单位还没有答复")
        grief.check()
        yield grief.wait()
        grief.lead(way is G.EXTENDED, "extension")
        yield from grief.looked_into(8 if way is G.EXTENDED else 3)
    else:
        yield from grief.looked_into(grief.chance.randint(1, 3))
    yield from grief.closed()


def _refused(grief: Grief) -> Course:
    yield grief.wait(grief.chance.choice((0, 1, 2)))
    grief.refuse()
    yield grief.wait(1)
    grief.archive()


def _referred(grief: Grief) -> Course:
    yield grief.wait(1)
    grief.refer()
    yield grief.wait(3)
    grief.act("record_opinion", opinion="已经依法处理，并答复本人")
    grief.check()
    yield grief.wait(1)
    grief.archive()


def _supplemented(grief: Grief) -> Course:
    yield grief.wait(1)
    grief.ask_supplement()
    if grief.heard.complaining.way is G.LAPSED:
        until = grief.heard.evidence_due
        assert until is not None
        following = oracle.working_days_after(until, 1)
        assert following is not None
        yield grief.month.on(grief.chance, following)
        grief.act("lapse", note="打过两次电话，没有送来")
        grief.heard.state, grief.heard.archived = "archived", grief.month.today
        grief.check()
        return
    if grief.by_terminal:
        yield grief.month.clock.at + timedelta(hours=grief.chance.randint(4, 50))
    else:
        yield grief.wait(2)
    grief.supply()
    yield from _direct(grief)


def _late_acceptance(grief: Grief) -> Course:
    """On purpose: accepted two working days after the limit."""
    assert grief.heard.acceptance_due is not None
    late = oracle.working_days_after(grief.heard.acceptance_due, 2)
    assert late is not None
    yield grief.month.on(grief.chance, late)
    grief.accept()
    yield from grief.agreed("direct")
    yield from grief.looked_into(2)


def _late_result(grief: Grief) -> Course:
    """On purpose: in writing two working days after the limit."""
    yield from grief.accepted()
    yield from grief.agreed("direct")
    yield from grief.looked_into(5)
    yield from grief.closed()


def _declined(grief: Grief) -> Course:
    yield from grief.accepted()
    yield grief.wait()
    grief.ask_consent("direct")
    yield grief.wait(1)
    grief.lead(False, "direct")
    yield from grief.agreed("transferred")
    yield grief.wait(1)
    grief.take_in()
    yield from grief.looked_into(2)


_COURSES: dict[Grievance, Callable[[Grief], Course]] = {
    G.DIRECT: _direct,
    G.ANSWERED: _direct,
    G.REVIEWED: _direct,
    G.RETALIATION: _direct,
    G.TRANSFERRED: _transferred,
    G.SUPERVISED: _transferred,
    G.EXTENDED: _transferred,
    G.NOT_EXTENDED: _transferred,
    G.REFUSED: _refused,
    G.REFERRED: _referred,
    G.SUPPLEMENTED: _supplemented,
    G.LAPSED: _supplemented,
    G.LATE_ACCEPTANCE: _late_acceptance,
    G.LATE_RESULT: _late_result,
    G.DECLINED: _declined,
}


def course_of(month: Month, complaining: Complaining, citizen: Citizen) -> Course:
    """One complaint from its filing to the archive, or to the month's end."""
    grief = Grief(month, complaining, citizen)
    grief.come()
    yield from _COURSES[complaining.way](grief)
