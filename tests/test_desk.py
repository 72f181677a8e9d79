"""The desk conducts: what goes wrong for one interview costs no other."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from icsgen.desk import Desk, octets_of
from icsgen.errors import InputError, NotFound, PlaybookError, UnknownPlace
from icsgen.feed.lint import lint
from icsgen.feed.views import Style, View
from icsgen.model import Interview, Severity
from icsgen.playbooks import load
from icsgen.sources import Options, read
from tests.cli.command import interview

NOW = datetime(2026, 11, 18, 9, tzinfo=UTC)


def interviews(*records: dict[str, object]) -> tuple[Interview, ...]:
    return read(json.dumps(records).encode(), "x", Options()).interviews


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "acme.json"
    path.write_text(json.dumps([interview()]), "utf-8")
    return path


def test_a_plan_follows_the_playbook_given_else_its_own_else_the_default() -> None:
    (own, none) = interviews(interview(playbook="tuesday"), interview(id="b"))
    names = [made.playbook for made in Desk().plans([own, none]).plans]
    assert names == ["tuesday", "balanced"]
    assert Desk().plan(own, "thorough").playbook == "thorough"


@pytest.mark.parametrize(
    "fields", [{"country": "ZZ"}, {"playbook": "nobody-wrote-it"}, {"subdivision": "QQ"}]
)
def test_what_cannot_be_planned_is_refused_by_name_and_the_rest_planned(
    fields: dict[str, str],
) -> None:
    wrong, right = interviews(interview(id="b", company="Bolt", **fields), interview())
    planned = Desk().plans([wrong, right])
    assert [made.interview.id for made in planned.plans] == ["acme-1"]
    (problem,) = planned.problems
    assert problem.severity is Severity.REFUSED
    assert problem.where.startswith("Bolt, Platform Engineer: ")
    assert planned.refused == 1


def test_one_interviews_plan_raises_what_is_wrong_with_it() -> None:
    (wrong,) = interviews(interview(country="ZZ"))
    with pytest.raises(UnknownPlace):
        Desk().plan(wrong)


def test_a_playbook_that_was_asked_for_must_be_there() -> None:
    with pytest.raises(NotFound):
        Desk().plans(interviews(interview()), "nobody-wrote-it")


def test_an_odd_entry_of_a_journal_is_told_with_its_interview() -> None:
    journal = [{"at": "2026-11-12", "type": "promised", "date": "2026-11-01"}]
    (problem,) = Desk().plans(interviews(interview(journal=journal))).problems
    assert problem.where.startswith("Acme Robotics, Platform Engineer: journal[0]")
    assert problem.severity is Severity.WARNING


def test_ones_own_playbook_is_found_by_its_name(tmp_path: Path) -> None:
    shipped = Path(__file__).parents[1] / "icsgen" / "playbooks" / "tuesday.toml"
    text = shipped.read_text("utf-8").replace('name = "tuesday"', 'name = "mine"')
    (tmp_path / "mine.toml").write_text(text, "utf-8")
    (found,) = interviews(interview(playbook="mine"))
    assert Desk(playbooks=tmp_path).plan(found).playbook == "mine"
    assert Desk().plans([found]).refused == 1
    assert load("tuesday").name == "tuesday"


def test_a_broken_playbook_of_ones_own_refuses_each_interview_that_names_it(
    tmp_path: Path,
) -> None:
    (tmp_path / "mine.toml").write_text("name = 1", "utf-8")
    several = interviews(*(interview(id=f"x{number}", playbook="mine") for number in range(3)))
    desk = Desk(playbooks=tmp_path)
    assert desk.plans(several).refused == 3
    with pytest.raises(PlaybookError):
        desk.plan(several[0])


def test_files_are_read_in_order_and_one_that_is_missing_is_refused(
    file: Path, tmp_path: Path
) -> None:
    reading = Desk().read([str(file), str(tmp_path / "none")], Options())
    assert [each.id for each in reading.interviews] == ["acme-1"]
    assert reading.refused == 1
    assert reading.problems[0].where == str(tmp_path / "none")


def test_a_lone_file_that_is_missing_is_not_found(tmp_path: Path) -> None:
    with pytest.raises(NotFound):
        Desk().read([str(tmp_path / "none")], Options())


@pytest.mark.parametrize("name", ["", "\0", "x" * 5000])
def test_a_name_that_no_file_can_have_is_not_found(name: str) -> None:
    with pytest.raises(NotFound):
        octets_of(name)


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    with pytest.raises(NotFound, match=r"folder|cannot be read"):
        octets_of(str(tmp_path))


def test_a_feed_is_checked_before_it_leaves() -> None:
    plans = Desk().plans(interviews(interview())).plans
    octets, problems = Desk().feed(plans, NOW, view=View.FULL, style=Style.TIMED)
    assert (lint(octets), problems) == ((), ())


def test_what_is_too_large_to_be_read_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "large.json"
    path.write_bytes(b" " * (16 * 2**20 + 1))
    reading = Desk().read([str(path)], Options())
    assert reading.refused == 1
    assert "limit of 16 MB" in reading.problems[0].message


def test_an_error_in_a_file_is_an_input_error() -> None:
    assert issubclass(PlaybookError, InputError)
