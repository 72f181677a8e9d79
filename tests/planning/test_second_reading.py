"""The plan against a second reading of the same text, on made-up interviews and journals."""

from datetime import UTC

import pytest

from icsgen.model import FollowUp
from tests.planning.cases import Json, plan_of
from tests.planning.random_cases import RandomCase, random_case
from tests.planning.second_reading import second_reading


def first_reading(case: RandomCase) -> list[Json]:
    """The plan, as rows of plain values."""

    def row(follow_up: FollowUp) -> Json:
        channel = follow_up.channel
        return {
            "step": follow_up.step.value,
            "opens": follow_up.opens.astimezone(UTC),
            "due": follow_up.due.astimezone(UTC),
            "closes": follow_up.closes.astimezone(UTC),
            "status": follow_up.status(case.now).value,
            "channel": channel.value if channel else None,
            "recipients": [person.name for person in follow_up.recipients],
        }

    return [row(follow_up) for follow_up in plan_of(case.interview, case.playbook).plan.follow_ups]


def differing(first: int, count: int) -> list[int]:
    cases = map(random_case, range(first, first + count))
    return [
        case.number
        for case in cases
        if first_reading(case) != second_reading(case.interview, case.playbook, case.now)
    ]


def test_two_readings_of_the_rules_give_the_same_plans() -> None:
    assert differing(0, 600) == []


@pytest.mark.slow
def test_two_readings_of_the_rules_give_the_same_twelve_thousand_plans() -> None:
    assert differing(600, 12_000) == []
