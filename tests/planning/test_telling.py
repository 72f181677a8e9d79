"""What one journal entry does to the steps: sending, skipping, keeping a date, undoing.

Above the tests stands the sentence of the rules that they hold the plan to.
"""

import pytest

from icsgen.journal import Step
from icsgen.model import Status
from tests.planning.cases import (
    EARLY,
    FIRST,
    LAST,
    REPLY,
    SECOND,
    THANKED,
    THANKS,
    Planned,
    heard,
    news,
    plan_for,
    promised,
    sent,
    skipped,
    snoozed,
    undone,
)

ANN = {"name": "Ann", "email": "ann@acme.example"}
BOB = {"name": "Bob", "email": "bob@acme.example"}


def states(planned: Planned) -> list[str]:
    return [planned.state(step) for step in (THANKS, FIRST, SECOND, LAST)]


# The text: "Sending a check-in or close-out skips every earlier open check-in."


def test_sending_the_second_skips_an_open_first() -> None:
    planned = plan_for("one-week", THANKED, sent(SECOND, "2026-11-20"))
    assert states(planned) == ["sent", "skipped", "sent", "open"]


def test_sending_the_close_out_skips_both_check_ins() -> None:
    planned = plan_for("balanced", THANKED, sent(LAST, "2026-11-20"))
    assert states(planned) == ["sent", "skipped", "skipped", "sent"]


def test_sending_a_check_in_skips_news_that_is_still_open() -> None:
    journal = (news("new-information", "2026-11-12T10:00"), sent(FIRST, "2026-11-12T12:00"))
    assert plan_for("one-week", THANKED, *journal).state(EARLY) == "skipped"


def test_sending_a_check_in_leaves_the_thank_you_and_what_is_settled() -> None:
    planned = plan_for("one-week", sent(FIRST, "2026-11-17"), sent(SECOND, "2026-11-24"))
    assert states(planned) == ["open", "sent", "sent", "open"]


def test_sending_a_reply_or_a_thank_you_skips_nothing() -> None:
    planned = plan_for("one-week", news("new-information", "2026-11-10T15:30"), THANKED)
    assert states(planned) == ["sent", "open", "open", "open"]


def test_a_step_that_a_later_one_skipped_counts_from_that_day() -> None:
    # The first was due on the 17th and skipped on the 20th.
    planned = plan_for("one-week", THANKED, sent(SECOND, "2026-11-20"), undone(1, "2026-11-21"))
    assert planned.on(SECOND) == "Tue 11-24"
    planned = plan_for("one-week", THANKED, sent(SECOND, "2026-11-20"))
    assert planned.on(LAST) == "Fri 11-27"


# The text: "`thank_you` … is done when each of its recipients has one, or at a `sent` …"


def panel(*journal: dict[str, object], book: str = "business-days") -> Planned:
    return plan_for(book, *journal, contacts=[ANN, BOB])


def test_a_thank_you_is_done_when_everybody_has_one() -> None:
    one = sent(THANKS, "2026-11-10T16:00", to="Ann")
    other = sent(THANKS, "2026-11-10T16:30", to=["Bob"])
    assert panel(one).state(THANKS) == "open"
    assert panel(one)[THANKS].sent_to == ("Ann",)
    assert panel(one, other).state(THANKS) == "sent"
    assert f"{panel(one, other)[THANKS].settled_at:%H:%M}" == "16:30"


def test_a_thank_you_to_somebody_twice_is_not_one_to_everybody() -> None:
    twice = (sent(THANKS, f"2026-11-10T16:{minute}", to="Ann") for minute in ("00", "30"))
    assert panel(*twice).state(THANKS) == "open"


def test_a_thank_you_without_a_name_is_done() -> None:
    assert panel(sent(THANKS, "2026-11-10T16:00")).state(THANKS) == "sent"
    partly = sent(THANKS, "2026-11-10T16:00", to="Ann")
    assert panel(partly, sent(THANKS, "2026-11-10T17:00")).state(THANKS) == "sent"


def test_a_name_may_be_an_address_and_is_read_whatever_its_case() -> None:
    to = ["ANN", "Bob@Acme.Example"]
    assert panel(sent(THANKS, "2026-11-10T16:00", to=to)).state(THANKS) == "sent"


def test_where_only_the_main_contact_is_thanked_one_is_enough() -> None:
    assert (
        panel(sent(THANKS, "2026-11-10T16:00", to="Ann"), book="one-week").state(THANKS) == "sent"
    )
    assert (
        panel(sent(THANKS, "2026-11-10T16:00", to="Bob"), book="one-week").state(THANKS) == "open"
    )


def test_those_without_an_address_need_none() -> None:
    met = [ANN, {"name": "Cleo"}]
    planned = plan_for("business-days", sent(THANKS, "2026-11-10T16:00", to="Ann"), contacts=met)
    assert planned.state(THANKS) == "sent"


# The text: "A step sent, skipped or cancelled keeps the due it had by the entries before"


@pytest.mark.parametrize(
    "settled",
    [sent(FIRST, "2026-11-19"), skipped(FIRST, "2026-11-19"), heard("offer", "2026-11-19")],
)
def test_a_settled_step_keeps_its_due_whatever_comes_later(settled: dict[str, object]) -> None:
    later = (promised("2026-11-20", "2026-12-04"), sent(THANKS, "2026-11-21"))
    planned = plan_for("one-week", THANKED, settled, *later)
    assert (planned.opens(FIRST), planned.on(FIRST)) == ("Tue 11-17 00:00", "Tue 11-17")


