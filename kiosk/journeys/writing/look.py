"""How the keyboard looks now: candidates, their pages, the ways to other keyboards, words on keys. Decides nothing that is written."""

from __future__ import annotations

from dataclasses import dataclass

from kiosk.events import CandidateChosen, CandidatesOpened, CandidatesTurned, KeyboardChosen, KeyPressed, SyllableChosen
from kiosk.i18n import Texts
from kiosk.journeys.writing.asking import TypingEngines
from kiosk.journeys.writing.editor import Editor
from kiosk.journeys.writing.faults import fault_note, missing, refusal_note
from kiosk.journeys.writing.offers import Offers, Purpose
from kiosk.journeys.writing.page import Refusal
from kiosk.journeys.writing.takes import Rules, Takes
from kiosk.typing.answers import Way
from kiosk.views import Button, CandidateBar, CandidateGrid, Keyboard, KeyboardKind, KeyLabels, Panel

#: All candidates: rows of so many cells, so many rows a page.
_CELLS, _ROWS = 5, 4
#: Characters that go into one cell and into two; more take the row.
_ONE_CELL, _TWO_CELLS = 4, 9
#: A bar always shows so many candidates; with more, a key opens all.
_IN_THE_BAR = 2
#: From this limit on the length is always told; of shorter texts only when so little room is left.
_LONG, _NEARLY_FULL = 100, 5

_CHINESE_KEYBOARDS = (KeyboardKind.PINYIN, KeyboardKind.NINE, KeyboardKind.HANDWRITING, KeyboardKind.SYMBOLS, KeyboardKind.LETTERS)


def keyboards(rules: Rules) -> tuple[KeyboardKind, ...]:
    """The keyboards that a field may be written with."""
    if rules.chinese:
        return _CHINESE_KEYBOARDS
    if rules.opens is KeyboardKind.LETTERS and not rules.capitals:
        return KeyboardKind.LETTERS, KeyboardKind.SYMBOLS
    return (rules.opens,)


def grid_pages(offers: Offers | None) -> list[list[list[tuple[int, int]]]]:
    """Pages of rows of candidates by their place, each with the cells it takes."""
    rows: list[list[tuple[int, int]]] = []
    free = 0
    for index, candidate in enumerate(offers.candidates if offers else ()):
        length = len(candidate.text)
        cells = 1 if length <= _ONE_CELL else 2 if length <= _TWO_CELLS else _CELLS
        if cells > free:
            rows.append([])
            free = _CELLS
        rows[-1].append((index, cells))
        free -= cells
    return [rows[start : start + _ROWS] for start in range(0, len(rows), _ROWS)]


def page_in_range(offers: Offers | None, page: int) -> int | None:
    """The page of the grid that is shown; None: there is nothing to show in it."""
    count = len(grid_pages(offers))
    return min(max(page, 0), count - 1) if count else None


def counter(editor: Editor) -> str:
    """How long the text is, where that matters."""
    room = editor.room - (0 if editor.pending else len(editor.preview()))
    if editor.takes in (Takes.DATE, Takes.AMOUNT) or (editor.limit < _LONG and room > _NEARLY_FULL):
        return ""
    return f"{editor.limit - max(0, room)}/{editor.limit}"


def restore(texts: Texts, editor: Editor) -> Button | None:
    """The way back after clearing."""
    return Button("restore", texts.t("恢复"), KeyPressed("restore"), "undo") if editor.cleared else None


