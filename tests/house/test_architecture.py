"""How the rooms of icsgen stand to each other: who imports whom, what the core never touches."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from graphlib import CycleError, TopologicalSorter
from pathlib import Path
from textwrap import dedent

import pytest

import icsgen

ROOT = Path(icsgen.__file__).parents[1]
PACKAGE = ROOT / "icsgen"

# From the bottom up; a room imports rooms of lower floors only, and its own modules. A room is a
# folder of icsgen or a module beside them.
FLOORS = (
    {"errors"},
    {"kept_files", "text", "zones"},
    {"journal"},
    {"model"},
    {"rules"},
    {"planning", "drafts", "feed"},
    {"here", "kept_days", "paths", "place_names", "spans", "writing"},
    {"playbooks", "publish", "settings", "sources", "store", "workcalendar"},
    {"demo", "desk"},
    {"server"},
    {"cli"},
    {"__init__", "__main__"},
)
NEIGHBOURS = {
    ("feed", "drafts"),  # a feed may take drafts as values, and their links
}
"""Rooms of one floor that may import each other, in this direction."""

PURE = ("planning", "drafts", "feed")
"""No clock, disk, network, locale or thread in here."""

FOREIGN = {
    "dateutil": "sources/dates.py",
    "holidays": "workcalendar.py",
    "icalendar": "sources/ics_child.py",
    "platformdirs": "paths.py",
    "tzdata": "zones.py",
    "uvicorn": "server/wire.py",
    "watchdog": "store/watch.py",
}
"""Each library of others, and the one file that imports it."""

OUTER_WORLD = {
    *("asyncio", "concurrent", "threading", "multiprocessing", "queue", "sched", "signal"),
    *("time", "calendar", "locale", "gettext", "random", "secrets", "uuid"),
    *("os", "io", "pathlib", "shutil", "tempfile", "glob", "fileinput", "sqlite3", "subprocess"),
    *("socket", "ssl", "http", "urllib", "email", "logging", "platform", "getpass"),
    *("webbrowser", "ctypes", "importlib", "tomllib"),
}
"""Modules through which a program reads a clock, a disk, a network, a locale or a thread."""
ALLOWED_OUTSIDE = {
    ("icsgen.drafts.links", "urllib.parse"),  # quotes a link; it opens nothing
}

CLOCKS = {"now", "utcnow", "today", "time", "monotonic", "perf_counter", "localtime", "open"}
"""Calls that ask the clock or the disk, whatever they are called on."""
NO_CLOCK = {
    "due.time",  # the hour of a moment that is known
    "moment.time",
    "datetime.min.time",
}

LONGEST_LINES = 45
"""A function longer than this, its docstring left out, does more than one thing."""


@dataclass(frozen=True)
class Module:
    """A Python file of ours."""

    path: Path

    @property
    def name(self) -> str:
        parts = self.path.relative_to(ROOT).with_suffix("").parts
        return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)

    @property
    def room(self) -> str:
        return self.path.relative_to(PACKAGE).with_suffix("").parts[0]

    @property
    def inside(self) -> str:
        return self.path.relative_to(PACKAGE).as_posix()

    @property
    def tree(self) -> ast.Module:
        return parsed(self.path)

    def imports(self, *, at_start: bool = False) -> Iterator[str]:
        """The modules that it imports; what comes out of a package may be one of them."""
        for node in walked(self.tree, into_functions=not at_start):
            if isinstance(node, ast.Import):
                yield from (alias.name for alias in node.names)
            elif isinstance(node, ast.ImportFrom) and node.module:
                wanted = {f"{node.module}.{alias.name}" for alias in node.names}
                yield from wanted & names()
                if wanted - names():
                    yield node.module


@cache
def parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"))


@cache
def modules() -> tuple[Module, ...]:
    return tuple(Module(path) for path in sorted(PACKAGE.rglob("*.py")))


@cache
def names() -> frozenset[str]:
    return frozenset(module.name for module in modules())


def walked(node: ast.AST, *, into_functions: bool) -> Iterator[ast.AST]:
    """All nodes below; without functions and without what only a type checker sees, if so asked."""
    for child in ast.iter_child_nodes(node):
        if not into_functions and (is_function(child) or is_for_types(child)):
            continue
        yield child
        yield from walked(child, into_functions=into_functions)


def is_function(node: ast.AST) -> bool:
    return isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)


def is_for_types(node: ast.AST) -> bool:
    return isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING"


def floor(room: str) -> int:
    return next(number for number, rooms in enumerate(FLOORS) if room in rooms)


def room_of(name: str) -> str:
    parts = name.split(".")
    return parts[1] if len(parts) > 1 else "__init__"


def may_import(room: str, other: str) -> bool:
    if other == "__init__":
        return room in {"cli", "__main__"}  # the version, which a person asks for
    return room == other or (room, other) in NEIGHBOURS or floor(other) < floor(room)


def test_every_room_has_its_floor() -> None:
    known = set().union(*FLOORS)
    assert {module.room for module in modules()} - known == set()


@pytest.mark.parametrize("module", modules(), ids=lambda module: module.name)
def test_imports_point_one_way(module: Module) -> None:
    ours = {name for name in module.imports() if name.split(".")[0] == "icsgen"}
    assert [name for name in sorted(ours) if not may_import(module.room, room_of(name))] == []


def test_the_generator_never_imports_the_tray() -> None:
    users = [module.name for module in modules() for name in module.imports() if "trayapp" in name]
    assert users == []


def test_no_modules_import_each_other_in_a_circle() -> None:
    # Also inside a room, and as far as Python runs the imports when it loads a module.
    graph = {
        module.name: set(module.imports(at_start=True)) & names() - {module.name}
        for module in modules()
    }
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        pytest.fail(f"a circle: {' -> '.join(error.args[1])}")


def test_each_foreign_library_has_one_file_that_imports_it() -> None:
    found: dict[str, set[str]] = {}
    for module in modules():
        for name in module.imports():
            library = name.split(".")[0]
            if library != "icsgen" and library not in sys.stdlib_module_names:
                found.setdefault(library, set()).add(module.inside)
    unknown = {library: files for library, files in found.items() if library not in FOREIGN}
    assert unknown == {}
    assert {library: {FOREIGN[library]} for library in found} == found


@pytest.mark.parametrize(
    "module",
    [module for module in modules() if module.room in PURE],
    ids=lambda module: module.name,
)
def test_the_core_imports_no_clock_disk_network_locale_or_thread(module: Module) -> None:
    outside = {name for name in module.imports() if name.split(".")[0] in OUTER_WORLD}
    assert {name for name in outside if (module.name, name) not in ALLOWED_OUTSIDE} == set()


@pytest.mark.parametrize(
    "module",
    [module for module in modules() if module.room in PURE],
    ids=lambda module: module.name,
)
def test_the_core_never_asks_what_time_it_is(module: Module) -> None:
    asked = []
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Call):
            called = ast.unparse(node.func)
            if called.rpartition(".")[2] in CLOCKS and not is_made_here(called):
                asked.append(f"line {node.lineno}: {called}()")
    assert asked == []


def is_made_here(called: str) -> bool:
    """A time of day put together from numbers, or taken from a moment that is at hand."""
    return called in NO_CLOCK or called == "time"


@pytest.mark.parametrize("module", modules(), ids=lambda module: module.name)
def test_no_function_is_longer_than_a_screen(module: Module) -> None:
    long = [
        f"{node.name}: {length} lines"
        for node in ast.walk(module.tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (length := length_of(node)) > LONGEST_LINES
    ]
    assert long == []


def length_of(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Its lines without its docstring."""
    total = (function.end_lineno or 0) - function.lineno + 1
    first = function.body[0]
    said = ast.get_docstring(function) is not None
    return total - ((first.end_lineno or 0) - first.lineno + 1 if said else 0)