def test_a_settled_step_keeps_the_due_that_entries_before_gave_it() -> None:
    put_off = snoozed(FIRST, "2026-11-16", "2026-11-20T11:00")
    assert plan_for("one-week", put_off, sent(FIRST, "2026-11-18")).due(FIRST) == "Fri 11-20 11:00"


def test_sending_again_keeps_the_first_due() -> None:
    journal = (sent(FIRST, "2026-11-18"), promised("2026-11-19", "2026-12-04"))
    assert plan_for("one-week", *journal, sent(FIRST, "2026-11-25")).on(FIRST) == "Tue 11-17"


# The text: "(the program writes it into the entry as `due`; in a file without it, it is …"


@pytest.mark.parametrize("entry", [sent, skipped])
def test_a_due_in_the_entry_is_the_one_it_had(entry: object) -> None:
    assert callable(entry)
    settled = entry(FIRST, "2026-11-19", due="2026-11-18T11:00")
    planned = plan_for("one-week", THANKED, settled)
    assert (planned.opens(FIRST), planned.due(FIRST)) == ("Tue 11-17 00:00", "Wed 11-18 11:00")


def test_a_due_in_the_entry_moves_the_opening_before_it() -> None:
    planned = plan_for("one-week", THANKED, sent(FIRST, "2026-11-14", due="2026-11-13T09:30"))
    assert (planned.opens(FIRST), planned.on(FIRST)) == ("Fri 11-13 00:00", "Fri 11-13")


def test_a_skipped_step_counts_by_the_due_in_its_entry() -> None:
    journal = skipped(FIRST, "2026-11-13", due="2026-11-19T09:30")
    assert plan_for("one-week", journal).on(SECOND) == "Fri 11-27"


def test_a_skipped_step_that_is_sent_after_all_is_sent_and_keeps_its_due() -> None:
    planned = plan_for("one-week", skipped(FIRST, "2026-11-13"), sent(FIRST, "2026-11-20"))
    assert planned.state(FIRST) == "sent"
    assert planned.on(FIRST) == "Tue 11-17"
    assert planned.on(SECOND) == "Fri 11-27"


# The text: "At most two unanswered check-ins and one close-out, ever."


def test_after_the_last_step_nothing_follows() -> None:
    journal = (sent(FIRST, "2026-11-17"), sent(SECOND, "2026-11-24"), sent(LAST, "2026-12-01"))
    planned = plan_for("one-week", THANKED, *journal, heard("replied", "2026-12-02"))
    assert planned.steps == [THANKS, FIRST, SECOND, LAST]
    assert planned.status(LAST, "2027-01-01") is Status.SENT


# Entries that cannot take effect change nothing and are warnings.


@pytest.mark.parametrize("step", [EARLY, REPLY])
def test_an_entry_for_a_step_that_is_not_there_is_a_warning(step: Step) -> None:
    entries = (
        sent(step, "2026-11-12"),
        skipped(step, "2026-11-12"),
        snoozed(step, "2026-11-12", "2026-11-13T09:30"),
    )
    for entry in entries:
        planned = plan_for("one-week", entry)
        assert planned.plan.follow_ups == plan_for("one-week").plan.follow_ups
        assert planned.warned_at == ["journal[0]"]


@pytest.mark.parametrize(
    "entry", [skipped(FIRST, "2026-11-18"), snoozed(FIRST, "2026-11-18", "2026-11-30T09:30")]
)
def test_an_entry_for_a_step_that_is_settled_is_a_warning(entry: dict[str, object]) -> None:
    once = plan_for("one-week", sent(FIRST, "2026-11-17"))
    planned = plan_for("one-week", sent(FIRST, "2026-11-17"), entry)
    assert planned.plan.follow_ups == once.plan.follow_ups
    assert planned.warned_at == ["journal[1]"]


# The text: "`undone` `{entry}` (its position)"


def test_an_undone_entry_was_never_made() -> None:
    journal = (sent(FIRST, "2026-11-13"), undone(0, "2026-11-14"))
    planned = plan_for("one-week", *journal)
    assert planned.plan.follow_ups == plan_for("one-week").plan.follow_ups
    assert planned.warnings == []


def test_dues_kept_meanwhile_are_computed_without_it() -> None:
    journal = (
        snoozed(FIRST, "2026-11-12", "2026-11-19T12:00"),
        skipped(FIRST, "2026-11-13"),
        undone(0, "2026-11-14"),
    )
    assert plan_for("one-week", *journal).on(FIRST) == "Tue 11-17"


def test_an_undoing_may_be_undone() -> None:
    journal = (sent(FIRST, "2026-11-13"), undone(0, "2026-11-14"), undone(1, "2026-11-15"))
    assert plan_for("one-week", *journal).state(FIRST) == "sent"


def test_an_undoing_of_nothing_is_a_warning() -> None:
    planned = plan_for("one-week", undone(0, "2026-11-12"), undone(7, "2026-11-12"))
    assert planned.plan.follow_ups == plan_for("one-week").plan.follow_ups
    assert planned.warned_at == ["journal[0].entry", "journal[1].entry"]


# What the feed needs to know of the whole.


def test_a_plan_tells_its_last_change_and_how_often_it_changed() -> None:
    planned = plan_for("one-week", sent(FIRST, "2026-11-17"), promised("2026-11-12", "2026-11-16"))
    assert planned.plan.changed_at == planned[FIRST].settled_at
    assert planned.plan.sequence == 2
    fresh = plan_for("one-week").plan
    assert (fresh.changed_at, fresh.sequence) == (fresh.interview.start, 0)
