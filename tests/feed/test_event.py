"""A follow-up as an event: what it says, whom it reaches, the very lines icalendar writes."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import icalendar
import pytest
from icalendar.prop import vText

from icsgen.drafts.links import mailto
from icsgen.feed import Style, View, feed
from icsgen.journal import Step
from icsgen.model import Channel, Contact, Draft, FollowUp, Plan, State
from icsgen.zones import zone
from tests.feed.plans import (
    AS_OF,
    DANA,
    NEW_YORK,
    SAM,
    TOKEN,
    draft,
    follow_up,
    interview,
    only,
    plan,
)

PANEL = (DANA, SAM)
BODY = "Dear Dana,\n\nthank you; it was good, \\o/ all of it: 100 %.\n\nYours, Kim – ü"


def unfolded(octets: bytes) -> list[str]:
    return octets.decode().replace("\r\n ", "").split("\r\n")


def shown(each: FollowUp, *drafts: Draft, view: View = View.FULL, **about: Any) -> Any:
    plans = [plan(each, about=interview(**about))]
    given = {("k7", each.step): drafts} if drafts else {}
    return only(feed(plans, AS_OF, view=view, drafts=given, token=TOKEN))


def by_icalendar(each: Plan, follow_up: FollowUp, ours: Any) -> bytes:
    """The same event, built the ordinary way with icalendar's objects."""
    event = icalendar.Event()
    event.add("uid", f"{each.interview.id}.{follow_up.step}@afterword")
    event.add("dtstamp", each.changed_at.astimezone(UTC) if each.changed_at else None)
    event.add("last-modified", each.changed_at.astimezone(UTC) if each.changed_at else None)
    event.add("sequence", each.sequence)
    event.add("dtstart", follow_up.due)
    event.add("dtend", follow_up.due + timedelta(minutes=15))
    event.add("summary", str(ours["SUMMARY"]))
    event.add("description", str(ours["DESCRIPTION"]))
    event.add("categories", ["Follow-up", "Thank-you"])
    event.add("transp", "TRANSPARENT")
    event.add("status", "CONFIRMED")
    event.add("url", str(ours["URL"]))
    alarm = icalendar.Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", str(ours["SUMMARY"]))
    alarm["TRIGGER"] = vText("PT0S")  # its own spelling of no time at all is P0D
    event.add_component(alarm)
    octets: bytes = event.to_ical()
    return octets


@pytest.mark.parametrize("company", ["Acme", "Nørd, Süd; \\AG", "株式会社" * 30])
def test_unfolded_it_is_what_icalendar_writes(company: str) -> None:
    each = follow_up(Step.THANK_YOU)
    given = plan(each, about=interview(company=company))
    octets = feed([given], AS_OF, drafts={("k7", Step.THANK_YOU): (draft(BODY * 5),)})
    lines = unfolded(octets)
    first, last = lines.index("BEGIN:VEVENT"), lines.index("END:VEVENT")
    assert lines[first : last + 1] == unfolded(by_icalendar(given, each, only(octets)))[:-1]


def test_it_lasts_fifteen_minutes_from_the_due_moment_in_the_employers_zone() -> None:
    lines = unfolded(feed([plan(follow_up())], AS_OF))
    assert "DTSTART;TZID=America/New_York:20261118T093000" in lines
    assert "DTEND;TZID=America/New_York:20261118T094500" in lines
    assert "TRIGGER:PT0S" in lines


def test_all_day_it_is_a_date_without_a_zone() -> None:
    octets = feed([plan(follow_up())], AS_OF, style=Style.ALL_DAY)
    lines = unfolded(octets)
    assert "DTSTART;VALUE=DATE:20261118" in lines
    assert "DTEND;VALUE=DATE:20261119" in lines
    assert "TRIGGER:PT9H30M" in lines
    assert b"TZID" not in octets
    assert only(octets).start == date(2026, 11, 18)


def test_a_moment_kept_in_another_zone_is_shown_in_the_employers() -> None:
    due = datetime(2026, 11, 18, 23, 30, tzinfo=zone("America/Los_Angeles"))
    octets = feed([plan(follow_up(due=due))], AS_OF)
    assert b"DTSTART;TZID=America/New_York:20261119T023000\r\n" in octets
    dated = feed([plan(follow_up(due=due))], AS_OF, style=Style.ALL_DAY)
    assert b"DTSTART;VALUE=DATE:20261119\r\n" in dated


def test_it_never_ends_before_it_begins_when_clocks_go_back() -> None:
    due = datetime(2026, 11, 1, 1, 50, tzinfo=NEW_YORK)
    octets = feed([plan(follow_up(due=due))], AS_OF)
    assert b"DTEND;TZID=America/New_York:20261101T020500\r\n" in octets


def test_stamps_and_sequence_are_the_last_changes_never_the_clocks() -> None:
    event = shown(follow_up())
    changed_at = datetime(2026, 11, 10, 19, tzinfo=UTC)
    assert event["DTSTAMP"].dt == event["LAST-MODIFIED"].dt == changed_at
    assert event["SEQUENCE"] == 2


