"""The pages are true: what they show is run again and compared, what there is they name.

The pages are README.md, CONTRIBUTING.md, CHANGELOG.md and docs/. A fenced block whose first line
names a file, like ``json interviews.json``, is that file. The commands of a ``console`` block are
run beside the files, on a computer in New York, and must say what stands below them. An ``ics``
block without a name must stand in the calendar that was written before. The commands of an ``sh``
block, of which no page shows an answer, must at least work.
"""

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
import tomllib
from argparse import Action, _SubParsersAction
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

import pytest

import dev
import icsgen
from benchmarks.__main__ import _parser as benchmarks_parser
from icsgen.cli import endings, program
from icsgen.cli.commands import COMMANDS
from icsgen.cli.times import moment_of
from icsgen.cli.words import _ARTICLES as ARTICLES
from icsgen.desk.settings import SETTINGS
from icsgen.journal import NewsKind, Outcome, Step
from icsgen.model import Channel, Culture, Industry, Pace, Rapport, Size
from icsgen.playbooks import DEFAULT, listing, load, shipped
from icsgen.rules import Avoid, Playbook, StepRule
from icsgen.sources import FIELDS, limits
from icsgen.sources.cells import CONTACT_COLUMNS
from icsgen.sources.entries import _KINDS as ENTRIES
from icsgen.sources.people import CONTACT_FIELDS
from icsgen.zones import zone
from tests.cli.command import HANG_S, Afterword
from tests.planning.test_worked_examples import ROWS
from tests.server.serving import Running, first_line

ROOT = Path(dev.__file__).parent
PACKAGE = Path(icsgen.__file__).parent
README, CONTRIBUTING, CHANGELOG = (
    ROOT / f"{name}.md" for name in ("README", "CONTRIBUTING", "CHANGELOG")
)
FILES, RULES = (ROOT / "docs" / f"{name}.md" for name in ("files", "rules"))
PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")])
each_page = pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)

NEW_YORK = "EST5EDT"
"""Its time zone by a name that every system knows; Windows has none of the usual ones."""
DRAWN = ("text",)
"""Blocks that are pictures."""
CALENDAR = "follow-ups.ics"
"""The calendar from which a page shows a part."""
OTHERS_OPTIONS = {"--all", "--system", "--upgrade"}
"""Options that are dev.py's and uv's."""
MADE = {"benchmarks/RESULTS.md"}
"""Named in a page, and there only once something was run."""


# Pages in parts


@dataclass(frozen=True)
class Block:
    """A fenced block: what it is, the file it stands for if it is one, and what is in it."""

    kind: str
    file: str
    text: str


@cache
def blocks(page: Path) -> tuple[Block, ...]:
    found = re.findall(
        r"^```(\S+) ?(\S*)\n(.*?)^```$", page.read_text("utf-8"), re.MULTILINE | re.DOTALL
    )
    return tuple(Block(*parts) for parts in found)


def prose(page: Path) -> str:
    """The page without its blocks."""
    return re.sub(r"^```.*?^```$", "", page.read_text("utf-8"), flags=re.MULTILINE | re.DOTALL)


def spans(page: Path) -> list[str]:
    """What stands between backticks."""
    return re.findall(r"`([^`\n]+)`", prose(page))


def table(page: Path, *header: str) -> dict[str, list[str]]:
    """The table whose first columns are called so: for each row's first cell the others."""
    lines = prose(page).splitlines()
    start = lines.index(next(line for line in lines if cells(line)[: len(header)] == [*header]))
    rows: dict[str, list[str]] = {}
    for line in lines[start + 2 :]:
        if not line.startswith("|"):
            break
        first, *rest = cells(line)
        assert first not in rows
        rows[first] = rest
    return rows


def cells(line: str) -> list[str]:
    return [cell.strip() for cell in line.strip("|").split("|")] if line.startswith("|") else []


def coded(text: str) -> list[str]:
    return re.findall(r"`([^`]+)`", text)


# What the blocks of a page say is done


