"""Pinyin with 26 and with nine keys, as a citizen types it, with the real engine."""

from __future__ import annotations

import pytest

from kiosk.events import CandidateChosen, CandidatesOpened, CandidatesTurned, KeyboardChosen, SyllableChosen, TypingTold
from kiosk.journeys.writing import Takes
from kiosk.journeys.writing.syllables import parted
from kiosk.typing.answers import Candidate, Candidates, Way
from tests.kiosk.writing.conftest import Citizen


def test_what_is_composed_is_shown_apart_from_what_is_written(citizen: Citizen) -> None:
    citizen.begin(Takes.ADDRESS, "桃山区").types("wanbaohezhen")
    assert citizen.typed.text == "桃山区万宝河镇"
    assert citizen.marked == "万宝河镇" and citizen.typed.caret == 7
    assert citizen.writing.text == "桃山区"
    assert citizen.bar.composing == "wan'bao'he'zhen"
    assert citizen.bar.will_type == "将输入“万宝河镇”"
    assert citizen.bar.candidates[0].selected and not citizen.bar.candidates[1].selected


def test_finish_writes_what_is_shown(citizen: Citizen) -> None:
    citizen.begin(Takes.ADDRESS, "桃山区").types("wanbaohezhen")
    assert citizen.writing.finish() == "桃山区万宝河镇"
    assert citizen.typed.marked == (0, 0)


def test_space_takes_the_first_and_the_next_words_are_offered(citizen: Citizen) -> None:
    citizen.begin(Takes.TEXT).types("shehui").presses("space").waits()
    assert citizen.writing.text == "社会" and citizen.marked == ""
    assert citizen.bar.composing == "" and citizen.bar.will_type == ""
    citizen.chooses("保险")
    assert citizen.writing.text == "社会保险"
    citizen.presses("backspace")
    assert citizen.writing.text == "社会保" and citizen.candidates == []


def test_a_space_pressed_before_the_answer_still_writes_the_word(citizen: Citizen) -> None:
    citizen.begin(Takes.TEXT).presses(*"women", "space", *"shenqing", "space").waits()
    assert citizen.writing.text.startswith("我们")
    assert citizen.waits().writing.finish() == "我们申请"


_COMPLAINT = (
    ("wojia", "我家"),
    ("houmiande", "后面的"),
    ("shuigou", "水沟"),
    ("qunianqiutian", "去年秋天"),
    ("bei", "被"),
    ("linju", "邻居"),
    ("yong", "用"),
    ("tu", "土"),
    ("tian", "填"),
    ("le", "了"),
    ("yuanzilidoushishui", "院子里都是水"),
    ("qingpairenlaikankan", "请派人来看看"),
    ("chongxin", "重新"),
    ("wakai", "挖开"),
    ("jiejue", "解决"),
    ("wenti", "问题"),
    ("xiexie", "谢谢"),
)


def test_a_complaint_of_forty_characters(citizen: Citizen) -> None:
    citizen.begin(Takes.TEXT, limit=200)
    for letters, text in _COMPLAINT:
        citizen.types(letters).chooses(text)
    citizen.does(KeyboardChosen("symbols")).presses("。")
    assert citizen.writing.finish() == "".join(text for _, text in _COMPLAINT) + "。"
    assert len(citizen.writing.text) >= 40 and citizen.typed.counter == f"{len(citizen.writing.text)}/200"


def test_a_candidate_for_a_part_is_fixed_and_the_rest_goes_on(citizen: Citizen) -> None:
    citizen.begin(Takes.ADDRESS).types("wanbaohezhen").chooses("完")
    assert citizen.marked.startswith("完") and len(citizen.marked) == 4
    assert citizen.bar.composing == "完bao'he'zhen"
    assert citizen.writing.text == ""
    citizen.presses(*["backspace"] * len("baohezhen")).waits()
    assert citizen.marked == "完" and citizen.bar.will_type == "将输入“完”" and citizen.candidates == ["完"]
    citizen.presses("backspace").waits()  # the letters are away: now what was chosen is letters again
    assert citizen.bar.composing == "wan" and citizen.writing.text == ""
    citizen.presses("backspace", "backspace", "backspace").waits()
    assert citizen.typed.text == "" and citizen.bar.composing == ""


