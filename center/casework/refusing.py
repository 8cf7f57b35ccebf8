"""Refusing an application in writing: what the law forbids with reason and basis (R2.3), what is not the center's business with the body that is (R2.4)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from center.casework.acting import acting, begin, keep
from center.casework.events import EventKind
from center.casework.notices import foot, refusal_notice
from center.center import Center, Refusal
from center.domain.application import ApplicationAct
from center.domain.manners import unmannerly
from center.domain.paper import PaperKind
from center.domain.roles import Right
from center.members import Member, require
from center.records.papers import Paper, Subject, issue
from kiosk.wire.items import Elsewhere

MAX_REASON = 500
MAX_ARTICLE = 200
MAX_ARTICLES = 8

_LONGEST = {"body": 60, "place": 120, "how": 200}


@dataclass(frozen=True)
class Refused:
    """What a refusal says. `elsewhere` as typed: body, place and how to reach it; all empty if it is the center's business."""

    reason: str
    articles: tuple[str, ...] = ()
    not_ours: bool = False
    body: str = ""
    place: str = ""
    how: str = ""


#: What is wrong, by field, in words: every fault at once.
_WORDS = {
    "reason": f"请写明不予受理的理由，最多 {MAX_REASON} 个字。",
    "reason_manners": "理由的说法不够客气，请换成平和、完整的句子。",
    "articles": "请勾选或者写明所依据的法律条文；没有依据，不能不予受理。",
    "articles_long": f"依据最多 {MAX_ARTICLES} 条，每条最多 {MAX_ARTICLE} 个字。",
    "body": "请写明由哪个单位办理，让申请人知道该去哪里。",
    "place": "请写明地址或者联系方式，让申请人能找到。",
}


def refusal_faults(refused: Refused) -> dict[str, str]:
    """Everything that is wrong with it, in words, by field."""
    faults: dict[str, str] = {}
    if not refused.reason or len(refused.reason) > MAX_REASON:
        faults["reason"] = _WORDS["reason"]
    elif unmannerly(refused.reason):
        faults["reason"] = _WORDS["reason_manners"]
    if not refused.articles and not refused.not_ours:
        faults["articles"] = _WORDS["articles"]
    elif len(refused.articles) > MAX_ARTICLES or any(len(article) > MAX_ARTICLE for article in refused.articles):
        faults["articles"] = _WORDS["articles_long"]
    if refused.not_ours:
        if not refused.body:
            faults["body"] = _WORDS["body"]
        if not (refused.place or refused.how):
            faults["place"] = _WORDS["place"]
        faults |= {name: f"太长了，最多 {longest} 个字。" for name, longest in _LONGEST.items() if len(getattr(refused, name)) > longest}
    return faults


def refuse(center: Center, member: Member, case_id: UUID, revision: int, refused: Refused) -> Paper:
    """Refuse the application and issue the 不予受理通知书 (R2.3, R2.4). Raises Refusal; `fields` then holds every fault in words."""
    require(member, Right.HANDLE_CASES)
    faults = refusal_faults(refused)
    if faults:
        raise Refusal("refusal_incomplete", "不予受理要有书面的理由和依据，请把标出的地方补上。", faults)
    elsewhere = Elsewhere(body=refused.body, place=refused.place, how=refused.how) if refused.not_ours else None
    with acting(center) as session:
        begun = begin(center, session, case_id, revision, ApplicationAct.REFUSE)
        case = begun.case
        case.state, case.ended_on = begun.after, center.clock.now().date()
        blocks = refusal_notice(begun.dossier, refused.reason, refused.articles, elsewhere)
        paper = issue(
            center,
            session,
            PaperKind.REFUSAL_NOTICE,
            Subject.CASE,
            case_id,
            blocks,
            member,
            foot=foot(center, f"经办：{member.words}"),
            exempt_seal=begun.dossier.item.seal,
        )
        keep(
            center, session, case, EventKind.REFUSED, member, papers=[paper], note=refused.reason, told=_told(refused.reason, elsewhere),
            detail={"articles": list(refused.articles), "elsewhere": elsewhere.model_dump() if elsewhere else None},
            codes={"articles": len(refused.articles), "not_ours": refused.not_ours},
        )  # fmt: skip
        return paper


def _told(reason: str, elsewhere: Elsewhere | None) -> str:
    if elsewhere is None:
        return reason
    return "，".join(part for part in (f"{reason.rstrip('。')}。请到{elsewhere.body}办理", elsewhere.place, elsewhere.how) if part)


def articles_of(by_law: Sequence[str], other: str) -> tuple[str, ...]:
    """The articles chosen, and those written beside them, one a line."""
    written = (line.strip() for line in other.splitlines())
    return (*by_law, *(line for line in written if line))
