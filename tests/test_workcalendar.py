"""The tables of days answer as the library does, and keeping them changes no answer."""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime, timedelta
from importlib.machinery import PathFinder
from pathlib import Path
from zlib import crc32

import pytest
from holidays import country_holidays, list_supported_countries
from holidays.version import __version__ as holidays_version

from icsgen import workcalendar
from icsgen.errors import OutOfRange, UnknownPlace
from icsgen.journal import Entry, Heard, Outcome, Promised, Sent, Snoozed, Step, Undone
from icsgen.model import Interview, Severity
from icsgen.planning.workdays import Workdays
from icsgen.workcalendar import library_version, workdays_for
from icsgen.zones import zone

UTC = zone("UTC")
DAY = timedelta(days=1)
LAST_TEST_YEAR = 2029


def interview(
    country: str | None,
    subdivision: str | None = None,
    *,
    on: str = "2026-11-10",
    promised: date | None = None,
    closed: tuple[tuple[date, date], ...] = (),
    weekend: frozenset[int] | None = None,
    journal: tuple[Entry, ...] = (),
) -> Interview:
    start = datetime.fromisoformat(f"{on}T14:00").replace(tzinfo=UTC)
    return Interview(
        id="abc",
        company="Acme",
        role="Designer",
        start=start,
        end=start + timedelta(hours=1),
        zone=UTC,
        country=country,
        subdivision=subdivision,
        promised=promised,
        closed=closed,
        weekend=weekend,
        journal=journal,
    )


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def days_of(year: int) -> Iterator[date]:
    day = date(year, 1, 1)
    while day.year == year:
        yield day
        day += DAY


@pytest.fixture(autouse=True)
def forgotten() -> None:
    """Each test begins as a new process does."""
    workcalendar._days.cache_clear()
    workcalendar._workdays.cache_clear()


def other_answers(country: str, subdivision: str | None, year: int) -> list[date]:
    """The days of a year on which our table and the library disagree."""
    ours, _ = workdays_for(interview(country, subdivision, on=f"{year}-06-15"))
    theirs = country_holidays(country, subdiv=subdivision, years=(year - 1, year, year + 1))
    return [day for day in days_of(year) if ours.is_workday(day) != theirs.is_working_day(day)]


@pytest.mark.parametrize(
    ("country", "subdivision", "year"),
    [
        ("US", None, 2026),
        ("US", "NY", 2027),
        ("DE", "BY", 2026),
        ("EG", None, 2026),
        ("IL", None, 2026),
        ("CN", None, 2026),
        ("AE", None, 2021),
        ("AE", None, 2022),
        ("JP", None, 2026),
        ("IN", "MH", 2026),
        ("MY", "01", 2024),
        ("MY", "01", 2025),
        ("SA", None, 2013),
        ("TW", None, 1999),
    ],
)
def test_a_table_answers_as_the_library_does(
    country: str, subdivision: str | None, year: int
) -> None:
    assert other_answers(country, subdivision, year) == []


@pytest.mark.slow
@pytest.mark.parametrize("country", sorted(list_supported_countries(include_aliases=False)))
def test_every_country_answers_as_the_library_does(country: str) -> None:
    last = country_holidays(country).end_year
    for year in range(2024, min(last, LAST_TEST_YEAR) + 1):
        assert other_answers(country, None if country != "GB" else "ENG", year) == []


@pytest.mark.slow
@pytest.mark.parametrize("country", ["US", "DE", "CA", "IN", "MY", "AU", "CH", "ES", "GB", "BR"])
def test_every_subdivision_answers_as_the_library_does(country: str) -> None:
    for subdivision in country_holidays(country).subdivisions:
        assert other_answers(country, subdivision, 2026) == []


def test_a_library_in_a_bundle_answers_as_one_in_files(monkeypatch: pytest.MonkeyPatch) -> None:
    from_files, _ = workdays_for(interview("CA", "QC"))
    as_new()
    workcalendar._entity.cache_clear()
    monkeypatch.setattr(PathFinder, "find_spec", lambda *_: None)
    bundled, _ = workdays_for(interview("CA", "QC"))
    workcalendar._entity.cache_clear()
    assert (known(bundled), bundled.place) == (known(from_files), "Canada (QC)")


