"""Reading what was written gives the same interview, whatever is in it."""

import csv
import io
import json
from datetime import UTC, date, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from icsgen.journal import (
    Entry,
    Heard,
    News,
    NewsKind,
    Outcome,
    Promised,
    Sent,
    Skipped,
    Snoozed,
    Step,
    Undone,
)
from icsgen.model import (
    Channel,
    Contact,
    Culture,
    Industry,
    Interview,
    Pace,
    Rapport,
    Size,
)
from icsgen.sources import read, to_csv, to_record
from icsgen.text import clean_line, clean_text
from icsgen.zones import Zone, zone
from tests.sources.cases import SETTLED

ZONES = ("America/New_York", "Europe/Berlin", "Africa/Cairo", "Asia/Kathmandu", "Pacific/Apia")
lines = st.text(min_size=1, max_size=40).map(clean_line).filter(bool)
texts = st.text(min_size=1, max_size=80).map(clean_text).filter(bool)
formulas = st.sampled_from(
    ["=1+1", "+1", "-x", "@me", "'=x", "''+", "'plain", "a;b", "[x", "{", "a,b"]
)
words = lines | formulas
dates = st.dates(date(1971, 1, 1), date(2099, 12, 31))


seconds = st.integers(365 * 86_400, 47_000 * 86_400)
moments = st.builds(
    lambda whole, part: datetime.fromtimestamp(whole, UTC) + timedelta(microseconds=part),
    seconds,
    st.integers(0, 999_999),
)
people = st.builds(
    Contact,
    name=words,
    email=st.none() | st.sampled_from(["dana@acme.example", "hr+1@x.example"]),
    phone=st.none() | st.sampled_from(["+1 555 0100", "555-0100"]),
    linkedin=st.none() | st.just("https://www.linkedin.com/in/dana"),
    role=st.none() | lines,
)


def entries(home: Zone, start: datetime, names: st.SearchStrategy[str]) -> st.SearchStrategy[Entry]:
    at = moments.map(lambda moment: moment.astimezone(home))
    whole = at.map(lambda moment: moment.replace(microsecond=0))
    due = st.none() | st.integers(0, 732 * 86_400).map(
        lambda after_s: (start + timedelta(seconds=after_s)).astimezone(home)
    )
    steps = st.sampled_from(Step)
    return (
        st.builds(Sent, at, steps, st.lists(names, max_size=2).map(tuple), due)
        | st.builds(Skipped, at, steps, due)
        | st.builds(Snoozed, at, steps, whole)
        | st.builds(Promised, at, dates)
        | st.builds(Heard, at, st.sampled_from(Outcome), st.none() | dates)
        | st.builds(News, at, st.sampled_from(NewsKind))
        | st.builds(Undone, at, st.just(0))
    )


@st.composite
def interviews(draw: st.DrawFn) -> Interview:
    home = zone(draw(st.sampled_from(ZONES)))
    start = draw(moments).replace(microsecond=0)
    first = Sent(start.astimezone(home), Step.THANK_YOU)
    contacts = tuple(draw(st.lists(people, max_size=3)))
    names = st.sampled_from([one.name for one in contacts]) if contacts else lines
    closed = draw(st.lists(st.tuples(dates, st.integers(0, 20)), max_size=2))
    weekend = draw(st.none() | st.frozensets(st.integers(0, 6), min_size=1, max_size=6))
    return Interview(
        id=draw(st.from_regex(r"[A-Za-z0-9._-]{1,64}", fullmatch=True)),
        company=draw(words),
        role=draw(words),
        start=start.astimezone(home),
        end=(start + timedelta(minutes=draw(st.integers(1, 1440)))).astimezone(home),
        zone=home,
        country=draw(st.sampled_from(["US", "DE"])),
        subdivision=draw(st.none() | st.just("BY")),
        contacts=contacts,
        promised=draw(st.none() | dates),
        industry=draw(st.sampled_from(Industry)),
        pace=draw(st.sampled_from(Pace)),
        size=draw(st.sampled_from(Size)),
        rapport=draw(st.sampled_from(Rapport)),
        culture=draw(st.sampled_from(Culture)),
        channel=draw(st.none() | st.sampled_from(Channel)),
        round=draw(st.none() | words),
        notes=draw(st.none() | texts | formulas),
        topics=tuple(draw(st.lists(words, max_size=3))),
        concerns=tuple(draw(st.lists(words, max_size=3))),
        closed=tuple((day, day + timedelta(days=more)) for day, more in closed),
        weekend=weekend,
        playbook=draw(st.none() | st.just("tuesday")),
        journal=(first, *draw(st.lists(entries(home, start, names), max_size=4))),
    )


@settings(deadline=None)
@given(interviews())
def test_reading_a_record_that_we_wrote_gives_the_same_interview(made: Interview) -> None:
    reading = read(json.dumps(to_record(made)).encode(), "jobs.json", SETTLED)
    assert reading.interviews == (made,)
    assert reading.problems == ()


@settings(deadline=None)
@given(st.lists(interviews(), min_size=1, max_size=3, unique_by=lambda made: made.id))
def test_reading_a_spreadsheet_that_we_wrote_gives_the_same_interviews(
    several: list[Interview],
) -> None:
    reading = read(to_csv(several).encode(), "jobs.csv", SETTLED)
    assert reading.interviews == tuple(several)
    assert reading.problems == ()


@settings(deadline=None)
@given(interviews())
def test_no_cell_that_we_write_is_a_formula(made: Interview) -> None:
    for row in csv.reader(io.StringIO(to_csv([made]))):
        assert not [cell for cell in row if cell.startswith(("=", "+", "-", "@", "\t"))]


@given(interviews())
def test_what_we_write_is_the_contracts_json_and_says_nothing_empty(made: Interview) -> None:
    record = to_record(made)
    assert json.loads(json.dumps(record)) == record
    assert not [name for name, value in record.items() if value in (None, [], "")]
    assert record["start"] == made.start.replace(tzinfo=None).isoformat() or made.start.fold


@given(st.text())
def test_cleaning_a_text_twice_changes_nothing_more(text: str) -> None:
    assert clean_text(clean_text(text)) == clean_text(text)
    assert clean_line(clean_line(text)) == clean_line(text)
    assert "\n" not in clean_line(text)
    clean_text(text).encode()
