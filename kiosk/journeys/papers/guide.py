"""办事指南 on paper: the eight fields of R1.2, told at once (R2.1)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from kiosk.journeys.papers.shared import AT_WINDOW, ISSUER_LINE, OPEN, band, code_block, fee, joined, limit, moment
from kiosk.wire.documents import Block, Bullets, Document, DocumentKind, Heading, Paragraph, Row, Rows, Rule
from kiosk.wire.items import Fact, Fee, Limit, Material, Need, ServiceItem

_NEEDS = {Need.REQUIRED: "", Need.OPTIONAL: "不是人人都要，有的请带来", Need.MAY_FOLLOW: "今天没带的，可以先提交，以后补"}


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
                Row(label="承诺时限", value=joined(limit(item.promise), item.promise.note) or OPEN, strong=True),
                Row(label="收费依据及标准", value=joined(fee(item.fee), item.fee.by_law) or OPEN),
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
    blocks += code_block(qr_text, "放到本终端扫码口，可再看这份指南")
    if not item.confirmed:
        blocks += _sources(item)
    return Document(
        document=DocumentKind.GUIDE,
        issuer=center_name,
        issuer_line=ISSUER_LINE,
        title=item.task_name,
        subtitle="办事指南",
        blocks=tuple(blocks),
        foot=(f"终端 {terminal_id}　{moment(printed_at)} 打印",),
        band=band(item, demo),
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