def test_china_works_on_its_make_up_weekend_days() -> None:
    days, _ = workdays_for(interview("CN"))
    assert days.is_weekend(date(2026, 2, 14))
    assert days.is_workday(date(2026, 2, 14))
    assert not days.is_workday(date(2026, 2, 15))


def test_the_emirates_moved_their_weekend_with_the_year_2022() -> None:
    days, _ = workdays_for(interview("AE", on="2021-12-20"))
    assert [days.is_workday(date(2021, 12, day)) for day in (23, 24, 25, 26)] == [
        True,
        False,
        False,
        True,
    ]
    assert days.is_workday(date(2022, 1, 7))
    assert days.is_week_start(date(2022, 1, 10))
    assert not days.is_workday(date(2022, 1, 9))


def test_sunday_starts_the_week_in_israel_and_in_egypt() -> None:
    for country in ("IL", "EG"):
        days, _ = workdays_for(interview(country))
        assert days.is_week_start(date(2026, 11, 15))
        assert not days.is_week_start(date(2026, 11, 16))


def test_observed_days_are_off_even_across_the_year() -> None:
    days, _ = workdays_for(interview("US", "NY", on="2027-11-10"))
    assert not days.is_workday(date(2027, 12, 31))  # New Year's Day 2028 is a Saturday
    assert not days.is_workday(date(2027, 12, 24))  # as Christmas Day 2027 is


