"""The routes, as a bare ASGI application: a feed at its secret address, and a sign of life.

Nothing is remembered from one request to the next, and nothing is written down: a log line would
hold an address.
"""

from collections.abc import Awaitable, Callable, MutableMapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from icsgen.server.feeds import FeedBytes, FeedSource, Headers, evaluate
from icsgen.server.gate import Refusal, has_body, refusal, token_digest

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
Asgi = Callable[[Message, Receive, Send], Awaitable[None]]
Field = tuple[bytes, bytes]

SECURITY_FIELDS: tuple[Field, ...] = (
    (b"content-security-policy", b"default-src 'none'; base-uri 'none'; frame-ancestors 'none'"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"referrer-policy", b"no-referrer"),
    (b"x-content-type-options", b"nosniff"),
    (b"x-frame-options", b"DENY"),
)
"""On every answer; ``wire`` adds them, for it answers what never becomes a whole request."""

RECOGNITION: Field = (b"afterword", b"1")
"""Tells a second ``serve`` who has the port. Anybody can say it: it is no reason for trust."""

_READING = ("GET", "HEAD")
_FEED, _ICS = b"/feed/", b".ics"
_UNSTORED = (b"cache-control", b"no-store")
_REVALIDATED = (b"cache-control", b"private, no-cache")
"""A cache may keep a feed, but asks before it shows it again."""
_CLOSE = (b"connection", b"close")

_NO_FEED = "There is no feed at this address. `afterword serve` prints the one that works now."
_NO_BODY = "A request for a feed has no body."
_STALE = "The feed is another one by now."
_ONLY_READ = "What is here can be read, not written."


@dataclass(frozen=True, slots=True)
class Answer:
    """A status, its fields and its bytes; a HEAD gets all but the bytes."""

    status: HTTPStatus
    fields: tuple[Field, ...]
    body: bytes = b""


class FeedApp:
    """The application: give it where feeds come from, and give it to ``run.run``."""

    def __init__(self, source: FeedSource) -> None:
        """Keep the source; it is asked anew for every request."""
        self._source = source

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:  # noqa: ARG002 - ASGI's
        """Answer one request; its body, if there is any, is never read."""
        answer = answer_to(scope, self._source)
        length = (b"content-length", b"%d" % len(answer.body))
        # 304 has no body, and its length would be taken for the feed's (RFC 9110 section 8.6).
        framing = () if answer.status is HTTPStatus.NOT_MODIFIED else (length,)
        # What is left of a body would be read as the next request.
        closing = (_CLOSE,) if has_body(scope["headers"]) else ()
        fields = [*answer.fields, *framing, *closing]
        await send({"type": "http.response.start", "status": int(answer.status), "headers": fields})
        await send({"type": "http.response.body", "body": answer.body})


def answer_to(scope: Message, source: FeedSource) -> Answer:
    """Give the answer to a request: an ASGI scope whose ``state`` has the ``target`` as it came."""
    headers: Headers = scope["headers"]
    refused = refusal(scope["state"]["target"], headers, port=scope["server"][1])
    if refused is not None:
        return _told(refused)
    path: bytes = scope["raw_path"]
    reading = scope["method"] in _READING
    if path == b"/healthz":
        return _healthy() if reading else _unwritable()
    if path.startswith(_FEED) and path.endswith(_ICS):
        token = path[len(_FEED) : -len(_ICS)]
        return _feed_answer(token, headers, source) if reading else _unwritable()
    return _told(Refusal(HTTPStatus.NOT_FOUND, _NO_FEED))


def _feed_answer(token: bytes, headers: Headers, source: FeedSource) -> Answer:
    if has_body(headers):
        return _told(Refusal(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, _NO_BODY))
    feed = source.current(token_digest(token))
    if feed is None:
        return _told(Refusal(HTTPStatus.NOT_FOUND, _NO_FEED))
    status = evaluate(feed, headers)
    if status is HTTPStatus.PRECONDITION_FAILED:
        return _told(Refusal(status, _STALE))
    validators = ((b"etag", feed.etag), _REVALIDATED)
    if status is HTTPStatus.NOT_MODIFIED:
        return Answer(status, validators)
    return Answer(status, (*validators, *_description(feed)), feed.body)


def _description(feed: FeedBytes) -> tuple[Field, ...]:
    return (
        (b"last-modified", feed.last_modified()),
        (b"content-type", b"text/calendar; charset=utf-8"),
        # Else a browser saves it under the token, for all to see in a folder of downloads.
        (b"content-disposition", b'inline; filename="afterword.ics"'),
    )


def _healthy() -> Answer:
    return _text(HTTPStatus.OK, "Afterword is running.", RECOGNITION)


def _unwritable() -> Answer:
    return _text(HTTPStatus.METHOD_NOT_ALLOWED, _ONLY_READ, (b"allow", b"GET, HEAD"))


def _told(refused: Refusal) -> Answer:
    return _text(refused.status, refused.sentence)


def _text(status: HTTPStatus, sentence: str, *more: Field) -> Answer:
    kind = (b"content-type", b"text/plain; charset=utf-8")
    return Answer(status, (kind, _UNSTORED, *more), sentence.encode() + b"\n")
