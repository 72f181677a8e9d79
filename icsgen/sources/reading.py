"""What a source is asked and what it answers: the nouns between a file and the interviews in it."""

from collections.abc import Iterator, Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import NamedTuple, Protocol

from icsgen.model import Interview, Problem

__all__ = [
    "Cancellation",
    "DateOrder",
    "Found",
    "Options",
    "Reading",
    "Record",
    "Skipped",
    "Source",
]


class DateOrder(StrEnum):
    """In which order a spreadsheet writes day, month and year."""

    DMY = "dmy"
    MDY = "mdy"
    YMD = "ymd"


class Options(NamedTuple):
    """How to read: the person's settings, and what they asked for this time."""

    timezone: str | None = None
    """The setting: an IANA name for interviews that name none."""
    machine_timezone: str | None = None
    """The machine's zone, used with a warning where neither file nor setting has one."""
    country: str | None = None
    """The setting; an interview's own country wins."""
    subdivision: str | None = None
    """The setting; counts only where the country is the setting's too."""
    weekend: frozenset[int] | None = None
    """The setting, Monday 0 to Sunday 6; None: the country's."""
    playbook: str | None = None
    email: str | None = None
    """The person's own address, which is nobody to write to."""
    mapping: Mapping[str, str] = MappingProxyType({})
    """``--map``: a spreadsheet's column to a field of ours."""
    dates: DateOrder | None = None
    """``--dates``; None: the only order that every row of a column allows."""
    company: str | None = None
    """``--company``: for what names none; of a lone event it counts before what was guessed."""
    role: str | None = None
    match: str | None = None
    """``--match``: import the events whose title or description contain this text."""
    source: str | None = None
    """Only this source, by name, whatever the content looks like."""


class Record(NamedTuple):
    """One interview as a source found it: raw values by the field names of the JSON contract."""

    where: str
    """File and line, path or event, for messages."""
    fields: Mapping[str, object]
    prefix: str = ""
    """What stands before a field's name in its path: ``interviews[3]``."""
    guessed: tuple[str, ...] = ()
    """Fields that were guessed from other words."""
    uid: str | None = None
    """An event's UID, the same when it comes again."""
    sequence: int = 0


class Skipped(NamedTuple):
    """Something that was left out on purpose: where it is and why."""

    where: str
    why: str


class Cancellation(NamedTuple):
    """A called-off event: it proposes to remove the interview that came with this UID."""

    where: str
    uid: str
    sequence: int
    summary: str


Item = Record | Problem | Skipped | Cancellation


class Found(NamedTuple):
    """An interview with where it came from."""

    interview: Interview
    where: str
    guessed: tuple[str, ...] = ()
    uid: str | None = None
    sequence: int = 0


class Reading(NamedTuple):
    """All that came of a file or of several, each list in the order of the files."""

    found: tuple[Found, ...] = ()
    problems: tuple[Problem, ...] = ()
    skipped: tuple[Skipped, ...] = ()
    cancelled: tuple[Cancellation, ...] = ()
    refused: int = 0
    """How many rows, objects, events or whole files were refused; one may have several problems."""

    @property
    def interviews(self) -> tuple[Interview, ...]:
        """Give the interviews alone."""
        return tuple(found.interview for found in self.found)


class Source(Protocol):
    """A format that interviews come in. A third party's is an entry point in ``icsgen.sources``."""

    name: str
    """One lower-case word, for ``Options.source`` and for messages."""

    def claims(self, data: bytes, file_name: str) -> bool:
        """Tell whether the content is this format's; the name is only a hint."""
        ...

    def records(self, data: bytes, where: str, options: Options) -> Iterator[Item]:
        """Give what is in it, in order; what cannot be read is a Problem, never an exception.

        ``where`` is the file's name for messages.
        """
        ...
