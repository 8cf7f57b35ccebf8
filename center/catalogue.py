"""The center's list of items (R1.1): read from files, checked, kept by version, and given out with a tag that changes when it does."""

from __future__ import annotations

import hashlib
import tomllib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from pydantic import ValidationError
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from center.center import Center
from center.domain.item import Publication, in_force, missing_for_publication, publication
from center.errors import ConfigurationError
from center.store.tables import Case, Item
from kiosk.wire.items import CatalogueAnswer, ServiceItem

#: Where a version was written (`Item.origin`).
FILE, CONSOLE = "file", "console"


@dataclass(frozen=True)
class Loaded:
    """What loading a directory changed."""

    items: int
    added: int
    changed: int
    unlisted: int
    #: Items that were edited in the console, which a file does not overwrite.
    kept: int = 0


def read_items(directory: Path) -> tuple[ServiceItem, ...]:
    """Every item in `directory/*.toml`.

    Raises ConfigurationError with one sentence that names file and key. A confirmed guide that lacks one of the eight fields is
    refused, and the sentence names the fields (R1.2).
    """
    if not directory.is_dir():
        raise ConfigurationError("catalogue_missing", f"{directory} is not a directory; name the one that holds the items.")
    items: dict[tuple[str, int], Path] = {}
    read = []
    for path in sorted(directory.glob("*.toml")):
        item = _read_item(path)
        if (item.code, item.version) in items:
            raise ConfigurationError(
                "catalogue_double",
                f"{path}: {items[item.code, item.version]} already gives {item.code} version {item.version}; raise the version or the code.",
            )
        items[item.code, item.version] = path
        missing = missing_for_publication(item)
        if missing:
            raise ConfigurationError(
                "guide_incomplete",
                f"{path}: confirmed = true, but {'、'.join(missing)} {'is' if len(missing) == 1 else 'are'} not given (R1.2); add it or set confirmed = false.",
            )
        read.append(item)
    if not read:
        raise ConfigurationError("catalogue_empty", f"{directory} holds no item (*.toml); name the directory that does.")
    return tuple(read)


def _read_item(path: Path) -> ServiceItem:
    try:
        raw = tomllib.loads(path.read_text("utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ConfigurationError("catalogue_unreadable", f"{path} cannot be read: {error}. Mend that file.") from None
    try:
        return ServiceItem.model_validate(raw)
    except ValidationError as error:
        first = error.errors()[0]
        key = ".".join(str(part) for part in first["loc"]) or "the item"
        reason = "is not known" if first["type"] == "extra_forbidden" else first["msg"].removeprefix("Value error, ")
        raise ConfigurationError("catalogue_invalid", f"{path}: {key}: {reason}; mend this key.") from None


def load_items(center: Center, items: tuple[ServiceItem, ...], replace: bool = False) -> Loaded:
    """Keep these items and list no others. Raises ConfigurationError if a version that a case was filed under would change (R1.1).

    An item that was edited or withdrawn in the console stays as it is there, whatever the files say, unless `replace`.
    """
    added = changed = unlisted = 0
    with center.database.writing() as session:
        rows = session.scalars(select(Item).where(Item.township_id == center.township_id)).all()
        edited = set() if replace else {row.code for row in rows if row.origin == CONSOLE or row.withdrawn_on is not None}
        known = {(row.code, row.version): row for row in rows if row.code not in edited}
        for item in items:
            if item.code in edited:
                continue
            definition = item.model_dump_json()
            row = known.pop((item.code, item.version), None)
            if row is None:
                session.add(
                    Item(
                        township_id=center.township_id,
                        code=item.code,
                        version=item.version,
                        definition=definition,
                        loaded_at=center.clock.now(),
                    )
                )
                added += 1
                continue
            if row.definition != definition:
                if session.scalar(select(func.count()).select_from(Case).where(Case.item_row == row.id)):
                    raise ConfigurationError(
                        "item_in_use",
                        f"{item.code} version {item.version} changed, and cases were filed under it; a case keeps its version (R1.1): raise version.",
                    )
                row.definition, row.loaded_at = definition, center.clock.now()
                changed += 1
            row.listed, row.origin, row.withdrawn_on = True, FILE, None
        for row in known.values():
            unlisted += row.listed
            row.listed = False
    return Loaded(len(items), added, changed, unlisted, len(edited))


@lru_cache(maxsize=512)
def _read_definition(definition: str) -> ServiceItem:
    """Items are read with every filing and every catalogue, and change some times a month."""
    return ServiceItem.model_validate_json(definition)


def item_of(row: Item) -> ServiceItem:
    """The item as it was published under this version; withdrawn since, if it was."""
    item = _read_definition(row.definition)
    return item if row.withdrawn_on is None else item.model_copy(update={"withdrawn_on": row.withdrawn_on})


def find_item(session: Session, center: Center, code: str, version: int) -> Item | None:
    """The row of one version, listed or not: what was signed offline keeps its version."""
    return session.scalar(select(Item).where(Item.township_id == center.township_id, Item.code == code, Item.version == version))


@dataclass(frozen=True)
class TaggedCatalogue:
    """The catalogue as it goes out; `etag` is quoted (RFC 9110) and changes with the content."""

    content: bytes
    etag: str
    answer: CatalogueAnswer


def listed_items(center: Center) -> tuple[ServiceItem, ...]:
    """Every listed item in force today, the newest version of each, by code. In production only published guides."""
    today = center.clock.now().date()
    newest: dict[str, ServiceItem] = {}
    with center.database.reading() as session:
        rows = session.scalars(select(Item).where(Item.township_id == center.township_id, Item.listed).order_by(Item.code, Item.version))
        for row in rows:
            item = item_of(row)
            if in_force(item, today) and publication(item, center.config.demo) is not Publication.NOT:
                newest[item.code] = item
    return tuple(newest.values())


def catalogue(center: Center) -> TaggedCatalogue:
    """The list as terminals get it."""
    answer = CatalogueAnswer(
        center_name=center.config.center.name,
        township_id=center.township_id,
        center_public_key=center.keys.public_key,
        public_base_url=center.config.center.public_base_url,
        window_hours=center.config.center.window_hours,
        hotline=center.config.services.hotline,
        posts_results=center.config.services.post_by_ems,
        items=listed_items(center),
    )
    content = answer.model_dump_json().encode()
    return TaggedCatalogue(content, f'"{hashlib.sha256(content).hexdigest()[:32]}"', answer)
