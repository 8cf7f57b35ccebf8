"""How each act on a complaint is done in a test, and what a refusal says."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from center.center import Refusal
from center.complaints import consents, inquiry
from center.complaints.act_forms import ACT_FORMS
from center.domain.complaint import ComplaintAct
from center.domain.paper import PaperKind
from center.records.papers import papers_of
from tests.center.complaints.place import Town


def consent(town: Town, complaint_id: UUID, granted: bool = True) -> None:
    with town.center.database.reading() as session:
        question = inquiry.open_question(session, complaint_id)
    assert question is not None
    consents.answer(town.center, town.leader, question.id, granted, "请先核实清楚" if not granted else "")


def do(town: Town, complaint_id: UUID, act: ComplaintAct, **changes: Any) -> None:
    """An officer's act with what it needs."""
    today = town.center.clock.now().date()
    values: dict[ComplaintAct, dict[str, Any]] = {
        ComplaintAct.ASK_SUPPLEMENT: {"wanted": ("收费的单据", "经办人是谁")},
        ComplaintAct.REFUSE: {"ground": "a", "reason": "应当诉讼", "basis": "制度第三部分", "channel": "向法院起诉"},
        ComplaintAct.REFER: {"body": "镇社会事务办", "via": "oa", "opinion_due": today + timedelta(days=7)},
        ComplaintAct.RECORD_OPINION: {"opinion": "已补发"},
        ComplaintAct.ASK_CONSENT: {"handling": "direct", "handler": "", "degree": "ordinary", "summary": "反映窗口态度不好，拟直查"},
        ComplaintAct.TAKE_IN: {"taken_on": today, "by": "社会事务办 赵刚"},
        ComplaintAct.FIND: {"finding": "true", "facts": "监控显示让人等了两小时"},
        ComplaintAct.TAKE_MEASURES: {"measures": ("talk", "written_self_criticism"), "note": "约谈王敏"},
        ComplaintAct.WRITE_RESULT: {"words": "您反映的情况属实，已约谈当事人。"},
        ComplaintAct.PASS_REVIEW: {"body": "桃山区营商环境建设监督局", "note": "专人送达"},
        ComplaintAct.TELL_BY_PHONE: {"told": "属实，书面结果随后寄出"},
        ComplaintAct.SUPERVISE: {"note": "请三日内报进展"},
        ComplaintAct.ASK_EXTENSION: {"reason": "要到外地调取材料"},
    }
    given = values.get(act, {field.name: "写明情况" for field in ACT_FORMS[act].fields})
    ACT_FORMS[act].do(town.center, town.officer, complaint_id, town.revision(complaint_id), **(given | changes))


DIRECT = (ComplaintAct.ACCEPT, ComplaintAct.ASK_CONSENT, ComplaintAct.CONSENT_DIRECT)
TO_RESULT = (ComplaintAct.FIND, ComplaintAct.TAKE_MEASURES, ComplaintAct.WRITE_RESULT)


def walk(town: Town, complaint_id: UUID, *acts: ComplaintAct) -> None:
    for act in acts:
        if act in (ComplaintAct.CONSENT_DIRECT, ComplaintAct.CONSENT_TRANSFER, ComplaintAct.EXTEND):
            consent(town, complaint_id)
        elif act in (ComplaintAct.DECLINE, ComplaintAct.DECLINE_EXTENSION):
            consent(town, complaint_id, granted=False)
        else:
            do(town, complaint_id, act)


def transferred(town: Town, complaint_id: UUID) -> None:
    do(town, complaint_id, ComplaintAct.ACCEPT)
    do(town, complaint_id, ComplaintAct.ASK_CONSENT, handling="transferred", handler="镇社会事务办", degree="complicated")
    consent(town, complaint_id)


def papers_of_it(town: Town, complaint_id: UUID) -> list[PaperKind]:
    with town.center.database.reading() as session:
        return [paper.kind for paper in papers_of(town.center, session, complaint_id)]


def text_of(town: Town, complaint_id: UUID, kind: PaperKind) -> str:
    with town.center.database.reading() as session:
        return next(paper.document.model_dump_json() for paper in papers_of(town.center, session, complaint_id) if paper.kind is kind)


def refused(code: str, do: Callable[[], object]) -> Refusal:
    with pytest.raises(Refusal) as caught:
        do()
    assert caught.value.code == code, caught.value.message
    return caught.value
