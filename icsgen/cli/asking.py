"""Which interviews a command works on, and which of them a person means."""

from argparse import Namespace
from typing import TYPE_CHECKING, NamedTuple

from icsgen.cli.console import Console
from icsgen.cli.context import Context
from icsgen.cli.words import counted
from icsgen.desk import one, shortest
from icsgen.errors import UsageError
from icsgen.here import machine_zone
from icsgen.model import Interview, Problem

if TYPE_CHECKING:
    from icsgen.sources import Cancellation, Found, Options, Reading, Skipped

__all__ = [
    "Kept",
    "chosen",
    "guessed",
    "interviews",
    "one",
    "options",
    "place",
    "places",
    "refused",
    "shortest",
]


class Kept(NamedTuple):
    """What the store holds, in the form of a reading: there is nothing odd about it."""

    interviews: tuple[Interview, ...]
    problems: tuple[Problem, ...] = ()
    skipped: "tuple[Skipped, ...]" = ()
    cancelled: "tuple[Cancellation, ...]" = ()
    refused: int = 0
    found: "tuple[Found, ...]" = ()


def interviews(args: Namespace, context: Context) -> "Reading | Kept":
    """Give the interviews that a command works on: those of its files, else what is kept.

    Raises NotFound for a lone file that is not there.
    """
    return read(args, context) if args.files else Kept(context.desk.kept())


def read(args: Namespace, context: Context, *, to_keep: bool = False) -> "Reading":
    """Give what the command's files say.

    ``to_keep``: an interview that names no playbook is to follow the setting, also when it changes.
    """
    if args.files.count("-") > 1:
        raise UsageError("standard input can be read only once", remedy="give - only once")
    how = options(args, context)
    return context.desk.read(args.files, how._replace(playbook=None) if to_keep else how)


def chosen(reading: "Reading | Kept", word: str | None, console: Console) -> tuple[Interview, ...]:
    """Give all interviews, or the one that `word` means, after naming what was odd."""
    console.tell(reading.problems)
    for called_off in reading.cancelled:
        console.remark(f"warning: {called_off.where}: “{called_off.summary}” is called off")
    if reading.skipped:
        count = counted(len(reading.skipped), "entry", "entries")
        console.remark(f"note: {count} left out; afterword import FILE --dry-run says why")
    return reading.interviews if word is None else (one(reading.interviews, word),)


def refused(reading: "Reading | Kept", word: str | None) -> int:
    """Give how many refusals count: who asks for one interview and gets it misses no other."""
    return reading.refused if word is None else 0


def places(reading: "Reading | Kept") -> dict[str, str]:
    """Give for each interview's id where in a file it stands; of what is kept, nothing."""
    return {found.interview.id: found.where for found in reading.found}


def place(reading: "Reading | Kept", interview: Interview) -> str:
    """Give where in a file an interview stands, an empty text if it is kept."""
    return places(reading).get(interview.id, "")


def guessed(reading: "Reading | Kept") -> dict[str, tuple[str, ...]]:
    """Give for each interview's id which of its fields were guessed."""
    return {found.interview.id: found.guessed for found in reading.found}


def options(args: Namespace, context: Context) -> "Options":
    """Give how to read, as the settings and the command line say it."""
    from icsgen.sources import DateOrder  # what is kept needs none of it: start-up stays short

    return context.desk.options(machine_zone())._replace(
        mapping=dict(args.map or ()),
        dates=DateOrder(args.dates) if args.dates else None,
        company=args.company,
        role=args.role,
        match=args.match,
    )
