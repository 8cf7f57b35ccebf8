"""`python -m kiosk.typing …`: the engines by hand, for developers. A line in, a JSON list of candidates out, best first."""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import typer

from kiosk import command_line
from kiosk.errors import ConfigurationError, OneSealError
from kiosk.typing.libpinyin import EngineMissing

app = typer.Typer(add_completion=False, no_args_is_help=True, help=__doc__, pretty_exceptions_enable=False)

Tables = Annotated[Path, typer.Option("--tables", help="Where the tables of words, names and places are.")]
_TABLES = Path("config/typing")


def _each_line(candidates: Callable[[str], list[str]]) -> None:
    if isinstance(sys.stdin, io.TextIOWrapper):
        sys.stdin.reconfigure(encoding="utf-8", errors="replace")  # what is no text is no input either, and is said to be none
    for line in sys.stdin or ():  # None: started without one
        try:
            answer: object = candidates(line.strip())
        except OneSealError as error:
            answer = {"error": error.code, "message": error.message}
        typer.echo(json.dumps(answer, ensure_ascii=False))


@app.command()
def pinyin(
    names: Annotated[bool, typer.Option("--names", help="As in a field for names.")] = False,
    tables: Tables = _TABLES,
    catalogue: Annotated[Path, typer.Option("--catalogue", help="Items whose words are known as well.")] = Path("config/catalogue"),
) -> None:
    """Pinyin, a line each: letters, or digits 2-9 for nine keys; ' between syllables."""
    from kiosk.typing.local_words import catalogue_words, local_words  # each command loads its own engine only
    from kiosk.typing.names import NameEngine
    from kiosk.typing.pinyin import PinyinEngine

    try:
        plain = PinyinEngine(tables, local_words(tables, catalogue_words(catalogue)))
        engine = NameEngine(tables, plain) if names else plain
    except EngineMissing as error:
        raise ConfigurationError(error.code, error.message) from None
    _each_line(lambda line: [each.text for each in engine.candidates(line)])


@app.command()
def handwriting() -> None:
    """Strokes, a line each: a JSON list of strokes, each a list of [x, y] with y down."""
    from kiosk.typing.handwriting import HandwritingEngine, NotStrokes, read_strokes  # heavy

    try:
        engine = HandwritingEngine()
    except EngineMissing as error:
        raise ConfigurationError(error.code, error.message) from None

    def read(line: str) -> list[str]:
        try:
            given: object = json.loads(line)
        except (ValueError, RecursionError):
            raise NotStrokes("strokes_invalid", "Give a JSON list of strokes, each a list of [x, y] with y down.") from None
        return engine.candidates(read_strokes(given))

    _each_line(read)


if __name__ == "__main__":
    sys.exit(command_line.run(app))
