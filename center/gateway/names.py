"""The national names of what a case is, of those tables of the front library (前置库) that this center can fill.

The names were seen in the tables of one implementation (PRE_APASINFO, PRE_APASINFO_EXT, PRE_ACCEPT, PRE_NODE, PRE_ATTR, PRE_TRANSACT);
the standards behind them (GB/T 39554, DB23/T 2551) were not read. `sure` False, [?]: the name was seen, and its meaning is our reading
of the name. Left out, because no code of Heilongjiang's is known for them: HANDLESTATE (state numbers are local), APPLY_CARDTYPE,
APPLY_CARDTYPE_CODE, CONTACTMAN_CARDTYPE, APPLYER_TYPE_CODE, APPLYFROM, APPLY_TYPE, INFOTYPE, AREACODE, DEPTID, SERVICECODE, SERVICEVERSION, TASK_CODE,
TASK_HANDLE_ITEM, LOCAL_CATALOG_CODE, GB_PROJECT_NO, PROJPWD, PROMISETYPE, DOCUMENT_CODE, TAKETYPE, ISTAKE, RESULT_CODE,
IS_DELIVERY_RESULT. A field whose code is told to us is added here and in `message.py`.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class TableName(StrEnum):
    """A table of the front library."""

    CASE = "PRE_APASINFO"
    CASE_EXTENSION = "PRE_APASINFO_EXT"
    ACCEPTANCE = "PRE_ACCEPT"
    NODE = "PRE_NODE"
    MATERIAL = "PRE_ATTR"
    COMPLETION = "PRE_TRANSACT"


@dataclass(frozen=True)
class Field:
    """`meaning` as we read it; `sure`: the name says it by itself."""

    meaning: str
    sure: bool = True


FIELDS: dict[TableName, dict[str, Field]] = {
    TableName.CASE: {
        "PROJID": Field("办件编号"),
        "SERVICENAME": Field("事项名称"),
        "PROJECTNAME": Field("办件名称", sure=False),
        "APPLYNAME": Field("申请人"),
        "APPLY_CARDNUMBER": Field("申请人证件号码"),
        "CONTACTMAN": Field("联系人：代办人", sure=False),
        "CONTACTMAN_CARDNUMBER": Field("联系人证件号码", sure=False),
        "TELPHONE": Field("联系电话"),
        "ADDRESS": Field("地址"),
        "DEPTNAME": Field("受理部门"),
        "RECEIVE_NAME": Field("收件人"),
        "RECEIVETIME": Field("收件时间"),
        "ACCEPT_TIME": Field("受理时间"),
        "PROMISEE_TIME": Field("承诺办结时间", sure=False),
        "TRANSACT_TIME": Field("办结时间"),
    },
    TableName.CASE_EXTENSION: {
        "PROJID": Field("办件编号", sure=False),
        "CATALOG_CODE": Field("基本编码"),
    },
    TableName.ACCEPTANCE: {
        "PROJID": Field("办件编号", sure=False),
        "ACCEPT_MAN": Field("受理人"),
        "ACCEPT_TIME": Field("受理时间"),
        "PROMISEVALUE": Field("承诺时限", sure=False),
        "PROMISE_ETIME": Field("承诺到期时间", sure=False),
    },
    TableName.NODE: {
        "PROJID": Field("办件编号", sure=False),
        "ACTION": Field("办理动作", sure=False),
        "NODE_NAME": Field("环节名称"),
        "NAME": Field("办理人", sure=False),
        "START_TIME": Field("开始时间"),
        "END_TIME": Field("结束时间"),
        "PHASE_NAME": Field("阶段名称"),
        "PHASE_CODE": Field("阶段代码", sure=False),
    },
    TableName.MATERIAL: {
        "PROJID": Field("办件编号", sure=False),
        "ATTRNAME": Field("材料名称"),
        "SORTID": Field("序号"),
        "AMOUNT": Field("份数", sure=False),
        "TAKETIME": Field("收取时间"),
    },
    TableName.COMPLETION: {
        "PROJID": Field("办件编号", sure=False),
        "TRANSACT_USER": Field("办结人"),
        "TRANSACT_TIME": Field("办结时间"),
        "TRANSACT_RESULT": Field("办结结果"),
    },
}


@dataclass(frozen=True)
class Phase:
    """A step of the national flow (STEP): its code and its name, both seen."""

    code: str
    name: str


ACCEPTING, INVESTIGATING = Phase("acceptance", "受理"), Phase("investigate", "审查")
DECIDING, DELIVERING = Phase("decide", "决定"), Phase("delivery", "送达")


class MessageKind(StrEnum):
    """What is told."""

    ACCEPTED = "accepted"
    RETURNED = "returned"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    HANDED_OVER = "handed_over"
    TAKEN_BACK = "taken_back"
    DECIDED = "decided"
    COMPLETED = "completed"
    COLLECTED = "collected"


@dataclass(frozen=True)
class Telling:
    """What a message of one kind holds: `action` in words, its `phase`, None where the national flow has no step for it, and its tables."""

    action: str
    phase: Phase | None
    tables: tuple[TableName, ...]


_T = TableName

TELLINGS: dict[MessageKind, Telling] = {
    MessageKind.ACCEPTED: Telling("受理", ACCEPTING, (_T.CASE, _T.CASE_EXTENSION, _T.ACCEPTANCE, _T.NODE, _T.MATERIAL)),
    MessageKind.RETURNED: Telling("一次性告知补正", ACCEPTING, (_T.CASE, _T.CASE_EXTENSION, _T.NODE)),
    MessageKind.REFUSED: Telling("不予受理", ACCEPTING, (_T.CASE, _T.CASE_EXTENSION, _T.NODE)),
    MessageKind.WITHDRAWN: Telling("申请人撤回", None, (_T.NODE,)),
    MessageKind.HANDED_OVER: Telling("移交职能单位核办", INVESTIGATING, (_T.NODE,)),
    MessageKind.TAKEN_BACK: Telling("职能单位返回窗口", INVESTIGATING, (_T.NODE,)),
    MessageKind.DECIDED: Telling("作出决定", DECIDING, (_T.NODE,)),
    MessageKind.COMPLETED: Telling("办结", None, (_T.CASE, _T.NODE, _T.COMPLETION)),
    MessageKind.COLLECTED: Telling("送达申请人", DELIVERING, (_T.NODE,)),
}
