"""Gallery: every keyboard, and what is typed with it, as far as it is not written by hand."""

from __future__ import annotations

from dataclasses import replace

from kiosk.events import (
    CandidateChosen,
    CandidatesOpened,
    CandidatesTurned,
    KeyboardChosen,
    KeyPressed,
    PrimaryPressed,
    RowChosen,
    SyllableChosen,
)
from kiosk.views import (
    Button,
    CandidateBar,
    CandidateGrid,
    FieldRow,
    FormView,
    ItemListView,
    Keyboard,
    KeyboardKind,
    KeyLabels,
    Panel,
    Tone,
    Typed,
    ViewData,
)
from screens.gallery import browse
from screens.gallery.shell import FOREIGN_PERSON, PERSON, RARE_PERSON, chrome


def _way(kind: KeyboardKind, label: str, icon: str = "") -> Button:
    return Button(f"keyboard_{kind}", label, KeyboardChosen(kind), icon)


_TO_NINE = _way(KeyboardKind.NINE, "九键")
_TO_PINYIN = _way(KeyboardKind.PINYIN, "拼音")
_TO_SYMBOLS = _way(KeyboardKind.SYMBOLS, "数字")
_TO_ENGLISH = _way(KeyboardKind.LETTERS, "英文")
_BY_HAND = _way(KeyboardKind.HANDWRITING, "手写", "draw")
_LABELS = KeyLabels(separator="分词", space="空格", undo_stroke="撤一笔", clear_ink="清空", backspace="退格")
_MORE = Button("candidates-more", "更多", CandidatesOpened(opened=True))
_BEGIN = "点字母打拼音，汉字会出现在这里"
_RESTORE = Button("restore", "恢复", KeyPressed("restore"), "undo")


def _candidates(*texts: str) -> tuple[Button, ...]:
    return tuple(Button(f"candidate-{i}", text, CandidateChosen(i, text)) for i, text in enumerate(texts))


def _bar(composing: str, *texts: str) -> CandidateBar:
    will_type = f"将输入“{texts[0]}”" if composing and texts else ""
    first, *others = _candidates(*texts)
    return CandidateBar(composing, will_type, (replace(first, selected=bool(composing)), *others), _MORE)


_PINYIN = Keyboard(
    KeyboardKind.PINYIN,
    "下一项",
    bar=_bar("wan'bao'he'zhen", "万宝河镇", "万宝河", "万宝", "完", "万", "晚", "玩", "碗", "弯"),
    switches=(_TO_NINE, _TO_SYMBOLS, _TO_ENGLISH, _BY_HAND),
    labels=_LABELS,
)
_NINE = replace(
    _PINYIN,
    kind=KeyboardKind.NINE,
    switches=(_TO_PINYIN, _TO_SYMBOLS, _TO_ENGLISH, _BY_HAND),
    bar=_bar("zhuang", "装", "状", "庄", "撞", "壮", "桩", "妆"),
    syllables=tuple(Button(f"syllable-{i}", text, SyllableChosen(i)) for i, text in enumerate(("zhuang", "zi", "xi", "yi", "wi"))),
)

_PHONE = FieldRow("phone", "手机号", "139****6120", button=Button("field-phone", "", RowChosen("phone")))
_LEVEL = FieldRow("level", "缴费档次", "", "还没有选", button=Button("field-level", "", RowChosen("level")))
_NAME = FieldRow("name", "姓名", "李桂英", locked=True)
_NUMBER = FieldRow("number", "证件号码", "230903********1234", locked=True)


def _typing(code: str, label: str, hint: str, typed: Typed) -> FieldRow:
    return FieldRow(code, label, typed.text, hint, focused=True, typed=typed, button=Button(f"field-{code}", "", RowChosen(code)))


_WRITTEN = Typed("桃山区万宝河镇", 7, (3, 7))
_ADDRESS = _typing("address", "现住地址", "写到村、屯和门牌号", _WRITTEN)


def _form(row: FieldRow, keyboard: Keyboard, *, title: str = "您现在住在哪里？", before: tuple[FieldRow, ...] = (_PHONE,)) -> FormView:
    return FormView(
        chrome(2, person=PERSON),
        title,
        "第 3 项，共 5 项·姓名和证件号已从身份证读入，不用再填",
        spoken=title,
        fields=(*before, row, _LEVEL),
        keyboard=keyboard,
        primary=Button("primary", "下一步", PrimaryPressed(), "arrow-right"),
    )


