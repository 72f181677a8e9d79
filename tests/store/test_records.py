import json
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from icsgen.journal import Entry
from icsgen.model import Interview
from icsgen.sources import Options, read, to_record
from icsgen.store.records import entry_of, entry_text, interview_of, interview_text
from tests.store.nouns import BERLIN, entries, interview, interviews, promised


@given(interviews())
def test_an_interview_comes_back_equal_and_in_its_zone(one: Interview) -> None:
    texts = [entry_text(entry, one.zone) for entry in one.journal]
    back = interview_of(one.id, interview_text(one), texts)
    assert back == one
    assert back.start.tzinfo is one.zone
    assert (back.start.fold, back.end.fold) == (one.start.fold, one.end.fold)


@given(st.data())
def test_an_entry_comes_back_equal(data: st.DataObject) -> None:
    entry: Entry = data.draw(entries(BERLIN))
    assert entry_of(entry_text(entry, BERLIN), BERLIN) == entry


def test_a_local_time_is_kept_as_people_agreed_on_it() -> None:
    assert '"start":"2026-11-10T14:00:00"' in interview_text(interview())


def test_what_a_file_said_is_what_is_kept() -> None:
    one = interview(journal=[promised()])
    data = json.dumps(to_record(one)).encode()
    (found,) = read(data, "interviews.json", Options()).interviews
    texts = [entry_text(entry, one.zone) for entry in found.journal]
    assert interview_of(found.id, interview_text(found), texts) == one


@pytest.mark.parametrize("text", ["", "{", "[]", "{}", "null", '{"zone": 3}', '{"zone": "UTC"}'])
def test_what_was_never_written_is_not_read(text: str) -> None:
    with pytest.raises((ValueError, KeyError, TypeError, AttributeError)):
        interview_of("acme", text)


def test_a_moment_keeps_its_instant_and_a_local_time_its_clock() -> None:
    entry = promised()
    exact = type(entry)(entry.at + timedelta(microseconds=1), entry.on)
    assert "09:30:00.000001+01:00" in entry_text(exact, BERLIN)
