"""No text for citizens stands in the code outside gettext, and translators have them all."""

from __future__ import annotations

import ast
import io
import re
import string
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

ROOT = Path(__file__).resolve().parents[2]
TEMPLATE = ROOT / "assets/locale/kiosk.pot"
HAN = re.compile(r"[㐀-鿿]")
KEYWORDS = {"t": None, "noted": None}

#: Chinese that is no text of the screen: papers are Chinese in every language, sex is a value of GB/T 2261.1, topics are the center's.
NOT_ON_SCREEN = {"kiosk/journeys/papers", "kiosk/journeys/apply/draft.py:_SEX"}


def sources() -> list[Path]:
    screens = [path for path in (ROOT / "screens").rglob("*.py") if "gallery" not in path.parts]
    return [*(ROOT / "kiosk/journeys").rglob("*.py"), ROOT / "kiosk/terminal.py", *screens]


def bare_texts(path: Path) -> Iterator[tuple[int, str]]:
    """Literals with Han characters that are neither documentation nor looked up."""
    tree = ast.parse(path.read_text("utf-8"))
    allowed: set[int] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            allowed.add(id(node.value))
        if isinstance(node, ast.Call):
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            if name in KEYWORDS and node.args:
                allowed.add(id(node.args[0]))
        if isinstance(node, ast.Assign):
            names = {target.id for target in node.targets if isinstance(target, ast.Name)}
            if any(f"{path.relative_to(ROOT)}:{name}" in NOT_ON_SCREEN for name in names):
                allowed |= {id(part) for part in ast.walk(node)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and HAN.search(node.value) and id(node) not in allowed:
            yield node.lineno, node.value


@pytest.mark.parametrize("path", sources(), ids=lambda path: str(path.relative_to(ROOT)))
def test_no_text_for_citizens_stands_outside_gettext(path: Path) -> None:
    if str(path.parent.relative_to(ROOT)) in NOT_ON_SCREEN:
        return
    # a stamp on paper, a name of GB/T 3304, the mark, and the bounds of a block of characters
    found = [(line, text) for line, text in bare_texts(path) if text not in {"补打", "其他", "印", "一", "龥"}]
    assert found == []


def extracted() -> set[str]:
    found = extract_from_dir(str(ROOT / "kiosk"), keywords=KEYWORDS, method_map=[("**.py", "python")])
    return {message for _, _, message, _, _ in found if isinstance(message, str)}


def test_translators_have_every_text_and_no_other() -> None:
    template = read_po(io.BytesIO(TEMPLATE.read_bytes()))
    assert {message.id for message in template if message.id} == extracted(), "run: make messages"


def test_every_text_names_its_values() -> None:
    for message in extracted():
        assert all(name is None or name for _, name, _, _ in string.Formatter().parse(message)), message
