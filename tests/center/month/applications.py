"""What an applicant, the window and the department do with one application, by the plan's way: each act over HTTP, each checked at once."""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import select

from center.clock import CHINA
from center.store.tables import Case
from kiosk.wire.filing import Applicant, Consent, Filing, MaterialFiled
from tests.center import oracle, papers
from tests.center.month.books import Told, after
from tests.center.month.driver import Course, Desk, KeptTerminal, Month, key
from tests.center.month.people import FARM, LAND, Citizen
from tests.center.month.plan import Coming, Way
from tests.center.place import TOWNSHIP

W = Way
_LIAISONS = {LAND: "liuyang", FARM: "hanxue"}
_BASIS = "《黑龙江省政务服务条例》第二十条"


def is_night(hour: int) -> bool:
    """17:00 to 8:00, as configured."""
    return hour >= 17 or hour < 8


class Affair:
    """One application and everybody's hands on it."""

    def __init__(self, month: Month, coming: Coming, citizen: Citizen) -> None:
        self.month = month
        self.told = Told(coming, citizen)
        self.chance = random.Random(coming.seed)
        month.applications.append(self.told)

    # ------------------------------------------------------------------ who

    @property
    def terminal(self) -> KeptTerminal:
        return self.month.terminals[self.told.coming.terminal]

    @property
    def case(self) -> str:
        return f"/console/cases/{self.told.id}"

    @property
    def desk(self) -> Desk:
        """Who acts today: the first responsible, or who stands in for them (R3.3)."""
        return self.month.desks[_present(self.month, self.told.responsible)]

    def wait(self, days: int = 0) -> Any:
        return self.month.at(self.chance, days)

    def check(self, *kinds: str) -> None:
        after(self.month, self.told, kinds)

    def act(self, path: str, **entries: Any) -> str:
        return self.desk.fill(f"{self.case}/{path}", **entries)

    # ------------------------------------------------------------------ the applicant

    def come(self) -> None:
        """File at a terminal, or at the window."""
        told, at = self.told, self.month.clock.at
        told.filed = told.told_from = at.date()
        told.night = is_night(at.hour)
        if told.coming.walk_in:
            self._at_window()
        else:
            self._at_terminal()

    def _at_terminal(self) -> None:
        told, month, at = self.told, self.month, self.month.clock.at
        terminal, citizen = self.terminal, told.citizen
        terminal.filed += 1
        told.receipt = f"{terminal.short_name}{at:%y%m%d}{terminal.filed:05}"
        filing = Filing(
            key=uuid4(),
            township_id=TOWNSHIP,
            terminal_id=terminal.terminal_id,
            receipt_number=told.receipt,
            item_code=told.coming.item,
            item_version=1,
            applicant=Applicant(
                kind="resident", name=citizen.name, number=citizen.number, sex="female", nation="汉族", address=citizen.address
            ),
            consent=Consent(text_version="2026-11", given_at=at - timedelta(minutes=6)),
            values={"name": citizen.name, "id_number": citizen.number, "phone": citizen.phone},
            materials=(
                MaterialFiled(code="id_card"),
                MaterialFiled(code="proof", pages=month.pages(terminal, self.chance)),
                MaterialFiled(code="form"),
            ),
            signature=terminal.upload(papers.signature(citizen.name)),
            filed_at=at,
        )
        answer = terminal.write("/api/v1/applications", filing.model_dump(mode="json"))
        assert answer["receipt_number"] == told.receipt
        told.case_number = answer["case_number"]
        with month.center.database.reading() as session:
            told.case_id = session.scalars(select(Case.id).where(Case.case_number == told.case_number)).one()
        self.check()

    def _at_window(self) -> None:
        told, month, citizen = self.told, self.month, self.told.citizen
        told.responsible = self.chance.choice([login for login in ("wangmin", "zhaolei") if _present(month, login) == login])
        told.opened = month.today
        self.desk.fill(
            f"/console/cases/new/{told.coming.item}",
            kind="resident",
            name=citizen.name,
            number=citizen.number,
            phone=citizen.phone,
            address=citizen.address,
            consent="1",
            **{"f.phone": citizen.phone, "m.id_card": "1", "m.proof": "2"},
        )
        with month.center.database.reading() as session:
            row = session.scalars(select(Case).where(Case.terminal_row.is_(None)).order_by(Case.received_at.desc()).limit(1)).one()
            told.case_id, told.case_number, told.receipt = row.id, row.case_number, row.receipt_number
        self.check("filing_receipt")

    def own(self, **more: Any) -> dict[str, Any]:
        number = self.told.citizen.number
        return {"key": key(), "township_id": TOWNSHIP, "terminal_id": self.terminal.terminal_id, "number": number, **more}

    def supplement(self) -> None:
        """Supply what the notice wants, at the terminal, with the ID card."""
        told, pages = self.told, list(self.month.pages(self.terminal, self.chance))
        path = f"/api/v1/applications/{told.receipt}/supplements"
        self.terminal.write(path, self.own(materials=[{"code": "proof", "pages": pages}]))
        told.state, told.supplied, told.told_from = "filed", self.month.today, self.month.today
        told.third_filings += told.returns >= 2
        self.check()

    def withdraw(self) -> None:
        told = self.told
        self.terminal.write(f"/api/v1/applications/{told.receipt}/withdrawal", self.own())
        told.state, told.ended = "withdrawn", self.month.today
        self.check()

    def rate(self) -> None:
        """The receipt's code under the reader, and a face."""
        level = self.chance.choice((5, 5, 5, 4, 4, 3, 2))
        body = {"key": key(), "code": self.terminal.receipt_code(self.told.receipt), "level": level}
        assert self.terminal.write("/api/v1/ratings", body)["level"] == level
        self.month.ratings.append((self.month.today, level))

    def ask_again(self) -> None:
        """The notices again, by card; and the state by the receipt's code, which says nothing else."""
        told = self.told
        answer = self.terminal.ask("/api/v1/cases/papers", {"number": told.citizen.number, "receipt_number": told.receipt})
        theirs = {number for kind, number in told.papers if kind not in ("handover_slip", "department_opinion")}
        assert {paper["number"] for paper in answer.json()["papers"]} == theirs
        state = self.terminal.ask("/api/v1/cases/state", {"code": self.terminal.receipt_code(told.receipt)})
        assert state.ok and told.citizen.name not in state.text and told.citizen.number not in state.text

    # ------------------------------------------------------------------ the window takes in

    def open(self) -> None:
        told, month = self.told, self.month
        if told.opened is not None:
            return
        told.responsible = self.chance.choice([login for login in ("wangmin", "zhaolei") if _present(month, login) == login])
        told.opened = month.today
        assert self.desk.fill(f"{self.case}/open", self.case) == self.case
        self.check()

    def accept(self) -> None:
        told, today = self.told, self.month.today
        form = self.desk.get(f"{self.case}/accept").text
        ticks = re.findall(r'name="supplied" value="([^"]*)"', form)
        waiting = told.state == "returned"
        assert bool(ticks) is waiting
        self.act("accept", supplied=ticks)
        told.third_filings += waiting and told.returns >= 2
        told.accepted = oracle.acceptance_day(today, None if waiting else told.supplied)
        told.state, told.registered = "accepted", today
        told.taken_in = today if told.returns else told.opened
        self._limits()

    def _limits(self) -> None:
        told = self.told
        assert told.taken_in is not None and told.accepted is not None
        told.count()
        if told.facts.department:
            told.handover_due = oracle.handover_due(told.taken_in, told.accepted, told.special_circumstances)
        self.check("acceptance_notice", *(["promise_notice"] if told.facts.department else []))

    def tell_once(self) -> None:
        """The one-time notice."""
        told = self.told
        note = self.chance.choice(("请您把每一页都拍清楚", "请您带上盖了章的那一份", "请您补上背面"))
        self.act("return", **{"m.proof": "on", "mr.proof": "unclear", "mn.proof": note})
        told.state, told.returns = "returned", told.returns + 1
        self.check("one_time_notice")

    def refuse(self, elsewhere: bool = False) -> None:
        told = self.told
        if elsewhere:
            self.act(
                "refuse", kind="elsewhere", reason="这件事由区里的部门办理。", other="", body="桃山区民政局", place="桃山区大同街1号",
                how="0464-1234567",
            )  # fmt: skip
        else:
            self.act("refuse", kind="forbidden", reason="依照规定，这项申请不符合办理条件。", other=_BASIS, body="", place="", how="")
        told.state, told.ended = "refused", self.month.today
        self.check("refusal_notice")

    def withdraw_in_writing(self) -> None:
        told = self.told
        self.act("withdraw", words="家里情况有变，先不办了。", paper_kept="1")
        told.state, told.ended = "withdrawn", self.month.today
        self.check()

    # ------------------------------------------------------------------ the department

    def extend_handover(self) -> None:
        told = self.told
        self.desk.fill(f"{self.case}/hand-over/extend", f"{self.case}/hand-over", reason="接收单位今天停电")
        told.special_circumstances = True
        assert told.taken_in is not None and told.accepted is not None
        told.handover_due = oracle.handover_due(told.taken_in, told.accepted, True)
        self.check()

    def hand_over(self, late: bool = False) -> None:
        told = self.told
        why = {"late_reason": "经办人核对材料用时较长"} if late else {}
        self.act("hand-over", **{"t.form": "1", "c.form": "1", "t.m.proof": "1", "c.m.proof": "2"}, **why)
        told.state, told.handed = "with_department", self.month.today
        told.count()
        self.check("handover_slip")

    @property
    def liaison(self) -> Desk:
        return self.month.desks[_LIAISONS[self.told.facts.department]]

    def receive(self) -> None:
        own = f"/console/department/cases/{self.told.id}"
        self.liaison.fill(f"{own}/received", own, remark="")
        self.check()

    def opinion(self, agrees: bool = True) -> None:
        own = f"/console/department/cases/{self.told.id}/opinion"
        words = "现场核实属实，符合条件。" if agrees else "四至界线有争议，暂不同意。"
        self.liaison.fill(own, agrees="yes" if agrees else "no", reasons=words, survey="已到现场查看", **{"c.form": "1", "c.m.proof": "2"})
        self.check("department_opinion")

    def take_back(self) -> None:
        told = self.told
        self.act("take-back", **{"c.form": "1", "c.m.proof": "2"})
        told.state, told.taken_back = "back", self.month.today
        self.check("handover_slip")

    def begin_special(self) -> None:
        told = self.told
        self.act("special/begin", procedure="expert_review", expected_days="15", why="请区里的专家到现场")
        told.pauses.append((self.month.today, None))
        told.count()
        self.check("special_procedure_notice")

    def end_special(self) -> None:
        told = self.told
        form = self.desk.get(f"{self.case}/special/end").text
        (pause,) = set(re.findall(r'name="pause" value="([0-9a-f-]{36})"', form))
        self.act("special/end", pause=pause, result="专家组出具了意见")
        told.pauses[-1] = (told.pauses[-1][0], self.month.today)
        told.count()
        self.check()

    # ------------------------------------------------------------------ the end

    def decide(self, granted: bool = True, against: str = "") -> None:
        told = self.told
        reasons = "申请材料齐全，符合办理条件。" if granted else "经核实，申请人不符合规定的条件。"
        self.act("decide", outcome="granted" if granted else "denied", reasons=reasons, basis=_BASIS, against=against)
        told.state, told.decided, told.outcome = "decided", self.month.today, "granted" if granted else "denied"
        self.check("decision")

    def voucher(self) -> None:
        told = self.told
        self.act("voucher")
        told.state, told.completed = "voucher_issued", self.month.today
        self.check("completion_voucher")

    def notify(self, post: bool = False, reached: bool = True) -> None:
        told = self.told
        self.act(
            "notify", way="phone", who=told.citizen.name, words="您的申请已经办结，请带身份证来领取。", reached="yes" if reached else "no",
            delivery="post" if post else "window",
        )  # fmt: skip
        if reached:
            told.state, told.notified = "notified", self.month.today
        self.check()

    def collect(self) -> None:
        told = self.told
        self.act("collect", collector="applicant", card_shown="1", signed="yes")
        told.state, told.ended = "collected", self.month.today
        self.check()

    def send(self) -> None:
        told = self.told
        number = f"10{self.chance.randint(0, 99_999_999_999):011}"
        self.act("post", number=number, recipient=told.citizen.name, address=told.citizen.address, phone=told.citizen.phone)
        told.state, told.ended = "posted", self.month.today
        self.check()

    def confirm_push(self) -> None:
        """The department confirms the result and supervises from there; sometimes it reports back (R5.4, R5.5)."""
        own = f"/console/department/cases/{self.told.id}"
        self.liaison.fill(f"{own}/push-received", own)
        if self.chance.random() < 0.3:
            self.liaison.fill(f"{own}/feedback", kind="penalty", words="现场检查时责令改正", number="")
        self.check()

    # ------------------------------------------------------------------ parts of a course

    def taken_up(self, days: int = 0) -> Course:
        if self.told.opened is None:
            yield self.wait(days)
            self.open()

    def ending(self) -> Course:
        """After the voucher: told, handed out, sometimes rated."""
        post = self.chance.random() < 0.2
        yield self.wait(self.chance.choice((0, 0, 1)))
        if self.chance.random() < 0.1:
            self.notify(post, reached=False)
            yield self.wait()
        self.notify(post)
        if self.told.handed is not None:
            yield self.wait(self.chance.randint(0, 2))
            self.confirm_push()
        yield self.wait(self.chance.randint(1, 5))
        if post:
            self.send()
        else:
            self.collect()
        if not self.told.coming.walk_in and self.chance.random() < 0.35:
            yield self.month.clock.at + timedelta(minutes=1)
            self.rate()

    def deciding(self, granted: bool = True, against: str = "") -> Course:
        yield self.wait()
        self.decide(granted, against)
        yield self.wait()
        self.voucher()
        yield from self.ending()

    def completing(self) -> Course:
        """Decided and completed on a working day before the due day, or on it."""
        due = self.told.due
        assert due is not None
        days = [day for day in oracle.WORKING_DAYS if self.month.today < day <= due]
        if days:
            yield self.month.on(self.chance, self.chance.choice(days))
        yield from self.deciding(self.chance.random() > 0.08)

    def department(self) -> Course:
        """Out and back within the department's days."""
        yield self.wait(self.chance.choice((0, 1)))
        self.receive()
        yield self.wait(self.chance.randint(1, 3))
        agrees = self.chance.random() > 0.12
        self.opinion(agrees)
        yield self.wait(self.chance.choice((0, 1)))
        self.take_back()
        yield self.wait(self.chance.choice((0, 1)))
        if agrees:
            yield from self.deciding()
        else:
            against = self.chance.random() < 0.5
            yield from self.deciding(against, "争议已在村里调解解决，有书面协议。" if against else "")


