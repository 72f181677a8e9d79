"""Whatever a file holds, it is answered in time, and one bad row never costs another."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from icsgen.model import Severity
from icsgen.sources import Options, Reading, read, to_record
from icsgen.sources.fields import FIELDS
from icsgen.sources.ics_child import read as read_calendar
from icsgen.sources.ics_file import IcsFile
from icsgen.sources.ics_guess import guessed, looks_like_interview
from icsgen.sources.ics_process import child_command, limits_in_words, parsed_apart
from tests.sources.cases import PLAIN, SETTLED, read_json, refusals
from tests.sources.test_ics_file import AT_TWO, INVITATIONS, calendar, event, read_ics

GOOD = {**PLAIN, "company": "Globex", "id": "good"}
json_values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=20)
    | st.sampled_from(["2026-11-10T14:00", "2026-11-10", "DE", "sent", "thank_you", "a@b.example"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["at", "type", "step", "name", "email"]), inner, max_size=4
        )
    ),
    max_leaves=8,
)
records = st.dictionaries(st.sampled_from(FIELDS) | st.text(max_size=5), json_values, max_size=8)
quickly = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
in_processes = settings(deadline=None, max_examples=15)


def sound(reading: Reading) -> Reading:
    """Check what holds of every reading, and give it back."""
    for one in reading.problems:
        assert one.message
        assert not set("\n\r\0") & set(one.where + one.message)
        (one.where + one.message).encode()
    assert (reading.refused > 0) == bool(refusals(reading))
    for made in reading.interviews:
        assert made.start < made.end
        json.dumps(to_record(made)).encode()
    return reading


@quickly
@given(st.binary(max_size=400))
def test_any_bytes_are_answered(data: bytes) -> None:
    reading = sound(read(data, "x", SETTLED))
    assert reading.problems or reading.skipped or reading.interviews


@quickly
@given(
    st.lists(
        st.sampled_from([*"{}[]\",:;|\t\n\r'= \0ab1é", "company", "start"]),
        max_size=80,
    )
)
def test_any_punctuation_is_answered(parts: list[str]) -> None:
    sound(read("".join(parts).encode(), "x", SETTLED))
    sound(read(("company,role,start\n" + "".join(parts)).encode(), "x", SETTLED))


@quickly
@given(st.lists(records, max_size=3))
def test_a_good_record_comes_through_among_any_others(others: list[dict[str, Any]]) -> None:
    others = [{**other, "id": "bad"} for other in others]
    reading = sound(read_json([*others, GOOD]))
    assert "good" in [made.id for made in reading.interviews]


@quickly
@given(records)
def test_any_values_in_a_plain_record_give_an_interview_or_say_why_not(
    changes: dict[str, Any],
) -> None:
    reading = sound(read_json({**PLAIN, **changes}))
    assert bool(reading.interviews) != bool(refusals(reading))


@quickly
@given(
    st.lists(
        st.dictionaries(
            st.sampled_from(["at", "type", "step", "until", "date", "entry"]), json_values
        )
    ),
)
def test_any_journal_gives_an_interview_or_names_the_entry(journal: list[object]) -> None:
    reading = sound(read_json({**PLAIN, "journal": journal}))
    assert all("journal[" in where for where, _ in refusals(reading))
    assert bool(reading.interviews) != bool(refusals(reading))


@quickly
@given(st.text(st.sampled_from("\",;\n\r\t=+'[{ax/.:12 "), max_size=60), st.sampled_from(FIELDS))
def test_any_cells_in_a_row_cost_no_other_row(cells: str, column: str) -> None:
    column = "notes" if column in {"company", "role", "start", "id"} else column
    cells = cells.replace("\n", " ").replace("\r", " ").replace('"', "'")
    rows = f'good,A,B,2026-11-10T14:00,\nbad,A,C,2026-11-10T14:00,"{cells}"\n'
    text = f"id,company,role,start,{column}\n{rows}"
    reading = sound(read(text.encode(), "x", SETTLED))
    if all("line" in where for where, _ in refusals(reading)):
        assert "good" in [made.id for made in reading.interviews]


@quickly
@given(st.data())
def test_any_damage_to_an_invitation_is_answered(data: st.DataObject) -> None:
    name = data.draw(st.sampled_from(sorted(INVITATIONS.glob("*.ics"))))
    text = name.read_text("utf-8")
    for _ in range(data.draw(st.integers(1, 6))):
        at = data.draw(st.integers(0, len(text)))
        junk = data.draw(
            st.text(max_size=3) | st.sampled_from(["\r\n", '"', ";", "BEGIN:VEVENT\n"])
        )
        text = text[:at] + junk + text[at + data.draw(st.integers(0, 40)) :]
    json.dumps(read_calendar(text))


@in_processes
@given(
    st.lists(
        st.sampled_from(
            [
                "BEGIN:VEVENT",
                "END:VEVENT",
                "BEGIN:VTIMEZONE",
                "END:VTIMEZONE",
                "DTSTART:20261110T140000Z",
                "DTSTART;TZID=x:20261110T140000",
                "UID:1",
                "SUMMARY:Interview",
                "RRULE:FREQ=SECONDLY",
                ":",
                ";",
                '"',
                "TZID:x",
                "BEGIN:STANDARD",
                "END:STANDARD",
                "TZOFFSETTO:+9999",
                "DTSTART:99999999T999999",
                " x",
                "ORGANIZER:mailto:",
                'ATTENDEE;CN="a:b";X=;=;:mailto:x@y.example',
                "SEQUENCE:-1",
                "DURATION:P",
            ]
        ),
        max_size=30,
    )
)
def test_any_order_of_lines_is_answered(lines: list[str]) -> None:
    sound(read("\r\n".join(["BEGIN:VCALENDAR", *lines]).encode(), "x.ics", SETTLED))


BOMB = "RRULE:FREQ=SECONDLY;COUNT=999999999;BYMONTH=2;BYMONTHDAY=30"
HOSTILE = {
    "an rrule without end": event(*AT_TWO, BOMB),
    "an rrule in a zone": (
        "BEGIN:VTIMEZONE\r\nTZID:x\r\nBEGIN:STANDARD\r\nDTSTART:00010101T000000\r\nTZOFFSETFROM:+0000\r\n"
        f"TZOFFSETTO:+0100\r\n{BOMB}\r\nEND:STANDARD\r\nEND:VTIMEZONE\r\n"
        + event("DTSTART;TZID=x:20261110T140000")
    ),
    "deep nesting": "BEGIN:VEVENT\r\n" * 5000,
    "one line of a megabyte": event(*AT_TWO, "DESCRIPTION:" + "x\\n" * 350_000),
    "a folded megabyte": event(*AT_TWO, "DESCRIPTION:" + "\r\n ".join("x" * 300_000)),
    "a megabyte of blanks": event(*AT_TWO, "ATTENDEE;CN=" + " " * 10**6 + ":mailto:x@y.example"),
    "a megabyte of newlines": event(*AT_TWO, "\r\n" * 500_000),
    "a zone that is a folder": event("DTSTART;TZID=Europe:20261110T140000"),
    "a zone that is a path": event("DTSTART;TZID=../../../../etc/passwd:20261110T140000"),
    "a very long zone": event(f"DTSTART;TZID={'x' * 10**5}:20261110T140000"),
    "a zone with zeros": event("DTSTART;TZID=Europe\0Berlin:20261110T140000"),
    "words without end": event(*AT_TWO, summary="a " * 5000 + "interview !"),
    "numbers without end": event(
        *AT_TWO, "SEQUENCE:" + "9" * 10**5, "DURATION:P" + "9" * 10**5 + "D"
    ),
    "offsets beyond a day": event("DTSTART;TZID=x:20261110T140000") + "\r\nTZOFFSETTO:+9999",
    "many attendees": event(*AT_TWO, *["ATTENDEE:mailto:a@b.example"] * 3000),
    "many events": "\r\n".join(event(*AT_TWO, uid=str(n), summary="Lunch") for n in range(900)),
}


@pytest.mark.parametrize("name", HOSTILE)
@pytest.mark.timeout(60)
def test_a_hostile_event_is_answered_and_costs_no_other(name: str) -> None:
    good = event(*AT_TWO, uid="good", summary="Interview: Chef at Globex")
    reading = sound(read_ics(good, HOSTILE[name]))
    assert "Chef" in [made.role for made in reading.interviews]


@pytest.mark.parametrize(
    "value", ["Acme\rX:1", "Acme\u2028X", "Acme\\nX:1", "Ac\u0000me", "Acme\x85x"]
)
def test_no_text_of_an_event_brings_a_line_of_its_own(value: str) -> None:
    reading = sound(read_ics(event(*AT_TWO, summary=f"Interview: Designer at {value}")))
    assert all("\n" not in made.company and "\0" not in made.company for made in reading.interviews)
    assert len(reading.interviews) + len(refusals(reading)) >= 1


QUICK = {
    "braces": b"[" + b"{}," * 19_000 + b"{}]",
    "unknown fields": json.dumps({**PLAIN, **{f"f{n}": n for n in range(8000)}}).encode(),
    "json lines": b'{"a":1}\n' * 12_000,
    "digits": b'{"minutes":' + b"9" * 100_000 + b"}",
    "quotes": b"company,role,start\n" + b'"\n' * 50_000,
    "odd quotes": b"company,role,start\n" + b'"a""b\n' * 17_000,
    "open quotes": b"company,role,start\n" + b'"""\n' * 25_000,
    "columns": b"company,role," + b"x," * 50_000,
    "blanks": b"company,role,start\n" + b" " * 100_000,
    "dates": b"company,role,start\n" + b"A,B,1 1 1 1 1 1 1 1\n" * 5_000,
    "names of months": b"company,role,start\n" + b"A,B,November x 2026\n" * 5_000,
    "one cell": b"company,role,start\nA,B," + b"1/" * 50_000,
    "commas": b"company,role,start\n" + b"," * 100_000,
    "an e-mail": json.dumps(
        {**PLAIN, "contacts": [{"email": "a." * 200 + "@" + "a." * 40}] * 150}
    ).encode(),
    "escapes": b'["' + b"\\\\" * 50_000 + b'"]',
    "open text": b'{"' + b'\\"' * 50_000,
    "events": calendar("BEGIN:VEVENT\r\nEND:VEVENT\r\n" * 3_500),
    "properties": calendar(event(*["DTSTART:x"] * 9_000)),
    "unclosed": calendar("BEGIN:VEVENT\r\n" * 7_000),
    "title": calendar(event(*AT_TWO, summary="phone screen with the " * 4_500)),
}


