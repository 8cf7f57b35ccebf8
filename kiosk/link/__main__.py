"""`python -m kiosk.link …`: what the center has not got from this terminal, for technicians. Shows nothing of a person."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Annotated

import typer

from kiosk import command_line
from kiosk.config import KioskConfig, load_config
from kiosk.errors import ConfigurationError, OneSealError
from kiosk.link.keys import load_keys
from kiosk.link.outbox import Outbox
from kiosk.log import configure

app = typer.Typer(add_completion=False, no_args_is_help=False, help=__doc__, pretty_exceptions_enable=False)

Config = Annotated[Path, typer.Option("--config", help="The terminal's configuration, TOML.")]


def _say(**result: object) -> None:
    typer.echo(json.dumps(result, ensure_ascii=False))


def _open(config: KioskConfig) -> Outbox:
    data_dir = config.terminal.data_dir
    if not (data_dir / "outbox.db").exists():
        raise ConfigurationError(
            "outbox_missing", f"terminal.data_dir: {data_dir} holds no outbox; name the configuration that the terminal uses."
        )
    configure(data_dir / "log")
    return Outbox(data_dir / "outbox.db", load_keys(data_dir).outbox, config.terminal.short_name, config.terminal.township_id)


@app.command()
def unsent(config: Config) -> None:
    """A line for everything handed in that waits for the center or was refused by it."""
    outbox = _open(load_config(config))
    for each in outbox.not_with_the_center():
        _say(
            receipt_number=each.number,
            kind=each.kind.value,
            state="refused" if each.refused else "waiting",
            filed_at=each.created.isoformat(),
            tries=each.tries,
            code=each.code,
        )
    outbox.close()


@app.command()
def retry(receipt_number: Annotated[str, typer.Argument(help="As `unsent` names it.")], config: Config) -> None:
    """Try a refused submission again, once what was wrong is mended. A running terminal sends it within a minute."""
    outbox = _open(load_config(config))
    revived = outbox.revive(receipt_number)
    outbox.close()
    if not revived:
        raise OneSealError("not_refused", f"No refused submission has the number {receipt_number}; see: python -m kiosk.link unsent.")
    _say(receipt_number=receipt_number, state="waiting")


if __name__ == "__main__":
    sys.exit(command_line.run(app))
