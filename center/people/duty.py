"""Who is on duty (R3.3, R1.5): each post has an A and a B, and when A is absent B receives A's work. Only looks; `posts.py` changes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from center.center import Center
from center.domain.duty import Post, acting, stands_in_for
from center.store.tables import Absence, DutyPost, Staff


@dataclass(frozen=True)
class Person:
    """A member of staff as the duty list names one."""

    id: UUID
    name: str
    post: str
    public: bool


@dataclass(frozen=True)
class PostOnDay:
    """A post on one day. `on_duty` None: nobody is there. `stands_in`: B is, for A."""

    id: UUID
    name: str
    window: str
    a: Person
    b: Person | None
    a_absent: bool
    b_absent: bool
    revision: int

    @property
    def on_duty(self) -> Person | None:
        """Who is at the post (R3.3)."""
        away = {person for person, absent in ((self.a, self.a_absent), (self.b, self.b_absent)) if absent}
        return acting(Post[Person | None](self.a, self.b), away)

    @property
    def stands_in(self) -> bool:
        """Whether it is B."""
        return self.a_absent and self.on_duty is not None


def absent_on(center: Center, session: Session, on: date) -> frozenset[UUID]:
    """Who is absent that day. Whose account is closed is absent for good."""
    away = session.scalars(
        select(Absence.staff_id).where(
            Absence.township_id == center.township_id, Absence.from_on <= on, or_(Absence.to_on.is_(None), Absence.to_on >= on)
        )
    )
    closed = session.scalars(select(Staff.id).where(Staff.township_id == center.township_id, Staff.active.is_(False)))
    return frozenset(away) | frozenset(closed)


def _open_posts(center: Center, session: Session) -> list[DutyPost]:
    rows = select(DutyPost).where(DutyPost.township_id == center.township_id, DutyPost.closed_at.is_(None))
    return list(session.scalars(rows.order_by(DutyPost.window, DutyPost.name, DutyPost.id)))


def people(session: Session, ids: Iterable[UUID]) -> dict[UUID, Person]:
    """Members of staff by id."""
    rows = session.scalars(select(Staff).where(Staff.id.in_(tuple(ids))))
    return {row.id: Person(row.id, row.name, row.post, row.public) for row in rows}


def duty_on(center: Center, session: Session, on: date) -> tuple[PostOnDay, ...]:
    """Every post on that day, by window."""
    posts = _open_posts(center, session)
    absent = absent_on(center, session, on)
    named = people(session, {each for post in posts for each in (post.a_id, post.b_id) if each is not None})
    return tuple(
        PostOnDay(
            id=post.id,
            name=post.name,
            window=post.window,
            a=named[post.a_id],
            b=named[post.b_id] if post.b_id else None,
            a_absent=post.a_id in absent,
            b_absent=post.b_id is None or post.b_id in absent,
            revision=post.revision,
        )
        for post in posts
    )


def acting_for(center: Center, session: Session, staff_id: UUID, on: date) -> frozenset[UUID]:
    """Whose work this member receives that day besides their own: no case waits because of absence (R3.3)."""
    posts = [Post(post.a_id, post.b_id) for post in _open_posts(center, session)]
    return stands_in_for(staff_id, posts, absent_on(center, session, on))


def unattended(center: Center, session: Session, on: date) -> tuple[PostOnDay, ...]:
    """Posts where neither A nor B is (R9: a window unattended). None on a day that is known not to be a working day."""
    if center.calendar.is_working(on) is False:
        return ()
    return tuple(post for post in duty_on(center, session, on) if post.on_duty is None)
