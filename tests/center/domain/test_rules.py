"""The table of rules, and the script that joins it with code and tests: nothing in docs/rules.md can be wrong unseen."""

from __future__ import annotations

import importlib.util
import re
import sys
from pathlib import Path
from types import ModuleType

import pytest

from center.domain.rules import INSTITUTIONS, RULES, Origin, institution

ROOT = Path(__file__).resolve().parents[3]
#: How many numbered sentences domain.md has under each institution; R9 and R10 are one each.
COUNTS = {"R1": 5, "R2": 5, "R3": 3, "R4": 7, "R5": 5, "R6": 10, "R7": 3, "R8": 2, "R9": 1, "R10": 1}


def test_every_numbered_sentence_is_in_the_table_once_and_in_order() -> None:
    expected = [chapter if count == 1 else f"{chapter}.{n}" for chapter, count in COUNTS.items() for n in range(1, count + 1)]
    assert list(RULES) == expected
    assert {institution(number) for number in RULES} == set(INSTITUTIONS)


def test_every_rule_says_a_chinese_sentence_and_where_it_comes_from() -> None:
    for number, rule in RULES.items():
        assert rule.number == number
        assert re.search("[一-鿿]{2}", rule.sentence), number
        assert rule.sentence.endswith("。"), number
        assert rule.source, number
    assert [number for number, rule in RULES.items() if rule.origin is Origin.LAW] == ["R4.6", "R4.7"]


@pytest.fixture
def script(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """scripts/rules.py over a tree of its own."""
    spec = importlib.util.spec_from_file_location("rules_script", ROOT / "scripts/rules.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    monkeypatch.setitem(sys.modules, "rules_script", module)
    spec.loader.exec_module(module)
    monkeypatch.setattr(module, "ROOT", tmp_path)
    monkeypatch.setattr(module, "PAGE", tmp_path / "docs/rules.md")
    monkeypatch.setattr(sys, "argv", ["rules.py", "--check"])
    for folder in (*module.CODE, "tests"):
        (tmp_path / folder).mkdir()
    return module


CODE = '''"""About dates (R4.1)."""

#: Five days (R4.6).
TELL_DAYS = 5

TABLE = (("filed", "R2.2"), ("said", "see R2.3"))


class Case:
    """A case."""

    #: Its due day (R4.2).
    due_on: int = 0

    def end(self) -> None:
        """The voucher (R4.3), as R4 and R2–R4 want."""
        day = 1  # R4.4
'''


def places(script: ModuleType, found: dict[str, set[object]]) -> dict[str, list[str]]:
    return {number: sorted(place.name for place in each) for number, each in found.items() if each}  # type: ignore[attr-defined]


def test_a_rule_is_found_in_docstrings_comments_and_strings_that_are_its_number(script: ModuleType, tmp_path: Path) -> None:
    (tmp_path / "center/case.py").write_text(CODE, "utf-8")
    findings = script.Findings()
    script.read_code(findings)
    assert places(script, findings.code) == {
        "R4.1": [""],
        "R4.6": ["TELL_DAYS"],
        "R2.2": ["TABLE"],
        "R4.2": ["Case.due_on"],
        "R4.3": ["Case.end"],
        "R4.4": ["Case.end"],
    }
    assert findings.faults == []


def test_a_test_names_its_rules_by_mark_and_by_name(script: ModuleType, tmp_path: Path) -> None:
    (tmp_path / "tests/test_case.py").write_text(
        "import pytest\n\n"
        '@pytest.mark.rule("R4.1", "R4.2")\ndef test_a():\n    pass\n\n'
        "def test_R4_3_b():\n    pass\n\n"
        '@pytest.mark.parametrize("n", [pytest.param(1, marks=pytest.mark.rule("R4.4"))])\ndef test_c(n):\n    pass\n\n'
        '@pytest.mark.rule("R9")\nclass TestD:\n    def test_d(self):\n        pass\n\n'
        '@pytest.mark.rule("R1.1")\ndef helper():\n    pass\n',
        "utf-8",
    )
    findings = script.Findings()
    script.read_tests(findings)
    named = places(script, findings.tests)
    assert named == {"R4.1": ["test_a"], "R4.2": ["test_a"], "R4.3": ["test_R4_3_b"], "R4.4": ["test_c"], "R9": ["test_d"]}


@pytest.mark.parametrize(("folder", "text"), [("kiosk", '"""As R6.11 says."""\n'), ("tests", "def test_R4_9_x():\n    pass\n")])
def test_a_rule_that_does_not_exist_fails_the_check_by_name(
    script: ModuleType, tmp_path: Path, capsys: pytest.CaptureFixture[str], folder: str, text: str
) -> None:
    (tmp_path / folder / "test_x.py").write_text(text, "utf-8")
    assert script.main() == 1
    assert re.search(r"names R(6\.11|4\.9), which is no rule", capsys.readouterr().err)


def test_a_rule_without_code_or_without_test_fails_the_check(
    script: ModuleType, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "center/case.py").write_text('"""R4.1"""\n', "utf-8")
    assert script.main() == 1
    said = capsys.readouterr().err
    assert "R4.1 is proven by no test" in said
    assert "R4.1 is named nowhere" not in said
    assert "R4.2 is named nowhere in the code" in said


def test_a_page_that_is_stale_fails_the_check_and_a_fresh_one_passes(
    script: ModuleType, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    # given every rule has its place and its test
    (tmp_path / "center/case.py").write_text("".join(f"# {number}\n" for number in RULES), "utf-8")
    marks = ", ".join(f'"{number}"' for number in RULES)
    (tmp_path / "tests/test_case.py").write_text(f"import pytest\n\n@pytest.mark.rule({marks})\ndef test_all():\n    pass\n", "utf-8")
    assert script.main() == 1
    assert capsys.readouterr().err == "docs/rules.md is not what code and tests say; run: make rules\n"
    # when the page is written; then the check passes until a test gets another name
    monkeypatch.setattr(sys, "argv", ["rules.py"])
    assert script.main() == 0
    monkeypatch.setattr(sys, "argv", ["rules.py", "--check"])
    assert script.main() == 0
    renamed = (tmp_path / "tests/test_case.py").read_text("utf-8").replace("test_all", "test_every_one")
    (tmp_path / "tests/test_case.py").write_text(renamed, "utf-8")
    assert script.main() == 1