class Workshop:
    """A folder with the files of a page, and its commands run in there."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.afterword = Afterword(folder / "data")
        path = os.pathsep.join([str(ROOT), str(folder)])
        self.env = self.afterword.environment({"PYTHONPATH": path, "TZ": NEW_YORK})

    def do(self, block: Block, config: pytest.Config) -> None:
        """Write, run or compare what a block holds."""
        if block.file:
            (self.folder / block.file).write_text(block.text, "utf-8")
            if block.file == "pyproject.toml":
                self.install(tomllib.loads(block.text)["project"])
        elif block.kind == "console":
            assert self.session(block.text) == block.text
        elif block.kind == "ics":
            octets = (self.folder / CALENDAR).read_bytes()
            assert block.text.replace("\n", "\r\n").encode() in octets
        elif block.kind == "sh":
            for line in block.text.splitlines():
                self.work(shlex.split(line), config)
        else:
            assert block.kind in DRAWN

    def install(self, project: Mapping[str, Any]) -> None:
        """Let a package's entry points be found, as if it had been installed here."""
        about = self.folder / f"{project['name'].replace('-', '_')}-{project['version']}.dist-info"
        about.mkdir()
        name = f"Metadata-Version: 2.1\nName: {project['name']}\nVersion: {project['version']}\n"
        (about / "METADATA").write_text(name, "utf-8")
        lines = [
            line
            for group, points in project["entry-points"].items()
            for line in (f"[{group}]", *(f"{key} = {value}" for key, value in points.items()))
        ]
        (about / "entry_points.txt").write_text("\n".join(lines), "utf-8")

    def session(self, text: str) -> str:
        """The commands of a session, each with what it says now."""
        said = ""
        for line in text.splitlines():
            if line.startswith("$ "):
                command, _, file = line.removeprefix("$ ").partition(" > ")
                answer = self.answer(shlex.split(command))
                if file:
                    (self.folder / file).write_text(answer, "utf-8")
                said += f"{line}\n" + ("" if file else answer)
        return said

    def answer(self, words: list[str]) -> str:
        """All that a person sees of a command."""
        ran = subprocess.run(
            self.command(words),
            cwd=self.folder,
            env=self.env,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            timeout=HANG_S,
            check=False,
        )
        lines = ran.stdout.decode("utf-8").splitlines()
        assert "Traceback (most recent call last):" not in lines, lines
        return "".join(f"{line.rstrip()}\n" for line in lines)

    def command(self, words: list[str]) -> list[str]:
        program_name, *rest = words
        assert program_name == "afterword"
        return self.afterword.command(*rest, now="")

    def work(self, words: list[str], config: pytest.Config) -> None:
        """See that a command of those that nobody shows the answer of does work."""
        match words:
            case ["python3", "dev.py", "test", *rest]:
                _, unknown = config._parser.parse_known_and_unknown_args(dev.pytest_words(rest))
                assert not unknown
            case ["python3", "dev.py", "run", *rest]:
                self.start(["afterword", *dev.afterword_words(rest)])
            case [".venv/bin/python", "-m", "benchmarks", *rest]:
                benchmarks_parser().parse_args(rest)
            case [".venv/bin/python", "-m", "tests.golden.goldens"]:
                self.write_goldens()
            case _:
                self.start(words)

    def start(self, words: list[str]) -> None:
        """Run a command to its end, or until it serves a calendar."""
        command = self.command(words)
        if words[1] not in ("demo", "serve") or "--once" in words:
            subprocess.run(command, cwd=self.folder, env=self.env, timeout=HANG_S, check=True)
            return
        process = subprocess.Popen(
            [*command, "--port", "0", "--json"],
            cwd=self.folder,
            env=self.env,
            stdout=subprocess.PIPE,
            text=True,
            encoding="utf-8",
        )
        try:
            assert process.stdout
            running = Running(process, json.loads(first_line(process, process.stdout)))
            assert running.ask("GET", running.path)[1].startswith(b"BEGIN:VCALENDAR\r\n")
        finally:
            process.kill()
            process.communicate(timeout=HANG_S)

    def write_goldens(self) -> None:
        """Write the golden feeds again, in a copy of theirs."""
        copy = self.folder / "tests" / "golden"
        here = ROOT / "tests" / "golden"
        shutil.copytree(here, copy, ignore=shutil.ignore_patterns("__pycache__", "feed.ics"))
        command = [sys.executable, "-m", "tests.golden.goldens"]
        subprocess.run(command, cwd=self.folder, env=self.env, timeout=HANG_S, check=True)
        for feed in here.glob("*/feed.ics"):
            assert (copy / feed.relative_to(here)).read_bytes() == feed.read_bytes()


