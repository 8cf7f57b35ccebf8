"""The center's command line. One JSON line per result, faults too. What looks after the records is in `records/commands.py`."""

from __future__ import annotations

import sys
import traceback
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from center.catalogue import load_items, read_items
from center.center import Center
from center.command_line import DEFAULT_CONFIG, Config, DatabaseUrl, say, with_center
from center.domain.roles import Role
from center.errors import CenterError, CommandError
from center.gateway.commands import commands as gateway
from center.log import LogEvent, log
from center.people.accounts import add_staff as make_staff
from center.records.commands import commands as records
from center.store.schema import migrate as migrate_database
from center.terminals import add_terminal as let_terminal_sign
from center.terminals import revoke_terminal as turn_terminal_away

app = typer.Typer(add_completion=False, no_args_is_help=False, help=__doc__, pretty_exceptions_enable=False)
app.add_typer(records)
app.add_typer(gateway)

_WRONG = 2
_UNEXPECTED = 70


@app.command()
def serve(
    port: Annotated[int, typer.Option(min=0, max=65535, help="0 takes any that is free.")],
    host: Annotated[str, typer.Option(help="Address to listen on; behind a proxy with TLS, except on loopback.")] = "127.0.0.1",
    config: Config = DEFAULT_CONFIG,
    database_url: DatabaseUrl = None,
    clock_start: Annotated[str | None, typer.Option(help="ISO moment at which legal dates start; demonstration only.")] = None,
) -> None:
    """Serve terminals and staff until SIGTERM."""
    start = None
    if clock_start is not None:
        try:
            start = datetime.fromisoformat(clock_start)
        except ValueError:
            raise CommandError("clock_start", "--clock-start is no ISO moment; write it like 2026-11-24T09:30:00+08:00.") from None
    from center.server import serve as serve_center  # the web's libraries take a second to load, and no other command needs them

    with_center(config, database_url, lambda center: serve_center(center, host, port), start)


@app.command()
def migrate(config: Config = DEFAULT_CONFIG, database_url: DatabaseUrl = None) -> None:
    """Make or update the tables, keeping what is in them."""
    with_center(config, database_url, lambda center: say(event="migrated", revision=migrate_database(center.database)), current=False)


@app.command("load-catalogue")
def load_catalogue(
    directory: Path,
    replace: Annotated[bool, typer.Option("--replace", help="Overwrite items that were edited in the console too.")] = False,
    config: Config = DEFAULT_CONFIG,
    database_url: DatabaseUrl = None,
) -> None:
    """List exactly the items in DIRECTORY (*.toml). Items that were edited in the console stay as they are there, unless --replace."""

    def act(center: Center) -> None:
        loaded = load_items(center, read_items(directory), replace)
        numbers = {"items": loaded.items, "added": loaded.added, "changed": loaded.changed, "unlisted": loaded.unlisted}
        numbers |= {"kept": loaded.kept} if loaded.kept else {}
        log(LogEvent.CATALOGUE_LOADED, **numbers)
        say(event="catalogue_loaded", **numbers)

    with_center(config, database_url, act)


@app.command("add-terminal")
def add_terminal(
    short_name: Annotated[str, typer.Option(help="In receipt numbers and codes, e.g. T01.")],
    public_key: Annotated[str, typer.Option(help="Ed25519, 32 bytes in base64.")],
    terminal_id: Annotated[str | None, typer.Argument(help="e.g. WBH-01")] = None,
    named_id: Annotated[str | None, typer.Option("--id", help="The same as the argument.")] = None,
    config: Config = DEFAULT_CONFIG,
    database_url: DatabaseUrl = None,
) -> None:
    """Let a terminal sign requests."""
    name = terminal_id or named_id
    if name is None or (terminal_id and named_id and terminal_id != named_id):
        raise CommandError("terminal_id", "Name one terminal, such as add-terminal WBH-01.")

    def act(center: Center) -> None:
        created = let_terminal_sign(center, name, short_name, public_key)
        say(event="terminal_added" if created else "terminal_known", terminal_id=name, short_name=short_name)

    with_center(config, database_url, act)


