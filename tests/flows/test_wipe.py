"""After the end of a session, on every path, nothing that the citizen told is in the memory of the terminal's process or on its disk.

The whole terminal in a process and a window of its own, real X touches, the real wires of simulated devices; its memory is read
as root can. What may still be there is in docs/security.md; here is measured what is said there.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from types import MappingProxyType

import pytest

from demo.citizens import files_an_application, fills_the_form, opens_the_form
from demo.hand import Hand
from demo.place import free_port
from demo.stage import BENCH, CONFIG, PRINTER_PORT, REVEAL, WORK, Stage
from devices.bench.people import PEOPLE
from tests.flows.memory_search import Found, in_files, in_memory, patterns, pictures_in_memory

#: Who is there, what the card says, and what is typed: the floor in pinyin, the telephone in digits.
PERSON = "wang-guilan"
CARD = PEOPLE[PERSON].card
PHONE = "13904640000"
TOLD = {"name": CARD.name, "number": CARD.number, "address": CARD.address[-9:], "phone": PHONE, "floor": "二楼", "pinyin": "erlou"}
FROM_CARD, TYPED = {"name", "number", "address"}, {"phone", "floor"}
WANTED = patterns(TOLD)

#: Whole journeys with a finger's pauses, a minute in which nobody touches anything, and some 300 MB to be searched after each.
pytestmark = pytest.mark.timeout(600)
#: Long enough for what the terminal does in the background; what is there afterwards stays.
_REST_SECONDS = 1.5
#: More than the terminal waits for somebody to touch it, and asks.
_IDLE_SECONDS = 120.0


#: A process as closed to others as the terminal makes itself (`kiosk.memory.keep_in_memory`).
_CLOSED = "import ctypes, sys; ctypes.CDLL(None).prctl(4, 0, 0, 0, 0); print(flush=True); sys.stdin.read()"


@pytest.fixture(scope="module", autouse=True)
def _may_look() -> None:
    """Root may, unless the machine keeps it from that too (no CAP_SYS_PTRACE in a container)."""
    with subprocess.Popen([sys.executable, "-c", _CLOSED], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as closed:
        assert closed.stdout is not None
        closed.stdout.readline()
        try:
            os.close(os.open(f"/proc/{closed.pid}/mem", os.O_RDONLY))
        except OSError:
            pytest.skip("NOT TESTED, what memory holds after a session: this user may not read the terminal's memory")
        finally:
            closed.kill()


class Watched(Hand):
    """A hand that does not take a picture of a page but looks into the terminal's memory, if the page is one of `at`."""

    at: Mapping[str, Callable[[], None]] = MappingProxyType({})

    def snaps(self, name: str) -> Path:
        """Look."""
        self.at.get(name, lambda: None)()
        return Path(name)


class Terminal:
    """A terminal that runs, and who stands before it."""

    def __init__(self, stage: Stage, work: Path, process: subprocess.Popen[bytes]) -> None:
        self.process, self._work = process, work
        self.hand = Watched(stage.display, work / REVEAL.name, work, work / BENCH.name)

    def holds(self, what: Mapping[bytes, tuple[str, str]] = WANTED) -> Found:
        """What is in its memory."""
        return in_memory(self.process.pid, what)

    def knows(self) -> set[str]:
        """What of it, in whatever form."""
        return {what for what, _ in self.holds()}

    def on_disk(self) -> Found:
        """What lies in its folder with its center, its log, and what it said or left elsewhere. Not the devices' own: paper is the citizen's."""
        return in_files([path for path in self._work.iterdir() if path.name != BENCH.name], WANTED)

    def comes_with_the_card(self) -> None:
        """To the page that needs the card, and agrees."""
        hand = self.hand
        hand.sees("attract", seconds=_IDLE_SECONDS)
        hand.touches("anywhere", "attract")
        hand.touches("way_progress", "home")
        hand.sees("scan")
        hand.acts("card", person=PERSON)
        hand.touches("agree", "consent")
        hand.sees("message", "case_list", "progress")
        hand.settles()

    def is_left(self) -> None:
        """Wait for the attract screen, and a moment more."""
        self.hand.sees("attract", seconds=_IDLE_SECONDS)
        self.hand.settles(_REST_SECONDS)


@contextmanager
def _terminal(work: Path, module: str = "kiosk") -> Iterator[Terminal]:
    """Bring up screen, bench and terminal in `work`; whatever uses temporary files has them there."""
    (work / "tmp").mkdir(exist_ok=True)
    (work / REVEAL.name).unlink(missing_ok=True)  # of a terminal that was here before
    port = free_port()
    text = CONFIG.read_text("utf-8").replace(str(WORK), str(work))
    text = text.replace(str(PRINTER_PORT), str(port)).replace("port = 8471", f"port = {free_port()}")
    (work / "kiosk.toml").write_text(text, "utf-8")
    with pytest.MonkeyPatch.context() as patch, Stage(work / "kiosk.toml", work=work, printer_port=port) as stage:
        patch.setenv("TMPDIR", str(work / "tmp"))
        stage.virtual_screen(1080, 1920)
        stage.bench()
        process = stage.terminal(module)
        stage.guides()
        yield Terminal(stage, work, process)


