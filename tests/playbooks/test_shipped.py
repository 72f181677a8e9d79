"""The six playbooks that ship hold the figures of the rules, each with where it comes from."""

import re
from datetime import time
from pathlib import Path

import pytest

from icsgen import playbooks
from icsgen.model import Channel, Step
from icsgen.playbooks.table import is_point
from icsgen.rules import Avoid, Cite, Playbook

NAMES = ("balanced", "one-week", "thorough", "tuesday", "business-days", "industry")
CHECK_INS = (Step.FIRST_CHECK_IN, Step.SECOND_CHECK_IN, Step.CLOSE_OUT)

# hours, hours after strong rapport, one per person; the waits; the avoided days
TABLE = {
    "one-week": ((24, 24, False), ("7 days", "7 days", "7 days silent"), set()),
    "thorough": (
        (48, 24, False),
        ("7 days", "7 (7-14) days", "14 days"),
        {Avoid.BRIDGE_DAY, Avoid.YEAR_END},
    ),
    "tuesday": (
        (24, 24, False),
        ("7 days", "3 business days", "7 days silent"),
        {Avoid.WEEK_START},
    ),
    "business-days": ((24, 24, True), ("4 (4-5) business days",) * 3, set()),
    "industry": (
        (48, 48, False),
        ("10 (7-14) days", "7 days phone", "14 days silent"),
        set(),
    ),
    "balanced": (
        (48, 24, True),
        ("5 business days", "5 business days", "10 business days"),
        {Avoid.WEEK_START, Avoid.BRIDGE_DAY, Avoid.YEAR_END},
    ),
}

FIRST_CHECK_IN_CASES = {
    "one-week": {},
    "thorough": {"slow": "10 (10-14) days", "large": "14 days"},
    "tuesday": {},
    "business-days": {},
    "industry": {
        "tech": "7 days",
        "startup": "7 days",
        "corporate": "21 (14-28) days",
        "government": "28 (21-35) days",
    },
    "balanced": {
        "corporate": "10 business days",
        "government": "15 business days",
        "slow": "10 business days",
        "large": "10 business days",
    },
}

SOURCES = {
    "one-week": {
        "hours": "A0.3",
        "strong_hours": "A0.3",
        "first_check_in": "A0.4",
        "second_check_in": "A0.6",
        "close_out": "A0.7",
        "close_out message": "A0.7",
    },
    "thorough": {
        "hours": "A1.5",
        "strong_hours": "A1.5",
        "first_check_in": "A1.3",
        "first_check_in slow": "A1.3",
        "first_check_in large": "A1.3",
        "second_check_in": "A1.6",
        "close_out": "A1.7",
        "close_out message": "A1.7",
        "bridge-day": "ours",
        "year-end": "ours",
    },
    "tuesday": {
        "hours": "ours",
        "strong_hours": "ours",
        "first_check_in": "A2.2",
        "second_check_in": "ours",
        "close_out": "ours",
        "close_out message": "ours",
        "week-start": "A2.3",
    },
    "business-days": {
        "hours": "ours",
        "strong_hours": "ours",
        "per_person": "A3.1",
        "first_check_in": "A3.3",
        "second_check_in": "A3.4",
        "close_out": "ours",
        "close_out message": "A3.6",
    },
    "industry": {
        "hours": "A4.1",
        "strong_hours": "A4.1",
        "first_check_in": "A4.2",
        "first_check_in tech": "A4.5",
        "first_check_in startup": "A4.5",
        "first_check_in corporate": "ours",
        "first_check_in government": "ours",
        "second_check_in": "A4.6",
        "second_check_in channel": "A4.6",
        "close_out": "ours",
        "close_out message": "ours",
    },
    "balanced": {
        "hours": "A1.5",
        "strong_hours": "A1.5",
        "per_person": "A3.1",
        "first_check_in": "ours",
        "first_check_in corporate": "ours",
        "first_check_in government": "ours",
        "first_check_in slow": "ours",
        "first_check_in large": "ours",
        "second_check_in": "ours",
        "close_out": "ours",
        "close_out message": "ours",
        "week-start": "A2.3",
        "bridge-day": "ours",
        "year-end": "ours",
    },
}


def waits(playbook: Playbook) -> tuple[str, ...]:
    rules = [playbook.steps[step] for step in CHECK_INS]
    return tuple(
        f"{rule.wait}{'' if rule.message else ' silent'}"
        f"{f' {rule.channel}' if rule.channel else ''}"
        for rule in rules
    )


def cites(playbook: Playbook) -> dict[str, Cite]:
    """Every figure that the playbook states, and where it comes from."""
    thanks = playbook.thank_you
    found = {"hours": thanks.hours_cite, "strong_hours": thanks.strong_cite}
    if thanks.per_person:
        found["per_person"] = thanks.per_person_cite
    for step in CHECK_INS:
        rule = playbook.steps[step]
        found[step.value] = rule.cite
        found |= {f"{step} {case.value}": case.cite for case in rule.when}
        if step is Step.CLOSE_OUT:
            found[f"{step} message"] = rule.message_cite
        if rule.channel:
            found[f"{step} channel"] = rule.channel_cite
    return found | {kind.value: cite for kind, cite in playbook.avoid.items()}


def test_six_playbooks_ship_and_the_default_comes_first() -> None:
    assert playbooks.shipped() == NAMES
    assert playbooks.DEFAULT == "balanced"
    files = Path(playbooks.__file__).parent.glob("*.toml")
    assert {file.stem for file in files} == {*NAMES, "advice"}


@pytest.mark.parametrize("name", NAMES)
def test_a_playbook_holds_the_figures_of_the_rules(name: str) -> None:
    playbook = playbooks.load(name)
    thanks = playbook.thank_you
    figures = (thanks.hours, thanks.strong_hours, thanks.per_person)
    assert (figures, waits(playbook), set(playbook.avoid)) == TABLE[name]
    assert (playbook.morning, playbook.afternoon) == (time(9, 30), time(16, 30))
    assert playbook.name == name


@pytest.mark.parametrize("name", NAMES)
def test_only_the_first_check_in_differs_from_employer_to_employer(name: str) -> None:
    steps = playbooks.load(name).steps
    first = {case.value: str(case.wait) for case in steps[Step.FIRST_CHECK_IN].when}
    assert first == FIRST_CHECK_IN_CASES[name]
    assert steps[Step.SECOND_CHECK_IN].when == steps[Step.CLOSE_OUT].when == ()


@pytest.mark.parametrize("name", NAMES)
def test_a_figure_names_the_point_that_states_it_or_says_why_it_is_ours(name: str) -> None:
    found = cites(playbooks.load(name))
    assert {figure: cite.source for figure, cite in found.items()} == SOURCES[name]
    for figure, cite in found.items():
        assert is_point(cite.source) or cite.because, figure
        assert "your own playbook" not in cite.because, figure


@pytest.mark.parametrize("name", NAMES)
def test_a_reason_names_only_points_that_exist(name: str) -> None:
    playbook = playbooks.load(name)
    reasons = [cite.because for cite in (*cites(playbook).values(), playbook.slots_cite)]
    named = [point for reason in reasons for point in re.findall(r"\bA\d\.\d+\w?", reason)]
    assert all(is_point(point) for point in named), named


def test_the_phone_is_for_the_second_check_in_of_industry_alone() -> None:
    by_phone = {
        (name, step)
        for name in NAMES
        for step, rule in playbooks.load(name).steps.items()
        if rule.channel is Channel.PHONE
    }
    assert by_phone == {("industry", Step.SECOND_CHECK_IN)}
