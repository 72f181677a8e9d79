"""What moves a date besides its wait: gaps, promises, answers without a date, snoozes.

Above the tests stands the sentence of the rules that they hold the plan to.
The usual interview ends on Tue 2026-11-10; one-week has check-ins on Tue 11-17 and Tue 11-24,
and lets go on Tue 12-01.
"""

from tests.planning.cases import (
    EARLY,
    FIRST,
    LAST,
    SECOND,
    THANKED,
    THANKS,
    heard,
    news,
    plan_for,
    promised,
    sent,
    skipped,
    snoozed,
)

PANEL = [
    {"name": "Ann", "email": "ann@acme.example"},
    {"name": "Bob", "email": "bob@acme.example"},
]

# The text: "A check-in or close-out comes at least 3 days after the previous step was sent …"


def test_a_check_in_keeps_three_days_from_a_late_thank_you() -> None:
    assert plan_for("one-week", sent(THANKS, "2026-11-14")).on(FIRST) == "Tue 11-17"
    assert plan_for("one-week", sent(THANKS, "2026-11-15")).on(FIRST) == "Wed 11-18"


def test_a_check_in_keeps_three_days_from_a_check_in_that_is_only_due() -> None:
    planned = plan_for("business-days", snoozed(FIRST, "2026-11-12", "2026-11-20T12:00"))
    assert planned.on(SECOND) == "Fri 11-27"
    planned = plan_for("tuesday", promised="2026-11-18")
    assert (planned.on(FIRST), planned.on(SECOND)) == ("Thu 11-19", "Tue 11-24")


def test_a_close_out_keeps_three_days_from_the_second() -> None:
    planned = plan_for("business-days", sent(FIRST, "2026-11-12"), sent(SECOND, "2026-11-17"))
    assert planned.on(LAST) == "Mon 11-23"


# The text: "the nearest step before it in the order that is not skipped"


def test_a_skipped_step_is_passed_over_for_the_one_before_it() -> None:
    journal = (skipped(FIRST, "2026-11-13"), sent(THANKS, "2026-11-23"))
    assert plan_for("one-week", *journal).on(SECOND) == "Fri 11-27"


def test_a_skipped_thank_you_keeps_nothing_away() -> None:
    journal = (skipped(THANKS, "2026-11-16"),)
    assert plan_for("one-week", *journal).on(FIRST) == "Tue 11-17"


# The text: "days counted from date to date whatever the hour"


def test_a_gap_counts_dates_not_hours() -> None:
    assert plan_for("one-week", sent(THANKS, "2026-11-14T23:59")).on(FIRST) == "Tue 11-17"


# The text: "After a thank-you, the check-in that a promise re-planned needs 1 day only."


def test_after_a_promise_the_day_after_the_thank_you_will_do() -> None:
    # The thank-you is due on the 12th.
    assert plan_for("balanced", promised="2026-11-11").on(FIRST) == "Fri 11-13"


def test_after_a_promise_two_check_ins_still_keep_three_days() -> None:
    journal = (THANKED, sent(FIRST, "2026-11-17"), promised("2026-11-17T12:00", "2026-11-18"))
    assert plan_for("one-week", *journal).on(SECOND) == "Fri 11-20"


def test_the_check_in_that_the_promise_did_not_re_plan_keeps_three_days() -> None:
    # The second is the promise's; skipping the first leaves the thank-you before it.
    journal = (
        skipped(FIRST, "2026-11-12"),
        promised("2026-11-12T12:00", "2026-11-13"),
        sent(THANKS, "2026-11-15"),
    )
    assert plan_for("one-week", *journal).on(SECOND) == "Mon 11-16"
    planned = plan_for("one-week", sent(THANKS, "2026-11-29"), *journal[:1])
    assert planned.on(SECOND) == "Wed 12-02"


# The text: "A thank-you sent in part counts by the later of its latest `sent` and its due."


def test_a_thank_you_sent_in_part_counts_by_its_latest_part() -> None:
    part = sent(THANKS, "2026-11-16", to="Ann")
    assert plan_for("business-days", part, contacts=PANEL).on(FIRST) == "Thu 11-19"


def test_a_thank_you_sent_in_part_counts_by_its_due_where_that_is_later() -> None:
    part = sent(THANKS, "2026-11-10T17:00", to="Ann")
    planned = plan_for("balanced", part, contacts=PANEL, promised="2026-11-11")
    assert planned.on(FIRST) == "Fri 11-13"


# The text: "If a date is too early, it becomes the first contact day on or after the …"