def test_tapping_inside_what_is_composed_fixes_what_stands_before(citizen: Citizen) -> None:
    citizen.begin(Takes.ADDRESS, "住").types("wanbaohezhen").taps_text(3)
    assert citizen.typed.text[:3] == "住万宝" and citizen.bar.composing == "万宝he'zhen"
    assert all(len(each) <= 2 for each in citizen.candidates)
    citizen.taps_text(1)  # before the first of it: nothing is fixed any more
    assert citizen.bar.composing == "wan'bao'he'zhen"
    citizen.taps_text(0)  # outside: it is written
    assert citizen.writing.text == "住万宝河镇" and citizen.typed.caret == 0


def test_a_word_is_corrected_by_tapping_behind_it(citizen: Citizen) -> None:
    citizen.begin(Takes.TEXT).types("wanbao").chooses("晚报").types("shenqing").presses("space").waits()
    assert citizen.writing.text == "晚报申请"
    citizen.taps_text(2)
    assert citizen.bar.will_type == "改“晚报”，请选" and citizen.bar.composing == "wan'bao"
    assert "晚报" not in citizen.candidates
    citizen.chooses("万宝")
    assert citizen.writing.text == "万宝申请" and citizen.typed.caret == 2
    citizen.taps_text(1).chooses("完")  # inside a word, a candidate for its first syllable
    assert citizen.writing.text == "完宝申请"


def test_what_was_there_before_is_not_offered_anew(citizen: Citizen) -> None:
    citizen.begin(Takes.TEXT, "万宝河镇").taps_text(2)
    assert citizen.candidates == [] and citizen.typed.caret == 2


def test_of_a_sentence_only_a_few_characters_from_the_caret_on_are_offered(citizen: Citizen) -> None:
    citizen.begin(Takes.TEXT).types("womenyaoshenqingdibao").presses("space").waits()
    assert citizen.writing.text == "我们要申请低保"
    citizen.taps_text(6)
    assert citizen.bar.composing == "di'bao"


@pytest.mark.parametrize(
    ("caret", "word", "other"),
    [(1, "我们", "我门"), (2, "我们", "我门"), (3, "明天", "名"), (4, "明天", "名"), (5, "去", "区"), (6, "北京", "背景")],
)
def test_of_a_sentence_the_word_at_the_caret_is_offered_anew(citizen: Citizen, caret: int, word: str, other: str) -> None:
    citizen.begin(Takes.TEXT).types("womenmingtianqubeijing").presses("space").waits()
    assert citizen.writing.text == "我们明天去北京"
    citizen.taps_text(caret)
    assert citizen.bar.will_type == f"改“{word}”，请选"
    assert all(len(each) <= len(word) for each in citizen.candidates)
    start = citizen.writing.text.index(word)
    citizen.chooses(other)
    assert citizen.writing.text == "我们明天去北京"[:start] + other + "我们明天去北京"[start + len(other) :]


def test_so_it_is_with_nine_keys_and_while_a_part_was_chosen_first(citizen: Citizen) -> None:
    citizen.begin(Takes.TEXT).does(KeyboardChosen("nine")).types("9663664648426").presses("space").waits()
    assert citizen.writing.text == "我们明天"
    assert citizen.taps_text(3).bar.composing == "ming'tian"
    citizen.begin(Takes.TEXT).types("womenmingtianqubeijing").chooses("我们").presses("space").waits().taps_text(2)
    assert citizen.bar.will_type == "改“我们”，请选"


@pytest.mark.parametrize("keys", ["98", "946", "64426", "94264", "926226"])
def test_no_answer_moves_a_syllable_from_under_the_finger(citizen: Citizen, keys: str) -> None:
    citizen.begin(Takes.TEXT).does(KeyboardChosen("nine")).types(keys[:-1]).presses(keys[-1])
    shown = citizen.keyboard.syllables
    assert shown and citizen.waits().keyboard.syllables == shown
    chosen = shown[-1]
    assert chosen.event is not None
    citizen.does(chosen.event).waits()
    assert citizen.bar.composing.startswith(chosen.label)


