"""Which interviews a command works on, and which of them a person means."""

from argparse import Namespace
from collections.abc import Iterable, Sequence

from icsgen.cli.console import Console
from icsgen.cli.context import Context
from icsgen.cli.words import counted
from icsgen.errors import Ambiguous, NotFound, UsageError
from icsgen.here import machine_zone
from icsgen.model import Interview
from icsgen.sources import DateOrder, Options, Reading

_SHORTEST = 4
_SHOWN = 5
"""How many candidates a message lists."""


def interviews(args: Namespace, context: Context) -> Reading:
    """Give the interviews that a command works on: those of its files.

    The seam for the store: without files it will give what is kept. Raises UsageError while
    nothing is kept, and NotFound for a lone file that is not there.
    """
    if not args.files:
        raise UsageError(
            f"{args.command} needs to know where your interviews are",
            remedy=f"give a file: afterword {args.command} --from FILE "
            "(nothing is kept between runs yet)",
        )
    if args.files.count("-") > 1:
        raise UsageError("standard input can be read only once", remedy="give - only once")
    return context.desk.read(args.files, options(args))


def chosen(reading: Reading, word: str | None, console: Console) -> tuple[Interview, ...]:
    """Give all interviews, or the one that `word` means, after naming what was odd."""
    console.tell(reading.problems)
    for called_off in reading.cancelled:
        console.remark(f"warning: {called_off.where}: “{called_off.summary}” is called off")
    if reading.skipped:
        count = counted(len(reading.skipped), "entry", "entries")
        console.remark(f"note: {count} left out; afterword import FILE --dry-run says why")
    return reading.interviews if word is None else (one(reading.interviews, word),)


def refused(reading: Reading, word: str | None) -> int:
    """Give how many refusals count: who asks for one interview and gets it misses no other."""
    return reading.refused if word is None else 0


def options(args: Namespace) -> Options:
    """Give how to read, as the command line says it."""
    return Options(
        machine_timezone=machine_zone(),
        mapping=dict(args.map or ()),
        dates=DateOrder(args.dates) if args.dates else None,
        company=args.company,
        role=args.role,
        match=args.match,
    )


def one(interviews: Sequence[Interview], word: str) -> Interview:
    """Give the interview that `word` means: an id, the beginning of one, or a company's name.

    Raises NotFound with the nearest there is, and Ambiguous with those it may be.
    """
    wanted = word.strip().casefold()
    ways = (
        [i for i in interviews if i.id == word],
        [i for i in interviews if i.id.casefold() == wanted],
        [i for i in interviews if i.company.casefold() == wanted],
        [i for i in interviews if _begins(i, wanted)],
    )
    found = next((way for way in ways if way), [])
    if len(found) == 1:
        return found[0]
    if found:
        raise Ambiguous(
            f"“{word[:60]}” may be any of {len(found)} interviews",
            where="ID",
            remedy=f"use an id: {_listed(found)}",
        )
    raise NotFound(
        f"there is no interview “{word[:60]}”", where="ID", remedy=_hint(interviews, word)
    )


def shortest(ids: Sequence[str]) -> dict[str, str]:
    """Give for each id the beginning that is enough to name it, four characters at least."""
    ordered = sorted(ids, key=str.casefold)
    beside = zip(ordered, ["", *ordered], [*ordered[1:], ""], strict=False)
    return {
        each: each[: max(_SHORTEST, _alike(each, before) + 1, _alike(each, after) + 1)]
        for each, before, after in beside
    }


def _alike(one: str, other: str) -> int:
    """Give how many characters two ids have in common from the start, whatever their case."""
    pairs = zip(one.casefold(), other.casefold(), strict=False)
    return next((at for at, (a, b) in enumerate(pairs) if a != b), min(len(one), len(other)))


def _begins(interview: Interview, wanted: str) -> bool:
    names = (interview.id.casefold(), interview.company.casefold())
    return bool(wanted) and any(name.startswith(wanted) for name in names)


def _hint(interviews: Sequence[Interview], word: str) -> str:
    if not interviews:
        return "no interview could be read"
    names = {name.lower(): name for i in interviews for name in (i.id, i.company)}
    from difflib import get_close_matches  # only where something is wrong: start-up stays short

    alike = get_close_matches(word[:60].lower(), names, n=1)
    if alike:
        return f"did you mean “{names[alike[0]]}”?"
    return f"there are {_listed(interviews)}"


def _listed(interviews: Iterable[Interview]) -> str:
    several = list(interviews)
    words = [f"{i.id} ({i.company}, {i.role})" for i in several[:_SHOWN]]
    more = len(several) - len(words)
    return ", ".join(words) + (f" and {more} more" if more > 0 else "")
