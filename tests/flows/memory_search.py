"""Searches what a process holds in its writable memory, and what lies in a folder, for what a citizen told."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path

import numpy as np

_PAGE = 4096
#: As CPython holds text (one, two or four bytes a character, by its widest), as it goes over wires and into files, and as the card has it.
_ENCODINGS = ("utf-8", "utf-16-le", "utf-32-le", "gb18030")

#: What is found, and in which form: how often.
Found = Counter[tuple[str, str]]


def patterns(told: Mapping[str, str]) -> dict[bytes, tuple[str, str]]:
    """Every form of every text, by its bytes."""
    forms = {text.encode(encoding): (what, encoding) for what, text in told.items() for encoding in _ENCODINGS}
    return forms | {json.dumps(text)[1:-1].encode(): (what, "json") for what, text in told.items() if not text.isascii()}


def in_memory(pid: int, wanted: Mapping[bytes, tuple[str, str]]) -> Found:
    """Where the wanted bytes are in the writable memory of a process. Needs root: no other may look into a terminal."""
    return _count(_writable(pid), wanted)


def in_files(folders: Iterable[Path], wanted: Mapping[bytes, tuple[str, str]]) -> Found:
    """The same in all files under these folders."""
    return _count((path.read_bytes() for folder in folders for path in folder.rglob("*") if path.is_file()), wanted)


def pictures_in_memory(pid: int) -> dict[bytes, tuple[str, str]]:
    """A piece out of the middle of every JPEG there, to be searched for later."""
    pieces = {}
    for block in _writable(pid):
        for start in re.finditer(rb"\xff\xd8\xff[\xdb\xe0\xe1]", block):
            piece = block[start.start() + 4096 : start.start() + 4096 + 48]
            if len(set(piece)) > 24:  # not a stretch of one color, nor what is no picture
                pieces[piece] = ("picture", "jpeg")
    return pieces


def _count(blocks: Iterable[bytes], wanted: Mapping[bytes, tuple[str, str]]) -> Found:
    search = Search(wanted)
    found: Found = Counter()
    for block in blocks:
        found += search.count(block)
    return found


class Search:
    """For many patterns at once: some hundred megabytes are passed once, not once a pattern."""

    def __init__(self, wanted: Mapping[bytes, tuple[str, str]]) -> None:
        #: Two bytes of each pattern that are rare in memory, as a number: with them it is looked for. Where in it they stand.
        self._by_pair: dict[int, list[tuple[int, bytes, tuple[str, str]]]] = {}
        for pattern, name in wanted.items():
            at = max(range(len(pattern) - 1), key=lambda place, pattern=pattern: _rareness(pattern[place : place + 2]))  # type: ignore[misc]
            self._by_pair.setdefault(int.from_bytes(pattern[at : at + 2], "little"), []).append((at, pattern, name))
        self._is_wanted = np.zeros(1 << 16, np.bool_)
        self._is_wanted[list(self._by_pair)] = True

    def count(self, block: bytes) -> Found:
        """How often each is there."""
        found: Found = Counter()
        signs = np.frombuffer(block, np.uint8)
        for first in (0, 1):  # pairs that begin at an even place, and at an odd one
            pairs = np.frombuffer(block, "<u2", max(len(block) - first, 0) // 2, first if len(block) > first else 0)
            places = np.flatnonzero(self._is_wanted[pairs])
            of_places = pairs[places]
            for pair, patterns_of_it in self._by_pair.items():
                here = places[of_places == pair] * 2 + first
                for at, pattern, name in patterns_of_it:
                    begins = here - at
                    begins = begins[(begins >= 0) & (begins + len(pattern) <= len(signs))]
                    for place, sign in enumerate(pattern):
                        begins = begins[signs[begins + place] == sign]
                    found[name] += len(begins)
        return +found


def _rareness(pair: bytes) -> tuple[bool, int]:
    """Zeros are everywhere, and letters and digits in many places."""
    return 0 not in pair, sum(sign >= 0x80 for sign in pair)


def _writable(pid: int) -> Iterable[bytes]:
    """Everything that may have been written to: what is there or in swap, page by page, and not nothing but zeros."""
    with open(f"/proc/{pid}/mem", "rb", 0) as memory, open(f"/proc/{pid}/pagemap", "rb", 0) as map_:
        for line in Path(f"/proc/{pid}/maps").read_text("ascii").splitlines():
            place, rights, *rest = line.split(maxsplit=5)
            if "w" not in rights or (len(rest) == 4 and rest[3].startswith("/dev/")):
                continue
            begin, end = (int(number, 16) for number in place.split("-"))
            map_.seek(begin // _PAGE * 8)
            there = np.frombuffer(map_.read((end - begin) // _PAGE * 8), np.uint64) >> np.uint64(62) > 0
            edges = np.flatnonzero(np.diff(np.concatenate([[0], there, [0]])))
            for first, last in zip(edges[::2], edges[1::2], strict=True):
                memory.seek(begin + int(first) * _PAGE)
                pages = np.frombuffer(_all(memory, int(last - first) * _PAGE), np.uint64).reshape(-1, _PAGE // 8)
                if (written := pages.any(axis=1)).any():
                    yield pages[written].tobytes()


def _all(memory: object, size: int) -> bytes:
    whole = b""
    while len(whole) < size and (piece := memory.read(size - len(whole))):  # type: ignore[attr-defined] # a raw file
        whole += piece
    return whole
