"""What the papers of a complaint say, in official words. They name the complainant, so none but officers and the complainant see them (R6.8)."""

from __future__ import annotations

from datetime import date

from center.center import Center
from center.complaints.about import about_words
from center.complaints.acting import Acting
from center.complaints.clocks import Due
from center.complaints.sealed import Complainant, complainant_of
from center.domain.complaint import COMPLAINT_PAPERS, DEGREE_NAMES, HANDLING_DAYS, MATTER_NAMES, Degree, Matter
from center.domain.deadlines import ACCEPTANCE_DAYS, ANSWER_DAYS
from center.records.papers import Paper, Subject, issue
from kiosk.wire.complaints import Capacity
from kiosk.wire.documents import Block, Bullets, Heading, Paragraph, Row, Rows


def day_words(day: date | None) -> str:
    """`2026年11月24日`"""
    return f"{day.year}年{day.month}月{day.day}日" if day else ""


def due_words(due: Due) -> str:
    """The day, or why it cannot be named."""
    return day_words(due.on) or due.note


def party_words(complainant: Complainant) -> str:
    """The complainant as addressed."""
    if complainant.capacity is Capacity.REPRESENTATIVE:
        return f"{complainant.party.name}（{complainant.group_size}人推选的代表）"
    return complainant.party.name


def _head(acting: Acting) -> tuple[Block, ...]:
    complaint = acting.complaint
    complainant = complainant_of(acting.center, complaint)
    rows = [Row(label="投诉人", value=party_words(complainant), strong=True)]
    if complainant.agent:
        rows.append(Row(label="代理人", value=complainant.agent.name))
    rows += [
        Row(label="登记编号", value=complaint.number),
        Row(label="收到日期", value=day_words(complaint.received_at.date())),
        Row(label="出具日期", value=day_words(acting.center.clock.now().date())),
        Row(label="被投诉", value=about_words(acting.center, acting.session, complaint)),
        Row(label="投诉事项", value=MATTER_NAMES[Matter(complaint.matter)]),
    ]
    return (Rows(rows=tuple(rows)),)


_FOOT = ("本中心依法为投诉人保密，被投诉的窗口和人员不知道是谁投诉的。打击报复投诉人的，请立即告诉我们，将追究责任。",)


def issue_paper(acting: Acting, *blocks: Block) -> Paper:
    """The paper that this act is not done without (`COMPLAINT_PAPERS`): who and what first, then `blocks`."""
    hours = acting.center.config.center.window_hours
    foot = (*_FOOT, f"地点：{acting.center.config.center.name}{f'（{hours}）' if hours else ''}")
    kind = COMPLAINT_PAPERS[acting.act]
    return issue(
        acting.center, acting.session, kind, Subject.COMPLAINT, acting.complaint.id, (*_head(acting), *blocks), acting.member, foot=foot
    )


def supplement(wanted: tuple[str, ...], due: Due) -> tuple[Block, ...]:
    """Everything to add, at once (R6.3)."""
    return (
        Paragraph(text="您的投诉已经登记。以下内容补充齐全后，正式受理："),
        Bullets(items=wanted, tick=True),
        Paragraph(text=f"补齐的当天起，重新计算受理期限（{ACCEPTANCE_DAYS}个工作日）。除了以上各项，不需要别的材料。", strong=True),
        Paragraph(text=f"请在{due_words(due)}前补充。到时没有收到的，本中心按现有材料登记归档；以后您仍然可以再次投诉。"),
    )


def acceptance(accepted_on: date) -> tuple[Block, ...]:
    """It is accepted (R6.2), and how long it takes from then (R6.6)."""
    limits = tuple(f"{DEGREE_NAMES[degree]}的投诉：{HANDLING_DAYS[degree]} 个工作日" for degree in (Degree.ORDINARY, Degree.COMPLICATED))
    special = f"特别复杂的，经分管领导批准可以延长到 {HANDLING_DAYS[Degree.SPECIAL]} 个工作日，并书面告诉您延期的理由"
    return (
        Paragraph(text=f"您的投诉，本中心于{day_words(accepted_on)}受理。", strong=True),
        Paragraph(text="办理期限从办理的窗口或者单位收件之日起计算："),
        Bullets(items=(*limits, special)),
        Paragraph(text="办理结果以书面形式告知您。"),
    )


def refusal(reason: str, basis: str, channel: str) -> tuple[Block, ...]:
    """Not accepted: the reason, what it rests on, and where to turn (R6.4)."""
    return (
        Paragraph(text="您的投诉，本中心不予受理。", strong=True),
        Heading(text="理由"),
        Paragraph(text=reason),
        Heading(text="依据"),
        Paragraph(text=basis),
        Heading(text="您可以这样做"),
        Paragraph(text=channel),
    )


def referral(body: str, via: str, opinion_due: date | None) -> tuple[Block, ...]:
    """Outside the center's duties: registered all the same, and passed on (R6.3)."""
    when = f"，请其在{day_words(opinion_due)}前出具处理意见" if opinion_due else ""
    return (
        Paragraph(text="您反映的事项不属于本中心的职责范围。本中心已经备案登记。", strong=True),
        Paragraph(text=f"已通过{via}转送{body}办理{when}。处理意见送达本中心后，我们告诉您。"),
        Paragraph(text=f"您也可以直接向{body}提出。"),
    )


def extension(reason: str, due: Due) -> tuple[Block, ...]:
    """The limit becomes thirty working days, and why (R6.6)."""
    return (
        Paragraph(text=f"您的投诉情况特殊，经分管领导批准，办理期限延长到 {HANDLING_DAYS[Degree.SPECIAL]} 个工作日。", strong=True),
        Heading(text="延期的理由"),
        Paragraph(text=reason),
        Rows(rows=(Row(label="应办结日", value=due_words(due), strong=True),)),
    )


def result(center: Center, finding: str, words: str, measures: str, until: Due) -> tuple[Block, ...]:
    """The written result, which ends the matter, and until when it can be answered and reviewed (R6.7)."""
    body = center.config.center.review_body
    return (
        Heading(text="调查结论"),
        Rows(rows=(Row(label="结论", value=finding, strong=True), Row(label="处理", value=measures))),
        Paragraph(text=words),
        Heading(text="您的权利"),
        Paragraph(
            text=f"对处理结果有不同意见的，可以向本中心申辩；也可以在收到本告知书之日起 {ANSWER_DAYS} 个工作日内，向{body}申请复查、复核。"
        ),
        Rows(rows=(Row(label="截止日期", value=due_words(until), strong=True),)),
        Paragraph(text="申辩和复查、复核申请可以交到本中心，也可以在自助终端提出；复查、复核申请由本中心转送。"),
    )
