"""The linter finds every breach it knows of, each by its own code, and nothing in a good feed."""

import inspect
import re
import time
from dataclasses import dataclass
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from icsgen.feed import Style, View, feed
from icsgen.feed.calendar import feed_pieces
from icsgen.feed.lint import _are_sound, _breaches, _parts, lint
from icsgen.journal import Step
from icsgen.model import Channel, Severity, State
from tests.feed.plans import AS_OF, DANA, SAM, draft, follow_up, interview, plan

GOOD = feed(
    [
        plan(
            follow_up(Step.THANK_YOU, recipients=(DANA, SAM)),
            follow_up(Step.FIRST_CHECK_IN, state=State.SENT),
            follow_up(Step.SECOND_CHECK_IN, state=State.CANCELLED),
            about=interview(company="Nørd, Süd; AG"),
        )
    ],
    AS_OF,
    drafts={("k7", Step.THANK_YOU): (draft("Dear Dana,\n\nthank you; it was good, all of it.\n"),)},
)
ALL_DAY = feed([plan(follow_up())], AS_OF, style=Style.ALL_DAY)


@pytest.mark.parametrize("view", View)
@pytest.mark.parametrize("style", Style)
def test_a_good_feed_has_no_finding(view: View, style: Style) -> None:
    plans = [plan(follow_up(step), about=interview(f"k{step}")) for step in Step]
    assert lint(feed(plans, AS_OF, view=view, style=style)) == ()
    assert lint(GOOD) == lint(feed([], AS_OF)) == ()


@dataclass(frozen=True)
class Break:
    """One thing put in the place of another, once, and the code that must be found."""

    code: str
    old: str | bytes
    new: str | bytes
    feed: bytes = GOOD

    @property
    def broken(self) -> bytes:
        old, new = (
            text.replace("\n", "\r\n").encode() if isinstance(text, str) else text
            for text in (self.old, self.new)
        )
        assert old in self.feed, f"nothing to break: {old!r}"
        return self.feed.replace(old, new, 1)


WORDY = feed(
    [
        plan(
            follow_up(Step.THANK_YOU),
            follow_up(Step.FIRST_CHECK_IN, channel=Channel.PHONE),
            follow_up(Step.SECOND_CHECK_IN, state=State.SENT),
            about=interview(company="C:\\\\new; \\Dāta, 漢字 «» " * 3),
        ),
    ],
    AS_OF,
    drafts={("k7", Step.THANK_YOU): (draft("a\\b; \\\\,\t✓ é\n" + " " * 200 + "\t漢\\n, " * 40),)},
)
FEEDS = (GOOD, ALL_DAY, WORDY, *(feed([plan(follow_up())], AS_OF, view=view) for view in View))

UID = "UID:k7.thank_you@afterword"
SUMMARY = "SUMMARY:Thank-you: Nørd\\, Süd\\; AG (Backend Engineer)\n"
START = "DTSTART;TZID=America/New_York:20261118T093000"
END = "DTEND;TZID=America/New_York:20261118T094500"
ALARM = "BEGIN:VALARM\n"
LONG = "X" * 70