# ------------------------------------------------------------------ the ways


def _present(month: Month, login: str) -> str:
    """Who is at the post: B while A is away (R3.3)."""
    away: dict[str, tuple[date, date]] = month.facts.get("away", {})
    if login in away and away[login][0] <= month.today <= away[login][1]:
        return "zhaolei" if login == "wangmin" else "wangmin"
    return login


def _spot(affair: Affair) -> Course:
    yield from affair.taken_up()
    yield affair.wait()
    affair.accept()
    yield affair.wait()
    affair.decide()
    yield affair.wait()
    affair.voucher()
    yield from affair.ending()


def _spot_late(affair: Affair) -> Course:
    yield from affair.taken_up()
    yield affair.wait()
    affair.accept()
    yield affair.wait(affair.chance.randint(1, 3))
    yield from affair.deciding()


def _promised(affair: Affair) -> Course:
    yield from affair.taken_up()
    yield affair.wait(affair.chance.choice((0, 0, 1)))
    affair.accept()
    if affair.chance.random() < 0.2 and not affair.told.coming.walk_in:
        affair.ask_again()
    yield from affair.completing()


def _department(affair: Affair) -> Course:
    yield from affair.taken_up()
    yield affair.wait()
    affair.accept()
    yield affair.wait()
    affair.hand_over()
    yield from affair.department()


