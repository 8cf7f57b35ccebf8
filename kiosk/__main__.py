"""The only composition root: configuration, devices, center client, terminal, screens. `python -m kiosk --config FILE`."""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path
from typing import Annotated, NoReturn

import structlog
import typer

from kiosk import command_line
from kiosk.composition import clock_of, compose
from kiosk.config import KioskConfig, load_config
from kiosk.errors import ConfigurationError
from kiosk.events import ShutDown
from kiosk.hub import Devices
from kiosk.link.keys import private_directory
from kiosk.log import configure
from kiosk.memory import forget_what_is_freed, keep_in_memory, keep_out_of_swap
from kiosk.session import EXIT_NOT_WIPED


def _devices(config: KioskConfig) -> Devices:
    # Imported late: drivers load OpenCV and pyusb, which a wrong configuration need not wait for.
    from devices.registry import build_document_camera, build_id_card_reader, build_printer, build_scanner

    section = config.devices
    return Devices(
        build_id_card_reader(section.id_card, clock_of(config)),
        build_scanner(section.scanner),
        build_printer(section.printer),
        build_document_camera(section.document_camera),
    )


def think(terminal: Callable[[], None], leave: Callable[[int], object] = os._exit) -> None:
    """The terminal's one thread. Should it die, nobody would wipe what is on the glass: the process ends, its supervisor starts it anew."""
    try:
        terminal()
    except BaseException as error:  # what the terminal's own last line of defense did not survive
        structlog.get_logger("terminal").error("unexpected", where="terminal", exc_info=error)
        leave(EXIT_NOT_WIPED)


def run(config: KioskConfig) -> None:
    """Run the terminal until its window closes or SIGTERM. Raises ConfigurationError."""
    configure(private_directory(config.terminal.data_dir) / "log")
    log = structlog.get_logger("terminal")
    if not keep_out_of_swap():
        log.warning("memory_may_be_swapped")
    # Kivy reads its environment when it is first imported; screens.app sets it.
    from screens.app import KioskApp
    from screens.reveal import Reveal
    from screens.window import NoDisplay

    composition = compose(config, _devices(config), lambda view: app.show(view))
    try:
        on_shown = Reveal(config.screen.reveal) if config.screen.reveal else lambda view, page: None
        size = config.screen.width, config.screen.height
        app = KioskApp(composition.terminal.post, size, fullscreen=config.screen.fullscreen, on_shown=on_shown)
    except OSError as error:
        raise ConfigurationError(
            "reveal_unwritable", f"screen.reveal: {error.filename} cannot be made ({error.strerror}); name a place that can be written."
        ) from None
    except NoDisplay:
        raise ConfigurationError("no_display", "There is no display to show the terminal on; start X and set DISPLAY.") from None
    composition.start()
    log.info("terminal_started", version=version("oneseal-kiosk"), mode=config.terminal.mode.value, terminal=config.terminal.id)
    mind = threading.Thread(target=think, args=(composition.terminal.run,), name="terminal", daemon=True)
    mind.start()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: app.stop())
    try:
        app.run()
    finally:
        composition.terminal.post(ShutDown())
        mind.join(5)
        composition.stop()
        log.info("terminal_stopped", reason="asked")


def main(config: Annotated[Path, typer.Option(help="The terminal's configuration, TOML.")]) -> None:
    """Run the terminal."""
    run(load_config(config))


def start() -> int:
    """Run the command line; gives its exit code."""
    command = typer.Typer(add_completion=False, pretty_exceptions_enable=False)
    command.command()(main)
    return command_line.run(command)


def begin() -> NoReturn:
    """A process that is a terminal and nothing else. Does not return."""
    forget_what_is_freed()  # both before anything of a citizen can be in it
    keep_in_memory()
    sys.exit(start())


if __name__ == "__main__":
    begin()
