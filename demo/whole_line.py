"""The scripted citizens and the staff, in order: what `make run` plays without a display."""

from __future__ import annotations

from demo.citizens import files_an_application, finds_no_paper, rates_what_is_finished, sees_how_far_it_is
from demo.diary import Diary
from demo.for_her_mother import applies_for_her_mother, supplies_what_is_missing
from demo.hand import Hand
from demo.other_errands import books_a_time, calls_for_help, changes_the_time, reads_what_is_public
from demo.speaking_up import complains_without_a_card, opens_it_again, suggests
from demo.staff import Staff


def one_case(hand: Hand, staff: Staff, diary: Diary) -> None:
    """One citizen's case, from the guide to how far it is."""
    diary.plays(staff.publishes)
    diary.plays(files_an_application, hand)
    diary.plays(staff.accepts_the_newest)
    diary.plays(sees_how_far_it_is, hand)


def whole_line(hand: Hand, staff: Staff, diary: Diary) -> None:
    """Everything."""
    one_case(hand, staff, diary)
    diary.plays(finds_no_paper, hand)
    diary.plays(staff.finishes_it)
    diary.plays(rates_what_is_finished, hand)
    diary.plays(applies_for_her_mother, hand)
    diary.plays(staff.returns_the_newest)
    diary.plays(supplies_what_is_missing, hand)
    diary.plays(complains_without_a_card, hand)
    diary.plays(opens_it_again, hand)
    diary.plays(suggests, hand)
    diary.plays(books_a_time, hand)
    diary.plays(changes_the_time, hand)
    diary.plays(reads_what_is_public, hand)
    diary.plays(calls_for_help, hand, staff)
