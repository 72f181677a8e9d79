"""What a feed shows of an interview: views, styles, and names made into initials."""

import re
from collections.abc import Callable
from enum import StrEnum

from icsgen.model import Interview

__all__ = ["Style", "View", "initials", "masking", "uid"]

_DOMAIN = "@afterword"
_COMPANY_WORD_LETTERS, _PERSON_WORD_LETTERS = 4, 2
"""From how many letters on a part gives a name away: Acme of Acme Inc., but no article."""
_WORD = re.compile(r"[^\W_]+")


class View(StrEnum):
    """How much a subscriber sees."""

    FULL = "full"
    INITIALS = "initials"
    """Company and people as initials, no draft and no link."""
    BLANK = "blank"
    """A neutral title and the time."""


class Style(StrEnum):
    """How a follow-up stands in the calendar."""

    TIMED = "timed"
    """Fifteen minutes at the due moment."""
    ALL_DAY = "all-day"


def initials(name: str) -> str:
    """Give a name's initials, ``D.L.`` for Dana Lee."""
    return "".join(f"{word[0].upper()}." for word in _WORD.findall(name)) or "–"


def masking(interview: Interview) -> Callable[[str], str]:
    """Give what makes initials of company and people in a text, and hides their addresses."""
    shown = _shortened(interview.company, _COMPANY_WORD_LETTERS)
    for person in interview.contacts:
        shown |= _shortened(person.name, _PERSON_WORD_LETTERS)
        shown |= {a: "…" for a in (person.email, person.phone, person.linkedin) if a}
    known = {name.casefold(): short for name, short in shown.items() if name.strip()}
    if not known:
        return str
    longest_first = sorted(known, key=lambda name: (-len(name), name))
    names = re.compile(
        rf"(?<!\w)(?:{'|'.join(map(re.escape, longest_first))})(?!\w)", re.IGNORECASE
    )
    return lambda text: names.sub(lambda match: known.get(match[0].casefold(), "…"), text)


def _shortened(name: str, letters: int) -> dict[str, str]:
    """Give a name and each of its words that has so many letters, with their initials."""
    long_enough = (word for word in _WORD.findall(name) if len(word) >= letters)
    return {**{word: initials(word) for word in long_enough}, name: initials(name)}


def uid(interview_id: str, step: str, view: View, token: str) -> str:
    """Give an event's UID, the same for life; outside the full view it is keyed by ``token``.

    So nobody can match two subscribers' feeds, or a feed and an id. Without a token it is a plain
    digest.
    """
    if view is View.FULL:
        return f"{interview_id}.{step}{_DOMAIN}"
    # Only these views pay for loading the system's cryptography.
    from hashlib import blake2b

    key = blake2b(token.encode(), digest_size=32).digest() if token else b""
    named = f"{interview_id}.{step}".encode("utf-8", "replace")
    return blake2b(named, key=key, digest_size=16, person=b"afterword-uid").hexdigest() + _DOMAIN