def test_names_of_holidays_are_english_whatever_the_machine_speaks(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("LANGUAGE", "de")
    monkeypatch.setenv("LANG", "de_DE.UTF-8")
    german, _ = workdays_for(interview("DE", "BY"))
    assert german.holiday(date(2026, 12, 25)) == "Christmas Day"
    japanese, _ = workdays_for(interview("JP"))
    assert japanese.holiday(date(2026, 11, 23)) == "Labor Thanksgiving Day"


def test_a_weekend_of_ones_own_stands_in_for_the_country_s() -> None:
    days, _ = workdays_for(interview("US", "NY", weekend=frozenset({4, 5})))
    assert not days.is_workday(date(2026, 11, 13))
    assert days.is_workday(date(2026, 11, 15))


def test_a_closed_day_is_no_workday() -> None:
    closed = ((date(2026, 11, 12), date(2026, 11, 13)),)
    days, _ = workdays_for(interview("US", "NY", closed=closed))
    assert not days.is_workday(date(2026, 11, 12))
    assert not days.is_workday(date(2026, 11, 13))
    assert days.is_workday(date(2026, 11, 16))


@pytest.mark.parametrize(
    ("country", "subdivision", "place"),
    [
        ("US", "NY", "United States (NY)"),
        ("us", "ny", "United States (NY)"),
        ("USA", "US-NY", "United States (NY)"),
        ("US", "New York", "United States (NY)"),
        ("DE", "Bayern", "Germany (BY)"),
        ("GB", "Scotland", "United Kingdom (SCT)"),
        ("TT", None, "Trinidad and Tobago"),
    ],
)
def test_a_place_may_be_told_in_several_ways(
    country: str, subdivision: str | None, place: str
) -> None:
    days, problems = workdays_for(interview(country, subdivision))
    assert (days.place, problems) == (place, ())


def test_great_britain_alone_is_read_as_england_and_says_so() -> None:
    days, problems = workdays_for(interview("GB"))
    assert days.holiday(date(2026, 4, 6)) == "Easter Monday"
    assert [(p.where, p.severity) for p in problems] == [
        ("Acme, Designer: subdivision", Severity.NOTE)
    ]
    assert "read as England" in problems[0].message


@pytest.mark.parametrize("country", ["US", "DE", "IN", "AU"])
def test_a_country_whose_parts_differ_is_a_warning_without_one(country: str) -> None:
    _, problems = workdays_for(interview(country))
    assert [(p.where, p.severity) for p in problems] == [
        ("Acme, Designer: subdivision", Severity.WARNING)
    ]


@pytest.mark.parametrize("country", ["JP", "EG", "IL", "CN"])
def test_a_country_whose_parts_agree_needs_none(country: str) -> None:
    assert workdays_for(interview(country))[1] == ()


def test_a_subdivision_where_none_are_known_is_a_warning() -> None:
    days, problems = workdays_for(interview("EG", "C"))
    assert days.place == "Egypt"
    assert "no holidays are known by subdivision" in problems[0].message


def test_no_country_means_weekends_only_with_a_warning() -> None:
    days, problems = workdays_for(interview(None))
    assert days.years is None
    assert [(p.where, p.severity) for p in problems] == [
        ("Acme, Designer: country", Severity.WARNING)
    ]


@pytest.mark.parametrize(
    ("country", "subdivision", "field", "says"),
    [
        ("XX", None, "country", "a code of two letters"),
        ("Germny", None, "country", "did you mean DE (Germany)"),
        ("United States", None, "country", "did you mean US (United States)"),
        ("../../etc", None, "country", "a code of two letters"),
        ("x" * 5000, None, "country", "a code of two letters"),
        ("DE", "Bayer", "subdivision", "did you mean BY?"),
        ("DE", "Q", "subdivision", "use one of: BB, BE, BW"),
        ("US", "\ud800", "subdivision", "use one of: "),
    ],
)
def test_a_place_nobody_knows_names_the_field_and_the_nearest(
    country: str, subdivision: str | None, field: str, says: str, tmp_path: Path
) -> None:
    with pytest.raises(UnknownPlace) as caught:
        workdays_for(interview(country, subdivision), cache=tmp_path)
    assert caught.value.where == f"Acme, Designer: {field}"
    assert says in caught.value.remedy
    assert len(str(caught.value)) < 300
    assert list(tmp_path.iterdir()) == []


LATE = Heard(at("2026-11-12T09:00"), Outcome.REPLIED, date(2101, 1, 1))


@pytest.mark.parametrize(
    ("given", "field", "known"),
    [
        (interview("US", "NY", on="2101-03-01"), "start", "1777 to 2100"),
        (interview("US", "NY", on="1776-07-04"), "start", "1777 to 2100"),
        (interview("LK", on="2027-03-01"), "start", "2003 to 2026"),
        (interview("US", "NY", promised=date(2150, 1, 1)), "promised", "1777 to 2100"),
        (interview("US", "NY", journal=(LATE,)), "journal[0].promised", "1777 to 2100"),
        (
            interview("US", journal=(Promised(at("2026-11-12T09:00"), date(2101, 1, 1)),)),
            "journal[0].date",
            "1777 to 2100",
        ),
        (
            interview(
                "US",
                journal=(
                    Sent(at("2026-11-12T09:00"), Step.THANK_YOU),
                    Snoozed(at("2026-11-12T09:00"), Step.CLOSE_OUT, at("2101-01-01T09:00")),
                ),
            ),
            "journal[1].until",
            "1777 to 2100",
        ),
        (interview(None, on="9995-03-01"), "start", "2 to 9990"),
    ],
)
def test_a_year_that_no_table_knows_names_the_field(
    given: Interview, field: str, known: str
) -> None:
    with pytest.raises(OutOfRange) as caught:
        workdays_for(given)
    assert caught.value.where == f"Acme, Designer: {field}"
    assert known in caught.value.what


def test_what_the_plan_ignores_is_in_no_need_of_a_table() -> None:
    early = Promised(at("2026-11-12T09:00"), date(1, 1, 1))
    journal = (early, LATE, Undone(at("2026-11-13T09:00"), entry=1))
    days, _ = workdays_for(interview("US", "NY", journal=journal))
    assert sorted(days.years or ()) == [2025, 2026, 2027, 2028]


def test_the_years_around_every_date_are_known() -> None:
    journal = (Snoozed(at("2026-11-12T09:00"), Step.CLOSE_OUT, at("2035-01-01T09:00")),)
    closed = ((date(2036, 1, 1), date(2039, 1, 1)),)
    days, _ = workdays_for(interview("US", "NY", journal=journal, closed=closed), years_ahead=1)
    assert sorted(days.years or ()) == [2025, 2026, 2027, *range(2034, 2041)]


def test_a_closed_period_without_end_costs_a_few_years_only() -> None:
    days, _ = workdays_for(interview("US", "NY", closed=((date.min, date.max),)))
    assert sorted(days.years or ()) == list(range(2025, 2033))


# What is kept


def known(days: Workdays) -> dict[int, object]:
    return dict(days.years or {})


def as_new() -> None:
    workcalendar._days.cache_clear()
    workcalendar._workdays.cache_clear()


def test_the_library_s_version_is_told_without_loading_it() -> None:
    assert library_version() == holidays_version


def test_kept_days_answer_the_same_and_need_no_library(tmp_path: Path) -> None:
    fresh, warned = workdays_for(interview("US"))
    workdays_for(interview("US"), cache=tmp_path)
    as_new()
    kept, warned_again = workdays_for(interview("US"), cache=tmp_path)
    assert (known(kept), kept.place, warned_again) == (known(fresh), fresh.place, warned)
    program = (
        "import sys; from pathlib import Path; from icsgen import workcalendar as w;"
        "years = frozenset({2025, 2026, 2027, 2028});"
        "assert w._days('US', '', years, Path(sys.argv[1])).place == 'United States';"
        "assert 'holidays' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", program, str(tmp_path)], check=True, timeout=60)


