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
from demo.speaking_up import CONTACT, DIGITS, NAME, complains_without_a_card
from demo.stage import BENCH, CONFIG, PRINTER_PORT, REVEAL, WORK, Stage
from devices.bench.people import PEOPLE
from tests.flows.memory_search import Found, in_files, in_memory, patterns, pictures_in_memory

#: Who is there, what the card says, and what is typed: the floor in pinyin, the telephone in digits.
PERSON = "wang-guilan"
CARD = PEOPLE[PERSON].card
PHONE = "13904640000"
TOLD = {"name": CARD.name, "number": CARD.number, "address": CARD.address[-9:], "phone": PHONE, "floor": "二楼", "pinyin": "erlou"}
FROM_CARD, TYPED = {"name", "number", "address"}, {"phone", "floor"}
#: What is told without a card: in pinyin, as its first candidate writes it, and in digits.
COMPLAINED = {
    "digits": DIGITS,
    "contact": CONTACT,
    "who": "张秀兰",
    "who-pinyin": NAME,
    "story": "大声吵架",
    "story-pinyin": "dashengchaojia",
}
WANTED = patterns(TOLD | COMPLAINED)

#: Whole journeys with a finger's pauses, and some 300 MB to be searched after each.
pytestmark = pytest.mark.timeout(600)
#: Long enough for what the terminal does in the background; what is there afterwards stays.
_REST_SECONDS = 1.5
#: More than a terminal needs to start, and to find that nobody is there any more.
_PATIENCE_SECONDS = 120.0
#: As the terminal is delivered, and how long one waits that is to be left: longer than any of its pages makes a citizen wait.
_IDLE, _SOON = ("idle_seconds = 60", "countdown_seconds = 20"), ("idle_seconds = 20", "countdown_seconds = 3")


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

    def __init__(self, stage: Stage, work: Path, module: str) -> None:
        self._stage, self._work, self._module = stage, work, module
        self.begins()
        self.hand = Watched(stage.display, work / REVEAL.name, work, work / BENCH.name)

    def begins(self) -> None:
        """The process, until it has its guides."""
        (self._work / REVEAL.name).unlink(missing_ok=True)  # of the one that was here before
        self.process = self._stage.terminal(self._module)
        self._stage.guides()

    def dies(self, number: signal.Signals) -> None:
        """In the middle of whatever it does."""
        self.process.send_signal(number)
        self.process.wait()

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
        hand.sees("attract", seconds=_PATIENCE_SECONDS)
        hand.touches("anywhere", "attract")
        hand.touches("way_progress", "home")
        hand.sees("scan")
        hand.acts("card", person=PERSON)
        hand.touches("agree", "consent")
        hand.sees("message", "case_list", "progress")
        hand.settles()

    def is_left(self) -> None:
        """Wait for the attract screen, and a moment more."""
        self.hand.sees("attract", seconds=_PATIENCE_SECONDS)
        self.hand.settles(_REST_SECONDS)


@contextmanager
def _terminal(work: Path, module: str = "kiosk", waits: tuple[str, str] = _IDLE) -> Iterator[Terminal]:
    """Bring up screen, bench and terminal in `work`; whatever uses temporary files has them there."""
    (work / "tmp").mkdir(exist_ok=True)
    port = free_port()
    text = CONFIG.read_text("utf-8").replace(str(WORK), str(work))
    text = text.replace(str(PRINTER_PORT), str(port)).replace("port = 8471", f"port = {free_port()}")
    for delivered, wanted in zip(_IDLE, waits, strict=True):
        assert delivered in text
        text = text.replace(delivered, wanted)
    (work / "kiosk.toml").write_text(text, "utf-8")
    with pytest.MonkeyPatch.context() as patch, Stage(work / "kiosk.toml", work=work, printer_port=port) as stage:
        patch.setenv("TMPDIR", str(work / "tmp"))
        stage.virtual_screen(1080, 1920)
        stage.bench()
        yield Terminal(stage, work, module)


