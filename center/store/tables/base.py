"""What every table has: a township, a UUID, and times that mean the same on every engine."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any, ClassVar
from uuid import UUID, uuid4

from sqlalchemy import Date, DateTime, LargeBinary, MetaData, String, Text
from sqlalchemy.engine import Dialect
from sqlalchemy.orm import DeclarativeBase, Mapped, MappedAsDataclass, mapped_column
from sqlalchemy.types import TypeDecorator, Uuid

from center.clock import CHINA


class Moment(TypeDecorator[datetime]):
    """A point in time: stored as UTC, read back aware and in China's time zone, the same on SQLite and PostgreSQL."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """UTC for the engine. Raises ValueError on a naive time: it would mean something else on every machine."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment without a time zone cannot be stored")
        return value.astimezone(UTC)

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:
        """Aware, in China's time zone. SQLite gives back a naive UTC time."""
        if value is None:
            return None
        moment: datetime = value if value.tzinfo else value.replace(tzinfo=UTC)
        return moment.astimezone(CHINA)


class Base(MappedAsDataclass, DeclarativeBase, kw_only=True):
    """What every table has."""

    # Names that are the same on every engine, so that a later migration can find what it changes.
    metadata = MetaData(
        naming_convention={
            "pk": "pk_%(table_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        }
    )
    type_annotation_map: ClassVar[dict[Any, Any]] = {UUID: Uuid(), datetime: Moment(), date: Date(), bytes: LargeBinary(), str: Text()}

    id: Mapped[UUID] = mapped_column(primary_key=True, default_factory=uuid4)
    township_id: Mapped[str] = mapped_column(String(40))
