"""What an officer can do with a complaint: one table from the act to its words, its fields and the function that does it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from center.complaints import following, handling, inquiry
from center.complaints.dossier import Dossier
from center.complaints.handling import VIA_NAMES
from center.complaints.inquiry import CHOSEN_DEGREES
from center.domain.complaint import (
    DEGREE_NAMES,
    FINDING_NAMES,
    HANDLING_DAYS,
    HANDLING_NAMES,
    MEASURE_NAMES,
    ComplaintAct,
    ComplaintHandling,
    Finding,
    Measure,
    complaint_acts_in,
)


class FieldKind(StrEnum):
    """How a field is filled in."""

    TEXT = "text"
    AREA = "area"
    LINES = "lines"
    DATE = "date"
    RADIO = "radio"
    TICKS = "ticks"


@dataclass(frozen=True)
class ActField:
    """One field; its name is the argument of the act's function. `choices` are value and words."""

    name: str
    label: str
    kind: FieldKind = FieldKind.AREA
    hint: str = ""
    choices: tuple[tuple[str, str], ...] = ()
    limit: int = 2000
    rows: int = 4


def _always(_dossier: Dossier) -> bool:
    return True


@dataclass(frozen=True)
class ActForm:
    """An act: `label` on its button, `title` and `lead` above its form. `fits`: whether it makes sense now, beyond what the table says."""

    label: str
    title: str
    lead: str
    do: Callable[..., None]
    fields: tuple[ActField, ...] = ()
    primary: bool = False
    fits: Callable[[Dossier], bool] = _always


def _day_has_passed(dossier: Dossier) -> bool:
    return not any(clock.binds and not clock.ours and not clock.past for clock in dossier.clocks)


_A, _K = ComplaintAct, FieldKind
_NAME_NOBODY = "领导看不到投诉人是谁，也看不到原话。不要写姓名、电话、证件号码和办件编号。"