def test_a_date_that_is_too_early_moves_to_a_contact_day() -> None:
    # Three days after Fri 11-20 is a Monday.
    assert plan_for("tuesday", sent(THANKS, "2026-11-20")).on(FIRST) == "Tue 11-24"


# The text: "A promise (the field, said at the interview's end; a `promised` entry …"


def test_a_promise_may_be_a_field_an_entry_or_an_answer() -> None:
    field = plan_for("one-week", promised="2026-11-19")
    entry = plan_for("one-week", promised("2026-11-12", "2026-11-19"))
    answer = plan_for("one-week", heard("replied", "2026-11-12", promised="2026-11-19"))
    assert {plan.on(FIRST) for plan in (field, entry, answer)} == {"Fri 11-20"}


# The text: "the latest one stands"


def test_the_latest_promise_stands_even_if_it_is_sooner() -> None:
    planned = plan_for("one-week", promised("2026-11-12", "2026-11-18"), promised="2026-12-01")
    assert planned.on(FIRST) == "Thu 11-19"


def test_the_field_was_said_at_the_interviews_end() -> None:
    before = promised("2026-11-10T14:30", "2026-11-18")
    assert plan_for("one-week", before, promised="2026-11-26").on(FIRST) == "Fri 11-27"
    same_moment = promised("2026-11-10T15:00", "2026-11-18")
    assert plan_for("one-week", same_moment, promised="2026-11-26").on(FIRST) == "Thu 11-19"


def test_of_two_promises_of_one_moment_the_later_in_the_file_stands() -> None:
    # "Journal entries take effect in the order of `at`, equal moments in file order."
    journal = (promised("2026-11-12", "2026-11-26"), promised("2026-11-12", "2026-11-18"))
    assert plan_for("one-week", *journal).on(FIRST) == "Thu 11-19"


def test_a_promise_that_was_written_down_later_takes_effect_when_it_was_made() -> None:
    journal = (promised("2026-11-13", "2026-11-18"), promised("2026-11-12", "2026-11-26"))
    assert plan_for("one-week", *journal).on(FIRST) == "Thu 11-19"


# The text: "one before the interview's end date is ignored, with a warning"


def test_a_promise_before_the_interviews_end_is_ignored_with_a_warning() -> None:
    planned = plan_for("one-week", promised="2026-11-09")
    assert planned.on(FIRST) == "Tue 11-17"
    assert planned.warned_at == ["promised"]
    planned = plan_for("one-week", promised("2026-11-12", "2026-11-09"))
    assert planned.warned_at == ["journal[0]"]


def test_a_promise_for_the_interviews_own_day_stands() -> None:
    planned = plan_for("one-week", promised="2026-11-10")
    assert planned.on(FIRST) == "Thu 11-12"  # the 11th is a holiday
    assert planned.warnings == []
    answer = heard("replied", "2026-11-10T17:00", promised="2026-11-10")
    assert plan_for("one-week", answer).on(FIRST) == "Thu 11-12"


# The text: "It re-plans one check-in, the first one open when it is made"


def test_a_promise_re_plans_the_second_once_the_first_is_sent() -> None:
    journal = (THANKED, sent(FIRST, "2026-11-17"), promised("2026-11-18", "2026-11-20"))
    planned = plan_for("one-week", *journal)
    assert planned.on(SECOND) == "Mon 11-23"
    assert planned[SECOND].kind == "after_promise"


def test_a_promise_re_plans_the_second_once_the_first_is_skipped() -> None:
    journal = (THANKED, skipped(FIRST, "2026-11-12"), promised("2026-11-13", "2026-11-18"))
    assert plan_for("one-week", *journal).on(SECOND) == "Thu 11-19"


# The text: "sending or skipping that one passes nothing on"


def test_what_a_promise_re_planned_passes_nothing_on() -> None:
    told = promised("2026-11-12", "2026-11-18")
    for settled in (sent(FIRST, "2026-11-12T12:00"), skipped(FIRST, "2026-11-12T12:00")):
        planned = plan_for("one-week", THANKED, told, settled)
        assert planned[SECOND].kind == "second_check_in"
    assert planned.on(SECOND) == "Fri 11-27"  # a week after Thu 11-19, the first's due


# The text: "due is the first contact day strictly after the promised date, whatever the wait"


def test_a_promise_may_bring_a_check_in_forward() -> None:
    planned = plan_for("industry", THANKED, promised="2026-11-12", industry="government")
    assert planned.on(FIRST) == "Fri 11-13"


