"""The bytes of a feed as HTTP sees them, and whether a client has them already. Pure.

Whoever subscribed asks again every few minutes for years, and nearly every answer is "you have
it" (304). What decides that are the preconditions of RFC 9110 section 13, weighed in the order of
its section 13.2.2.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime
from hashlib import blake2b
from http import HTTPStatus
from typing import Protocol, Self

Headers = Sequence[tuple[bytes, bytes]]
"""Fields in the order they came, their names in lower case."""

_TAG = re.compile(rb'(W/)?("[^"]*")')
"""An entity tag, weak or strong (RFC 9110 section 8.8.3), read leniently: ours has to be equal."""

_HTTP_DATE = re.compile(
    r"[A-Z][a-z]{2}, \d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d GMT"
    r"|[A-Z][a-z]{5,8}, \d\d-[A-Z][a-z]{2}-\d\d \d\d:\d\d:\d\d GMT"
    r"|[A-Z][a-z]{2} [A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d \d{4}",
    re.ASCII,
)
"""The three shapes of a date that a recipient must read (RFC 9110 section 5.6.7)."""


@dataclass(frozen=True, slots=True)
class FeedBytes:
    """A feed ready to be sent."""

    body: bytes
    etag: bytes
    """A strong entity tag with its quotes: the same for the same bytes, on any machine."""
    modified_at: datetime
    """When these bytes came to be: aware, UTC, whole seconds."""

    @classmethod
    def of(cls, body: bytes, modified_at: datetime) -> Self:
        """Give the feed with its tag; ``modified_at`` (aware) is cut to the second."""
        digest = blake2b(body, digest_size=16).hexdigest().encode()
        return cls(body, b'"' + digest + b'"', modified_at.astimezone(UTC).replace(microsecond=0))

    def last_modified(self) -> bytes:
        """Give ``modified_at`` as a ``Last-Modified`` field has it."""
        return format_datetime(self.modified_at, usegmt=True).encode()


class FeedSource(Protocol):
    """Where feeds come from: a file's interviews today, the store's feeds later."""

    def current(self, token_digest: bytes) -> FeedBytes | None:
        """Give the feed whose token has this digest; None: there is none, or no longer.

        The digest is ``gate.token_digest``'s. Called for every request, so it has to be quick
        when nothing changed. ``modified_at`` rises whenever the bytes change and never falls.
        """
        ...


def evaluate(feed: FeedBytes, headers: Headers) -> HTTPStatus:
    """Give the status of a GET or HEAD under its preconditions: 200, 304 or 412.

    A tag counts before a date (RFC 9110 section 13.2.2), because two versions may share a second
    but no tag. A date that is none is no precondition (section 13.1.3).
    """
    if _is_unwanted(feed, headers):
        return HTTPStatus.PRECONDITION_FAILED
    return HTTPStatus.NOT_MODIFIED if _is_known(feed, headers) else HTTPStatus.OK


def _is_unwanted(feed: FeedBytes, headers: Headers) -> bool:
    tags = _field(headers, b"if-match")
    if tags is not None:
        return tags != b"*" and feed.etag not in [
            tag for weak, tag in _TAG.findall(tags) if not weak
        ]
    unmodified_since = _date(_field(headers, b"if-unmodified-since"))
    return unmodified_since is not None and feed.modified_at > unmodified_since


def _is_known(feed: FeedBytes, headers: Headers) -> bool:
    tags = _field(headers, b"if-none-match")
    if tags is not None:
        return tags == b"*" or feed.etag in [tag for _, tag in _TAG.findall(tags)]
    modified_since = _date(_field(headers, b"if-modified-since"))
    return modified_since is not None and feed.modified_at <= modified_since


def _field(headers: Headers, name: bytes) -> bytes | None:
    """Give a field's value, its lines joined (RFC 9110 section 5.3); None: not sent."""
    values = [value for key, value in headers if key == name]
    return b", ".join(values).strip() if values else None


def _date(value: bytes | None) -> datetime | None:
    text = (value or b"").decode("latin-1")
    if not _HTTP_DATE.fullmatch(text):
        return None
    try:
        return parsedate_to_datetime(text).replace(tzinfo=UTC)
    except ValueError:
        return None
