"""One employer, several rounds."""

import pytest

from icsgen.journal import Heard, Outcome
from tests.scenarios.search import FIRST, SECOND, THANKS, JobSearch


def test_a_later_round_answers_the_earlier_one(search: JobSearch) -> None:
    first = search.meets(round="first")
    search.it_is("2026-11-20T09:00")
    (later,) = [i for i in search.desk.kept() if i.id == first]
    second = search.desk.add(
        later._replace(
            id="second-round",
            company=" ACME ",
            round="second",
            start=later.start.replace(day=24),
            end=later.end.replace(day=24),
        ),
        search.now,
    )
    assert [earlier.id for earlier in second.earlier] == [first]
    search.desk.mark_next_round(first, second.interview, search.now)
    journal = search.desk.find(first).journal
    assert isinstance(journal[-1], Heard)
    assert journal[-1].outcome is Outcome.NEXT_ROUND
    assert search.states(first)["first_check_in"] == "cancelled"


def test_a_round_that_is_over_leaves_no_reply_to_write(search: JobSearch) -> None:
    first = search.meets(round="first")
    second = search.meets(round="second", start="2026-11-16T10:00")
    search.it_is("2026-11-18T09:00")
    search.desk.mark_next_round(first, search.desk.find(second), search.now)
    assert search.states(first)["reply"] == "skipped"
    assert [step for _, step, _ in search.today()] == ["thank_you"]


def test_another_role_is_another_process(search: JobSearch) -> None:
    search.meets()
    other = search.meets(role="Lead", start="2026-11-24T10:00")
    (interview,) = [i for i in search.desk.kept() if i.id == other]
    assert search.desk.edit(other, lambda i: i, search.now).earlier == ()
    assert interview.role == "Lead"


@pytest.fixture
def two_rounds(search: JobSearch) -> JobSearch:
    search.meets(id="one", round="first")
    search.meets(id="two", round="second", start="2026-11-12T14:00")
    search.it_is("2026-11-13T10:00")
    search.sends(THANKS, whom="one")
    return search


def test_a_third_check_in_without_an_answer_is_warned_of_across_rounds(
    two_rounds: JobSearch,
) -> None:
    assert two_rounds.it_is("2026-11-18T10:00").sends(FIRST, whom="one").problems == ()
    assert two_rounds.it_is("2026-11-25T10:00").sends(SECOND, whom="one").problems == ()
    (warning,) = two_rounds.it_is("2026-12-01T10:00").sends(FIRST, whom="two").problems
    assert "3 check-ins without an answer" in warning.message


def test_an_answer_to_one_round_counts_for_the_other(two_rounds: JobSearch) -> None:
    two_rounds.it_is("2026-11-18T10:00").sends(FIRST, whom="one")
    two_rounds.it_is("2026-11-25T10:00").sends(SECOND, whom="one")
    two_rounds.it_is("2026-11-27T10:00").hears("replied", whom="one")
    assert two_rounds.it_is("2026-12-01T10:00").sends(FIRST, whom="two").problems == ()


def test_two_messages_to_one_person_in_one_day_are_warned_of(two_rounds: JobSearch) -> None:
    (warning,) = two_rounds.it_is("2026-11-13T15:00").sends(THANKS, whom="two").problems
    assert warning.message.startswith("Ann Bell had a message from you that day already")
