"""Laws that hold for every plan, whatever the interview, the journal and the playbook."""

import os
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from itertools import pairwise
from pathlib import Path
from random import Random
from textwrap import dedent

import pytest
from hypothesis import given
from hypothesis import strategies as st

from icsgen.journal import Step
from icsgen.model import FollowUp, State, Status
from icsgen.rules import Playbook, Wait
from tests.planning.cases import (
    EARLY,
    FIRST,
    LAST,
    REPLY,
    SECOND,
    THANKS,
    Json,
    Planned,
    heard,
    plan_of,
    playbook,
    promised,
    sent,
    undone,
)
from tests.planning.random_cases import (
    FINAL,
    HALF_HOUR,
    RandomCase,
    random_case,
    random_journal,
    thrown,
)
from tests.planning.second_reading import BOOKS, Days

ROOT = Path(__file__).parents[2]
WAITING = (FIRST, SECOND, LAST)
ORDER = (Status.UPCOMING, Status.DUE, Status.OVERDUE, Status.MISSED)
TIED_TO_DATES = {"news", "undone"}

dice = st.randoms(use_true_random=False)
cases = dice.map(thrown)


def planned(case: RandomCase, *more: Json, book: Playbook | None = None) -> Planned:
    journal = [*case.interview["journal"], *more]
    return plan_of({**case.interview, "journal": journal}, book or case.playbook)


def after(case: RandomCase) -> datetime:
    """A moment later than the interview and all that is in its journal, on its own clock."""
    told = [entry["at"] for entry in case.interview["journal"]]
    return datetime.fromisoformat(max([case.interview["end"], *told])) + timedelta(hours=1)


def waiting(plan: Planned) -> Iterator[FollowUp]:
    """Open check-ins and close-outs that nobody has put off."""
    for follow_up in plan.plan.follow_ups:
        rules = {reason.rule for reason in follow_up.reasons}
        if follow_up.step in WAITING and follow_up.state is State.OPEN and "snooze" not in rules:
            yield follow_up


@given(cases, st.integers(0, 40))
def test_nothing_is_due_before_a_promise_has_passed(case: RandomCase, days: int) -> None:
    by = date.fromisoformat(case.interview["end"][:10]) + timedelta(days=days)
    plan = planned(case, promised(after(case).isoformat(), by.isoformat()))
    assert all(follow_up.due.date() > by for follow_up in waiting(plan))


@given(cases)
def test_no_check_in_is_due_on_a_day_off_or_on_one_to_avoid(case: RandomCase) -> None:
    days = Days(case.interview, BOOKS[case.playbook].avoids)
    for follow_up in waiting(planned(case)):
        assert days.contact(follow_up.due.date())
        assert f"{follow_up.due:%H:%M}" == "09:30"


@given(cases)
def test_two_messages_are_three_days_apart_or_one_after_the_thanks_on_a_promise(
    case: RandomCase,
) -> None:
    plan = planned(case)
    dated = [f for f in plan.plan.follow_ups if f.state is not State.SKIPPED and f.step != REPLY]
    for before, follow_up in pairwise(dated):
        if follow_up in waiting(plan):
            short = before.step is THANKS and is_replanned(follow_up)
            apart = follow_up.due.date() - counted_from(before)
            assert apart >= timedelta(days=1 if short else 3)


def is_replanned(follow_up: FollowUp) -> bool:
    """A check-in whose date comes from a promise, not from a wait."""
    return all(reason.rule != "wait" for reason in follow_up.reasons)


def counted_from(follow_up: FollowUp) -> date:
    if follow_up.state is State.SENT and follow_up.settled_at:
        return follow_up.settled_at.date()
    return follow_up.due.date()


longer = st.tuples(st.integers(0, 9), st.integers(0, 9), st.integers(0, 9))


@given(cases, st.sampled_from(WAITING), longer)
def test_a_longer_wait_never_gives_an_earlier_date(
    case: RandomCase, step: Step, more: tuple[int, int, int]
) -> None:
    # News is left out: whether it makes a step of its own depends on what is due next.
    journal = [entry for entry in case.interview["journal"] if entry["type"] not in TIED_TO_DATES]
    case = replace(case, interview={**case.interview, "journal": journal})
    book = playbook(case.playbook)
    rule = book.steps[step]
    patient = rule._replace(
        wait=lengthened(rule.wait, more),
        when=tuple(one._replace(wait=lengthened(one.wait, more)) for one in rule.when),
    )
    usual = planned(case)
    later = planned(case, book=book._replace(steps={**book.steps, step: patient}))
    assert all(later[one].due >= usual[one].due for one in WAITING)