def test_an_open_event_has_its_draft_its_reasons_and_its_link() -> None:
    event = shown(follow_up(Step.THANK_YOU), draft(BODY))
    link = "mailto:dana@acme.example?subject=Thank%20you"
    told = str(event["DESCRIPTION"])
    assert event["URL"] == link
    assert f"To Dana Lee <dana@acme.example>\nSubject: Thank you\n\n{BODY}\n" in told
    assert link in told
    assert "- Five business days after the interview; Dana Lee at Acme said so. (A3.3)" in told
    assert "- The 27th is a bridge day, so it is left out." in told


def test_without_a_draft_it_says_what_to_do_and_links_to_the_person() -> None:
    event = shown(follow_up())
    link = mailto("dana@acme.example", "The Backend Engineer role at Acme")
    assert event["URL"] == link
    assert str(event["DESCRIPTION"]).startswith(
        "Ask Dana Lee at Acme how things stand with the Backend Engineer role."
    )
    assert f"\n\nDana Lee: {link}\n\n" in str(event["DESCRIPTION"])


def test_a_panels_thank_yous_are_one_event_with_a_link_a_person() -> None:
    told = str(shown(follow_up(Step.THANK_YOU, recipients=PANEL))["DESCRIPTION"])
    assert told.startswith("Thank Dana Lee and Sam Roe at Acme ")
    assert told.count("mailto:") == 2
    drafts = (draft(), draft("Dear Sam, thanks.", SAM))
    told = str(shown(follow_up(Step.THANK_YOU, recipients=PANEL), *drafts)["DESCRIPTION"])
    assert told.count("mailto:") == 2
    assert "Dear Dana, thank you." in told
    assert "Dear Sam, thanks." in told


def test_who_was_thanked_already_is_not_linked_again() -> None:
    each = follow_up(Step.THANK_YOU, sent_to=("dana lee",), recipients=PANEL)
    event = shown(each, draft(), draft("Dear Sam, thanks.", SAM))
    assert "Dear Dana" not in str(event["DESCRIPTION"])
    assert event["URL"] == "mailto:sam@acme.example?subject=Thank%20you"
    assert "dana@" not in str(shown(each)["DESCRIPTION"])


@pytest.mark.parametrize(
    ("channel", "link"),
    [
        (Channel.PHONE, "tel:+15550100"),
        (Channel.LINKEDIN, "https://linkedin.com/in/dana"),
        (None, None),
    ],
)
def test_each_channel_has_its_link(channel: Channel | None, link: str | None) -> None:
    each = follow_up(channel=channel)
    assert shown(each).get("URL") == link
    spoken = draft("Say hello.", subject=None, mailto=None)
    assert shown(each, spoken).get("URL") == link
    assert (link or "") in str(shown(each, spoken)["DESCRIPTION"])


def test_an_address_that_is_none_is_no_link() -> None:
    person = Contact("Eve", "eve@x.example,all@x.example?bcc=me")
    assert "URL" not in shown(follow_up(recipients=(person,)))


@pytest.mark.parametrize(
    ("state", "title", "status"),
    [
        (State.SENT, "✓ First check-in sent: Acme (Backend Engineer)", "CONFIRMED"),
        (State.SKIPPED, "First check-in skipped: Acme (Backend Engineer)", "CONFIRMED"),
        (State.CANCELLED, "First check-in cancelled: Acme (Backend Engineer)", "CANCELLED"),
    ],
)
@pytest.mark.parametrize("view", View)
def test_what_is_over_rings_no_more_and_has_no_draft_and_no_link(
    state: State, title: str, status: str, view: View
) -> None:
    event = shown(follow_up(state=state), draft("the draft"), view=view)
    assert event["STATUS"] == status
    assert "URL" not in event
    assert not event.walk("VALARM")
    assert "mailto:" not in str(event.get("DESCRIPTION"))
    assert "the draft" not in str(event.get("DESCRIPTION"))
    if view is View.FULL:
        assert event["SUMMARY"] == title
        assert str(event["DESCRIPTION"]).startswith(f"{state.capitalize()} on 2026-11-11 at 03:00.")
    assert str(event["SUMMARY"]).startswith("✓ ") == (state is State.SENT)


@pytest.mark.parametrize("view", View)
def test_what_is_open_rings_once(view: View) -> None:
    event = shown(follow_up(), view=view)
    (alarm,) = event.walk("VALARM")
    assert alarm["ACTION"] == "DISPLAY"
    assert alarm["DESCRIPTION"] == event["SUMMARY"]
    assert "UID" not in alarm


def test_a_silent_close_out_says_to_let_it_go() -> None:
    each = follow_up(Step.CLOSE_OUT, silent=True, channel=None, recipients=(), kind="")
    event = shown(each)
    assert event["SUMMARY"] == "Let it go: Acme (Backend Engineer)"
    assert str(event["DESCRIPTION"]).startswith("Nothing to send.")
    assert "URL" not in event


def test_a_forecast_says_that_its_date_may_move() -> None:
    assert "may still move" in str(shown(follow_up(forecast=True))["DESCRIPTION"])
    assert "may still move" not in str(shown(follow_up())["DESCRIPTION"])


KINDS = (
    "thank_you first_check_in second_check_in close_out after_promise phone new_information "
    "competing_offer offer_reply next_round_reply feedback_request withdrawal"
)


def test_each_kind_is_told_in_words_of_its_own() -> None:
    told = {str(shown(follow_up(kind=kind))["DESCRIPTION"]) for kind in KINDS.split()}
    assert len(told) == len(KINDS.split())
    assert all("Backend Engineer" in text and "Dana Lee" in text for text in told)
