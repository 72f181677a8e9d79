"""What ends a plan, what is answered, and what may be told early.

Above the tests stands the sentence of the rules that they hold the plan to.
"""

import pytest

from icsgen.journal import NewsKind, Outcome
from tests.planning.cases import (
    EARLY,
    FIRST,
    LAST,
    REPLY,
    SECOND,
    THANKED,
    THANKS,
    Json,
    Planned,
    heard,
    news,
    plan_for,
    promised,
    sent,
    skipped,
    snoozed,
)

ANSWERED = ("offer", "next-round", "rejected", "withdrawn")
UNANSWERED = ("posting-removed", "cancelled")
THURSDAY = "2026-11-12T10:00"


def states(planned: Planned) -> list[str]:
    return [planned.state(step) for step in (THANKS, FIRST, SECOND, LAST)]


def final(outcome: str, at: str = THURSDAY, *before: Json) -> Planned:
    return plan_for("one-week", THANKED, *before, heard(outcome, at))


# The text: "what remains is cancelled"


@pytest.mark.parametrize("outcome", [*ANSWERED, *UNANSWERED])
def test_a_final_outcome_cancels_what_remains(outcome: str) -> None:
    planned = final(outcome)
    assert states(planned) == ["sent", "cancelled", "cancelled", "cancelled"]
    assert all(planned[step].settled_at == planned[LAST].settled_at for step in (FIRST, SECOND))


def test_a_final_outcome_leaves_what_was_sent_or_skipped() -> None:
    planned = final("rejected", "2026-11-20", skipped(FIRST, "2026-11-13"))
    assert states(planned) == ["sent", "skipped", "cancelled", "cancelled"]


def test_every_outcome_but_an_answer_is_final() -> None:
    assert {outcome.value for outcome in Outcome if outcome.final} == {*ANSWERED, *UNANSWERED}


# The text: "except an unsent thank-you after `posting-removed`"


@pytest.mark.parametrize("outcome", [*ANSWERED, *UNANSWERED])
def test_only_a_posting_that_was_removed_leaves_the_thank_you_open(outcome: str) -> None:
    planned = plan_for("one-week", heard(outcome, "2026-11-10T15:30"))
    expected = "open" if outcome == "posting-removed" else "cancelled"
    assert planned.state(THANKS) == expected


# The text: "after `offer`, `next-round` and `rejected` its thanks go into the reply"


@pytest.mark.parametrize("outcome", [*ANSWERED, *UNANSWERED])
def test_the_thanks_go_into_a_reply_to_what_they_said(outcome: str) -> None:
    why = plan_for("one-week", heard(outcome, "2026-11-10T15:30")).why(THANKS)
    assert ("your thanks go into the reply" in why) == (outcome in ANSWERED[:3])


# The text: "The plan does not re-open"

LATER = (
    promised("2026-11-13", "2026-11-20"),
    heard("replied", "2026-11-13"),
    news("new-information", "2026-11-13"),
    snoozed(FIRST, "2026-11-13", "2026-11-20T10:00"),
    sent(FIRST, "2026-11-13"),
    skipped(SECOND, "2026-11-13"),
)


@pytest.mark.parametrize("entry", LATER, ids=lambda entry: entry["type"])
def test_nothing_re_opens_a_plan(entry: Json) -> None:
    before = plan_for("one-week", THANKED, heard("rejected", THURSDAY))
    after = plan_for("one-week", THANKED, heard("rejected", THURSDAY), entry)
    assert after.plan.follow_ups == before.plan.follow_ups


@pytest.mark.parametrize("entry", LATER[2:], ids=lambda entry: entry["type"])
def test_an_entry_that_comes_too_late_is_a_warning(entry: Json) -> None:
    planned = plan_for("one-week", THANKED, heard("rejected", THURSDAY), entry)
    assert planned.warned_at == ["journal[2]"]


# The text: "`offer`, `next-round`, `rejected` and `withdrawn` add a `reply` step"


@pytest.mark.parametrize(
    ("outcome", "kind"),
    [
        ("offer", "offer_reply"),
        ("next-round", "next_round_reply"),
        ("rejected", "feedback_request"),
        ("withdrawn", "withdrawal"),
    ],
)
def test_four_outcomes_ask_for_a_reply(outcome: str, kind: str) -> None:
    planned = final(outcome)
    assert planned[REPLY].kind == kind
    assert planned.to(REPLY) == ["Ann"]


@pytest.mark.parametrize("outcome", UNANSWERED)
def test_two_outcomes_ask_for_none(outcome: str) -> None:
    assert REPLY not in final(outcome).steps


def test_an_answer_that_is_not_final_asks_for_none() -> None:
    assert REPLY not in final("replied").steps


