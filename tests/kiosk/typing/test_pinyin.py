from __future__ import annotations

from itertools import islice
from pathlib import Path

import pytest

from kiosk.typing.keys import Keys, NotTypeable, digits_of
from kiosk.typing.libpinyin import EngineMissing, LibPinyin
from kiosk.typing.names import NameEngine
from kiosk.typing.pinyin import PinyinEngine
from kiosk.typing.words import WordTable


def _texts(engine: PinyinEngine | NameEngine, text: str, before: str = "") -> list[str]:
    return [each.text for each in engine.candidates(text, before)]


def test_a_whole_sentence_is_converted_at_once(pinyin: PinyinEngine) -> None:
    assert _texts(pinyin, "woxiangbanlidibao")[0] == "我想办理低保"


def test_our_own_places_and_items_come_first_and_a_plain_engine_knows_them_not(pinyin: PinyinEngine) -> None:
    assert _texts(pinyin, "wanbaohezhen")[0] == "万宝河镇"
    plain = LibPinyin()
    plain.parse("wanbaohezhen")
    assert "万宝河镇" not in [guess.text for guess in islice(plain.guesses(), 5)]


def test_a_local_word_stands_inside_a_sentence(pinyin: PinyinEngine) -> None:
    assert _texts(pinyin, "wozhuzaiwanbaohezhen")[0] == "我住在万宝河镇"


def test_each_candidate_says_how_much_of_the_input_it_uses(pinyin: PinyinEngine) -> None:
    found = {each.text: each.used for each in pinyin.candidates("wanbaohezhen")}
    assert found["万宝河镇"] == len("wanbaohezhen")
    assert found["万宝"] == len("wanbao")
    assert found["万"] == len("wan")


def test_a_sentence_is_written_piece_by_piece_when_its_whole_is_not_offered(pinyin: PinyinEngine) -> None:
    whole, left, written, taps = "卫生院厕所漏水没人修", "weishengyuancesuoloushuimeirenxiu", "", 0
    while left:
        each = max(
            (each for each in pinyin.candidates(left, written) if whole[len(written) :].startswith(each.text)),
            key=lambda each: len(each.text),
        )
        left, written, taps = left[each.used :], written + each.text, taps + 1
    assert written == whole
    assert taps <= 4


def test_an_apostrophe_parts_syllables(pinyin: PinyinEngine) -> None:
    assert _texts(pinyin, "xi'an")[0] == "西安"
    assert "现" in _texts(pinyin, "xian")
    assert "现" not in _texts(pinyin, "xi'an")


def test_an_unfinished_syllable_already_has_candidates(pinyin: PinyinEngine) -> None:
    assert "我们" in _texts(pinyin, "wom")[:5]
    assert "中" in _texts(pinyin, digits_of("zhon"))[:8]


@pytest.mark.parametrize(("written", "keys"), [("中国", "94664486"), ("身份证", "743633694364"), ("我想办理低保", "96942642265434226")])
def test_nine_keys_find_words_and_sentences_and_say_their_syllables(pinyin: PinyinEngine, written: str, keys: str) -> None:
    found = pinyin.candidates(keys)
    each = next(each for each in found[:5] if each.text == written)
    assert each.used == len(keys)
    assert digits_of(each.reading.replace("'", "").replace(" ", "")) == keys


def test_a_sentence_says_which_characters_are_a_word(pinyin: PinyinEngine) -> None:
    found = pinyin.candidates("womenmingtianqubeijing")
    assert next(each for each in found if each.text == "我们明天去北京").reading == "wo'men ming'tian qu bei'jing"


def test_a_syllable_chosen_on_nine_keys_binds_what_follows(pinyin: PinyinEngine) -> None:
    assert "雄" in _texts(pinyin, "94664")
    assert "雄" not in _texts(pinyin, "zhong")
    assert all(each.reading.startswith("zhong") for each in pinyin.candidates("zhong486")[:5])


def test_the_next_word_is_guessed(pinyin: PinyinEngine) -> None:
    assert "保险" in pinyin.next_words("社会")
    assert pinyin.next_words("") == []
    assert "治疗" in pinyin.next_words("昨天上午我去医院")
    assert pinyin.next_words("秀") != []
    assert pinyin.next_words("也没有告诉我") == []


def test_typing_never_teaches_the_engine(pinyin: PinyinEngine) -> None:
    before = _texts(pinyin, "shuinibudao")
    for _ in range(5):
        for each in pinyin.candidates("shuinibudao")[5:15]:
            pinyin.candidates("shuinibudao"[each.used :] or "a", each.text)
    assert _texts(pinyin, "shuinibudao") == before


@pytest.mark.parametrize("text", ["", "WAN", "万", "wan bao", "'an", "a" * 61, "wan1", "0", "wan\n"])
def test_what_no_key_sends_is_refused_with_a_sentence(pinyin: PinyinEngine, names: NameEngine, text: str) -> None:
    for engine in (pinyin, names):
        with pytest.raises(NotTypeable, match="letters"):
            engine.candidates(text)


@pytest.mark.parametrize("text", ["v", "uuu", "zzzzzzzz", "qwrtp", "a'''b", "2'2", "9999999999", "i" * 60, "2" * 60])
def test_what_makes_no_syllable_does_no_harm(pinyin: PinyinEngine, names: NameEngine, text: str) -> None:
    for engine in (pinyin, names):
        assert all(0 < each.used <= len(text) for each in engine.candidates(text))


def test_used_is_counted_in_keys_as_typed() -> None:
    keys = Keys.read("xi''an")
    assert (keys.typed, keys.raw(2), keys.raw(4)) == ("xian", 4, 6)


def test_a_missing_table_is_said_plainly(tmp_path: Path) -> None:
    with pytest.raises(EngineMissing, match=r"words\.tsv\.gz"):
        WordTable(tmp_path / "words.tsv.gz")


def test_a_missing_library_is_said_plainly(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kiosk.typing.libpinyin._LIBRARY", "libpinyin.so.0")
    with pytest.raises(EngineMissing, match="apt-get install libpinyin15") as missing:
        LibPinyin()
    assert missing.value.code == "libpinyin_missing"


def test_a_surname_and_a_given_name(names: NameEngine, pinyin: PinyinEngine) -> None:
    assert _texts(names, "wangguilan")[0] == "王桂兰"
    assert "赵淑芬" in _texts(names, "zhaoshufen")[:5]
    assert "欧阳" in _texts(names, "ouyangming")


def test_a_surname_read_as_a_surname(names: NameEngine) -> None:
    assert _texts(names, "shan")[0] == "单"
    assert "任" in _texts(names, "ren")[:3]


def test_after_a_surname_come_given_names(names: NameEngine) -> None:
    assert _texts(names, "guilan", "王")[0] == "桂兰"
    assert _texts(names, "lan", "王桂")[0] == "兰"


def test_names_by_nine_keys(names: NameEngine) -> None:
    assert "王桂兰" in _texts(names, digits_of("wangguilan"))[:5]


def test_a_name_that_no_table_has_can_still_be_written(names: NameEngine) -> None:
    assert "阿依古丽" in _texts(names, "ayiguli") or {"阿", "依"} <= {*_texts(names, "a"), *_texts(names, "yi", "阿")}