def _search(text: str, marked: tuple[int, int], keyboard: Keyboard) -> ItemListView:
    found = browse.VIEWS["list-keyboard"]
    assert isinstance(found, ItemListView)
    typed = Typed(text, len(text), marked)
    return replace(found, search_text=text, typed=typed, keyboard=keyboard, search_hint="拼音首字母也能找")


_LONG = (
    "我家住在万宝村二组，屋后的水沟去年秋天被邻居的养鸡场用土填上了。今年春天化雪以后水没有地方走，全积在院子里，"
    "东边那间房的墙角已经裂了缝。我找过村里两次，村里说要等镇上来人看，到现在也没有人来。请派人到现场看一看，"
    "把水沟重新挖开，再说清楚墙裂了应该由谁来修。白天家里都有人，来之前打个电话就行。"
)


def _story(caret: int, marked: tuple[int, int] = (0, 0), text: str = _LONG) -> FormView:
    typed = Typed(text, caret, marked, counter=f"{len(text)} / 2000")
    row = _typing("story", "您要反映什么事", "什么时候、在哪里、怎么回事", typed)
    return replace(_form(row, _PINYIN, title="请说一说是什么事", before=()), fields=(replace(row, long=True),))


def _cells(texts: str) -> tuple[tuple[Button, int], ...]:
    return tuple((Button(f"cell-{text}", text, CandidateChosen(ord(text[0]), text)), 1) for text in texts)


_GRID = CandidateGrid(
    rows=(
        (
            (Button("cell-0", "万宝河镇", CandidateChosen(0, "万宝河镇")), 2),
            (Button("cell-1", "万宝河", CandidateChosen(1, "万宝河")), 1),
            *_cells("万完"),
        ),
        _cells("晚玩碗弯湾"),
        _cells("丸婉腕顽挽"),
        ((Button("cell-9", "万宝河镇人民政府政务服务中心", CandidateChosen(9, "万宝河镇人民政府政务服务中心")), 3), *_cells("皖蔓")),
    ),
    previous=Button("grid-previous", "上一页", None, "chevron-left"),
    next=Button("grid-next", "下一页", CandidatesTurned(1), "chevron-right"),
    close=Button("grid-close", "收起，接着打字", CandidatesOpened(opened=False), "keyboard-outline"),
    page="第 1 页，共 12 页",
)

_DOWN = Panel(Tone.ATTENTION, "拼音正在重新打开，请等几秒", "写好的都在。着急可以点“手写”，或者先填别的项。")

