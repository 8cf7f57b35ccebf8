"""Gallery: what is written by hand: a signature in the pad's unit square, a character in widths of its box, and the pages it is written on."""

from __future__ import annotations

from dataclasses import replace

from kiosk.events import CandidateChosen, KeyboardChosen, PrimaryPressed, RowChosen
from kiosk.views import Button, CandidateBar, FieldRow, FormView, Keyboard, KeyboardKind, KeyLabels, Panel, Tone, Typed, ViewData
from screens.gallery.shell import PERSON, chrome

#: 李桂英, an invented person.
SIGNATURE: tuple[tuple[tuple[float, float], ...], ...] = (
    ((0.10, 0.34), (0.17, 0.335), (0.24, 0.33), (0.31, 0.32)),
    ((0.205, 0.24), (0.205, 0.33), (0.203, 0.42), (0.20, 0.50)),
    ((0.20, 0.34), (0.17, 0.41), (0.13, 0.46), (0.085, 0.50)),
    ((0.21, 0.345), (0.245, 0.40), (0.29, 0.45), (0.33, 0.475)),
    ((0.13, 0.535), (0.20, 0.53), (0.275, 0.52), (0.25, 0.55), (0.215, 0.58)),
    ((0.21, 0.57), (0.222, 0.63), (0.218, 0.69), (0.195, 0.71), (0.165, 0.69)),
    ((0.08, 0.625), (0.17, 0.62), (0.25, 0.615), (0.33, 0.60)),
    ((0.385, 0.40), (0.43, 0.395), (0.48, 0.385)),
    ((0.435, 0.25), (0.435, 0.38), (0.434, 0.52), (0.43, 0.70)),
    ((0.43, 0.42), (0.41, 0.48), (0.375, 0.55)),
    ((0.445, 0.43), (0.465, 0.46), (0.485, 0.49)),
    ((0.51, 0.35), (0.57, 0.345), (0.63, 0.335)),
    ((0.57, 0.25), (0.57, 0.34), (0.568, 0.43)),
    ((0.50, 0.44), (0.57, 0.435), (0.64, 0.425)),
    ((0.52, 0.55), (0.57, 0.545), (0.62, 0.54)),
    ((0.57, 0.45), (0.57, 0.55), (0.568, 0.66)),
    ((0.49, 0.67), (0.57, 0.665), (0.655, 0.65)),
    ((0.70, 0.31), (0.78, 0.305), (0.86, 0.295), (0.92, 0.29)),
    ((0.765, 0.25), (0.768, 0.30), (0.772, 0.36)),
    ((0.855, 0.235), (0.85, 0.29), (0.84, 0.35)),
    ((0.745, 0.41), (0.748, 0.46), (0.752, 0.51)),
    ((0.745, 0.415), (0.81, 0.405), (0.875, 0.40), (0.87, 0.45), (0.865, 0.50)),
    ((0.70, 0.53), (0.79, 0.52), (0.87, 0.515), (0.935, 0.505)),
    ((0.81, 0.36), (0.808, 0.46), (0.79, 0.56), (0.75, 0.64), (0.70, 0.70)),
    ((0.81, 0.53), (0.84, 0.60), (0.88, 0.66), (0.94, 0.70)),
)

#: 河, as an elderly hand writes it.
RIVER: tuple[tuple[tuple[float, float], ...], ...] = (
    ((0.275, 0.205), (0.296, 0.217), (0.315, 0.232), (0.332, 0.25), (0.348, 0.271)),
    ((0.226, 0.37), (0.251, 0.383), (0.274, 0.399), (0.294, 0.418), (0.313, 0.441)),
    ((0.237, 0.694), (0.269, 0.662), (0.302, 0.619), (0.333, 0.563), (0.365, 0.497)),
    ((0.445, 0.254), (0.527, 0.247), (0.613, 0.239), (0.701, 0.231), (0.791, 0.223)),
    ((0.493, 0.372), (0.497, 0.431), (0.5, 0.49), (0.503, 0.549)),
    ((0.493, 0.375), (0.546, 0.369), (0.599, 0.364), (0.652, 0.358), (0.648, 0.4), (0.643, 0.445), (0.636, 0.49), (0.628, 0.538)),
    ((0.503, 0.538), (0.546, 0.532), (0.589, 0.527), (0.632, 0.521)),
    (
        (0.722, 0.233),
        (0.725, 0.347),
        (0.725, 0.457),
        (0.722, 0.562),
        (0.715, 0.663),
        (0.706, 0.676),
        (0.691, 0.678),
        (0.67, 0.667),
        (0.642, 0.646),
    ),
)