@pytest.fixture(scope="module")
def terminal(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Terminal]:
    """One for all ends that somebody brings about; its 我要申办 has a bug."""
    with _terminal(tmp_path_factory.mktemp("terminal"), "tests.flows.terminal_that_breaks") as one:
        assert not one.holds()
        yield one


@pytest.fixture(scope="module")
def left_soon(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Terminal]:
    """One that does not wait long for a citizen who is gone; and that dies, and begins again."""
    with _terminal(tmp_path_factory.mktemp("left-soon"), waits=_SOON) as one:
        yield one


@pytest.fixture(autouse=True)
def _no_card(request: pytest.FixtureRequest) -> Iterator[None]:
    """Whatever became of a test, the next one does not find its card."""
    yield
    for name in {"terminal", "left_soon"} & set(request.fixturenames):
        request.getfixturevalue(name).hand.acts("lift")


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


def test_nothing_is_left_of_an_application_but_what_is_sealed(terminal: Terminal) -> None:
    # given
    hand, pictures, during, after = terminal.hand, dict[bytes, tuple[str, str]](), set[str](), list[Found]()
    hand.at = {
        "materials-complete": lambda: pictures.update(pictures_in_memory(terminal.process.pid)),
        "done": lambda: during.update(terminal.knows()),
        "take-your-card": lambda: after.append(terminal.holds()),
    }
    # when somebody types, is photographed, signs, hands it in, is done, and takes the card
    hand.sees("attract", seconds=_PATIENCE_SECONDS)
    files_an_application(hand)
    terminal.is_left()
    # then it was there, and is not
    assert during >= FROM_CARD | TYPED
    assert pictures
    assert not after[0]
    assert not terminal.holds()
    assert not terminal.holds(pictures)
    assert not terminal.on_disk()


def test_nothing_is_left_of_a_complaint_without_a_card(terminal: Terminal) -> None:
    # given somebody who types who they are, how they are reached, what happened, and six digits
    hand, during = terminal.hand, set[str]()
    hand.at = {"complain-review": lambda: during.update(terminal.knows())}
    hand.sees("attract", seconds=_PATIENCE_SECONDS)
    # when it is handed in, and they end
    complains_without_a_card(hand, story=COMPLAINED["story-pinyin"])
    terminal.is_left()
    # then all of it was there, and is not
    assert during >= {"digits", "contact", "who", "story"}
    assert not terminal.holds()
    assert not terminal.on_disk()


def test_nothing_is_left_of_a_form_when_nobody_is_there_any_more(left_soon: Terminal) -> None:
    hand = left_soon.hand
    # given a form that was filled in, and not handed in
    hand.sees("attract", seconds=_PATIENCE_SECONDS)
    hand.touches("anywhere", "attract")
    opens_the_form(hand)
    fills_the_form(hand)
    assert left_soon.knows() >= FROM_CARD | TYPED
    # when time passes
    hand.acts("lift")
    left_soon.is_left()
    # then
    assert not left_soon.holds()
    assert not left_soon.on_disk()


def test_nothing_is_left_when_the_terminal_is_started_again(left_soon: Terminal) -> None:
    # whether it is ended, or killed
    for number in (signal.SIGTERM, signal.SIGKILL):
        # given
        left_soon.comes_with_the_card()
        assert left_soon.knows() >= FROM_CARD
        # when it ends in the middle
        left_soon.dies(number)
        assert not left_soon.on_disk()
        left_soon.hand.acts("lift")
        # then another in its place knows nothing
        left_soon.begins()
        left_soon.hand.sees("attract")
        assert not left_soon.holds()
        assert not left_soon.on_disk()


def test_neither_engines_nor_center_pay_for_it(terminal: Terminal) -> None:
    children = Path(f"/proc/{terminal.process.pid}/task/{terminal.process.pid}/children")
    every = [pid for task in children.parents[1].iterdir() for pid in (task / "children").read_text("ascii").split()]
    assert every  # its center
    for pid in every:
        environment = Path(f"/proc/{pid}/environ").read_bytes()
        assert b"PYTHONMALLOC" not in environment
        assert b"GLIBC_TUNABLES" not in environment