BREAKS = [
    Break("no-crlf-at-end", "END:VCALENDAR\n", "END:VCALENDAR"),
    Break("byte-order-mark", "BEGIN:VCALENDAR\n", "\ufeffBEGIN:VCALENDAR\n"),
    Break("empty-line", "VERSION:2.0\n", "VERSION:2.0\n\n"),
    Break("empty-line", "VERSION:2.0\n", "VERSION:2.0\n \n"),
    Break("long-line", "X-WR-CALDESC:", f"X-WR-CALDESC:{LONG}"),
    Break("bare-newline", b"CALSCALE:GREGORIAN\r\n", b"CALSCALE:GREGORIAN\n"),
    Break("bare-newline", b"What to send", b"What\rto send"),
    Break("control-character", b"What to send", b"What\x00to send"),
    Break("control-character", b"What to send", b"What\x7fto send"),
    Break("control-character", b"What to send", "What\x9dto send".encode()),
    Break("not-utf-8", b"What to send", b"What \xff send"),
    Break("not-utf-8", b"What to send", b"What \xed\xa0\x80 send"),
    Break("fold-of-nothing", "BEGIN:VCALENDAR\n", " BEGIN:VCALENDAR\n"),
    Break("fold-in-character", "Nørd".encode(), b"N\xc3\r\n \xb8rd"),
    Break("fold-in-escape", "rd\\, S", "rd\\\n , S"),
    Break("fold-in-escape", "rd\\, S", "rd\\\n\t, S"),
    Break("no-property", "VERSION:2.0\n", "VERSION 2.0\n"),
    Break("no-property", "VERSION:2.0\n", "version:2.0\n"),
    Break("no-calendar", GOOD, b""),
    Break("no-calendar", GOOD, b"VERSION:2.0\r\n"),
    Break("many-calendars", GOOD, GOOD + GOOD),
    Break("nesting", "END:VALARM\n", ""),
    Break("nesting", "END:VCALENDAR\n", ""),
    Break("nesting", "END:VCALENDAR\n", "END:VCALENDAR\nEND:VCALENDAR\n"),
    Break("nesting", "END:VEVENT\n", "END:VALARM\n"),
    Break("nesting", "END:VTIMEZONE\n", "BEGIN:VALARM\nEND:VALARM\nEND:VTIMEZONE\n"),
    Break("nesting", "END:VCALENDAR\n", "END:VCALENDAR\nVERSION:2.0\n"),
    Break("nesting", ALARM, f"BEGIN:VEVENT\nEND:VEVENT\n{ALARM}"),
    Break("forbidden-component", "END:VCALENDAR\n", "BEGIN:VTODO\nEND:VTODO\nEND:VCALENDAR\n"),
    Break("forbidden-property", "VERSION:2.0\n", "VERSION:2.0\nUID:1\n"),
    Break("forbidden-property", "VERSION:2.0\n", "VERSION:2.0\nMETHOD:PUBLISH\n"),
    Break("forbidden-property", ALARM, f"{ALARM}UID:1\n"),
    Break("forbidden-property", "BEGIN:VEVENT\n", "BEGIN:VEVENT\nCLASS:PRIVATE\n"),
    Break("forbidden-property", "BEGIN:VEVENT\n", "BEGIN:VEVENT\nRRULE:FREQ=DAILY\n"),
    Break("forbidden-property", "BEGIN:VEVENT\n", "BEGIN:VEVENT\nDURATION:PT15M\n"),
    Break("repeated-property", SUMMARY, SUMMARY * 2),
    *(
        Break("missing-property", f"{line}\n", "")
        for line in (
            "VERSION:2.0",
            "PRODID:-//Afterword//Afterword//EN",
            "CALSCALE:GREGORIAN",
            "NAME:Interview follow-ups",
            "X-WR-CALNAME:Interview follow-ups",
            "COLOR:teal",
            "X-APPLE-CALENDAR-COLOR:#008080",
            "REFRESH-INTERVAL;VALUE=DURATION:PT1H",
            "X-PUBLISHED-TTL:PT1H",
            "TZID:America/New_York",
            "TZOFFSETFROM:-0500",
            "TZOFFSETTO:-0500",
            UID,
            START,
            END,
            "DTSTAMP:20261110T190000Z",
            "LAST-MODIFIED:20261110T190000Z",
            "SEQUENCE:2",
            "CATEGORIES:Follow-up,Thank-you",
            "TRANSP:TRANSPARENT",
            "STATUS:CONFIRMED",
            "ACTION:DISPLAY",
            "TRIGGER:PT0S",
            "DESCRIPTION:Thank-you: Nørd\\, Süd\\; AG (Backend Engineer)",
        )
    ),
    Break("missing-property", SUMMARY, ""),
    Break("missing-property", "DTSTART:20070311T020000\n", ""),
    Break("bad-value", "VERSION:2.0", "VERSION:1.0"),
    Break("bad-value", "CALSCALE:GREGORIAN", "CALSCALE:JULIAN"),
    Break("bad-value", "COLOR:#008080", "COLOR:teal"),
    Break("bad-value", "REFRESH-INTERVAL;VALUE=DURATION:PT1H", "REFRESH-INTERVAL:PT1H"),
    Break("bad-value", "DURATION:PT1H", "DURATION:P1H"),
    Break("bad-value", "X-PUBLISHED-TTL:PT1H", "X-PUBLISHED-TTL:PT"),
    Break("bad-value", "TZOFFSETTO:-0500", "TZOFFSETTO:-5"),
    Break("bad-value", "RRULE:FREQ=YEARLY", "RRULE:FREQ=SECONDLY"),
    Break("bad-value", "DTSTAMP:20261110T190000Z", "DTSTAMP:20261110T190000"),
    Break("bad-value", "LAST-MODIFIED:20261110T190000Z", "LAST-MODIFIED:20261110"),
    Break("bad-value", "SEQUENCE:2", "SEQUENCE:two"),
    Break("bad-value", "TRANSP:TRANSPARENT", "TRANSP:OPAQUE"),
    Break("bad-value", "STATUS:CONFIRMED", "STATUS:DONE"),
    Break("bad-value", "URL:mailto:dana@acme.example", "URL:dana@acme.example"),
    Break("bad-value", "URL:mailto:dana@acme.example", "URL:mailto:dana @acme.example"),
    Break("bad-value", "ACTION:DISPLAY", "ACTION:EMAIL"),
    Break("bad-value", "TRIGGER:PT0S", "TRIGGER;VALUE=DATE-TIME:20261118T093000Z"),
    Break("bad-color", "COLOR:teal", "COLOR:#008080"),
    Break("bad-color", "COLOR:teal", "COLOR:tael"),
    Break("unescaped", "rd\\, S", "rd, S"),
    Break("unescaped", "d\\; AG", "d; AG"),
    Break("unescaped", "CATEGORIES:Follow-up,", "CATEGORIES:Follow-up;"),
    Break("bad-escape", "rd\\, S", "rd\\x S"),
    Break("bad-escape", "(Backend Engineer)\n", "(Backend Engineer)\\\n"),
    Break("forbidden-parameter", "SUMMARY:", "SUMMARY;LANGUAGE=en:"),
    Break("floating-time", START, "DTSTART:20261118T093000"),
    Break("utc-time", END, "DTEND:20261118T144500Z"),
    Break("bad-time", START, "DTSTART;TZID=America/New_York:20261131T093000"),
    Break("bad-time", START, "DTSTART;TZID=America/New_York:20261118T250000"),
    Break("bad-time", "DTSTART:20070311T020000", "DTSTART:20070311T020000Z"),
    Break("bad-time", "DTSTART:20070311T020000", "DTSTART:20070311T026000"),
    Break("bad-time", "DATE:20261118", "DATE:20261318", ALL_DAY),
    Break("bad-time", ";VALUE=DATE:20261118", ":20261118", ALL_DAY),
    Break("mixed-times", "DTEND;VALUE=DATE:20261119", END, ALL_DAY),
    Break("mixed-times", END, "DTEND;TZID=Europe/Berlin:20261118T094500"),
    Break("end-before-start", END, "DTEND;TZID=America/New_York:20261118T093000"),
    Break("end-before-start", "DTEND;VALUE=DATE:20261119", "DTEND;VALUE=DATE:20261118", ALL_DAY),
    Break("unknown-timezone", START, "DTSTART;TZID=Europe/Berlin:20261118T093000"),
    Break("unknown-timezone", "TZID:America/New_York", "TZID:America/Detroit"),
    Break("unused-timezone", "TZID:America/New_York", "TZID:America/Detroit"),
    Break(
        "repeated-timezone",
        "BEGIN:VTIMEZONE\n",
        "BEGIN:VTIMEZONE\nTZID:America/New_York\nBEGIN:STANDARD\nDTSTART:19700101T000000\n"
        "TZOFFSETFROM:+0000\nTZOFFSETTO:+0000\nEND:STANDARD\nEND:VTIMEZONE\nBEGIN:VTIMEZONE\n",
    ),
    Break(
        "empty-timezone",
        "BEGIN:VTIMEZONE\n",
        "BEGIN:VTIMEZONE\nTZID:Europe/Berlin\nEND:VTIMEZONE\nBEGIN:VTIMEZONE\n",
    ),
    Break("repeated-uid", "UID:k7.first_check_in@afterword", UID),
    Break("bad-uid", UID, "UID:k7.thank_you"),
    Break(
        "many-alarms",
        ALARM,
        f"{ALARM}ACTION:DISPLAY\nDESCRIPTION:x\nTRIGGER:PT0S\nEND:VALARM\n{ALARM}",
    ),
    Break("alarm-when-done", "SUMMARY:Thank", "SUMMARY:✓ Thank"),
    Break("alarm-when-done", "STATUS:CONFIRMED", "STATUS:CANCELLED"),
    Break("link-when-done", "SUMMARY:Thank", "SUMMARY:✓ Thank"),
]