# The text: "what follows counts from it"


def test_what_follows_counts_from_the_re_planned_date() -> None:
    planned = plan_for("one-week", promised="2026-11-19")
    assert planned.dates() == ["Fri 11-20", "Fri 11-27", "Fri 12-04"]


# The text: "It ends an earlier reply's 14 days, and every earlier snooze of an open …"


def test_a_promise_ends_an_earlier_answers_fourteen_days() -> None:
    journal = (THANKED, heard("replied", "2026-11-12"), promised("2026-11-13", "2026-11-16"))
    assert plan_for("one-week", *journal).on(FIRST) == "Tue 11-17"


def test_a_promise_ends_earlier_snoozes() -> None:
    journal = (
        snoozed(FIRST, "2026-11-12", "2026-11-30T10:00"),
        snoozed(SECOND, "2026-11-12", "2026-12-20T10:00"),
        snoozed(LAST, "2026-11-12", "2026-12-30T10:00"),
        promised("2026-11-13", "2026-11-18"),
    )
    assert plan_for("one-week", *journal).dates() == ["Thu 11-19", "Fri 11-27", "Fri 12-04"]


def test_a_promise_leaves_the_snooze_of_a_thank_you_alone() -> None:
    journal = (snoozed(THANKS, "2026-11-10T16:00", "2026-11-11T10:00"),)
    told = promised("2026-11-10T17:00", "2026-11-18")
    assert plan_for("one-week", *journal, told).due(THANKS) == "Wed 11-11 10:00"


def test_a_promise_leaves_news_alone() -> None:
    # "allowed before a promise or a wait is over"
    journal = (
        THANKED,
        news("new-information", "2026-11-12T10:00"),
        snoozed(EARLY, "2026-11-12T11:00", "2026-11-13T11:00"),
        promised("2026-11-12T12:00", "2026-11-27"),
    )
    assert plan_for("one-week", *journal).due(EARLY) == "Fri 11-13 11:00"


# The text: "While it stands, no unsent check-in or close-out is due on or before it"


def test_a_close_out_waits_for_a_promise_too() -> None:
    journal = (sent(FIRST, "2026-11-17"), sent(SECOND, "2026-11-24"))
    told = promised("2026-11-25", "2026-12-15")
    assert plan_for("one-week", *journal, told).on(LAST) == "Wed 12-16"
    same_day = promised("2026-11-25", "2026-12-01")
    assert plan_for("one-week", *journal, same_day).on(LAST) == "Wed 12-02"


def test_the_second_waits_for_a_promise_that_the_first_did_not_wait_for() -> None:
    journal = (THANKED, promised("2026-11-12", "2026-12-10"), sent(FIRST, "2026-11-17"))
    assert plan_for("one-week", *journal).on(SECOND) == "Fri 12-11"


# The text: "What remains … is due no sooner than the first contact day on or after the 14th day"


def test_an_answer_without_a_date_gives_them_fourteen_days() -> None:
    planned = plan_for("one-week", THANKED, heard("replied", "2026-11-11"))
    assert planned.dates() == ["Wed 11-25", "Wed 12-02", "Wed 12-09"]
    # The 14th day is Thanksgiving.
    assert plan_for("one-week", THANKED, heard("replied", "2026-11-12")).on(FIRST) == "Fri 11-27"


def test_the_latest_answer_counts() -> None:
    journal = (heard("replied", "2026-11-11"), heard("replied", "2026-11-20"))
    assert plan_for("one-week", THANKED, *journal).on(FIRST) == "Fri 12-04"


# The text: "Nothing moves earlier; a standing promise still holds"


def test_an_answer_moves_nothing_earlier() -> None:
    told = heard("replied", "2026-11-12")
    assert plan_for("industry", THANKED, told, industry="government").on(FIRST) == "Tue 12-08"


def test_an_answer_leaves_a_standing_promise_standing() -> None:
    told = heard("replied", "2026-11-12")
    assert plan_for("one-week", THANKED, told, promised="2026-12-10").on(FIRST) == "Fri 12-11"


# The text: "a snooze sooner than the 14 days ends"


def test_an_answer_ends_a_snooze_that_is_sooner_than_its_fourteen_days() -> None:
    early = snoozed(FIRST, "2026-11-12", "2026-11-26T23:00")
    told = heard("replied", "2026-11-13")
    assert plan_for("one-week", THANKED, early, told).on(FIRST) == "Fri 11-27"


