"""How the terminal's command lines end: one JSON line for what went wrong, an exit code, and never a traceback."""

from __future__ import annotations

import json
import traceback
from pathlib import Path

import structlog
import typer
from typer.exceptions import TyperException

from kiosk.errors import ConfigurationError, OneSealError

_NOT_DONE = 1
_WRONG_USAGE = 2
_UNEXPECTED = 70


def _say(code: str, message: str) -> None:
    typer.echo(json.dumps({"error": code, "message": message}, ensure_ascii=False))


def run(app: typer.Typer) -> int:
    """Run a command line; gives its exit code: 2 for usage and configuration, 1 for what could not be done, 70 for a bug."""
    try:
        return int(app(standalone_mode=False) or 0)
    except typer.Exit as end:
        return end.exit_code
    except typer.Abort:
        return _NOT_DONE
    except TyperException as error:
        _say("wrong_usage", f"{error.format_message()} Add --help to see what is taken.")
        return _WRONG_USAGE
    except OneSealError as error:
        _say(error.code, error.message)
        return _WRONG_USAGE if isinstance(error, ConfigurationError) else _NOT_DONE
    except Exception as error:  # a bug; its message and its values stay unsaid, for they may be a citizen's
        if structlog.is_configured():  # else it would print a traceback with the values of every variable
            structlog.get_logger("terminal").error("unexpected", where="start", exc_info=error)
        last = traceback.extract_tb(error.__traceback__)[-1]
        place = f"{Path(last.filename).name}:{last.lineno}"
        _say("unexpected", f"A fault of this program ({type(error).__name__} at {place}); please report it.")
        return _UNEXPECTED
