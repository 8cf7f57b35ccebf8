"""Parts what was typed into syllables: letters, digits of nine keys, or both. The engines tell characters, not where each one's letters end."""

from __future__ import annotations

from kiosk.typing.keys import digits_of

#: All syllables of standard Chinese, by what they begin with (ü is typed v).
_TABLE = """
: a ai an ang ao e ei en eng er o ou
b: a ai an ang ao ei en eng i ian iao ie in ing o u
p: a ai an ang ao ei en eng i ian iao ie in ing o ou u
m: a ai an ang ao e ei en eng i ian iao ie in ing iu o ou u
f: a an ang ei en eng o ou u
d: a ai an ang ao e ei en eng i ia ian iao ie ing iu ong ou u uan ui un uo
t: a ai an ang ao e eng i ian iao ie ing ong ou u uan ui un uo
n: a ai an ang ao e ei en eng i ian iang iao ie in ing iu ong ou u uan uo v ve
l: a ai an ang ao e ei eng i ia ian iang iao ie in ing iu o ong ou u uan un uo v ve
g: a ai an ang ao e ei en eng ong ou u ua uai uan uang ui un uo
k: a ai an ang ao e ei en eng ong ou u ua uai uan uang ui un uo
h: a ai an ang ao e ei en eng ong ou u ua uai uan uang ui un uo
j: i ia ian iang iao ie in ing iong iu u uan ue un
q: i ia ian iang iao ie in ing iong iu u uan ue un
x: i ia ian iang iao ie in ing iong iu u uan ue un
zh: a ai an ang ao e ei en eng i ong ou u ua uai uan uang ui un uo
ch: a ai an ang ao e en eng i ong ou u ua uai uan uang ui un uo
sh: a ai an ang ao e ei en eng i ou u ua uai uan uang ui un uo
r: an ang ao e en eng i ong ou u ua uan ui un uo
z: a ai an ang ao e ei en eng i ong ou u uan ui un uo
c: a ai an ang ao e en eng i ong ou u uan ui un uo
s: a ai an ang ao e en eng i ong ou u uan ui un uo
y: a an ang ao e i in ing o ong ou u uan ue un
w: a ai an ang ei en eng o u
"""
SYLLABLES = frozenset(
    initial + final for line in _TABLE.strip().splitlines() for initial, finals in [line.split(":")] for final in finals.split()
)
_BEGINNINGS = frozenset(syllable[:length] for syllable in SYLLABLES for length in range(1, len(syllable)))
_WHOLE_NINE = frozenset(map(digits_of, SYLLABLES))
_BEGUN_NINE = frozenset(map(digits_of, _BEGINNINGS))
_LONGEST = 6
#: What a syllable costs that is not typed to its end, in syllables.
_UNFINISHED = 3

_Parts = tuple[str, ...]


def parted(keys: str, count: int = 0) -> _Parts:
    """Keys in syllables, `count` of them if given. () if they cannot be parted so; the last resort is not guessed."""
    keys = keys.strip("'")
    # best[n][p]: the cheapest way to part the first p keys into n syllables; n is 0 throughout where the number is free.
    best: list[dict[int, tuple[int, _Parts]]] = [{0: (0, ())}]
    best += [{} for _ in keys]
    for place, ways in enumerate(best[:-1]):
        if keys[place] == "'":
            for number, way in ways.items():
                _keep(best[place + 1], number, way)
            continue
        for end in range(place + 1, min(place + _LONGEST, len(keys)) + 1):
            chunk = keys[place:end]
            cost = _cost(chunk)
            if cost is not None:
                for so_far, parts in ways.values():
                    if not count or len(parts) < count:
                        _keep(best[end], len(parts) + 1 if count else 0, (so_far + cost, (*parts, chunk)))
    found = best[-1].get(count)
    return found[1] if found else ()


def _keep(ways: dict[int, tuple[int, _Parts]], number: int, way: tuple[int, _Parts]) -> None:
    """The cheaper one; of two that cost the same, the one whose first syllables are longer, as it is read."""
    there = ways.get(number)
    if there is None or (way[0], [-len(part) for part in way[1]]) < (there[0], [-len(part) for part in there[1]]):
        ways[number] = way


def _cost(chunk: str) -> int | None:
    if chunk.isalpha():
        return 1 if chunk in SYLLABLES else 1 + _UNFINISHED if chunk in _BEGINNINGS else None
    digits = digits_of(chunk)
    return 1 if digits in _WHOLE_NINE else 1 + _UNFINISHED if digits in _BEGUN_NINE else None


def spelled_by(keys: str) -> list[str]:
    """Whole syllables that begin a nine-key input, longest first."""
    heads = [digits_of(keys[:length]) for length in range(min(_LONGEST, len(keys.partition("'")[0])), 0, -1)]
    return [syllable for head in heads for syllable in sorted(SYLLABLES) if digits_of(syllable) == head]
