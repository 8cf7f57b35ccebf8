"""Efficiency complaints (R6): the table, its papers, the grounds, and how it is handled."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from center.domain.complaint import (
    COMPLAINT_LABELS,
    COMPLAINT_PAPERS,
    COMPLAINT_TRANSITIONS,
    DEGREE_NAMES,
    EVIDENCE_LATER,
    FINDING_NAMES,
    GROUND_NAMES,
    HANDLING_DAYS,
    MATTER_NAMES,
    MEASURE_NAMES,
    OPEN_TO_ANSWER,
    VERIFIED,
    Channel,
    ComplaintAct,
    ComplaintActor,
    ComplaintState,
    Degree,
    Finding,
    Ground,
    Matter,
    Measure,
    MeasureFault,
    complaint_acts_in,
    complaint_target,
    measures_fault,
)
from center.domain.complaint_refusal import GROUND_WORDS
from center.domain.manners import unmannerly
from center.domain.paper import PaperKind
from tests.center.wording import is_bare_code

UNDER_WAY = {ComplaintState.DIRECT, ComplaintState.TRANSFERRED, ComplaintState.SUPERVISED}


def leading_to(state: ComplaintState) -> set[ComplaintState]:
    return {row.source for row in COMPLAINT_TRANSITIONS if row.target is state and row.source is not state}


def test_the_table_of_complaints_is_all_there_is() -> None:
    table = {(row.source, row.act): row.target for row in COMPLAINT_TRANSITIONS}
    assert len(table) == len(COMPLAINT_TRANSITIONS)
    for state in ComplaintState:
        assert complaint_acts_in(state) == tuple(row.act for row in COMPLAINT_TRANSITIONS if row.source is state)
        for act in ComplaintAct:
            assert complaint_target(state, act) == table.get((state, act))


@pytest.mark.rule("R6.1")
def test_evidence_comes_later_by_phone_and_letter_alone() -> None:
    assert {Channel.PHONE, Channel.LETTER} == EVIDENCE_LATER


@pytest.mark.rule("R6.2")
def test_what_was_received_is_accepted_refused_referred_or_asked_for_more() -> None:
    ways = {complaint_target(ComplaintState.RECEIVED, act) for act in complaint_acts_in(ComplaintState.RECEIVED)}
    assert ways - {ComplaintState.RECEIVED} == {
        ComplaintState.ACCEPTED,
        ComplaintState.REFUSED,
        ComplaintState.REFERRED,
        ComplaintState.TO_SUPPLEMENT,
    }


@pytest.mark.rule("R6.3")
def test_what_is_outside_the_duties_stays_registered_with_the_departments_opinion() -> None:
    assert COMPLAINT_PAPERS[ComplaintAct.REFER] is PaperKind.COMPLAINT_REFERRAL
    assert complaint_target(ComplaintState.REFERRED, ComplaintAct.RECORD_OPINION) is ComplaintState.REFERRED
    assert complaint_target(ComplaintState.REFERRED, ComplaintAct.ARCHIVE) is ComplaintState.ARCHIVED


@pytest.mark.rule("R6.3", "R6.6")
def test_what_was_supplied_is_decided_on_anew() -> None:
    assert complaint_target(ComplaintState.TO_SUPPLEMENT, ComplaintAct.SUPPLEMENT) is ComplaintState.RECEIVED


@pytest.mark.rule("R6.4")
@pytest.mark.parametrize("ground", Ground)
def test_each_ground_of_refusal_has_its_reason_basis_and_lawful_channel(ground: Ground) -> None:
    words = GROUND_WORDS[ground]
    assert words.reason == GROUND_NAMES[ground]
    assert f"第（二）项第{'abcd'.index(ground.value) + 1}目" in words.basis
    # the channel says what the complainant can do, as a sentence
    assert words.channel.endswith("。")
    assert not unmannerly(words.channel)
    assert not is_bare_code(words.channel)


@pytest.mark.rule("R6.4")
def test_the_four_grounds_lead_to_four_channels_and_a_refusal_is_written() -> None:
    assert len({words.channel for words in GROUND_WORDS.values()}) == len(Ground) == 4
    assert COMPLAINT_PAPERS[ComplaintAct.REFUSE] is PaperKind.COMPLAINT_REFUSAL
    # accepted once, it is not refused afterwards
    assert leading_to(ComplaintState.REFUSED) == {ComplaintState.RECEIVED}


@pytest.mark.rule("R6.5")
def test_nothing_is_investigated_or_transferred_without_the_leaders_consent() -> None:
    into = [row for row in COMPLAINT_TRANSITIONS if row.target in UNDER_WAY and row.source not in UNDER_WAY]
    assert {row.target for row in into} == {ComplaintState.DIRECT, ComplaintState.TRANSFERRED}
    assert {(row.source, row.actor) for row in into} == {(ComplaintState.CONSENT_ASKED, ComplaintActor.LEADER)}


@pytest.mark.rule("R6.5")
def test_only_a_transferred_complaint_is_followed() -> None:
    assert leading_to(ComplaintState.SUPERVISED) == {ComplaintState.TRANSFERRED}


@pytest.mark.rule("R6.5")
@given(st.sampled_from(Finding), st.sets(st.sampled_from(Measure)))
def test_what_is_verified_has_a_measure_and_what_is_untrue_none(finding: Finding, measures: set[Measure]) -> None:
    fault = measures_fault(finding, frozenset(measures))
    assert (fault is None) == ((finding in VERIFIED) == bool(measures))
    assert fault in (None, MeasureFault.NONE if finding in VERIFIED else MeasureFault.UNTRUE)


@pytest.mark.rule("R6.6")
def test_three_ten_and_thirty_days_and_an_extension_by_the_leader_in_writing() -> None:
    assert HANDLING_DAYS == {Degree.ORDINARY: 3, Degree.COMPLICATED: 10, Degree.SPECIAL: 30}
    extending = [row for row in COMPLAINT_TRANSITIONS if row.act is ComplaintAct.EXTEND]
    assert {row.source for row in extending} == UNDER_WAY
    assert {row.actor for row in extending} == {ComplaintActor.LEADER}
    assert COMPLAINT_PAPERS[ComplaintAct.EXTEND] is PaperKind.COMPLAINT_EXTENSION


@pytest.mark.rule("R6.7")
def test_a_call_ends_nothing_and_only_the_written_result_opens_answer_and_review() -> None:
    assert complaint_target(ComplaintState.MEASURED, ComplaintAct.TELL_BY_PHONE) is ComplaintState.MEASURED
    assert COMPLAINT_PAPERS[ComplaintAct.WRITE_RESULT] is PaperKind.COMPLAINT_RESULT
    assert leading_to(ComplaintState.RESULT_WRITTEN) == {ComplaintState.MEASURED}
    after = {row.source for row in COMPLAINT_TRANSITIONS if row.act in (ComplaintAct.ANSWER, ComplaintAct.ASK_REVIEW)}
    assert after == OPEN_TO_ANSWER


@pytest.mark.rule("R6.9")
def test_every_complaint_that_ended_is_archived_and_nothing_happens_after() -> None:
    assert complaint_acts_in(ComplaintState.ARCHIVED) == ()
    assert [state for state in ComplaintState if not complaint_acts_in(state)] == [ComplaintState.ARCHIVED]


@pytest.mark.parametrize(
    ("names", "kinds"),
    [
        (COMPLAINT_LABELS, ComplaintState),
        (FINDING_NAMES, Finding),
        (MEASURE_NAMES, Measure),
        (MATTER_NAMES, Matter),
        (DEGREE_NAMES, Degree),
    ],
)
def test_everything_has_words(names: dict[object, str], kinds: list[object]) -> None:
    assert set(names) == set(kinds)
    assert len(set(names.values())) == len(names)
