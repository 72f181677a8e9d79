"""Texts on the wire: what a person writes arrives as written, in lines that break nothing."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from icsgen.feed import Style, View, feed
from icsgen.feed.lint import lint
from icsgen.feed.wire import escape, fold, text_line, uri
from icsgen.journal import Step
from icsgen.text import clean_line, clean_text
from tests.feed.plans import AS_OF, draft, follow_up, interview, only, plan, strict_events

ANY_TEXT = st.text(st.characters(), max_size=400)
"""Controls, newlines of every sort, lone surrogates and all."""
NASTY = st.text(st.sampled_from('\\,;\n:"é漢🙂 ax'), max_size=400)


@given(NASTY)
@example("\\" * 400)
@example("a" * 62 + "\\" * 90)
@example("🙂" * 60)
def test_a_folded_line_is_short_and_unfolds_to_itself(text: str) -> None:
    folded = text_line("DESCRIPTION", text)
    lines = folded.removesuffix(b"\r\n").split(b"\r\n")
    assert all(len(line) <= 75 for line in lines)
    assert folded.replace(b"\r\n ", b"") == f"DESCRIPTION:{escape(text)}\r\n".encode()
    assert all(line.decode() for line in lines)


@given(NASTY)
@example("x" * 62 + "\\" * 200)
@example("x" * 63 + "," * 200)
def test_no_fold_opens_an_escape(text: str) -> None:
    lines = text_line("DESCRIPTION", text).removesuffix(b"\r\n").split(b"\r\n")
    # What is on one line, its blank left out, is made of whole escapes.
    for piece in (line.removeprefix(b" ") for line in lines):
        assert (len(piece) - len(piece.rstrip(b"\\"))) % 2 == 0


def test_a_line_is_filled_to_its_limit() -> None:
    lines = fold("X:" + "a" * 200).split(b"\r\n")
    assert [len(line) for line in lines] == [75, 75, 54, 0]


@pytest.mark.parametrize(
    ("link", "carried"),
    [
        ("mailto:a@b.example?subject=a%20b", "mailto:a@b.example?subject=a%20b"),
        ("mailto:a@b.example\r\nX-EVIL:1", "mailto:a@b.example%0D%0AX-EVIL:1"),
        ("https://é.example/ü", "https://%C3%A9.example/%C3%BC"),
        ('tel:"\\;', "tel:%22%5C;"),
        ("tel:\ud800", "tel:?"),
    ],
)
def test_a_link_carries_only_what_a_uri_may(link: str, carried: str) -> None:
    assert uri(link) == carried


@given(company=ANY_TEXT, body=ANY_TEXT, key=ANY_TEXT)
@example(company="Nord, Süd; \\n \\ GmbH", body="a\\nb\nc\\", key="k")
@example(company="BEGIN:VEVENT\r\nUID:x", body="\r\nEND:VEVENT\r\n", key="a\r\nb")
@example(company="\ud800\x00\x85\u2028", body="\ufeffé\u0301", key="\t")
def test_any_text_survives_the_feed(company: str, body: str, key: str) -> None:
    about = interview(key, company=company)
    drafts = {(key, Step.THANK_YOU): (draft(body),)}
    octets = feed([plan(follow_up(Step.THANK_YOU), about=about)], AS_OF, drafts=drafts)
    assert lint(octets) == ()
    event, (strict,) = only(octets), strict_events(octets)
    title = f"Thank-you: {clean_line(company)} (Backend Engineer)"
    assert str(event["SUMMARY"]) == title == strict.summary
    told = clean_text(body)
    assert told in str(event["DESCRIPTION"])
    assert told in (strict.description or "")
    assert str(event["UID"]) == f"{clean_line(key)}.thank_you@afterword" == strict.uid


@given(ANY_TEXT)
def test_any_name_survives_every_view_and_style(name: str) -> None:
    about = interview(company=name, role=name)
    for view in View:
        for style in Style:
            octets = feed(
                [plan(follow_up(), about=about)], AS_OF, view=view, style=style, name=name
            )
            assert lint(octets) == ()
            assert len(strict_events(octets)) == 1
