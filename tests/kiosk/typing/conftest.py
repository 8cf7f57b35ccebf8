"""The real engines. On a desk without libpinyin these tests are skipped and say why; in CI its absence is a failure."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from kiosk.typing.handwriting import HandwritingEngine
from kiosk.typing.libpinyin import EngineMissing
from kiosk.typing.local_words import catalogue_words, local_words
from kiosk.typing.names import NameEngine
from kiosk.typing.pinyin import PinyinEngine

TABLES = Path("config/typing")


@pytest.fixture(scope="session")
def pinyin() -> PinyinEngine:
    try:
        return PinyinEngine(TABLES, local_words(TABLES, catalogue_words(Path("config/catalogue"))))
    except EngineMissing as missing:
        if os.environ.get("CI"):
            raise
        pytest.skip(f"NOT TESTED, typing pinyin: {missing.message}")


@pytest.fixture(scope="session")
def names(pinyin: PinyinEngine) -> NameEngine:
    return NameEngine(TABLES, pinyin)


@pytest.fixture(scope="session")
def handwriting() -> HandwritingEngine:
    try:
        return HandwritingEngine()
    except EngineMissing as missing:
        if os.environ.get("CI"):
            raise
        pytest.skip(f"NOT TESTED, handwriting: {missing.message}")
