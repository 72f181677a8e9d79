"""Preconditions, as RFC 9110 section 13 has them."""

from datetime import UTC, datetime, timedelta, timezone
from email.utils import format_datetime
from http import HTTPStatus

import pytest
from hypothesis import given
from hypothesis import strategies as st

from icsgen.server.feeds import FeedBytes, Headers, evaluate

NEW, SAME, UNWANTED = (
    HTTPStatus.OK,
    HTTPStatus.NOT_MODIFIED,
    HTTPStatus.PRECONDITION_FAILED,
)
FEED = FeedBytes.of(b"a feed", datetime(2026, 3, 4, 9, 30, 15, tzinfo=UTC))
TAG = FEED.etag
AT_THAT_TIME = b"Wed, 04 Mar 2026 09:30:15 GMT"
BEFORE = b"Wed, 04 Mar 2026 09:30:14 GMT"
LATER = b"Wed, 04 Mar 2026 09:30:16 GMT"


def none_match(value: bytes) -> Headers:
    return [(b"if-none-match", value)]


def modified_since(value: bytes) -> Headers:
    return [(b"if-modified-since", value)]


def test_a_tag_is_strong_and_quoted() -> None:
    assert TAG.startswith(b'"')
    assert TAG.endswith(b'"')
    assert len(TAG) == 34


@given(st.binary(), st.binary())
def test_tags_are_the_same_exactly_when_the_bytes_are(one: bytes, other: bytes) -> None:
    earlier, later = (FeedBytes.of(one, FEED.modified_at), FeedBytes.of(other, datetime.now(UTC)))
    assert (earlier.etag == later.etag) == (one == other)


def test_last_modified_is_in_greenwich_and_whole_seconds() -> None:
    in_india = datetime(2026, 3, 4, 15, 0, 15, 999999, timezone(timedelta(hours=5, minutes=30)))
    assert FeedBytes.of(b"", in_india).last_modified() == AT_THAT_TIME


def test_without_a_precondition_the_feed_is_sent() -> None:
    assert evaluate(FEED, [(b"host", b"localhost"), (b"etag", TAG)]) is NEW


@pytest.mark.parametrize(
    "value",
    [
        TAG,
        b"W/" + TAG,
        b"*",
        b" * ",
        b'"other", ' + TAG,
        b'"with, a comma",' + TAG + b',"third"',
        b'W/"other" , W/' + TAG,
        b'"", ' + TAG,
    ],
)
def test_a_known_tag_is_not_sent_again_weak_or_strong_alone_or_in_a_list(value: bytes) -> None:
    assert evaluate(FEED, none_match(value)) is SAME


@pytest.mark.parametrize(
    "value",
    [
        b'"other"',
        b"",
        b'"',
        TAG.strip(b'"'),
        b'"*"',
        TAG[:-1],
        TAG.upper(),
        b"W/",
        b'"a", *',
        b"\xff\x00",
    ],
)
def test_an_unknown_or_broken_tag_gets_the_feed(value: bytes) -> None:
    assert evaluate(FEED, none_match(value)) is NEW


def test_tags_on_several_lines_are_one_list() -> None:
    assert evaluate(FEED, [*none_match(b'"other"'), *none_match(TAG)]) is SAME


@pytest.mark.parametrize("date", [AT_THAT_TIME, LATER])
def test_a_client_that_has_this_second_or_a_later_one_has_the_feed(date: bytes) -> None:
    assert evaluate(FEED, modified_since(date)) is SAME


def test_a_client_that_has_an_earlier_second_gets_the_feed() -> None:
    assert evaluate(FEED, modified_since(BEFORE)) is NEW


@pytest.mark.parametrize(
    "date",
    [AT_THAT_TIME, b"Wednesday, 04-Mar-26 09:30:15 GMT", b"Wed Mar  4 09:30:15 2026"],
    ids=["IMF-fixdate", "rfc850", "asctime"],
)
def test_all_three_shapes_of_a_date_are_read(date: bytes) -> None:
    assert evaluate(FEED, modified_since(date)) is SAME
    earlier = date.replace(b":15", b":14")
    assert evaluate(FEED, modified_since(earlier)) is NEW


@pytest.mark.parametrize(
    "date",
    [
        b"",
        b"tomorrow",
        b"2026-03-05T09:30:15Z",
        b"Wed, 04 Mar 2026 09:30:15 +0000",
        b"Wed, 04 Mar 2026 09:30:15 PST",
        b"Wed, 31 Feb 2027 09:30:15 GMT",
        b"Wed, 04 Foo 2027 09:30:15 GMT",
        b"Wed, 04 Mar 2027 25:30:15 GMT",
        b"Wed, 04 Mar 2027 09:30:15 GMT, Wed, 04 Mar 2027 09:30:15 GMT",
        b"99999999999",
        "Wed, 0٤ Mar 2027 09:30:15 GMT".encode(),
        b"\xff\xfe",
    ],
)
def test_a_date_that_is_none_is_no_precondition(date: bytes) -> None:
    assert evaluate(FEED, modified_since(date)) is NEW
    assert evaluate(FEED, [(b"if-unmodified-since", date)]) is NEW


def test_two_lines_of_dates_are_no_precondition() -> None:
    assert evaluate(FEED, [*modified_since(LATER), *modified_since(LATER)]) is NEW


def test_a_tag_counts_before_a_date() -> None:
    assert evaluate(FEED, [*none_match(b'"other"'), *modified_since(LATER)]) is NEW
    assert evaluate(FEED, [*modified_since(BEFORE), *none_match(TAG)]) is SAME


@pytest.mark.parametrize("value", [TAG, b"*", b'"other", ' + TAG])
def test_a_client_that_wants_just_this_feed_gets_it(value: bytes) -> None:
    assert evaluate(FEED, [(b"if-match", value)]) is NEW


@pytest.mark.parametrize("value", [b'"other"', b"W/" + TAG, b""])
def test_a_client_that_wants_another_feed_is_told_and_a_weak_tag_is_another(value: bytes) -> None:
    assert evaluate(FEED, [(b"if-match", value)]) is UNWANTED


def test_what_is_wanted_counts_before_what_is_known() -> None:
    assert evaluate(FEED, [*none_match(TAG), (b"if-match", b'"other"')]) is UNWANTED
    assert evaluate(FEED, [*none_match(TAG), (b"if-match", TAG)]) is SAME
    assert evaluate(FEED, [(b"if-match", TAG), (b"if-unmodified-since", BEFORE)]) is NEW


def test_a_feed_that_changed_after_the_date_is_unwanted() -> None:
    assert evaluate(FEED, [(b"if-unmodified-since", BEFORE)]) is UNWANTED
    assert evaluate(FEED, [(b"if-unmodified-since", AT_THAT_TIME)]) is NEW


@given(st.integers(10**7, 3 * 10**9), st.integers(-(10**6), 10**6))
def test_a_date_decides_by_the_second(moment_s: int, apart_s: int) -> None:
    feed = FeedBytes.of(b"", datetime.fromtimestamp(moment_s, UTC))
    asked = feed.modified_at + timedelta(seconds=apart_s)
    since = format_datetime(asked, usegmt=True).encode()
    assert evaluate(feed, modified_since(since)) is (SAME if apart_s >= 0 else NEW)


@given(
    st.lists(
        st.tuples(
            st.sampled_from([b"if-none-match", b"if-match", b"if-modified-since"]), st.binary()
        )
    )
)
def test_any_octets_get_an_answer(headers: list[tuple[bytes, bytes]]) -> None:
    assert evaluate(FEED, headers) in {NEW, SAME, UNWANTED}
