"""`python -m center gateway`: how the outbox to the provincial platform stands, sending what is due, trying again what was given up."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from center.center import Center
from center.command_line import DEFAULT_CONFIG, Config, DatabaseUrl, say, with_center
from center.gateway.outbox import pump, status, try_again

commands = typer.Typer(add_completion=False)


class Action(StrEnum):
    """What to do."""

    STATUS = "status"
    SEND = "send"
    RETRY = "retry"


@commands.command()
def gateway(
    action: Annotated[Action, typer.Argument(help="status; send: what is due, now; retry: also what was given up.")] = Action.STATUS,
    config: Config = DEFAULT_CONFIG,
    database_url: DatabaseUrl = None,
) -> None:
    """The door to the provincial platform: what waits, what went out, what failed."""

    def act(center: Center) -> None:
        again = try_again(center) if action is Action.RETRY else 0
        done = pump(center) if action is not Action.STATUS else None
        stands = status(center)
        say(
            event="gateway",
            on=stands.on,
            waiting=stands.waiting,
            sent=stands.sent,
            dead=stands.dead,
            oldest=stands.oldest.isoformat() if stands.oldest else None,
            faults=stands.faults,
            **({"sent_now": done.sent, "failed_now": done.failed, "tried_again": again} if done else {}),
        )
        if stands.dead or (done and done.failed):
            raise typer.Exit(1)

    with_center(config, database_url, act)
