"""What is in this process's memory stays there, and no longer than it is used: names, numbers, a signature, what is typed."""

from __future__ import annotations

import ctypes
import json
import os
import resource
import sys
from pathlib import Path

_PR_SET_DUMPABLE = 4
#: mlockall: what is there, what will be, each page once it is used (a thread's stack is 8 MB, of which it uses some KB).
_MCL_CURRENT, _MCL_FUTURE, _MCL_ONFAULT = 1, 2, 4

#: Levels of nesting, well within Python's limit of 1,000 for calls in C: some hundred KB of stack.
_DEEP = 800

#: Read by Python and by the C library when a process begins. Python overwrites every block that it frees, and the C library every
#: block but its last eight bytes; its caches of a thread, which it would not, are off.
FORGETFUL = {"PYTHONMALLOC": "pymalloc_debug", "GLIBC_TUNABLES": "glibc.malloc.perturb=165:glibc.malloc.tcache_count=0"}


def forget_what_is_freed() -> None:
    """Overwrite from now on what is freed: else a name stays in memory until something else happens to need the place.

    The process begins once more, with its id and its arguments, for that can only be asked for at its start. What it starts
    itself is not asked to: engines are killed, and the kernel clears what it hands out.
    """
    if any(os.environ.get(name) != value for name, value in FORGETFUL.items()):
        os.execve(sys.executable, [sys.executable, *sys.orig_argv[1:]], {**os.environ, **FORGETFUL})
    for name in FORGETFUL:
        del os.environ[name]


def overwrite_stack() -> None:
    """This thread's stack, as deep as anything went that is over: what a library wrote there stays until something goes as deep again."""
    nested: list[object] = []
    for _ in range(_DEEP):
        nested = [nested]
    json.dumps(nested)  # the encoder calls itself in C; Python's own calls would not


def keep_in_memory() -> None:
    """A crash leaves no core file, neither beside the program nor with a collector that the kernel hands it to (core(5): a limit of
    zero does not keep it from one). No other process of the same user may read this one's memory. Root still may.
    """
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    ctypes.CDLL(None).prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0)


def keep_out_of_swap() -> bool:
    """Lock this process's memory; whether none of it can get onto a disk. Needs root or LimitMEMLOCK=infinity, or a machine without swap."""
    library = ctypes.CDLL(None)
    hard = resource.getrlimit(resource.RLIMIT_MEMLOCK)[1]
    if os.geteuid() == 0 or hard == resource.RLIM_INFINITY:  # else what is asked for later would be refused at the limit
        resource.setrlimit(resource.RLIMIT_MEMLOCK, (hard, hard))
        if library.mlockall(_MCL_CURRENT | _MCL_FUTURE | _MCL_ONFAULT) == 0:
            return True
    return len(Path("/proc/swaps").read_text("ascii").splitlines()) == 1  # its heading
