"""Faults that are expected: a sentence for the person in front, a code for staff. Anything else that is raised is a bug."""

from __future__ import annotations


class OneSealError(Exception):
    """An expected fault.

    `code` is stable, lower snake case, for staff, logs and scripts; `message` is one sentence that says what happened and
    what to do, in the reader's language.
    """

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message


class ConfigurationError(OneSealError):
    """The configuration cannot be used; `message` names the key and how to mend it. Command lines exit with 2."""


class CenterUnreachable(OneSealError):
    """No answer from the center in time, or an answer that says to come again (5xx, 429). The call may be retried with its key.

    `retry_after`: seconds that the center asked to be left alone for; 0: it did not say.
    """

    def __init__(self, code: str, message: str, retry_after: float = 0.0) -> None:
        super().__init__(code, message)
        self.retry_after = retry_after


class CenterRefused(OneSealError):
    """The center answered and will not do it (4xx). Retrying the same call cannot help."""