def test_years_are_added_to_those_that_are_kept(tmp_path: Path) -> None:
    workdays_for(interview("US", on="2026-01-01"), cache=tmp_path)
    workdays_for(interview("US", on="2031-01-01"), cache=tmp_path)
    as_new()
    [file] = tmp_path.iterdir()
    before = file.stat().st_mtime_ns
    days, problems = workdays_for(interview("US", on="2026-01-01"), cache=tmp_path)
    assert sorted(known(days)) == [*range(2025, 2029), *range(2030, 2034)]
    assert len(problems) == 1
    assert file.stat().st_mtime_ns == before


def test_each_place_has_a_file_of_its_own_that_only_its_owner_reads(tmp_path: Path) -> None:
    folder = tmp_path / "new" / "cache"
    for subdivision in (None, "NY", "New York", "../x"[3:] + "/.."):
        try:
            workdays_for(interview("US", subdivision), cache=folder)
        except UnknownPlace:
            continue
    names = sorted(file.name for file in folder.iterdir())
    assert names[0] == "days-US-NY.json"
    assert len(names) == 3
    assert all(file.parent == folder for file in folder.iterdir())
    if os.name == "posix":
        assert {file.stat().st_mode & 0o777 for file in folder.iterdir()} == {0o600}
        assert folder.stat().st_mode & 0o777 == 0o700


def signed(body: bytes) -> bytes:
    return f"{crc32(body):08x}".encode() + b"\n" + body


def with_changed(whole: bytes, change: dict[str, object]) -> bytes:
    return signed(json.dumps(json.loads(whole.partition(b"\n")[2]) | change).encode())


