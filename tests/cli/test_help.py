"""Help: every command has it, every example in it runs, and nothing in it is too wide."""

import json
import shlex
import shutil
from importlib import import_module
from pathlib import Path

import pytest

from icsgen.cli.commands import COMMANDS
from tests.cli.command import Afterword, interview
from tests.cli.test_files import INVITATION

ENDLESS = ("afterword demo", "afterword serve")
"""They serve until somebody ends them; `test_serving` runs them."""


def examples(name: str) -> list[str]:
    text: str = import_module(f"icsgen.cli.{COMMANDS[name][0]}").EXAMPLES
    return [line.strip() for line in text.splitlines()]


ALL = [line for name in COMMANDS for line in examples(name)]
RUN = [line for line in ALL if not line.startswith(ENDLESS) or "--once" in line]


COLUMNS = """\
Firm,role,start,timezone,country
Acme,Engineer,13/11/2026 10:00,Europe/Berlin,FR
"""


STORY = [{"at": "2026-11-10T16:00", "type": "promised", "date": "2026-11-20"}]


@pytest.fixture(scope="module")
def stocked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder in which the examples' interview is kept, and a copy of it beside."""
    place = tmp_path_factory.mktemp("stocked")
    keeping = Afterword(place / "data")
    file = place / "acme.json"
    file.write_text(json.dumps([interview(id="acme", journal=STORY)]), "utf-8")
    assert keeping("import", file).code == 0
    assert keeping("backup", place / "my-search.db").code == 0
    return place


@pytest.fixture
def keeping(stocked: Path, tmp_path: Path) -> Afterword:
    """A command of its own folder, so that no example finds what another has left."""
    shutil.copytree(stocked / "data", tmp_path / "data")
    shutil.copy(stocked / "my-search.db", tmp_path)
    return Afterword(tmp_path / "data")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The files that the examples speak of."""
    acme = interview(id="acme")
    (tmp_path / "interviews.json").write_text(json.dumps([acme]), "utf-8")
    (tmp_path / "interviews.csv").write_text(COLUMNS, "utf-8")
    (tmp_path / "invitation.ics").write_bytes(INVITATION)
    return tmp_path


@pytest.mark.parametrize("line", RUN)
def test_every_example_runs(keeping: Afterword, folder: Path, line: str) -> None:
    if "--map" not in line:
        (folder / "interviews.csv").write_text(COLUMNS.replace("Firm", "company"), "utf-8")
    if "--feed" in line:
        keeping("export", "--from", "interviews.json", "-o", "follow-ups.ics", cwd=folder)
    program, *words = shlex.split(line)
    assert program == "afterword"
    ran = keeping(*words, cwd=folder)
    assert ran.code == 0, ran.err
    assert ran.out


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_help_with_its_examples(afterword: Afterword, name: str) -> None:
    ran = afterword(name, "--help")
    assert (ran.code, ran.err) == (0, "")
    assert max(map(len, ran.out.splitlines())) <= 80
    assert all(f"  {line}\n" in ran.out for line in examples(name))
    assert examples(name)
    assert all(option in ran.out for option in ("--json", "--now", "--data-dir"))


def test_the_whole_has_help_that_names_every_command(afterword: Afterword) -> None:
    ran = afterword("--help")
    assert (ran.code, ran.err) == (0, "")
    assert max(map(len, ran.out.splitlines())) <= 80
    assert all(f"    {name} " in ran.out for name in COMMANDS)
    assert all(summary in " ".join(ran.out.split()) for _, summary in COMMANDS.values())


def test_help_fits_an_old_terminal(afterword: Afterword) -> None:
    env = {"PYTHONUTF8": "0", "LC_ALL": "C", "PYTHONCOERCECLOCALE": "0"}
    assert all(afterword(name, "--help", env=env).code == 0 for name in COMMANDS)