def _license_special(affair: Affair) -> Course:
    yield from affair.taken_up()
    yield affair.wait()
    affair.accept()
    before = affair.chance.random() < 0.4
    if before:
        # the notice comes first, the papers go out on the same day
        yield affair.wait()
        affair.begin_special()
    yield affair.wait()
    affair.hand_over()
    yield affair.wait(affair.chance.choice((0, 1)))
    affair.receive()
    if not before:
        yield affair.wait(affair.chance.choice((0, 1)))
        affair.begin_special()
    yield affair.wait(affair.chance.randint(3, 8))
    affair.end_special()
    yield affair.wait(1)
    affair.opinion()
    yield affair.wait()
    affair.take_back()
    yield from affair.deciding()


def _returned(times: int, at_window: bool = False) -> Callable[[Affair], Course]:
    def course(affair: Affair) -> Course:
        yield from affair.taken_up()
        for turn in range(times):
            yield affair.wait(affair.chance.choice((0, 1)))
            affair.tell_once()
            if at_window:
                yield affair.wait(affair.chance.randint(1, 3))
            else:
                # supplied whenever the citizen has time, at night and on days of rest too
                hours = affair.chance.randint(3, 40) if turn == 0 else affair.chance.randint(3, 20)
                yield affair.month.clock.at + timedelta(hours=hours)
                affair.supplement()
                yield affair.wait()
        affair.accept()
        if affair.told.facts.department:
            yield affair.wait()
            affair.hand_over()
            yield from affair.department()
        else:
            yield from affair.completing()

    return course


