"""Contact days: workdays that the playbook does not avoid.

Above the tests stands the sentence of the rules that they hold the plan to.
What a workday is stands in ``test_workdays.py``.
"""

from tests.planning.cases import FIRST, LAST, SECOND, plan_for, sent

ISRAEL = {"timezone": "Asia/Jerusalem", "country": "IL"}
EGYPT = {"timezone": "Africa/Cairo", "country": "EG"}
CHINA = {"timezone": "Asia/Shanghai", "country": "CN"}
BEFORE_CHRISTMAS = {"start": "2026-12-21T14:00", "end": "2026-12-21T15:00"}


def on(day: str) -> dict[str, str]:
    return {"start": f"{day}T14:00", "end": f"{day}T15:00"}


# The text: "*Week start*: a day that is by nature no weekend day right after one that is"


def test_a_week_starts_on_monday_mostly() -> None:
    assert plan_for("tuesday", **on("2026-11-09")).on(FIRST) == "Tue 11-17"


def test_a_week_starts_on_sunday_in_israel() -> None:
    assert plan_for("tuesday", **on("2026-11-08"), **ISRAEL).on(FIRST) == "Mon 11-16"
    assert plan_for("tuesday", **on("2026-11-09"), **ISRAEL).on(FIRST) == "Mon 11-16"


def test_a_week_starts_after_the_persons_own_weekend() -> None:
    planned = plan_for("tuesday", **on("2026-11-08"), weekend=["fri", "sat"])
    assert planned.on(FIRST) == "Mon 11-16"
    assert plan_for("tuesday", **on("2026-11-09"), weekend=["fri", "sat"]).on(FIRST) == "Mon 11-16"


def test_a_tuesday_after_a_monday_off_does_not_start_a_week() -> None:
    # Monday 2026-09-07 is Labor Day.
    assert plan_for("tuesday", **on("2026-08-31")).on(FIRST) == "Tue 09-08"


# The text: "*Workday* … its own weekend: Friday and Saturday in Egypt … worked by decree count"


def test_friday_and_saturday_are_no_contact_days_in_egypt() -> None:
    assert plan_for("one-week", **on("2026-11-06"), **EGYPT).on(FIRST) == "Sun 11-15"


def test_a_saturday_worked_by_decree_is_a_contact_day_in_china() -> None:
    # 14 February 2026 is worked in exchange for the Spring Festival, from the 15th to the 23rd.
    assert plan_for("one-week", **on("2026-02-07"), **CHINA).on(FIRST) == "Sat 02-14"


def test_a_decree_does_not_touch_a_weekend_that_the_person_named() -> None:
    planned = plan_for("one-week", **on("2026-02-07"), **CHINA, weekend=["sat", "sun"])
    assert planned.on(FIRST) == "Tue 02-24"


def test_the_holidays_of_the_subdivision_count() -> None:
    # Epiphany is a holiday in Bavaria, and a plain Tuesday in Berlin.
    week_before = {**on("2025-12-30"), "timezone": "Europe/Berlin", "country": "DE"}
    assert plan_for("one-week", **week_before, subdivision="BY").on(FIRST) == "Wed 01-07"
    assert plan_for("one-week", **week_before, subdivision="BE").on(FIRST) == "Tue 01-06"


# The text: "*bridge days* (a workday between two days that are not)"


def test_a_day_between_a_holiday_and_a_weekend_is_a_bridge_day() -> None:
    assert plan_for("thorough", promised="2026-11-25").on(FIRST) == "Mon 11-30"


def test_a_day_between_a_holiday_and_a_closed_day_is_a_bridge_day() -> None:
    # Veterans Day, then a Thursday, then a closed Friday.
    planned = plan_for("thorough", promised="2026-11-11", closed=["2026-11-13"])
    assert planned.on(FIRST) == "Mon 11-16"
    assert "Thursday 12 November is a bridge day" in planned.why(FIRST)


def test_two_days_between_a_holiday_and_a_weekend_are_none() -> None:
    # Thursday and Friday after Veterans Day; the thank-you went out on the day itself.
    journal = sent(FIRST, "2026-11-05")
    assert plan_for("thorough", journal, **on("2026-11-04")).on(SECOND) == "Thu 11-12"


# The text: "*year's end* (24 December to 1 January, where 25 December is a holiday)"


def test_the_years_end_is_avoided_from_christmas_eve_to_new_years_day() -> None:
    assert plan_for("thorough", promised="2026-12-22").on(FIRST) == "Wed 12-23"
    assert plan_for("thorough", promised="2026-12-23").on(FIRST) == "Mon 01-04"


def test_new_years_day_belongs_to_the_year_that_ended() -> None:
    # In Chile the 2nd of January 2027 is a Saturday, so that the 4th comes next.
    chile = {"timezone": "America/Santiago", "country": "CL"}
    planned = plan_for("thorough", promised="2026-12-30", **chile)
    assert planned.on(FIRST) == "Mon 01-04"


def test_the_years_end_is_like_any_other_week_where_christmas_is_no_holiday() -> None:
    assert plan_for("thorough", **BEFORE_CHRISTMAS, **ISRAEL).on(FIRST) == "Mon 12-28"
    assert plan_for("thorough", **BEFORE_CHRISTMAS, **EGYPT).on(FIRST) == "Mon 12-28"


def test_the_years_end_is_like_any_other_week_where_no_country_is_known() -> None:
    assert plan_for("thorough", **BEFORE_CHRISTMAS, country=None).on(FIRST) == "Mon 12-28"


# The text: "Avoiding concerns check-ins and close-outs only."


def test_a_close_out_avoids_the_same_days() -> None:
    journal = (sent(FIRST, "2026-11-10T17:00"), sent(SECOND, "2026-12-11"))
    # Two weeks after Fri 12-11 is Christmas Day.
    assert plan_for("thorough", *journal).on(LAST) == "Mon 01-04"


def test_why_days_were_passed_over_is_said_day_by_day() -> None:
    why = plan_for("balanced", promised="2026-11-25").why(FIRST)
    for words in ("Thanksgiving", "Friday 27 November is a bridge day", "Monday 30 November"):
        assert words in why
