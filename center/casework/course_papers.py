"""What stands in the papers of an application's course: slips, opinion, special procedure, decision, voucher. Words and places to sign."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from center.casework.course_values import Count, Opinion, Round
from center.casework.dossier import Dossier
from center.casework.notices import moment
from center.domain.application import SPECIAL_NAMES, Outcome, SpecialProcedure
from kiosk.wire.documents import Block, Bullets, Heading, Paragraph, Row, Rows, Rule
from kiosk.wire.masking import mask_number

#: A place to write on paper.
LINE = "＿＿＿＿＿＿＿＿＿＿"
BLANK_TIME = "＿＿＿年＿＿月＿＿日＿＿时＿＿分"
BLANK_DAY = "＿＿＿年＿＿月＿＿日"

_SEPARATION = "《乡镇便民服务中心与各职能单位“审管分离”工作制度》"
#: Either side of a slip keeps one.
TWO_COPIES = "本表一式两份，中心和职能单位各存一份。"
SLIP_FOOT = (TWO_COPIES, f"依据：{_SEPARATION}第二十三条。")
OPINION_FOOT = (TWO_COPIES, f"依据：{_SEPARATION}第十八条、第二十三条。本表是中心作出决定的依据之一，不直接送达申请人。")

OUTCOME_WORDS: dict[Outcome, str] = {Outcome.GRANTED: "准予（同意办理）", Outcome.DENIED: "不予（不同意办理）"}
AGREES: dict[bool, str] = {True: "同意", False: "不同意"}

#: [law] What a denied applicant is told (行政许可法 on refusals): which ways there are, with the general limits, and that laws may set others.
REVIEW = (
    "您如果不服本决定，可以自收到本决定书之日起六十日内，依法向有管辖权的行政复议机关申请行政复议；"
    "也可以自收到本决定书之日起六个月内，依法向有管辖权的人民法院提起行政诉讼。法律对期限或者途径另有规定的，依照其规定。"
)
LEGAL_ADVICE = "不清楚怎样申请时，可以到窗口询问，或者拨打 12348 公共法律服务热线咨询。"


def long_day(on: date | None, otherwise: str = "待定") -> str:
    """`2026年11月24日`, or what stands there when no day can be named."""
    return f"{on.year}年{on.month}月{on.day}日" if on else otherwise


def listed(lines: Iterable[Count]) -> tuple[str, ...]:
    """The lines of a slip as they are printed."""
    return tuple(f"{line.name}　{line.copies} 份" for line in lines)


def total(lines: Iterable[Count]) -> str:
    """`3 样，共 5 份`"""
    kept = tuple(lines)
    return f"{len(kept)} 样，共 {sum(line.copies for line in kept)} 份"


def _case(dossier: Dossier, *rows: Row) -> Rows:
    return Rows(
        rows=(
            Row(label="办件编号", value=dossier.case_number),
            Row(label="事项", value=dossier.item.task_name, strong=True),
            Row(label="申请人", value=f"{dossier.applicant.name}　{mask_number(dossier.applicant.number)}"),
            *rows,
        )
    )


def _signature(role: str, name: str, at: str) -> Rows:
    return Rows(rows=(Row(label=role, value=f"{name}　签字：{LINE}" if name else f"签字：{LINE}"), Row(label=f"{role[:2]}时间", value=at)))


def what_is_given_back(dossier: Dossier, lines: Iterable[Count], taken_by: str, by: str, at: datetime) -> tuple[Block, ...]:
    """材料退还单: what the applicant gets back when the case ends without a result."""
    given = tuple(lines)
    return (
        _case(dossier),
        Heading(text="退还的材料"),
        Bullets(items=listed(given)),
        Rows(rows=(Row(label="合计", value=total(given), strong=True),)),
        Heading(text="签字"),
        _signature("退还人", by, moment(at)),
        _signature("领取人", taken_by, BLANK_TIME),
    )


def slip_out(dossier: Dossier, center_name: str, handed: Round, limit: str, extended_reason: str) -> tuple[Block, ...]:
    """交接表 from the center to the department (R5.2). `limit`: by when the department returns it, in words."""
    said: tuple[Block, ...] = tuple(
        Paragraph(text=f"{label}：{text}")
        for label, text in (("特殊情况", extended_reason), ("超过移交时限的原因", handed.late_reason))
        if text
    )
    return (
        _case(
            dossier,
            Row(label="受理日", value=long_day(dossier.accepted_on)),
            Row(label="应办结日", value=long_day(dossier.due.on if dossier.due else None)),
            Row(label="移交单位", value=center_name),
            Row(label="接收单位", value=handed.department, strong=True),
            Row(label="返回时限", value=limit, strong=True),
        ),
        Heading(text="移交的材料"),
        Bullets(items=listed(handed.lines)),
        Rows(rows=(Row(label="合计", value=total(handed.lines), strong=True),)),
        *((Heading(text="说明"), *said) if said else ()),
        Heading(text="签字"),
        _signature("移交人", handed.by, moment(handed.at)),
        _signature("接收人", "", BLANK_TIME),
    )


def opinion_form(dossier: Dossier, department: str, opinion: Opinion) -> tuple[Block, ...]:
    """职能单位核办意见表 (R5.3)."""
    returned: tuple[Block, ...] = (Paragraph(text="无"),)
    if opinion.lines:
        returned = (Bullets(items=listed(opinion.lines)), Rows(rows=(Row(label="合计", value=total(opinion.lines)),)))
    return (
        _case(dossier, Row(label="职能单位", value=department), Row(label="核办时间", value=moment(opinion.at))),
        Heading(text="核办意见"),
        Paragraph(text=AGREES[opinion.agrees], strong=True),
        Paragraph(text=opinion.reasons),
        *((Heading(text="现场勘察情况"), Paragraph(text=opinion.survey)) if opinion.survey else ()),
        Heading(text="随表返回的材料"),
        *returned,
        Heading(text="签字"),
        _signature("核办人", opinion.by, moment(opinion.at)),
        Rows(rows=(Row(label="单位负责人", value=f"签字：{LINE}"), Row(label="签字日期", value=BLANK_DAY))),
    )


def slip_back(
    dossier: Dossier, center_name: str, handed: Round, taken: tuple[Count, ...], explanation: str, by: str, at: datetime
) -> tuple[Block, ...]:
    """交接表 from the department back to the center (R5.2): what went out beside what came back. Without an opinion if the case was withdrawn."""
    opinion, received = handed.opinion, handed.received
    giver = opinion.by if opinion else received.by if received else ""
    back = {line.code: line.copies for line in taken}
    out = {line.code for line in handed.lines}
    compared = tuple(
        f"{line.name}　移交 {line.copies} 份，返回 {back.get(line.code, 0)} 份{'' if back.get(line.code, 0) == line.copies else '　※数量不符'}"
        for line in handed.lines
    )
    added = tuple(f"{line.name}　职能单位新增 {line.copies} 份" for line in taken if line.code not in out)
    return (
        _case(
            dossier,
            Row(label="移交单位", value=handed.department, strong=True),
            Row(label="接收单位", value=center_name),
            Row(label="核办意见", value=AGREES[opinion.agrees] if opinion else "没有出具（申请人已撤回）", strong=True),
        ),
        Heading(text="返回的材料"),
        Bullets(items=(*compared, *added)),
        Rows(rows=(Row(label="合计", value=total(line for line in taken if line.copies), strong=True),)),
        *((Heading(text="数量不符的说明"), Paragraph(text=explanation)) if explanation else ()),
        Heading(text="签字"),
        _signature("移交人", giver, BLANK_TIME),
        _signature("接收人", by, moment(at)),
    )


def special_notice(dossier: Dossier, procedure: SpecialProcedure, expected_days: int, begun_on: date, why: str) -> tuple[Block, ...]:
    """特别程序告知书 (R4.7): the law wants the applicant told in writing how long it takes."""
    name = SPECIAL_NAMES[procedure]
    return (
        Paragraph(text=f"{dossier.applicant.name}：", strong=True),
        Paragraph(
            text=f"您申请的“{dossier.item.task_name}”已于{long_day(dossier.accepted_on)}受理。办理这件申请，依法需要进行{name}。现将有关情况告知如下："
        ),
        Rows(
            rows=(
                Row(label="办件编号", value=dossier.case_number),
                Row(label="特别程序", value=name, strong=True),
                Row(label="开始日期", value=long_day(begun_on)),
                Row(label="所需时间", value=f"预计 {expected_days} 天（自然日）", strong=True),
                Row(label="原应办结日", value=long_day(dossier.due.on if dossier.due else None)),
                *((Row(label="说明", value=why),) if why else ()),
            )
        ),
        Paragraph(
            text="依照《中华人民共和国行政许可法》第四十五条，上述程序所需的时间不计算在办理期限内。"
            "程序结束后，办理期限接着计算，重新确定应办结日；新的日期可以在窗口或者自助终端查询。"
        ),
        Rule(),
        Rows(rows=(Row(label="申请人签收", value=LINE), Row(label="签收日期", value=BLANK_DAY))),
        Rule(),
        Rows(rows=(Row(label="告知日期", value=long_day(begun_on), strong=True),)),
    )


def decision_paper(dossier: Dossier, outcome: Outcome, reasons: str, basis: str, decided_on: date) -> tuple[Block, ...]:
    """审批决定书: a denial says why, on which basis, and which ways of review there are."""
    granted = outcome is Outcome.GRANTED
    verdict = "准予您的申请。" if granted else "对您的申请不予批准。"
    return (
        Paragraph(text=f"{dossier.applicant.name}（证件号码 {dossier.applicant.number}）：", strong=True),
        Paragraph(
            text=f"您申请的“{dossier.item.task_name}”（办件编号 {dossier.case_number}），已于{long_day(dossier.accepted_on)}受理。经审查，决定如下："
        ),
        Paragraph(text=verdict, strong=True),
        Paragraph(text=f"理由：{reasons}"),
        *((Paragraph(text=f"依据：{basis}"),) if basis else ()),
        *(() if granted else (Heading(text="救济途径"), Paragraph(text=REVIEW), Paragraph(text=LEGAL_ADVICE))),
        Rule(),
        Rows(rows=(Row(label="决定日期", value=long_day(decided_on), strong=True),)),
    )


DELIVERY_WORDS: dict[str, str] = {"window": "到窗口领取", "post": "EMS 寄送"}


def voucher(
    dossier: Dossier, outcome: Outcome, decision_number: str, completed_on: date, delivery: str, window_hours: str
) -> tuple[Block, ...]:
    """办结凭证 (R4.3): its date is the completion date."""
    how = DELIVERY_WORDS[delivery] + (f"（{window_hours}，请带身份证）" if delivery == "window" and window_hours else "")
    return (
        Paragraph(text="下列申请已经办结，特发此凭证。"),
        _case(
            dossier,
            Row(label="受理日", value=long_day(dossier.accepted_on)),
            Row(label="应办结日", value=long_day(dossier.due.on if dossier.due else None)),
            Row(label="办理结果", value=OUTCOME_WORDS[outcome], strong=True),
            Row(label="决定书文号", value=decision_number),
            Row(label="首问责任人", value=dossier.responsible),
            Row(label="领取方式", value=how),
        ),
        Heading(text="领取"),
        Paragraph(text="决定书和应当发给的证照、批复已经收到。"),
        Rows(rows=(Row(label="领取人签字", value=LINE), Row(label="领取日期", value=BLANK_DAY))),
        Rule(),
        Rows(rows=(Row(label="办结日", value=long_day(completed_on), strong=True),)),
    )
