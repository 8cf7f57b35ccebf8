"""投诉回执: a number, a code, what opens the complaint, until when. Nothing from which follows whom or what it is about, or who complained (R6.8)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from kiosk.journeys.papers.shared import DEMO_BAND, ISSUER_LINE, TO_THE_CENTER, code_block, foot, moment, not_arrived
from kiosk.wire.complaints import ComplaintActAnswer, ComplaintFilingAnswer
from kiosk.wire.documents import Block, Document, DocumentKind, Heading, Paragraph, Row, Rows, Rule
from kiosk.wire.masking import group_number

#: The statement of a complaint whose story is on paper; and of one whose complainant wants to be heard.
BY_HAND = "事情经过写在纸上，见所附照片。"
TO_BE_HEARD = "投诉人没有打字，请按联系方式联系投诉人，听取事情经过。"

_FOLLOWS = "送到中心以后告诉您"

_ACT_TITLES = {"evidence": "补交证据回执", "answer": "申辩回执", "review": "复查、复核申请回执"}


@dataclass(frozen=True)
class ComplaintFacts:
    """What a complaint's receipt says. `answer` None: the center has not answered yet; `refused`: it will not take it."""

    center_name: str
    terminal_id: str
    receipt_number: str
    filed_at: datetime
    by_card: bool
    evidence_later: bool
    answer: ComplaintFilingAnswer | None = None
    refused: bool = False
    qr_text: str = ""
    window_hours: str = ""
    print_count: int = 1


def complaint_receipt(facts: ComplaintFacts, *, demo: bool = False) -> Document:
    """The dates are the center's; where it named none stands why, and offline that they follow."""
    answer = facts.answer
    return Document(
        document=DocumentKind.COMPLAINT_RECEIPT,
        issuer=facts.center_name,
        issuer_line=ISSUER_LINE,
        title="投诉回执",
        subtitle="请收好，到中心时带上" if facts.refused else "请收好，查看时要用",
        number_label="投诉编号" if answer else "回执编号",
        number=group_number(answer.number if answer else facts.receipt_number),
        blocks=(
            *not_arrived(answer is not None, facts.refused),
            *(_refused(facts) if facts.refused else _on_its_way(facts)),
        ),
        foot=foot(facts.window_hours, f"终端 {facts.terminal_id}　第 {facts.print_count} 次打印"),
        band=DEMO_BAND if demo else "",
    )


def _on_its_way(facts: ComplaintFacts) -> tuple[Block, ...]:
    """What opens it, and what the center does with it."""
    how = "放身份证" if facts.by_card else "输六位数字"
    return (
        Rows(rows=tuple(_rows(facts))),
        *code_block(facts.qr_text, f"在本终端扫码，再{how}，就能看"),
        *_digits(facts.by_card),
        Rule(),
        Heading(text="怎样补交证据"),
        Paragraph(text=f"带上证据到本终端，扫上面的码，再{how}；也可以送到中心，说出上面的编号。"),
        Rule(),
        Heading(text="接下来"),
        Paragraph(text="能当场决定受理的当场决定，其他的三个工作日内决定。"),
        Paragraph(text="受理后从办理的单位收到起：一般三个工作日，复杂的十个工作日，特别的经批准最长三十个工作日。"),
        Paragraph(text="书面结果出来后，可以申辩或申请复查、复核，到哪一天为止，由中心告诉您。"),
    )


def _refused(facts: ComplaintFacts) -> tuple[Block, ...]:
    """There is nothing at the center that a code could open, and nothing that it decides."""
    return (
        Rows(rows=(Row(label="提交时间", value=moment(facts.filed_at)),)),
        Rule(),
        Heading(text="接下来"),
        Paragraph(text=TO_THE_CENTER),
    )


def _rows(facts: ComplaintFacts) -> Iterable[Row]:
    answer = facts.answer
    yield Row(label="提交时间", value=moment(facts.filed_at))
    if answer:
        yield Row(label="回执编号", value=group_number(facts.receipt_number))
    yield Row(label="查看要用", value="您的身份证" if facts.by_card else "本回执和您设的六位数字", strong=True)
    yield Row(label="是否受理", value=_until(answer.acceptance_due_on, answer.acceptance_note, "决定") if answer else _FOLLOWS)
    if facts.evidence_later:
        yield Row(label="补交证据", value=_until(answer.evidence_due_on, answer.evidence_note, "交") if answer else _FOLLOWS)


def _until(day: date | None, note: str, what: str) -> str:
    return f"最迟 {day:%Y-%m-%d} {what}" if day else note


def _digits(by_card: bool) -> tuple[Block, ...]:
    if by_card:
        return ()
    return (Paragraph(text="六位数字没有写在这里，谁也查不出来，请您记牢。", strong=True),)


@dataclass(frozen=True)
class ActFacts:
    """What a receipt of something handed in later says. `act`: evidence, answer or review.

    `answer` None: the center has not answered yet; `refused`: it will not take it.
    """

    center_name: str
    terminal_id: str
    act: str
    number: str
    complaint_number: str
    handed_at: datetime
    answer: ComplaintActAnswer | None = None
    refused: bool = False
    qr_text: str = ""
    window_hours: str = ""
    print_count: int = 1


def act_receipt(facts: ActFacts, *, demo: bool = False) -> Document:
    """That something was handed in, and when; not a word of it."""
    answer = facts.answer
    follows = TO_THE_CENTER if facts.refused else answer.next_step if answer else ""
    rows = [Row(label="提交时间", value=moment(facts.handed_at)), Row(label="本机编号", value=group_number(facts.number))]
    if answer:
        rows.append(Row(label="收到时间", value=moment(answer.at), strong=True))
    return Document(
        document=DocumentKind.COMPLAINT_RECEIPT,
        issuer=facts.center_name,
        issuer_line=ISSUER_LINE,
        title=_ACT_TITLES[facts.act],
        number_label="投诉编号",
        number=group_number(facts.complaint_number),
        blocks=(
            *not_arrived(answer is not None, facts.refused),
            Rows(rows=tuple(rows)),
            *code_block(facts.qr_text, "在本终端扫码，再输六位数字，就能看"),
            *((Rule(), Heading(text="接下来"), Paragraph(text=follows)) if follows else ()),
        ),
        foot=foot(facts.window_hours, f"终端 {facts.terminal_id}　第 {facts.print_count} 次打印"),
        band=DEMO_BAND if demo else "",
    )
