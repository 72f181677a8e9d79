import pytest

from icsgen.sources import Options
from tests.sources.cases import PLAIN, read_json, read_one, refused_at, warnings

BERLIN = Options(timezone="Europe/Berlin", country="DE")


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("2026-11-10T14:00", "2026-11-10T14:00:00-05:00"),
        ("2026-11-10 14:00:30", "2026-11-10T14:00:30-05:00"),
        ("20261110T1400", "2026-11-10T14:00:00-05:00"),
        ("2026-W46-2T14:00", "2026-11-10T14:00:00-05:00"),
        ("2026-11-10T14:00Z", "2026-11-10T09:00:00-05:00"),
        ("2026-11-10T14:00:00.75+01:00", "2026-11-10T08:00:00-05:00"),
        ("2026-07-10T14:00", "2026-07-10T14:00:00-04:00"),
    ],
)
def test_a_time_without_an_offset_is_local_and_one_with_it_is_converted(
    written: str, meant: str
) -> None:
    assert read_one({"start": written}).start.isoformat() == meant


@pytest.mark.parametrize(
    "written",
    [
        "2026-11-10T25:00",
        "2026-02-30T10:00",
        "2026-11-10+05:00",
        "2026-11-10x14:00",
        "10/11/2026 14:00",
        "tomorrow",
        "٢٠٢٦-١١-١٠",
        "2026-11-10T14:00 EST",
        1_794_000_000,
        ["2026-11-10"],
        "T14:00",
        "2026-11-10T14:00\nDTEND:x",
    ],
)
def test_what_is_not_iso_8601_is_refused(written: object) -> None:
    assert refused_at({"start": written}) == ["start"]


def test_a_date_alone_means_half_past_nine() -> None:
    reading = read_json({**PLAIN, "start": "2026-11-10"})
    assert reading.interviews[0].start.isoformat() == "2026-11-10T09:30:00-05:00"
    assert [where for where, _ in warnings(reading)] == ["jobs.json, start"]


def test_a_date_alone_is_no_surprise_in_a_journal() -> None:
    entry = {"at": "2026-11-12", "type": "snoozed", "step": "close_out", "until": "2026-12-02"}
    reading = read_json({**PLAIN, "journal": [entry]})
    assert warnings(reading) == []
    assert [
        (made.at.isoformat(), made.until.isoformat())  # type: ignore[union-attr]
        for made in reading.interviews[0].journal
    ] == [("2026-11-12T09:30:00-05:00", "2026-12-02T09:30:00-05:00")]


@pytest.mark.parametrize("name", ["start", "end"])
def test_a_time_in_the_spring_gap_takes_the_offset_before_it_with_a_warning(name: str) -> None:
    record = {**PLAIN, "start": "2026-03-29T01:00", name: "2026-03-29T02:30"}
    reading = read_json(record, BERLIN)
    assert getattr(reading.interviews[0], name).isoformat() == "2026-03-29T03:30:00+02:00"
    assert [where for where, _ in warnings(reading)] == [f"jobs.json, {name}"]


@pytest.mark.parametrize("name", ["start", "end"])
def test_a_time_that_comes_twice_in_autumn_is_the_first_with_a_warning(name: str) -> None:
    record = {**PLAIN, "start": "2026-10-25T01:00", name: "2026-10-25T02:30"}
    reading = read_json(record, BERLIN)
    assert getattr(reading.interviews[0], name).isoformat() == "2026-10-25T02:30:00+02:00"
    assert [where for where, _ in warnings(reading)] == [f"jobs.json, {name}"]


def test_an_offset_says_which_of_two_autumn_times_is_meant() -> None:
    reading = read_json({**PLAIN, "start": "2026-10-25T02:30+01:00"}, BERLIN)
    assert reading.interviews[0].start.isoformat() == "2026-10-25T02:30:00+01:00"
    assert warnings(reading) == []


@pytest.mark.parametrize("path", ["journal[0].until", "journal[0].at"])
def test_odd_times_in_a_journal_are_named_by_their_path(path: str) -> None:
    entry = {
        "at": "2026-11-12",
        "type": "snoozed",
        "step": "close_out",
        "until": "2026-12-02",
        path.partition(".")[2]: "2026-10-25T02:30",
    }
    reading = read_json({**PLAIN, "journal": [entry]}, BERLIN)
    assert [where for where, _ in warnings(reading)] == [f"jobs.json, {path}"]


@pytest.mark.parametrize("written", ["2026-11-20", "2026-11-20 00:00:00", "2026-11-20T00:00"])
def test_a_date_may_carry_a_spreadsheets_midnight(written: str) -> None:
    promised = read_one({"promised": written}).promised
    assert promised is not None
    assert promised.isoformat() == "2026-11-20"


@pytest.mark.parametrize("written", ["2026-11-20T10:00", "2026-11", "20.11.2026", 20261120])
def test_a_date_with_a_time_of_day_is_refused(written: object) -> None:
    assert refused_at({"promised": written}) == ["promised"]
