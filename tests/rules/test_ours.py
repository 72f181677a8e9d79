"""What no article states: figures of our own, each with a test named for its playbook and its key.

The usual interview ends on Tue 2026-11-10 at 15:00; Wed 11-11 is Veterans Day, Thu 11-26
Thanksgiving.
"""

from collections.abc import Mapping

from icsgen.journal import Step
from icsgen.model import Channel
from icsgen.rules import Playbook
from tests.planning.cases import FIRST, LAST, SECOND, THANKS, Planned, plan_for

Books = Mapping[str, Playbook]

FRIDAY = {"start": "2026-11-13T14:00", "end": "2026-11-13T15:00"}
BEFORE_THANKSGIVING = {"start": "2026-11-19T14:00", "end": "2026-11-19T15:00"}
BEFORE_CHRISTMAS = {"start": "2026-12-21T14:00", "end": "2026-12-21T15:00"}


def assert_waits(planned: Planned, step: Step, opens: str, due: str, words: str) -> None:
    assert planned.opens(step) == f"{opens} 00:00"
    assert planned.on(step) == due
    wait = planned.reason(step, "wait")
    assert wait.source == "ours"
    assert f"Count {words}" in wait.text


def test_ours_slots_morning_is_half_past_nine_in_every_playbook(books: Books) -> None:
    for book in books.values():
        assert plan_for(book).due(FIRST).endswith(" 09:30")


def test_ours_slots_afternoon_is_half_past_four_in_every_playbook(books: Books) -> None:
    for book in books.values():
        assert plan_for(book, **FRIDAY).due(THANKS) == "Fri 11-13 16:30"


# balanced


def test_ours_balanced_avoid_bridge_day_skips_the_friday_after_thanksgiving(books: Books) -> None:
    planned = plan_for(books["balanced"], promised="2026-11-25")
    assert planned.on(FIRST) == "Tue 12-01"
    assert "Friday 27 November is a bridge day" in planned.why(FIRST)


def test_ours_balanced_avoid_year_end_leaves_the_days_after_christmas_out(books: Books) -> None:
    # Five business days: 22, 23, 24, 28, 29 December; Mon 01-04 starts a week.
    assert plan_for(books["balanced"], **BEFORE_CHRISTMAS).on(FIRST) == "Tue 01-05"


def test_ours_balanced_first_check_in_wait_is_five_business_days(books: Books) -> None:
    planned = plan_for(books["balanced"])
    assert_waits(planned, FIRST, "Wed 11-18", "Wed 11-18", "5 business days from")


def test_ours_balanced_first_check_in_corporate_waits_ten_business_days(books: Books) -> None:
    # 12, 13, 16 to 20, 23 to 25 November.
    planned = plan_for(books["balanced"], industry="corporate")
    assert_waits(planned, FIRST, "Wed 11-25", "Wed 11-25", "10 business days from")


def test_ours_balanced_first_check_in_government_waits_fifteen_business_days(books: Books) -> None:
    # Ten are Wed 11-25; then the 27th, 30th, and 1, 2, 3 December.
    planned = plan_for(books["balanced"], industry="government")
    assert_waits(planned, FIRST, "Thu 12-03", "Thu 12-03", "15 business days from")


def test_ours_balanced_first_check_in_slow_waits_ten_business_days(books: Books) -> None:
    planned = plan_for(books["balanced"], pace="slow")
    assert_waits(planned, FIRST, "Wed 11-25", "Wed 11-25", "10 business days from")


def test_ours_balanced_first_check_in_large_waits_ten_business_days(books: Books) -> None:
    planned = plan_for(books["balanced"], size="large")
    assert_waits(planned, FIRST, "Wed 11-25", "Wed 11-25", "10 business days from")


def test_ours_balanced_second_check_in_wait_is_five_business_days(books: Books) -> None:
    planned = plan_for(books["balanced"])
    assert_waits(planned, SECOND, "Wed 11-25", "Wed 11-25", "5 business days from")