# The text: "a later final outcome replaces an unsent reply"


def test_a_later_outcome_replaces_a_reply_that_was_not_sent() -> None:
    planned = final("offer", "2026-11-16", heard("next-round", THURSDAY))
    assert planned[REPLY].kind == "offer_reply"
    assert planned.due(REPLY) == "Mon 11-16 16:30"
    assert planned.steps.count(REPLY) == 1


def test_a_later_outcome_replaces_a_reply_that_was_skipped() -> None:
    before = (heard("next-round", THURSDAY), skipped(REPLY, "2026-11-12T12:00"))
    assert final("offer", "2026-11-16", *before).state(REPLY) == "open"


def test_a_later_outcome_leaves_a_reply_that_was_sent() -> None:
    # "At most one each."
    before = (heard("next-round", THURSDAY), sent(REPLY, "2026-11-12T12:00"))
    planned = final("offer", "2026-11-16", *before)
    assert planned.state(REPLY) == "sent"
    assert planned.due(REPLY) == "Thu 11-12 16:30"


def test_a_later_outcome_without_a_reply_cancels_the_one_there_is() -> None:
    planned = final("posting-removed", "2026-11-16", heard("next-round", THURSDAY))
    assert planned.state(REPLY) == "cancelled"


def test_a_later_outcome_cancels_a_thank_you_that_an_earlier_one_left() -> None:
    journal = (heard("posting-removed", "2026-11-10T15:30"), heard("rejected", "2026-11-12"))
    assert plan_for("one-week", *journal).state(THANKS) == "cancelled"


# The text: "A `reply` is due at the first morning or afternoon slot on a workday at least …"


@pytest.mark.parametrize(
    ("heard_at", "due"),
    [
        ("2026-11-12T08:30", "Thu 11-12 09:30"),
        ("2026-11-12T08:31", "Thu 11-12 16:30"),
        ("2026-11-12T15:30", "Thu 11-12 16:30"),
        ("2026-11-12T15:31", "Fri 11-13 09:30"),
        ("2026-11-13T15:31", "Mon 11-16 09:30"),
        ("2026-11-14T12:00", "Mon 11-16 09:30"),
        ("2026-11-25T18:00", "Fri 11-27 09:30"),
    ],
)
def test_a_reply_is_due_at_the_next_good_hour_of_a_workday(heard_at: str, due: str) -> None:
    planned = final("rejected", heard_at)
    assert planned.due(REPLY) == due
    assert planned[REPLY].opens.isoformat()[:16] == heard_at


def test_a_reply_is_due_on_days_that_a_check_in_would_avoid() -> None:
    # The Friday after Thanksgiving is a bridge day, and the Monday starts a week.
    for heard_at, due in (("2026-11-26", "Fri 11-27 09:30"), ("2026-11-28", "Mon 11-30 09:30")):
        assert plan_for("balanced", THANKED, heard("rejected", heard_at)).due(REPLY) == due


# The text: "after an `offer` never later than 24 h, on any day"


@pytest.mark.parametrize(
    ("heard_at", "due"),
    [
        ("2026-11-12T10:00", "Thu 11-12 16:30"),  # a workday: as any other reply
        ("2026-11-13T18:00", "Sat 11-14 09:30"),  # Friday evening: no workday within 24 h
        ("2026-11-14T10:00", "Sat 11-14 16:30"),
        ("2026-11-14T20:00", "Sun 11-15 09:30"),
        ("2026-11-15T09:30", "Mon 11-16 09:30"),  # a workday, exactly 24 h later
        ("2026-11-15T09:29", "Sun 11-15 16:30"),
        ("2026-11-25T18:00", "Thu 11-26 09:30"),  # the eve of Thanksgiving
    ],
)
def test_an_offer_is_answered_within_a_day(heard_at: str, due: str) -> None:
    assert final("offer", heard_at).due(REPLY) == due


def test_the_day_to_answer_an_offer_is_elapsed_time() -> None:
    # Clocks go back on Sunday 1 November 2026: 24 h after 17:00 is 16:00, so 16:30 is too late;
    # the Monday morning would be too late as well.
    march = {"start": "2026-10-20T14:00", "end": "2026-10-20T15:00"}
    thanked = sent(THANKS, "2026-10-20T17:00")
    planned = plan_for("one-week", thanked, heard("offer", "2026-10-31T17:00"), **march)
    assert planned.due(REPLY) == "Sun 11-01 09:30"


# The text: "**News** adds one `early_check_in`, due in the same way"


