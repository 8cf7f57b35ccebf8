"""Command line of the bench: serve it, or act on a served one. Each act answers with one JSON line, the bench's new state."""

from __future__ import annotations

import json
import signal
import threading
from pathlib import Path
from typing import Annotated, Any

import requests
import typer

from devices.commands import CommandFault, say

app = typer.Typer(help="Simulated devices and the hand before them.")

#: Drawing a page of paper takes some seconds the first time.
_ACT_SECONDS = 30
_DESCRIPTION = "bench.json"

_Dir = Annotated[Path, typer.Option("--dir", help="The bench's folder.")]


@app.command()
def serve(
    folder: _Dir,
    http_port: Annotated[int, typer.Option(help="Port of the panel on loopback; 0 takes a free one.", min=0, max=65535)] = 0,
    printer_port: Annotated[int, typer.Option(help="TCP port of the printer; 0 takes a free one.", min=0, max=65535)] = 0,
) -> None:
    """Run all simulators and the panel until interrupted. Says where everything is, and writes that into bench.json."""
    from devices.bench.panel import Panel
    from devices.bench.table import Bench, write_whole

    done = threading.Event()
    for stop in (signal.SIGINT, signal.SIGTERM):
        signal.signal(stop, lambda *_: done.set())
    bench = Bench(folder.absolute(), printer_port)
    # What a bench left that was killed: whoever waits for this one must not read it.
    (folder / _DESCRIPTION).unlink(missing_ok=True)
    try:
        bench.start()
        panel = Panel(bench, http_port)
    except OSError as error:
        bench.stop()
        raise CommandFault("port_taken", f"A port cannot be used: {error}. Choose another with --http-port or --printer-port.") from None
    panel.start()
    description = {**bench.description(), "http_port": panel.port, "panel": f"http://127.0.0.1:{panel.port}/"}
    write_whole(folder / _DESCRIPTION, json.dumps(description).encode())
    say(description)
    done.wait()
    (folder / _DESCRIPTION).unlink(missing_ok=True)
    panel.stop()
    bench.stop()


def act(folder: Path, name: str, /, **arguments: Any) -> dict[str, Any]:
    """Do one act on the bench that serves `folder`; gives its new state. Raises CommandFault."""
    return _ask(folder, lambda address: requests.post(f"{address}api/act", json={"act": name, **arguments}, timeout=_ACT_SECONDS))


def _ask(folder: Path, call: Any) -> dict[str, Any]:
    try:
        address = json.loads((folder / _DESCRIPTION).read_text("utf-8"))["panel"]
        answer = call(address)
        content: dict[str, Any] = answer.json()
    except (OSError, ValueError, KeyError):  # requests' own errors are OSErrors
        message = f"No bench runs in {folder}; start it with: python -m devices bench serve --dir {folder}"
        raise CommandFault("no_bench", message) from None
    if not answer.ok:
        raise CommandFault(content["error"], content["message"])
    return content


@app.command()
def state(folder: _Dir) -> None:
    """How everything is now."""
    say(_ask(folder, lambda address: requests.get(f"{address}api/state", timeout=_ACT_SECONDS)))


@app.command()
def choices(folder: _Dir) -> None:
    """People, papers and troubles that there are."""
    say(_ask(folder, lambda address: requests.get(f"{address}api/choices", timeout=_ACT_SECONDS)))


@app.command()
def card(folder: _Dir, person: Annotated[str, typer.Argument(help="A person's id, see `choices`.")]) -> None:
    """Lay a person's card on the reader."""
    say(act(folder, "card", person=person))


@app.command()
def lift(folder: _Dir) -> None:
    """Take the card away."""
    say(act(folder, "lift"))


@app.command()
def qr(
    folder: _Dir,
    text: Annotated[str | None, typer.Option(help="Drawn as a QR code.")] = None,
    receipt: Annotated[str | None, typer.Option(help="A printed receipt: its file's name, or `latest`.")] = None,
) -> None:
    """Hold a code before the scanner; with neither option, take it away."""
    say(act(folder, "qr", text=text, receipt=receipt))


@app.command()
def paper(folder: _Dir, where: Annotated[str, typer.Argument(help="in or out")]) -> None:
    """Put a roll into the printer, or take it out."""
    if where not in ("in", "out"):
        raise CommandFault("wrong_usage", "Paper goes `in` or `out`.", 2)
    say(act(folder, "paper", present=where == "in"))


@app.command()
def page(folder: _Dir, name: Annotated[str, typer.Argument(help="PAPER-VARIANT, a picture in pages/, or none")]) -> None:
    """Lay a page under the document camera; `none` clears the desk."""
    say(act(folder, "page", name=None if name == "none" else name))


@app.command()
def unplug(folder: _Dir, device: Annotated[str, typer.Argument(help="id-card, scanner, printer or document-camera")]) -> None:
    """Pull a device's cable."""
    say(act(folder, "unplug", device=device))


@app.command()
def plug(folder: _Dir, device: Annotated[str, typer.Argument(help="id-card, scanner, printer or document-camera")]) -> None:
    """Put a device's cable back."""
    say(act(folder, "plug", device=device))


@app.command()
def trouble(folder: _Dir, name: Annotated[str, typer.Argument(help="See `choices`; none for nothing.")]) -> None:
    """Make the ID card reader misbehave."""
    say(act(folder, "trouble", name=name))
