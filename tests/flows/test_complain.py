"""Filing a complaint at a whole terminal: every way to say who, whom, why and with what (R6.1), and nothing given away by its receipt (R6.8)."""

from __future__ import annotations

import pytest
import zxingcpp
from PIL import Image

from demo.place import Place
from kiosk.events import KeyPressed
from kiosk.views import ConsentView, FormView, HomeView, MaterialsView, MessageView, PeopleView, ReadView, ReviewView, WaysView
from kiosk.wire.complaints import Capacity, PartyKind
from tests.center.complaints.place import Town
from tests.flows.complainer import DIGITS, NAME, PHONE, STORY, Complainer
from tests.flows.complaints import conftest
from tests.flows.officer import newest, story, who
from tests.said import said

CARD_NAME, CARD_NUMBER = "王桂兰", "230903194803120022"


place, town, citizen = conftest.place, conftest.town, conftest.citizen


def test_what_can_be_said_is_one_page_of_ways(citizen: Complainer, place: Place) -> None:
    citizen.comes()
    ways = place.citizen.sees(WaysView).ways
    assert [way.label for way in ways] == ["我要投诉", "看我的投诉", "提意见建议", "给办过的事打分"]
    assert all(way.note for way in ways)


@pytest.mark.rule("R6.1", "R6.8")
def test_without_a_card_a_complaint_about_a_window_is_filed_under_six_digits(citizen: Complainer, place: Place, town: Town) -> None:
    # when
    done = citizen.files_without_card()
    # then it is registered, and only the digits open it
    assert done.title == "投诉已经收到"
    row = newest(town.center)
    assert row.number == done.number.replace(" ", "")
    assert (row.about_window, row.about_staff, row.matter) == ("综合窗口1号", None, "manners")
    assert row.digits_hash
    assert not row.complainant_index
    complainant = who(town.center, row)
    assert (complainant.party.name, complainant.party.contact, complainant.party.number) == (NAME[1], PHONE, "")
    assert story(town.center, row) == STORY[1]
    # and the center's days are told, as it named them (R6.2, R6.1)
    assert row.acceptance_due_on is not None
    assert row.evidence_due_on is not None
    days = [place.composition.terminal.work.texts.day(day) for day in (row.acceptance_due_on, row.evidence_due_on)]
    assert all(day in line for day, line in zip(days, done.next_lines, strict=False))


@pytest.mark.rule("R6.8")
def test_neither_receipt_nor_log_nor_any_page_gives_away_who_complained_of_whom(citizen: Complainer, place: Place) -> None:
    # given
    seen = len(place.citizen.seen)
    done = citizen.files_without_card()
    # when the receipt is looked at
    kept = place.composition.outbox.last_receipts(1)[0].document.decode()
    picture = Image.open(place.bench.receipts / place.bench.receipt_names()[0])
    # then its code is the one on screen, of a complaint and no address
    assert [code.text for code in zxingcpp.read_barcodes(picture)] == [done.qr]
    assert done.qr.startswith("OS1P")
    # and neither it nor the last page says who, whom, why, or the digits
    for secret in (NAME[1], PHONE, "综合窗口1号", "服务态度", STORY[1], DIGITS):
        assert secret not in kept
        assert secret not in said(done)
        assert secret not in place.log_text()
    # and the digits were on no page at all, not even while they were typed
    assert not any(DIGITS in said(view) for view in place.citizen.seen[seen:])


@pytest.mark.rule("R6.1")
def test_with_the_card_nothing_that_it_says_is_asked_and_evidence_goes_along(citizen: Complainer, place: Place, town: Town) -> None:
    # given
    citizen.comes()
    people = citizen.reads_and_agrees()
    assert any("中心整体" in card.name for card in people.people)
    citizen.chooses(person="王敏", matter="没有一次告知")
    citizen.tells()
    # when two pages are laid under the camera, and the card on the reader
    place.citizen.touches("evidence_now")
    citizen.captures()
    place.citizen.touches("another")
    citizen.captures()
    place.citizen.touches("primary")
    form = citizen.with_card()
    # then the card's address will do, and neither name nor digits are asked for
    assert [row.code for row in form.fields] == ["phone", "address"]
    assert form.fields[1].value
    place.citizen.touches("primary")
    review = place.citizen.sees(ReviewView)
    assert "王敏" in review.rows[0].value
    assert review.rows[3].value == "2 页"
    done = citizen.hands_in()
    # and the card opens it
    row = newest(town.center)
    assert (row.about_staff, row.about_window) == (town.window.id, "综合窗口1号")
    assert row.complainant_index
    assert not row.digits_hash
    assert (who(town.center, row).party.name, who(town.center, row).party.number) == (CARD_NAME, CARD_NUMBER)
    assert "身份证" in done.subtitle
    assert row.evidence_due_on is None


@pytest.mark.rule("R1.5", "R6.1")
def test_people_are_chosen_by_their_photo_name_window_and_post(citizen: Complainer, place: Place) -> None:
    citizen.comes()
    citizen.reads_and_agrees()
    place.citizen.touches("tab_staff")
    people = place.citizen.sees(PeopleView, lambda view: any(card.name == "王敏" for card in view.people))
    card = next(card for card in people.people if card.name == "王敏")
    assert card.lines == ("综合窗口1号", "窗口岗")
    assert card.photo.startswith(b"\xff\xd8")


