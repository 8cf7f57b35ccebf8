"""Makes the tables of config/typing/ anew from the packages they were taken from, once; README.md there names versions and licenses.

Usage: python scripts/typing_tables.py DIR, where DIR holds, unpacked: jieba-0.42.1/ (PyPI), mingzi/ (PyPI 1.2.3),
random_name_type/ (PyPI 2.1.0), china-division/ (npm package 2.7.0), and popular-names.json, which node makes of @faker-js/faker 9.9.0:
import {faker} from "./dist/locale/zh_CN.js"; console.log(JSON.stringify(faker.rawDefinitions.person.first_name))
"""

from __future__ import annotations

import ast
import csv
import gzip
import json
import math
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

from pypinyin import Style, lazy_pinyin, pinyin

_OUT = Path(__file__).parent.parent / "config" / "typing"
_HAN = re.compile(r"[\u4e00-\u9fff]{1,4}$")
#: Interjections without a vowel (hm, ng) are in the way of nine keys.
_VOWEL = re.compile(r"[aeiouv]")
#: Rarer words are left out: they hide what is meant more often than they are meant.
_RAREST_WORD, _RAREST_CHARACTER = 5, 20
#: Readings that a character has as a surname and not otherwise.
_SURNAME_READINGS = {
    "单": "shan", "解": "xie", "曾": "zeng", "任": "ren", "查": "zha", "仇": "qiu", "朴": "piao", "盖": "ge", "覃": "qin",
    "区": "ou", "尉": "wei", "华": "hua", "翟": "zhai", "乐": "yue", "缪": "miao", "万俟": "moqi", "尉迟": "yuchi",
}  # fmt: skip
#: The village's or community's committee, as the division table has it, and the place people live in.
_COMMITTEES = (
    ("社区居民委员会", "社区"), ("社区居委会", "社区"), ("居民委员会", "社区"), ("居委会", "社区"),
    ("村民委员会", "村"), ("村委会", "村"), ("生活区", ""),
)  # fmt: skip
#: A given name in a list of popular ones counts as so many people of the dictionary.
_POPULAR = 20
#: Names of one character are rarer in the dictionary than names of two, and each therefore counts for more.
_SINGLE = 8
_PROVINCE, _CITY = "23", "2309"

Dictionary = dict[str, tuple[int, str]]


def _dictionary(folder: Path) -> Dictionary:
    lines = (folder / "jieba-0.42.1/jieba/dict.txt").read_text(encoding="utf-8").splitlines()
    return {word: (int(count), kind) for word, count, kind in (line.split() for line in lines)}


def words(dictionary: Dictionary) -> None:
    """words.tsv.gz: syllables, then words with their counts, most frequent first."""
    by_reading: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for word, (count, _) in dictionary.items():
        if _HAN.match(word) and count >= (_RAREST_WORD if len(word) > 1 else _RAREST_CHARACTER):
            by_reading["'".join(lazy_pinyin(word))].append((count, word))
    with (_OUT / "words.tsv.gz").open("wb") as file, gzip.GzipFile("", "wb", mtime=0, fileobj=file) as packed:
        for reading in sorted(each for each in by_reading if all(_VOWEL.search(syllable) for syllable in each.split("'"))):
            entries = sorted(by_reading[reading], reverse=True)[:12]
            packed.write(f"{reading}\t{' '.join(f'{word} {count}' for count, word in entries)}\n".encode())


def _given_names(dictionary: Dictionary, surnames: set[str]) -> Iterator[str]:
    """What follows a surname in the dictionary's names, without titles (王先生): words that are no names by themselves."""
    for word, (_, kind) in dictionary.items():
        if kind not in ("nr", "nrfg"):
            continue
        if len(word) == 2 and word[0] not in surnames:
            yield word
            continue
        surname = word[:2] if word[:2] in surnames else word[:1]
        given = word[len(surname) :]
        count, given_kind = dictionary.get(given, (0, ""))
        if surname in surnames and not (count > 20 and not given_kind.startswith("nr") and given_kind not in ("ns", "nz", "ng")):
            yield given


