"""The guides: fetched from the center, kept on disk, and there from the first second even when the center is not. Searches nothing."""

from __future__ import annotations

import os
import random
import secrets
from pathlib import Path

import structlog
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from kiosk.errors import OneSealError
from kiosk.events import CatalogueChanged
from kiosk.link.background import Background
from kiosk.link.client import ETAG, CenterClient
from kiosk.link.keys import sync_directory
from kiosk.ports import Post
from kiosk.wire.items import CatalogueAnswer

#: Seconds between questions while all is well, and after the first of several failures (it doubles up to the former).
_EVERY_SECONDS = 600.0
_AFTER_FAILURE_SECONDS = 2.0

_log = structlog.get_logger("link")


class _Kept(BaseModel):
    """What the file holds."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    etag: str = Field(pattern=ETAG)
    catalogue: CatalogueAnswer


class CatalogueKeeper:
    """One thread that keeps the guides current; posts `CatalogueChanged` for the terminal's own copy and for each change."""

    def __init__(self, client: CenterClient, cache_file: Path, post: Post, every_seconds: float = _EVERY_SECONDS) -> None:
        """`cache_file` is read at `start`; its folder is there and can be written."""
        self._client = client
        self._file = cache_file
        self._post = post
        self._every = every_seconds
        self._etag = ""
        self._current: CatalogueAnswer | None = None
        self._thread = Background("catalogue", self._run)

    @property
    def current(self) -> CatalogueAnswer | None:
        """The guides as last posted; None if there never were any."""
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
                    _log.warning("catalogue_failed", code=error.code)
            except Exception:  # a bug must not end the thread: the guides would stay as they are until the next start
                failures += 1
                _log.error("unexpected", where="catalogue", exc_info=True)
            wait = self._every if not failures else min(self._every, _AFTER_FAILURE_SECONDS * 2.0 ** min(failures - 1, 12))
            # Terminals that were switched on together shall not all ask in the same second.
            self._thread.rest(wait * random.uniform(0.8, 1.0))

    def _fetch(self) -> None:
        answer = self._client.catalogue(self._etag, self._current)
        if answer is None or self._thread.stopping:
            return
        catalogue, etag = answer
        self._etag = etag
        if catalogue == self._current:
            return
        self._current = catalogue
        _log.info("catalogue_changed", items=len(catalogue.items))
        self._post(CatalogueChanged(catalogue))
        self._keep(_Kept(etag=etag, catalogue=catalogue))

    # -------------------------------------------------------------- the file

    def _load(self) -> None:
        try:
            kept = _Kept.model_validate_json(self._file.read_bytes())
        except FileNotFoundError:
            return
        except OSError as error:
            _log.warning("catalogue_cache_broken", reason=type(error).__name__)
            return
        except ValidationError:
            _log.warning("catalogue_cache_broken", reason="content")
            return
        self._etag, self._current = kept.etag, kept.catalogue
        _log.info("catalogue_loaded", items=len(kept.catalogue.items))
        self._post(CatalogueChanged(kept.catalogue))

    def _keep(self, kept: _Kept) -> None:
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
            # The guides are shown all the same; they would only be missing at a start without the center.
            _log.warning("catalogue_failed", code="cache_unwritable")
