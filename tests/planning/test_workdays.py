"""Workdays, week starts, bridge days and the year's end, from tables made by hand."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from icsgen.errors import OutOfRange
from icsgen.planning.workdays import SATURDAY_SUNDAY, Workdays, YearTable

FRIDAY_SATURDAY = frozenset({4, 5})


def year(
    *holidays: str,
    weekend: frozenset[int] = SATURDAY_SUNDAY,
    worked: tuple[str, ...] = (),
) -> YearTable:
    return YearTable(
        weekend=dict.fromkeys(range(1, 13), weekend),
        holidays={date.fromisoformat(day): "a holiday" for day in holidays},
        worked=frozenset(map(date.fromisoformat, worked)),
    )


US = Workdays(
    years={
        2026: year("2026-11-11", "2026-11-26", "2026-12-25"),
        2027: year("2027-01-01", "2027-12-24", "2027-12-25"),
    },
    place="United States",
)
EGYPT = Workdays(years={2026: year("2026-10-06", weekend=FRIDAY_SATURDAY)}, place="Egypt")
CHINA = Workdays(years={2026: year("2026-10-01", worked=("2026-10-10",))}, place="China")


def day(text: str) -> date:
    return date.fromisoformat(f"2026-{text}")


@pytest.mark.parametrize(
    ("days", "on", "worked"),
    [
        (US, "11-10", True),
        (US, "11-11", False),  # a holiday
        (US, "11-14", False),  # a Saturday
        (EGYPT, "11-13", False),  # a Friday
        (EGYPT, "11-15", True),  # a Sunday
        (EGYPT, "10-06", False),
        (CHINA, "10-10", True),  # a Saturday worked by decree
        (CHINA, "10-11", False),
    ],
)
def test_a_workday_is_one_that_the_country_works(days: Workdays, on: str, worked: bool) -> None:
    assert days.is_workday(day(on)) is worked


def test_a_week_starts_after_a_weekend_day_by_nature() -> None:
    assert US.is_week_start(day("11-16"))
    assert not US.is_week_start(day("11-12"))  # a holiday the day before is no weekend
    assert EGYPT.is_week_start(day("11-15"))
    assert not EGYPT.is_week_start(day("11-16"))


def test_a_weekend_day_worked_by_decree_starts_no_week_and_does_not_move_the_start() -> None:
    assert not CHINA.is_week_start(day("10-10"))
    assert not CHINA.is_week_start(day("10-11"))
    assert CHINA.is_week_start(day("10-12"))


def test_a_week_start_stays_one_on_a_holiday() -> None:
    labor_day = Workdays(years={2026: year("2026-09-07")})
    assert labor_day.is_week_start(day("09-07"))
    assert not labor_day.is_week_start(day("09-08"))


def test_a_bridge_day_is_a_workday_between_two_that_are_not() -> None:
    assert US.is_bridge_day(day("11-27"))  # Thanksgiving before, a Saturday after
    assert not US.is_bridge_day(day("11-26"))
    assert not US.is_bridge_day(day("11-28"))
    assert not US.is_bridge_day(day("11-10"))
    assert not US.is_bridge_day(day("11-12"))


def test_a_closed_day_makes_a_bridge_day_too() -> None:
    days = Workdays(years=US.years, closed=((day("11-12"), day("11-12")),))
    assert days.is_bridge_day(day("11-13"))


@pytest.mark.parametrize(
    ("on", "year_end"),
    [
        ("2026-12-23", False),
        ("2026-12-24", True),
        ("2026-12-31", True),
        ("2027-01-01", True),
        ("2027-01-02", False),
        ("2026-11-24", False),
    ],
)
def test_the_year_ends_from_christmas_eve_to_new_year_s_day(on: str, year_end: bool) -> None:
    assert US.is_year_end(date.fromisoformat(on)) is year_end


def test_there_is_no_year_s_end_where_christmas_is_no_holiday() -> None:
    assert not EGYPT.is_year_end(day("12-28"))
    assert not CHINA.is_year_end(day("12-31"))


def test_new_year_s_day_looks_at_the_christmas_before() -> None:
    days = Workdays(years={2026: year(), 2027: year("2027-12-25")})
    assert not days.is_year_end(date(2027, 1, 1))
    assert days.is_year_end(date(2027, 12, 24))


def test_closed_days_hold_from_the_first_to_the_last_and_beat_a_decree() -> None:
    days = Workdays(years=CHINA.years, closed=((day("10-09"), day("10-12")),))
    off = [number for number in range(8, 15) if not days.is_workday(day(f"10-{number:02}"))]
    assert off == [9, 10, 11, 12]


def test_a_weekend_of_ones_own_moves_the_week_start_and_keeps_the_holidays() -> None:
    days = Workdays(years=US.years, weekend=frozenset({6}))
    assert days.is_workday(day("11-14"))
    assert not days.is_workday(day("11-15"))
    assert not days.is_workday(day("11-26"))
    assert days.is_week_start(day("11-16"))


def test_a_decree_moves_the_country_s_weekend_and_no_weekend_of_ones_own() -> None:
    days = Workdays(years=CHINA.years, weekend=frozenset({5}))
    assert not days.is_workday(day("10-10"))
    assert days.is_workday(day("10-11"))


def test_a_search_for_a_workday_ends() -> None:
    every_day = Workdays(closed=((date(2020, 1, 1), date(2040, 1, 1)),))
    with pytest.raises(OutOfRange, match="closed: too few workdays within three years of 2026"):
        every_day.nth_workday(day("11-10"), 1)


def test_a_weekend_may_change_with_the_month() -> None:
    weekends = dict.fromkeys(range(1, 6), FRIDAY_SATURDAY) | dict.fromkeys(
        range(6, 13), SATURDAY_SUNDAY
    )
    days = Workdays(years={2026: YearTable(weekends, {})})
    assert [days.is_workday(day(f"05-{n}")) for n in (29, 30, 31)] == [False, False, True]
    assert [days.is_workday(day(f"06-0{n}")) for n in (5, 6, 7)] == [True, False, False]


def test_without_a_country_weekends_alone_are_off_in_any_year() -> None:
    days = Workdays()
    assert days.is_workday(date(2026, 12, 25))
    assert not days.is_workday(date(1066, 10, 14))  # a Saturday
    assert not days.is_year_end(date(2026, 12, 25))


def test_a_year_without_a_table_is_named_with_the_place_and_what_is_known() -> None:
    with pytest.raises(OutOfRange) as caught:
        US.is_workday(date(2028, 3, 1))
    assert caught.value.where == "United States"
    assert "2028-03-01 (known years: 2026 to 2027)" in caught.value.what
    with pytest.raises(OutOfRange, match="known years: none"):
        Workdays(years={}).is_workday(date(2028, 3, 1))


@pytest.mark.parametrize(
    ("count", "on"), [(1, "11-12"), (2, "11-13"), (3, "11-16"), (5, "11-18"), (11, "11-27")]
)
def test_business_days_are_counted_from_the_day_after(count: int, on: str) -> None:
    assert US.nth_workday(day("11-10"), count) == day(on)


DATES = st.dates(date(2026, 1, 1), date(2027, 6, 30))


@given(DATES, st.integers(1, 60))
def test_between_a_day_and_its_nth_workday_lie_just_n(base: date, count: int) -> None:
    end = US.nth_workday(base, count)
    days = [base + timedelta(days=n + 1) for n in range((end - base).days)]
    assert sum(map(US.is_workday, days)) == count
    assert US.is_workday(end)


@given(DATES)
def test_every_day_answers_the_same_twice(on: date) -> None:
    assert US.is_workday(on) == Workdays(years=US.years).is_workday(on) == US.is_workday(on)
