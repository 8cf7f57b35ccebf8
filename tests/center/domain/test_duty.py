"""A and B (R3.3): somebody acts, or it is said that nobody is there; and no work waits while somebody of the post is present."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from center.domain.duty import Post, acting, stands_in_for

PEOPLE = ("wang", "li", "zhao", "sun")
POSTS = st.builds(Post[str], a=st.sampled_from(PEOPLE), b=st.none() | st.sampled_from(PEOPLE)).filter(lambda post: post.a != post.b)
ABSENT = st.sets(st.sampled_from(PEOPLE))


@pytest.mark.rule("R3.3")
@given(POSTS, ABSENT)
def test_A_acts_and_B_while_A_is_absent_and_never_somebody_who_is_away(post: Post[str], absent: set[str]) -> None:
    who = acting(post, absent)
    if post.a not in absent:
        assert who == post.a
    elif post.b is not None and post.b not in absent:
        assert who == post.b
    else:
        assert who is None


@pytest.mark.rule("R3.3")
@given(st.lists(POSTS, max_size=4), ABSENT)
def test_the_work_of_an_absent_A_is_received_by_every_B_who_is_there_and_by_nobody_who_is_not(
    posts: list[Post[str]], absent: set[str]
) -> None:
    received = {person: stands_in_for(person, posts, absent) for person in PEOPLE}
    for person, others in received.items():
        assert not others or person not in absent
        assert others <= absent
    for post in posts:
        if post.a in absent and post.b is not None and post.b not in absent:
            assert post.a in received[post.b]


@pytest.mark.rule("R3.3")
@given(POSTS)
def test_a_B_who_is_nobodys_A_does_not_leave_work_lying(post: Post[str]) -> None:
    # given one post and its B away; then its A receives B's work
    if post.b is not None:
        assert stands_in_for(post.a, [post], {post.b}) == {post.b}


@pytest.mark.rule("R3.3")
def test_who_is_present_is_stood_in_for_by_nobody() -> None:
    posts = [Post("wang", "li"), Post("li", "zhao")]
    assert all(stands_in_for(person, posts, ()) == frozenset() for person in PEOPLE)
    # li is an A of a post of their own: zhao receives the work, and wang does not
    assert stands_in_for("zhao", posts, {"li"}) == {"li"}
    assert stands_in_for("wang", posts, {"li"}) == frozenset()
