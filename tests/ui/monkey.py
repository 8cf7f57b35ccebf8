"""A monkey before a whole terminal: touches what is drawn by a seeded chance, and says of every page what is wrong with it."""

from __future__ import annotations

import random
import re
import time
from collections.abc import Callable

from demo.citizens import SIGNATURE
from demo.place import Place
from devices.bench.people import PEOPLE
from devices.document_camera.papers import PAPERS
from kiosk.ports import DeviceKind
from kiosk.views import AttractView, FormView, IdentifyView, KeyboardKind, MaterialsView, ScanView, ViewData
from tests.ui.glass import Glass
from tests.ui.judge import Judge, Reached, is_empty

#: How often a kind of target is taken, by the beginning of its ident; the first that fits. What leads on more often than what leads
#: away, or no visit would get beyond its third page.
_WEIGHTS: tuple[tuple[str, float], ...] = (
    (r"dock_(end|home)$", 0.15),
    (r"dock_back$|refuse$|previous$", 0.4),
    (r"help$", 0.3),
    (r"primary$|agree$", 6),
    (r"capture$", 6),
    (r"key_|candidate|keyboard_", 0.4),
    (r"field_|choice_", 0.3),
)
#: Who wants something seldom turns away from it.
_AWAY = re.compile(r"dock_|help$|refuse$|previous$|print$|more$|topic_|search|clear|edit_|take_|remove|later")
_SELDOM = 0.03
_ASKED = 4.0
#: Keys that write something a field of that kind takes; letters are pinyin.
_WANTED = {
    KeyboardKind.DIGITS: "3",
    KeyboardKind.AMOUNT: "200",
    KeyboardKind.ID_NUMBER: "230903194803120022",
    KeyboardKind.DATE: "20200101",
    KeyboardKind.NINE: "926",
}
#: A finger that meets nothing in particular, so often.
_ANYWHERE = 0.06
#: Something happens to a device or to the line, so often; it is mended after some more touches.
_BREAKS = 0.02
#: So long a page may take to come after a touch before the next touch; what comes later meets the next one.
_SETTLE_SECONDS = 0.6
#: Leaving takes no more touches than this, wherever one is.
_TOUCHES_TO_LEAVE = 12


class Fault(AssertionError):
    """What is wrong, with the seed and the way there."""