@pytest.mark.parametrize("case", BREAKS, ids=lambda case: f"{case.code}-{case.new!s:.30}")
def test_each_break_is_found_by_its_code(case: Break) -> None:
    assert case.code in {finding.code for finding in lint(case.broken)}


@pytest.mark.parametrize("case", BREAKS, ids=lambda case: f"{case.code}-{case.new!s:.30}")
def test_the_quick_look_doubts_each_break(case: Break) -> None:
    assert not _are_sound(_parts(case.broken))


@pytest.mark.parametrize("data", FEEDS)
def test_the_quick_look_and_the_long_one_pass_each_good_feed(data: bytes) -> None:
    assert _are_sound(_parts(data))
    assert _breaches(data) == ()


@pytest.mark.parametrize("blanks", [" " * 300, "\t" * 300, " \t" * 150])
def test_a_draft_full_of_blanks_makes_no_empty_line(blanks: str) -> None:
    drafts = {("k7", Step.THANK_YOU): (draft(f"Dear{blanks}Dana"),)}
    assert _breaches(feed([plan(follow_up(Step.THANK_YOU))], AS_OF, drafts=drafts)) == ()


def test_every_code_there_is_has_a_break() -> None:
    written = inspect.getsource(inspect.getmodule(lint) or lint)
    known = set(re.findall(r'(?:_say\(|Finding\()\s*"([a-z0-9-]+)"', written))
    assert known == {case.code for case in BREAKS} | {"too-large"}


