"""Every date, fallback and shift says why, in a sentence with its source."""

import re

from hypothesis import given
from hypothesis import strategies as st

from tests.planning.cases import (
    FIRST,
    LAST,
    REPLY,
    SECOND,
    THANKED,
    THANKS,
    heard,
    plan_for,
    plan_of,
    sent,
)
from tests.planning.random_cases import RandomCase, thrown

SOURCE = re.compile(r"A[0-4]\.[1-9][0-9]?[ab]?|ours")

cases = st.randoms(use_true_random=False).map(thrown)


@given(cases)
def test_every_reason_is_a_sentence_with_a_source_and_no_code_names(case: RandomCase) -> None:
    for follow_up in plan_of(case.interview, case.playbook).plan.follow_ups:
        assert follow_up.reasons
        for reason in follow_up.reasons:
            assert SOURCE.fullmatch(reason.source)
            assert re.fullmatch(r"[A-Z0-9][^_\n]+[.]", reason.text), reason.text
            assert "  " not in reason.text


def test_a_wait_says_its_length_its_base_and_where_it_leads() -> None:
    assert plan_for("one-week").reason(FIRST, "wait").text == (
        "Count 7 days from the interview on Tuesday 10 November: that makes it Tuesday 17 November."
    )


def test_a_wait_says_that_what_it_counts_from_was_sent() -> None:
    text = plan_for("one-week", sent(FIRST, "2026-11-19")).reason(SECOND, "wait").text
    assert "from the first check-in, sent on Thursday 19 November" in text


def test_a_choice_of_ours_says_why() -> None:
    text = plan_for("balanced").reason(FIRST, "because").text
    assert text.startswith("A week (A0.4, A1.3, A2.2) and four")


def test_only_a_date_of_another_year_is_said_with_its_year() -> None:
    december = {"start": "2026-12-18T14:00", "end": "2026-12-18T15:00"}
    # 21 to 24 and 28 December; then the year's end, a weekend and a Monday.
    why = plan_for("balanced", **december).why(FIRST)
    assert "that makes it Monday 28 December." in why
    assert "so it is Tuesday 5 January 2027." in why


def test_a_gap_says_how_far_apart_messages_are_kept() -> None:
    late = sent(THANKS, "2026-11-16")
    assert plan_for("one-week", late).reason(FIRST, "gap").text == (
        "The thank-you went out on Monday 16 November, and messages keep at least 3 days apart: "
        "Thursday 19 November."
    )
    on_a_promise = plan_for("balanced", promised="2026-11-11").reason(FIRST, "gap")
    assert "is due on Thursday 12 November" in on_a_promise.text
    assert "at least 1 day apart" in on_a_promise.text


def test_an_answer_to_an_offer_says_that_a_day_off_counts() -> None:
    weekend = plan_for("one-week", THANKED, heard("offer", "2026-11-13T18:00"))
    assert "within 24 hours" in weekend.reason(REPLY, "reply-offer").text
    workday = plan_for("one-week", THANKED, heard("offer", "2026-11-12T10:00"))
    assert "reply-offer" not in {reason.rule for reason in workday[REPLY].reasons}


def test_days_that_were_passed_over_are_listed_as_a_person_would() -> None:
    one = plan_for("tuesday", start="2026-11-09T14:00", end="2026-11-09T15:00")
    assert one.reason(FIRST, "day").text == (
        "Monday 16 November starts the working week, so it is Tuesday 17 November."
    )
    many = plan_for("balanced", promised="2026-11-25").why(FIRST)
    assert re.search(r"Thanksgiving.*, .*bridge day,? .*and Monday 30 November", many)


def test_a_silent_end_says_to_let_go() -> None:
    assert "let it go" in plan_for("one-week").reason(LAST, "silent").text
