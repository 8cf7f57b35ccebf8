"""The daily check (R4.5): the head goes through what falls due and signs; the leader in charge signs the progress of all; the days without are shown."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID, uuid4

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse
from starlette.responses import Response

from center.center import Refusal
from center.console.forms import fault_words
from center.console.guard import PATH, Posted, Posting, Visit, Visiting
from center.console.pages import page
from center.domain.oversight import CheckKind
from center.domain.roles import Right
from center.members import require
from center.oversight.checklist import HEADINGS, complaint_counts, lines_to_check, month_of_checks, progress, signed_on
from center.oversight.checks import MAX_NOTE, MAX_REMARK, sign_check, sign_progress
from center.oversight.statistics import months_until

router = APIRouter(prefix=PATH)

RIGHTS = (Right.CHECK_CASES, Right.CHECK_PROGRESS, Right.READ_OVERDUE_REPORTS)
_MONTHS = 12
_PREFIXES = {"seen": "seen.", "note": "note."}


def key_of(sent: Posted) -> UUID:
    """The key of the form, made when it was drawn (`writes.once`). Raises Refusal."""
    try:
        return UUID(sent.text("key"))
    except ValueError:
        raise Refusal("form_token", "页面已过期，操作没有执行。请刷新页面后再试。") from None


def month_asked(who: Visit, text: str) -> date:
    """The first day of the month that the address names, or of this month."""
    today = who.center.clock.now().date()
    if re.fullmatch(r"20\d\d-(0[1-9]|1[0-2])", text):
        asked = date(int(text[:4]), int(text[5:]), 1)
        return asked if asked <= today else today.replace(day=1)
    return today.replace(day=1)


@router.get("/checks")
def checks(who: Visiting, request: Request, month: str = "") -> Response:
    """The day's list to go through, and the month's days."""
    return _page(who, request, month_asked(who, month), None, {})


def _page(who: Visit, request: Request, first: date, refusal: Refusal | None, entered: Mapping[str, str]) -> Response:
    require(who.member, *RIGHTS)
    center, today = who.center, who.center.clock.now().date()
    values: dict[str, Any] = {}
    with center.database.reading() as session:
        mine = next(
            (
                kind
                for kind, right in ((CheckKind.CASES, Right.CHECK_CASES), (CheckKind.PROGRESS, Right.CHECK_PROGRESS))
                if who.member.may(right)
            ),
            None,
        )
        lines = lines_to_check(center, session)
        values = {
            "mine": mine,
            "signed": signed_on(center, session, today, mine) if mine else None,
            "lines": lines if mine is CheckKind.CASES else (),
            "counts": [(heading, words, sum(line.heading == heading for line in lines)) for heading, words in HEADINGS.items()],
            "complaints": complaint_counts(center, session),
            "progress": progress(center, session) if mine is CheckKind.PROGRESS else (),
            "days": month_of_checks(center, session, first),
        }
    return page(
        request,
        "oversight/checks",
        who,
        422 if refusal else 200,
        today=today,
        working=center.calendar.is_working(today) is not False,
        headings=HEADINGS,
        first=first,
        months=months_until(today, _MONTHS)[::-1],
        key=entered.get("key") or uuid4(),
        entered=entered,
        max_note=MAX_NOTE,
        max_remark=MAX_REMARK,
        sees_cases=who.member.may(Right.SEE_CASES),
        **values,
        **fault_words(refusal),
    )


def _by_case(sent: Posted, prefix: str) -> dict[UUID, str]:
    """The fields that belong to a case, by its id; what is no id is nothing."""
    found = {}
    for name in sent.form:
        if name.startswith(prefix):
            try:
                found[UUID(name.removeprefix(prefix))] = sent.text(name)
            except ValueError:
                continue
    return {case_id: text for case_id, text in found.items() if text}


@router.post("/checks")
def sign(sent: Posting, request: Request) -> Response:
    """Sign the day's check of what falls due."""
    who = sent.visit
    seen, notes = frozenset(_by_case(sent, _PREFIXES["seen"])), _by_case(sent, _PREFIXES["note"])
    try:
        sign_check(who.center, who.member, key_of(sent), seen, notes, sent.text("remark"))
    except Refusal as refusal:
        if refusal.code != "check_incomplete":
            raise
        entered = {name: sent.text(name) for name in sent.form}
        return _page(who, request, month_asked(who, ""), refusal, entered)
    return RedirectResponse(f"{PATH}/checks", 303)


@router.post("/checks/progress")
def sign_all(sent: Posting, request: Request) -> Response:
    """Sign the day's check of the progress of all."""
    who = sent.visit
    try:
        sign_progress(who.center, who.member, key_of(sent), sent.text("remark"))
    except Refusal as refusal:
        if refusal.code != "check_incomplete":
            raise
        return _page(who, request, month_asked(who, ""), refusal, {name: sent.text(name) for name in sent.form})
    return RedirectResponse(f"{PATH}/checks", 303)