def _refused(affair: Affair) -> Course:
    yield from affair.taken_up()
    yield affair.wait(affair.chance.choice((0, 1)))
    affair.refuse(elsewhere=affair.told.coming.way is W.ELSEWHERE)


def _refused_later(affair: Affair) -> Course:
    yield from affair.taken_up()
    yield affair.wait()
    affair.tell_once()
    yield affair.wait(2)
    affair.refuse()


def _withdrawn_unread(affair: Affair) -> Course:
    yield affair.month.clock.at + timedelta(minutes=20)
    affair.withdraw()


def _withdrawn(affair: Affair) -> Course:
    yield from affair.taken_up()
    yield affair.wait()
    affair.accept()
    if affair.told.facts.department:
        yield affair.wait()
        affair.hand_over()
    yield affair.month.clock.at + timedelta(hours=affair.chance.randint(2, 20))
    affair.withdraw()


def _withdrawn_in_writing(affair: Affair) -> Course:
    yield from affair.taken_up()
    yield affair.wait()
    affair.accept()
    yield affair.wait()
    affair.hand_over()
    yield affair.wait(1)
    affair.withdraw_in_writing()


def _overdue(affair: Affair) -> Course:
    """On purpose: completed after its due day."""
    yield from affair.taken_up()
    yield affair.wait()
    affair.accept()
    if affair.told.facts.department:
        yield affair.wait()
        affair.hand_over()
        yield affair.wait(1)
        affair.receive()
        yield affair.wait(2)
        affair.opinion()
        yield affair.wait(1)
        affair.take_back()
    due = affair.told.due
    assert due is not None
    late = oracle.working_days_after(due, affair.chance.randint(2, 4))
    assert late is not None
    yield affair.month.on(affair.chance, late)
    yield from affair.deciding()


