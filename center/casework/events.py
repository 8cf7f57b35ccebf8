"""What happened to a case, appended and never changed."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from center.center import Center
from center.clock import security_now
from center.store.tables import CaseEvent


class EventKind(StrEnum):
    """What happened."""

    FILED = "filed"
    OPENED = "opened"
    ACCEPTED = "accepted"
    RETURNED = "returned"
    SUPPLEMENTED = "supplemented"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    HANDED_OVER = "handed_over"
    TAKEN_BACK = "taken_back"
    OPINION = "opinion"
    DECIDED = "decided"
    VOUCHER_ISSUED = "voucher_issued"
    NOTIFIED = "notified"
    COLLECTED = "collected"
    POSTED = "posted"
    SPECIAL_BEGUN = "special_begun"
    SPECIAL_ENDED = "special_ended"
    CORRECTED = "corrected"
    PUSHED = "pushed"
    PUSH_RECEIVED = "push_received"
    FEEDBACK = "feedback"
    REASSIGNED = "reassigned"
    HANDOVER_EXTENDED = "handover_extended"
    DEPARTMENT_RECEIVED = "department_received"
    NOTIFY_TRIED = "notify_tried"
    DUE_SETTLED = "due_settled"
    SCANNED = "scanned"
    PAPERS_RETURNED = "papers_returned"
    OPINION_CORRECTED = "opinion_corrected"
    FETCHED_BACK = "fetched_back"


@dataclass(frozen=True)
class EventWords:
    """`staff` stands in the console's list; `citizen` in the steps that the terminal shows, empty: no step of the citizen's."""

    staff: str
    citizen: str = ""


EVENT_WORDS: dict[EventKind, EventWords] = {
    EventKind.FILED: EventWords("提交申请", "提交申请"),
    EventKind.OPENED: EventWords("收件，首问负责", "窗口收件"),
    EventKind.ACCEPTED: EventWords("受理登记", "受理登记"),
    EventKind.RETURNED: EventWords("一次性告知退回", "一次性告知，等待补正"),
    EventKind.SUPPLEMENTED: EventWords("补交材料", "补交材料"),
    EventKind.REFUSED: EventWords("不予受理", "不予受理"),
    EventKind.WITHDRAWN: EventWords("申请人撤回", "撤回申请"),
    EventKind.HANDED_OVER: EventWords("移交职能单位", "移交职能单位核办"),
    EventKind.TAKEN_BACK: EventWords("职能单位返回窗口", "返回窗口"),
    EventKind.OPINION: EventWords("职能单位出具意见"),
    EventKind.DECIDED: EventWords("作出决定", "作出决定"),
    EventKind.VOUCHER_ISSUED: EventWords("开具办结凭证", "办结"),
    EventKind.NOTIFIED: EventWords("通知申请人", "通知领取"),
    EventKind.COLLECTED: EventWords("申请人领取", "领取结果"),
    EventKind.POSTED: EventWords("邮寄结果", "寄出结果"),
    EventKind.SPECIAL_BEGUN: EventWords("特别程序开始", "特别程序开始"),
    EventKind.SPECIAL_ENDED: EventWords("特别程序结束", "特别程序结束"),
    EventKind.CORRECTED: EventWords("更正录入"),
    EventKind.PUSHED: EventWords("推送监管部门"),
    EventKind.PUSH_RECEIVED: EventWords("监管部门签收，监管开始"),
    EventKind.FEEDBACK: EventWords("监管反馈"),
    EventKind.REASSIGNED: EventWords("变更经办人"),
    EventKind.HANDOVER_EXTENDED: EventWords("记录特殊情况，移交延至次日"),
    EventKind.DEPARTMENT_RECEIVED: EventWords("职能单位签收材料"),
    EventKind.NOTIFY_TRIED: EventWords("通知未联系上"),
    EventKind.DUE_SETTLED: EventWords("期限已确定"),
    EventKind.SCANNED: EventWords("录入材料图片"),
    EventKind.PAPERS_RETURNED: EventWords("退还材料", "材料已退还"),
    EventKind.OPINION_CORRECTED: EventWords("职能单位更正意见"),
    EventKind.FETCHED_BACK: EventWords("职能单位退回撤回办件的材料", "材料已退回窗口"),
}


def append_event(
    center: Center,
    session: Session,
    case_id: UUID,
    kind: EventKind,
    at: datetime,
    by: str,
    staff_id: UUID | None = None,
    detail: Mapping[str, Any] | None = None,
    first: bool = False,
) -> None:
    """Write one event. `at` is the center's legal time; real time is recorded beside it. Two at once: the table refuses the second.

    Of `detail`, `papers` (ids of what was issued), `note` (a sentence for staff) and `told` (one that the citizen reads) are shown
    in the lists of what happened; the rest is the act's own.
    """
    event_id = uuid4()
    sealed = None
    if detail is not None:
        sealed = center.cipher.seal("case_events", "detail", event_id, json.dumps(detail, ensure_ascii=False).encode())
    # Of a case that this very transaction makes, nothing can have been written yet.
    position = 0 if first else session.scalar(select(func.count()).select_from(CaseEvent).where(CaseEvent.case_id == case_id)) or 0
    session.add(
        CaseEvent(
            id=event_id,
            township_id=center.township_id,
            case_id=case_id,
            position=position,
            kind=kind,
            at=at,
            recorded_at=security_now(),
            staff_id=staff_id,
            by=by,
            detail=sealed,
        )
    )


def events_of(session: Session, case_id: UUID) -> tuple[CaseEvent, ...]:
    """All events of a case, in order."""
    return tuple(session.scalars(select(CaseEvent).where(CaseEvent.case_id == case_id).order_by(CaseEvent.position)))


def detail_of(center: Center, event: CaseEvent) -> dict[str, Any]:
    """What the event says, or {}."""
    if event.detail is None:
        return {}
    detail: dict[str, Any] = json.loads(center.cipher.open("case_events", "detail", event.id, event.detail))
    return detail
