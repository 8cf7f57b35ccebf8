"""A complaint that was opened, with what opened it; and what is handed in to it later."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from uuid import UUID

from kiosk.i18n import Texts
from kiosk.journeys.step import Begin, Next, Workplace
from kiosk.session import Sheet
from kiosk.wire.complaints import Access, ComplaintDetail


class LaterAct(StrEnum):
    """What a complainant may do to an opened complaint (R6.1, R6.3, R6.7)."""

    EVIDENCE = "evidence"
    ANSWER = "answer"
    REVIEW = "review"


@dataclass(frozen=True)
class Opened:
    """One complaint as the center told it. `access` opens it again for an act; `code`: of its receipt, if it was held up."""

    detail: ComplaintDetail = field(repr=False)
    access: Access = field(repr=False)
    code: str = field(repr=False, default="")


@dataclass
class OpeningSheet(Sheet):
    """Six digits as they are typed; and the number of a receipt that was held up, until its complaint is found by card."""

    wanted: str = field(default="", repr=False)


@dataclass
class ActSheet(Sheet):
    """What is handed in to one complaint."""

    act: LaterAct = LaterAct.EVIDENCE
    opened: Opened | None = field(default=None, repr=False)
    #: Trying again is the same act.
    key: UUID | None = None

    @property
    def complaint(self) -> Opened:
        """The complaint that it belongs to."""
        assert self.opened is not None, "an act begins with an opened complaint"
        return self.opened


def acts_of(detail: ComplaintDetail) -> tuple[LaterAct, ...]:
    """What the center allows now."""
    allowed = ((LaterAct.EVIDENCE, detail.may_add), (LaterAct.ANSWER, detail.may_answer), (LaterAct.REVIEW, detail.may_ask_review))
    return tuple(act for act, may in allowed if may)


def act_label(texts: Texts, act: LaterAct, detail: ComplaintDetail) -> str:
    """How an act is called on a button."""
    t = texts.t
    return {
        LaterAct.EVIDENCE: t("补充材料") if detail.wanted else t("补交证据"),
        LaterAct.ANSWER: t("向中心申辩"),
        LaterAct.REVIEW: t("申请复查、复核"),
    }[act]


def begin_act(work: Workplace, opened: Opened, act: LaterAct) -> Next:
    """Into the act's pages; what was begun for the same complaint goes on."""
    sheet = work.session.sheet(ActSheet)
    if sheet.opened is None or (sheet.act, sheet.opened.detail.number) != (act, opened.detail.number):
        sheet = ActSheet(act=act)
    sheet.opened = opened
    work.session.sheets[ActSheet] = sheet
    return Begin("complaint_act")
