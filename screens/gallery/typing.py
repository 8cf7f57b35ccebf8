"""Gallery: every keyboard in its field, as far as it is not written by hand."""

from __future__ import annotations

from dataclasses import replace

from kiosk.views import CandidateBar, FormView, KeyboardKind, KeyLabels, Panel, Tone, Typed, ViewData
from screens.gallery import keyboards as kb
from screens.gallery.fields import LEVEL, NUMBER, PHONE, address, beside, form, typing
from screens.gallery.shell import FOREIGN_PERSON, RARE_PERSON, chrome

_TOWN = kb.composed("wan'bao'he'zhen", "万宝河镇 万宝河真 万宝河阵 万宝河震 万宝河 万宝 晚报 万 晚 完 湾 玩 碗 丸")
_TOWN_AND_MORE = kb.composed(
    "wan'bao'he'zhen'wan",
    "万宝河镇万 万宝河镇晚 万宝河镇完 万宝河镇玩 万宝河镇 万宝河 万宝 晚报 万 晚 完 湾 玩 碗 丸 皖 弯 婉",
)
_WRITING = replace(kb.PINYIN, bar=_TOWN)
_STREET = "桃山区万宝河镇"
_ADDRESS = address(_STREET, marked=(3, 7))

_COMPLAINT = "我要投诉隔壁的养鸡场"
_SENTENCE = kb.composed(
    "wo'yao'tou'su'ge'bi'de'yang'ji'chang'tian'le'wo'jia'de'shui'gou",
    f"{_COMPLAINT}天了我家的水沟 我要投诉戈壁的养鸡场天了我家的水沟 {_COMPLAINT}天了我家得水沟 我要投诉隔壁得养鸡场天了我家的水沟 "
    f"{_COMPLAINT}天了我家的 {_COMPLAINT}天了我家 {_COMPLAINT}天了 {_COMPLAINT}天 {_COMPLAINT} 我要投诉隔壁的 我要投诉隔壁 我要投诉 我要 我",
)
_MOST = f"{_COMPLAINT}天了我家的水沟到现在有"
_ALL_KEYS_USED = kb.composed(
    "wo'yao'tou'su'ge'bi'de'yang'ji'chang'tian'le'wo'jia'de'shui'gou'dao'xian'zai'you",
    f"{_MOST} 我要投诉戈壁的养鸡场天了我家的水沟到现在有 {_COMPLAINT}天了我家的水沟道现在有 我要投诉戈壁的养鸡场天了我家的水沟道现在有 "
    f"{_COMPLAINT}天了我家的水沟到现在又 {_COMPLAINT}天了我家的水沟到现在由 {_COMPLAINT}天了我家的水沟到现在 {_COMPLAINT}天了我家的水沟到 "
    f"{_COMPLAINT}天了我家的水沟",
)
_LONG = (
    "我家住在万宝村二组，屋后的水沟去年秋天被邻居的养鸡场用土填上了。今年春天化雪以后水没有地方走，全积在院子里，"
    "东边那间房的墙角已经裂了缝。我找过村里两次，村里说要等镇上来人看，到现在也没有人来。请派人到现场看一看，"
    "把水沟重新挖开，再说清楚墙裂了应该由谁来修。白天家里都有人，来之前打个电话就行。"
)
_OTHER = kb.composed("ling'wai", "另外 令外 领外 灵外 令 另 灵 陵 零 岭 领 龄 凌 玲")


def _story(text: str, caret: int, marked: tuple[int, int] = (0, 0), bar: CandidateBar | None = None) -> FormView:
    typed = Typed(text, caret, marked, counter=f"{len(text)}/2000")
    row = typing("story", "您要反映什么事", "什么时候、在哪里、怎么回事", typed, long=True)
    return form(row, replace(kb.PINYIN, bar=bar or CandidateBar()), "请说一说是什么事")