@pytest.mark.rule("R6.1")
def test_an_agent_names_whom_they_act_for(citizen: Complainer, place: Place, town: Town) -> None:
    # given
    citizen.comes()
    citizen.reads_and_agrees()
    citizen.chooses(window="综合窗口2号")
    citizen.tells()
    place.citizen.touches("evidence_none")
    citizen.with_card(capacity="agent")
    # when the other's name is left open, and how to reach them
    place.citizen.goes_to("choice_party_kind_legal_person")
    place.citizen.touches("choice_party_kind_legal_person")
    citizen.types("party_name", NAME)
    citizen.closes_keyboard()
    place.citizen.touches("primary")
    # then it is told
    told = place.citizen.sees(FormView, lambda view: view.notice is not None)
    assert "至少填一样" in " ".join(row.error for row in told.fields)
    citizen.types("party_phone", PHONE)
    citizen.closes_keyboard()
    place.citizen.touches_until("primary", ReviewView)
    citizen.hands_in()
    complainant = who(town.center, newest(town.center))
    assert complainant.capacity is Capacity.AGENT
    assert (complainant.party.kind, complainant.party.name, complainant.party.number) == (PartyKind.LEGAL_PERSON, NAME[1], "")
    assert complainant.agent is not None
    assert (complainant.agent.name, complainant.agent.number) == (CARD_NAME, CARD_NUMBER)


@pytest.mark.rule("R6.1")
def test_a_representative_says_how_many_they_speak_for(citizen: Complainer, place: Place, town: Town) -> None:
    citizen.comes()
    citizen.reads_and_agrees()
    citizen.chooses(window="综合窗口2号")
    citizen.tells()
    place.citizen.touches("evidence_none")
    citizen.with_card(capacity="representative")
    citizen.types("group_size", "1")
    citizen.closes_keyboard()
    place.citizen.touches("primary")
    told = place.citizen.sees(FormView, lambda view: view.notice is not None)
    assert "至少 2 人" in " ".join(row.error for row in told.fields)
    place.citizen.touches("field_group_size")
    place.citizen.post(KeyPressed("backspace"))
    citizen.closes_keyboard()
    citizen.types("group_size", "12")
    citizen.closes_keyboard()
    place.citizen.touches_until("primary", ReviewView)
    citizen.hands_in()
    complainant = who(town.center, newest(town.center))
    assert (complainant.capacity, complainant.group_size) == (Capacity.REPRESENTATIVE, 12)


@pytest.mark.rule("R6.1")
def test_whoever_does_not_type_writes_on_paper_and_lays_it_under_the_camera(citizen: Complainer, place: Place, town: Town) -> None:
    citizen.comes()
    citizen.reads_and_agrees()
    citizen.chooses(window="综合窗口1号")
    # when nothing is typed
    place.citizen.touches("primary")
    place.citizen.touches("later")
    # then the camera is next
    camera = place.citizen.sees(MaterialsView)
    assert "写好的纸" in camera.title
    citizen.captures()
    place.citizen.touches("primary")
    citizen.with_card()
    place.citizen.touches("primary")
    citizen.hands_in()
    assert story(town.center, newest(town.center)) == "事情经过写在纸上，见所附照片。"


@pytest.mark.rule("R6.4", "R6.8", "R6.2", "R6.6")
def test_before_anything_is_written_one_reads_what_goes_elsewhere_who_sees_the_name_and_how_long_it_takes(
    citizen: Complainer, place: Place
) -> None:
    citizen.comes()
    place.citizen.touches("way_complain")
    place.citizen.sees(ReadView)
    seen = len(place.citizen.seen) - 1
    place.citizen.touches_until("primary", ConsentView)
    pages = [view for view in place.citizen.seen[seen:] if isinstance(view, ReadView)]
    words = [" ".join(part.text for part in view.parts) for view in pages]
    # the four grounds, each with its way, and no dead end (R6.4)
    elsewhere = next(page for page in words if "不能受理" in page)
    for ground in ("打官司", "正在办", "不服", "别的单位"):
        assert ground in elsewhere
    assert "不确定也可以先提交，中心会告诉您去哪里" in elsewhere
    assert "看不到是谁投诉的" in " ".join(words)
    assert "三个工作日" in " ".join(words)
    # a day is the center's to name
    assert not any("月" in page for page in words)
    # whom to ask is who is configured, and all of it is taken along on paper
    catalogue = place.composition.terminal.work.catalogue
    assert catalogue is not None and catalogue.hotline
    assert catalogue.hotline in elsewhere
    place.citizen.touches("dock_back")
    printed = len(place.bench.receipt_names())
    place.citizen.touches("print")
    place.citizen.sees(MessageView, lambda view: view.title == "打好了，请取走")
    assert len(place.bench.receipt_names()) == printed + 1
    place.citizen.touches("primary")
    # and then one reads on
    place.citizen.sees(ReadView)
    place.citizen.touches_until("primary", ConsentView)
    # refusing leads home
    place.citizen.touches("refuse")
    place.citizen.sees(HomeView)
