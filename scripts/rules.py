"""Writes docs/rules.md: each rule of the ordinance with the code that names it and the tests that prove it. `--check`: says what is missing instead.

Code names a rule in a comment, a docstring, or a string that is nothing but its number. A test names it by `@pytest.mark.rule("R4.2")`
or in its name, `test_R4_2_...`. Lines are not given: they go stale; the names of functions do not.
"""

from __future__ import annotations

import argparse
import ast
import io
import re
import sys
import tokenize
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from center.domain.rules import INSTITUTIONS, RULES, Origin, institution

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs/rules.md"
CODE = ("center", "kiosk", "screens")
TESTS = "tests"
#: The table of the rules names them all and keeps none.
NOT_CODE = {"center/domain/rules.py"}

_NUMBER = re.compile(r"(?<![\w.])R\d{1,2}(?:\.\d{1,2})?(?![\w])")
_IN_NAME = re.compile(r"^test_(R\d{1,2}(?:_\d{1,2})?)_")

#: A rule named by the file as a whole.
_MODULE = "the file"

_HEAD = """# The rules, where they are kept and what proves them

Made by `make rules` from `center/domain/rules.py`, the code and the tests. Do not edit it: name the rule in the code or the test.

The rules are those of 桃政办发〔2022〕14号 (桃山区人民政府办公室, 2022-09-23) and of the national law it rests on, in Chinese, shortened.
**[law]** marks national law: its wording is to be compared with the published text before an article is printed. **[design]** is what
the source leaves open and we decided. Under *code* stands where a rule is kept, by file and definition; under *tests*, what proves it:
`the_limit_counts_from…` is written as words here, so that the list can be read.
"""


@dataclass(frozen=True)
class Place:
    """Where a rule is named: a file from the root, and the definition in it; "" is the module itself."""

    path: str
    name: str


@dataclass(frozen=True)
class Span:
    """A definition and the lines it takes."""

    first: int
    last: int
    name: str


class Findings:
    """All places by rule, and what is wrong with some."""

    def __init__(self) -> None:
        self.code: dict[str, set[Place]] = defaultdict(set)
        self.tests: dict[str, set[Place]] = defaultdict(set)
        self.faults: list[str] = []

    def name(self, found: dict[str, set[Place]], number: str, place: Place) -> None:
        """Keep one place. A whole institution (R6) is no rule and is passed over; a number that no rule has is a fault."""
        if number in RULES:
            found[number].add(place)
        elif number not in INSTITUTIONS:
            self.faults.append(f"{place.path}: {place.name or 'the module'} names {number}, which is no rule; correct the number.")


def _sources(folder: str) -> Iterator[tuple[str, str]]:
    for path in sorted((ROOT / folder).rglob("*.py")):
        name = path.relative_to(ROOT).as_posix()
        if name not in NOT_CODE:
            yield name, path.read_text("utf-8")


def _spans(body: list[ast.stmt], prefix: str = "") -> Iterator[Span]:
    for node in body:
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            first = min([node.lineno, *(decorator.lineno for decorator in node.decorator_list)])
            name = prefix + node.name
            yield Span(first, node.end_lineno or first, name)
            if isinstance(node, ast.ClassDef):
                yield from _spans(node.body, f"{name}.")
        elif isinstance(node, (ast.Assign, ast.AnnAssign)):
            target = node.targets[0] if isinstance(node, ast.Assign) else node.target
            if isinstance(target, ast.Name):
                yield Span(node.lineno, node.end_lineno or node.lineno, prefix + target.id)


def _enclosing(spans: list[Span], line: int) -> Span | None:
    around = [span for span in spans if span.first <= line <= span.last]
    return max(around, key=lambda span: span.first, default=None)


def _below(spans: list[Span], line: int) -> str:
    """What a comment on lines of its own speaks of: the definition right below it, if that is nearer than the end of what is around it."""
    around = _enclosing(spans, line)
    after = min((span for span in spans if span.first > line), key=lambda span: span.first, default=None)
    if after is not None and (around is None or after.last <= around.last):
        return after.name
    return around.name if around else ""


def _texts(source: str, tree: ast.Module, spans: list[Span]) -> Iterator[tuple[str, str]]:
    """Every text that may name a rule, with the definition it belongs to."""
    lines = source.splitlines()
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        if token.type == tokenize.COMMENT:
            line = token.start[0]
            own = not lines[line - 1][: token.start[1]].strip()
            around = _enclosing(spans, line)
            yield (_below(spans, line) if own else around.name if around else ""), token.string
    documented = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
    for node in ast.walk(tree):
        if isinstance(node, documented) and node.body and (text := ast.get_docstring(node, clean=False)):
            around = _enclosing(spans, node.body[0].lineno)
            yield (around.name if around else ""), text
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and _NUMBER.fullmatch(node.value):
            around = _enclosing(spans, node.lineno)
            yield (around.name if around else ""), node.value


def read_code(findings: Findings) -> None:
    """Every place in the code that names a rule."""
    for folder in CODE:
        for path, source in _sources(folder):
            tree = ast.parse(source)
            spans = list(_spans(tree.body))
            for name, text in _texts(source, tree, spans):
                for number in _NUMBER.findall(text):
                    findings.name(findings.code, number, Place(path, name))