@pytest.mark.parametrize("kind", NewsKind)
def test_news_adds_an_early_check_in_at_the_next_good_hour(kind: NewsKind) -> None:
    planned = plan_for("one-week", THANKED, news(kind.value, "2026-11-13T10:00"))
    assert planned.steps == [THANKS, EARLY, FIRST, SECOND, LAST]
    assert planned.due(EARLY) == "Fri 11-13 16:30"
    assert planned.opens(EARLY) == "Fri 11-13 10:00"


def test_news_of_an_offer_waits_for_a_workday() -> None:
    # The 24 hours are for an offer of theirs.
    planned = plan_for("balanced", THANKED, news("competing-offer", "2026-11-13T18:00"))
    assert planned.due(EARLY) == "Mon 11-16 09:30"


# The text: "allowed before a promise or a wait is over"


def test_news_waits_neither_for_a_promise_nor_for_an_answers_days() -> None:
    told = (heard("replied", "2026-11-11"), news("new-information", "2026-11-12T10:00"))
    planned = plan_for("balanced", THANKED, *told, promised="2026-12-10")
    assert planned.due(EARLY) == "Thu 11-12 16:30"


# The text: "It is outside the count of two; what follows keeps 3 days from it."


def test_what_follows_keeps_three_days_from_news() -> None:
    planned = plan_for("one-week", THANKED, news("new-information", "2026-11-16T10:00"))
    assert planned.due(EARLY) == "Mon 11-16 16:30"
    assert planned.dates() == ["Thu 11-19", "Fri 11-27", "Fri 12-04"]


def test_what_follows_keeps_three_days_from_the_day_that_news_was_sent() -> None:
    told = news("new-information", "2026-11-13T10:00")
    planned = plan_for("one-week", THANKED, told, sent(EARLY, "2026-11-17T08:00"))
    assert planned.on(FIRST) == "Fri 11-20"


def test_skipped_news_keeps_nothing_away() -> None:
    told = news("new-information", "2026-11-16T10:00")
    planned = plan_for("one-week", THANKED, told, skipped(EARLY, "2026-11-16T11:00"))
    assert planned.on(FIRST) == "Tue 11-17"


# The text: "If the thank-you is unsent, or the next check-in is due no later, the news …"


def test_news_goes_into_a_thank_you_that_is_unsent() -> None:
    planned = plan_for("one-week", news("new-information", "2026-11-10T15:30"))
    assert EARLY not in planned.steps
    assert planned.reason(THANKS, "news").source == "A0.5"


def test_news_goes_into_a_thank_you_that_is_sent_in_part() -> None:
    panel = [{"name": name, "email": f"{name}@acme.example"} for name in ("Ann", "Bob")]
    part = sent(THANKS, "2026-11-10T16:00", to="Ann")
    told = news("new-information", "2026-11-10T17:00")
    assert EARLY not in plan_for("balanced", part, told, contacts=panel).steps


def test_news_after_a_skipped_thank_you_makes_a_step_of_its_own() -> None:
    journal = (skipped(THANKS, "2026-11-10T16:00"), news("new-information", "2026-11-12"))
    assert EARLY in plan_for("one-week", *journal).steps


def test_news_goes_into_a_check_in_that_is_due_no_later() -> None:
    # Both would be due on Tue 11-17 at 09:30.
    planned = plan_for("one-week", THANKED, news("new-information", "2026-11-16T18:00"))
    assert EARLY not in planned.steps
    assert planned.reason(FIRST, "news").source == "A0.5"


def test_news_goes_into_the_second_where_the_first_is_sent() -> None:
    told = news("new-information", "2026-11-24T07:00")
    planned = plan_for("one-week", THANKED, sent(FIRST, "2026-11-17"), told)
    assert EARLY not in planned.steps
    assert planned.reason(SECOND, "news").source == "A0.5"


def test_news_before_a_close_out_makes_a_step_of_its_own() -> None:
    journal = (THANKED, sent(FIRST, "2026-11-17"), sent(SECOND, "2026-11-24"))
    planned = plan_for("one-week", *journal, news("new-information", "2026-11-30T18:00"))
    assert planned.steps == [THANKS, FIRST, SECOND, EARLY, LAST]
    assert planned.on(LAST) == "Fri 12-04"


# The text: "At most one each."


def test_there_is_never_a_second_early_check_in() -> None:
    journal = (news("new-information", "2026-11-12"), news("competing-offer", "2026-11-13"))
    planned = plan_for("one-week", THANKED, *journal)
    assert planned.steps.count(EARLY) == 1
    assert planned[EARLY].kind == "new_information"
    assert planned.warned_at == ["journal[2]"]


def test_news_that_went_into_a_message_leaves_room_for_more() -> None:
    journal = (news("new-information", "2026-11-10T15:30"), THANKED)
    planned = plan_for("one-week", *journal, news("competing-offer", "2026-11-12"))
    assert planned[EARLY].kind == "competing_offer"