def test_a_finding_names_its_line() -> None:
    broken = GOOD.replace(b"TRANSP:TRANSPARENT", b"TRANSP:OPAQUE", 1)
    (finding,) = lint(broken)
    assert broken.split(b"\r\n")[finding.line - 1] == b"TRANSP:OPAQUE"
    assert finding.severity is Severity.REFUSED


def test_a_large_feed_is_warned_of_and_not_refused() -> None:
    plans = [plan(follow_up(), about=interview(f"k{n}")) for n in range(1_500)]
    (finding,) = lint(feed(plans, AS_OF))
    assert (finding.code, finding.severity) == ("too-large", Severity.WARNING)


@pytest.mark.parametrize("order", [1, -1])
def test_the_order_of_properties_is_free(order: int) -> None:
    lines = GOOD.replace(b"\r\n ", b"").split(b"\r\n")
    first = lines.index(b"BEGIN:VEVENT") + 1
    last = lines.index(b"BEGIN:VALARM")
    lines[first:last] = sorted(lines[first:last])[::order]
    codes = {finding.code for finding in lint(b"\r\n".join(lines))}
    assert codes <= {"long-line"}


@given(st.binary(max_size=2_000))
def test_any_octets_are_told_to_be_no_feed(data: bytes) -> None:
    assert lint(data)


