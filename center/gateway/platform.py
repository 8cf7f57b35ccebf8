"""The one interface to the provincial platform, and its one implementation: a JSON file a message, for whoever carries them on."""

from __future__ import annotations

from pathlib import Path
from typing import Protocol

from center.gateway.message import Message
from center.store.durable import make_directory, replace


class Undelivered(Exception):
    """The message did not get out; it is tried again. `code` is stable and holds nothing personal."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class ProvincialPlatform(Protocol):
    """The platform as the center sees it. Delivering a message again is the same as delivering it once."""

    def deliver(self, message: Message) -> None:
        """On return the message is out for good. Raises Undelivered."""
        ...


class MessageFiles:
    """Messages as files in a directory, each whole or not there, readable by this user alone: they name people.

    Whoever carries them on takes them away; the center keeps no copy and deletes none.
    """

    def __init__(self, directory: Path) -> None:
        self._directory = directory

    def deliver(self, message: Message) -> None:
        """`<case number>-<position>-<kind>.json`; the same message once more writes the same file."""
        try:
            make_directory(self._directory)
            name = f"{message.case_number}-{message.position:03}-{message.kind}.json"
            replace(self._directory / name, message.model_dump_json(indent=1).encode())
        except OSError:
            raise Undelivered("directory_unusable") from None
