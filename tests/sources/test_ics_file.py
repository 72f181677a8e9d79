from pathlib import Path

import pytest

from icsgen.model import Contact, Severity
from icsgen.sources import Options, Reading, merge, read
from tests.sources.cases import SETTLED, messages, refusals, warnings

INVITATIONS = Path(__file__).with_name("invitations")
ME = SETTLED._replace(email="Jo.Doe@mail.example")
GIVEN = SETTLED._replace(company="Acme", role="Designer")


def event(*lines: str, uid: str = "1@x", summary: str = "Interview: Designer at Acme") -> str:
    own = [f"UID:{uid}", f"SUMMARY:{summary}"]
    return "\r\n".join(["BEGIN:VEVENT", *own, *lines, "END:VEVENT"])


def calendar(*parts: str) -> bytes:
    return "\r\n".join(["BEGIN:VCALENDAR", "VERSION:2.0", *parts, "END:VCALENDAR", ""]).encode()


def read_ics(*parts: str, options: Options = SETTLED) -> Reading:
    return read(calendar(*parts), "mail.ics", options)


AT_TWO = ("DTSTART;TZID=Europe/Berlin:20261110T140000", "DTEND;TZID=Europe/Berlin:20261110T150000")
LATER = "DTSTART;TZID=Europe/Berlin:20261112T140000"


@pytest.mark.parametrize(
    ("name", "options", "company", "role", "start", "zone", "people"),
    [
        (
            "google",
            ME,
            "Acme",
            "Senior Product Designer",
            "2026-11-10T14:00:00-05:00",
            "America/New_York",
            (
                Contact("Dana Lee", "dana.lee@acme.example"),
                Contact("Sam Roe", "sam.roe@acme.example"),
            ),
        ),
        (
            "exchange",
            ME,
            "Bergwerk Software",
            "Softwareentwicklerin",
            "2026-07-15T10:00:00+02:00",
            "Europe/Berlin",
            (Contact("Weber, Katrin", "katrin.weber@bergwerk-software.example"),),
        ),
        (
            "apple",
            ME,
            "Northwind",
            "Data Analyst",
            "2026-09-10T15:00:00+01:00",
            "Europe/London",
            (),
        ),
        (
            "calendly",
            ME._replace(role="Account Manager"),
            "Tailspin",
            "Account Manager",
            "2026-10-14T11:00:00-04:00",
            "America/New_York",
            (Contact("Priya Nair", "priya@tailspin.example"),),
        ),
    ],
)
def test_an_invitation_becomes_an_interview(
    name: str,
    options: Options,
    company: str,
    role: str,
    start: str,
    zone: str,
    people: tuple[Contact, ...],
) -> None:
    reading = read((INVITATIONS / f"{name}.ics").read_bytes(), f"{name}.ics", options)
    assert not refusals(reading)
    [found] = reading.found
    made = found.interview
    assert (made.company, made.role, made.contacts) == (company, role, people)
    assert (made.start.isoformat(), made.zone.key) == (start, zone)
    assert "company" in found.guessed


def test_what_was_guessed_is_listed_and_said() -> None:
    reading = read_ics(event(*AT_TWO))
    assert reading.found[0].guessed == ("company", "role")
    assert "guessed" in messages(reading, Severity.NOTE)[0][1]


def test_what_cannot_be_guessed_is_asked_for_by_name() -> None:
    reading = read_ics(event(*AT_TWO, summary="Interview"))
    assert [where.rpartition(", ")[2] for where, _ in refusals(reading)] == ["company", "role"]
    assert [said.rpartition("give ")[2] for _, said in refusals(reading)] == [
        "--company",
        "--role",
    ]


def test_what_is_said_of_a_lone_event_counts_before_what_was_guessed() -> None:
    made = read_ics(event(*AT_TWO), options=SETTLED._replace(role="Chef")).found[0]
    assert (made.interview.company, made.interview.role) == ("Acme", "Chef")
    assert made.guessed == ("company",)


