"""What is on the citizen's papers, and what must never be."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from kiosk.clock import CHINA
from kiosk.journeys.papers import OPEN, ReceiptFacts, filing_receipt, guide_paper, progress_paper
from kiosk.wire.cases import CaseDetail, CaseState, CaseStep
from kiosk.wire.documents import Bullets, Document, DocumentKind, Heading, Paragraph, Qr, Rows
from kiosk.wire.items import Elsewhere, Fact, Fee, ItemKind, Limit, LimitUnit, Material, Need, ServiceItem
from kiosk.wire.masking import mask_number

CATALOGUE = Path(__file__).resolve().parents[2] / "config" / "catalogue"
ITEMS = [ServiceItem.model_validate(tomllib.loads(path.read_text("utf-8"))) for path in sorted(CATALOGUE.glob("*.toml"))]
CENTER = "万宝河镇政务服务中心"
NOW = datetime(2026, 11, 24, 10, 31, tzinfo=CHINA)

WHOLE = ServiceItem(
    code="WHOLE",
    version=1,
    effective_from=date(2026, 1, 1),
    confirmed=True,
    project_type=ItemKind.PROMISED,
    task_name="样例登记",
    dept_name=Fact(text="样例部门", source="测试"),
    by_law=(Fact(text="《样例法》第一条", source="测试"),),
    accept_condition=(Fact(text="样例条件", source="测试"),),
    materials=(
        Material(code="id_card", material_name="身份证", from_card=True, source="测试"),
        Material(code="household_register", material_name="户口簿", pages=("首页", "本人页"), source="测试"),
        Material(code="proof", material_name="样例证明", is_need=Need.MAY_FOLLOW, source="测试"),
    ),
    handle_flow=(Fact(text="受理", source="测试"), Fact(text="办结", source="测试")),
    promise=Limit(days=3, source="测试"),
    fee=Fee(is_fee=False, source="测试"),
)

FACTS = ReceiptFacts(
    center_name=CENTER,
    terminal_id="WBH-01",
    receipt_number="WB0126112400",
    item=WHOLE,
    applicant_name="张秀兰",
    masked_number=mask_number("230903195001011234"),
    filed_at=NOW,
    case_number="202611240031",
    papers=(("身份证", 0), ("户口簿", 2)),
    missing=("样例证明",),
    qr_text="OS1R-SAMPLE",
    window_hours="周一至周五 8:30–17:00",
    next_step="综合窗口上班后打开您的申请。",
)
NOT_ARRIVED = replace(FACTS, case_number=None, next_step="")


def text_of(document: Document) -> str:
    """Everything that can be read on the paper."""
    return document.model_dump_json()


def rows_of(document: Document) -> dict[str, str]:
    return {row.label: row.value for block in document.blocks if isinstance(block, Rows) for row in block.rows}


def ticks_of(document: Document) -> list[str]:
    return [item for block in document.blocks if isinstance(block, Bullets) and block.tick for item in block.items]


def qr_of(document: Document) -> list[str]:
    return [block.text for block in document.blocks if isinstance(block, Qr)]


def guide(item: ServiceItem, qr_text: str | None = "OS1G-SAMPLE", demo: bool = False) -> Document:
    return guide_paper(item, center_name=CENTER, qr_text=qr_text, printed_at=NOW, terminal_id="WBH-01", demo=demo)


# ------------------------------------------------------------------ filing receipt


@pytest.mark.parametrize("facts", [FACTS, NOT_ARRIVED], ids=["arrived", "not arrived"])
def test_a_receipt_says_under_its_title_that_it_is_no_acceptance_notice(facts: ReceiptFacts) -> None:
    receipt = filing_receipt(facts)
    assert receipt.document is DocumentKind.FILING_RECEIPT
    assert (receipt.title, receipt.subtitle) == ("提交回执", "本回执不是受理通知书")


def test_a_receipt_tells_what_was_filed_and_what_is_still_missing() -> None:
    receipt = filing_receipt(FACTS)
    assert (receipt.number_label, receipt.number) == ("办件编号", "2026 1124 0031")
    rows = rows_of(receipt)
    assert rows["事项"] == "样例登记"
    assert rows["申请人"] == "张秀兰"
    assert rows["证件号码"] == "230903********1234"
    assert rows["提交时间"] == "2026-11-24 10:31"
    assert rows["已收材料"] == "身份证、户口簿 2 页"
    assert rows["承诺时限"] == "受理后 3 个工作日"
    assert rows["收费"] == "不收费"
    assert ticks_of(receipt) == ["样例证明"]
    assert qr_of(receipt) == ["OS1R-SAMPLE"]
    assert receipt.foot == ("人工窗口：周一至周五 8:30–17:00", "终端 WBH-01　第 1 次打印")


def test_a_receipt_with_nothing_missing_has_no_list_of_it() -> None:
    receipt = filing_receipt(replace(FACTS, missing=()))
    assert ticks_of(receipt) == []
    assert not any(isinstance(block, Heading) and "还缺" in block.text for block in receipt.blocks)


@pytest.mark.rule("R2.2")
def test_a_receipt_names_the_fields_that_were_left_to_the_window_beside_the_missing_papers() -> None:
    receipt = filing_receipt(replace(FACTS, later=("现住地址",)))
    assert ticks_of(receipt) == ["样例证明", "现住地址"]
    assert any(isinstance(block, Heading) and block.text == "到窗口补填" for block in receipt.blocks)


def test_a_receipt_before_the_center_answered_says_so_and_has_the_terminals_own_number() -> None:
    receipt = filing_receipt(NOT_ARRIVED)
    assert (receipt.number_label, receipt.number) == ("回执编号", "WB01 2611 2400")
    first = receipt.blocks[0]
    assert isinstance(first, Paragraph)
    assert first.strong
    assert first.text == "还没有送到中心"
    assert "会自动送出" in text_of(receipt)
    assert "不用再提交" in text_of(receipt)
    assert "还没有送到中心" not in text_of(filing_receipt(FACTS))


@pytest.mark.parametrize("facts", [FACTS, NOT_ARRIVED], ids=["arrived", "not arrived"])
def test_what_happens_next_is_two_sentences_and_leaves_acceptance_to_the_window(facts: ReceiptFacts) -> None:
    *_, heading, after = filing_receipt(facts).blocks
    assert isinstance(heading, Heading)
    assert heading.text == "接下来"
    assert isinstance(after, Paragraph)
    assert after.text.count("。") == 2
    assert after.text.endswith("以窗口出具的通知为准。")


def test_R4_a_receipt_computes_no_legal_date() -> None:
    """The only days on it are the day it was filed and the limit as published."""
    text = text_of(filing_receipt(FACTS)).replace("2026-11-24 10:31", "")
    assert "2026-" not in text
    assert "月" not in text


def test_an_unknown_limit_and_fee_are_for_the_window_to_tell() -> None:
    rows = rows_of(filing_receipt(replace(FACTS, item=WHOLE.model_copy(update={"promise": Limit(), "fee": Fee()}))))
    assert rows["承诺时限"] == rows["收费"] == "以窗口告知为准"


@pytest.mark.parametrize(
    ("limit", "said"),
    [
        (Limit(days=3, source="测试"), "受理后 3 个工作日"),
        (Limit(days=7, unit=LimitUnit.CALENDAR_DAYS, source="测试"), "受理后 7 天"),
        (Limit(days=0, source="测试"), "当场办结"),
    ],
)
def test_R4_2_a_limit_is_told_in_the_unit_the_item_states(limit: Limit, said: str) -> None:
    assert rows_of(filing_receipt(replace(FACTS, item=WHOLE.model_copy(update={"promise": limit}))))["承诺时限"] == said


def test_time_is_chinas_wherever_it_was_taken() -> None:
    receipt = filing_receipt(replace(FACTS, filed_at=datetime(2026, 11, 24, 2, 31, tzinfo=UTC)))
    assert rows_of(receipt)["提交时间"] == "2026-11-24 10:31"


@pytest.mark.parametrize("confirmed", [True, False])
@pytest.mark.parametrize("demo", [True, False])
def test_papers_of_unconfirmed_items_and_of_demonstrations_are_banded(confirmed: bool, demo: bool) -> None:
    item = WHOLE.model_copy(update={"confirmed": confirmed})
    band = "" if confirmed and not demo else "示例"
    assert filing_receipt(replace(FACTS, item=item), demo=demo).band == band
    assert guide(item, demo=demo).band == band


def test_window_hours_that_are_not_known_are_not_printed() -> None:
    assert filing_receipt(replace(FACTS, window_hours="")).foot == ("终端 WBH-01　第 1 次打印",)


# ------------------------------------------------------------------ guide


@pytest.mark.parametrize("item", ITEMS, ids=lambda item: item.code)
def test_R1_2_a_guide_has_all_eight_fields_and_marks_each_open_one(item: ServiceItem) -> None:
    paper = guide(item)
    assert paper.title == item.task_name
    shown = [*rows_of(paper), *(block.text for block in paper.blocks if isinstance(block, Heading))]
    for field in ("受理部门", "承诺时限", "收费依据及标准", "申请材料", "办理条件", "办理流程", "办理依据"):
        assert field in shown
    marks = sum(value == OPEN for value in rows_of(paper).values())
    marks += sum(isinstance(block, Paragraph) and block.text == OPEN for block in paper.blocks)
    assert marks == len(item.open_fields())


def test_R2_1_a_guide_lists_every_material_with_its_pages_to_tick() -> None:
    assert ticks_of(guide(WHOLE)) == ["身份证", "户口簿（首页、本人页）", "样例证明\n今天没带的，可以先提交，以后补"]


def test_an_unconfirmed_guide_names_each_source_once_and_a_confirmed_one_none() -> None:
    item = next(item for item in ITEMS if item.code == "YLBX")
    text = text_of(guide(item))
    assert "还没有经本中心核实" in text
    assert text.count(item.dept_name.source) == 1
    assert "核实" not in text_of(guide(WHOLE))


def test_R1_4_a_guide_of_what_is_done_elsewhere_says_where_first() -> None:
    item = WHOLE.model_copy(update={"handled_here": False, "elsewhere": Elsewhere(body="样例机关", place="样例路1号")})
    paper = guide(item)
    first = paper.blocks[0]
    assert isinstance(first, Paragraph)
    assert "不在本中心办" in first.text
    rows = rows_of(paper)
    assert (rows["办理单位"], rows["地址"], rows["联系方式"]) == ("样例机关", "样例路1号", "以窗口告知为准")


def test_a_guide_without_a_code_has_no_qr_and_without_a_phone_no_number() -> None:
    assert qr_of(guide(WHOLE)) == ["OS1G-SAMPLE"]
    assert qr_of(guide(WHOLE, qr_text=None)) == []
    assert "咨询电话" not in rows_of(guide(WHOLE))


# ------------------------------------------------------------------ progress

RETURNED = CaseDetail(
    case_number="202611240031",
    receipt_number="WB0126112400",
    item_code="WHOLE",
    item_name="样例登记",
    state=CaseState.RETURNED,
    state_label="已退回，请补材料",
    filed_at=NOW,
    holder="综合窗口1号",
    wanted=("户口簿“本人页”", "样例证明"),
    steps=(
        CaseStep(label="提交", at=NOW, by="自助终端"),
        CaseStep(label="窗口审看", at=NOW, by="综合窗口1号", current=True, note="缺两样"),
        CaseStep(label="受理"),
    ),
)


def progress(detail: CaseDetail) -> Document:
    return progress_paper(detail, center_name=CENTER, printed_at=NOW, terminal_id="WBH-01", window_hours="周一至周五 8:30–17:00")


def test_a_progress_slip_shows_state_steps_holder_and_all_that_is_wanted() -> None:
    paper = progress(RETURNED)
    rows = rows_of(paper)
    assert paper.number == "2026 1124 0031"
    assert (rows["状态"], rows["目前经办"]) == ("已退回，请补材料", "综合窗口1号")
    assert ticks_of(paper) == ["户口簿“本人页”", "样例证明"]
    (steps,) = [block.items for block in paper.blocks if isinstance(block, Bullets) and not block.tick]
    assert steps == (
        "2026-11-24 10:31　提交（自助终端）",
        "2026-11-24 10:31　窗口审看（综合窗口1号），现在在这一步：缺两样",
        "还没到　受理",
    )
    assert "不是受理通知书" in paper.subtitle


def test_a_progress_slip_shows_the_centers_dates_or_what_it_said_instead() -> None:
    accepted = RETURNED.model_copy(update={"accepted_on": date(2026, 11, 25), "due_on": date(2026, 11, 30), "wanted": ()})
    assert rows_of(progress(accepted))["受理日期"] == "2026-11-25"
    assert rows_of(progress(accepted))["办结期限"] == "2026-11-30"
    pending = accepted.model_copy(update={"due_on": None, "due_note": "待定：等 2027 年放假安排公布"})
    assert rows_of(progress(pending))["办结期限"] == "待定：等 2027 年放假安排公布"
    assert rows_of(progress(RETURNED))["受理日期"] == "还没有受理"


REFUSED = RETURNED.model_copy(
    update={
        "state": CaseState.REFUSED,
        "state_label": "不予受理",
        "wanted": (),
        "holder": "",
        "reason": "由区里办理。请到桃山区市场监督管理局办理，大同街1号",
        "papers": ("不予受理决定 万宝河不〔2026〕1号",),
    }
)


@pytest.mark.rule("R2.3", "R2.4")
def test_a_refused_case_s_slip_says_why_and_where_to_go_and_names_no_due_day() -> None:
    rows = rows_of(progress(REFUSED))
    assert rows["受理日期"] == "没有受理"
    assert "大同街1号" in rows["理由"]
    assert "办结期限" not in rows
    assert "万宝河不〔2026〕1号" in text_of(progress(REFUSED))


def test_a_finished_case_s_slip_says_how_the_result_comes() -> None:
    told = RETURNED.model_copy(update={"state": CaseState.NOTIFIED, "wanted": (), "collect": "请带身份证到综合窗口1号领取"})
    assert rows_of(progress(told))["怎样领取"] == "请带身份证到综合窗口1号领取"
    sent = told.model_copy(update={"state": CaseState.POSTED, "collect": "", "tracking": "EMS 邮件号码 1234567890123"})
    assert rows_of(progress(sent))["邮寄"] == "EMS 邮件号码 1234567890123"


# ------------------------------------------------------------------ all of them

PAPERS = [filing_receipt(FACTS), filing_receipt(NOT_ARRIVED), progress(RETURNED), progress(REFUSED), *(guide(item) for item in ITEMS)]


@pytest.mark.parametrize("paper", PAPERS, ids=lambda paper: f"{paper.document.value} {paper.title}")
def test_no_paper_promises_a_message_a_phone_page_or_a_call(paper: Document) -> None:
    assert not any(promise in text_of(paper) for promise in ("短信", "手机", "微信", "电话通知", "http"))


@pytest.mark.parametrize("paper", PAPERS, ids=lambda paper: f"{paper.document.value} {paper.title}")
def test_no_paper_calls_itself_an_acceptance_notice(paper: Document) -> None:
    assert "受理通知书" not in text_of(paper).replace("不是受理通知书", "")


@pytest.mark.parametrize("paper", PAPERS, ids=lambda paper: f"{paper.document.value} {paper.title}")
@pytest.mark.rule("R8.1")
def test_R8_no_paper_leaves_a_bare_code_or_an_empty_line(paper: Document) -> None:
    assert all(row.value for block in paper.blocks if isinstance(block, Rows) for row in block.rows)
    assert all(item for block in paper.blocks if isinstance(block, Bullets) for item in block.items)
    assert "None" not in text_of(paper)
