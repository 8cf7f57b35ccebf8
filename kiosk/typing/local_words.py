"""What people write here and a general dictionary does not know well: our items, villages, departments; each with its syllables.

Made by the terminal, which hands them to the engine; the engine reads no catalogue.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from pypinyin import lazy_pinyin

from kiosk.typing.libpinyin import EngineMissing

_HAN = re.compile(r"[\u4e00-\u9fff]+")
#: Longer is a sentence, not a phrase.
_SHORTEST, _LONGEST = 2, 12
#: Keys of an item under which words stand that a citizen may write.
_KEYS = frozenset({"task_name", "aliases", "topics", "material_name", "dept_name", "label", "text", "options"})
#: Keys whose sentences are nobody's words.
_NOT = frozenset({"source", "read_first", "note", "by_law", "accept_condition", "handle_flow", "fee"})
#: What follows a village's or a street's name, and is often left away.
_ENDINGS = ("街道", "社区", "村", "镇", "乡", "区")


def words_of(item: Mapping[str, object]) -> Iterator[str]:
    """The words of an item's definition."""
    for key, value in item.items():
        if key not in _NOT:
            yield from _strings(value, key in _KEYS)


def _strings(value: object, wanted: bool) -> Iterator[str]:
    if isinstance(value, str):
        if wanted:
            yield value
    elif isinstance(value, Mapping):
        yield from words_of(value)
    elif isinstance(value, list | tuple):
        for each in value:
            yield from _strings(each, wanted)


def local_words(tables: Path, more: Iterable[str] = ()) -> list[tuple[str, str]]:
    """Places and departments of config/typing, and Han phrases of `more`, each once with its syllables. Raises EngineMissing."""
    texts: dict[str, None] = {}
    try:
        for line in (tables / "places.tsv").read_text(encoding="utf-8").splitlines():
            name, _, kind = line.partition("\t")
            texts[name] = None
            for ending in _ENDINGS if kind != "city" else ():
                if name.endswith(ending) and len(name) > len(ending) + 1:
                    texts[name.removesuffix(ending)] = None
        departments = (tables / "departments.txt").read_text(encoding="utf-8").splitlines()
    except OSError as error:
        raise EngineMissing("local_words_missing", f"{error.filename} is missing; it comes with this program.") from None
    for text in [*(line for line in departments if not line.startswith("#")), *more]:
        for phrase in _HAN.findall(text):
            texts[phrase] = None
    return [(text, "'".join(lazy_pinyin(text))) for text in texts if _SHORTEST <= len(text) <= _LONGEST]


def catalogue_words(folder: Path) -> Iterator[str]:
    """The words of the items in a folder of TOML files, one item a file. Raises EngineMissing for a file that is no TOML."""
    for file in sorted(folder.glob("*.toml")):
        try:
            item = tomllib.loads(file.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            raise EngineMissing("catalogue_unreadable", f"{file} cannot be read as TOML; mend it, or name another --catalogue.") from None
        yield from words_of(item)