def _marked(nodes: list[ast.expr], path: str, findings: Findings) -> Iterator[str]:
    """The numbers in every `mark.rule(...)` of decorators, also in parameters' marks."""
    for each in nodes:
        for node in ast.walk(each):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and ast.unparse(node.func).endswith("mark.rule"):
                for argument in node.args:
                    if isinstance(argument, ast.Constant) and isinstance(argument.value, str):
                        yield argument.value
                    else:
                        findings.faults.append(f"{path}: a rule is marked by {ast.unparse(argument)}; write its number as a plain string.")


def _tests(body: list[ast.stmt], inherited: tuple[str, ...], path: str, findings: Findings) -> Iterator[tuple[str, str]]:
    for node in body:
        if isinstance(node, ast.ClassDef):
            yield from _tests(node.body, (*inherited, *_marked(node.decorator_list, path, findings)), path, findings)
        elif isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)) and node.name.startswith("test_"):
            in_name = _IN_NAME.match(node.name)
            numbers = {*inherited, *_marked(node.decorator_list, path, findings)}
            if in_name:
                numbers.add(in_name.group(1).replace("_", "."))
            for number in numbers:
                yield number, node.name


def read_tests(findings: Findings) -> None:
    """Every test that names a rule."""
    for path, source in _sources(TESTS):
        tree = ast.parse(source)
        module = [node.value for node in tree.body if isinstance(node, ast.Assign) and "pytestmark" in ast.unparse(node.targets[0])]
        for number, name in _tests(tree.body, tuple(_marked(module, path, findings)), path, findings):
            findings.name(findings.tests, number, Place(path, name))


def missing(findings: Findings) -> list[str]:
    """A sentence for each rule that nothing keeps or nothing proves."""
    said = []
    for number in RULES:
        if not findings.code[number]:
            said.append(
                f'{number} is named nowhere in the code; name it in the docstring or comment of what keeps it: "{RULES[number].sentence}"'
            )
        if not findings.tests[number]:
            said.append(f'{number} is proven by no test; mark the test that proves it, or write one: "{RULES[number].sentence}"')
    return said


def _words(test: str) -> str:
    return _IN_NAME.sub("", test).removeprefix("test_").replace("_", " ")


def _listed(places: set[Place], in_words: bool) -> Iterator[str]:
    files: dict[str, list[str]] = defaultdict(list)
    for place in sorted(places, key=lambda place: (place.path, place.name)):
        files[place.path].append(_words(place.name) if in_words else f"`{place.name}`" if place.name else _MODULE)
    for path, names in files.items():
        if in_words:
            yield f"- [{path}](../{path})"
            yield from (f"  - {name}" for name in names)
        else:
            # what a file's first line says of all of it is said better by the definitions in it
            inside = [name for name in names if name != _MODULE] or names
            yield f"- [{path}](../{path}): {', '.join(inside)}"


def _overview(findings: Findings) -> Iterator[str]:
    yield "| rules | institution | places in the code | tests |"
    yield "| --- | --- | ---: | ---: |"
    for chapter, name in INSTITUTIONS.items():
        numbers = [number for number in RULES if institution(number) == chapter]
        code = set[Place]().union(*(findings.code[number] for number in numbers))
        tests = set[Place]().union(*(findings.tests[number] for number in numbers))
        span = numbers[0] if len(numbers) == 1 else f"{numbers[0]} – {numbers[-1]}"
        yield f"| {span} | [{name}](#{chapter.lower()}-{name}) | {len(code)} | {len(tests)} |"


def page(findings: Findings) -> str:
    """The whole of docs/rules.md."""
    lines = [_HEAD, *_overview(findings), ""]
    for chapter, name in INSTITUTIONS.items():
        lines += [f"## {chapter} {name}", ""]
        for number, rule in RULES.items():
            if institution(number) != chapter:
                continue
            if number != chapter:
                lines += [f"### {number}", ""]
            law = " **[law]**" if rule.origin is Origin.LAW else ""
            lines += [f"> {rule.sentence}", "", f"{rule.source}{law}", ""]
            if rule.design:
                lines += [f"**[design]** {rule.design}", ""]
            lines += ["*Code*", "", *(_listed(findings.code[number], in_words=False) if findings.code[number] else ["- none yet"]), ""]
            lines += ["*Tests*", "", *(_listed(findings.tests[number], in_words=True) if findings.tests[number] else ["- none yet"]), ""]
    return "\n".join(lines).rstrip() + "\n"


def main() -> int:
    """Write the page, or with `--check` say what is wrong. Returns the exit code."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument(
        "--check", action="store_true", help="write nothing; exit 1 if the page is stale or a rule lacks its code or its test"
    )
    check = parser.parse_args().check
    findings = Findings()
    read_code(findings)
    read_tests(findings)
    text = page(findings)
    said = list(findings.faults)
    if check:
        said += missing(findings)
        if not PAGE.exists() or PAGE.read_text("utf-8") != text:
            said.append("docs/rules.md is not what code and tests say; run: make rules")
    else:
        PAGE.parent.mkdir(exist_ok=True)
        PAGE.write_text(text, "utf-8")
    for sentence in said:
        sys.stderr.write(f"{sentence}\n")
    return bool(said)


if __name__ == "__main__":
    sys.exit(main())
