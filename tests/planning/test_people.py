"""Whom a message goes to and by which channel.

Above the tests stands the sentence of the rules that they hold the plan to.
"""

import pytest

from icsgen.model import Channel
from tests.planning.cases import (
    EARLY,
    FIRST,
    LAST,
    REPLY,
    SECOND,
    THANKED,
    THANKS,
    Json,
    heard,
    news,
    plan_for,
    sent,
)

ANN = {"name": "Ann", "email": "ann@acme.example"}
BOB = {"name": "Bob", "email": "bob@acme.example"}
CLEO = {"name": "Cleo", "linkedin": "https://www.linkedin.com/in/cleo"}
DAN = {"name": "Dan", "phone": "+1 555 0100"}
ALL_WAYS = {**ANN, "phone": "+1 555 0100", "linkedin": "https://www.linkedin.com/in/ann"}

# The text: "a thank-you's are every contact with an address where the playbook says one …"


def test_everyone_with_an_address_is_thanked_where_the_playbook_says_so() -> None:
    planned = plan_for("balanced", contacts=[CLEO, ANN, DAN, BOB])
    assert planned.to(THANKS) == ["Ann", "Bob"]


def test_else_only_the_main_contact_is_thanked() -> None:
    assert plan_for("one-week", contacts=[ANN, BOB]).to(THANKS) == ["Ann"]


def test_where_nobody_has_an_address_the_main_contact_is_thanked() -> None:
    assert plan_for("balanced", contacts=[CLEO, DAN]).to(THANKS) == ["Cleo"]


# The text: "all else, the main contact"


def test_all_else_goes_to_the_main_contact() -> None:
    told = (THANKED, news("new-information", "2026-11-12"), heard("rejected", "2026-11-13"))
    planned = plan_for("balanced", *told, contacts=[ANN, BOB])
    assert [planned.to(step) for step in (EARLY, FIRST, SECOND, LAST, REPLY)] == [["Ann"]] * 5


def test_nobody_known_is_nobody_to_write_to() -> None:
    planned = plan_for("balanced", contacts=[])
    assert [planned.to(step) for step in (THANKS, FIRST, SECOND, LAST)] == [[]] * 4


# The text: "the second to the same person as the first"


@pytest.mark.parametrize(
    ("sendings", "second"),
    [
        ([{}], ["Ann"]),
        ([{"to": "Bob"}], ["Bob"]),
        ([{"to": "bob@acme.example"}], ["Bob"]),
        ([{"to": ["Bob", "Ann"]}], ["Ann", "Bob"]),
        ([{"to": "Bob"}, {"to": "Ann"}], ["Ann"]),
        ([{"to": "Bob"}, {}], ["Bob"]),
        ([{"to": "somebody else"}], ["Ann"]),
    ],
)
def test_the_second_goes_where_the_first_went(sendings: list[Json], second: list[str]) -> None:
    journal = [sent(FIRST, f"2026-11-{17 + day}", **how) for day, how in enumerate(sendings)]
    planned = plan_for("one-week", THANKED, *journal, contacts=[ANN, BOB])
    assert planned.to(SECOND) == second


# The text: "A silent close-out has no channel and no recipients."


@pytest.mark.parametrize("book", ["one-week", "tuesday", "industry"])
def test_a_silent_close_out_has_nobody_and_no_way(book: str) -> None:
    planned = plan_for(book, channel="linkedin", contacts=[ALL_WAYS])
    assert planned[LAST].silent
    assert planned[LAST].kind == ""
    assert (planned[LAST].channel, planned.to(LAST)) == (None, [])
    assert "keep applying" in planned.why(LAST)


# The text: "Channel: what they asked for; else the playbook's; else e-mail … LinkedIn …"


def test_what_they_asked_for_comes_before_the_playbook() -> None:
    planned = plan_for("industry", channel="linkedin", contacts=[ALL_WAYS])
    assert planned[SECOND].channel is Channel.LINKEDIN


def test_the_playbook_comes_before_e_mail() -> None:
    assert plan_for("industry", contacts=[ALL_WAYS])[SECOND].channel is Channel.PHONE


@pytest.mark.parametrize(
    ("person", "channel"),
    [
        (ALL_WAYS, Channel.EMAIL),
        (ANN, Channel.EMAIL),
        (CLEO, Channel.LINKEDIN),
        (DAN, None),
        ({"name": "Eve"}, None),
    ],
)
def test_else_it_is_e_mail_then_linkedin_then_nothing(
    person: Json, channel: Channel | None
) -> None:
    planned = plan_for("one-week", contacts=[person])
    assert {planned[step].channel for step in (THANKS, FIRST, SECOND)} == {channel}


def test_no_way_at_all_asks_hr_for_one() -> None:
    reason = plan_for("one-week", contacts=[DAN]).reason(FIRST, "channel")
    assert reason.source == "A1.25"
    assert "Dan" in reason.text


# The text: "A channel without its address falls back to e-mail, with a reason."


@pytest.mark.parametrize(
    ("asked", "person", "channel", "lacking"),
    [
        ("linkedin", ANN, Channel.EMAIL, "without a LinkedIn profile"),
        ("phone", ANN, Channel.EMAIL, "without a phone number"),
        ("phone", CLEO, Channel.LINKEDIN, "without a phone number"),
        ("email", CLEO, Channel.LINKEDIN, "without an e-mail address"),
    ],
)
def test_a_way_without_its_address_falls_back_and_says_so(
    asked: str, person: Json, channel: Channel, lacking: str
) -> None:
    planned = plan_for("one-week", channel=asked, contacts=[person])
    assert planned[FIRST].channel is channel
    assert lacking in planned.reason(FIRST, "channel").text


def test_a_way_they_asked_for_that_is_missing_does_not_lead_to_the_playbooks() -> None:
    person = {**ANN, "phone": "+1 555 0100"}
    planned = plan_for("industry", channel="linkedin", contacts=[person])
    assert planned[SECOND].channel is Channel.EMAIL


# The text: "A thank-you is never by phone."


def test_a_thank_you_is_never_by_phone() -> None:
    planned = plan_for("one-week", channel="phone", contacts=[ALL_WAYS])
    assert planned[THANKS].channel is Channel.EMAIL
    assert planned[FIRST].channel is Channel.PHONE
    assert plan_for("one-week", channel="phone", contacts=[DAN])[THANKS].channel is None


# The text: "A step's draft is the special kind where the rules call for one"


def test_each_step_calls_for_its_kind_of_draft() -> None:
    planned = plan_for("balanced")
    kinds = [planned[step].kind for step in (THANKS, FIRST, SECOND, LAST)]
    assert kinds == ["thank_you", "first_check_in", "second_check_in", "close_out"]


def test_a_call_calls_for_talking_points() -> None:
    planned = plan_for("balanced", channel="phone", contacts=[ALL_WAYS])
    kinds = [planned[step].kind for step in (THANKS, FIRST, SECOND, LAST)]
    assert kinds == ["thank_you", "phone", "phone", "phone"]


def test_a_check_in_on_a_promise_calls_for_the_date_they_named() -> None:
    assert plan_for("balanced", promised="2026-11-25")[FIRST].kind == "after_promise"
