"""Who acts at a post (R3.3): A, or B while A is absent; and who is told when neither is there, so that no case waits. A table and one choice."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Post:
    """A post and who holds it, by id. Every post has an A and a B (R3.3)."""

    name: str
    a: str
    b: str


@dataclass(frozen=True)
class Absence:
    """`person` is away from `first` to `last`, both days included."""

    person: str
    first: date
    last: date


class PostFault(ValueError):
    """A post that R3.3 does not allow: without A or B, or one person as both."""


def check_post(post: Post) -> None:
    """Raises PostFault unless the post has an A and a B who are two people (R3.3)."""
    if not post.a or not post.b or post.a == post.b:
        raise PostFault(post.name)


def absent_on(day: date, absences: Collection[Absence]) -> frozenset[str]:
    """Who is away on `day`."""
    return frozenset(absence.person for absence in absences if absence.first <= day <= absence.last)


def acting(post: Post, absent: Collection[str]) -> str | None:
    """Who does the post's work: A; B while A is absent; None if both are, and then the window counts as unattended (R9) and is told to its lead."""
    if post.a not in absent:
        return post.a
    return post.b if post.b not in absent else None


def receiver(responsible: str, posts: Collection[Post], absent: Collection[str]) -> str | None:
    """Who receives what belongs to `responsible` (R3.1, R3.3): themselves while present, then the other of their post. None: nobody is there.

    Who holds no post has nobody to stand in, and keeps the work only while present.
    """
    if responsible not in absent:
        return responsible
    others = (other for post in posts for holder, other in ((post.a, post.b), (post.b, post.a)) if holder == responsible)
    return next((other for other in others if other not in absent), None)