def lengthened(wait: Wait, more: tuple[int, int, int]) -> Wait:
    """Each part longer or as long as before, and still in order."""
    earliest, preferred = wait.earliest + more[0], wait.preferred + more[1]
    preferred = max(earliest, preferred)
    return Wait(preferred, earliest, max(preferred, wait.latest + more[2]), wait.business)


@given(cases)
def test_there_are_never_more_than_two_check_ins_and_one_close_out(case: RandomCase) -> None:
    count = Counter(planned(case).steps)
    assert [count[step] for step in (THANKS, *WAITING)] == [1] * 4
    assert max(count[EARLY], count[REPLY]) <= 1


@given(cases, st.sampled_from(FINAL), dice)
def test_nothing_opens_again_after_a_final_outcome(
    case: RandomCase, outcome: str, dice: Random
) -> None:
    at = after(case)
    later = [one for one in random_journal(at + HALF_HOUR, dice) if one["type"] != "undone"]
    plan = planned(case, heard(outcome, at.isoformat()), *later)
    still_open = {step for step in plan.steps if plan[step].state is State.OPEN}
    assert still_open <= ({REPLY, THANKS} if outcome == "posting-removed" else {REPLY})


@given(cases)
def test_a_window_opens_before_it_is_due_and_closes_after(case: RandomCase) -> None:
    # A date that the file itself records may be any; so may a sending before the interview's end.
    journal = [{**entry} for entry in case.interview["journal"]]
    for entry in journal:
        entry.pop("due", None)
        entry["at"] = max(entry["at"], case.interview["end"])
    plan = plan_of({**case.interview, "journal": journal}, case.playbook)
    for follow_up in plan.plan.follow_ups:
        window = [follow_up.opens, follow_up.due, follow_up.closes]
        assert window == sorted(window, key=lambda moment: moment.astimezone(UTC)), follow_up.step


@given(cases)
def test_a_status_only_moves_on(case: RandomCase) -> None:
    plan = planned(case)
    begin = plan.plan.interview.start.astimezone(UTC)
    for follow_up in plan.plan.follow_ups:
        seen = [follow_up.status(begin + timedelta(hours=7 * number)) for number in range(400)]
        if follow_up.state is State.OPEN:
            assert seen == sorted(seen, key=ORDER.index)
        else:
            assert {*seen} == {Status(follow_up.state.value)}


@given(cases, dice)
def test_undoing_the_last_entry_gives_the_earlier_plan(case: RandomCase, dice: Random) -> None:
    at = after(case)
    entry = next((one for one in random_journal(at, dice) if one["type"] != "undone"), None)
    entry = entry or sent(FIRST, at.isoformat())
    position = len(case.interview["journal"])
    undoing = undone(position, at.isoformat())
    assert planned(case, entry, undoing).plan.follow_ups == planned(case).plan.follow_ups


@given(cases, dice)
def test_entries_take_effect_by_their_moment_wherever_they_stand_in_the_file(
    case: RandomCase, dice: Random
) -> None:
    journal = [entry for entry in case.interview["journal"] if entry["type"] != "undone"]
    journal = list({entry["at"]: entry for entry in journal}.values())
    shuffled = dice.sample(journal, len(journal))
    first, second = (
        plan_of({**case.interview, "journal": told}, case.playbook) for told in (journal, shuffled)
    )
    assert first.plan.follow_ups == second.plan.follow_ups


PRINT_PLANS = """
    import time
    from hashlib import sha256

    import holidays  # reads the clock as it loads

    from tests.planning.cases import plan_of
    from tests.planning.random_cases import random_case

    def no_clock(*arguments):
        raise AssertionError("the clock was read")

    for name in ("time", "time_ns", "monotonic", "localtime", "gmtime"):
        setattr(time, name, no_clock)
    digest = sha256()
    for case in map(random_case, range(150)):
        digest.update(repr(plan_of(case.interview, case.playbook)).encode())
    print(digest.hexdigest())
"""


@pytest.mark.parametrize(
    "machine",
    [
        {"TZ": "Pacific/Kiritimati", "LC_ALL": "tr_TR.UTF-8", "PYTHONHASHSEED": "1"},
        {"TZ": "America/Los_Angeles", "LC_ALL": "C", "PYTHONHASHSEED": "4711"},
    ],
    ids=["far east", "far west"],
)
def test_the_same_input_gives_the_same_plan_on_another_machine(machine: dict[str, str]) -> None:
    done = subprocess.run(
        [sys.executable, "-c", dedent(PRINT_PLANS)],
        cwd=ROOT,
        env={**os.environ, "PYTHONUTF8": "1", "LANGUAGE": "", **machine},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.stdout.strip() == digest_here(), done.stderr


def digest_here() -> str:
    digest = sha256()
    for case in map(random_case, range(150)):
        digest.update(repr(plan_of(case.interview, case.playbook)).encode())
    return digest.hexdigest()