def names(folder: Path, dictionary: Dictionary) -> None:
    """names.tsv: surnames by frequency; how readily a character begins or ends a given name; given names seen more than once."""
    made_up = json.loads((folder / "mingzi/data.json").read_text(encoding="utf-8"))
    surnames = {**dict.fromkeys(made_up["com_surname"], 0.0002), **made_up["surname"]}
    surnames["钟"] = surnames.get("钟", 0) + surnames.pop("锺", 0)
    chosen = set(made_up["male_single"] + made_up["female_single"])
    tree = ast.parse((folder / "random_name_type/data/chinese.py").read_text(encoding="utf-8"))
    listed = {
        each for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str) for each in node.value.split("、")
    }
    first, last, single, whole = Counter[str](), Counter[str](), Counter[str](), Counter[str]()
    for given in _given_names(dictionary, set(surnames)):
        if len(given) == 2:
            first[given[0]] += 1
            whole[given] += 1
            last[given[1]] += 1
        elif len(given) == 1:
            single[given] += 1

    popular = json.loads((folder / "popular-names.json").read_text(encoding="utf-8"))
    for given in {each for group in popular.values() for each in group}:
        if len(given) == 2:
            first[given[0]] += _POPULAR
            whole[given] += _POPULAR
            last[given[1]] += _POPULAR
        else:
            single[given] += _POPULAR

    def weight(character: str, here: Counter[str], there: Counter[str], times: float = 1) -> float:
        seen = times * here[character] + 0.3 * there[character]
        known = character in chosen or character in listed
        return round(math.log((1 if known else 0.1) * seen + 50 * (character in chosen) + 150 * (character in listed) + 0.05), 2)

    with (_OUT / "names.tsv").open("w", encoding="utf-8") as file:
        for surname, share in sorted(surnames.items(), key=lambda each: -each[1]):
            reading = _SURNAME_READINGS.get(surname) or "".join(lazy_pinyin(surname))
            file.write(f"surname\t{surname}\t{reading}\t{round(math.log(share), 2)}\n")
        for character in sorted(each for each in {*first, *last, *chosen, *listed} if _HAN.match(each) and len(each) == 1):
            reading = pinyin(character, style=Style.NORMAL)[0][0]
            weights = weight(character, first, last), weight(character, last, first), weight(character, single, last, _SINGLE)
            file.write("\t".join(("given", character, reading, *map(str, weights))) + "\n")
        for given, times in sorted(whole.items()):
            if times > 1:
                file.write(f"whole\t{given}\t\t{round(min(3.0, 2 * math.log(1 + times)), 2)}\n")


def places(folder: Path) -> None:
    """places.tsv: the province's cities; the city's districts, streets and towns, villages and communities."""
    found: dict[str, str] = {"黑龙江省": "province"}
    for table, kind, column, code in (
        ("cities", "city", "provinceCode", _PROVINCE),
        ("areas", "district", "cityCode", _CITY),
        ("streets", "street", "cityCode", _CITY),
        ("villages", "village", "cityCode", _CITY),
    ):
        with (folder / f"china-division/dist/{table}.csv").open(encoding="utf-8") as file:
            for row in csv.DictReader(file):
                if row[column] == code:
                    name = row["name"]
                    ending, place = next((each for each in _COMMITTEES if name.endswith(each[0])), ("", ""))
                    found.setdefault(name.removesuffix(ending) + place, kind)
    with (_OUT / "places.tsv").open("w", encoding="utf-8") as file:
        file.writelines(f"{name}\t{kind}\n" for name, kind in found.items())


if __name__ == "__main__":
    source = Path(sys.argv[1])
    _OUT.mkdir(exist_ok=True)
    known = _dictionary(source)
    words(known)
    names(source, known)
    places(source)
