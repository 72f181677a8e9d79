"""How a write answers: what it changed in the plan, in JSON and in words."""

from argparse import ArgumentParser, Namespace
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from icsgen.cli import words
from icsgen.cli.context import Context
from icsgen.cli.forms import moment_form
from icsgen.cli.prompting import confirmed, is_interactive
from icsgen.journal import Heard, News, Promised
from icsgen.model import Interview, Plan
from icsgen.planning.changes import Change, Kind
from icsgen.planning.moments import day_words
from icsgen.planning.outcomes import NEWS_GOES_INTO
from icsgen.planning.schedule import STEP_WORDS

if TYPE_CHECKING:
    from icsgen.desk.recording import Written

INDENT = "  "
_NOW = timedelta(minutes=1)
"""An entry no further from the present needs no moment said."""


def add_id(parser: ArgumentParser) -> None:
    """Add the interview that a command is about."""
    parser.add_argument("id", metavar="ID", help="the interview: its id, or its company's name")


def add_at(parser: ArgumentParser) -> None:
    """Add when it happened."""
    parser.add_argument(
        "--at", metavar="WHEN", help="when it happened, like “yesterday 17:00” (default: now)"
    )


def add_yes(parser: ArgumentParser, what: str) -> None:
    """Add the answer to a question before it is asked."""
    parser.add_argument("--yes", action="store_true", help=what)


def at_of(args: Namespace, context: Context) -> Callable[[Interview], datetime]:
    """Give what gives an entry's moment, in the interview's zone: what `--at` says, else now."""
    if args.at is None:
        from icsgen.desk.recording import moment_in  # a write has it already

        return lambda interview: moment_in(interview, context.now)
    return lambda interview: when(args.at, interview, context, "--at")


def when(text: str, interview: Interview, context: Context, what: str) -> datetime:
    """Give a moment that a person named, which is local to the interview."""
    from icsgen.cli.times import moment_of  # most writes name no moment: start-up stays short

    return moment_of(text, context.now, interview.zone, what, context.console.warn)


def form(written: "Written") -> dict[str, Any]:
    """Give a write as the contract has it."""
    return {
        "id": written.interview.id,
        "changes": [change_form(change) for change in written.changes],
    }


def change_form(change: Change) -> dict[str, Any]:
    """Give one follow-up's change."""
    return {
        "step": change.step.value,
        "change": change.change.value,
        "from": moment_form(change.before) if change.before else None,
        "to": moment_form(change.after) if change.after else None,
        "text": change.text,
    }


def show(written: "Written", context: Context, *, first: str = "") -> None:
    """Print what a write changed; `first` is a line above it."""
    console = context.console
    console.tell(written.problems)
    if console.as_json:
        console.document(form(written))
        return
    interview = written.interview
    console.say(first or f"{interview.company} · {interview.role} · id {interview.id}")
    # What is taken back was understood when it was written.
    understood = () if first else _understood(written, context)
    for line in [*understood, *lines(written.changes)]:
        console.say(f"{INDENT}{line}")


def _understood(written: "Written", context: Context) -> Iterator[str]:
    """Say back the days that were given in words, so that a wrong reading shows at once."""
    entry, year = written.entry, context.now.year
    if isinstance(entry, Promised):
        yield f"They will answer by {day_words(entry.on, year=year)}."
    elif isinstance(entry, Heard) and entry.promised:
        yield f"They will answer by {day_words(entry.promised, year=year)}."
    elif isinstance(entry, News) and written.plan:
        yield from _news_goes(written.plan)
    if entry and abs(entry.at - context.now) > _NOW:
        yield f"It is noted for {day_words(entry.at.date(), year=year)} at {entry.at:%H:%M}."


def _news_goes(made: Plan) -> Iterator[str]:
    """Say which open message the news goes into, where it makes none of its own."""
    hosts = (f for f in made.follow_ups if any(r == NEWS_GOES_INTO for r in f.reasons))
    yield from (f"Your news goes into {STEP_WORDS[host.step]}." for host in hosts)


def lines(changes: Iterable[Change]) -> list[str]:
    """Give what moved in words, and in a few that the rest did not."""
    several = list(changes)
    moved = [change for change in several if change.change is not Kind.KEPT or change.settled]
    told = [f"{change.text.removesuffix('.')}{_here(change)}." for change in moved]
    if not moved:
        return ["Nothing in the plan moves."]
    stays = any(change.is_open for change in several if change not in moved)
    return [*told, "Nothing else moves."] if stays else told


def _here(change: Change) -> str:
    """Give the new moment by this computer's clock, where that shows another."""
    local = words.here(change.after) if change.after and change.change is not Kind.KEPT else None
    return f" ({words.beside(local, change.after)} here)" if local and change.after else ""


def offer_next_round(written: "Written", context: Context, *, yes: bool) -> None:
    """Offer to mark the earlier rounds of a process as answered by this one."""
    offer_rounds([(written.interview, earlier) for earlier in written.earlier], context, yes=yes)


def offer_rounds(
    pairs: Iterable[tuple[Interview, Interview]], context: Context, *, yes: bool
) -> None:
    """Offer the same for several: a later round and the earlier one that it answers, each."""
    console = context.console
    for later, earlier in pairs:
        if earlier.start > context.now:  # it cannot have led anywhere yet
            continue
        name = f"{earlier.company}, {earlier.role}" + (
            f" ({earlier.round})" if earlier.round else ""
        )
        told = f"{name}, {words.day(earlier.start, context.now.year)}"
        question = f"{told} is an earlier round. Mark it as answered with this one (next-round)?"
        if yes or (is_interactive() and confirmed(question, usual=True)):
            context.desk.mark_next_round(earlier.id, later, context.now)
            console.remark(f"note: {told} is marked next-round")
        else:
            remedy = f"if it led here: afterword heard {earlier.id} next-round"
            console.remark(f"note: {told} is an earlier round; {remedy}")
