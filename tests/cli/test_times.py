"""Moments and days as people say them: one meaning each, or a refusal that says how to write it."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from icsgen.cli.times import day_of, moment_of
from icsgen.errors import FieldError
from icsgen.zones import zone

NEW_YORK = zone("America/New_York")
NOW = datetime(2026, 11, 18, 14, 7, 33, tzinfo=UTC)
"""Wednesday 18 November, 09:07 in New York."""


def read(text: str, now: datetime = NOW) -> str:
    return f"{moment_of(text, now, NEW_YORK, '--at'):%a %Y-%m-%d %H:%M}"


def day(text: str) -> str:
    return f"{day_of(text, date(2026, 11, 18), 'DATE'):%a %Y-%m-%d}"


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("2026-11-10T14:00", "Tue 2026-11-10 14:00"),
        ("2026-11-10 14:00", "Tue 2026-11-10 14:00"),
        ("2026-11-10T14:00+01:00", "Tue 2026-11-10 08:00"),
        ("2026-11-10T14:00Z", "Tue 2026-11-10 09:00"),
        ("2026-11-10", "Tue 2026-11-10 09:30"),
        ("20261110", "Tue 2026-11-10 09:30"),
        ("now", "Wed 2026-11-18 09:07"),
        ("today", "Wed 2026-11-18 09:30"),
        ("tonight", "Wed 2026-11-18 19:00"),
        ("tonight 20:15", "Wed 2026-11-18 20:15"),
        ("today 14:00", "Wed 2026-11-18 14:00"),
        ("14:00", "Wed 2026-11-18 14:00"),
        ("2 pm", "Wed 2026-11-18 14:00"),
        ("2:30pm", "Wed 2026-11-18 14:30"),
        ("tomorrow 14:00", "Thu 2026-11-19 14:00"),
        ("Tomorrow at 2 pm", "Thu 2026-11-19 14:00"),
        ("tomorrow noon", "Thu 2026-11-19 12:00"),
        ("tomorrow afternoon", "Thu 2026-11-19 16:30"),
        ("yesterday 17:40", "Tue 2026-11-17 17:40"),
        ("next Tue 9:30", "Tue 2026-11-24 09:30"),
        ("next tuesday", "Tue 2026-11-24 09:30"),
        ("Fri", "Fri 2026-11-20 09:30"),
        ("this Friday 16:00", "Fri 2026-11-20 16:00"),
        ("Wed 9:30", "Wed 2026-11-25 09:30"),
        ("last Wed", "Wed 2026-11-11 09:30"),
        ("last Tue 8:15", "Tue 2026-11-17 08:15"),
        ("in 2 weeks", "Wed 2026-12-02 09:30"),
        ("in two weeks 16:00", "Wed 2026-12-02 16:00"),
        ("in 3 days", "Sat 2026-11-21 09:30"),
        ("in 90 minutes", "Wed 2026-11-18 10:37"),
        ("in an hour", "Wed 2026-11-18 10:07"),
        ("2 hours ago", "Wed 2026-11-18 07:07"),
        ("3 days ago", "Sun 2026-11-15 09:30"),
        ("next week", "Wed 2026-11-25 09:30"),
        ("27 Nov 2026 14:00", "Fri 2026-11-27 14:00"),
        ("Nov 27, 2026", "Fri 2026-11-27 09:30"),
        ("27/11/2026 14:00", "Fri 2026-11-27 14:00"),
        ("11/27/2026", "Fri 2026-11-27 09:30"),
        ("  tomorrow   14:00 ", "Thu 2026-11-19 14:00"),
    ],
)
def test_words_mean_one_moment(text: str, meant: str) -> None:
    assert read(text) == meant


@pytest.mark.parametrize(
    "text",
    [
        *("", "soon", "10", "14", "9", "Nov", "27 Nov", "27 November 14:00", "2026", "Tue 25:00"),
        *("tomorrow 9", "next", "in weeks", "in 2 months", "next Tuesday-ish", "2026-13-01"),
        *("in 9999 weeks", "14:00 tomorrow", "tomorrow 14:00+01:00", "\0", "x" * 5000, "Fri Tue"),
    ],
)
def test_what_has_no_one_meaning_is_refused_with_an_example(text: str) -> None:
    with pytest.raises(FieldError) as caught:
        read(text)
    assert caught.value.where == "--at"
    assert "2026-11-18T14:00" in caught.value.remedy
    assert len(caught.value.what) < 120


def test_a_date_with_two_readings_names_both() -> None:
    with pytest.raises(FieldError, match=r"could be 3 April 2026 or 4 March 2026"):
        read("03/04/2026")


def test_a_weekday_that_is_not_its_dates_is_refused() -> None:
    with pytest.raises(FieldError, match="is a Friday"):
        read("Tue 27 Nov 2026")


@pytest.mark.parametrize(
    ("text", "meant", "said"),
    [
        ("2026-03-08T02:30", "03:30", "does not exist"),
        ("2026-11-01T01:30", "01:30", "comes twice"),
    ],
)
def test_a_time_that_clocks_skip_or_repeat_is_taken_with_a_warning(
    text: str, meant: str, said: str
) -> None:
    warnings: list[str] = []
    found = moment_of(text, NOW, NEW_YORK, "--at", warnings.append)
    assert f"{found:%H:%M}" == meant
    assert len(warnings) == 1
    assert said in warnings[0]


def test_words_count_from_the_day_in_the_zone_asked_for() -> None:
    late = datetime(2026, 11, 19, 2, 0, tzinfo=UTC)  # still Wednesday evening in New York
    assert read("tomorrow 9:30", late) == "Thu 2026-11-19 09:30"


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("2026-11-25", "Wed 2026-11-25"),
        ("Friday", "Fri 2026-11-20"),
        ("next Friday", "Fri 2026-11-20"),
        ("in 2 weeks", "Wed 2026-12-02"),
        ("tomorrow", "Thu 2026-11-19"),
        ("4 Dec 2026", "Fri 2026-12-04"),
    ],
)
def test_words_mean_one_day(text: str, meant: str) -> None:
    assert day(text) == meant


@pytest.mark.parametrize(
    "text", ["", "4 Dec", "tomorrow 14:00", "1969-12-31", "in 2 hours", "03/04/2026"]
)
def test_what_is_no_one_day_is_refused(text: str) -> None:
    with pytest.raises(FieldError):
        day(text)


WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
DAYS = st.dates(date(1990, 1, 1), date(2090, 1, 1))


@given(DAYS, st.sampled_from(WEEKDAYS), st.sampled_from(("", "this ", "next ", "THIS ")))
def test_a_weekday_is_the_first_of_its_name_after_today(today: date, name: str, which: str) -> None:
    found = day_of(f"{which}{name}", today, "DATE")
    assert WEEKDAYS[found.weekday()] == name
    assert timedelta(0) < found - today <= timedelta(days=7)
    assert day_of(f"{which}{name[:3]}", today, "DATE") == found
    assert day_of(f"last {name}", today, "DATE") == found - timedelta(
        days=14 if found - today == timedelta(days=7) else 7
    )


@given(DAYS, st.times())
def test_iso_8601_is_read_as_it_is_written(day: date, clock: time) -> None:
    whole = datetime.combine(day, clock.replace(microsecond=0))
    found = moment_of(whole.isoformat(), NOW, zone("UTC"), "--at")
    assert found.replace(tzinfo=None) == whole


@given(st.text(max_size=40) | st.from_regex(r"(next|in|last) [a-z0-9 :/.-]{1,12}", fullmatch=True))
def test_any_text_is_a_moment_or_a_refusal(text: str) -> None:
    try:
        found = moment_of(text, NOW, NEW_YORK, "--at")
    except FieldError:
        return
    assert found.tzinfo is NEW_YORK


def test_an_hour_that_no_day_has_is_named() -> None:
    with pytest.raises(FieldError, match=r"25:00.* is outside the hours of a day"):
        read("tomorrow 25:00")
