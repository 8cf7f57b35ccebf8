"""First-asked responsibility and A and B (R3.1, R3.3): somebody acts, or it is said that nobody is there."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from center.domain.duty import Absence, Post, PostFault, absent_on, acting, check_post, receiver

WINDOW_1, WINDOW_2 = Post("1号窗口", "wang", "li"), Post("2号窗口", "li", "zhao")
POSTS = (WINDOW_1, WINDOW_2)
PEOPLE = ("wang", "li", "zhao", "sun")


@pytest.mark.rule("R3.3")
@pytest.mark.parametrize("post", [Post("窗口", "wang", ""), Post("窗口", "", "li"), Post("窗口", "wang", "wang")])
def test_a_post_without_an_A_and_a_B_who_are_two_people_is_refused(post: Post) -> None:
    with pytest.raises(PostFault):
        check_post(post)


@pytest.mark.rule("R3.3")
@given(st.sampled_from(POSTS), st.sets(st.sampled_from(PEOPLE)))
def test_A_acts_and_B_while_A_is_absent_and_never_somebody_who_is_away(post: Post, absent: set[str]) -> None:
    check_post(post)
    who = acting(post, absent)
    assert who not in absent
    assert who == post.a or post.a in absent
    assert (who is None) == ({post.a, post.b} <= absent)


@pytest.mark.rule("R3.1", "R3.3")
@given(st.sampled_from(PEOPLE), st.sets(st.sampled_from(PEOPLE)))
def test_the_first_asked_keeps_the_work_while_present_and_otherwise_the_other_of_the_post_receives_it(
    person: str, absent: set[str]
) -> None:
    who = receiver(person, POSTS, absent)
    others = {post.b for post in POSTS if post.a == person} | {post.a for post in POSTS if post.b == person}
    if person not in absent:
        assert who == person
    else:
        # no work waits while one of the others is there
        assert (who is None) == (others <= absent)
        assert who is None or who in others - absent


@pytest.mark.rule("R3.3")
def test_an_absence_holds_from_its_first_day_to_its_last() -> None:
    away = [Absence("wang", date(2026, 11, 24), date(2026, 11, 25))]
    days = [absent_on(date(2026, 11, day), away) for day in (23, 24, 25, 26)]
    assert days == [frozenset(), {"wang"}, {"wang"}, frozenset()]
