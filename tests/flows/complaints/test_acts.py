"""What is handed in to a complaint, and what the center answered (R6.3, R6.6, R6.7); at the terminal against its real center."""

from __future__ import annotations

import pytest

from center.domain.complaint import ComplaintAct
from demo.place import Place
from kiosk.views import (
    CaseListView,
    DoneView,
    FormView,
    MaterialsView,
    MessageView,
    ReadView,
    ReviewView,
    WaysView,
)
from tests.center.complaints.acts import DIRECT, TO_RESULT, do, walk
from tests.center.complaints.place import Town
from tests.flows.complainer import STORY, Complainer
from tests.flows.complaints.receipts import Receipt, opens, read_whole


@pytest.mark.rule("R6.3", "R6.6")
def test_everything_that_was_asked_for_is_supplied_at_once(citizen: Complainer, place: Place, receipt: Receipt, town: Town) -> None:
    # given
    do(town, receipt.id, ComplaintAct.ASK_SUPPLEMENT)
    citizen.comes_back()
    view = opens(place, receipt)
    assert [part.text for part in view.parts if part.kind == "tick"] == ["收费的单据", "经办人是谁"]
    # when a page and a few words are handed in
    place.citizen.touches("primary")
    place.citizen.sees(MaterialsView)
    citizen.captures()
    place.citizen.touches("primary")
    citizen.types("words", STORY)
    citizen.closes_keyboard()
    place.citizen.touches("primary")
    place.citizen.sees(ReviewView)
    place.citizen.touches("primary")
    done = place.citizen.sees(DoneView, lambda view: view.paper.state == "done")
    # then the center has both, and the limit starts anew
    assert town.complaint(receipt.id).state == "received"
    assert "重新计算" in done.next_lines[0]
    assert done.qr == receipt.code


@pytest.mark.rule("R6.1")
def test_evidence_is_neither_words_nor_pages_owed_but_one_of_them(citizen: Complainer, place: Place, receipt: Receipt, town: Town) -> None:
    citizen.comes_back()
    opens(place, receipt)
    place.citizen.touches("primary")
    place.citizen.sees(MaterialsView)
    place.citizen.touches("not_with_me")
    place.citizen.touches("primary")
    place.citizen.touches("primary")
    told = place.citizen.sees(FormView, lambda view: bool(view.fields[0].error))
    assert "至少一样" in told.fields[0].error
    citizen.types("words", STORY)
    citizen.closes_keyboard()
    place.citizen.touches("primary")
    place.citizen.sees(ReviewView)
    # each row leads to its page and back
    place.citizen.touches("edit_evidence")
    place.citizen.sees(MaterialsView)
    place.citizen.touches("dock_back")
    place.citizen.sees(ReviewView)
    place.citizen.touches("edit_words")
    place.citizen.sees(FormView)
    place.citizen.touches("primary")
    place.citizen.sees(ReviewView)
    # handed in while the center is away: kept, and said so
    place.center_closes()
    place.citizen.touches("primary")
    kept = place.citizen.sees(DoneView)
    assert kept.title == "已保存，稍后送达"
    place.citizen.touches("primary")
    # and it goes out by itself
    place.center_opens()
    place.citizen.waits(lambda: any(each.act == "add_evidence" for each in _events(town, receipt)))


def _events(town: Town, receipt: Receipt) -> list[object]:
    from center.complaints.events import events_of

    with town.center.database.reading() as session:
        return list(events_of(town.center, session, town.complaint(receipt.id)))


@pytest.mark.rule("R6.7")
def test_the_written_result_is_read_and_printed_then_answered_and_brought_to_a_review_until_its_day(
    citizen: Complainer, place: Place, receipt: Receipt, town: Town
) -> None:
    # given a result in writing
    walk(town, receipt.id, *DIRECT, *TO_RESULT)
    citizen.comes_back()
    view = opens(place, receipt)
    row = town.complaint(receipt.id)
    assert row.answer_until is not None
    until = place.composition.terminal.work.texts.day(row.answer_until)
    assert view.panel is not None
    assert until in view.panel.detail
    assert "属实" in read_whole(place)
    # its papers are read, the newest first, and printed
    place.citizen.touches("papers")
    papers = place.citizen.sees(CaseListView)
    assert [row.title for row in papers.rows] == ["效能投诉处理结果告知书", "效能投诉受理告知书"]
    place.citizen.touches("paper_1")
    assert "您反映的情况属实" in read_whole(place, "效能投诉处理结果告知书")
    printed = len(place.bench.receipt_names())
    place.citizen.touches("print")
    place.citizen.sees(MessageView, lambda view: view.title == "打好了，请取走")
    assert len(place.bench.receipt_names()) == printed + 1
    place.citizen.touches("primary")
    place.citizen.touches("primary")
    place.citizen.touches("dock_back")
    # both rights stand there with their day and the body that reviews
    place.citizen.sees(ReadView)
    place.citizen.touches("primary")
    ways = place.citizen.sees(WaysView)
    assert [way.label for way in ways.ways] == ["向中心申辩", "申请复查、复核"]
    assert until in ways.ways[1].note
    # when the answer is handed in
    _says(citizen, "act_answer")
    assert town.complaint(receipt.id).state == "answered"
    place.citizen.touches("primary")
    # then a review can still be asked for
    citizen.wakes()
    opens(place, receipt)
    place.citizen.touches("primary")
    _says(citizen, "")
    assert town.complaint(receipt.id).state == "under_review"


def _says(citizen: Complainer, way: str) -> None:
    """Words, checked and handed in."""
    if way:
        citizen.place.citizen.touches(way)
    # nothing written is told
    citizen.place.citizen.sees(FormView)
    citizen.place.citizen.touches("primary")
    citizen.place.citizen.sees(FormView, lambda view: view.notice is not None)
    citizen.types("words", STORY)
    citizen.closes_keyboard()
    citizen.place.citizen.touches("primary")
    citizen.place.citizen.sees(ReviewView)
    citizen.place.citizen.touches("primary")
    citizen.place.citizen.sees(DoneView, lambda view: view.title == "已经收到" and view.paper.state == "done")


@pytest.mark.rule("R6.4")
def test_a_refusal_is_read_with_its_reason_and_its_way(citizen: Complainer, place: Place, receipt: Receipt, town: Town) -> None:
    do(town, receipt.id, ComplaintAct.REFUSE)
    citizen.comes_back()
    view = opens(place, receipt)
    assert view.actions[-1].label == "看完了"
    place.citizen.touches("papers")
    words = read_whole(place, "效能投诉不予受理告知书")
    for said in ("应当诉讼", "制度第三部分", "向法院起诉"):
        assert said in words


@pytest.mark.rule("R6.7")
def test_what_the_center_will_not_take_any_more_is_said_and_kept(citizen: Complainer, place: Place, receipt: Receipt, town: Town) -> None:
    # given a complaint that was open to evidence when it was opened
    walk(town, receipt.id, *DIRECT)
    citizen.comes_back()
    opens(place, receipt)
    place.citizen.touches("primary")
    place.citizen.sees(MaterialsView)
    place.citizen.touches("not_with_me")
    place.citizen.touches("primary")
    citizen.types("words", STORY)
    citizen.closes_keyboard()
    place.citizen.touches("primary")
    place.citizen.sees(ReviewView)
    # when the officer is faster
    walk(town, receipt.id, ComplaintAct.FIND)
    place.citizen.touches("primary")
    refused = place.citizen.sees(DoneView)
    assert refused.title == "已保存，请到中心"
    assert "不能这样办" in refused.next_lines[0]