@pytest.mark.parametrize("name", QUICK)
@pytest.mark.timeout(20)
def test_a_hundred_kilobytes_of_anything_are_answered_in_time(name: str) -> None:
    sound(read(QUICK[name], "x", SETTLED))


@given(st.text(max_size=300))
def test_any_title_can_be_guessed_at(title: str) -> None:
    found = guessed(title, ["Dana Lee"], ["dana@acme.example", title])
    assert set(found) <= {"company", "role"}
    looks_like_interview(title)


def test_a_child_that_uses_too_much_is_ended_and_the_limit_named(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    endless = [sys.executable, "-c", "while True: pass"]
    monkeypatch.setattr("icsgen.sources.ics_process.child_command", lambda: endless)
    monkeypatch.setattr("icsgen.sources.ics_process.SECONDS", 0.5)
    [(_, said)] = refusals(read_ics(event(*AT_TWO)))
    assert "limit of" in said


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux limits a process's memory")
def test_the_child_gives_itself_so_much_memory_and_no_more() -> None:
    code = (
        "from icsgen.sources.ics_child import limit_this_process, MEMORY_BYTES\n"
        "limit_this_process()\n"
        "try:\n    bytearray(MEMORY_BYTES)\nexcept MemoryError:\n    print('held')\n"
    )
    root = Path(__file__).resolve().parents[2]
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=root
    )
    assert done.stdout == "held\n"