_TAP = RowChosen("address")
_PINYIN = Button("keyboard_pinyin", "拼音", KeyboardChosen(KeyboardKind.PINYIN), "keyboard-outline")
_SYMBOLS = Button("keyboard_symbols", "数字", KeyboardChosen(KeyboardKind.SYMBOLS))
_EMPTY = Keyboard(
    KeyboardKind.HANDWRITING,
    "下一项",
    bar=CandidateBar(),
    switches=(_PINYIN, _SYMBOLS),
    hint="一个字一个字地写，笔顺不限",
    labels=KeyLabels(undo_stroke="撤一笔", clear_ink="清空", backspace="退格"),
)


def _offered(words: str) -> CandidateBar:
    return CandidateBar(candidates=tuple(Button(f"candidate_{i}", word, CandidateChosen(i, word)) for i, word in enumerate(words.split())))


def _page(text: str, keyboard: Keyboard, marked: tuple[int, int] = (0, 0)) -> FormView:
    field = FieldRow(
        "address", "现住地址", text, "写到村、屯和门牌号，方便寄送结果", focused=True, typed=Typed(text, len(text), marked),
        button=Button("field-address", "", _TAP),
    )  # fmt: skip
    return FormView(
        chrome(2, person=PERSON),
        "您现在住在哪里？",
        "第 3 项，共 5 项",
        spoken="您现在住在哪里？",
        fields=(field,),
        keyboard=keyboard,
        primary=Button("primary", "下一步：材料", PrimaryPressed(), "arrow-right"),
    )


def _long(text: str, keyboard: Keyboard) -> FormView:
    view = _page(text, keyboard)
    field = replace(
        view.fields[0],
        code="what",
        label="您要反映什么？",
        hint="时间、地点、经过，知道多少写多少",
        long=True,
        typed=Typed(text, len(text), counter=f"{len(text)}/200"),
    )
    return replace(view, title="请写下要反映的事", fields=(field,))


_HALF = replace(_EMPTY, strokes=RIVER[:6], bar=_offered("河 沂 沉 沔 沅 江 污 汀 汾 汴"))
_NEXT_WORDS = replace(_EMPTY, bar=_offered("民主党 工作者 主义者 主义 救助 科学 效益 保险 关系 活动"))

VIEWS: dict[str, ViewData] = {
    "handwriting-empty": _page("桃山区万宝", replace(_EMPTY, done_enabled=False)),
    "handwriting-half": _page("桃山区万宝河", _HALF, (5, 6)),
    "handwriting-written": _page("桃山区万宝河", replace(_HALF, strokes=RIVER, bar=_offered("河 沔 问 何 阿 泂 诃 可 菏 珂")), (5, 6)),
    "handwriting-next-words": _page("桃山区万宝河镇社会", _NEXT_WORDS),
    "handwriting-few": _page("万宝河", replace(_EMPTY, bar=_offered("镇 村 桥南路 村委会"), switches=(_PINYIN,))),
    "handwriting-long": _long(
        "我家门前的路灯坏了两个多月，晚上出门什么都看不见，前天我老伴在路口摔了一跤，希望早点修好，谢谢社会", _NEXT_WORDS
    ),
    "handwriting-missing": _page(
        "桃山区万宝",
        Keyboard(
            KeyboardKind.PINYIN,
            "下一项",
            switches=(_SYMBOLS,),
            labels=KeyLabels("分词", "空格", backspace="退格"),
            note=Panel(Tone.ATTENTION, "这台机器现在不能手写，请打拼音", "写好的都还在"),
        ),
    ),
    "handwriting-instead": _page(
        "桃山区万宝",
        replace(_EMPTY, switches=(_SYMBOLS,), note=Panel(Tone.ATTENTION, "这台机器现在不能打拼音，请手写", "写好的都还在")),
    ),
    "handwriting-coming-back": _page(
        "桃山区万宝",
        replace(_HALF, bar=None, note=Panel(Tone.INFO, "手写正在恢复，请稍等", "写好的都还在，这个字的笔画也留着")),
    ),
    "handwriting-english": _page(
        "桃山区万宝河",
        replace(
            _HALF,
            done_label="Next",
            switches=(replace(_PINYIN, label="Pinyin"), replace(_SYMBOLS, label="123")),
            labels=KeyLabels(undo_stroke="Undo", clear_ink="Clear", backspace="Delete"),
        ),
        (5, 6),
    ),
}
