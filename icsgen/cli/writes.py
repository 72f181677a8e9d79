"""How a write answers: what it changed in the plan, in JSON and in words."""

from argparse import ArgumentParser, Namespace
from collections.abc import Callable, Iterable
from datetime import datetime
from typing import TYPE_CHECKING, Any

from icsgen.cli import words
from icsgen.cli.context import Context
from icsgen.cli.forms import moment_form
from icsgen.cli.prompting import confirmed, is_interactive
from icsgen.model import Interview
from icsgen.planning.changes import Change, Kind

if TYPE_CHECKING:
    from icsgen.desk.recording import Written

INDENT = "  "


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
    for line in lines(written.changes):
        console.say(f"{INDENT}{line}")


def lines(changes: Iterable[Change]) -> list[str]:
    """Give what moved in words, and in a few that the rest did not."""
    several = list(changes)
    moved = [change for change in several if change.change is not Kind.KEPT or change.settled]
    told = [f"{change.text.removesuffix('.')}{_here(change)}." for change in moved]
    if not moved:
        return ["Nothing in the plan moves."]
    return [*told, "Nothing else moves."] if len(moved) < len(several) else told


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
