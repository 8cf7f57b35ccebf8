"""`python -m screens.gallery --out DIR`: draws every view of the gallery in a real window, upright and wide, into PNGs with an index page."""

from __future__ import annotations

import html
import json
import os
import subprocess
import sys
import time
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Annotated

import typer
from PIL import Image
from typer.exceptions import TyperException

from kiosk.views import ViewData
from screens.gallery import GALLERY
from screens.gallery.display import NoDisplay, display

SIZES = {"upright": (1080, 1920), "wide": (1920, 1080)}

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False)


def chosen(only: str) -> dict[str, ViewData]:
    """The views whose name is `only` or begins with it; all if empty."""
    return {name: view for name, view in GALLERY.items() if not only or name == only or name.startswith(f"{only}-")}


def draw(out: Path, form: str, views: Mapping[str, ViewData]) -> None:
    """Draw views in this process's window and save them as `NAME.FORM.png`."""
    from kivy.base import EventLoop, runTouchApp

    from screens.app import KioskApp

    kiosk = KioskApp(lambda event: None, SIZES[form])
    kiosk.application._run_prepare()
    runTouchApp(embedded=True)
    width, height = kiosk.window.system_size
    for name, view in views.items():
        kiosk.router.show(view)
        EventLoop.idle()
        kiosk.surface.draw_now()
        picture = (
            Image.frombytes("RGBA", (width, height), kiosk.surface.read_back()).convert("RGB").transpose(Image.Transpose.FLIP_TOP_BOTTOM)
        )
        picture.save(out / f"{name}.{form}.png", compress_level=1)
    kiosk.close()


def index_page(views: Mapping[str, ViewData], forms: Collection[str] = SIZES) -> str:
    """HTML: the pictures by page, each in these forms side by side."""
    groups: dict[str, list[str]] = {}
    for name, view in views.items():
        groups.setdefault(view.name, []).append(name)
    parts = []
    for group, members in groups.items():
        parts.append(f'<h2 id="{group}">{html.escape(group)}</h2>')
        for name in members:
            pictures = "".join(
                f'<a href="{name}.{form}.png"><img loading="lazy" class="{form}" src="{name}.{form}.png" alt="{name} {form}"></a>'
                for form in forms
            )
            parts.append(f"<figure><figcaption>{html.escape(name)}</figcaption>{pictures}</figure>")
    links = " ".join(f'<a href="#{group}">{html.escape(group)}</a>' for group in groups)
    return (
        '<!doctype html><html lang="en"><meta charset="utf-8"><title>OneSeal Kiosk: every screen in every state</title>'
        "<style>body{font:16px sans-serif;background:#888;margin:24px;color:#111}nav{position:sticky;top:0;background:#888;padding:8px 0}"
        "nav a{margin-right:12px;color:#111}figure{margin:0 0 32px}figcaption{font-weight:bold;margin-bottom:8px}"
        "img{vertical-align:top;margin-right:16px;border:1px solid #444}img.upright{height:640px}img.wide{height:480px}</style>"
        f"<h1>Every screen in every state</h1><nav>{links}</nav>{''.join(parts)}</html>\n"
    )


@app.command()
def main(
    out: Annotated[Path, typer.Option(help="Folder for the pictures.")] = Path("out/pictures"),
    only: Annotated[str, typer.Option(help="A view's name, or the beginning of it up to a dash.")] = "",
    form: Annotated[str, typer.Option(hidden=True, help="Draw one shape in this process.")] = "",
) -> None:
    """Draw the gallery. One JSON line says what was drawn and where."""
    names = list(chosen(only))
    if not names or form not in ("", *SIZES):
        wrong = f"--form {form}" if names else f"--only {only}"
        typer.echo(
            json.dumps({"error": "unknown_picture", "message": f"{wrong} names no picture; use a name such as {next(iter(GALLERY))}."})
        )
        raise typer.Exit(2)
    out.mkdir(parents=True, exist_ok=True)
    if form:
        draw(out, form, chosen(only))
        return
    begun = time.monotonic()
    with display(2000, 2000) as name:
        command = [sys.executable, "-m", "screens.gallery", "--out", str(out), "--only", only]
        runs = {shape: subprocess.Popen([*command, "--form", shape], env={**os.environ, "DISPLAY": name}) for shape in SIZES}
        failed = [shape for shape, run in runs.items() if run.wait() != 0]
    if failed:
        typer.echo(
            json.dumps({"error": "not_drawn", "message": f"The {' and '.join(failed)} window ended before all pictures were drawn."})
        )
        raise typer.Exit(1)
    (out / "index.html").write_text(index_page(chosen(only)), encoding="utf-8")
    seconds = round(time.monotonic() - begun, 1)
    typer.echo(json.dumps({"pictures": len(names) * len(SIZES), "index": str(out / "index.html"), "seconds": seconds}))


def run() -> int:
    """Run the command line and give its exit code; wrong usage is a JSON line too."""
    try:
        return int(app(standalone_mode=False) or 0)
    except NoDisplay as fault:
        typer.echo(json.dumps({"error": "no_display", "message": str(fault)}))
        return 1
    except typer.Abort:
        return 1
    except TyperException as error:
        typer.echo(json.dumps({"error": "wrong_usage", "message": f"{error.format_message()} Add --help to see what is taken."}))
        return 2


if __name__ == "__main__":
    sys.exit(run())
