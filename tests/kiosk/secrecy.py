"""Whether other processes of the same user may look into one's memory: asked of the kernel, as such a process."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

#: Root may look into everything, by capabilities; without them it is a user like any other.
UNPRIVILEGED = ["setpriv", "--bounding-set=-all", "--inh-caps=-all"] if os.geteuid() == 0 else []


def may_be_looked_into(pid: int) -> bool:
    """The kernel guards a process's environment as it guards its memory. The process was started UNPRIVILEGED."""
    return subprocess.run([*UNPRIVILEGED, "cat", f"/proc/{pid}/environ"], capture_output=True, check=False).returncode == 0


def leaves_cores(pid: int) -> bool:
    """Whether the limit lets it."""
    limits = Path(f"/proc/{pid}/limits").read_text("utf-8")
    return next(line for line in limits.splitlines() if line.startswith("Max core file size")).split()[4:6] != ["0", "0"]