def test_ours_balanced_close_out_wait_is_ten_business_days(books: Books) -> None:
    # 27, 30 November, then 1 to 4 and 7 to 10 December.
    planned = plan_for(books["balanced"])
    assert_waits(planned, LAST, "Thu 12-10", "Thu 12-10", "10 business days from")


def test_ours_balanced_close_out_message_leaves_a_door_open(books: Books) -> None:
    planned = plan_for(books["balanced"])
    assert planned[LAST].channel is Channel.EMAIL
    assert planned.to(LAST) == ["Ann"]


# business-days


def test_ours_business_days_thank_you_hours_are_24(books: Books) -> None:
    assert plan_for(books["business-days"]).closes(THANKS) == "Wed 11-11 15:00"


def test_ours_business_days_thank_you_strong_hours_are_24(books: Books) -> None:
    planned = plan_for(books["business-days"], rapport="strong")
    assert planned.closes(THANKS) == "Wed 11-11 15:00"


def test_ours_business_days_close_out_wait_is_four_to_five_business_days(books: Books) -> None:
    # Four after Mon 11-23: 24, 25, 27, 30.
    planned = plan_for(books["business-days"])
    assert_waits(planned, LAST, "Mon 11-30", "Mon 11-30", "4 business days (4 to 5")


# industry


def test_ours_industry_first_check_in_corporate_waits_two_to_four_weeks(books: Books) -> None:
    planned = plan_for(books["industry"], industry="corporate")
    assert_waits(planned, FIRST, "Tue 11-24", "Tue 12-01", "21 days (14 to 28")


def test_ours_industry_first_check_in_government_waits_three_to_five_weeks(books: Books) -> None:
    planned = plan_for(books["industry"], industry="government")
    assert_waits(planned, FIRST, "Tue 12-01", "Tue 12-08", "28 days (21 to 35")


def test_ours_industry_close_out_wait_is_two_weeks(books: Books) -> None:
    planned = plan_for(books["industry"])
    assert_waits(planned, LAST, "Fri 12-11", "Fri 12-11", "14 days from")


def test_ours_industry_close_out_message_is_none(books: Books) -> None:
    planned = plan_for(books["industry"])
    assert planned[LAST].channel is None
    assert planned.to(LAST) == []


# thorough


def test_ours_thorough_avoid_bridge_day_skips_the_friday_after_thanksgiving(books: Books) -> None:
    assert plan_for(books["thorough"], **BEFORE_THANKSGIVING).on(FIRST) == "Mon 11-30"


def test_ours_thorough_avoid_year_end_leaves_the_days_after_christmas_out(books: Books) -> None:
    assert plan_for(books["thorough"], **BEFORE_CHRISTMAS).on(FIRST) == "Mon 01-04"


# tuesday


def test_ours_tuesday_thank_you_hours_are_24(books: Books) -> None:
    assert plan_for(books["tuesday"]).closes(THANKS) == "Wed 11-11 15:00"


def test_ours_tuesday_thank_you_strong_hours_are_24(books: Books) -> None:
    assert plan_for(books["tuesday"], rapport="strong").closes(THANKS) == "Wed 11-11 15:00"


def test_ours_tuesday_second_check_in_wait_is_three_business_days(books: Books) -> None:
    planned = plan_for(books["tuesday"])
    assert_waits(planned, SECOND, "Fri 11-20", "Fri 11-20", "3 business days from")


def test_ours_tuesday_close_out_wait_is_a_week(books: Books) -> None:
    # A week after Fri 11-20: the day after Thanksgiving is a workday, and not avoided here.
    planned = plan_for(books["tuesday"])
    assert_waits(planned, LAST, "Fri 11-27", "Fri 11-27", "7 days from")


def test_ours_tuesday_close_out_message_is_none(books: Books) -> None:
    planned = plan_for(books["tuesday"])
    assert planned[LAST].channel is None
    assert planned.to(LAST) == []
