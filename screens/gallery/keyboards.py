"""Gallery: the keyboards, each as the terminal's mind makes it when such keys are pressed. tests/kiosk/writing/test_gallery.py types them and
compares; what the engines answer is what they did answer.
"""

from __future__ import annotations

from dataclasses import replace

from kiosk.events import CandidateChosen, CandidatesOpened, CandidatesTurned, KeyboardChosen, KeyPressed, SyllableChosen
from kiosk.views import Button, CandidateBar, CandidateGrid, Keyboard, KeyboardKind, KeyLabels


def _way(kind: KeyboardKind, label: str, icon: str = "") -> Button:
    return Button(f"keyboard_{kind.value}", label, KeyboardChosen(kind.value), icon)


TO_PINYIN = _way(KeyboardKind.PINYIN, "拼音", "keyboard-outline")
ALL_KEYS = _way(KeyboardKind.PINYIN, "全键")
NINE_KEYS = _way(KeyboardKind.NINE, "九键")
MARKS = _way(KeyboardKind.SYMBOLS, "数字")
ENGLISH = _way(KeyboardKind.LETTERS, "英文")
BY_HAND = _way(KeyboardKind.HANDWRITING, "手写", "draw")
MORE = Button("more", "更多", CandidatesOpened(opened=True))
RESTORE = Button("restore", "恢复", KeyPressed("restore"), "undo")


def unusable(way: Button) -> Button:
    """A way that this machine has not."""
    return replace(way, event=None, note="不能用")


def candidates(texts: str) -> tuple[Button, ...]:
    """Words to choose from, none of them better than the others."""
    return tuple(Button(f"candidate_{i}", text, CandidateChosen(i, text)) for i, text in enumerate(texts.split()))


def composed(composing: str, texts: str) -> CandidateBar:
    """What keys may mean; the first is what a space writes."""
    first, *others = candidates(texts)
    return CandidateBar(composing, f"将输入“{first.label}”", (replace(first, selected=True), *others), MORE if len(others) > 1 else None)


def drawn(texts: str) -> CandidateBar:
    """What ink may mean; all of it is beside the box."""
    return replace(composed("", texts), more=None)


def following(texts: str) -> CandidateBar:
    """Words that often follow."""
    words = candidates(texts)
    return CandidateBar(candidates=words, more=MORE if len(words) > 2 else None)


def syllables(texts: str) -> tuple[Button, ...]:
    """What the first of nine keys may spell."""
    return tuple(Button(f"syllable_{i}", text, SyllableChosen(text)) for i, text in enumerate(texts.split()))


def grid(bar: CandidateBar, pages: int, *rows: tuple[int, ...]) -> CandidateGrid:
    """The first page of all candidates: rows of the cells that each takes."""
    left = iter(bar.candidates)
    return CandidateGrid(
        rows=tuple(tuple((next(left), cells) for cells in row) for row in rows),
        previous=Button("candidates_previous", "上一页", None, "chevron-left"),
        next=Button("candidates_next", "下一页", CandidatesTurned(1), "chevron-right"),
        close=Button("candidates_close", "收起，接着打字", CandidatesOpened(opened=False), "keyboard-outline"),
        page=f"第 1 页，共 {pages} 页",
    )


BEGIN, GO_ON = "点字母打拼音，汉字会出现在这里", "接着打拼音；哪个字不对，点那个字来改"

PINYIN = Keyboard(
    KeyboardKind.PINYIN,
    "下一项",
    bar=CandidateBar(),
    switches=(NINE_KEYS, MARKS, ENGLISH, BY_HAND),
    hint=GO_ON,
    labels=KeyLabels(separator="分词", space="空格", backspace="退格"),
)
NINE = replace(PINYIN, kind=KeyboardKind.NINE, switches=(ALL_KEYS, MARKS, ENGLISH, BY_HAND))
SYMBOLS = Keyboard(
    KeyboardKind.SYMBOLS,
    "下一项",
    bar=CandidateBar(),
    switches=(TO_PINYIN, ENGLISH, BY_HAND),
    labels=KeyLabels(space="空格", backspace="退格"),
)
LETTERS = replace(SYMBOLS, kind=KeyboardKind.LETTERS, switches=(TO_PINYIN, MARKS, BY_HAND))
HANDWRITING = Keyboard(
    KeyboardKind.HANDWRITING,
    "下一项",
    bar=CandidateBar(),
    switches=(TO_PINYIN, MARKS),
    hint="一个字一个字地写，笔顺不限",
    labels=KeyLabels(undo_stroke="撤一笔", clear_ink="清空", backspace="退格"),
)


def numbers(kind: KeyboardKind, done: str = "下一项") -> Keyboard:
    """A keyboard that takes no Chinese and leads to no other."""
    return Keyboard(kind, done, labels=KeyLabels(backspace="退格"))
