"""Texts in the citizen's language, and dates as they are said in it.

Message ids are the Chinese texts; other languages are gettext catalogues in assets/locale.
"""

from __future__ import annotations

import gettext
from collections.abc import Callable
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path

_LOCALE_DIR = Path(__file__).resolve().parent.parent / "assets" / "locale"
_DOMAIN = "kiosk"


def noted(message: str) -> str:
    """Marks a text that is looked up later (`texts.t(step.label)`), so that translators see it."""
    return message


class Language(StrEnum):
    """A language of the terminal."""

    CHINESE = "zh_CN"
    ENGLISH = "en"


class Texts:
    """All texts of one language: `texts.t("共 {n} 样", n=3)`."""

    def __init__(self, language: Language = Language.CHINESE) -> None:
        self.language = language
        # Chinese is the language of the ids themselves, so that it needs no catalogue and can miss nothing.
        self._gettext: Callable[[str], str] = (
            gettext.NullTranslations() if language is Language.CHINESE else gettext.translation(_DOMAIN, _LOCALE_DIR, [language.value])
        ).gettext

    def t(self, message: str, /, **values: object) -> str:
        """The text for `message`, with `{name}` filled in from `values`."""
        text = self._gettext(message)
        return text.format(**values) if values else text

    def day(self, day: date) -> str:
        """11月24日"""
        return self.t("{month}月{day}日", month=day.month, day=day.day)

    def full_day(self, day: date) -> str:
        """2026年11月24日 周二"""
        return self.t("{year}年{day} {weekday}", year=day.year, day=self.day(day), weekday=self.weekday(day))

    def weekday(self, day: date) -> str:
        """周二"""
        names = (self.t("周一"), self.t("周二"), self.t("周三"), self.t("周四"), self.t("周五"), self.t("周六"), self.t("周日"))
        return names[day.weekday()]

    def time(self, moment: datetime) -> str:
        """10:26"""
        return f"{moment:%H:%M}"

    def moment(self, moment: datetime) -> str:
        """11月24日 10:31"""
        return f"{self.day(moment.date())} {self.time(moment)}"

    def listed(self, parts: list[str] | tuple[str, ...]) -> str:
        """A、B、C"""
        return self.t("、").join(parts)
