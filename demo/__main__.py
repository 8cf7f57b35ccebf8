"""`make run`: with a display, the terminal and its bench to try by hand; without, the scripted citizens on a virtual screen."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from demo.diary import Diary
from demo.hand import Hand, NotSeen
from demo.staff import Staff
from demo.stage import BENCH, CONFIG, REVEAL, WORK, Stage, StageFault, alone, usable_display
from demo.whole_line import one_case, whole_line
from kiosk.config import load_config
from kiosk.errors import OneSealError

_OUT = Path("out/demo")
_BROWSER = "/usr/bin/chromium"


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def _fresh(folder: Path) -> None:
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)


def scripted(*, only_one_case: bool) -> None:
    """The scripted citizens, on a virtual screen. Leaves pictures and receipts in out/demo."""
    _fresh(_OUT)
    _fresh(WORK)
    screen = load_config(CONFIG).screen
    with Stage() as stage:
        _say("No display: the scripted citizens use a virtual screen.")
        stage.virtual_screen(screen.width, screen.height)
        stage.bench()
        staff = Staff(_OUT)
        staff.is_employed()
        stage.terminal()
        stage.guides()
        diary = Diary(_OUT, BENCH / "receipts")
        acts = one_case if only_one_case else whole_line
        acts(Hand(stage.display, REVEAL, _OUT, BENCH), staff, diary)
    _say(f"Done: {diary.pictures} pictures and {diary.papers} printed papers; {_OUT}/index.html says what is what.")


def interactive(display: str) -> None:
    """The terminal in a window that fits, and the bench panel beside it, until the window closes."""
    shutil.rmtree(WORK, ignore_errors=True)
    WORK.mkdir(parents=True)
    width, height = (int(part) for part in subprocess.check_output(["xdotool", "getdisplaygeometry"]).split())
    config = _scaled_config(width, height)
    with Stage(config, display) as stage, tempfile.TemporaryDirectory() as profile:
        panel = stage.bench()
        staff = Staff(_OUT)
        passwords = staff.is_employed()
        terminal = stage.terminal()
        _say(f"Bench panel: {panel}  (lay a card, hold up a code, pull out the paper)")
        _say(f"Console: {staff.console}")
        for colleague, password in passwords.items():
            _say(f"  {colleague.name}, {colleague.role}: sign in as {colleague.login}, password {password}")
        _say("Close the terminal's window, or press Ctrl+C, to end.")
        browser = None
        if Path(_BROWSER).exists():
            flags = ["--no-first-run", f"--user-data-dir={profile}", f"--window-position={width - 620},0", f"--window-size=620,{height}"]
            browser = subprocess.Popen(
                [_BROWSER, *(["--no-sandbox"] if os.geteuid() == 0 else []), *flags, f"--app={panel}"],
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
            )
        try:
            terminal.wait()
        except KeyboardInterrupt:
            _say("Ending.")
        finally:
            if browser is not None:
                browser.terminate()
                browser.wait()


def _scaled_config(width: int, height: int) -> Path:
    """The demonstration's configuration with a window that leaves room for the panel."""
    scale = min(1.0, (height - 80) / 1920, (width - 640) / 1080)
    config = WORK / "demo.toml"
    text = CONFIG.read_text("utf-8")
    text = text.replace("width = 1080", f"width = {max(600, int(1080 * scale))}").replace(
        "height = 1920", f"height = {max(600, int(1920 * scale))}"
    )
    config.write_text(text, "utf-8")
    return config


def main() -> int:
    """Whichever fits. `--one-case`: of the scripted citizens the first alone, for tests."""
    display = usable_display()
    try:
        with alone():
            if display:
                interactive(display)
            else:
                scripted(only_one_case="--one-case" in sys.argv)
    except (StageFault, NotSeen, OneSealError) as error:
        _say(f"The demonstration stopped: {error}")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