def test_what_is_said_of_several_events_only_fills_what_is_missing() -> None:
    reading = read_ics(
        event(*AT_TWO), event(LATER, uid="2", summary="Interview at Globex"), options=GIVEN
    )
    assert [(made.company, made.role) for made in reading.interviews] == [
        ("Acme", "Designer"),
        ("Globex", "Designer"),
    ]


def test_without_a_setting_only_the_organisers_company_are_contacts() -> None:
    reading = read((INVITATIONS / "google.ics").read_bytes(), "google.ics", SETTLED)
    names = [contact.name for contact in reading.interviews[0].contacts]
    assert names == ["Dana Lee", "Sam Roe"]
    assert any("jo.doe@mail.example" in said for _, said in messages(reading, Severity.NOTE))


def test_of_many_events_those_that_look_like_interviews_are_taken() -> None:
    lunch = event(LATER, uid="2", summary="Team lunch")
    reading = read_ics(event(*AT_TWO), lunch)
    assert len(reading.interviews) == 1
    assert [one.where for one in reading.skipped] == ["mail.ics, line 9 (“Team lunch”)"]
    matched = read_ics(event(*AT_TWO), lunch, options=GIVEN._replace(match="LUNCH"))
    assert len(matched.interviews) == 2


def test_a_lone_event_needs_no_telling_words() -> None:
    reading = read_ics(event(*AT_TWO, summary="Chat with Dana"), options=GIVEN)
    assert len(reading.interviews) == 1


def test_of_one_uid_the_highest_sequence_counts() -> None:
    reading = read_ics(event("SEQUENCE:2", LATER), event("SEQUENCE:1", *AT_TWO))
    assert [(one.interview.start.day, one.sequence) for one in reading.found] == [(12, 2)]
    assert len(reading.skipped) == 1


def test_of_one_uid_in_two_files_the_highest_sequence_counts() -> None:
    old, new = read_ics(event(*AT_TWO)), read_ics(event("SEQUENCE:1", LATER))
    for both in (merge([old, new]), merge([new, old])):
        assert [made.start.day for made in both.interviews] == [12]
        assert len(both.skipped) == 1


@pytest.mark.parametrize("how", ["STATUS:CANCELLED", "METHOD:CANCEL"])
def test_a_cancelled_event_proposes_removal(how: str) -> None:
    status = [how] if how.startswith("STATUS") else []
    method = [how] if how.startswith("METHOD") else []
    reading = read_ics(*method, event("SEQUENCE:3", *status, *AT_TWO))
    assert reading.interviews == ()
    assert [(one.uid, one.sequence) for one in reading.cancelled] == [("1@x", 3)]
    earlier = read_ics(event("SEQUENCE:2", *AT_TWO))
    assert merge([reading, earlier]).interviews == ()
    rebooked = read_ics(event("SEQUENCE:4", *AT_TWO))
    assert len(merge([reading, rebooked]).interviews) == 1


def test_a_recurring_event_is_its_first_date_with_a_warning() -> None:
    series = event(*AT_TWO, "RRULE:FREQ=DAILY")
    moved = event(LATER, "RECURRENCE-ID:20261111T130000Z")
    reading = read_ics(moved, series)
    assert [made.start.day for made in reading.interviews] == [10]
    assert len(warnings(reading)) == 1
    assert len(reading.skipped) == 1


def test_an_all_day_event_is_refused_for_want_of_a_time() -> None:
    [(_, said)] = refusals(read_ics(event("DTSTART;VALUE=DATE:20261110")))
    assert "time of day" in said


@pytest.mark.parametrize(
    "line",
    [
        "",
        "DTSTART:",
        "DTSTART:soon",
        "DTSTART:20261310T140000",
        "DTSTART",
        "DTSTART:20261110T996000",
    ],
)
def test_an_event_without_a_start_that_can_be_read_is_refused(line: str) -> None:
    reading = read_ics(event(line), event(*AT_TWO, uid="2"))
    assert len(refusals(reading)) == 1
    assert len(reading.interviews) == 1


