"""What was typed: letters, digits of nine keys, and apostrophes that part syllables; and the syllables that fit."""

from __future__ import annotations

import re
from dataclasses import dataclass

from kiosk.errors import OneSealError

#: More is no phrase any more; every key costs the engine the whole input once.
LONGEST_INPUT = 60
_INPUT = re.compile(r"[a-z2-9][a-z2-9']*")
_TO_DIGITS = str.maketrans("abcdefghijklmnopqrstuvwxyz", "22233344455566677778889999")


class NotTypeable(OneSealError):
    """What was given is nothing that the keyboard sends."""


def digits_of(letters: str) -> str:
    """The keys of a nine-key board under which these letters are."""
    return letters.translate(_TO_DIGITS)


@dataclass(frozen=True)
class Keys:
    """An input without its apostrophes: `typed`, in which a digit stands for any of its letters, and where syllables must end."""

    typed: str
    borders: frozenset[int]
    _raw: tuple[int, ...]

    @classmethod
    def read(cls, text: str) -> Keys:
        """Raises NotTypeable for anything but lower-case letters, the digits 2-9 and apostrophes between them."""
        if not _INPUT.fullmatch(text) or len(text) > LONGEST_INPUT:
            raise NotTypeable(
                "pinyin_invalid", f"Give letters a-z, digits 2-9 for nine keys, and ' between syllables; {LONGEST_INPUT} at most."
            )
        raw = [index for index, key in enumerate(text) if key != "'"]
        borders = frozenset(place for place in range(1, len(raw)) if raw[place] - raw[place - 1] > 1)
        return cls(text.replace("'", ""), borders, (*raw, len(text)))

    @property
    def nine(self) -> bool:
        """Whether any key stands for several letters."""
        return not self.typed.isalpha()

    def raw(self, place: int) -> int:
        """How much of the text as typed the first `place` keys are."""
        return self._raw[place]

    def fits(self, syllables: str, start: int) -> bool:
        """Whether syllables parted by apostrophes can stand from `start` on: letters agree, and no border is inside a syllable."""
        place = start
        for syllable in syllables.split("'"):
            for offset, letter in enumerate(syllable):
                key = self.typed[place + offset]
                if key != letter and key != digits_of(letter):
                    return False
            if self.borders and any(place + offset in self.borders for offset in range(1, len(syllable))):
                return False
            place += len(syllable)
        return True

    def begins(self, syllable: str, start: int) -> bool:
        """Whether the keys from `start` to the end are the beginning of a syllable."""
        rest = self.typed[start:]
        return not any(border > start for border in self.borders) and all(
            key in (letter, digits_of(letter)) for key, letter in zip(rest, syllable, strict=False)
        )