class Monkey:
    """One chance, one terminal, many visits."""

    def __init__(self, glass: Glass, place: Place, seed: int) -> None:
        self._glass, self._place, self._seed = glass, place, seed
        self._chance = random.Random(seed)
        self._heard = len(glass.posted)
        self._judge = Judge(glass, place)
        self._wants = False
        self._mend: Callable[[], None] | None = None
        self.way: list[str] = []
        self.taps = 0

    @property
    def reached(self) -> Reached:
        """Where it was."""
        return self._judge.reached

    # ------------------------------------------------------------------ a visit

    def visits(self, taps: int, *, wants_something: bool = False) -> None:
        """Come, touch so often, leave; `wants_something`: rather do what the page asks for. Raises Fault."""
        self._wants = wants_something
        self.way.append("-- visit of one who wants something" if wants_something else "-- visit")
        self._touch("", 540, 960)
        until = self.taps + taps
        while self.taps < until:
            self._acts()
        self._leaves()

    def _acts(self) -> None:
        view = self._looks()
        if self._chance.random() < (_BREAKS if self._mend is None else 0.1):
            self._breaks_or_mends()
        self._brings(view)
        if isinstance(view, AttractView):
            self._touch("anywhere", *self._anywhere())
        elif self._glass.app.page.find("signature_pad") and self._chance.random() < 0.5:
            self._signs()
        elif self._chance.random() < (_ANYWHERE * _SELDOM if self._wants else _ANYWHERE):
            self._touch("", *self._anywhere())
        elif isinstance(view, FormView) and view.keyboard is not None and self._chance.random() < 0.7:
            if self._wants or self._chance.random() < 0.6:
                self._writes(view)
            else:
                self._types()
        else:
            self._touches_something(view)

    def _leaves(self) -> None:
        """Everything is mended, the card is lifted, and whoever wants to go can: by what is offered on the page."""
        if self._mend is not None:
            self._breaks_or_mends()
        self._place.bench.lift_card()
        self._place.bench.hold_code()
        session, gone = self._place.composition.terminal.work.session, isinstance(self._looks(), AttractView)
        for _ in range(_TOUCHES_TO_LEAVE):
            if isinstance(self._looks(), AttractView):
                break
            idents = self._judge.targets()
            ways = ("dock_end", "dock_home", "key_done", "dock_back", "primary", "button")
            self._taps(next((ident for ident in ways if ident in idents), None) or self._fault(f"no way out of {sorted(idents)}"))
            self._waits(lambda view: isinstance(view, AttractView), 1.0)
        view = self._waits(lambda view: isinstance(view, AttractView), 10.0)
        if not isinstance(view, AttractView):
            self._fault(f"the visit does not end: {type(view).__name__}")
        now = self._place.composition.terminal.work.session
        for each in (session, now):
            if not is_empty(each):
                self._fault(f"something of the citizen is still in session {each.number}")
        if now is session and not gone:
            self._fault("the visit is over, and its session is not")
        for found in self._judge.of_log():
            self._fault(found)

    # ------------------------------------------------------------------ touches

    def _touches_something(self, view: ViewData) -> None:
        idents = sorted(self._judge.targets())
        if not idents:
            self._touch("", *self._anywhere())
            return
        asked = self._asked(view)
        self._taps(self._chance.choices(idents, [_ASKED if ident in asked else self._weight(ident) for ident in idents])[0])

    def _weight(self, ident: str) -> float:
        if self._wants and _AWAY.match(ident):
            return _SELDOM
        return next((weight for pattern, weight in _WEIGHTS if re.match(pattern, ident)), 1.0)

    @staticmethod
    def _asked(view: ViewData) -> set[str]:
        """Targets of what a form still wants."""
        rows = view.fields if isinstance(view, FormView) else ()
        wanting = [row for row in rows if row.error or not (row.value or any(choice.selected for choice in row.choices))]
        return {button.id for row in wanting for button in (*row.choices, row.button) if button is not None}

    def _writes(self, view: FormView) -> None:
        """What the field wants, or what looks like it."""
        keyboard = view.keyboard
        row = next((row for row in view.fields if row.focused), None)
        if keyboard is None or row is None:
            return
        self._taps("clear_field")
        for key in "13904640000" if "phone" in row.code else _WANTED.get(keyboard.kind, "wang"):
            self._taps(f"key_{key}")
        self._taps("candidate_0")
        self._taps("key_done")

    def _types(self) -> None:
        """Some keys of whatever keyboard there is; sooner or later it is done."""
        keys = [ident for ident in sorted(self._judge.targets()) if re.match(r"key_.$|candidate_\d", ident)]
        others = [ident for ident in sorted(self._judge.targets()) if re.match(r"key_..+|keyboard_|more|candidates_", ident)]
        if self._glass.app.page.find("ink_box") and self._chance.random() < 0.5:
            self._draws("ink_box", 2)
        for _ in range(self._chance.randint(1, 6) if keys else 0):
            self._taps(self._chance.choice(keys))
            keys = [ident for ident in keys if ident in self._judge.targets()]
            if not keys:
                return
        wanted = "key_done" if "key_done" in self._judge.targets() and self._chance.random() < 0.5 else None
        if wanted or (others := [ident for ident in others if ident in self._judge.targets()]):
            self._taps(wanted or self._chance.choice(others))

    def _signs(self) -> None:
        self.taps += 1
        self.way.append("signs")
        pad = self._glass.find("signature_pad").rect
        wide, high = pad.right - pad.left, pad.bottom - pad.top
        for stroke in SIGNATURE:
            self._glass.draw("signature_pad", [(x * wide, y * high) for x, y in stroke])
        self._looks()

    def _draws(self, ident: str, strokes: int) -> None:
        self.taps += 1
        self.way.append(f"draws in {ident}")
        for _ in range(strokes):
            if self._glass.app.page.find(ident) is None:
                return
            rect = self._glass.find(ident).rect
            points = [
                (self._chance.uniform(40, rect.right - rect.left - 40), self._chance.uniform(40, rect.bottom - rect.top - 40))
                for _ in range(4)
            ]
            self._glass.draw(ident, points)
            self._looks()

    def _taps(self, ident: str) -> None:
        if self._glass.app.page.find(ident) is not None:
            self._touch(ident, *self._glass.center(ident))

    def _touch(self, ident: str, x: float, y: float) -> None:
        self.taps += 1
        self.way.append(ident or f"({x:.0f}, {y:.0f})")
        before = self._place.citizen.sees(ViewData)
        self._glass.rest()
        self._glass.down(x, y).up()
        self._waits(lambda view: view is not before, _SETTLE_SECONDS if ident else 0.05)

    def _anywhere(self) -> tuple[float, float]:
        layout = self._glass.app.page.layout
        return self._chance.uniform(0, layout.screen_width - 1), self._chance.uniform(0, layout.screen_height - 1)

    # ------------------------------------------------------------------ the world around

    def _brings(self, view: ViewData) -> None:
        """Card, code and papers, where they are asked for, and sometimes where they are not."""
        bench, chance = self._place.bench, self._chance
        if isinstance(view, IdentifyView | ScanView) and chance.random() < 0.5:
            anybody = chance.random() < (0.05 if self._wants else 0.3)
            person = chance.choice(sorted(PEOPLE) if anybody else ["wang-guilan", "wang-guilan", "li-jianguo"])
            self.way.append(f"lays {person}")
            bench.lift_card()  # one that lies there from before is not read
            self._waits(lambda _: not self._place.composition.terminal.work.hub.card_present, 1.0)
            bench.lay_card(person)
            self._waits(lambda now: type(now) is not type(view), 1.5)
        elif isinstance(view, ScanView) and bench.receipt_names() and chance.random() < 0.6:
            self._holds_a_receipt()
        elif isinstance(view, MaterialsView) and chance.random() < 0.6:
            page = f"{chance.choice(sorted(PAPERS))}-{'straight' if chance.random() < 0.7 else 'skewed'}"
            self.way.append(f"page {page}")
            bench.lay_page(page)
            self._waits(lambda now: isinstance(now, MaterialsView) and now.good, 1.5)
        elif chance.random() < 0.01:
            self.way.append("lifts the card")
            bench.lift_card()

    def _holds_a_receipt(self) -> None:
        name = self._chance.choice(self._place.bench.receipt_names()[:4])
        self.way.append(f"holds {name}")
        self._place.bench.hold_code(receipt=name)
        self._waits(lambda now: not isinstance(now, ScanView), 1.5)
        self._place.bench.hold_code()

    def _breaks_or_mends(self) -> None:
        if self._mend is not None:
            self.way.append("mended")
            mend, self._mend = self._mend, None
            mend()
            return
        bench = self._place.bench
        ways: list[tuple[str, Callable[[], None], Callable[[], None]]] = [
            ("no paper", lambda: bench.set_paper(False), lambda: bench.set_paper(True)),
            ("center away", self._place.center_closes, self._place.center_opens),
        ]
        for device in DeviceKind:
            ways.append((f"no {device}", lambda device=device: bench.unplug(device), lambda device=device: bench.plug(device)))  # type: ignore[misc]
        name, breaks, self._mend = self._chance.choice(ways)
        self.way.append(name)
        breaks()

    # ------------------------------------------------------------------ looking

    def _looks(self) -> ViewData:
        """Draw what is shown now, after what was touched has gone its way; judge it."""
        for event in self._glass.posted[self._heard :]:
            self._place.citizen.post(event)
        self._heard = len(self._glass.posted)
        view = self._place.citizen.sees(ViewData)
        if view is not self._glass.app.router.view:
            self._glass.show(view)
            self._judges(view)
        return view

    def _waits(self, until: Callable[[ViewData], bool], seconds: float) -> ViewData:
        end = time.monotonic() + seconds
        while not until(view := self._looks()) and time.monotonic() < end:
            time.sleep(0.005)
        return view

    def _judges(self, view: ViewData) -> None:
        for found in (*self._judge.of_page(view), *self._judge.of_log()):
            self._fault(found)

    def _fault(self, what: str) -> str:
        way = "\n  ".join(self.way[-60:])
        raise Fault(f"{what}\nseed {self._seed}, touch {self.taps}; the last of the way there:\n  {way}")