@pytest.mark.parametrize("year", ["0001", "1969", "2101", "9999"])
def test_a_year_that_no_table_knows_is_refused(year: str) -> None:
    reading = read_ics(event(f"DTSTART:{year}0101T000000Z", f"DTEND:{year}0101T010000Z"))
    assert reading.interviews == ()
    assert refusals(reading)[0][0].endswith(", start")


def test_the_length_may_be_a_duration_or_an_hour_with_a_warning() -> None:
    for_a_while = read_ics(event(AT_TWO[0], "DURATION:PT1H30M")).interviews[0]
    assert (for_a_while.end - for_a_while.start).total_seconds() == 5400
    endless = read_ics(event(AT_TWO[0]))
    assert (endless.interviews[0].end - endless.interviews[0].start).total_seconds() == 3600
    assert [where.rpartition(", ")[2] for where, _ in warnings(endless)] == ["end"]


@pytest.mark.parametrize(
    ("start", "moment", "zone", "warned"),
    [
        (";TZID=Europe/Berlin:20261110T140000", "2026-11-10T14:00:00+01:00", "Europe/Berlin", 0),
        (
            ";TZID=W. Europe Standard Time:20261110T140000",
            "2026-11-10T14:00:00+01:00",
            "Europe/Berlin",
            0,
        ),
        (
            ";TZID=/mozilla.org/20050126_1/Europe/Berlin:20261110T140000",
            "2026-11-10T14:00:00+01:00",
            "Europe/Berlin",
            0,
        ),
        (":20261110T140000Z", "2026-11-10T09:00:00-05:00", "America/New_York", 1),
        (":20261110T140000", "2026-11-10T14:00:00-05:00", "America/New_York", 1),
    ],
)
def test_a_zone_is_the_invitations_or_else_the_settings_with_a_warning(
    start: str, moment: str, zone: str, warned: int
) -> None:
    reading = read_ics(event(f"DTSTART{start}", "DURATION:PT1H"))
    made = reading.interviews[0]
    assert (made.start.isoformat(), made.zone.key) == (moment, zone)
    assert len(warnings(reading)) == warned


def test_a_calendars_own_zone_serves_where_no_setting_does() -> None:
    reading = read_ics(
        "X-WR-TIMEZONE:Asia/Tokyo",
        event("DTSTART:20261110T140000Z", "DURATION:PT1H"),
        options=Options(country="JP"),
    )
    assert reading.interviews[0].start.isoformat() == "2026-11-10T23:00:00+09:00"


CUSTOM = """BEGIN:VTIMEZONE\r
TZID:Head office\r
BEGIN:STANDARD\r
DTSTART:16010101T020000\r
TZOFFSETFROM:-0600\r
TZOFFSETTO:-0700\r
RRULE:FREQ=YEARLY;BYDAY=1SU;BYMONTH=11\r
END:STANDARD\r
BEGIN:DAYLIGHT\r
DTSTART:16010101T020000\r
TZOFFSETFROM:-0700\r
TZOFFSETTO:-0600\r
RRULE:FREQ=YEARLY;BYDAY=2SU;BYMONTH=3\r
END:DAYLIGHT\r
END:VTIMEZONE"""


@pytest.mark.parametrize(
    ("local", "moment"),
    [
        ("20261101T010000", "2026-11-01T02:00:00-05:00"),
        ("20261101T030000", "2026-11-01T05:00:00-05:00"),
        ("20260715T100000", "2026-07-15T12:00:00-04:00"),
        ("20260115T100000", "2026-01-15T12:00:00-05:00"),
        ("20260308T100000", "2026-03-08T12:00:00-04:00"),
    ],
)
def test_a_zone_of_the_files_own_gives_its_offset_with_a_warning(local: str, moment: str) -> None:
    reading = read_ics(CUSTOM, event(f"DTSTART;TZID=Head office:{local}", "DURATION:PT1H"))
    assert reading.interviews[0].start.isoformat() == moment
    assert len(warnings(reading)) == 1