@each_page
def test_all_that_a_page_shows_is_so(
    page: Path, tmp_path: Path, pytestconfig: pytest.Config
) -> None:
    workshop = Workshop(tmp_path)
    for block in blocks(page):
        workshop.do(block, pytestconfig)


def test_the_readme_shows_a_plan_a_reason_an_event_and_each_kind_of_file() -> None:
    run = " ".join(block.text for block in blocks(README) if block.kind == "console")
    assert "$ afterword plan " in run
    assert "$ afterword why " in run
    assert any(block.kind == "ics" and not block.file for block in blocks(README))
    files = {Path(block.file).suffix for block in blocks(README) if block.file}
    assert files == {".json", ".csv", ".ics"}


def test_a_page_that_is_no_longer_true_is_seen(tmp_path: Path) -> None:
    workshop = Workshop(tmp_path)
    text = "$ afterword --version\nafterword 0.0.0\n"
    assert workshop.session(text) == f"$ afterword --version\nafterword {icsgen.__version__}\n"


# Links and names


def anchors(page: Path) -> set[str]:
    """The names under which a page's headings can be linked to."""
    headings = re.findall(r"^#+ (.+)$", prose(page), re.MULTILINE)
    return {re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in headings}


@each_page
def test_every_link_within_the_project_leads_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\(([^)\s]+)\)", prose(page)):
        if target.startswith("https://"):
            continue
        name, _, anchor = target.partition("#")
        file = page.parent / name if name else page
        assert file.exists(), target
        assert not anchor or anchor in anchors(file), target


@each_page
def test_every_file_that_a_page_names_is_there(page: Path) -> None:
    shown = {block.file for block in blocks(page)}
    for span in spans(page):
        if re.fullmatch(r"\.?[\w/-]+/|[\w/-]+\.(?:py|toml|md|lock)", span) and span not in MADE:
            there = [ROOT / span, PACKAGE / span]
            assert span in shown or any(path.exists() for path in there), span


@each_page
def test_no_page_names_a_place_of_one_machine(page: Path) -> None:
    assert not re.search(r"(?<![\w.])/(?:home|root|Users|tmp|work)\b", page.read_text("utf-8"))


# Commands and options


@cache
def actions(command: str) -> tuple[Action, ...]:
    """The options of a command, but for those that all programs have."""
    whole = program._parser([command])
    [inner] = [action for action in whole._actions if isinstance(action, _SubParsersAction)]
    found = inner.choices[command]._actions
    return tuple(each for each in found if each.option_strings and each.dest != "help")


def options() -> dict[str, set[str]]:
    """Each option and the commands that take it."""
    takers: dict[str, set[str]] = {}
    for command in COMMANDS:
        for action in actions(command):
            for option in action.option_strings:
                takers.setdefault(option, set()).add(command)
    return takers


def told_options() -> dict[str, set[str]]:
    """Each option in the README's table and the commands it names."""
    meant = {"asks": options()["--from"], "tells": options()["--at"], "all": set(COMMANDS)}
    told = {}
    for first, (takers, _) in table(README, "option", "for").items():
        for code in coded(first):
            names = takers.split(", ")
            told[code.split()[0]] = set().union(*(meant.get(name, {name}) for name in names))
    return told


def test_the_readme_tells_of_every_command() -> None:
    alone, *told = [coded(first)[0] for first in table(README, "command")]
    assert alone == "afterword"
    assert [command.split()[1] for command in told] == list(COMMANDS)


def test_the_readme_tells_of_every_option_and_who_takes_it() -> None:
    told = told_options()
    assert told.pop("--version") == told.pop("--help") == set(COMMANDS)
    assert told == options()


def test_the_readme_tells_of_every_value_that_an_option_may_have() -> None:
    rows = table(README, "option", "for")
    for command in COMMANDS:
        for action in actions(command):
            if action.choices:
                row = next(first for first in rows if action.option_strings[-1] in first)
                assert set(action.choices) <= set(coded(rows[row][1]))


@each_page
def test_no_page_speaks_of_an_option_that_there_is_not(page: Path) -> None:
    known = OTHERS_OPTIONS | {"--version", "--help", *options()}
    known |= {option for each in benchmarks_parser()._actions for option in each.option_strings}
    said = re.findall(r"(?<![\w-])--[a-z][a-z-]*", page.read_text("utf-8"))
    assert set(said) <= known