def test_python_files_in_the_folder_at_hand_are_not_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("icalendar", "json", "icsgen", "sitecustomize"):
        (tmp_path / f"{name}.py").write_text("raise SystemExit(7)")
    monkeypatch.chdir(tmp_path)
    assert parsed_apart(calendar(event(*AT_TWO)).decode())["faults"] == []


def test_a_bundle_starts_itself_with_a_word_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    assert child_command() == [sys.executable, "--parse-calendar-child"]


@pytest.mark.parametrize(
    ("system", "word"), [("linux", "memory and time"), ("win32", "not in memory")]
)
def test_what_holds_a_calendar_in_check_is_said_for_each_system(system: str, word: str) -> None:
    assert word in limits_in_words(system)


def test_reading_a_spreadsheet_loads_no_calendar_and_no_guessing_library() -> None:
    code = (
        "import sys\nfrom icsgen.sources import Options, read\n"
        "options = Options(timezone='UTC', country='US')\n"
        "assert read(b'company,role,start\\nA,B,2026-11-10T14:00', 'x', options).interviews\n"
        "slow = {'icalendar', 'dateutil', 'holidays', 'subprocess', 'importlib.metadata'}\n"
        "print(sorted(slow & set(sys.modules)))"
    )
    root = Path(__file__).resolve().parents[2]
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=True,
        cwd=root,
        env=os.environ,
    )
    assert done.stdout == "[]\n"


def test_a_lone_surrogate_in_a_files_name_is_cleaned() -> None:
    reading = sound(read(b"{}", "jobs\udcff\n.json", Options()))
    assert reading.problems[0].where.startswith("jobs\ufffd .json")


def test_bytes_that_are_no_calendar_are_not_claimed() -> None:
    assert not IcsFile().claims(b"BEGIN:VCARD", "x.ics")
    assert IcsFile().claims(b"\xef\xbb\xbf\r\nbegin:vcalendar\r\n", "x")


def test_a_problem_says_how_bad_it_is() -> None:
    assert {one.severity for one in read_json({}).problems} <= set(Severity)
