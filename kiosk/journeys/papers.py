"""What the citizen takes home on paper: filing receipt, guide, progress slip. Makes documents of facts; prints nothing and asks nobody.

Papers are Chinese in every language of the screen: windows and departments read them too. Nothing here promises a message, a
page for phones or a call, and no legal date is computed here (domain.md, never forgotten no. 4 and 9).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from kiosk.clock import CHINA
from kiosk.wire.cases import CaseDetail, CaseState
from kiosk.wire.documents import Block, Bullets, Document, DocumentKind, Heading, Paragraph, Qr, Row, Rows, Rule
from kiosk.wire.items import Fact, Fee, Limit, LimitUnit, Material, Need, ServiceItem
from kiosk.wire.masking import group_number

ISSUER_LINE = "24小时自助终端·一印通"
OPEN = "待核实（以窗口答复为准）"
AT_WINDOW = "以窗口告知为准"

_DEMO_BAND = "示例"
_UNITS = {LimitUnit.WORKING_DAYS: "个工作日", LimitUnit.CALENDAR_DAYS: "天"}
_NEEDS = {Need.REQUIRED: "", Need.OPTIONAL: "不是人人都要，有的请带来", Need.MAY_FOLLOW: "今天没带的，可以先提交，以后补"}


@dataclass(frozen=True)
class ReceiptFacts:
    """What a filing receipt says.

    `case_number` None: the center has not answered yet. `papers`: name and count of pages captured, 0 for what the card or the form is.
    """

    center_name: str
    terminal_id: str
    receipt_number: str
    item: ServiceItem
    applicant_name: str
    masked_number: str
    filed_at: datetime
    case_number: str | None = None
    papers: tuple[tuple[str, int], ...] = ()
    missing: tuple[str, ...] = ()
    #: Fields left to the window.
    later: tuple[str, ...] = ()
    qr_text: str | None = None
    window_hours: str = ""
    print_count: int = 1
    next_step: str = ""


# ------------------------------------------------------------------ filing receipt


def filing_receipt(facts: ReceiptFacts, *, demo: bool = False) -> Document:
    """提交回执: what was handed in, when, and what happens next. It is no acceptance notice, and says so under its title."""
    arrived = facts.case_number is not None
    return Document(
        document=DocumentKind.FILING_RECEIPT,
        issuer=facts.center_name,
        issuer_line=ISSUER_LINE,
        title="提交回执",
        subtitle="本回执不是受理通知书",
        number_label="办件编号" if arrived else "回执编号",
        number=group_number(facts.case_number or facts.receipt_number),
        blocks=(
            *_not_arrived(arrived),
            Rows(rows=tuple(_receipt_rows(facts, arrived))),
            *_missing(facts.missing),
            *((Rule(), Heading(text="到窗口补填"), Bullets(items=facts.later, tick=True)) if facts.later else ()),
            *_code(facts.qr_text, "在本终端扫码看进度，放身份证看详情"),
            Rule(),
            Heading(text="接下来"),
            Paragraph(text=_what_next(facts, arrived)),
        ),
        foot=_foot(facts.window_hours, f"终端 {facts.terminal_id}　第 {facts.print_count} 次打印"),
        band=_band(facts.item, demo),
    )


def _not_arrived(arrived: bool) -> tuple[Block, ...]:
    if arrived:
        return ()
    return (
        Paragraph(text="还没有送到中心", strong=True),
        Paragraph(text="您提交的内容已保存在本终端，会自动送出，您不用再提交。"),
        Rule(),
    )


def _receipt_rows(facts: ReceiptFacts, arrived: bool) -> Iterable[Row]:
    yield Row(label="事项", value=facts.item.task_name, strong=True)
    yield Row(label="申请人", value=facts.applicant_name)
    yield Row(label="证件号码", value=facts.masked_number)
    yield Row(label="提交时间", value=_moment(facts.filed_at))
    if arrived:
        yield Row(label="回执编号", value=group_number(facts.receipt_number))
    if facts.papers:
        yield Row(label="已收材料", value="、".join(f"{name} {pages} 页" if pages else name for name, pages in facts.papers))
    yield Row(label="承诺时限", value=_limit(facts.item.promise) or AT_WINDOW, strong=True)
    yield Row(label="收费", value=_fee(facts.item.fee) or AT_WINDOW)


def _missing(names: Sequence[str]) -> tuple[Block, ...]:
    if not names:
        return ()
    return (Rule(), Heading(text=f"还缺 {len(names)} 样材料"), Bullets(items=tuple(names), tick=True))


def _what_next(facts: ReceiptFacts, arrived: bool) -> str:
    if not arrived:
        return "送到中心以后，由综合窗口审看。是否受理、哪天受理，以窗口出具的通知为准。"
    first = facts.next_step or "由综合窗口审看。"
    return f"{first.rstrip('。')}。是否受理、哪天受理，以窗口出具的通知为准。"


# ------------------------------------------------------------------ guide


def guide_paper(
    item: ServiceItem, *, center_name: str, qr_text: str | None, printed_at: datetime, terminal_id: str, demo: bool
) -> Document:
    """办事指南: the eight fields of R1.2, told at once (R2.1).

    What no source gives is marked as open; an unconfirmed guide has the band 示例 and names its sources.
    """
    blocks: list[Block] = [*_elsewhere(item)]
    blocks += [
        Rows(
            rows=(
                Row(label="受理部门", value=item.dept_name.text or OPEN),
                Row(label="承诺时限", value=_joined(_limit(item.promise), item.promise.note) or OPEN, strong=True),
                Row(label="收费依据及标准", value=_joined(_fee(item.fee), item.fee.by_law) or OPEN),
                *((Row(label="咨询电话", value=item.phone),) if item.phone else ()),
            )
        ),
        Rule(),
        Heading(text="申请材料"),
        Bullets(items=tuple(_material(item, material) for material in item.materials), tick=True)
        if item.materials
        else Paragraph(text=OPEN),
    ]
    for heading, facts, numbered in (
        ("办理条件", item.accept_condition, False),
        ("办理流程", item.handle_flow, True),
        ("办理依据", item.by_law, False),
    ):
        blocks += [Rule(), Heading(text=heading), *_facts(facts, numbered)]
    blocks += _code(qr_text, "放到本终端扫码口，可再看这份指南")
    if not item.confirmed:
        blocks += _sources(item)
    return Document(
        document=DocumentKind.GUIDE,
        issuer=center_name,
        issuer_line=ISSUER_LINE,
        title=item.task_name,
        subtitle="办事指南",
        blocks=tuple(blocks),
        foot=(f"终端 {terminal_id}　{_moment(printed_at)} 打印",),
        band=_band(item, demo),
    )


def _elsewhere(item: ServiceItem) -> tuple[Block, ...]:
    """R1.4, R2.4: which body, where and how; what is not known is for the window to say."""
    if item.elsewhere is None:
        return ()
    rows = (("办理单位", item.elsewhere.body), ("地址", item.elsewhere.place or AT_WINDOW), ("联系方式", item.elsewhere.how or AT_WINDOW))
    return (
        Paragraph(text="这件事不在本中心办，请到下面的单位办理。", strong=True),
        Rows(rows=tuple(Row(label=label, value=value) for label, value in rows)),
        Rule(),
    )


def _material(item: ServiceItem, material: Material) -> str:
    pages = "、".join(page for page in material.pages if page)
    name = material.material_name + (f"（{pages}）" if pages else "")
    here = "在本终端填写，不用带" if material.from_form and item.apply_here else ""
    note = material.note or here or _NEEDS[material.is_need]
    return f"{name}\n{note}" if note else name


def _facts(facts: Sequence[Fact], numbered: bool) -> tuple[Block, ...]:
    texts = tuple(fact.text for fact in facts if fact.text)
    if not texts:
        return (Paragraph(text=OPEN),)
    if not numbered:
        return (Bullets(items=texts),)
    return (Paragraph(text="\n".join(f"{number}. {text}" for number, text in enumerate(texts, start=1))),)


def _sources(item: ServiceItem) -> tuple[Block, ...]:
    stated: tuple[Fact | Limit | Fee | Material, ...] = (
        item.dept_name, *item.by_law, *item.accept_condition, *item.materials, *item.handle_flow, item.promise, item.fee
    )  # fmt: skip
    sources = dict.fromkeys(fact.source for fact in stated if fact.source)
    note = Paragraph(text="本指南还没有经本中心核实，只作示例，请以窗口答复为准。", strong=True)
    listed: tuple[Block, ...] = (Paragraph(text="内容出处："), Bullets(items=tuple(sources))) if sources else ()
    return (Rule(), note, *listed)


# ------------------------------------------------------------------ progress


def progress_paper(
    detail: CaseDetail,
    *,
    center_name: str,
    printed_at: datetime,
    terminal_id: str,
    window_hours: str = "",
    qr_text: str | None = None,
    demo: bool = False,
) -> Document:
    """办件进度: where a case stands, as the center told it; the dates are the center's."""
    rows = [
        Row(label="事项", value=detail.item_name, strong=True),
        Row(label="状态", value=detail.state_label, strong=True),
        Row(label="提交时间", value=_moment(detail.filed_at)),
        Row(label="回执编号", value=group_number(detail.receipt_number)),
        Row(
            label="受理日期",
            value=f"{detail.accepted_on:%Y-%m-%d}" if detail.accepted_on else _NOT_ACCEPTED.get(detail.state, "还没有受理"),
        ),
    ]
    if detail.state not in _NOT_ACCEPTED:
        rows.append(Row(label="办结期限", value=f"{detail.due_on:%Y-%m-%d}" if detail.due_on else detail.due_note or "受理后由窗口告知"))
    rows += [
        Row(label=label, value=value)
        for label, value in (("目前经办", detail.holder), ("理由", detail.reason), ("怎样领取", detail.collect), ("邮寄", detail.tracking))
        if value
    ]
    steps = _steps(detail)
    return Document(
        document=DocumentKind.PROGRESS,
        issuer=center_name,
        issuer_line=ISSUER_LINE,
        title="办件进度",
        subtitle="只说明查询时的情况，不是受理通知书",
        number_label="办件编号",
        number=group_number(detail.case_number),
        blocks=(
            Rows(rows=tuple(rows)),
            *_missing(detail.wanted),
            *((Rule(), Heading(text="已开出的文书"), Bullets(items=detail.papers)) if detail.papers else ()),
            *((Rule(), Heading(text="办理过程"), Bullets(items=steps)) if steps else ()),
            *_code(qr_text, "在本终端扫码看进度，放身份证看详情"),
        ),
        foot=_foot(window_hours, f"终端 {terminal_id}　{_moment(printed_at)} 打印"),
        band=_DEMO_BAND if demo else "",
    )