@each_page
def test_no_page_speaks_of_a_command_that_there_is_not(page: Path) -> None:
    said = [span.split()[1] for span in spans(page) if re.match(r"afterword [a-z]", span)]
    assert set(said) <= set(COMMANDS)


@pytest.mark.parametrize("kind", [Step, Outcome, NewsKind], ids=lambda kind: kind.__name__)
def test_the_readme_tells_of_every_word_that_a_command_takes(
    kind: type[Step | Outcome | NewsKind],
) -> None:
    assert set(kind) <= set(spans(README))


def test_every_moment_that_the_readme_words_is_understood() -> None:
    [told] = re.findall(r"^\*\*When\*\*.*?\n\n", prose(README), re.MULTILINE | re.DOTALL)
    words = [*coded(told), *re.findall("“(.*?)”", told.replace("\n", " "))]
    now = datetime(2026, 11, 18, 9, 0, tzinfo=UTC)
    meant = [moment_of(word, now, zone("UTC"), "README") for word in words]
    assert [f"{moment:%m-%d %H:%M}" for moment in meant] == [
        *("11-18 14:00", "11-19 14:00", "11-24 09:30"),
        *("11-17 17:00", "12-02 09:30", "11-15 09:30"),
    ]


def test_the_readme_tells_of_every_setting() -> None:
    told = [name for first in table(README, "setting") for name in coded(first)]
    assert len(told) == len(SETTINGS)
    assert set(told) == set(SETTINGS)


def test_the_readme_tells_of_every_exit_code() -> None:
    codes = {endings.DONE, endings.NOT_DONE, endings.USAGE, endings.IN_PART, endings.INTERRUPTED}
    assert {int(code) for code in table(README, "exit code")} == codes


def test_the_changelog_tells_of_every_command_and_playbook() -> None:
    said = " ".join(spans(CHANGELOG))
    assert set(COMMANDS) <= set(re.findall(r"[a-z]+", said))
    assert set(shipped()) <= set(spans(CHANGELOG))
    assert icsgen.__version__ in prose(CHANGELOG)


# Files


def test_the_fields_of_an_interview_are_told_in_their_order() -> None:
    rows = table(FILES, "field")
    assert [name for first in rows for name in coded(first)] == list(FIELDS)
    for kind in (Industry, Pace, Size, Rapport, Culture, Channel):
        assert coded(rows[f"`{kind.__name__.lower()}`"][0]) == list(kind)


def test_the_fields_of_a_contact_are_told() -> None:
    assert {*CONTACT_FIELDS, *CONTACT_COLUMNS} <= set(spans(FILES))


def test_every_journal_entry_is_told_with_its_fields() -> None:
    told = {coded(first)[0]: set(coded(rest[0])) for first, rest in table(FILES, "`type`").items()}
    assert told == {kind.value: set(fields) for kind, (_, fields) in ENTRIES.items()}


@pytest.mark.parametrize("kind", [Step, Outcome, NewsKind], ids=lambda kind: kind.__name__)
def test_every_word_of_a_journal_is_told(kind: type[Step | Outcome | NewsKind]) -> None:
    assert set(kind) <= set(spans(FILES))


def test_every_limit_is_told() -> None:
    assert {what: told for what, [told] in table(FILES, "what").items()} == {
        "a file": f"{limits.FILE_BYTES // 2**20} MB",
        "interviews in it": f"{limits.INTERVIEWS:,}",
        "brackets within brackets": f"{limits.DEPTH}",
        "characters of a line of text, like a name": f"{limits.LINE_CHARS}",
        "characters of `notes`": f"{limits.TEXT_CHARS:,}",
        "contacts, topics, concerns or closed days of an interview": f"{limits.ITEMS}",
        "entries of a journal": f"{limits.ENTRIES:,}",
        "days of a range in `closed`": f"{limits.CLOSED_DAYS}",
    }


# Playbooks and rules


def test_the_readme_tells_of_every_playbook() -> None:
    note = " (used unless you choose another)"
    assert {coded(first)[0]: about for first, [about] in table(README, "playbook").items()} == {
        each.name: each.title + (note if each.name == DEFAULT else "") for each in listing()
    }