#: In the order of the buttons.
ACT_FORMS: dict[ComplaintAct, ActForm] = {
    _A.ACCEPT: ActForm(
        "受理",
        "受理这份投诉？",
        "简单的当场决定，其他的在收到之日起三个工作日内决定。受理后出具《效能投诉受理告知书》。",
        handling.accept,
        primary=True,
    ),
    _A.ASK_SUPPLEMENT: ActForm(
        "要求补充",
        "还缺什么，一次说全",
        "补齐的当天起，重新计算三个工作日的受理期限。开出《效能投诉补充材料告知书》。",
        handling.ask_supplement,
        (ActField("wanted", "要补充的", _K.LINES, "每行一项", rows=6),),
    ),
    _A.REFUSE: ActForm(
        "不予受理",
        "不予受理",
        "理由、依据和合法途径都写进《效能投诉不予受理告知书》。请按实际情况修改。",
        handling.refuse,
        (
            ActField("reason", "理由", rows=3),
            ActField("basis", "依据", rows=2),
            ActField("channel", "可以走的合法途径", rows=4),
        ),
    ),
    _A.REFER: ActForm(
        "备案登记并转送",
        "不属于中心职责：备案登记，转送有权处理的单位",
        "照样登记在册。告诉投诉人转给了谁，请对方在期限内把处理意见送回中心。",
        handling.refer,
        (
            ActField("body", "转送单位", _K.TEXT, limit=60),
            ActField("via", "怎样转送", _K.RADIO, choices=tuple((via.value, name) for via, name in VIA_NAMES.items())),
            ActField("opinion_due", "要求哪一天前出具处理意见", _K.DATE),
            ActField("note", "备注", hint="只在登记簿里，可以不填", rows=2),
        ),
    ),
    _A.SUPPLEMENT: ActForm(
        "已补齐，登记",
        "投诉人补齐了材料",
        "从今天起重新计算三个工作日的受理期限。",
        following.record_supplement,
        (ActField("words", "补充了什么", hint="纸质材料写明名称和页数，原件附卷"),),
        primary=True,
    ),
    _A.LAPSE: ActForm(
        "逾期未补充，归档",
        "等候的日期已过，按现有材料归档",
        "投诉人以后仍然可以再次投诉。",
        handling.lapse,
        (ActField("note", "说明", hint="联系过几次、怎样联系的", rows=3),),
        fits=_day_has_passed,
    ),
    _A.RECORD_OPINION: ActForm(
        "登记处理意见",
        "转送单位送回了处理意见",
        "投诉人在自助终端上能看到这里写的意见。",
        handling.record_opinion,
        (ActField("opinion", "处理意见", rows=6),),
        primary=True,
    ),
    _A.ASK_CONSENT: ActForm(
        "报请分管领导",
        "报请分管领导同意",
        "直查：工作纪律和作风，由中心调查。转办：业务和效能，转职能单位办理，要写拟办意见。",
        inquiry.ask_consent,
        (
            ActField("handling", "办理方式", _K.RADIO, choices=tuple((way.value, HANDLING_NAMES[way]) for way in ComplaintHandling)),
            ActField("handler", "转办的职能单位", _K.TEXT, "直查的不用填", limit=60),
            ActField(
                "degree",
                "难易",
                _K.RADIO,
                "复杂：需要外出调查、现场勘验等",
                tuple((degree.value, f"{DEGREE_NAMES[degree]}（{HANDLING_DAYS[degree]} 个工作日）") for degree in CHOSEN_DEGREES),
            ),
            ActField("summary", "摘要和拟办意见", _K.AREA, _NAME_NOBODY, rows=6),
        ),
        primary=True,
    ),
    _A.TAKE_IN: ActForm(
        "登记收件",
        "职能单位确认收件",
        "办理期限从收件的第二天起算，登记后不能改。",
        inquiry.take_in,
        (
            ActField("taken_on", "收件日期", _K.DATE),
            ActField("by", "谁确认的", _K.TEXT, "单位和姓名", limit=100),
        ),
        primary=True,
        fits=lambda dossier: dossier.taken_on is None,
    ),
    _A.FIND: ActForm(
        "写调查结论",
        "调查结论",
        "写明查到的事实。",
        inquiry.find,
        (
            ActField("finding", "结论", _K.RADIO, choices=tuple((finding.value, FINDING_NAMES[finding]) for finding in Finding)),
            ActField("facts", "事实", rows=8),
        ),
        primary=True,
        fits=lambda dossier: dossier.taken_on is not None,
    ),
    _A.SUPERVISE: ActForm(
        "督办",
        "督办这份转办的投诉",
        "中心跟踪督查，直到按要求和期限办结。",
        inquiry.supervise,
        (ActField("note", "督办内容", hint="向谁、用什么方式、要求什么", rows=3),),
    ),
    _A.ASK_EXTENSION: ActForm(
        "报请延期",
        "报请延期到 30 个工作日",
        "分管领导批准后，这里写的理由原样写进《效能投诉延期告知书》，告诉投诉人。只能延期一次。",
        inquiry.ask_extension,
        (ActField("reason", "延期的理由", _K.AREA, _NAME_NOBODY),),
        fits=lambda dossier: dossier.taken_on is not None and not dossier.extended and not dossier.asked,
    ),
    _A.TAKE_MEASURES: ActForm(
        "作出处理",
        "作出处理",
        "查实的（属实、部分属实）至少选一项；不属实的不选。",
        inquiry.take_measures,
        (
            ActField("measures", "处理方式", _K.TICKS, choices=tuple((measure.value, MEASURE_NAMES[measure]) for measure in Measure)),
            ActField("note", "说明", hint="对谁、什么要求、什么期限；不属实的写明怎样向被投诉人说明", rows=3),
            ActField("handover", "移交纪检的情况", hint="勾了移交纪检才填：哪位领导哪天批准，移交了哪些材料", rows=2),
        ),
        primary=True,
    ),
    _A.WRITE_RESULT: ActForm(
        "出具书面结果",
        "书面结果",
        "写给投诉人。书面结果出具后才算办结，从这一天起有 15 个工作日可以申辩、申请复查复核。",
        inquiry.write_result,
        (ActField("words", "调查和处理的情况", hint="结论和处理方式会自动写进告知书", rows=8),),
        primary=True,
    ),
    _A.TELL_BY_PHONE: ActForm(
        "登记电话告知",
        "先用电话告诉了结果",
        "电话告知不算办结，还要出具书面结果。",
        handling.tell_by_phone,
        (ActField("told", "告诉了什么", hint="几点、打的哪个号码、对方怎么说", rows=3),),
    ),
    _A.ANSWER: ActForm(
        "登记申辩",
        "投诉人对结果有意见",
        "投诉人来人、来信或来电申辩的，登记在这里。",
        following.record_answer,
        (ActField("words", "申辩的内容"),),
    ),
    _A.ASK_REVIEW: ActForm(
        "登记复查申请",
        "投诉人申请复查、复核",
        "登记后由中心转送上一级机关。",
        following.record_review,
        (ActField("words", "理由和请求"),),
    ),
    _A.PASS_REVIEW: ActForm(
        "转送上一级机关",
        "转送复查、复核申请",
        "投诉人在自助终端上能看到转给了哪个机关。",
        handling.pass_review,
        (
            ActField("body", "转送机关", _K.TEXT, limit=60),
            ActField("note", "说明", hint="怎样送的、谁签收的", rows=3),
        ),
        primary=True,
    ),
    _A.ADD_EVIDENCE: ActForm(
        "登记补交的证据",
        "投诉人补交了证据",
        "送到中心或寄来的，登记在这里。",
        following.record_evidence,
        (ActField("words", "补交了什么", hint="写明名称和页数，原件附卷", rows=3),),
    ),
    _A.ARCHIVE: ActForm(
        "归档",
        "归档",
        "材料齐全后归档，归档后不能再改。",
        handling.archive,
        (ActField("note", "归档说明", hint="卷内有哪些材料；复查、复核的写明结论", rows=3),),
        fits=_day_has_passed,
    ),
}


def acts_for(dossier: Dossier) -> tuple[tuple[ComplaintAct, ActForm], ...]:
    """What can be done now: what the transition table allows, as far as it makes sense; the usual next step first."""
    allowed = set(complaint_acts_in(dossier.state))
    found = [(act, form) for act, form in ACT_FORMS.items() if act in allowed and form.fits(dossier)]
    return tuple(sorted(found, key=lambda each: not each[1].primary))