VIEWS: dict[str, ViewData] = {
    "form-typing-pinyin": form(_ADDRESS, _WRITING),
    "form-typing-pinyin-more": form(address(_STREET + "万", marked=(3, 8)), replace(kb.PINYIN, bar=_TOWN_AND_MORE)),
    "form-typing-start": form(address(""), replace(kb.PINYIN, hint=kb.BEGIN)),
    "form-typing-written": form(address(_STREET), kb.PINYIN),
    "form-typing-correcting": form(
        address("桃山区万宝", 4),
        replace(kb.PINYIN, bar=CandidateBar("wan'bao", "改“万宝”，请选", kb.candidates("晚报 万报 完报 晚 完 湾"), kb.MORE)),
    ),
    "form-typing-next-word": form(
        typing("reason", "申请理由", "一两句话就行", Typed("想参加", 3)),
        replace(kb.PINYIN, bar=kb.following("高考 活动 会议 工作 者 了")),
        "为什么申请？",
    ),
    "form-typing-nine": form(
        _ADDRESS,
        replace(
            kb.NINE,
            bar=kb.composed("wan'bao'he'zhen", "万宝河镇 万宝河真 万宝河正 万宝和真 万宝和镇 烟草和真 要半个真 万宝个真 万宝河 万宝和"),
            syllables=kb.syllables("wan yan yao zan zao wa ya za"),
        ),
    ),
    "form-typing-nine-start": form(address(""), replace(kb.NINE, hint=kb.BEGIN)),
    "form-typing-symbols": form(address("桃山区万宝河镇万宝村二组17-3号", 13), kb.SYMBOLS),
    "form-typing-english": form(address("万宝小区B2 Villa"), kb.LETTERS),
    "form-typing-english-more": form(address("万宝小区B2 Villas"), kb.LETTERS),
    "form-typing-english-capital": form(address("万宝小区"), replace(kb.LETTERS, upper=True)),
    "form-typing-latin": form(
        typing("name_latin", "英文姓名", "和护照上一样", Typed("Rosalind", 8)),
        replace(kb.numbers(KeyboardKind.LETTERS), switches=(kb.MARKS,), labels=KeyLabels(space="空格", backspace="退格")),
        "护照上的姓名是什么？",
    ),
    "form-typing-code": form(
        typing("credit", "统一社会信用代码", "18 位，看营业执照", Typed("91230903MA1C5", 13, counter="13/18")),
        replace(kb.numbers(KeyboardKind.LETTERS), upper=True),
        "单位的代码是多少？",
    ),
    "form-typing-grid": form(
        address(_STREET + "万", marked=(3, 8)),
        replace(kb.PINYIN, bar=_TOWN_AND_MORE, grid=kb.grid(_TOWN_AND_MORE, 2, (2, 2), (2, 2, 1), (1,) * 5, (1,) * 5)),
    ),
    "form-typing-down": form(
        address("桃山区万b", marked=(3, 5)),
        replace(
            kb.PINYIN,
            bar=kb.composed("wan'b", "万 晚 完 湾 玩 碗"),
            note=Panel(Tone.INFO, "拼音正在恢复，请稍等", "写好的都还在，没选的拼音也留着"),
        ),
    ),
    "form-typing-sentence": form(
        typing(
            "wish",
            "您希望怎么办",
            "一句话就行",
            Typed(f"{_COMPLAINT}天了我家的水沟", 17, (0, 17), counter="17/20"),
            error="这一项还没有填",
        ),
        replace(kb.PINYIN, bar=_SENTENCE, hint=kb.BEGIN),
        "您希望怎么办？",
        before=(PHONE, beside("place", "在什么地方", "桃山区万宝河镇万宝村二组17号楼")),
    ),
    "form-typing-grid-sentence": form(
        typing("wish", "您希望怎么办", "一句话就行", Typed(f"{_COMPLAINT}天了我家的水沟", 17, (0, 17), counter="17/20")),
        replace(kb.PINYIN, bar=_SENTENCE, grid=kb.grid(_SENTENCE, 3, (5,), (5,), (5,), (5,)), hint=kb.BEGIN),
        "您希望怎么办？",
    ),
    "form-typing-too-long": form(
        typing("story", "您要反映什么事", "什么时候、在哪里、怎么回事", Typed(_MOST, len(_MOST), (0, len(_MOST)), "21/200"), long=True),
        replace(kb.PINYIN, bar=_ALL_KEYS_USED, hint=kb.BEGIN, remark="先选好前面的字，再接着打"),
        "请说一说是什么事",
    ),
    "form-typing-no-handwriting": form(
        address(_STREET, marked=(3, 7)),
        replace(_WRITING, switches=(kb.NINE_KEYS, kb.MARKS, kb.ENGLISH, kb.unusable(kb.BY_HAND))),
    ),
    "form-typing-no-chinese": form(
        address("17-3"),
        replace(
            kb.SYMBOLS,
            switches=(kb.unusable(kb.TO_PINYIN), kb.ENGLISH, kb.unusable(kb.BY_HAND)),
            note=Panel(Tone.ATTENTION, "这台机器现在打不了汉字", "这一项可以先空着，窗口会帮您补填；数字和英文照常能用"),
        ),
    ),
    "form-typing-cleared": form(address("", restore=kb.RESTORE), replace(kb.PINYIN, hint=kb.BEGIN)),
    "form-typing-wide-characters": form(
        typing("alias", "曾用名", "没有就不填", Typed("𠮷㛃ＡＢ１２䶮。", 2)),
        kb.PINYIN,
        "以前叫过什么名字？",
        around=chrome(2, person=RARE_PERSON),
    ),
    "form-typing-long": _story(_LONG, len(_LONG)),
    "form-typing-long-more": _story(_LONG + "另外", len(_LONG) + 2, (len(_LONG), len(_LONG) + 2), _OTHER),
    "form-typing-long-middle": _story(_LONG, 60),
    "form-typing-english-labels": replace(
        form(
            replace(_ADDRESS, label="Address", hint="Village, group and house number"),
            replace(
                _WRITING,
                done_label="Next field",
                bar=replace(_TOWN, will_type="Will write “万宝河镇”", more=replace(kb.MORE, label="More")),
                switches=(
                    replace(kb.NINE_KEYS, label="9 keys"),
                    replace(kb.MARKS, label="123"),
                    replace(kb.ENGLISH, label="ABC"),
                    replace(kb.BY_HAND, label="Write"),
                ),
                labels=KeyLabels(separator="Split", space="Space", backspace="Delete"),
            ),
            "Where do you live now?",
            around=chrome(2, person=FOREIGN_PERSON),
            before=(replace(NUMBER, label="ID number"), replace(PHONE, label="Phone")),
            after=(replace(LEVEL, label="Yearly payment", hint="Nothing chosen yet"),),
        ),
        subtitle="Question 4 of 5",
    ),
}