VIEWS: dict[str, ViewData] = {
    "form-typing-pinyin": _form(_ADDRESS, _PINYIN),
    "form-typing-pinyin-more": _form(
        _typing("address", "现住地址", "写到村、屯和门牌号", Typed("桃山区万宝河镇万", 8, (3, 8))),
        replace(_PINYIN, bar=_bar("wan'bao'he'zhen'wan", "万宝河镇万", "万宝河镇", "万宝河", "万宝", "晚", "万")),
    ),
    "form-typing-start": _form(
        _typing("address", "现住地址", "写到村、屯和门牌号", Typed("", 0)),
        replace(_PINYIN, bar=CandidateBar(), done_enabled=False, hint=_BEGIN),
    ),
    "form-typing-next-word": _form(
        _typing("address", "现住地址", "写到村、屯和门牌号", Typed("桃山区万宝河镇", 7)),
        replace(_PINYIN, bar=_bar("", "万宝村", "政府", "人民", "的", "中心", "和")),
    ),
    "form-typing-nine": _form(_ADDRESS, _NINE),
    "form-typing-nine-start": _form(
        _typing("address", "现住地址", "写到村、屯和门牌号", Typed("", 0)), replace(_NINE, bar=CandidateBar(), syllables=(), hint=_BEGIN)
    ),
    "form-typing-symbols": _form(
        _typing("address", "现住地址", "写到村、屯和门牌号", Typed("桃山区万宝河镇万宝村二组17-3号", 13)),
        Keyboard(KeyboardKind.SYMBOLS, "下一项", bar=CandidateBar(), switches=(_TO_PINYIN, _TO_ENGLISH, _BY_HAND), labels=_LABELS),
    ),
    "form-typing-english": _form(
        _typing("name_latin", "英文姓名", "和护照上一样", Typed("ROSALIND Feather", 16)),
        Keyboard(KeyboardKind.LETTERS, "下一项", switches=(_TO_PINYIN, _TO_SYMBOLS, _BY_HAND), labels=_LABELS),
        title="护照上的姓名",
    ),
    "form-typing-english-more": _form(
        _typing("name_latin", "英文姓名", "和护照上一样", Typed("ROSALIND Feathers", 17)),
        Keyboard(KeyboardKind.LETTERS, "下一项", switches=(_TO_PINYIN, _TO_SYMBOLS, _BY_HAND), labels=_LABELS),
        title="护照上的姓名",
    ),
    "form-typing-shift": _form(
        _typing("credit", "统一社会信用代码", "18 位，看营业执照", Typed("9123090", 7, counter="7 / 18")),
        Keyboard(KeyboardKind.LETTERS, "下一项", upper=True),
        title="单位的代码",
    ),
    "form-typing-digits": _form(
        _typing("phone", "手机号", "11 位数字", Typed("1391234", 4)),
        Keyboard(KeyboardKind.DIGITS, "下一项"),
        title="怎么联系您？",
        before=(_NAME, _NUMBER),
    ),
    "form-typing-grid": _form(_ADDRESS, replace(_PINYIN, grid=_GRID)),
    "form-typing-down": _form(_ADDRESS, replace(_PINYIN, bar=None, note=_DOWN)),
    "form-typing-sentence": _form(
        replace(
            _typing("address", "现住地址", "", Typed("黑龙江省七台河市桃山区万宝河镇万宝村第二居民组幸福小区17号楼", 25, (15, 25))),
            error="请写到门牌号",
        ),
        replace(
            _PINYIN,
            bar=_bar(
                "wo'yao'tou'su'ge'bi'de'yang'ji'chang'tian'le'wo'jia'de'shui'gou",
                "我要投诉隔壁的养鸡场填了我家的水沟到现在也没有人来管",
                "我要",
            ),
        ),
    ),
    "form-typing-no-handwriting": _form(
        _typing("address", "现住地址", "写到村、屯和门牌号", Typed("桃山", 2, counter="98/100")),
        replace(
            _PINYIN,
            switches=(_TO_NINE, _TO_SYMBOLS, replace(_BY_HAND, event=None, note="不能用")),
            bar=CandidateBar(
                "wan'bao",
                "只能再写2个字",
                tuple(replace(b, event=None, note="写不下") if len(b.label) > 2 else b for b in _candidates("万宝河", "万宝", "万")),
            ),
        ),
    ),
    "form-typing-cleared": _form(
        _typing("address", "现住地址", "写到村、屯和门牌号", Typed("", 0, restore=_RESTORE)),
        replace(_PINYIN, bar=CandidateBar(), hint=_BEGIN),
    ),
    "form-typing-limit": _form(
        _typing("reason", "申请理由", "一两句话就行", Typed("老人卧床三年，需要人照看。", 6, counter="13 / 50")),
        _PINYIN,
        title="为什么申请？",
    ),
    "form-typing-wide-characters": replace(
        _form(_typing("alias", "曾用名", "没有就不填", Typed("𠮷㛃ＡＢ１２䶮。", 2)), _PINYIN, title="以前叫过什么名字？"),
        chrome=chrome(2, person=RARE_PERSON),
    ),
    "form-typing-long": _story(len(_LONG)),
    "form-typing-long-more": _story(len(_LONG) + 2, (len(_LONG), len(_LONG) + 2), _LONG + "另外"),
    "form-typing-long-middle": _story(60, (56, 60)),
    "form-typing-long-start": _story(3, (0, 3), "我家在"),
    "form-typing-english-labels": replace(
        _form(
            replace(_ADDRESS, label="Address", hint="Village, group and house number"),
            Keyboard(
                KeyboardKind.PINYIN,
                "Next field",
                bar=replace(_PINYIN.bar or CandidateBar(), will_type="Will write “万宝河镇”", more=replace(_MORE, label="More")),
                switches=(
                    replace(_TO_NINE, label="9 keys"),
                    replace(_TO_SYMBOLS, label="123"),
                    replace(_TO_ENGLISH, label="ABC"),
                    replace(_BY_HAND, label="Write"),
                ),
                labels=KeyLabels("Split", "Space", "Undo", "Clear", "Delete"),
            ),
            title="Where do you live now?",
        ),
        chrome=chrome(2, person=FOREIGN_PERSON),
        subtitle="Question 3 of 5",
    ),
    "list-typing-pinyin": _search(
        "养lao", (1, 4), replace(_PINYIN, done_label="找好了", bar=_bar("yang'lao", "养老", "样老", "养", "样", "羊", "阳"))
    ),
    "list-typing-nine": _search("养老", (0, 2), replace(_NINE, done_label="找好了")),
    "list-typing-long": _search(
        "困难残疾人生活补贴和重度残疾人护理补贴资格认定怎么申请",
        (21, 27),
        Keyboard(KeyboardKind.LETTERS, "找好了", labels=_LABELS, switches=(_TO_PINYIN,)),
    ),
}