def test_a_syllable_that_the_keys_spell_no_more_is_not_taken(citizen: Citizen) -> None:
    citizen.begin(Takes.TEXT).does(KeyboardChosen("nine")).types("96")
    chosen = next(button.event for button in citizen.keyboard.syllables if button.label == "wo")
    citizen.presses("backspace", "8").waits()
    before = citizen.typed, citizen.keyboard
    assert chosen is not None and citizen.does(chosen).waits().keyboard == before[1] and citizen.typed == before[0]


_LONG = "womenmingtianqubeijingkanpengyouranhouhuijiachifanshuijiao"


def test_an_input_is_no_longer_than_an_engine_reads(citizen: Citizen) -> None:
    citizen.begin(Takes.TEXT, limit=200).types(_LONG + "b" * (60 - len(_LONG)))
    assert citizen.keyboard.remark == "" and citizen.candidates
    before = citizen.bar.composing
    citizen.presses("a").waits()
    assert citizen.bar.composing == before and citizen.candidates
    assert citizen.keyboard.remark == "先选好前面的字，再接着打"


def test_what_was_chosen_is_not_made_keys_again_where_they_would_be_too_many(citizen: Citizen) -> None:
    citizen.begin(Takes.TEXT, limit=200).types(_LONG).chooses("我们").types("mingtianzaijian")
    before, text = citizen.bar.composing, citizen.typed.text
    citizen.taps_text(0)
    assert citizen.bar.composing == before and citizen.typed.text == text and citizen.candidates
    assert citizen.keyboard.remark == "先选好前面的字，再接着打"


def test_what_an_engine_would_not_read_is_said(citizen: Citizen) -> None:
    citizen.begin(Takes.TEXT).presses(*"women")
    number = citizen.writing._editor.asked[Way.PINYIN]._number
    citizen.does(TypingTold(1, Candidates(number, (), "pinyin_invalid")))
    assert citizen.candidates == [] and citizen.keyboard.note is not None
    citizen.presses("backspace").waits()
    assert citizen.candidates and citizen.keyboard.note is None


def test_a_better_word_that_is_longer_and_does_not_fit_is_refused(citizen: Citizen) -> None:
    """Of three characters one is to be replaced by two: xian is also xi'an."""
    citizen.begin(Takes.TEXT, "去过", limit=3).types("xian").chooses("线").taps_text(3)
    longer = next(n for n, each in enumerate(citizen.candidates) if len(each) == 2)
    assert citizen.bar.candidates[longer].event is None and citizen.bar.candidates[longer].note == "写不下"
    citizen.does(CandidateChosen(longer, citizen.candidates[longer])).waits()
    assert citizen.writing.text == "去过线" and "3" in citizen.keyboard.remark


def test_a_better_word_for_a_part_that_is_longer_and_does_not_fit_is_refused(citizen: Citizen) -> None:
    citizen.begin(Takes.TEXT, limit=2).types("xiansheng").chooses("先生").taps_text(2).chooses("西安")  # in place of 先 alone
    assert citizen.writing.text == "先生" and "2" in citizen.keyboard.remark


def test_a_given_name_follows_its_surname(citizen: Citizen) -> None:
    alone = citizen.begin(Takes.NAME).types("zhang").candidates
    after = citizen.begin(Takes.NAME, "王").types("zhang").candidates
    assert alone[0] == "张" and after[0] != "张"


def test_all_candidates_a_page_at_a_time(citizen: Citizen) -> None:
    citizen.begin(Takes.TEXT).types("shi")
    assert citizen.bar.more is not None and citizen.keyboard.grid is None
    grid = citizen.does(CandidatesOpened(True)).keyboard.grid
    assert grid is not None
    assert len(grid.rows) == 4 and all(sum(cells for _, cells in row) <= 5 for row in grid.rows)
    assert grid.previous.event is None and grid.page.startswith("第 1 页")
    citizen.does(CandidatesTurned(1))
    turned = citizen.keyboard.grid
    assert turned is not None and turned.rows[0][0][0].id == "candidate_20"
    assert citizen.does(CandidatesOpened(False)).keyboard.grid is None
    citizen.does(CandidatesOpened(True), CandidatesTurned(99))
    last = citizen.keyboard.grid
    assert last is not None and last.next.event is None


