"""What each operation of the API takes and answers, beyond what its code says. An operation or a message that is not in these tables fails a test."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from center.api.contract import complaints, core, notices, own_cases, services
from center.api.contract.operation import Answer, Operation

__all__ = ["EXAMPLES", "OPERATIONS", "Answer", "Operation"]

_ROOMS = (core, own_cases, complaints, services, notices)

#: By method and path.
OPERATIONS: Mapping[tuple[str, str], Operation] = {where: operation for room in _ROOMS for where, operation in room.OPERATIONS.items()}

#: By the name of the message. Invented: no such person, no such case.
EXAMPLES: Mapping[str, Any] = {name: example for room in _ROOMS for name, example in room.EXAMPLES.items()}
