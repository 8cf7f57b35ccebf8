"""What is in this process's memory stays there: names, numbers, a signature, what is typed."""

from __future__ import annotations

import ctypes
import resource

_PR_SET_DUMPABLE = 4


def keep_in_memory() -> None:
    """A crash leaves no core file, neither beside the program nor with a collector that the kernel hands it to (core(5): a limit of
    zero does not keep it from one). No other process of the same user may read this one's memory. Root still may.
    """
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    ctypes.CDLL(None).prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0)