def test_the_articles_are_called_as_the_program_calls_them() -> None:
    rows = table(RULES, "article")
    assert {first: called for first, (called, _) in rows.items()} == ARTICLES
    assert {coded(book)[0] for _, book in rows.values()} == set(shipped()) - {DEFAULT}


AVOIDED = {
    Avoid.WEEK_START: "week starts",
    Avoid.BRIDGE_DAY: "bridge days",
    Avoid.YEAR_END: "year's end",
}


def figures(book: Playbook) -> list[str]:
    """A playbook in a row of the table."""
    first, second, last = (
        book.steps[step] for step in (Step.FIRST_CHECK_IN, Step.SECOND_CHECK_IN, Step.CLOSE_OUT)
    )
    return [
        thanks_within(book),
        waits(first),
        waits(second) + (f", by {second.channel}" if second.channel else ""),
        waits(last) + (", a message" if last.message else ", silent"),
        ", ".join(AVOIDED[kind] for kind in book.avoid) or "nothing",
    ]


def thanks_within(book: Playbook) -> str:
    thanks = book.thank_you
    sooner = f", {thanks.strong_hours} h if rapport is strong"
    return (
        f"{thanks.hours} h"
        + (sooner if thanks.strong_hours != thanks.hours else "")
        + (", one for each person" if thanks.per_person else "")
    )


def waits(rule: StepRule) -> str:
    return "; ".join([str(rule.wait), *(f"{case.value} {case.wait}" for case in rule.when)])


def test_the_figures_of_every_playbook_are_told() -> None:
    told = {coded(first)[0]: rest for first, rest in table(RULES, "playbook").items()}
    assert told == {name: figures(load(name)) for name in shipped()}


def test_the_worked_examples_are_those_that_are_tested() -> None:
    lines = [cells(line) for line in prose(RULES).splitlines() if line.startswith("|")]
    width = 6
    start = next(at for at, line in enumerate(lines) if line[:2] == ["case", "playbook"])
    assert lines[start + 2 :] == [
        [
            row.case,
            f"`{row.playbook}`",
            f"{row.thanks.removesuffix(' 09:30')} ({row.choice})",
            *(row.first, row.second, row.last),
        ]
        for row in ROWS
    ]
    assert all(len(line) == width for line in lines[start:])


# Dependencies and rooms


def named(requirements: list[str]) -> list[str]:
    """The packages of a list in pyproject.toml."""
    return sorted(re.split(r"[^\w.-]", each)[0] for each in requirements)


def dependencies() -> Iterator[tuple[str, list[str]]]:
    """What each of the three tables must hold."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    groups = project["dependency-groups"]
    yield "What runs:", named(project["project"]["dependencies"])
    yield "What tests:", named(groups["test"])
    yield "What builds and sets up:", named([*groups["build"], *groups["tool"]])
    assert set(groups) == {"test", "build", "tool"}


def table_below(page: Path, words: str) -> list[list[str]]:
    """The rows of the table below a paragraph that ends in these words."""
    _, found, below = prose(page).partition(f"{words}\n\n|")
    assert found, words
    return [cells(line) for line in below.partition("\n\n")[0].splitlines()[2:]]


@pytest.mark.parametrize(("title", "packages"), list(dependencies()))
def test_every_dependency_has_its_reason(title: str, packages: list[str]) -> None:
    rows = table_below(CONTRIBUTING, title)
    assert [row[0] for row in rows] == packages
    assert all(len(row[1].split()) > 2 for row in rows)


def test_every_dependency_is_used_where_the_table_says() -> None:
    for package, _, where in table_below(CONTRIBUTING, "What runs:"):
        module = package.removeprefix("python-")
        source = (ROOT / coded(where)[0]).read_text("utf-8")
        assert re.search(rf"^\s*(?:from|import) [\w.]*\b{module}", source, re.MULTILINE), package


def test_every_room_is_in_the_table_of_rooms() -> None:
    rows = table(CONTRIBUTING, "room in `icsgen/`")
    told = {name.removesuffix("/").removesuffix(".py") for first in rows for name in coded(first)}
    modules = {file.stem for file in PACKAGE.glob("*.py") if not file.stem.startswith("__")}
    assert told == modules | {file.parent.name for file in PACKAGE.glob("*/__init__.py")}
    for _, tests in rows.values():
        assert all((ROOT / path).exists() for path in coded(tests))
