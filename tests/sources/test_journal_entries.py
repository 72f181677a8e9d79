from datetime import date, datetime
from typing import Any

import pytest

from icsgen.journal import (
    Heard,
    News,
    NewsKind,
    Outcome,
    Promised,
    Sent,
    Skipped,
    Snoozed,
    Step,
    Undone,
)
from icsgen.zones import zone
from tests.sources.cases import PLAIN, read_json, read_one, refusals, refused_at, warnings

NEW_YORK = zone("America/New_York")
AT = datetime(2026, 11, 18, 9, 30, tzinfo=NEW_YORK)
UNTIL = datetime(2026, 12, 2, 16, 0, tzinfo=NEW_YORK)


@pytest.mark.parametrize(
    ("written", "made"),
    [
        ({"type": "sent", "step": "thank_you"}, Sent(AT, Step.THANK_YOU)),
        (
            {
                "type": "sent",
                "step": "thank-you",
                "to": ["Dana", "Sam"],
                "due": "2026-12-02T16:00",
            },
            Sent(AT, Step.THANK_YOU, ("Dana", "Sam"), UNTIL),
        ),
        ({"type": "sent", "step": "reply", "to": "Dana"}, Sent(AT, Step.REPLY, ("Dana",))),
        (
            {"type": "skipped", "step": "early_check_in", "due": "2026-12-02T16:00"},
            Skipped(AT, Step.EARLY_CHECK_IN, UNTIL),
        ),
        (
            {"type": "snoozed", "step": "second_check_in", "until": "2026-12-02T16:00"},
            Snoozed(AT, Step.SECOND_CHECK_IN, UNTIL),
        ),
        ({"type": "promised", "date": "2026-11-20"}, Promised(AT, date(2026, 11, 20))),
        (
            {"type": "heard", "outcome": "replied", "promised": "2026-11-20"},
            Heard(AT, Outcome.REPLIED, date(2026, 11, 20)),
        ),
        ({"type": "heard", "outcome": "next round"}, Heard(AT, Outcome.NEXT_ROUND)),
        ({"type": "news", "news": "competing-offer"}, News(AT, NewsKind.COMPETING_OFFER)),
    ],
)
def test_each_kind_of_entry_is_read(written: dict[str, Any], made: object) -> None:
    assert read_one({"journal": [{"at": "2026-11-18T09:30", **written}]}).journal == (made,)


def test_an_undo_names_another_entry_by_its_position() -> None:
    sent = {"at": "2026-11-18", "type": "sent", "step": "first_check_in"}
    undone = {"at": "2026-11-19", "type": "undone", "entry": 0}
    journal = read_one({"journal": [sent, undone]}).journal
    assert journal[1] == Undone(datetime(2026, 11, 19, 9, 30, tzinfo=NEW_YORK), 0)


@pytest.mark.parametrize("entry", [1, 2, -1, 10**18, 0.5, "x", None, True])
def test_an_undo_of_itself_or_of_nothing_is_refused(entry: object) -> None:
    sent = {"at": "2026-11-18", "type": "sent", "step": "first_check_in"}
    undone = {"at": "2026-11-19", "type": "undone", "entry": entry}
    assert refused_at({"journal": [sent, undone]}) == ["journal[1].entry"]