def _never_done(affair: Affair) -> Course:
    yield from affair.taken_up()
    yield affair.wait()
    affair.accept()


def _unopened(affair: Affair) -> Course:
    """On purpose: nobody opens it for two working days too long."""
    yield affair.wait(4)
    affair.open()
    yield affair.wait()
    affair.accept()
    if affair.told.facts.days == 0:
        yield from affair.deciding()
    else:
        yield from affair.completing()


def _late_handover(affair: Affair) -> Course:
    yield from affair.taken_up()
    yield affair.wait()
    affair.accept()
    yield affair.wait(affair.chance.randint(1, 2))
    affair.hand_over(late=True)
    yield from affair.department()


def _extended_handover(affair: Affair) -> Course:
    yield from affair.taken_up()
    yield affair.wait()
    affair.accept()
    yield affair.wait()
    affair.extend_handover()
    yield affair.wait(1)
    affair.hand_over()
    yield from affair.department()


def _late_notification(affair: Affair) -> Course:
    yield from affair.taken_up()
    yield affair.wait()
    affair.accept()
    yield affair.wait(1)
    affair.decide()
    yield affair.wait()
    affair.voucher()
    yield affair.wait(affair.chance.randint(2, 4))
    affair.notify()
    yield affair.wait(1)
    affair.collect()


