"""Who may ask: tokens, the exact Host, and requests that are refused before anything is looked up.

Every page in a person's browser, and every program on their machine, can send requests to
loopback. A page that points its own name at 127.0.0.1 is told apart by its Host; all else by the
token, which nobody can guess.
"""

import secrets
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b
from http import HTTPStatus

from icsgen.server.feeds import Headers

TOKEN_BYTES = 24
"""192 bits: out of reach of guessing, however fast the machine answers."""
MAX_HEAD_BYTES = 16 * 1024
"""Of a request line with its header fields; the largest of real calendar clients is below 1 KB."""
_HTTP_PORT = 80
"""The port that a client leaves out of an address."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """A request that is turned away, and the sentence that says why."""

    status: HTTPStatus
    sentence: str


def new_token() -> str:
    """Give a fresh token: the secret part of an address, in letters that need no escape there."""
    return secrets.token_urlsafe(TOKEN_BYTES)


def token_digest(token: bytes) -> bytes:
    """Give what stands for a token wherever two are compared.

    Any bytes will do, so that what a stranger sends takes the same road as a real one. To compare
    digests tells nothing about a token by the time it takes: two tokens alike in their beginnings
    have digests that are not.
    """
    return blake2b(token, digest_size=32, person=b"afterword-token").digest()


@lru_cache(maxsize=8)
def hosts_of(port: int) -> frozenset[bytes]:
    """Give the values that a Host field may have for a server on this port of loopback."""
    names = (b"127.0.0.1", b"localhost", b"[::1]")
    bare = names if port == _HTTP_PORT else ()
    return frozenset((*bare, *(b"%b:%d" % (name, port) for name in names)))


def refusal(target: bytes, headers: Headers, *, port: int) -> Refusal | None:
    """Give why a request is turned away, or None.

    ``target`` is the request's target as it came, ``port`` the one it came to. Lacking and
    repeated Hosts are bad requests (RFC 9112 section 3.2); in the absolute form the target's host
    counts too (section 3.2.2).
    """
    if len(target) + sum(len(name) + len(value) for name, value in headers) > MAX_HEAD_BYTES:
        return Refusal(
            HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE, "The request's header is too large."
        )
    hosts = [value for name, value in headers if name == b"host"]
    if len(hosts) != 1:
        return Refusal(HTTPStatus.BAD_REQUEST, "A request names exactly one Host.")
    if not target.startswith(b"/"):
        hosts.append(_authority(target))
    if any(host.lower() not in hosts_of(port) for host in hosts):
        return Refusal(HTTPStatus.MISDIRECTED_REQUEST, "Nothing is served under this name.")
    return None


def has_body(headers: Headers) -> bool:
    """Tell whether a body follows the header (RFC 9112 section 6.3)."""
    return any(
        name == b"transfer-encoding" or (name == b"content-length" and value.strip(b"0 \t"))
        for name, value in headers
    )


def _authority(target: bytes) -> bytes:
    """Give host and port of a target in the absolute form; empty for any other form."""
    scheme, _, rest = target.partition(b"://")
    return rest.partition(b"/")[0] if scheme.lower() == b"http" else b""
