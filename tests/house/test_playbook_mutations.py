"""Each figure of each shipped playbook has a test named for it, which fails when it changes.

A figure with ``source = "A3.3"`` belongs to the tests whose names begin with ``test_a3_3_``; one
that carries only ``because`` to those that begin with ``test_ours_``, the playbook's name and the
figure's (for the slots, which all playbooks share, without the playbook's). Each number is changed
by one, up and down, and each rule is removed in turn; then the tests named for it are called with
the changed playbook, here and now.
"""

import re
import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import time
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

import icsgen.playbooks
from icsgen.journal import Step
from icsgen.playbooks import load, shipped
from icsgen.playbooks.advice import executed
from icsgen.rules import Avoid, Playbook, StepRule, Wait, WaitCase
from tests.planning.cases import playbooks
from tests.rules import test_a0, test_a1, test_a2, test_a3, test_a4, test_ours

Books = Mapping[str, Playbook]
Law = Callable[[Books], None]

MODULES: tuple[ModuleType, ...] = (test_a0, test_a1, test_a2, test_a3, test_a4, test_ours)
LAWS: dict[str, Law] = {
    name: law
    for module in MODULES
    for name, law in vars(module).items()
    if name.startswith("test_")
}
FOLDER = Path(icsgen.playbooks.__file__).parent
NO_FIGURES = {"name", "title", "avoid_source", "avoid_because", "source", "because"}
ABOUT_A_CASE = {"industry", "pace", "size"}


@dataclass(frozen=True)
class Figure:
    """A value in a playbook's file and where it comes from."""

    book: str
    table: str
    key: str
    source: str | None
    """None: a choice of ours."""

    def __str__(self) -> str:
        return f"{self.book}: {self.table}.{self.key}"

    @property
    def prefixes(self) -> tuple[str, ...]:
        """How the names of its tests begin."""
        if self.source:
            return (f"test_{self.source.lower().replace('.', '_')}_",)
        own, shared = f"{self.book}_{self.table}_{self.key}", f"{self.table}_{self.key}"
        return tuple(f"test_ours_{re.sub(r'[^a-z]', '_', name)}_" for name in (own, shared))

    @property
    def laws(self) -> list[Law]:
        return [law for name, law in LAWS.items() if name.startswith(self.prefixes)]


# What the file says: one figure for each value in it.


def figures(book: str) -> Iterator[Figure]:
    said = tomllib.loads((FOLDER / f"{book}.toml").read_text("utf-8"))
    for name, value in said.items():
        if name == "avoid":
            sources = said.get("avoid_source", {})
            yield from (Figure(book, "avoid", kind, sources.get(kind)) for kind in value)
        elif name not in NO_FIGURES:
            yield from figures_of_table(book, name, value)


def figures_of_table(book: str, table: str, values: dict[str, Any]) -> Iterator[Figure]:
    for key, value in values.items():
        if key == "when":
            yield from (figure_of_case(book, table, case) for case in value)
        elif key not in NO_FIGURES:
            source = values.get("source")
            yield Figure(book, table, key, source.get(key) if isinstance(source, dict) else source)


def figure_of_case(book: str, table: str, case: dict[str, Any]) -> Figure:
    (about,) = case.keys() & ABOUT_A_CASE
    return Figure(book, table, case[about], case.get("source"))


FIGURES = [figure for book in shipped() for figure in figures(book)]


# What may change: each gives playbooks that differ from ``book`` in one figure.


def mutants(book: Playbook, figure: Figure) -> Iterator[Playbook]:
    match figure.table:
        case "avoid":
            kept = {kind: cite for kind, cite in book.avoid.items() if kind != figure.key}
            yield book._replace(avoid=kept)
        case "slots":
            for value in by_one(minutes(getattr(book, figure.key))):
                changed: dict[str, Any] = {figure.key: clock(value)}
                yield book._replace(**changed)
        case "thank_you":
            yield from mutants_of_thanks(book, figure.key)
        case _:
            step = Step(figure.table)
            for rule in rules_changed(book.steps[step], figure.key):
                yield book._replace(steps={**book.steps, step: rule})


