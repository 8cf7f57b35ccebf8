"""Faults that are expected at the center: a stable code for programs, one sentence for people. Anything else that is raised is a bug."""

from __future__ import annotations


class CenterError(Exception):
    """`code` is lower snake case and stable; `message` is one sentence that says what happened and what to do, in its reader's language."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message


class ConfigurationError(CenterError):
    """Configuration, catalogue or calendar cannot be used; the sentence names the key and how to mend it. Command lines exit with 2."""


class CommandError(CenterError):
    """A command cannot do what it was asked. Command lines exit with 2."""
