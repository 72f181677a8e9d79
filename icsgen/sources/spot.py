"""A place in the input, which knows its own name and where remarks about it go."""

from collections.abc import Collection
from typing import NamedTuple

from icsgen.errors import FieldError, InputError
from icsgen.model import Problem, Severity
from icsgen.text import clean_line

_SHOWN = 60
"""How much of a wrong value a message repeats, in characters."""
_ENDLESS = 10**18
"""From here on a number is not repeated: Python itself refuses to print some."""


class Spot(NamedTuple):
    """A value's place: ``where`` is file and row, ``path`` the field (``journal[3].until``)."""

    where: str
    path: str
    problems: list[Problem]

    def __str__(self) -> str:
        """Give both as one text."""
        return f"{self.where}, {self.path}" if self.path else self.where

    def field(self, name: str) -> "Spot":
        """Give the place of a field inside this one."""
        joint = "." if self.path and not self.path.endswith(".") else ""
        return Spot(self.where, f"{self.path}{joint}{name}", self.problems)

    def item(self, position: int) -> "Spot":
        """Give the place of a list's item, counted from 0."""
        return Spot(self.where, f"{self.path}[{position}]", self.problems)

    def note(self, message: str) -> None:
        """Add a remark that asks for nothing."""
        self.problems.append(Problem(str(self), Severity.NOTE, message))

    def warn(self, message: str) -> None:
        """Add a remark that the person should look at."""
        self.problems.append(Problem(str(self), Severity.WARNING, message))

    def refusal(self, what: str, remedy: str = "") -> FieldError:
        """Give the error to raise when the value cannot be what it should be."""
        return FieldError(what, where=str(self), remedy=remedy)


def refused(error: InputError) -> Problem:
    """Give an error as the problem it is."""
    message = error.what + (f"; {error.remedy}" if error.remedy else "")
    return Problem(error.where, Severity.REFUSED, message)


def shown(raw: object) -> str:
    """Give a value as a message repeats it: quoted, on one line, cut short."""
    text = clean_line(raw) if isinstance(raw, str) else clean_line(_plain(raw))
    return f"“{text[: _SHOWN - 1]}…”" if len(text) > _SHOWN else f"“{text}”"


def nearest(word: str, known: Collection[str]) -> str:
    """Give ``did you mean “…”?`` for the known word closest to this one, or nothing."""
    from difflib import get_close_matches

    close = get_close_matches(word[:_SHOWN], known, n=1, cutoff=0.6)
    return f"did you mean “{close[0]}”?" if close else ""


def _plain(raw: object) -> str:
    """Name what a value is, without repeating what may be endless."""
    match raw:
        case None:
            return "nothing"
        case bool():
            return "true" if raw else "false"
        case float():
            return f"{raw:g}"
        case int():
            return str(raw) if abs(raw) < _ENDLESS else "a number without end"
        case list() | tuple():
            return "a list"
        case _:
            return "a group of fields"
