"""Waits as a playbook writes them: ``10 (7-14) days``, ``7 days``, ``5 business days``."""

import re

from icsgen.rules import Wait

LONGEST = 365
"""No wait is longer than a year; a larger number is a slip of the hand."""

_GRAMMAR = (
    r"\s*(\d{1,6})"
    r"(?:\s*\(\s*(\d{1,6})\s*[-\N{EN DASH}]\s*(\d{1,6})\s*\))?"
    r"\s+(business\s+)?days?\s*"
)


def read_wait(text: str) -> Wait:
    """Give the wait that ``text`` says; a plain ``7 days`` is ``7 (7-7) days``.

    Raises ValueError, its words saying what would be right.
    """
    found = re.fullmatch(_GRAMMAR, text, re.ASCII)
    if found is None:
        raise ValueError('write it like "7 days", "5 business days" or "10 (7-14) days"')
    preferred = int(found[1])
    earliest, latest = (int(found[2]), int(found[3])) if found[2] else (preferred, preferred)
    if not all(1 <= number <= LONGEST for number in (preferred, earliest, latest)):
        raise ValueError(f"every number is from 1 to {LONGEST}")
    if not earliest <= preferred <= latest:
        raise ValueError(
            "the bounds go around the number, the smaller one first, as in 10 (7-14) days"
        )
    return Wait(preferred, earliest, latest, business=bool(found[4]))
