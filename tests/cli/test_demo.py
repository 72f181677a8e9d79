"""The demo: made up, complete, and gone without a trace but for its own file."""

import json
import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from icsgen.demo import demo_records
from icsgen.desk import Desk
from icsgen.feed.lint import lint
from icsgen.model import Severity, Step
from icsgen.sources import Options, Reading, read
from tests.cli.command import Afterword

MOMENTS = st.datetimes(datetime(2020, 1, 1), datetime(2040, 1, 1)).map(  # noqa: DTZ001
    lambda moment: moment.replace(tzinfo=UTC)
)


def demo_at(now: datetime) -> Reading:
    return read(json.dumps(demo_records(now)).encode(), "demo", Options())


@given(MOMENTS)
@settings(max_examples=50)
def test_nothing_in_it_has_happened_later_than_now(now: datetime) -> None:
    reading = demo_at(now)
    assert len(reading.found) == 8
    assert [p for p in reading.problems if p.severity is not Severity.NOTE] == []
    told = [entry.at for interview in reading.interviews for entry in interview.journal]
    assert max(told) <= now
    for interview in reading.interviews:
        assert all(interview.end <= entry.at for entry in interview.journal)


@pytest.mark.parametrize("days", [0, 1, 2, 3, 4, 5, 6, 39, 100, 200])
def test_it_plans_without_a_remark_on_any_day(
    tmp_path_factory: pytest.TempPathFactory, days: int
) -> None:
    now = datetime(2026, 11, 16, 9, tzinfo=UTC) + timedelta(days=days)
    cache = tmp_path_factory.getbasetemp() / "demo-days"
    planned = Desk(cache=cache).plans(demo_at(now).interviews)
    assert planned.problems == ()
    states = {f.status(now).value for made in planned.plans for f in made.follow_ups}
    assert {"upcoming", "sent", "cancelled"} <= states
    assert {"due", "overdue"} & states
    steps = {f.step for made in planned.plans for f in made.follow_ups}
    assert steps == set(Step)


def test_everybody_in_it_is_invented() -> None:
    text = json.dumps(demo_records(datetime(2026, 11, 18, tzinfo=UTC)))
    domains = re.findall(r"@([\w.-]+)", text)
    assert domains
    assert all(domain.endswith(".example") for domain in domains)


def test_once_shows_the_plan_and_writes_its_feed(afterword: Afterword, tmp_path: Path) -> None:
    ran = afterword("demo", "--once", "--data-dir", tmp_path)
    assert (ran.code, ran.err) == (0, "")
    file = tmp_path / "demo" / "afterword-demo.ics"
    assert f"34 follow-ups written as a calendar to {file}\n" in ran.out
    assert ran.out.count("\n\n") == 8
    assert lint(file.read_bytes()) == ()
    assert file.read_bytes().count(b"BEGIN:VEVENT") == 34


def test_it_gives_one_document(afterword: Afterword, tmp_path: Path) -> None:
    told = afterword("demo", "--once", "--json", "-o", tmp_path / "d.ics").document
    assert told["file"] == str(tmp_path / "d.ics")
    assert len(told["plan"]) == 34
    assert {each["company"] for each in told["plan"]} >= {"Larkspur Robotics", "Nilometer Systems"}


def test_its_interviews_can_be_worked_on(afterword: Afterword, tmp_path: Path) -> None:
    file = tmp_path / "demo.json"
    shown = afterword("demo", "--once", "--json", "-o", tmp_path / "d.ics", "--write", file)
    planned = afterword("plan", "--from", file, "--json")
    assert planned.document == shown.document["plan"]


def test_of_a_panel_those_already_thanked_are_left_out(
    afterword: Afterword, tmp_path: Path
) -> None:
    ran = afterword("demo", "--once", "-o", tmp_path / "d.ics")
    assert "e-mail to 2: Priya" in ran.out.splitlines()[3]


def test_a_folder_that_cannot_be_made_is_an_error(afterword: Afterword, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    ran = afterword("demo", "--once", "--data-dir", tmp_path / "file")
    assert (ran.code, ran.out) == (1, "")
    assert "--data-dir" in ran.err