def test_a_zone_of_one_file_means_nothing_to_the_next() -> None:
    bad = CUSTOM.replace("Head office", "Europe/Berlin").replace("-0600", "+1400")
    for part in (bad, ""):
        made = read_ics(*filter(None, [part]), event(*AT_TWO)).interviews[0]
        assert made.start.isoformat() == "2026-11-10T14:00:00+01:00"
    unknown = read_ics(event("DTSTART;TZID=Head office:20261110T140000"))
    assert "Head office" in refusals(unknown)[0][1]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
def test_a_calendar_is_read_in_any_encoding(encoding: str) -> None:
    text = calendar(event(*AT_TWO, summary="Interview: Designer at Café")).decode()
    reading = read(text.encode(encoding), "mail.txt", SETTLED)
    assert reading.interviews[0].company == "Café"


def test_a_calendar_cut_short_says_so_and_keeps_what_was_whole() -> None:
    whole = calendar(event(*AT_TWO), event(LATER, uid="2", summary="Interview: Chef at Acme"))
    reading = read(whole[: whole.rindex(b"END:VEVENT")], "mail.ics", SETTLED)
    assert len(reading.interviews) == 1
    assert "cut short" in refusals(reading)[0][1]


WHOLE = event(LATER, uid="2", summary="Interview: Chef at Globex")
UNCLOSED = event(*AT_TWO).removesuffix("END:VEVENT")


@pytest.mark.parametrize(
    ("parts", "why"),
    [
        ((UNCLOSED + WHOLE,), "never closed"),
        ((WHOLE, UNCLOSED.strip()), "never closed"),
        ((UNCLOSED + CUSTOM, WHOLE), "never closed"),
        ((WHOLE, event("SEQUENCE:9", *AT_TWO, uid="2").removesuffix("\r\nEND:VEVENT")), "never"),
        ((UNCLOSED + "BEGIN:X\r\n" * 40 + "END:VEVENT", WHOLE), "limit of 32"),
        ((UNCLOSED + "BEGIN:X\r\n" * 40 + "END:X\r\n" * 40 + "END:VEVENT", WHOLE), "limit of 32"),
    ],
)
def test_a_badly_closed_event_is_refused_and_costs_no_other(
    parts: tuple[str, ...], why: str
) -> None:
    reading = read_ics(*parts)
    assert [made.role for made in reading.interviews] == ["Chef"]
    [(where, said)] = refusals(reading)
    assert "(“Interview: Designer at Acme”)" in where
    assert why in said


@pytest.mark.parametrize(
    ("before", "line"),
    [
        ("BEGIN:VTIMEZONE\r\nTZID:X", 3),
        ("BEGIN:X", 3),
        ("BEGIN:X\r\n" * 40 + "END:X\r\n" * 39 + "END:X", 3),
        ("END:X", 3),
        ("END:VCALENDAR", 4),
        ("BEGIN:VCALENDAR", 1),
    ],
)
def test_any_other_component_badly_closed_is_a_warning_and_costs_no_event(
    before: str, line: int
) -> None:
    reading = read_ics(before, WHOLE.replace(LATER, f"{LATER}\r\nDURATION:PT1H"))
    assert [made.role for made in reading.interviews] == ["Chef"]
    assert [where for where, _ in warnings(reading)] == [f"mail.ics, line {line}"]


def test_of_a_great_many_faults_of_a_calendar_twenty_are_listed_and_the_rest_is_counted() -> None:
    reading = read_ics("END:X\r\n" * 5_000 + WHOLE.replace(LATER, f"{LATER}\r\nDURATION:PT1H"))
    assert len(reading.interviews) == 1
    assert len(warnings(reading)) == 21
    assert "4,980 more" in warnings(reading)[-1][1]


def test_a_zone_that_has_lost_a_part_gives_no_offset() -> None:
    torn = CUSTOM.replace("END:STANDARD\r\n", "")
    reading = read_ics(torn, event("DTSTART;TZID=Head office:20260715T100000"), WHOLE)
    assert [made.role for made in reading.interviews] == ["Chef"]
    assert "Head office" in refusals(reading)[0][1]


def test_a_calendar_without_events_is_refused() -> None:
    assert "no event" in refusals(read_ics())[0][1]