def test_a_snooze_to_the_fourteenth_day_or_later_stands() -> None:
    late = snoozed(FIRST, "2026-11-12", "2026-11-27T03:00")
    told = heard("replied", "2026-11-13")
    assert plan_for("one-week", THANKED, late, told).due(FIRST) == "Fri 11-27 03:00"


def test_a_snooze_after_an_answer_stands_however_soon() -> None:
    journal = (heard("replied", "2026-11-13"), snoozed(FIRST, "2026-11-14", "2026-11-18T12:00"))
    assert plan_for("one-week", THANKED, *journal).due(FIRST) == "Wed 11-18 12:00"


# The text: "A `replied` whose date is ignored is one with no date."


def test_an_answer_whose_date_is_ignored_is_one_without_a_date() -> None:
    planned = plan_for("one-week", THANKED, heard("replied", "2026-11-11", promised="2026-11-01"))
    assert planned.on(FIRST) == "Wed 11-25"
    assert planned.warned_at == ["journal[1].promised"]


# The text: "Snoozed. Due is exactly `until`: no wait, contact day, gap or standing promise …"


def test_a_snooze_stands_whatever_the_day() -> None:
    # A Sunday night, a day after the thank-you, long before the promise.
    journal = (sent(THANKS, "2026-11-14"), snoozed(FIRST, "2026-11-14T10:00", "2026-11-15T03:00"))
    planned = plan_for("balanced", *journal, promised="2026-12-10")
    assert planned.due(FIRST) == "Sun 11-15 03:00"


def test_the_latest_snooze_stands() -> None:
    journal = (
        snoozed(FIRST, "2026-11-12", "2026-11-30T10:00"),
        snoozed(FIRST, "2026-11-13", "2026-11-20T10:00"),
    )
    assert plan_for("one-week", *journal).due(FIRST) == "Fri 11-20 10:00"


def test_every_step_can_be_put_off() -> None:
    planned = plan_for("one-week", snoozed(THANKS, "2026-11-10T16:00", "2026-11-11T08:00"))
    assert planned.due(THANKS) == "Wed 11-11 08:00"


# The text: "A later sending of the step before it (skipped ones passed over) less than 3 …"

PUT_OFF = snoozed(SECOND, "2026-11-12", "2026-11-24T12:00")


def test_a_sending_three_days_before_leaves_a_snooze_standing() -> None:
    planned = plan_for("one-week", THANKED, PUT_OFF, sent(FIRST, "2026-11-21T23:00"))
    assert planned.due(SECOND) == "Tue 11-24 12:00"


def test_a_sending_two_days_before_drops_the_snooze() -> None:
    planned = plan_for("one-week", THANKED, PUT_OFF, sent(FIRST, "2026-11-22T01:00"))
    assert planned.on(SECOND) == "Mon 11-30"


def test_a_sending_after_the_snoozes_end_drops_it() -> None:
    planned = plan_for("one-week", THANKED, PUT_OFF, sent(FIRST, "2026-11-25"))
    assert planned.on(SECOND) == "Wed 12-02"


def test_for_a_snooze_skipped_steps_are_passed_over() -> None:
    journal = (skipped(FIRST, "2026-11-12T12:00"), sent(THANKS, "2026-11-23"))
    assert plan_for("one-week", PUT_OFF, *journal).on(SECOND) == "Fri 11-27"


def test_a_sending_further_back_leaves_a_snooze_standing() -> None:
    assert (
        plan_for("one-week", PUT_OFF, sent(THANKS, "2026-11-23")).due(SECOND) == "Tue 11-24 12:00"
    )


def test_a_sending_before_the_snooze_was_made_leaves_it_standing() -> None:
    journal = (
        THANKED,
        sent(FIRST, "2026-11-17"),
        snoozed(SECOND, "2026-11-18", "2026-11-18T12:00"),
    )
    assert plan_for("one-week", *journal).due(SECOND) == "Wed 11-18 12:00"


# The text: "An `until` before the entry's own `at` is ignored, with a warning"


def test_a_snooze_into_the_past_is_ignored_with_a_warning() -> None:
    planned = plan_for("one-week", snoozed(FIRST, "2026-11-12", "2026-11-12T09:29"))
    assert planned.on(FIRST) == "Tue 11-17"
    assert planned.warned_at == ["journal[0].until"]


def test_a_snooze_to_the_very_moment_counts() -> None:
    planned = plan_for("one-week", snoozed(FIRST, "2026-11-12T12:00", "2026-11-12T12:00"))
    assert planned.due(FIRST) == "Thu 11-12 12:00"
