"""What is to be read fits, whatever its length: guides in both sizes of type, notices, papers; on both shapes of screen (R1.2, R1.5)."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from kiosk.events import ActionPressed, PageTurned, PrimaryPressed
from kiosk.i18n import Language, Texts
from kiosk.journeys.browse.guide_pages import guide_pages
from kiosk.journeys.papers import guide_paper
from kiosk.journeys.reading import document_parts, read_pages
from kiosk.views import Button, GuideView, Panel, ReadPart, ReadView, Tone
from kiosk.wire.items import Elsewhere, Fact, ServiceItem
from screens.drawing import Rect
from screens.gallery import GALLERY
from screens.theme import Layout
from screens.widgets.guide_sections import TickedLine
from screens.widgets.lines import DottedLine
from tests.kiosk.test_papers import CENTER, NOW
from tests.ui.glass import Glass
from tests.ui.measuring import cut_off, shown

SCREENS = {"upright": (1080, 1920), "wide": (1920, 1080)}
CATALOGUE = Path(__file__).resolve().parents[2] / "config" / "catalogue"
ITEMS = [ServiceItem.model_validate(tomllib.loads(path.read_text("utf-8"))) for path in sorted(CATALOGUE.glob("*.toml"))]
TEXTS = Texts(Language.CHINESE)

#: As long as the wire allows, with and without ends of sentences.
LONG = ("村里的办事人员看了材料以后，当天登记，第二天交到乡镇里。" * 14)[:400], "万宝河" * 133


def _longest(item: ServiceItem) -> ServiceItem:
    facts = tuple(Fact(text=text, source="测试") for text in LONG)
    return item.model_copy(update={"accept_condition": facts, "by_law": facts, "handle_flow": facts})


EVERY_ITEM = [*ITEMS, _longest(ITEMS[0]).model_copy(update={"code": "LONG"})]


def _cut(glass: Glass, view: GuideView | ReadView) -> Iterator[str]:
    for shape, size in SCREENS.items():
        glass.app.page.layout = Layout(*size)
        glass.app.router.show(view)
        for kind, mark in cut_off(shown(glass.app.page.mounted), Rect(0, 0, *size)):
            yield f"{shape} {view.title} {view.page}: {kind} {mark}"
        if isinstance(view, GuideView) and view.large and _set_small(glass):
            yield f"{shape} {view.title} {view.page}: set in body type where larger was wanted"


def _set_small(glass: Glass) -> bool:
    """Whether a line of a section is in body type: the screen sets it so where the larger does not fit."""
    lines = (mounted.element for mounted in glass.app.page.mounted if isinstance(mounted.element, TickedLine | DottedLine))
    return any(line.size == "body" for line in lines)


@pytest.mark.rule("R1.2")
@pytest.mark.parametrize("large", [False, True], ids=["body", "large"])
@pytest.mark.parametrize("item", EVERY_ITEM, ids=lambda item: item.code)
def test_R1_2_no_page_of_a_guide_is_cut_in_either_size_of_type(glass: Glass, item: ServiceItem, large: bool) -> None:
    drawn = GALLERY["guide"]
    assert isinstance(drawn, GuideView)
    larger = Button("larger", "标准字" if large else "大字", ActionPressed("larger"), "format-font-size-increase")
    pages = guide_pages(TEXTS, item, large=large)
    elsewhere = (
        Panel(Tone.ATTENTION, "这件事由县（区）级林草主管部门办理", "桃山区学府街1号\n电话0464-0000000，工作日办公")
        if item.elsewhere
        else None
    )
    faults = [
        fault
        for place, sections in enumerate(pages, 1)
        for fault in _cut(
            glass,
            replace(
                drawn,
                title=item.task_name,
                sections=sections,
                large=large,
                larger=larger,
                elsewhere=elsewhere,
                more=Button("more", "更多", ActionPressed("more"), "chevron-right", f"第 {place} 页，共 {len(pages)} 页"),
                page=f"{place}/{len(pages)}",
            ),
        )
    ]
    assert faults == []


@pytest.mark.rule("R1.2")
@pytest.mark.parametrize("item", EVERY_ITEM, ids=lambda item: item.code)
def test_R1_2_no_word_of_a_guide_is_lost_between_its_pages(item: ServiceItem) -> None:
    given = [fact.text for fact in (*item.accept_condition, *item.by_law) if fact.text]
    for large in (False, True):
        told = "".join(line for page in guide_pages(TEXTS, item, large=large) for section in page for line in section.lines)
        assert [text for text in given if text not in told] == []


#: Kinds of parts in the orders in which notices and papers have them.
TEXT = "窗口工作人员应当一次告知全部材料、程序和时限，不得分几次说。"
PARTS = {
    "paragraphs": tuple(ReadPart("paragraph", text) for text in (*LONG, TEXT, TEXT * 3, "一句。")),
    "headings": tuple(part for n in range(12) for part in (ReadPart("heading", f"第{n}条"), ReadPart("paragraph", TEXT))),
    "bullets": tuple(ReadPart("bullet", text) for text in (TEXT, LONG[1], *(TEXT,) * 9)),
    "ticks": tuple(ReadPart("tick", text) for text in (*(TEXT,) * 11, LONG[0])),
    "rows": tuple(ReadPart("row", "收费依据及标准", text) for text in ("不收费", *(TEXT,) * 8, LONG[0])),
    "rules": tuple(part for n in range(9) for part in (ReadPart("rule"), ReadPart("strong", TEXT), ReadPart("bullet", "一句"))),
}


@pytest.mark.rule("R1.5")
@pytest.mark.parametrize(
    "panel", [None, Panel(Tone.ATTENTION, "这里打印的没有盖章。", "要盖章的，请到人工窗口领取。")], ids=["alone", "panel"]
)
@pytest.mark.parametrize("name", PARTS)
def test_R1_5_no_page_of_a_notice_is_cut(glass: Glass, name: str, panel: Panel | None) -> None:
    pages = read_pages(PARTS[name])
    faults = [fault for place, parts in enumerate(pages, 1) for fault in _cut(glass, _read(parts, panel, f"{place} / {len(pages)} 页"))]
    assert faults == []


def test_a_whole_paper_is_read_on_screen_without_a_cut(glass: Glass) -> None:
    for item in EVERY_ITEM[-2:]:
        elsewhere = item.model_copy(update={"elsewhere": Elsewhere(body="林草主管部门", place="桃山区", how="电话0464-0000000")})
        paper = guide_paper(elsewhere, center_name=CENTER, qr_text=None, printed_at=NOW, terminal_id="WBH-01", demo=True)
        pages = read_pages(document_parts(paper))
        assert [
            fault for place, parts in enumerate(pages, 1) for fault in _cut(glass, _read(parts, None, f"{place} / {len(pages)} 页"))
        ] == []


def _read(parts: tuple[ReadPart, ...], panel: Panel | None, page: str) -> ReadView:
    drawn = GALLERY["guide"]
    assert isinstance(drawn, GuideView)
    return ReadView(
        chrome=drawn.chrome,
        title="服务承诺",
        subtitle="2026年11月24日起",
        parts=parts,
        panel=panel,
        previous=Button("previous", "上一页", PageTurned(-1), "chevron-left"),
        next=Button("next", "下一页", PageTurned(1), "chevron-right"),
        page=page,
        actions=(
            Button("print", "打印", ActionPressed("print"), "printer-outline"),
            Button("primary", "看完了", PrimaryPressed(), "check-bold"),
        ),
    )