@pytest.mark.parametrize(
    ("written", "paths"),
    [
        ({}, ["journal[0].type", "journal[0].at"]),
        ({"type": "sent", "step": "close_out"}, ["journal[0].at"]),
        ({"at": "2026-11-18", "type": "emailed"}, ["journal[0].type"]),
        ({"at": "2026-11-18", "type": "sent"}, ["journal[0].step"]),
        ({"at": "2026-11-18", "type": "sent", "step": "third_check_in"}, ["journal[0].step"]),
        ({"at": "soon", "type": "sent", "step": "reply"}, ["journal[0].at"]),
        ({"at": "2026-11-18", "type": "skipped", "step": "x"}, ["journal[0].step"]),
        ({"at": "2026-11-18", "type": "snoozed", "step": "reply"}, ["journal[0].until"]),
        (
            {"at": "2026-11-18", "type": "snoozed", "step": "reply", "until": 5},
            ["journal[0].until"],
        ),
        ({"at": "2026-11-18", "type": "promised"}, ["journal[0].date"]),
        ({"at": "2026-11-18", "type": "promised", "date": "Friday"}, ["journal[0].date"]),
        ({"at": "2026-11-18", "type": "heard"}, ["journal[0].outcome"]),
        ({"at": "2026-11-18", "type": "heard", "outcome": "maybe"}, ["journal[0].outcome"]),
        (
            {"at": "2026-11-18", "type": "heard", "outcome": "replied", "promised": "x"},
            ["journal[0].promised"],
        ),
        ({"at": "2026-11-18", "type": "news", "news": "gossip"}, ["journal[0].news"]),
        ({"at": "1950-01-01", "type": "news", "news": "competing-offer"}, ["journal[0].at"]),
        (7, ["journal[0]"]),
        ([], ["journal[0]"]),
        (None, ["journal[0]"]),
    ],
)
def test_a_wrong_entry_refuses_its_interview_by_its_path(written: object, paths: list[str]) -> None:
    assert refused_at({"journal": [written]}) == paths


def test_a_wrong_entry_costs_no_other_interview() -> None:
    wrong = {**PLAIN, "journal": [{"type": "sent"}]}
    reading = read_json([wrong, {**PLAIN, "company": "Globex"}])
    assert [made.company for made in reading.interviews] == ["Globex"]
    assert [where for where, _ in refusals(reading)] == [
        "jobs.json, [0].journal[0].at",
        "jobs.json, [0].journal[0].step",
    ]


def test_an_entrys_unknown_field_is_a_warning() -> None:
    entry = {"at": "2026-11-18", "type": "sent", "step": "reply", "untill": 1}
    reading = read_json({**PLAIN, "journal": [entry]})
    assert [where for where, _ in warnings(reading)] == ["jobs.json, journal[0]"]
    assert len(reading.interviews) == 1


def test_entries_stay_in_the_order_of_the_file() -> None:
    later = {"at": "2026-11-20", "type": "news", "news": "new-information"}
    earlier = {"at": "2026-11-12", "type": "sent", "step": "thank_you"}
    kinds = [type(entry) for entry in read_one({"journal": [later, earlier]}).journal]
    assert kinds == [News, Sent]


@pytest.mark.parametrize(
    "due", ["2026-11-10T13:59", "2025-01-01", "2028-11-12T14:01", "2099-01-01"]
)
@pytest.mark.parametrize("kind", ["sent", "skipped"])
def test_a_due_before_the_interview_or_years_after_it_is_kept_with_a_warning(
    kind: str, due: str
) -> None:
    good = {"at": "2026-11-18", "type": kind, "step": "reply", "due": "2026-11-10T14:00"}
    reading = read_json({**PLAIN, "journal": [good, {**good, "due": due}]})
    assert len(reading.interviews[0].journal) == 2
    assert [where.partition(", ")[2] for where, _ in warnings(reading)] == ["journal[1].due"]


def test_a_thank_you_to_none_of_the_contacts_is_a_warning_with_the_nearest() -> None:
    people = [{"name": "Dana", "email": "d@x.example"}, {"name": "Sam"}]
    sent = {"at": "2026-11-18", "type": "sent", "step": "thank_you"}
    right = {**sent, "to": ["dana", "D@x.example", "Sam"]}
    reading = read_json(
        {**PLAIN, "contacts": people, "journal": [right, {**sent, "to": ["Sam", "Dnaa"]}]}
    )
    [(where, said)] = warnings(reading)
    assert where == "jobs.json, journal[1].to"
    assert "“Dnaa”" in said
    assert "“Dana”?" in said
