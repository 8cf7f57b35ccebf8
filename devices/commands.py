"""What the command lines of all devices share: one JSON line per result, errors too, and never a traceback for an expected fault."""

from __future__ import annotations

import json
import logging
import sys
import traceback
from collections.abc import Sequence
from pathlib import Path

import structlog
import typer
from typer.exceptions import TyperException

from kiosk.errors import ConfigurationError, OneSealError

#: Exit codes that scripts may rely on.
WRONG_USAGE = 2
NOTHING_THERE = 3
DEVICE_FAILS = 4
UNEXPECTED = 70


class CommandFault(OneSealError):
    """A command that could not do what was asked; the process ends with `exit_code`."""

    def __init__(self, code: str, message: str, exit_code: int = 1) -> None:
        super().__init__(code, message)
        self.exit_code = exit_code


def say(result: object) -> None:
    """One JSON line on stdout."""
    typer.echo(json.dumps(result, ensure_ascii=False, default=str))


def run(app: typer.Typer, arguments: Sequence[str] | None = None) -> int:
    """Run a command line and give its exit code. Wrong usage is 2; a fault is its own, else 1."""
    # stdout belongs to results.
    structlog.configure(
        logger_factory=structlog.PrintLoggerFactory(sys.stderr), wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR)
    )
    try:
        code = app(args=None if arguments is None else list(arguments), standalone_mode=False)
    except TyperException as error:
        say({"error": "wrong_usage", "message": f"{error.format_message()} Add --help to see what is taken."})
        return WRONG_USAGE
    except typer.Abort:
        return 130
    except ConfigurationError as error:
        say({"error": error.code, "message": error.message})
        return WRONG_USAGE
    except OneSealError as error:
        say({"error": error.code, "message": error.message})
        return error.exit_code if isinstance(error, CommandFault) else 1
    except Exception as error:  # a bug; whoever called a command line can read one JSON line, and not a traceback
        last = traceback.extract_tb(error.__traceback__)[-1]
        place = f"{Path(last.filename).name}:{last.lineno}"
        say({"error": "unexpected", "message": f"A fault of this program ({type(error).__name__} at {place}); please report it."})
        return UNEXPECTED
    return code if isinstance(code, int) else 0
