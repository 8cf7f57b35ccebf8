"""What a terminal that is well says of itself."""

from __future__ import annotations

from typing import Any

GOOD: dict[str, Any] = {
    "version": "0.1.0",
    "up_seconds": 60,
    "devices": [{"device": "printer", "state": "ready"}, {"device": "id_card", "state": "ready"}],
    "paper": "good",
    "unsent": 0,
    "refused": 0,
}
