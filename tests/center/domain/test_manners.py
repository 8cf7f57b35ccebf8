"""Manners (R8): nothing that people read says one of the five forbidden phrases or its sense, or a code instead of words."""

from __future__ import annotations

import ast
import io
import re
import tomllib
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from center.domain.manners import FORBIDDEN, unmannerly
from tests.center.wording import is_bare_code

ROOT = Path(__file__).resolve().parents[3]
HAN = re.compile(r"[㐀-鿿]")
JINJA = re.compile(r"\{#.*?#\}|\{%.*?%\}", re.DOTALL)
#: In a template a value stands for words that are looked at where they are made.
VALUE = re.compile(r"\{\{.*?\}\}", re.DOTALL)
IN_CODE = re.compile(r"'([^']*[㐀-鿿][^']*)'|\"([^\"]*[㐀-鿿][^\"]*)\"")
#: The forbidden phrases themselves, and the rules' own sentences, which name them.
NOT_SAID = {"center/domain/manners.py", "center/domain/rules.py"}


@pytest.mark.rule("R8.1")
@pytest.mark.parametrize(
    ("said", "sense_of"),
    [
        ("我不知道，你去问村里。", 0),
        ("这个我们不清楚", 0),
        ("这不归我们管", 0),
        ("您去问别人吧", 0),
        ("有牌子，自己看", 1),
        ("墙上贴着呢", 1),
        ("指南在那边，自己去看", 1),
        ("下班了，明天再来", 2),
        ("现在不办，请上班时间再来", 2),
        ("还没到点", 2),
        ("都说过几遍了，怎么还不明白？", 3),
        ("跟您说了多少次", 3),
        ("看不懂吗", 3),
        ("没看我正忙着吗！", 4),
        ("没看见这边忙着呢", 4),
        ("没空理你", 4),
    ],
)
def test_the_forbidden_phrases_and_their_sense_are_recognized(said: str, sense_of: int) -> None:
    assert unmannerly(said) == FORBIDDEN[sense_of].phrase


@pytest.mark.rule("R8.1")
@pytest.mark.parametrize(
    "said",
    [
        "您好，您要办什么业务？",
        "请稍等一下",
        "请带户口簿原件，再来窗口时一并交上。",
        "这个事项由区民政局办理，在桃山区民政局婚姻登记处，工作日8:30至17:00。",
        "夜里也可以提交，窗口上班后第一个看到。",
        "同时提交的人太多，请稍后再试；重复发送不会重复办理。",
        "不知道怎么填的，可以先空着。",
    ],
)
def test_polite_words_pass(said: str) -> None:
    assert unmannerly(said) is None
    assert not is_bare_code(said)


@pytest.mark.rule("R8.1")
@pytest.mark.parametrize(
    "said", ["E1204", "提交失败，错误码 1204", "HTTP 500", "打印机故障 ERR-07", "不符合 R4.2", "ValueError：材料", "None"]
)
def test_a_code_in_place_of_words_is_recognized(said: str) -> None:
    assert is_bare_code(said)


# ------------------------------------------------------------------ all that people read


class _Words(HTMLParser):
    """Text between tags, and the attributes that are read."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_data(self, data: str) -> None:
        self.found.append(data)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found += [
            value for name, value in attrs if value and name in ("title", "placeholder", "aria-label", "alt", "value", "content")
        ]


def of_templates() -> Iterator[tuple[str, str]]:
    for path in sorted((ROOT / "center").rglob("templates/**/*.html")):
        source = path.read_text("utf-8")
        where = path.relative_to(ROOT).as_posix()
        # words given to a macro or chosen in an expression, and words in the page itself
        for code in [*JINJA.findall(source), *VALUE.findall(source)]:
            if not code.startswith("{#"):
                yield from ((where, one or other) for one, other in IN_CODE.findall(code))
        words = _Words()
        words.feed(VALUE.sub("〇", JINJA.sub(" ", source)))
        yield from ((where, text.strip()) for text in words.found if HAN.search(text))


def _strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for each in value.values():
            yield from _strings(each)
    elif isinstance(value, list):
        for each in value:
            yield from _strings(each)


def of_catalogue() -> Iterator[tuple[str, str]]:
    for path in sorted((ROOT / "config").rglob("*.toml")):
        for text in _strings(tomllib.loads(path.read_text("utf-8"))):
            if HAN.search(text):
                yield path.relative_to(ROOT).as_posix(), text


def of_terminal() -> Iterator[tuple[str, str]]:
    template = read_po(io.BytesIO((ROOT / "assets/locale/kiosk.pot").read_bytes()))
    yield from (("assets/locale/kiosk.pot", str(message.id)) for message in template if message.id and HAN.search(str(message.id)))
    for path in sorted((ROOT / "kiosk/journeys/papers").glob("*.py")):
        yield from of_source(path)


def _joined(node: ast.AST) -> str | None:
    """A literal's text; a value in an f-string stands as 〇."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.JoinedStr):
        return "".join(_joined(part) or "〇" for part in node.values)
    return None


def of_source(path: Path) -> Iterator[tuple[str, str]]:
    tree = ast.parse(path.read_text("utf-8"))
    passed: set[ast.AST] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr):
            passed.add(node.value)  # a docstring
        if isinstance(node, ast.JoinedStr):
            passed |= {part for part in node.values if isinstance(part, ast.Constant)}
    for node in ast.walk(tree):
        text = None if node in passed else _joined(node)
        if text and HAN.search(text):
            yield path.relative_to(ROOT).as_posix(), text


def of_center() -> Iterator[tuple[str, str]]:
    for path in sorted((ROOT / "center").rglob("*.py")):
        if path.relative_to(ROOT).as_posix() not in NOT_SAID:
            yield from of_source(path)


SOURCES = {"templates": of_templates, "catalogue": of_catalogue, "terminal": of_terminal, "center": of_center}


@pytest.mark.rule("R8.1")
@pytest.mark.parametrize("source", SOURCES)
def test_nothing_that_people_read_says_a_forbidden_phrase_or_its_sense(source: str) -> None:
    texts = list(SOURCES[source]())
    assert texts, "nothing was found to read"
    assert [(where, text, unmannerly(text)) for where, text in texts if unmannerly(text)] == []


@pytest.mark.rule("R8.1")
@pytest.mark.parametrize("source", SOURCES)
def test_nothing_that_people_read_gives_a_code_for_words(source: str) -> None:
    assert [(where, text) for where, text in SOURCES[source]() if is_bare_code(text)] == []


def refusals() -> Iterator[tuple[str, str]]:
    """The message of every Refusal that is written where it is raised."""
    for path in sorted((ROOT / "center").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Refusal" and len(node.args) > 1:
                text = _joined(node.args[1])
                if text is not None:
                    yield path.relative_to(ROOT).as_posix(), text


@pytest.mark.rule("R8.1")
def test_every_refusal_is_a_whole_sentence_in_chinese() -> None:
    messages = list(refusals())
    assert len(messages) > 30
    assert [each for each in messages if is_bare_code(each[1]) or not each[1].endswith(("。", "？", "！", "〇"))] == []


# ------------------------------------------------------------------ what is said, and the five 一样


@pytest.mark.rule("R8.1")
def test_the_terminal_greets_and_asks_to_wait_in_the_ordinances_words() -> None:
    texts = {text for _, text in of_terminal()}
    assert "您好，您要办什么业务？" in texts
    assert any("请稍等一下" in text for text in texts)