@dataclass(frozen=True)
class Look:
    """The keyboard `kind` over an editor. `pinyin`: the pinyin keyboard that was used last."""

    texts: Texts
    engines: TypingEngines
    editor: Editor
    kind: KeyboardKind
    pinyin: KeyboardKind
    upper: bool

    def keyboard(self, done_label: str, syllables: tuple[str, ...], page: int | None, note: Panel | None) -> Keyboard:
        """All of it. `page`: of the grid, if it is open; `note`: what the last touch has to be told."""
        editor = self.editor
        if note is None and editor.rules.chinese:
            note = fault_note(self.texts, self.kind, self.engines)
        if note is None and (editor.lost or editor.refused) and not (editor.offers() or Offers(Purpose.COMPOSE)).candidates:
            drawn = Refusal.NO_CHARACTER if editor.page.strokes else Refusal.NOTHING_SPELLED
            note = refusal_note(self.texts, drawn, editor.limit)
        bar, remark = self._bar(), ""
        if note is not None and not note.detail and bar is not None and any(button.event for button in bar.candidates):
            remark = note.text  # what can be chosen stays in sight
            note = None
        return Keyboard(
            self.kind,
            done_label,
            done_enabled=not editor.lost and (editor.pending or editor.fits),
            bar=bar,
            grid=self._grid(page),
            switches=self._switches(),
            syllables=tuple(Button(f"syllable_{n}", syllable, SyllableChosen(syllable)) for n, syllable in enumerate(syllables)),
            strokes=editor.page.strokes,
            hint=self._hint(),
            note=note,
            remark=remark,
            labels=self._labels(),
            upper=self.upper,
        )

    def _hint(self) -> str:
        """How to begin."""
        t = self.texts.t
        if self.kind is KeyboardKind.HANDWRITING:
            return t("一个字一个字地写，笔顺不限") if self.engines.ready(Way.HANDWRITING) else t("手写正在打开，可以先写")
        if self.kind in (KeyboardKind.PINYIN, KeyboardKind.NINE):
            written = self.editor.page.written.cells
            return t("接着打拼音；哪个字不对，点那个字来改") if written else t("点字母打拼音，汉字会出现在这里")
        return ""

    # ------------------------------------------------------------------ candidates

    def _bar(self) -> CandidateBar | None:
        editor, t = self.editor, self.texts.t
        offers = editor.offers()
        if not editor.rules.chinese:
            return None
        if offers is None:
            return CandidateBar()
        composing = editor.page.composing
        composed, will_type = "", ""
        if offers.purpose is Purpose.COMPOSE and composing:
            composed = composing.shown(offers.first)
        elif offers.purpose is Purpose.CORRECT and offers.candidates:
            composed, will_type = editor.corrected_keys, t("改“{text}”，请选", text=editor.corrected)
        if offers.purpose in (Purpose.COMPOSE, Purpose.DRAW) and offers.first:
            will_type = self._will_type(offers)
        more = None
        if len(offers.candidates) > _IN_THE_BAR and offers.purpose is not Purpose.DRAW:
            more = Button("more", t("更多"), CandidatesOpened(True))
        shown = [self._candidate(offers, index) for index in range(len(offers.candidates))]
        shown.sort(key=lambda button: button.event is None)  # few are seen at once: what fits is among them
        return CandidateBar(composed, will_type, tuple(shown), more)

    def _will_type(self, offers: Offers) -> str:
        editor, t = self.editor, self.texts.t
        composing, first = editor.page.composing, offers.first
        assert first is not None
        if len(first.text) > offers.fits:
            return t("只能再写{n}个字", n=editor.room)
        fixed = "".join(cell.char for cell in composing.fixed) if composing and composing.keys else ""
        return t("将输入“{text}”", text=fixed + first.text)

    def _candidate(self, offers: Offers, index: int) -> Button:
        text = offers.candidates[index].text
        fits = len(text) <= offers.fits
        first = index == 0 and offers.purpose in (Purpose.COMPOSE, Purpose.DRAW)
        return Button(
            f"candidate_{index}",
            text,
            CandidateChosen(index, text) if fits else None,
            note="" if fits else self.texts.t("写不下"),
            selected=first and fits,
        )

    def _grid(self, page: int | None) -> CandidateGrid | None:
        offers, t = self.editor.offers(), self.texts.t
        pages = grid_pages(offers)
        if page is None or offers is None or not pages:
            return None
        return CandidateGrid(
            rows=tuple(tuple((self._candidate(offers, index), cells) for index, cells in row) for row in pages[page]),
            previous=Button("candidates_previous", t("上一页"), CandidatesTurned(-1) if page else None, "chevron-left"),
            next=Button("candidates_next", t("下一页"), CandidatesTurned(1) if page + 1 < len(pages) else None, "chevron-right"),
            close=Button("candidates_close", t("收起，接着打字"), CandidatesOpened(False), "keyboard-outline"),
            page=t("第 {page} 页，共 {count} 页", page=page + 1, count=len(pages)),
        )

    # ------------------------------------------------------------------ keys

    def _labels(self) -> KeyLabels:
        t = self.texts.t
        spelled = self.kind in (KeyboardKind.PINYIN, KeyboardKind.NINE)
        drawn = self.kind is KeyboardKind.HANDWRITING
        spaced = spelled or self.kind is KeyboardKind.SYMBOLS or (self.kind is KeyboardKind.LETTERS and not self.editor.rules.capitals)
        return KeyLabels(
            separator=t("分词") if spelled else "",
            space=t("空格") if spaced else "",
            undo_stroke=t("撤一笔") if drawn else "",
            clear_ink=t("清空") if drawn else "",
            backspace=t("退格"),
        )

    def _switches(self) -> tuple[Button, ...]:
        rules, kinds = self.editor.rules, KeyboardKind
        if not rules.chinese:
            return tuple(self._switch(kind) for kind in keyboards(rules) if kind is not self.kind)
        ways = {
            kinds.PINYIN: (kinds.NINE, kinds.SYMBOLS, kinds.LETTERS, kinds.HANDWRITING),
            kinds.NINE: (kinds.PINYIN, kinds.SYMBOLS, kinds.LETTERS, kinds.HANDWRITING),
            # there is room for no reason beside the ink; the note has said it
            kinds.HANDWRITING: (kinds.SYMBOLS,) if self.engines.gone(Way.PINYIN) else (self.pinyin, kinds.SYMBOLS),
            kinds.SYMBOLS: (self.pinyin, kinds.LETTERS, kinds.HANDWRITING),
            kinds.LETTERS: (self.pinyin, kinds.SYMBOLS, kinds.HANDWRITING),
        }
        return tuple(self._switch(kind) for kind in ways[self.kind])

    def _switch(self, kind: KeyboardKind) -> Button:
        t = self.texts.t
        labels = {
            KeyboardKind.PINYIN: (t("全键"), "") if self.kind is KeyboardKind.NINE else (t("拼音"), "keyboard-outline"),
            KeyboardKind.NINE: (t("九键"), "") if self.kind is KeyboardKind.PINYIN else (t("拼音"), "keyboard-outline"),
            KeyboardKind.HANDWRITING: (t("手写"), "draw"),
            KeyboardKind.SYMBOLS: (t("数字"), ""),
            KeyboardKind.LETTERS: (t("英文"), ""),
        }
        label, icon = labels[kind]
        cannot = missing(self.engines, kind)
        return Button(f"keyboard_{kind.value}", label, None if cannot else KeyboardChosen(kind.value), icon, t("不能用") if cannot else "")
