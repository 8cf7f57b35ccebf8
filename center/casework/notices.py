"""What stands on the papers of taking in: acceptance, promise, one-time notice, refusal, receipt of the window. Blocks only; numbered and kept elsewhere."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from center.casework.dossier import Dossier, limit_of
from center.casework.handed_in import PaperState
from center.casework.parties import Party
from center.center import Center
from center.domain.application import Due, limit_words
from center.domain.calendar import LimitUnit
from center.domain.notice import NoticeLine, Subject
from center.terminals import CENTER_ISSUER
from kiosk.wire.codes import Code, CodeKind, write_code
from kiosk.wire.documents import Block, Bullets, Heading, Paragraph, Qr, Row, Rows, Rule
from kiosk.wire.items import Elsewhere, ServiceItem
from kiosk.wire.masking import mask_number

_HOW = {PaperState.FROM_CARD: "刷卡读取", PaperState.FROM_FORM: "填写并签名", PaperState.AT_WINDOW: "窗口已收"}


def receipt_code(center: Center, receipt_number: str) -> str:
    """The text of a QR with which a case is found again, signed by the center. It shows the state and nothing of the person."""
    return write_code(Code(CodeKind.RECEIPT, CENTER_ISSUER, receipt_number), center.keys.signing)


def long_day(on: date) -> str:
    """`2026年11月24日`"""
    return f"{on.year}年{on.month}月{on.day}日"


def moment(at: datetime) -> str:
    """`2026年11月24日 10:31`"""
    return f"{long_day(at.date())} {at:%H:%M}"


def due_words(due: Due) -> str:
    """The due day, or 待定 and what it depends on (R4.2)."""
    return long_day(due.on) if due.on else due.note


def foot(center: Center, *more: str) -> tuple[str, ...]:
    """When the windows are staffed, and whatever else."""
    hours = center.config.center.window_hours
    return (*((f"人工窗口：{hours}",) if hours else ()), *more)


def _head(case_number: str, item: ServiceItem, applicant: Party) -> tuple[Row, ...]:
    agent = applicant.agent
    return (
        Row(label="办件编号", value=case_number),
        Row(label="事项", value=item.task_name, strong=True),
        Row(label="申请人", value=f"{applicant.name}　{mask_number(applicant.number)}"),
        *((Row(label="代办人", value=f"{agent.name}　{mask_number(agent.number)}（{agent.authority_words}）"),) if agent else ()),
    )


def _of(dossier: Dossier) -> tuple[Row, ...]:
    return _head(dossier.case_number, dossier.item, dossier.applicant)


def _code(center: Center, receipt_number: str) -> tuple[Block, ...]:
    return (Rule(), Qr(text=receipt_code(center, receipt_number), caption="在自助终端扫码看进度，放身份证看详情"))


def _received(dossier: Dossier, brought: Sequence[str]) -> tuple[str, ...]:
    """Every paper that is there, `brought`: keys of what came to the window just now."""
    lines = []
    for paper in dossier.papers:
        state = PaperState.AT_WINDOW if f"{Subject.MATERIAL}.{paper.material.code}" in brought else paper.state
        how = _HOW.get(state) or paper.count_words
        if how:
            lines.append(f"{paper.material.material_name}（{how}）")
    lines += [f"{line.words()}（窗口已收）" for line in dossier.notice if line.subject is Subject.OTHER and line.key in brought]
    return tuple(lines)


@dataclass(frozen=True)
class Acceptance:
    """What an acceptance comes to. `by_silence`: nobody told the applicant anything in time, and the law accepted it (R4.6)."""

    on: date
    due: Due
    responsible: str
    brought: tuple[str, ...] = ()
    by_silence: bool = False


def acceptance_notice(center: Center, dossier: Dossier, accepted: Acceptance) -> tuple[Block, ...]:
    """受理通知书 (R3.2, R4.1)."""
    received = _received(dossier, accepted.brought)
    opening = (
        "您的申请在法定期限内没有收到补正告知，依照《中华人民共和国行政许可法》的规定，自收到申请材料之日起即为受理。"
        if accepted.by_silence
        else "您提交的申请，经审查材料齐全、符合受理条件，现予受理。"
    )
    return (
        Paragraph(text=opening),
        Rows(
            rows=(
                *_of(dossier),
                Row(label="提交时间", value=moment(dossier.filed_at)),
                Row(label="受理日", value=long_day(accepted.on), strong=True),
                Row(label="承诺时限", value=f"{limit_words(*dossier.limit)}，从受理的第二天起算"),
                Row(label="应办结日", value=due_words(accepted.due), strong=True),
                *((Row(label="首问责任人", value=accepted.responsible),) if accepted.responsible else ()),
            )
        ),
        *((Heading(text="收到的材料"), Bullets(items=received)) if received else ()),
        *_code(center, dossier.receipt_number),
    )


def promise_notice(center: Center, dossier: Dossier, accepted: Acceptance) -> tuple[Block, ...]:
    """承诺件告知书, for an item that a department must look into first (R5.1)."""
    handover = dossier.item.handover
    assert handover is not None, "only an item with a handover has a promise notice"
    back = "" if handover.days is None else f"，由其在 {limit_words(handover.days, LimitUnit(handover.unit.value))}内核办后返回窗口"
    return (
        Paragraph(text="您的申请已经受理。这是承诺件，需要职能单位核办，不能当场办结，现将有关事项告知如下。"),
        Rows(
            rows=(
                *_of(dossier),
                Row(label="受理日", value=long_day(accepted.on)),
                Row(label="核办单位", value=handover.department, strong=True),
                Row(label="承诺时限", value=f"{limit_words(*dossier.limit)}，从受理的第二天起算"),
                Row(label="应办结日", value=due_words(accepted.due), strong=True),
                *((Row(label="首问责任人", value=accepted.responsible),) if accepted.responsible else ()),
            )
        ),
        Heading(text="接下来"),
        Paragraph(text=f"窗口把材料移交{handover.department}{back}，由本中心作出决定。办结后，窗口会通知您。您不用自己跑职能单位。"),
        *_code(center, dossier.receipt_number),
    )


def one_time_notice_paper(center: Center, dossier: Dossier, lines: Sequence[NoticeLine], kept: Sequence[str]) -> tuple[Block, ...]:
    """一次性告知单: everything at once, what need not be brought again, and how to supply it (R2.2)."""
    hours = center.config.center.window_hours
    return (
        Rows(rows=_of(dossier)),
        Heading(text=f"还需要补 {len(lines)} 样，补齐就可以受理"),
        Bullets(items=tuple(line.words() for line in lines), tick=True),
        *((Heading(text="已经收到，不用再交"), Paragraph(text="、".join(kept))) if kept else ()),
        Heading(text="怎么补"),
        Paragraph(
            text=f"带上以上各样到窗口{f'（{hours}）' if hours else ''}。补齐的那一天就是受理日，"
            f"从第二天起计算办理时间（承诺时限：{limit_words(*dossier.limit)}）。除了以上各样，不需要别的材料。"
        ),
        *_code(center, dossier.receipt_number),
    )


def refusal_notice(dossier: Dossier, reason: str, basis: Iterable[str], elsewhere: Elsewhere | None) -> tuple[Block, ...]:
    """不予受理通知书: reason and legal basis (R2.3); for what is not the center's business, which body and where (R2.4)."""
    articles = tuple(basis)
    blocks: list[Block] = [
        Paragraph(text="您提交的申请，经审查决定不予受理。"),
        Rows(rows=(*_of(dossier), Row(label="提交时间", value=moment(dossier.filed_at)))),
        Heading(text="理由"),
        Paragraph(text=reason),
    ]
    if articles:
        blocks += [Heading(text="依据"), Bullets(items=articles)]
    if elsewhere is not None:
        where = (("办理单位", elsewhere.body), ("地址", elsewhere.place), ("联系方式", elsewhere.how))
        blocks += [
            Heading(text="请到下面的单位办理"),
            Rows(rows=tuple(Row(label=label, value=value) for label, value in where if value)),
        ]
    blocks += [
        Rule(),
        Paragraph(text="交来的纸质材料原样退还。对本通知有异议的，可以向本中心提出，也可以依法申请行政复议或者提起行政诉讼。"),
    ]
    return tuple(blocks)


@dataclass(frozen=True)
class Received:
    """A paper received at the window: how many sheets, None where the card or the form is the paper."""

    name: str
    sheets: int | None


def window_receipt(
    center: Center, case_number: str, receipt_number: str, item: ServiceItem, applicant: Party, at: datetime,
    received: Sequence[Received], missing: Sequence[str],
) -> tuple[Block, ...]:  # fmt: skip
    """提交回执 of a case registered at the window. It is no acceptance notice, and its subtitle says so."""
    got = tuple(paper.name if paper.sheets is None else f"{paper.name}（{paper.sheets} 页）" for paper in received)
    return (
        Rows(
            rows=(
                *_head(case_number, item, applicant),
                Row(label="提交时间", value=moment(at)),
                Row(label="回执编号", value=receipt_number),
                Row(label="承诺时限", value=limit_words(*limit_of(item))),
            )
        ),
        *((Heading(text="收到的材料"), Bullets(items=got)) if got else ()),
        *((Heading(text=f"还缺 {len(missing)} 样材料"), Bullets(items=tuple(missing), tick=True)) if missing else ()),
        *_code(center, receipt_number),
    )
