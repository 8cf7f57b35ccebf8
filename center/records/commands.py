"""The commands that look after the records: verify, rotate-keys, backup, restore, retain. One JSON line each; exit 1 where something is wrong."""

from __future__ import annotations

import re
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer
from sqlalchemy.exc import DatabaseError

from center.center import Center
from center.clock import CHINA, security_now
from center.command_line import DEFAULT_CONFIG, Config, DatabaseUrl, say, unreachable, unusable, with_center
from center.config import load_config
from center.errors import CommandError
from center.log import start_logging
from center.records.backup import backup as make_backup
from center.records.chained import CHAIN_NAMES, Chain
from center.records.restore import restore as put_back
from center.records.retention import retain as let_go
from center.records.rotation import drop_old, rotate
from center.records.verification import Anchor
from center.records.verification import verify as look

commands = typer.Typer(add_completion=False)

_WRONG = 1
#: As `verify` prints it, and as it stands at the foot of a check's record.
_ANCHOR = re.compile(rf"({'|'.join(Chain)}):(\d{{1,12}}):([0-9a-f]{{8,64}})")
_ANCHOR_ON_PAPER = re.compile(rf"({'|'.join(CHAIN_NAMES.values())})第?(\d{{1,12}})条[，,]?校验码[：:]?([0-9a-f]{{8,64}})")


def _anchor(text: str) -> Anchor:
    # As people copy it from paper, with spaces between the groups.
    written = "".join(text.split()).lower()
    found = _ANCHOR.fullmatch(written)
    if found is None and (on_paper := _ANCHOR_ON_PAPER.fullmatch(written)):
        chain = next(chain for chain, name in CHAIN_NAMES.items() if name == on_paper[1])
        return Anchor(chain, int(on_paper[2]), on_paper[3])
    if found is None:
        raise CommandError("anchor", f"{text!r} is no anchor; write it as verify prints it, such as journal:120:0f3a5b7c9d1e.")
    return Anchor(Chain(found[1]), int(found[2]), found[3])


@commands.command()
def verify(
    anchor: Annotated[list[str] | None, typer.Option(help="A chain as it was printed once, such as journal:120:0f3a5b7c9d1e.")] = None,
    config: Config = DEFAULT_CONFIG,
    database_url: DatabaseUrl = None,
) -> None:
    """Look at every row of the seal's ledger and the journal, every sealed field and every file: what was changed, is missing or was put in."""
    anchors = tuple(_anchor(each) for each in anchor or ())

    def act(center: Center) -> None:
        report = look(center, anchors)
        say(event="verified", **report.as_json())
        if not report.whole:
            raise typer.Exit(_WRONG)

    with_center(config, database_url, act)


@commands.command("rotate-keys")
def rotate_keys(
    drop: Annotated[bool, typer.Option("--drop-old", help="When everything is proven sealed anew: forget the old keys.")] = False,
    config: Config = DEFAULT_CONFIG,
    database_url: DatabaseUrl = None,
) -> None:
    """Make a new key and seal every field and file anew with it. Interrupted, it is run again; the center may go on meanwhile."""

    def act(center: Center) -> None:
        now = security_now()
        rotation, dropped = drop_old(center, now) if drop else (rotate(center, now), 0)
        say(
            event="keys_dropped" if drop else "keys_rotated",
            key=rotation.active,
            new=rotation.begun,
            fields=rotation.fields,
            files=rotation.files,
            unopenable=rotation.unopenable,
            left=rotation.left,
            dropped=dropped,
            **({"note": "Backups made before this open only with a copy of the old keys.json; keep it with them."} if dropped else {}),
        )
        if rotation.unopenable or rotation.left:
            raise typer.Exit(_WRONG)

    with_center(config, database_url, act)


@commands.command()
def backup(
    directory: Annotated[Path, typer.Argument(help="Made, or empty.")],
    with_keys: Annotated[bool, typer.Option("--with-keys", help="Put the keys in, too: who has it then reads everything.")] = False,
    config: Config = DEFAULT_CONFIG,
    database_url: DatabaseUrl = None,
) -> None:
    """Copy database and files at one moment while the center goes on."""

    def act(center: Center) -> None:
        try:
            manifest = make_backup(center, directory, with_keys, datetime.now(CHINA))
        except OSError as error:
            raise CommandError("backup_failed", f"{error.filename} cannot be written ({error.strerror}); name another directory.") from None
        note = (
            "The keys are in it: keep it where nobody else can read it."
            if with_keys
            else "The keys are NOT in it and nothing in it can be read without them: keep keys.json of data_dir apart from it, and safe."
        )
        say(
            event="backed_up",
            directory=str(directory),
            rows=sum(manifest.rows.values()),
            files=sum(name.startswith("files/") for name in manifest.entries),
            lost=manifest.lost,
            bytes=sum(entry.size for entry in manifest.entries.values()),
            with_keys=with_keys,
            note=note,
        )
        if manifest.lost:
            raise typer.Exit(_WRONG)

    with_center(config, database_url, act)


@commands.command()
def restore(
    directory: Annotated[Path, typer.Argument(help="A backup.")],
    over: Annotated[bool, typer.Option("--replace", help="Put it in the place of what is there, which is lost.")] = False,
    config: Config = DEFAULT_CONFIG,
    database_url: DatabaseUrl = None,
) -> None:
    """Put a backup in place, the center being stopped, and verify it."""
    start_logging()
    settings = load_config(config)
    try:
        restored = put_back(settings, database_url, directory, over)
    except OSError as error:
        raise unusable(error) from None
    except DatabaseError as error:
        raise unreachable(error) from None
    whole = restored.rows_as_counted and restored.report.whole
    say(
        event="restored",
        made_at=restored.manifest.made_at.isoformat(),
        rows=sum(restored.manifest.rows.values()),
        rows_as_counted=restored.rows_as_counted,
        **(restored.report.as_json() | {"whole": whole}),
    )
    if not whole:
        raise typer.Exit(_WRONG)


@commands.command()
def retain(config: Config = DEFAULT_CONFIG, database_url: DatabaseUrl = None) -> None:
    """Let go what has been kept long enough. The serving center does it once a day by itself."""
    with_center(config, database_url, lambda center: say(event="retained", **let_go(center)))
