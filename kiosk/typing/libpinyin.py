"""libpinyin's C interface by ctypes: what is called of it, and nothing more. Never trained, never saved.

libpinyin is GPL-3.0-or-later. It is loaded only inside the typing process, never by the terminal itself.
Values and signatures: pinyin.h and pinyin_custom2.h of libpinyin 2.8.1, as Debian 12 has it.
"""

from __future__ import annotations

import ctypes
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from kiosk.errors import OneSealError

_LIBRARY = "libpinyin.so.15"
#: Where Debian's libpinyin-data puts the model, by the machine's kind.
_DATA = ("/usr/lib/x86_64-linux-gnu/libpinyin/data", "/usr/lib/aarch64-linux-gnu/libpinyin/data", "/usr/lib/libpinyin/data")

#: PINYIN_INCOMPLETE (wm finds 我们), USE_DIVIDED_TABLE and USE_RESPLIT_TABLE (xian is also xi'an), DYNAMIC_ADJUST (what stands
#: before counts), PINYIN_CORRECT_ALL (gn for ng, lue for lve).
_OPTIONS = 1 << 1 | 1 << 3 | 1 << 7 | 1 << 8 | 1 << 9 | 0xFF << 21
#: SORT_WITHOUT_LONGER_CANDIDATE, SORT_BY_PHRASE_LENGTH, SORT_BY_PINYIN_LENGTH, SORT_BY_FREQUENCY: sentences first, longest words next.
_SORT = 0x1E
#: lookup_candidate_type_t: a whole sentence.
_SENTENCE = 1
#: PHRASE_INDEX_LIBRARIES: the table of the user's own phrases. Ours, in memory only.
_USER_DICTIONARY = 7
#: The folder of the user's own that it reads, and writes when told to save, which nobody does. In this one nothing can ever be.
_NOWHERE = b"/dev/null/nowhere"
#: A phrase of more characters is not taken (MAX_PHRASE_LENGTH).
_LONGEST_PHRASE = 16
#: How often a local phrase counts as seen: enough to stand before what sounds alike, too little to appear uncalled for.
_LOCAL_COUNT = 1000

_Handle = ctypes.c_void_p
_Signature = tuple[object, list[object]]
_FUNCTIONS: dict[str, _Signature] = {
    "pinyin_init": (_Handle, [ctypes.c_char_p, ctypes.c_char_p]),
    "pinyin_set_options": (ctypes.c_bool, [_Handle, ctypes.c_uint32]),
    "pinyin_alloc_instance": (_Handle, [_Handle]),
    "pinyin_begin_add_phrases": (_Handle, [_Handle, ctypes.c_uint8]),
    "pinyin_iterator_add_phrase": (ctypes.c_bool, [_Handle, ctypes.c_char_p, ctypes.c_char_p, ctypes.c_int]),
    "pinyin_end_add_phrases": (None, [_Handle]),
    "pinyin_parse_more_full_pinyins": (ctypes.c_size_t, [_Handle, ctypes.c_char_p]),
    "pinyin_guess_sentence_with_prefix": (ctypes.c_bool, [_Handle, ctypes.c_char_p]),
    "pinyin_guess_candidates": (ctypes.c_bool, [_Handle, ctypes.c_size_t, ctypes.c_uint]),
    "pinyin_guess_predicted_candidates": (ctypes.c_bool, [_Handle, ctypes.c_char_p]),
    "pinyin_get_n_candidate": (ctypes.c_bool, [_Handle, ctypes.POINTER(ctypes.c_uint)]),
    "pinyin_get_candidate": (ctypes.c_bool, [_Handle, ctypes.c_uint, ctypes.POINTER(_Handle)]),
    "pinyin_get_candidate_string": (ctypes.c_bool, [_Handle, _Handle, ctypes.POINTER(ctypes.c_char_p)]),
    "pinyin_get_candidate_type": (ctypes.c_bool, [_Handle, _Handle, ctypes.POINTER(ctypes.c_int)]),
    "pinyin_choose_candidate": (ctypes.c_int, [_Handle, ctypes.c_size_t, _Handle]),
    "pinyin_reset": (ctypes.c_bool, [_Handle]),
}


class EngineMissing(OneSealError):
    """An engine, its model or its table is not on this machine, or cannot be loaded."""