def test_nine_keys_and_their_syllables(citizen: Citizen) -> None:
    citizen.begin(Takes.ADDRESS).does(KeyboardChosen("nine")).types("926226")
    assert citizen.marked == "万宝" and citizen.bar.composing == "wan'bao"
    labels = [button.label for button in citizen.keyboard.syllables]
    assert {"wan", "yan", "zao"} <= set(labels) and len(labels) <= 8
    citizen.does(SyllableChosen("zao")).waits()
    assert citizen.bar.composing.startswith("zao'") and citizen.candidates[0][0] in "早造遭糟枣"
    citizen.presses("backspace").waits()  # the choice is taken back, the keys stay
    assert citizen.marked == "万宝"
    citizen.presses("space").waits().taps_text(2)
    assert citizen.bar.composing == "wan'bao" and "晚报" in citizen.candidates


def test_nine_keys_that_spell_nothing_are_said_and_never_written_as_digits(citizen: Citizen) -> None:
    citizen.begin(Takes.ADDRESS, "东").does(KeyboardChosen("nine")).types("9" * 12)
    assert citizen.keyboard.done_enabled is False
    assert not any(char.isdigit() for char in citizen.writing.finish())


def test_a_name_is_typed_in_name_mode_and_followed_by_nothing(citizen: Citizen) -> None:
    citizen.begin(Takes.NAME).types("wangguilan")
    assert citizen.marked == "王桂兰"
    citizen.presses("space").waits()
    assert citizen.writing.text == "王桂兰" and citizen.candidates == []


def test_a_search_stays_letters_until_a_candidate_is_chosen(citizen: Citizen) -> None:
    citizen.begin(Takes.SEARCH).types("yl")
    assert citizen.typed.text == "yl" and "医疗" in citizen.candidates
    assert citizen.writing.finish() == "yl"
    citizen.begin(Takes.SEARCH).types("yanglao").chooses("养老")
    assert citizen.writing.text == "养老"


def test_letters_that_mean_nothing_in_chinese_stand_as_they_are(citizen: Citizen) -> None:
    citizen.begin(Takes.TEXT).types("vv")
    assert citizen.candidates == [] and citizen.typed.text == "vv"
    assert citizen.presses("space").waits().writing.text == "vv"


def test_the_caret_is_placed_and_typed_at(citizen: Citizen) -> None:
    citizen.begin(Takes.ADDRESS, "桃山𠮷村").taps_text(3).types("wanbao").presses("space").waits()
    assert citizen.writing.text == "桃山𠮷万宝村" and citizen.typed.caret == 5
    citizen.presses("backspace", "backspace", "backspace")
    assert citizen.writing.text == "桃山村"


@pytest.mark.parametrize(
    ("keys", "count", "parts"),
    [
        ("wanbaohezhen", 0, "wan'bao'he'zhen"),
        ("xian", 1, "xian"),
        ("xian", 2, "xi'an"),
        ("fangan", 2, "fang'an"),
        ("wbhz", 4, "w'b'h'z"),
        ("xi'an", 0, "xi'an"),
        ("926226", 2, "926'226"),
        ("xi'26", 2, "xi'26"),
        ("women", 3, "wo'me'n"),
        ("vv", 0, ""),
    ],
)
def test_keys_are_parted_into_syllables(keys: str, count: int, parts: str) -> None:
    assert "'".join(parted(keys, count)) == parts


def test_an_answer_to_an_earlier_input_changes_nothing(citizen: Citizen) -> None:
    citizen.begin(Takes.TEXT).types("women")
    before = citizen.typed, citizen.keyboard
    assert citizen.writing.handle(TypingTold(1, Candidates(0, (Candidate("错", 5),)))) is False
    assert (citizen.typed, citizen.keyboard) == before


def test_a_tap_takes_the_word_that_was_tapped_though_newer_ones_came_meanwhile(citizen: Citizen) -> None:
    citizen.begin(Takes.ADDRESS).types("wan")
    shown = [button.event for button in citizen.bar.candidates]
    citizen.presses(*"bao").waits()
    now = [button.label for button in citizen.bar.candidates]
    kept = next(
        event for event in shown if isinstance(event, CandidateChosen) and event.text in now and now.index(event.text) != event.index
    )
    gone = next(event for event in shown if isinstance(event, CandidateChosen) and event.text not in now)
    before = citizen.typed
    assert citizen.does(gone).typed == before
    citizen.does(kept)
    assert citizen.typed.text.startswith(kept.text)
    assert citizen.bar.composing == f"{kept.text}bao"
