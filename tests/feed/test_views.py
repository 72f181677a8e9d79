"""What a subscriber of a view can learn, and that two of them cannot compare notes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from icsgen.feed import Style, View, feed
from icsgen.feed.views import initials, masking
from icsgen.journal import Step
from icsgen.model import Channel, Contact, Reason, State
from tests.feed.plans import (
    AS_OF,
    DANA,
    SAM,
    TOKEN,
    draft,
    events,
    follow_up,
    interview,
    only,
    plan,
)

PRIVATE = (
    "Acme",
    "Widgets",
    "Dana",
    "Lee",
    "Sam Roe",
    "dana@",
    "sam@",
    "555",
    "linkedin",
    "k7",
    "mailto",
    "Dear",
)
ABOUT = interview(company="Acme Widgets Inc.", role="Engineer, Widgets", contacts=(DANA, SAM))
TELLING = (
    Reason("x", "A3.1", "DANA LEE of Acme wrote from dana@acme.example; call +1 555 0100."),
    Reason("y", "ours", "Lee and Sam know each other from linkedin.com/in/dana."),
)


def seen(view: View, token: str = TOKEN) -> bytes:
    steps = (Step.THANK_YOU, Step.FIRST_CHECK_IN, Step.SECOND_CHECK_IN, Step.CLOSE_OUT)
    states = (State.OPEN, State.SENT, State.SKIPPED, State.CANCELLED)
    follow_ups = [
        follow_up(step, state=state, recipients=(DANA, SAM), reasons=TELLING, channel=Channel.EMAIL)
        for step, state in zip(steps, states, strict=True)
    ]
    drafts = {("k7", Step.THANK_YOU): (draft(), draft("Dear Sam Roe,", SAM))}
    return feed([plan(*follow_ups, about=ABOUT)], AS_OF, view=view, token=token, drafts=drafts)


@pytest.mark.parametrize("view", [View.INITIALS, View.BLANK])
@pytest.mark.parametrize("private", PRIVATE)
def test_outside_the_full_view_nothing_private_is_in_the_octets(view: View, private: str) -> None:
    assert private.encode() in seen(View.FULL).replace(b"\r\n ", b"")
    assert private.lower().encode() not in seen(view).replace(b"\r\n ", b"").lower()


def test_initials_name_company_and_people_by_their_initials() -> None:
    event = events(seen(View.INITIALS))[0]
    assert event["SUMMARY"] == "Thank-you: A.W.I. (Engineer, W.)"
    assert "Thank D.L. and S.R. at A.W.I. for" in str(event["DESCRIPTION"])
    assert "- D.L. of A. wrote from …; call …. (A3.1)" in str(event["DESCRIPTION"])


def test_blank_says_a_neutral_title_and_the_time_only() -> None:
    titles = [str(event["SUMMARY"]) for event in events(seen(View.BLANK))]
    assert titles == ["Reminder", "✓ Reminder done", "Reminder skipped", "Reminder cancelled"]
    assert not any({"DESCRIPTION", "URL"} & event.keys() for event in events(seen(View.BLANK)))
    told = seen(View.BLANK).lower()
    assert not any(word in told for word in (b"interview", b"follow", b"check-in", b"thank"))


def uids(octets: bytes) -> list[str]:
    return [str(event["UID"]) for event in events(octets)]


@pytest.mark.parametrize("view", [View.INITIALS, View.BLANK])
def test_uids_are_the_tokens_own_and_keep_for_life(view: View) -> None:
    one, again, other, none = (uids(seen(view, token)) for token in ("one", "one", "two", ""))
    assert one == again
    assert len({*one, *other, *none, *uids(seen(View.FULL))}) == 16
    assert all(uid.endswith("@afterword") for uid in one)


def test_in_full_the_uid_is_interview_and_step() -> None:
    octets = feed([plan(follow_up(Step.REPLY))], AS_OF, token=TOKEN)
    assert only(octets)["UID"] == "k7.reply@afterword"


def test_styles_share_their_uids() -> None:
    timed, dated = (feed([plan(follow_up())], AS_OF, style=style) for style in Style)
    assert uids(timed) == uids(dated)


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("Dana Lee", "D.L."),
        ("dana van der lee", "D.V.D.L."),
        ("Acme, Inc.", "A.I."),
        ("株式会社", "株."),
        ("ßen", "SS."),
        ("…", "–"),
    ],
)
def test_initials_are_the_first_letters(name: str, short: str) -> None:
    assert initials(name) == short


@given(st.text(max_size=30), st.text(max_size=30), st.text(max_size=30))
def test_masking_takes_any_name(company: str, name: str, text: str) -> None:
    mask = masking(interview(company=company, contacts=(Contact(name, name),)))
    mask(text)
    whole = company.strip()
    if len(whole) > 3 and whole.isascii() and whole.isalpha():
        assert whole.lower() not in mask(f"at {whole} it was").lower().split()
