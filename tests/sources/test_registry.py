from collections.abc import Callable, Iterator
from importlib import metadata

import pytest

from icsgen.model import Problem, Severity
from icsgen.sources import (
    Item,
    Options,
    Reading,
    Record,
    Skipped,
    broken_sources,
    read,
    registry,
    sources,
)
from tests.sources.cases import PLAIN, SETTLED, refusals


class Tracker:
    """A third party's format: a first line of its own, then companies."""

    name = "tracker"

    def claims(self, data: bytes, file_name: str) -> bool:
        del file_name
        return data.startswith(b"#tracker")

    def records(self, data: bytes, where: str, options: Options) -> Iterator[Item]:
        del options
        for number, company in enumerate(data.decode().split()[1:], 2):
            if company == "boom":
                raise RuntimeError(company)
            yield Record(f"{where}, line {number}", {**PLAIN, "company": company})
        yield Skipped(where, "the rest")


class Lacking:
    name = "lacking"


Plug = Callable[..., None]


@pytest.fixture
def plug(monkeypatch: pytest.MonkeyPatch) -> Iterator[Plug]:
    """Let entry points be what a test says, as if a distribution had brought them."""

    def install(**points: str) -> None:
        found = metadata.EntryPoints(
            metadata.EntryPoint(name, value, registry.ENTRY_POINTS)
            for name, value in points.items()
        )
        monkeypatch.setattr(metadata, "entry_points", lambda group: found.select(group=group))
        registry._third_party.cache_clear()

    yield install
    registry._third_party.cache_clear()


def read_tracker(text: bytes, options: Options = SETTLED) -> Reading:
    return read(text, "jobs.txt", options)


def test_a_third_partys_source_reads_what_it_claims(plug: Plug) -> None:
    plug(tracker="tests.sources.test_registry:Tracker")
    reading = read_tracker(b"#tracker\nAcme\nGlobex")
    assert [made.company for made in reading.interviews] == ["Acme", "Globex"]
    assert reading.skipped == (Skipped("jobs.txt", "the rest"),)
    assert [source.name for source in sources()] == ["json", "ics", "csv", "tracker"]
    assert broken_sources() == ()


def test_a_source_that_fails_at_its_work_is_named_and_keeps_what_it_gave(plug: Plug) -> None:
    plug(tracker="tests.sources.test_registry:Tracker")
    reading = read_tracker(b"#tracker\nAcme\nboom\nGlobex")
    assert [made.company for made in reading.interviews] == ["Acme"]
    [(where, said)] = refusals(reading)
    assert where == "jobs.txt"
    assert "tracker" in said
    assert "RuntimeError: boom" in said


@pytest.mark.parametrize(
    "value",
    [
        "no_such_module:x",
        "tests.sources.test_registry:nothing",
        "tests.sources.test_registry:Lacking",
    ],
)
def test_a_source_that_cannot_be_loaded_is_listed_and_stops_nobody(plug: Plug, value: str) -> None:
    plug(broken=value, tracker="tests.sources.test_registry:Tracker")
    assert [error.where for error in broken_sources()] == ["source broken"]
    assert value in broken_sources()[0].remedy
    assert len(read_tracker(b"#tracker\nAcme").interviews) == 1


def test_a_source_asked_for_by_name_reads_the_file_whatever_it_looks_like(plug: Plug) -> None:
    plug(tracker="tests.sources.test_registry:Tracker")
    named = Options(timezone="UTC", country="US", source="tracker")
    assert [made.company for made in read_tracker(b"{} Acme", named).interviews] == ["Acme"]


def test_a_source_that_nobody_has_is_refused_with_those_there_are(plug: Plug) -> None:
    plug()
    [(_, said)] = refusals(read_tracker(b"{}", Options(source="xml")))
    assert "json, ics, csv" in said


def test_what_ours_know_asks_no_third_party(plug: Plug, monkeypatch: pytest.MonkeyPatch) -> None:
    plug()

    def asked(group: str) -> None:
        raise AssertionError(group)

    monkeypatch.setattr(metadata, "entry_points", asked)
    for data in (b"{}", b"company,role,start\n", b"BEGIN:VCALENDAR\nEND:VCALENDAR"):
        assert read_tracker(data).interviews == ()


def test_the_format_is_told_by_the_content_not_by_the_name() -> None:
    reading = read(b"company,role,start\nA,B,2026-11-10T14:00", "mail.ics", SETTLED)
    assert [made.company for made in reading.interviews] == ["A"]


def test_a_whole_file_that_cannot_be_read_is_one_refusal() -> None:
    reading = read(b"%PDF-1.7", "cv.pdf", SETTLED)
    assert reading.refused == 1
    assert [type(one) for one in reading.problems] == [Problem]
    assert reading.problems[0].severity is Severity.REFUSED
