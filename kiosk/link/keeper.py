"""A thing of the center's that the terminal keeps on disk and fetches again and again: there from the first second, even when the center is not."""

from __future__ import annotations

import os
import random
import secrets
from collections.abc import Callable
from pathlib import Path
from typing import Generic, TypeVar

import structlog
from pydantic import AliasChoices, BaseModel, ConfigDict, Field, ValidationError

from kiosk.errors import OneSealError
from kiosk.link.background import Background
from kiosk.link.keys import sync_directory
from kiosk.link.reply import ETAG
from kiosk.wire.base import Message

#: Seconds after the first of several failures; they double up to the time between questions while all is well.
_AFTER_FAILURE_SECONDS = 2.0

T = TypeVar("T", bound=Message)

_log = structlog.get_logger("link")


class _Kept(BaseModel, Generic[T]):
    """What the file holds. The first files of guides named their content."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    etag: str = Field(pattern=ETAG)
    content: T = Field(validation_alias=AliasChoices("content", "catalogue"))


class Keeper(Generic[T]):
    """One thread that keeps one thing current; `changed` gets the terminal's own copy at `start`, and each other content after it."""

    def __init__(
        self,
        what: str,
        kind: type[T],
        fetch: Callable[[str, T | None], tuple[T, str] | None],
        file: Path,
        changed: Callable[[T], None],
        every_seconds: float,
    ) -> None:
        """`what` names it in the log. `fetch` gets the ETag and content last known; None: it is still that.

        `file` is read at `start`; its folder is there and can be written.
        """
        self._what = what
        self._kept: type[_Kept[T]] = _Kept[kind]  # type: ignore[valid-type]  # the class of this very content, made at run time
        self._ask = fetch
        self._file = file
        self._changed = changed
        self._every = every_seconds
        self._etag = ""
        self._current: T | None = None
        self._thread = Background(what, self._run)

    @property
    def current(self) -> T | None:
        """As last told to `changed`; None if it never was."""
        return self._current

    def start(self) -> None:
        """Load the copy on disk at once, then go on in the background."""
        self._load()
        self._thread.start()

    def refresh(self) -> None:
        """Ask the center now, e.g. because it has come back. Returns at once."""
        self._thread.wake()

    def stop(self) -> None:
        """End the thread; a question under way is left to its time-out."""
        self._thread.stop()

    # -------------------------------------------------------------- the thread

    def _run(self) -> None:
        failures = 0
        while not self._thread.stopping:
            try:
                self._fetch()
                failures = 0
            except OneSealError as error:
                failures += 1
                if failures == 1:
                    _log.warning("copy_failed", what=self._what, code=error.code)
            except Exception:  # a bug must not end the thread: all would stay as it is until the next start
                failures += 1
                _log.error("unexpected", where=self._what, exc_info=True)
            wait = self._every if not failures else min(self._every, _AFTER_FAILURE_SECONDS * 2.0 ** min(failures - 1, 12))
            # Terminals that were switched on together shall not all ask in the same second.
            self._thread.rest(wait * random.uniform(0.8, 1.0))

    def _fetch(self) -> None:
        answer = self._ask(self._etag, self._current)
        if answer is None or self._thread.stopping:
            return
        content, self._etag = answer
        if content == self._current:
            return
        self._current = content
        _log.info("copy_changed", what=self._what)
        self._changed(content)
        self._keep(self._kept(etag=self._etag, content=content))

    # -------------------------------------------------------------- the file

    def _load(self) -> None:
        try:
            kept = self._kept.model_validate_json(self._file.read_bytes())
        except FileNotFoundError:
            return
        except OSError as error:
            _log.warning("copy_broken", what=self._what, reason=type(error).__name__)
            return
        except ValidationError:
            _log.warning("copy_broken", what=self._what, reason="content")
            return
        self._etag, self._current = kept.etag, kept.content
        _log.info("copy_loaded", what=self._what)
        self._changed(kept.content)

    def _keep(self, kept: _Kept[T]) -> None:
        draft = self._file.with_name(f".{self._file.name}.{secrets.token_hex(8)}")
        try:
            try:
                with open(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600), "wb") as file:
                    file.write(kept.model_dump_json().encode("utf-8"))
                    file.flush()
                    os.fsync(file.fileno())
                os.replace(draft, self._file)
                sync_directory(self._file.parent)
            finally:
                draft.unlink(missing_ok=True)
        except OSError:
            # It is shown all the same; it would only be missing at a start without the center.
            _log.warning("copy_failed", what=self._what, code="cache_unwritable")
