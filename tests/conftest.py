"""The rings of the tests, and the rule that no test is skipped without a reason on the list."""

import sys
import tomllib
from collections.abc import Generator, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings
from hypothesis.database import DirectoryBasedExampleDatabase

RINGS = ("slow", "real")
ALLOWED_SKIPS = Path(__file__).with_name("allowed_skips.toml")
FOUND_BEFORE = DirectoryBasedExampleDatabase(Path(__file__).parents[1] / ".cache" / "hypothesis")

# No limit in time: a slow machine is not a wrong answer.
settings.register_profile("here", deadline=None, database=FOUND_BEFORE)
settings.register_profile("repeatable", deadline=None, database=None, derandomize=True)


@dataclass(frozen=True)
class AllowedSkip:
    """A reason for which a test may be skipped, even where every test is asked for."""

    reason: str
    """How the reason begins that the test gives."""
    why: str
    """Why nothing is lost by it."""
    on: tuple[str, ...] = ()
    """Values of `sys.platform` for which it holds; everywhere, where there are none."""

    def covers(self, reason: str) -> bool:
        return reason.startswith(self.reason) and (not self.on or sys.platform in self.on)


def allowed_skips(path: Path) -> list[AllowedSkip]:
    """The list in a file; raises UsageError for a line that lacks a reason or a why."""
    entries = tomllib.loads(path.read_text("utf-8")).get("allow", [])
    try:
        skips = [AllowedSkip(**{**entry, "on": tuple(entry.get("on", ()))}) for entry in entries]
    except TypeError as error:
        raise pytest.UsageError(f"{path}: {error}") from None
    if not all(skip.reason.strip() and skip.why.strip() for skip in skips):
        raise pytest.UsageError(f"{path}: every entry needs a reason and a why")
    return skips


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--all", action="store_true", help="the rings slow and real as well")
    parser.addoption(
        "--strict-skips",
        action="store_true",
        help=f"a skip whose reason is not in {ALLOWED_SKIPS.name} is a failure",
    )


def pytest_configure(config: pytest.Config) -> None:
    strict = config.getoption("--strict-skips")
    settings.load_profile("repeatable" if strict else "here")
    if strict:
        # A file that is skipped whole must not keep the others from running.
        config.option.continue_on_collection_errors = True
        config.stash[ALLOWED] = allowed_skips(ALLOWED_SKIPS)


ALLOWED = pytest.StashKey[list[AllowedSkip]]()
LEFT_OUT = pytest.StashKey[dict[str, int]]()


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out the rings that were not asked for."""
    if config.getoption("--all"):
        return
    ring_of = {item: ring for item in items for ring in RINGS if item.get_closest_marker(ring)}
    rings = list(ring_of.values())
    config.stash[LEFT_OUT] = {ring: rings.count(ring) for ring in RINGS if ring in rings}
    config.hook.pytest_deselected(items=list(ring_of))
    items[:] = [item for item in items if item not in ring_of]


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_makereport(
    item: pytest.Item,
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    judge(report, item.config)
    return report


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_make_collect_report(
    collector: pytest.Collector,
) -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    report = yield
    judge(report, collector.config)
    return report


def judge(report: pytest.TestReport | pytest.CollectReport, config: pytest.Config) -> None:
    """Make a failure of a skip that nobody allowed, if skips are judged at all."""
    if report.outcome != "skipped" or hasattr(report, "wasxfail") or ALLOWED not in config.stash:
        return
    reason = reason_of(report)
    if not any(skip.covers(reason) for skip in config.stash[ALLOWED]):
        report.outcome = "failed"
        report.longrepr = f"skipped for a reason that is not in {ALLOWED_SKIPS.name}: {reason}"


def reason_of(report: Any) -> str:
    """The reason that a skipped test or file gives."""
    said = report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
    return str(said).removeprefix("Skipped: ")


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Name each skip, and each ring that was left out."""
    skipped = terminalreporter.stats.get("skipped", [])
    left_out = terminalreporter.config.stash.get(LEFT_OUT, {})
    if skipped or left_out:
        terminalreporter.section("not run")
    for line in not_run(skipped, left_out):
        terminalreporter.line(line)


def not_run(skipped: Sequence[Any], left_out: dict[str, int]) -> Iterable[str]:
    """A line for each skip and each ring."""
    for report in skipped:
        yield f"skipped {report.nodeid}: {reason_of(report)}"
    for ring, count in left_out.items():
        yield f"left out {count} of the ring '{ring}', which --all adds"
