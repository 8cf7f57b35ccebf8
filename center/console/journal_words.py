"""The journal's codes in words: what was done, to what, with which papers. A code that has no words here is shown as it is."""

from __future__ import annotations

from typing import Any

from center.casework.events import EVENT_WORDS
from center.complaints.events import EVENT_NAMES
from center.domain.accountability import CAUSES, EventCause
from center.domain.paper import PAPER_FORMS, PaperKind
from center.oversight.judging import ACT_NAMES

_OWN: dict[str, str] = {
    "account.codes_made": "重做一次性验证码",
    "account.factor_enrolled": "绑定动态口令",
    "account.password_changed": "修改自己的密码",
    "account.sessions_ended": "退出自己的其他登录",
    "accountability.raise": "登记责任追究事由",
    "booking.arrived": "预约人到场",
    "booking.missed": "预约人未到场",
    "booking.cancelled": "取消预约",
    "booking.close": "停止预约",
    "booking.open": "恢复预约",
    "calendar.imported": "录入节假日安排",
    "case.papers_fetched": "在终端补打办件文书",
    "case.searched_by_person": "按证件号码查找办件",
    "check.cases": "签署每日办件检查",
    "check.progress": "签署每日进度检查",
    "complaint.days_settled": "补算投诉的待定期限",
    "complaint.register": "登记投诉",
    "duty.absence_ended": "结束请假",
    "duty.absence_entered": "登记请假",
    "duty.post_added": "设置岗位",
    "duty.post_changed": "调整 AB 岗",
    "duty.post_closed": "撤销岗位",
    "export.cases": "导出办件",
    "export.statistics": "导出统计",
    "help.answer": "应答求助",
    "help.close": "结束求助",
    "item.confirmed": "确认办事指南",
    "item.draft_begun": "起草办事指南",
    "item.draft_discarded": "放弃指南草稿",
    "item.draft_saved": "保存指南草稿",
    "item.draft_sent_back": "退回指南草稿",
    "item.draft_submitted": "送审指南草稿",
    "item.published": "发布事项",
    "item.withdrawn": "停办事项",
    "keys.drop": "清除旧密钥",
    "keys.reseal": "用新密钥重新加密",
    "keys.rotate": "更换密钥",
    "notice.photo_removed": "撤下公示照片",
    "notice.photo_set": "公示照片",
    "notice.published": "发布公示",
    "notice.withdrawn": "撤下公示",
    "report.overdue": "书面报告超期办件",
    "report.read": "阅示报告",
    "report.statistics": "报送统计报告",
    "retention.run": "清除已过保存期限的内容",
    "seal.use": "用印登记",
    "staff.added": "新建账户",
    "staff.changed": "修改账户",
    "staff.closed": "停用账户",
    "staff.factor_removed": "解除动态口令",
    "staff.password_reset": "重置密码",
    "staff.reopened": "启用账户",
    "staff.unlocked": "解除锁定",
    "suggestion.answer": "答复意见",
    "terminal.add": "登记终端",
    "terminal.revoke": "停用终端",
}

#: Every code that is known. Acts on cases, complaints and accountability events have their words where they are done.
ACT_WORDS: dict[str, str] = (
    {f"case.{kind}": words.staff for kind, words in EVENT_WORDS.items()}
    | {f"complaint.{act}": name for act, name in EVENT_NAMES.items()}
    | {f"accountability.{act}": f"责任追究：{name}" for act, name in ACT_NAMES.items()}
    | _OWN
)

_SUBJECTS: dict[str, str] = {
    "account": "账户",
    "accountability": "责任追究",
    "booking": "预约",
    "calendar": "日历",
    "absence": "请假",
    "case": "办件",
    "complaint": "投诉",
    "daily_check": "每日检查",
    "duty": "岗位",
    "export": "导出",
    "help_call": "求助",
    "item": "事项",
    "keys": "密钥",
    "notice": "公示",
    "paper": "文书",
    "post": "岗位",
    "report": "报告",
    "retention": "保存期限",
    "staff": "人员",
    "suggestion": "意见",
    "terminal": "终端",
}


def act_words(act: str) -> str:
    """What was done."""
    return ACT_WORDS.get(act, act)


def subject_words(subject: str) -> str:
    """What it was done to."""
    return _SUBJECTS.get(subject, "")


def detail_words(detail: dict[str, Any]) -> str:
    """What of the detail people read; the rest is for programs."""
    said = []
    if detail.get("kind") in set(PaperKind):
        said.append(PAPER_FORMS[PaperKind(detail["kind"])].title)
    papers = detail.get("papers")
    if isinstance(papers, int) and papers:
        said.append(f"{papers} 份文书")
    elif papers:
        said.append("、".join(map(str, papers)))
    if detail.get("lines"):
        said.append(f"告知 {detail['lines']} 项")
    if detail.get("cause") in set(EventCause):
        said.append(CAUSES[EventCause(detail["cause"])].name)
    if detail.get("copies"):
        said.append(f"{detail['copies']} 份")
    return "；".join(said)