DAMAGE: dict[str, Callable[[bytes], bytes]] = {
    "empty": lambda _: b"",
    "half": lambda whole: whole[: len(whole) // 2],
    "one letter": lambda whole: whole.replace(b"Christmas", b"Chrismas!"),
    "a day gone": lambda whole: whole.replace(b"2026-12-25", b"2026-12-26"),
    "no json": lambda _: signed(b"{"),
    "deep": lambda _: signed(b"[" * 100_000),
    "huge": lambda _: signed(b" " * 1_000_000),
    "a list": lambda _: signed(b"[]"),
    "a number of 9,000 digits": lambda _: signed(b"9" * 9000),
    "not utf-8": lambda _: signed(b"\xff"),
    "another version": lambda whole: with_changed(whole, {"key": [1, "0.1", "US", "NY"]}),
    "another place": lambda whole: with_changed(whole, {"key": [1, holidays_version, "US", ""]}),
    "a place that is no text": lambda whole: with_changed(whole, {"place": 3}),
    "years that are no numbers": lambda whole: with_changed(whole, {"known": ["a", "b"]}),
    "no years": lambda whole: with_changed(whole, {"years": {}}),
    "years of another kind": lambda whole: with_changed(whole, {"years": 3}),
    "no such date": lambda whole: with_changed(
        whole,
        {
            "years": {
                "2026": {
                    "weekend": ["56"] * 12,
                    "holidays": {"2026-13-01": "x"},
                    "worked": [],
                    "differs": False,
                }
            }
        },
    ),
    "eleven months": lambda whole: with_changed(
        whole,
        {
            "years": {
                "2026": {"weekend": ["56"] * 11, "holidays": {}, "worked": [], "differs": False}
            }
        },
    ),
}


@pytest.mark.parametrize("damage", DAMAGE)
def test_a_damaged_file_changes_no_answer_and_is_made_new(damage: str, tmp_path: Path) -> None:
    given = interview("US", "NY")
    fresh, _ = workdays_for(given, cache=tmp_path)
    [file] = tmp_path.iterdir()
    whole = file.read_bytes()
    damaged = DAMAGE[damage](whole)
    assert damaged != whole
    file.write_bytes(damaged)
    as_new()
    days, _ = workdays_for(given, cache=tmp_path)
    assert (known(days), days.place) == (known(fresh), fresh.place)
    assert file.read_bytes() == whole


@pytest.mark.skipif(os.name != "posix", reason="file modes are not kept here")
def test_a_file_that_others_may_write_is_not_believed(tmp_path: Path) -> None:
    given = interview("US", "NY")
    workdays_for(given, cache=tmp_path)
    [file] = tmp_path.iterdir()
    file.write_bytes(with_changed(file.read_bytes(), {"place": "Elsewhere"}))
    file.chmod(0o666)
    as_new()
    assert workdays_for(given, cache=tmp_path)[0].place == "United States (NY)"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
@pytest.mark.parametrize("kind", ["folder", "pipe", "link"])
def test_what_is_no_file_of_ours_stops_nothing(kind: str, tmp_path: Path) -> None:
    file = tmp_path / "days-US-NY.json"
    other = tmp_path / "other"
    other.write_bytes(b"untouched")
    match kind:
        case "folder":
            file.mkdir()
        case "pipe":
            os.mkfifo(file)
        case _:
            file.symlink_to(other)
    days, _ = workdays_for(interview("US", "NY"), cache=tmp_path)
    assert not days.is_workday(date(2026, 11, 26))
    assert other.read_bytes() == b"untouched"


def test_a_folder_that_cannot_be_written_stops_nothing(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_bytes(b"")
    for cache in (file, file / "below"):
        days, _ = workdays_for(interview("US", "NY"), cache=cache)
        assert not days.is_workday(date(2026, 11, 26))


def test_many_threads_get_the_same_days(tmp_path: Path) -> None:
    def thanksgiving(_: int) -> bool:
        as_new()
        days = workdays_for(interview("US", "NY"), cache=tmp_path)[0]
        return days.is_workday(date(2026, 11, 26)) or days.is_workday(date(2026, 12, 25))

    with ThreadPoolExecutor(8) as pool:
        assert not any(pool.map(thanksgiving, range(64)))
    assert [file.name for file in tmp_path.iterdir()] == ["days-US-NY.json"]


def test_interviews_of_one_place_share_one_table() -> None:
    first, _ = workdays_for(interview("US", "NY", on="2026-11-10"))
    second, _ = workdays_for(interview("US", "NY", on="2026-12-01"))
    assert second is first