@pytest.fixture(scope="module")
def terminal(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Terminal]:
    """One for all ends; its 我要申办 has a bug."""
    with _terminal(tmp_path_factory.mktemp("terminal"), "tests.flows.terminal_that_breaks") as one:
        assert not one.holds()
        yield one


@pytest.fixture(autouse=True)
def _no_card(terminal: Terminal) -> Iterator[None]:
    """Whatever became of a test, the next one does not find its card."""
    yield
    terminal.hand.acts("lift")


def test_nothing_is_left_when_the_citizen_ends(terminal: Terminal) -> None:
    hand = terminal.hand
    # given: a session in which something was looked at
    terminal.comes_with_the_card()
    assert terminal.knows() >= FROM_CARD
    # when
    hand.acts("lift")
    hand.touches("dock_end")
    terminal.is_left()
    # then
    assert not terminal.holds()
    assert not terminal.on_disk()


def test_nothing_is_left_while_the_card_still_lies_there_nor_when_it_is_taken(terminal: Terminal) -> None:
    hand = terminal.hand
    terminal.comes_with_the_card()
    assert terminal.knows() >= FROM_CARD
    hand.touches("dock_end")
    hand.sees("message", ident="primary")
    hand.settles(_REST_SECONDS)
    assert not terminal.holds()
    hand.acts("lift")
    terminal.is_left()
    assert not terminal.holds()
    assert not terminal.on_disk()


def test_nothing_is_left_after_a_bug_that_quotes_the_card(terminal: Terminal) -> None:
    hand = terminal.hand
    terminal.comes_with_the_card()
    hand.touches("dock_home")
    hand.touches("way_apply", "home")
    assert terminal.knows() >= FROM_CARD
    hand.touches("primary", "message")
    hand.sees("message")
    hand.settles(_REST_SECONDS)
    assert not terminal.holds()
    hand.acts("lift")
    hand.touches("primary", "message")
    terminal.is_left()
    assert not terminal.holds()
    assert not terminal.on_disk()


def test_nothing_is_left_of_a_form_when_nobody_is_there_any_more(terminal: Terminal) -> None:
    hand = terminal.hand
    # given a form that was filled in, and not handed in
    hand.at = {}
    hand.sees("attract", seconds=_IDLE_SECONDS)
    hand.touches("anywhere", "attract")
    opens_the_form(hand)
    fills_the_form(hand)
    assert terminal.knows() >= FROM_CARD | TYPED
    # when time passes
    hand.acts("lift")
    terminal.is_left()
    # then
    assert not terminal.holds()
    assert not terminal.on_disk()


def test_nothing_is_left_of_an_application_but_what_is_sealed(terminal: Terminal) -> None:
    # given
    hand, pictures, during, after = terminal.hand, dict[bytes, tuple[str, str]](), set[str](), list[Found]()
    hand.at = {
        "materials-complete": lambda: pictures.update(pictures_in_memory(terminal.process.pid)),
        "done": lambda: during.update(terminal.knows()),
        "take-your-card": lambda: after.append(terminal.holds()),
    }
    # when somebody types, is photographed, signs, hands it in, is done, and takes the card
    hand.sees("attract", seconds=_IDLE_SECONDS)
    files_an_application(hand)
    terminal.is_left()
    # then it was there, and is not
    assert during >= FROM_CARD | TYPED
    assert pictures
    assert not after[0]
    assert not terminal.holds()
    assert not terminal.holds(pictures)
    assert not terminal.on_disk()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGKILL])
def test_nothing_is_left_when_the_terminal_is_started_again(tmp_path: Path, number: signal.Signals) -> None:
    # given
    with _terminal(tmp_path) as terminal:
        terminal.comes_with_the_card()
        assert terminal.knows() >= FROM_CARD
        # when it ends in the middle
        terminal.process.send_signal(number)
        terminal.process.wait()
        assert not terminal.on_disk()
    # then another in its place knows nothing
    with _terminal(tmp_path) as again:
        again.hand.sees("attract")
        assert not again.holds()
        assert not again.on_disk()


def test_neither_engines_nor_center_pay_for_it(terminal: Terminal) -> None:
    children = Path(f"/proc/{terminal.process.pid}/task/{terminal.process.pid}/children")
    every = [pid for task in children.parents[1].iterdir() for pid in (task / "children").read_text("ascii").split()]
    assert every  # its center
    for pid in every:
        environment = Path(f"/proc/{pid}/environ").read_bytes()
        assert b"PYTHONMALLOC" not in environment
        assert b"GLIBC_TUNABLES" not in environment