#: What stands where the acceptance day would, of a case that will have none.
_NOT_ACCEPTED = {CaseState.REFUSED: "没有受理", CaseState.WITHDRAWN: "已撤回"}


def _steps(detail: CaseDetail) -> tuple[str, ...]:
    """One line a step: 2026-11-24 10:31 提交（自助终端）; the one it is at, and those to come, say so."""
    lines = []
    for step in detail.steps:
        when = _moment(step.at) if step.at else "正在办" if step.current else "还没到"
        by = f"（{step.by}）" if step.by else ""
        note = f"：{step.note}" if step.note else ""
        here = "，现在在这一步" if step.current and step.at else ""
        lines.append(f"{when}　{step.label}{by}{here}{note}")
    return tuple(lines)


# ------------------------------------------------------------------ what all papers share


def _band(item: ServiceItem, demo: bool) -> str:
    return _DEMO_BAND if demo or not item.confirmed else ""


def _code(text: str | None, caption: str) -> tuple[Block, ...]:
    return (Rule(), Qr(text=text, caption=caption)) if text else ()


def _foot(window_hours: str, last: str) -> tuple[str, ...]:
    return (f"人工窗口：{window_hours}", last) if window_hours else (last,)


def _moment(moment: datetime) -> str:
    return f"{moment.astimezone(CHINA):%Y-%m-%d %H:%M}"


def _limit(limit: Limit) -> str:
    """受理后 3 个工作日: from the day after acceptance, in the unit stated (R4.2). Empty where no source gives it."""
    if limit.days is None:
        return ""
    return f"受理后 {limit.days} {_UNITS[limit.unit]}" if limit.days else "当场办结"


def _fee(fee: Fee) -> str:
    if fee.is_fee is None:
        return ""
    return fee.fee_stand or ("收费" if fee.is_fee else "不收费")


def _joined(text: str, note: str) -> str:
    """A statement and its note; a note alone states nothing."""
    return f"{text}；{note}" if text and note else text