def mutants_of_thanks(book: Playbook, key: str) -> Iterator[Playbook]:
    rule = book.thank_you
    if key == "per_person":
        yield book._replace(thank_you=rule._replace(per_person=not rule.per_person))
        return
    hours = by_one(getattr(rule, key))
    if key == "strong_hours" and rule.hours != rule.strong_hours:
        hours = [*hours, rule.hours]
    for number in hours:
        changed: dict[str, Any] = {key: number}
        yield book._replace(thank_you=rule._replace(**changed))


def rules_changed(rule: StepRule, key: str) -> Iterator[StepRule]:
    if key == "message":
        yield rule._replace(message=not rule.message)
    elif key == "channel":
        yield rule._replace(channel=None)
    elif key == "wait":
        yield from (rule._replace(wait=wait) for wait in waits_changed(rule.wait))
    else:
        yield from (rule._replace(when=cases) for cases in cases_changed(rule.when, key))


def cases_changed(cases: tuple[WaitCase, ...], value: str) -> Iterator[tuple[WaitCase, ...]]:
    (place,) = (number for number, case in enumerate(cases) if case.value == value)
    before, case, after = cases[:place], cases[place], cases[place + 1 :]
    yield (*before, *after)
    for wait in waits_changed(case.wait):
        yield (*before, case._replace(wait=wait), *after)


def waits_changed(wait: Wait) -> Iterator[Wait]:
    """Each number alone, all together as a plain wait has it, and the unit."""
    yield wait._replace(business=not wait.business)
    for step in (-1, 1):
        yield Wait(wait.preferred + step, wait.earliest + step, wait.latest + step, wait.business)
        for part in ("preferred", "earliest", "latest"):
            changed = wait._replace(**{part: getattr(wait, part) + step})
            if 1 <= changed.earliest <= changed.preferred <= changed.latest:
                yield changed


def by_one(number: int) -> list[int]:
    return [number - 1, number + 1]


def minutes(at: time) -> int:
    return at.hour * 60 + at.minute


def clock(total: int) -> time:
    return time(*divmod(total, 60))


MUTANTS = [
    (figure, mutant)
    for book, figures_here in ((load(name), list(figures(name))) for name in shipped())
    for figure in figures_here
    for mutant in mutants(book, figure)
]


def fails(law: Law, books: Books) -> bool:
    try:
        law(books)
    except AssertionError:
        return True
    return False


@pytest.mark.parametrize("figure", FIGURES, ids=str)
def test_every_figure_has_a_test_named_for_it(figure: Figure) -> None:
    assert figure.laws, f"no test begins with {' or '.join(figure.prefixes)}"


@pytest.mark.parametrize("figure", FIGURES, ids=str)
def test_every_figure_that_changes_makes_the_test_named_for_it_fail(figure: Figure) -> None:
    changed = [mutant for of, mutant in MUTANTS if of == figure]
    unseen = [
        mutant
        for mutant in changed
        if not any(fails(law, {**playbooks(), figure.book: mutant}) for law in figure.laws)
    ]
    assert changed
    assert not unseen


def test_every_point_that_the_program_carries_out_has_a_test_named_for_it() -> None:
    prefixes = {point: f"test_{point.lower().replace('.', '_')}_" for point in executed()}
    without = [
        point
        for point, prefix in prefixes.items()
        if not any(name.startswith(prefix) for name in LAWS)
    ]
    assert without == []


def test_the_tests_of_the_rules_pass_with_the_playbooks_as_they_are() -> None:
    assert [name for name, law in LAWS.items() if fails(law, playbooks())] == []


def test_no_mutant_equals_the_playbook_that_ships() -> None:
    assert [of for of, mutant in MUTANTS if mutant == load(of.book)] == []


def test_every_kind_of_rule_that_a_playbook_can_hold_ships_somewhere() -> None:
    assert {figure.key for figure in FIGURES if figure.table == "avoid"} == {*Avoid}
    keys = {figure.key for figure in FIGURES}
    assert keys >= {"hours", "strong_hours", "per_person", "wait", "message", "channel", "slow"}
