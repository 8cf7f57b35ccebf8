"""好差评: after a finished matter, by a receipt's code, offline too; once, and nobody at the window learns who (R10)."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from demo.place import Place, open_place
from kiosk.events import BackPressed, CatalogueChanged, Woken
from kiosk.journeys.codes import receipt_code
from kiosk.journeys.rate.sheet import RatingSheet
from kiosk.ports import DeviceKind
from kiosk.views import AttractView, DoneView, FormView, HomeView, MessageView, RateView, ScanView, WaysView
from kiosk.wire.services import RatingAnswer
from tests.flows.clerk import Clerk, center_away
from tests.flows.filer import Filer
from tests.said import said

_THANKS = "谢谢您的评价"


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    with open_place(tmp_path_factory.mktemp("place")) as here:
        Clerk(here).is_employed()
        here.citizen.waits(lambda: here.composition.terminal.work.catalogue is not None)
        yield here


@pytest.fixture(autouse=True)
def _a_visit(place: Place) -> Iterator[None]:
    place.citizen.sees(AttractView)
    yield
    place.bench.hold_code()
    place.bench.lay_page(None)
    Filer(place).leaves()


def _finishes(place: Place) -> RateView:
    """An application is handed in, and everything taken."""
    _takes_everything(place, Filer(place).files())
    return place.citizen.sees(RateView)


def _takes_everything(place: Place, done: DoneView) -> None:
    assert "结束" in done.actions[-1].label
    place.bench.lift_card()
    place.citizen.sees(DoneView, lambda view: view.card is None)
    place.citizen.touches("primary")


def _all_sent(place: Place) -> bool:
    return place.composition.outbox.unsent() == 0


def _filed_code(place: Place) -> str:
    """The code on the receipt of an application that was not rated."""
    _finishes(place)
    code = place.composition.terminal.work.session.sheet(RatingSheet).code
    place.citizen.touches("skip")
    place.citizen.sees(AttractView)
    place.citizen.waits(lambda: _all_sent(place))
    return code


def _holds_up(place: Place, code: str) -> None:
    place.citizen.post(Woken())
    place.citizen.touches("way_grievances")
    place.citizen.sees(WaysView)
    place.citizen.touches("way_rating")
    place.citizen.sees(ScanView)
    place.bench.hold_code(text=code)


def test_it_opens_by_itself_after_a_finished_matter_and_ends_with_it(place: Place) -> None:
    citizen = place.citizen
    first = _finishes(place)
    # given five levels, the best first, and nothing else asked
    assert [level.label for level in first.levels] == ["非常满意", "满意", "基本满意", "不满意", "非常不满意"]
    assert not first.tags and first.words is None
    assert "窗口看不到是谁评的" in first.notice.text
    # when one is chosen, what fits it is asked
    citizen.touches("level_5")
    good = citizen.sees(RateView, lambda view: bool(view.tags))
    citizen.touches("tag_kind")
    citizen.touches("level_1")
    bad = citizen.sees(RateView, lambda view: view.levels[4].selected)
    citizen.touches("level_3")
    both = citizen.sees(RateView, lambda view: view.levels[2].selected)
    assert not {tag.id for tag in good.tags} & {tag.id for tag in bad.tags}
    assert {tag.id for tag in both.tags} == {tag.id for tag in (*good.tags, *bad.tags)}
    assert not any(tag.selected for tag in both.tags), "what does not fit the level is not said with it"
    citizen.touches("level_4")
    citizen.touches("tag_quick")
    citizen.sees(RateView, lambda view: any(tag.selected for tag in view.tags))
    session = place.composition.terminal.work.session
    citizen.touches("primary")
    citizen.sees(MessageView, lambda view: view.title == _THANKS)
    # then it goes behind what it is about, and the session ends
    citizen.waits(lambda: any(isinstance(each.answer, RatingAnswer) for each in session.submitted.values()))
    (rated,) = [each.answer for each in session.submitted.values() if isinstance(each.answer, RatingAnswer)]
    assert (rated.stage, rated.level) == ("filing", 4)
    citizen.touches("primary")
    citizen.sees(AttractView)


def test_leaving_it_out_is_one_tap(place: Place) -> None:
    rate = _finishes(place)
    assert [action.label for action in rate.actions] == ["不评价，结束"]
    assert next(button for button in rate.chrome.dock if button.id == "dock_back").event is None, "the paper is not printed again"
    place.citizen.touches("skip")
    place.citizen.sees(AttractView)


def test_own_words_may_be_written_and_stay_when_one_goes_back(place: Place) -> None:
    citizen = place.citizen
    _finishes(place)
    citizen.touches("level_2")
    citizen.touches("field_words")
    form = citizen.sees(FormView)
    assert form.title == "还想说什么？"
    # none are owed
    citizen.touches("primary")
    citizen.sees(RateView, lambda view: view.levels[3].selected)
    # written, they are on the page of the rating, and back from their form leads there too
    citizen.touches("field_words")
    citizen.sees(FormView)
    place.composition.terminal.work.session.sheet(RatingSheet).values["words"] = "等了一上午"
    citizen.post(BackPressed())
    citizen.sees(RateView, lambda view: view.words is not None and view.words.value == "等了一上午")
    citizen.touches("primary")
    citizen.sees(MessageView, lambda view: view.title == _THANKS)
    citizen.waits(lambda: _all_sent(place))


def test_by_a_receipt_s_code_a_case_is_rated_once(place: Place) -> None:
    citizen = place.citizen
    code, refused = _filed_code(place), place.composition.outbox.refused()
    # given the receipt of a case; it shows its state and nothing of a person
    _holds_up(place, code)
    rate = citizen.sees(RateView)
    assert "欧阳" not in said(rate)
    citizen.touches("level_5")
    citizen.touches("primary")
    thanks = citizen.sees(MessageView, lambda view: view.title == _THANKS)
    assert thanks.actions[0].label == "好了"
    citizen.waits(lambda: _all_sent(place))
    citizen.touches("primary")
    citizen.sees(HomeView)
    # when it is rated again, the center says politely that it was
    citizen.leaves()
    place.bench.hold_code()
    _holds_up(place, code)
    citizen.sees(RateView)
    citizen.touches("level_1")
    citizen.touches("primary")
    citizen.sees(MessageView, lambda view: any("已经评价过了，谢谢您" in line for line in view.lines))
    assert place.composition.outbox.refused() == refused, "nobody has to mend it"


def test_a_receipt_that_the_center_does_not_know_is_said_politely(place: Place) -> None:
    work = place.composition.terminal.work
    code = receipt_code(work, work.outbox.next_receipt_number(work.clock.now()))
    _holds_up(place, code)
    told = place.citizen.sees(MessageView, lambda view: "打分" in view.title and bool(view.lines))
    assert told.lines[0]
    place.citizen.touches("primary")
    place.citizen.sees(ScanView)


def test_a_code_that_is_no_receipt_leads_where_it_leads_everywhere(place: Place) -> None:
    _holds_up(place, "https://example.org/")
    place.citizen.sees(MessageView, lambda view: "不是本中心的码" in view.title)
    place.citizen.touches("primary")
    place.citizen.sees(ScanView)


def test_a_scanner_that_is_out_leaves_the_own_cases(place: Place) -> None:
    citizen = place.citizen
    citizen.post(Woken())
    citizen.touches("way_grievances")
    citizen.touches("way_rating")
    place.bench.unplug(DeviceKind.SCANNER)
    try:
        out = citizen.sees(ScanView, lambda view: view.ways[0][3] == "absent")
        assert "放身份证" in out.notice.text
        citizen.touches("own")
        citizen.sees(ScanView, lambda view: len(view.ways) == 2)
        citizen.post(BackPressed())
    finally:
        place.bench.plug(DeviceKind.SCANNER)
    citizen.sees(ScanView, lambda view: view.ways[0][3] == "ready" and len(view.ways) == 1)


def test_with_the_center_away_it_is_kept_behind_what_it_is_about_and_goes_out_later(place: Place) -> None:
    citizen = place.citizen
    code, refused = _filed_code(place), place.composition.outbox.refused()
    with center_away(place):
        # a matter finished just now
        _finishes(place)
        citizen.touches("level_5")
        citizen.touches("primary")
        citizen.sees(MessageView, lambda view: view.title == _THANKS)
        citizen.touches("primary")
        citizen.sees(AttractView)
        # and one of before, by its receipt
        _holds_up(place, code)
        citizen.sees(RateView)
        citizen.touches("level_4")
        citizen.touches("primary")
        citizen.sees(MessageView, lambda view: view.title == _THANKS and any("自动送出" in line for line in view.lines))
        assert place.composition.outbox.unsent() == 3
    citizen.waits(lambda: _all_sent(place))
    assert place.composition.outbox.refused() == refused


def test_nothing_is_rated_that_the_center_refused_and_its_receipt_promises_nothing(place: Place) -> None:
    # given items that the center does not have any more
    work, outbox = place.composition.terminal.work, place.composition.outbox
    listed = work.catalogue
    assert listed is not None
    gone = tuple(item.model_copy(update={"version": item.version + 90}) for item in listed.items)
    place.citizen.post(CatalogueChanged(listed.model_copy(update={"items": gone})))
    try:
        # when one of them is applied for
        done = Filer(place).files()
        assert done.title == "申请已保存，请到窗口"
        kept = outbox.last_receipts(1)[0].document.decode()
        _takes_everything(place, done)
    finally:
        place.citizen.post(CatalogueChanged(listed))
    # then the session ends without a question
    place.citizen.sees(AttractView)
    # and the paper sends its reader to the window, and says nothing of what the center will do
    assert "没有送达" in kept
    assert "人工窗口" in kept
    assert "自动送出" not in kept
    assert "送到中心以后" not in kept
    assert "扫码看进度" not in kept


def test_back_keeps_the_level_for_the_same_matter(place: Place) -> None:
    citizen = place.citizen
    code = _filed_code(place)
    _holds_up(place, code)
    citizen.touches("level_2")
    citizen.sees(RateView, lambda view: view.levels[3].selected)
    citizen.post(BackPressed())
    citizen.sees(ScanView)
    place.bench.hold_code()
    place.bench.hold_code(text=code)
    citizen.sees(RateView, lambda view: view.levels[3].selected)
    citizen.touches("skip")
    citizen.sees(HomeView)
