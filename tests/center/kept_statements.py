"""SQL as it was compiled for one engine serves the next: each test has an engine of its own, and would compile every statement anew."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Engine, create_engine, event, util
from sqlalchemy.engine import URL, Dialect
from sqlalchemy.engine.interfaces import CompiledCacheType

#: More than the center has statements.
_MOST = 5000


class KeptStatements:
    """What was compiled in this process, for each kind of database."""

    def __init__(self) -> None:
        self._known: dict[str, tuple[Dialect, CompiledCacheType]] = {}

    def create_engine(self, address: URL, **settings: Any) -> Engine:
        """As the library's own. What a test's engine does with its connections remains its own."""
        engine = create_engine(address, **settings)
        kind = address.drivername
        if kind in self._known:
            # Statements are kept by the dialect that they were compiled for.
            engine.dialect, engine._compiled_cache = self._known[kind]
        else:
            # Not before it has learned of its server what kind it is.
            event.listen(engine, "first_connect", lambda *_: self._known.setdefault(kind, (engine.dialect, util.LRUCache(_MOST))))
        return engine
