"""The worked examples of the rules, row by row."""

from dataclasses import dataclass, field

import pytest

from icsgen.planning.thanks import thank_you
from tests.planning.cases import (
    FIRST,
    LAST,
    SECOND,
    THANKS,
    USUAL,
    Json,
    days_of,
    heard,
    interview_of,
    plan_of,
    playbook,
    sent,
    skipped,
    snoozed,
)


@dataclass(frozen=True)
class Row:
    """One row of the table: a case, a playbook, and four dates."""

    case: str
    playbook: str
    thanks: str
    choice: int
    first: str
    second: str
    last: str
    fields: Json = field(default_factory=dict)

    def __str__(self) -> str:
        return f"{self.case} ({self.playbook})"


PROMPT, MORNING_AFTER = ("Tue 11-10 16:30", 2), ("Thu 11-12 09:30", 1)

THANKED_LATE_FIRST = [sent(THANKS, "2026-11-12"), sent(FIRST, "2026-11-23")]
FIRST_ON_TIME = [sent(FIRST, "2026-11-18")]

ROWS = [
    Row("nothing else", "one-week", *PROMPT, "Tue 11-17", "Tue 11-24", "Tue 12-01"),
    Row("nothing else", "thorough", *MORNING_AFTER, "Tue 11-17", "Tue 11-24", "Tue 12-08"),
    Row("nothing else", "tuesday", *PROMPT, "Tue 11-17", "Fri 11-20", "Fri 11-27"),
    Row("nothing else", "business-days", *PROMPT, "Tue 11-17", "Mon 11-23", "Mon 11-30"),
    Row("nothing else", "industry", *MORNING_AFTER, "Fri 11-20", "Fri 11-27", "Fri 12-11"),
    Row("nothing else", "balanced", *MORNING_AFTER, "Wed 11-18", "Wed 11-25", "Thu 12-10"),
    Row(
        "promised Fri 11-20",
        "balanced",
        *MORNING_AFTER,
        "Tue 11-24",
        "Wed 12-02",
        "Wed 12-16",
        {"promised": "2026-11-20"},
    ),
    Row(
        "promised Wed 11-25",
        "business-days",
        *PROMPT,
        "Fri 11-27",
        "Thu 12-03",
        "Wed 12-09",
        {"promised": "2026-11-25"},
    ),
    Row(
        "promised Wed 11-25",
        "balanced",
        *MORNING_AFTER,
        "Tue 12-01",
        "Tue 12-08",
        "Tue 12-22",
        {"promised": "2026-11-25"},
    ),
    Row(
        "thank-you sent Thu 11-12, first sent late, Mon 11-23",
        "balanced",
        *MORNING_AFTER,
        "Wed 11-18",
        "Tue 12-01",
        "Tue 12-15",
        {"journal": THANKED_LATE_FIRST},
    ),
    Row(
        "the same, then second snoozed to Wed 12-02 16:00",
        "balanced",
        *MORNING_AFTER,
        "Wed 11-18",
        "Wed 12-02 16:00",
        "Wed 12-16",
        {"journal": [*THANKED_LATE_FIRST, snoozed(SECOND, "2026-11-24", "2026-12-02T16:00")]},
    ),
    Row(
        "first sent Wed 11-18, they replied Fri 11-20 with no date",
        "balanced",
        *MORNING_AFTER,
        "Wed 11-18",
        "Fri 12-04",
        "Fri 12-18",
        {"journal": [*FIRST_ON_TIME, heard("replied", "2026-11-20")]},
    ),
    Row(
        "first sent Wed 11-18, they replied Fri 11-20: by Fri 12-18",
        "balanced",
        *MORNING_AFTER,
        "Wed 11-18",
        "Tue 12-22",
        "Thu 01-07",
        {"journal": [*FIRST_ON_TIME, heard("replied", "2026-11-20", promised="2026-12-18")]},
    ),
    Row(
        "first skipped Fri 11-13",
        "balanced",
        *MORNING_AFTER,
        "Wed 11-18",
        "Wed 11-25",
        "Thu 12-10",
        {"journal": [skipped(FIRST, "2026-11-13")]},
    ),
    Row(
        "slow employer",
        "thorough",
        *MORNING_AFTER,
        "Fri 11-20",
        "Mon 11-30",
        "Mon 12-14",
        {"pace": "slow"},
    ),
    Row(
        "government",
        "industry",
        *MORNING_AFTER,
        "Tue 12-08",
        "Tue 12-15",
        "Tue 12-29",
        {"industry": "government"},
    ),
    Row(
        "interview Fri 2026-12-11 15:00-16:00",
        "balanced",
        "Fri 12-11 17:00",
        2,
        "Fri 12-18",
        "Tue 01-05",
        "Wed 01-20",
        {"start": "2026-12-11T15:00", "end": "2026-12-11T16:00"},
    ),
    Row(
        "interview Sat 2026-11-14 10:00-11:00",
        "one-week",
        "Sat 11-14 16:30",
        3,
        "Mon 11-23",
        "Mon 11-30",
        "Mon 12-07",
        {"start": "2026-11-14T10:00", "end": "2026-11-14T11:00"},
    ),
    Row(
        "interview Thu 2026-11-12 16:45-17:45, Cairo, EG",
        "tuesday",
        "Thu 11-12 18:45",
        2,
        "Thu 11-19",
        "Tue 11-24",
        "Tue 12-01",
        {
            "start": "2026-11-12T16:45",
            "end": "2026-11-12T17:45",
            "timezone": "Africa/Cairo",
            "country": "EG",
        },
    ),
    Row(
        "interview Fri 2026-03-27 16:00-17:00, Berlin, DE BY",
        "balanced",
        "Fri 03-27 18:00",
        2,
        "Tue 04-07",
        "Tue 04-14",
        "Tue 04-28",
        {
            "start": "2026-03-27T16:00",
            "end": "2026-03-27T17:00",
            "timezone": "Europe/Berlin",
            "country": "DE",
            "subdivision": "BY",
        },
    ),
]


def with_hour(date: str) -> str:
    """The table names no hour where it is the morning."""
    return date if ":" in date else f"{date} 09:30"


@pytest.mark.parametrize("row", ROWS, ids=str)
def test_every_worked_example_comes_out_as_the_rules_say(row: Row) -> None:
    planned = plan_of({**USUAL, **row.fields}, row.playbook)
    dates = [row.thanks, *map(with_hour, (row.first, row.second, row.last))]
    assert [planned.due(step) for step in (THANKS, FIRST, SECOND, LAST)] == dates


@pytest.mark.parametrize("row", ROWS, ids=str)
def test_every_worked_example_takes_the_choice_that_the_rules_name(row: Row) -> None:
    interview = interview_of({**USUAL, **row.fields})
    thanks = thank_you(interview, playbook(row.playbook), days_of(interview))
    assert thanks.choice == row.choice


def test_the_table_has_its_twenty_rows() -> None:
    assert len({str(row) for row in ROWS}) == 20