def _silent(affair: Affair) -> Course:
    """On purpose: a 行政许可 that nobody answers is accepted by law (R4.6), found, and taken up on the day it is found."""
    told, month = affair.told, affair.month
    assert told.filed is not None
    last = oracle.tell_due(told.filed)
    assert last is not None
    found = date.fromordinal(last.toordinal() + 1)
    # right after that day's first heartbeat, which comes on days of rest too
    yield datetime.combine(found, time(8, 32), CHINA)
    told.accepted = oracle.deemed_accepted(told.filed, None, month.today)
    told.state, told.registered, told.taken_in = "accepted", month.today, month.today
    told.late_tellings += 1
    told.count()
    told.handover_due = oracle.handover_due(month.today, month.today, False)
    affair.check("acceptance_notice", "promise_notice")
    yield affair.wait()
    affair.open()
    late = told.handover_due is not None and month.today > told.handover_due
    yield affair.wait()
    affair.hand_over(late)
    yield from affair.department()


_COURSES: dict[Way, Callable[[Affair], Course]] = {
    W.SPOT: _spot,
    W.SPOT_LATE: _spot_late,
    W.PROMISED: _promised,
    W.CALENDAR: _promised,
    W.EXEMPT: _promised,
    W.DEPARTMENT: _department,
    W.LICENSE: _department,
    W.LICENSE_SPECIAL: _license_special,
    W.RETURNED_ONCE: _returned(1),
    W.BROUGHT: _returned(1, at_window=True),
    W.RETURNED_TWICE: _returned(2),
    W.RETURNED_THRICE: _returned(3),
    W.REFUSED: _refused,
    W.ELSEWHERE: _refused,
    W.REFUSED_LATER: _refused_later,
    W.WITHDRAWN_UNREAD: _withdrawn_unread,
    W.WITHDRAWN: _withdrawn,
    W.WITHDRAWN_IN_WRITING: _withdrawn_in_writing,
    W.OVERDUE: _overdue,
    W.NEVER_DONE: _never_done,
    W.UNOPENED: _unopened,
    W.LATE_HANDOVER: _late_handover,
    W.EXTENDED_HANDOVER: _extended_handover,
    W.LATE_NOTIFICATION: _late_notification,
    W.SILENT: _silent,
}


def course_of(month: Month, coming: Coming, citizen: Citizen) -> Course:
    """One application from its filing to its end, or to the month's."""
    affair = Affair(month, coming, citizen)
    affair.come()
    yield from _COURSES[coming.way](affair)


def find(month: Month, case_id: UUID) -> Told:
    return next(told for told in month.applications if told.case_id == case_id)