@dataclass(frozen=True)
class Guess:
    """One candidate: its characters, how many letters of the input it uses, and whether it is a whole sentence."""

    text: str
    used: int
    sentence: bool


def _load() -> ctypes.CDLL:
    try:
        library = ctypes.CDLL(_LIBRARY)
        for name, (result, arguments) in _FUNCTIONS.items():
            function = getattr(library, name)
            function.restype, function.argtypes = result, arguments
    except (OSError, AttributeError):
        raise EngineMissing(
            "libpinyin_missing", "libpinyin 2.8 is not installed: apt-get install libpinyin15 libpinyin-data (make setup does it)."
        ) from None
    return library


def _utf8(text: str) -> bytes:
    """Half a surrogate pair is no character in any encoding; a mark in its place has no word that follows it."""
    return text.encode("utf-8", "replace")


@contextmanager
def _silence() -> Iterator[None]:
    """The library says on stderr that it found nothing of the user's own."""
    kept, nowhere = os.dup(2), os.open(os.devnull, os.O_WRONLY)
    try:
        os.dup2(nowhere, 2)
        yield
    finally:
        os.dup2(kept, 2)
        os.close(kept)
        os.close(nowhere)


class LibPinyin:
    """One context and one instance. Not safe for threads; one process has one."""

    def __init__(self, words: Iterable[tuple[str, str]] = ()) -> None:
        """`words`: local phrases, each with its syllables parted by apostrophes. Raises EngineMissing."""
        self._c = _load()
        data = next((path for path in _DATA if (Path(path) / "table.conf").exists()), None)
        if data is None:
            raise EngineMissing("libpinyin_data_missing", "libpinyin's model is not installed: apt-get install libpinyin-data.")
        with _silence():
            self._context = self._c.pinyin_init(data.encode(), _NOWHERE)
        if not self._context:
            raise EngineMissing("libpinyin_data_broken", "libpinyin's model cannot be read: reinstall libpinyin-data.")
        self._c.pinyin_set_options(self._context, _OPTIONS)
        self._add(words)
        self._instance = self._c.pinyin_alloc_instance(self._context)

    def _add(self, words: Iterable[tuple[str, str]]) -> None:
        adding = self._c.pinyin_begin_add_phrases(self._context, _USER_DICTIONARY)
        for text, syllables in words:
            if 2 <= len(text) <= _LONGEST_PHRASE:
                self._c.pinyin_iterator_add_phrase(adding, text.encode(), syllables.encode(), _LOCAL_COUNT)
        self._c.pinyin_end_add_phrases(adding)

    def parse(self, letters: str, before: str = "") -> int:
        """Take an input and convert it as a sentence that follows `before`; gives how many letters were understood."""
        self._c.pinyin_reset(self._instance)
        understood = int(self._c.pinyin_parse_more_full_pinyins(self._instance, letters.encode()))
        self._c.pinyin_guess_sentence_with_prefix(self._instance, _utf8(before))
        return understood

    def guesses(self) -> Iterator[Guess]:
        """Candidates of the parsed input, best first. Each is read only when asked for."""
        self._c.pinyin_guess_candidates(self._instance, 0, _SORT)
        for handle, text in self._candidates():
            kind = ctypes.c_int()
            self._c.pinyin_get_candidate_type(self._instance, handle, ctypes.byref(kind))
            used = int(self._c.pinyin_choose_candidate(self._instance, 0, handle)) if kind.value != _SENTENCE else -1
            yield Guess(text, used, kind.value == _SENTENCE)

    def predictions(self, before: str) -> Iterator[str]:
        """What often follows `before`, likeliest first."""
        self._c.pinyin_guess_predicted_candidates(self._instance, _utf8(before))
        for _, text in self._candidates():
            yield text

    def _candidates(self) -> Iterator[tuple[ctypes.c_void_p, str]]:
        count = ctypes.c_uint()
        self._c.pinyin_get_n_candidate(self._instance, ctypes.byref(count))
        for index in range(count.value):
            handle, text = _Handle(), ctypes.c_char_p()
            self._c.pinyin_get_candidate(self._instance, index, ctypes.byref(handle))
            self._c.pinyin_get_candidate_string(self._instance, handle, ctypes.byref(text))
            yield handle, (text.value or b"").decode()