@app.command()
def prepare(
    directory: Path,
    named_id: Annotated[str, typer.Option("--id", help="e.g. WBH-01")],
    short_name: Annotated[str, typer.Option(help="In receipt numbers and codes, e.g. T01.")],
    public_key: Annotated[str, typer.Option(help="Ed25519, 32 bytes in base64.")],
    config: Config = DEFAULT_CONFIG,
    database_url: DatabaseUrl = None,
) -> None:
    """What a terminal's own center needs at every start: migrate, load-catalogue, add-terminal. The libraries are loaded once for all."""
    migrate(config, database_url)
    load_catalogue(directory, False, config, database_url)
    add_terminal(short_name, public_key, named_id, None, config, database_url)


@app.command("revoke-terminal")
def revoke_terminal(terminal_id: str, config: Config = DEFAULT_CONFIG, database_url: DatabaseUrl = None) -> None:
    """Take no more requests of a terminal."""

    def act(center: Center) -> None:
        revoked = turn_terminal_away(center, terminal_id)
        say(event="terminal_revoked", terminal_id=terminal_id, already=not revoked)

    with_center(config, database_url, act)


@app.command("add-staff")
def add_staff(
    login: Annotated[str, typer.Option(help="What is typed to sign in: a-z, 0-9, dot, - and _.")],
    name: Annotated[str, typer.Option(help="As citizens read it.")],
    role: Annotated[str, typer.Option(help=f"One of {', '.join(Role)}; several separated by commas.")],
    window: Annotated[str, typer.Option(help="e.g. 综合窗口1号")] = "",
    department: Annotated[str, typer.Option(help="A liaison's department, named as in the items.")] = "",
    public: Annotated[bool, typer.Option("--public", help="Name and window are on the public list, from the first day.")] = False,
    password_stdin: Annotated[bool, typer.Option("--password-stdin", help="Read the password from standard input.")] = False,
    config: Config = DEFAULT_CONFIG,
    database_url: DatabaseUrl = None,
) -> None:
    """Make a staff account. Without --password-stdin the initial password is made and printed, this once."""
    password = sys.stdin.readline().rstrip("\r\n") if password_stdin else None

    def act(center: Center) -> None:
        initial = make_staff(center, login, name, role, window, password, department, public=public)
        if initial is None:
            say(event="staff_known", login=login)
        elif initial:
            say(event="staff_added", login=login, password=initial)
        else:
            say(event="staff_added", login=login)

    with_center(config, database_url, act)


@app.command("describe-api")
def describe_api(
    out: Annotated[Path, typer.Option(help="The file to write.")] = Path("docs/openapi.json"),
    config: Config = DEFAULT_CONFIG,
    database_url: DatabaseUrl = None,
) -> None:
    """Write what terminals can ask, as OpenAPI. A running center serves the same at /api/v1/openapi.json."""

    def act(center: Center) -> None:
        from center.api.openapi import text  # the web's libraries take a second to load
        from center.app import create_app

        try:
            out.write_text(text(create_app(center)), "utf-8")
        except OSError as error:
            raise CommandError("not_written", f"{out} cannot be written: {error.strerror}; name another file with --out.") from None
        say(event="api_described", file=str(out))

    with_center(config, database_url, act, current=False)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; returns the exit code. Wrong usage is a fault like any other: one JSON line, exit 2."""
    command = typer.main.get_command(app)
    try:
        result = command.main(list(arguments) if arguments is not None else None, prog_name="python -m center", standalone_mode=False)
        return result if isinstance(result, int) else 0
    except CenterError as error:
        say(error=error.code, message=error.message)
    except typer.Abort:
        say(error="aborted", message="The command was interrupted; run it again.")
    except typer.TyperException as error:
        sentence = error.format_message() if isinstance(error, typer.BadParameter) else str(error)
        say(error="usage", message=f"{sentence.rstrip('.')}; see python -m center --help.")
    except Exception as error:  # a bug; its message and its values stay unsaid, for they may be a citizen's
        last = traceback.extract_tb(error.__traceback__)[-1]
        place = f"{Path(last.filename).name}:{last.lineno}"
        say(error="unexpected", message=f"A fault of this program ({type(error).__name__} at {place}); please report it.")
        return _UNEXPECTED
    return _WRONG


if __name__ == "__main__":
    sys.exit(main())