@given(st.data())
def test_any_octet_more_or_less_never_stops_it(data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(GOOD)))
    put = data.draw(st.binary(max_size=3))
    cut = data.draw(st.integers(0, 3))
    for finding in lint(GOOD[:at] + put + GOOD[at + cut :]):
        assert finding.line >= 1
        assert finding.message


ODD = (
    *(
        b"\r\n",
        b"\r\n ",
        b"\r\n\t",
        b"\r\n   \r\n ",
        b"\r\n " + b" " * 73,
        b"\r",
        b"\n",
        b" ",
        b"\t",
    ),
    *(
        b"\\",
        b"\\\\",
        b",",
        b";",
        b":",
        b"n",
        b"N",
        b"%",
        b"1",
        b"T24",
        b"\x00",
        b"\x80",
        b"\xc2",
        b"\xc2\x85",
    ),
    *(
        "✓ ".encode(),
        b"CANCELLED",
        b"@afterword",
        b"BEGIN:VEVENT\r\n",
        b"END:VEVENT\r\n",
        b"x" * 60,
    ),
)
EDITS = st.tuples(
    st.floats(0, 1, exclude_max=True),
    st.integers(0, 3),
    st.sampled_from(ODD) | st.binary(max_size=2),
)
"""Where (as a part of the whole), how many octets go, and what comes in their place."""


@settings(max_examples=1_000)
@given(
    st.sampled_from(FEEDS), st.lists(EDITS, min_size=1, max_size=3), st.sampled_from((200, 9_999))
)
def test_what_passes_the_quick_look_passes_the_long_one(
    data: bytes, edits: list[tuple[float, int, bytes]], part_octets: int
) -> None:
    for where, cut, put in edits:
        at = int(where * len(data))
        data = data[:at] + put + data[at + cut :]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("icsgen.feed.lint._PART_OCTETS", part_octets)
        is_sound = _are_sound(_parts(data))
    assert not (is_sound and _breaches(data))


@pytest.mark.parametrize(
    "data",
    [
        b"\n" * 100_000,
        b"\r\n" * 50_000,
        b"\\\r\n " * 25_000,
        b"BEGIN:VEVENT\r\n" * 7_000,
        b"DESCRIPTION:" + b"\\" * 100_001,
        b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nSUMMARY:" + b"\\n" * 50_000 + b"\\q\r\n",
        b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nURL:a:" + b"%41" * 30_000 + b"%\r\n",
        Random(1).randbytes(100_000),  # noqa: S311 - no secret
    ],
    ids=["lf", "crlf", "folds", "events", "backslashes", "escapes", "percents", "random"],
)
def test_nothing_makes_it_hang(data: bytes) -> None:
    # A tenth of the limit for 100 KB of anything would be 2 s; tests allow ten times as long.
    started = time.monotonic()
    assert lint(data)
    assert time.monotonic() - started < 20


def test_a_breach_is_found_in_pieces_as_in_the_whole() -> None:
    pieces = feed_pieces([plan(follow_up()), plan(follow_up(), about=interview("other"))], AS_OF)
    whole = b"".join(pieces)
    assert lint(pieces) == lint(whole) == ()
    broken = tuple(piece.replace(b"TRANSP:TRANSPARENT", b"TRANSP:OPAQUE") for piece in pieces)
    assert lint(broken) == lint(b"".join(broken)) != ()
    cut = (whole[:700], whole[700:])
    assert lint(cut) == ()
