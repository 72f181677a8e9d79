"""An interview's id: what a person gave, or a digest that does not change."""

from datetime import datetime

from icsgen.sources.spot import Spot, shown
from icsgen.sources.values import ID_CHARS, line, usable_id

_ID_CHARS = 10
_BYTES_OF_10_CHARS = 7


def interview_id(company: str, role: str, round_name: str | None, start: datetime) -> str:
    """Give 10 lower-case base32 characters from company, role, round and the start's local time.

    Letter case does not count, nor does the zone: a new edition of the time zones must not make a
    new interview.
    """
    local = start.replace(tzinfo=None).isoformat(timespec="seconds")
    return _digest(company, role, round_name or "", local)


def given_id(raw: object, spot: Spot) -> str:
    """Give an id from a file if it can stand in a calendar as it is, else a digest of it."""
    word = (
        str(raw)
        if isinstance(raw, int) and not isinstance(raw, bool) and 0 <= raw < 10**18
        else line(raw, spot)
    )
    if usable_id(word):
        return word
    found = _digest(word)
    fault = (
        f"is longer than the {ID_CHARS} characters of an id"
        if len(word) > ID_CHARS
        else "has characters that an id cannot have"
    )
    spot.note(f"{shown(word)} {fault}; {found} stands for it")
    return found


def _digest(*parts: str) -> str:
    # Only where an id has to be made: start-up stays short.
    from base64 import b32encode
    from hashlib import blake2b

    text = "\x1f".join(part.casefold() for part in parts).encode("utf-8", "replace")
    digest = blake2b(text, digest_size=_BYTES_OF_10_CHARS).digest()
    return b32encode(digest).decode("ascii")[:_ID_CHARS].lower()
