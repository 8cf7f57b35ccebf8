"""The check page of what is added to a complaint looks again: neither words nor pages are no evidence."""

from __future__ import annotations

from demo.place import Place
from kiosk.events import BackPressed
from kiosk.views import DoneView, FormView, MaterialsView, ReviewView
from tests.flows.complainer import STORY, Complainer
from tests.flows.complaints.receipts import Receipt, opens
from tests.flows.eraser import erases, to_change


def test_words_cleared_from_the_check_page_are_asked_for_before_it_is_handed_in(
    citizen: Complainer, place: Place, receipt: Receipt
) -> None:
    # given words and no pages
    hand = place.citizen
    citizen.comes_back()
    opens(place, receipt)
    hand.touches("primary")
    hand.sees(MaterialsView)
    hand.touches("not_with_me")
    hand.touches("primary")
    hand.sees(FormView)
    citizen.types("words", STORY)
    citizen.closes_keyboard()
    hand.touches("primary")
    assert to_change(hand.sees(ReviewView)) == []
    # when the words are cleared, and left by 返回
    hand.touches("edit_words")
    erases(hand, "words")
    hand.touches("dock_back")
    # then it is marked, and handing in leads there
    assert to_change(hand.sees(ReviewView)) == ["说明"]
    hand.touches("primary")
    told = hand.sees(FormView, lambda view: bool(view.fields[0].error))
    assert "至少一样" in told.fields[0].error
    citizen.types("words", STORY)
    citizen.closes_keyboard()
    hand.touches("primary")
    # and 返回 walks back: words, pages, and on again
    assert to_change(hand.sees(ReviewView)) == []
    hand.post(BackPressed())
    hand.sees(FormView)
    hand.post(BackPressed())
    hand.sees(MaterialsView)
    hand.touches("primary")
    hand.sees(FormView)
    hand.touches("primary")
    hand.sees(ReviewView)
    hand.touches("primary")
    assert hand.sees(DoneView).title in ("已经收到", "已保存，稍后送达")
