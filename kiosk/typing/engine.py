"""The process in which an engine runs: requests on stdin, answers on stdout, a JSON object a line. Started by kiosk.typing.client.

It can write no file: the kernel refuses it. It leaves no core, and ends with the one who started it.
"""

from __future__ import annotations

import ctypes
import json
import resource
import signal
import sys
from collections.abc import Callable
from pathlib import Path

from kiosk.errors import OneSealError
from kiosk.memory import keep_in_memory

_PR_SET_PDEATHSIG = 1
_WRONG_USAGE = 2

Request = dict[str, object]
Answer = Callable[[Request], object]


def _shut_in() -> None:
    """What was typed here is on no disk, in no core file, in no orphan."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    keep_in_memory()
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)


def _pinyin(setup: Request) -> Answer:
    from kiosk.typing.names import NameEngine  # each process loads its own engine only
    from kiosk.typing.pinyin import PinyinEngine

    tables = Path(str(setup["tables"]))
    words = [(str(text), str(reading)) for text, reading in setup["words"]]  # type: ignore[attr-defined]
    pinyin = PinyinEngine(tables, words)
    pinyin.prepare_nine_keys()
    names = NameEngine(tables, pinyin)

    def answer(request: Request) -> object:
        if "next" in request:
            return [[word, 0, ""] for word in pinyin.next_words(str(request["next"]))]
        engine = names if request.get("names") else pinyin
        found = engine.candidates(str(request["text"]), str(request.get("before", "")))
        return [[each.text, each.used, each.reading] for each in found]

    return answer


def _handwriting(_: Request) -> Answer:
    from kiosk.typing.handwriting import HandwritingEngine, read_strokes  # heavy

    engine = HandwritingEngine()
    return lambda request: [[each, 0, ""] for each in engine.candidates(read_strokes(request["strokes"]))]


_ENGINES: dict[str, Callable[[Request], Answer]] = {"pinyin": _pinyin, "handwriting": _handwriting}


def _say(answer: dict[str, object]) -> None:
    sys.stdout.write(json.dumps(answer, ensure_ascii=False, separators=(",", ":")) + "\n")
    sys.stdout.flush()


def main(which: str) -> int:
    """Load, say so, answer until stdin ends."""
    _shut_in()
    lines = iter(sys.stdin.readline, "")
    try:
        answer = _ENGINES[which](json.loads(next(lines, "{}")))
    except OneSealError as error:
        _say({"error": error.code, "message": error.message})
        return _WRONG_USAGE
    _say({"ready": which})
    for line in lines:
        request = json.loads(line)
        try:
            _say({"id": request["id"], "candidates": answer(request)})
        except OneSealError as error:
            _say({"id": request["id"], "error": error.code})
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
