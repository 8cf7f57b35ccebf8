"""Who acts at a post (R3.3): A, or B while A is absent; and whose work a member receives, so that no case waits. Choices over ids; no storage."""

from __future__ import annotations

from collections.abc import Collection, Hashable, Iterable
from dataclasses import dataclass
from typing import Generic, TypeVar

Person = TypeVar("Person", bound=Hashable)


@dataclass(frozen=True)
class Post(Generic[Person]):
    """A post's A and B (R3.3). `b` None: nobody was named yet, which the duty page says."""

    a: Person
    b: Person | None


def acting(post: Post[Person], absent: Collection[Person]) -> Person | None:
    """Who does the post's work: A; B while A is absent; None if neither is there, and then it counts as unattended (R9)."""
    if post.a not in absent:
        return post.a
    return None if post.b is None or post.b in absent else post.b


def stands_in_for(member: Person, posts: Iterable[Post[Person]], absent: Collection[Person]) -> frozenset[Person]:
    """Whose work `member` receives besides their own (R3.3).

    B receives the work of an absent A. Who is nobody's A and is absent is stood in for by the A of their post [design]. Who is absent
    receives nothing.
    """
    if member in absent:
        return frozenset()
    listed = tuple(posts)
    first = {post.a for post in listed}
    as_b = {post.a for post in listed if post.b == member and post.a in absent}
    as_a = {post.b for post in listed if post.a == member and post.b is not None and post.b in absent and post.b not in first}
    return frozenset(as_b | as_a)
