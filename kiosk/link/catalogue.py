"""The guides: kept on disk and fetched again. Searches nothing."""

from __future__ import annotations

from pathlib import Path

from kiosk.events import CatalogueChanged
from kiosk.link.client import CenterClient
from kiosk.link.keeper import Keeper
from kiosk.ports import Post
from kiosk.wire.items import CatalogueAnswer

#: Seconds between questions while all is well.
_EVERY_SECONDS = 600.0


class CatalogueKeeper(Keeper[CatalogueAnswer]):
    """Posts `CatalogueChanged` for the terminal's own copy and for each change."""

    def __init__(self, client: CenterClient, file: Path, post: Post, every_seconds: float = _EVERY_SECONDS) -> None:
        """`file` as for Keeper."""
        super().__init__(
            "catalogue", CatalogueAnswer, client.catalogue, file, lambda catalogue: post(CatalogueChanged(catalogue)), every_seconds
        )