TRAP = """
    import os, sys, time
    from datetime import UTC, datetime

    from tests.planning.cases import days_of, interview_of, playbook
    from tests.planning.random_cases import random_case
    from icsgen.feed import feed
    from icsgen.planning.plan import plan

    asked = [
        (interview := interview_of(case.interview), playbook(case.playbook), days_of(interview))
        for case in map(random_case, range(40))
    ]
    as_of = datetime(2026, 11, 22, tzinfo=UTC)
    caught = []
    trapping = False

    def trap(event, arguments):
        if trapping and event.split(".")[0] in {"open", "socket", "os", "subprocess", "time"}:
            caught.append(f"{event} {arguments}")

    def no_clock(*arguments):
        caught.append("the clock was read")
        return 0

    sys.addaudithook(trap)
    for name in ("time", "time_ns", "monotonic", "perf_counter", "localtime", "gmtime"):
        setattr(time, name, no_clock)
    trapping = True
    plans = [plan(interview, interview.journal, book, days) for interview, book, days in asked]
    octets = feed(plans, as_of)
    trapping = False
    print(len(octets), file=sys.stderr)
    print("\\n".join(caught), end="")
"""


def test_planning_and_the_feed_open_nothing_and_read_no_clock() -> None:
    done = subprocess.run(
        [sys.executable, "-c", dedent(TRAP)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert int(done.stderr) > 10_000
    assert done.stdout == ""


def test_the_trap_catches_what_opens_a_file() -> None:
    sprung = dedent(TRAP).replace(
        "octets = feed(plans, as_of)", "octets = open('README.md').read()"
    )
    done = subprocess.run(
        [sys.executable, "-c", sprung],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert "open ('README.md'" in done.stdout, done.stderr
