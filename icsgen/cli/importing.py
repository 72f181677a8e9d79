"""`afterword import`: interviews out of files, as often as one likes."""

from argparse import ArgumentParser, Namespace
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from icsgen.cli import asking, words, writes
from icsgen.cli.context import Context
from icsgen.cli.endings import ending
from icsgen.cli.parsing import add_files
from icsgen.cli.prompting import confirmed, is_interactive
from icsgen.cli.table import Cell
from icsgen.cli.tabulating import show_table
from icsgen.desk.importing import Imported, Kind, Verdict
from icsgen.model import Interview, Problem, Severity

if TYPE_CHECKING:
    from icsgen.sources import Reading

DESCRIPTION = """\
Take interviews from spreadsheets, JSON and calendars, invitations too. Again is
harmless: what is known is not added twice, and what you corrected here since
stays. What would move or remove an interview is asked first; an invitation with
a higher SEQUENCE updates it without asking."""
EXAMPLES = """\
  afterword import interviews.csv
  afterword import interviews.csv --dry-run --map Firm=company --dates dmy
  afterword import invitation.ics --company Acme --role Engineer --yes"""

_HEAD = ("", "Id", "Company", "Role", "Interview", "Zone", "Guessed")


def fill(parser: ArgumentParser) -> None:
    """Add what `import` takes."""
    parser.add_argument(
        "--dry-run", action="store_true", help="change nothing, only say what would be done"
    )
    writes.add_yes(parser, "move and remove interviews as the files say, without asking")
    add_files(parser, option=False)


def run(args: Namespace, context: Context) -> int:
    """Import the files."""
    reading = asking.read(args, context, to_keep=True)
    console = context.console
    console.tell(reading.problems, notes=True)
    for skipped in reading.skipped:
        console.remark(f"skipped: {skipped.where}: {skipped.why}")
    for called_off in reading.cancelled:
        console.remark(f"called off: {called_off.where}: {called_off.summary}")
    done = context.desk.preview(reading, context.now)
    if not args.dry_run:
        agreed = _agreed(done, context, yes=args.yes)
        done = context.desk.take(reading, context.now, agreed)
    console.tell(done.problems, notes=True)
    left = tuple(_left(done, context.now.year))
    gone = tuple(_gone(done, context.now.year))
    for problem in left:
        console.warn(problem.message)
    for problem in gone:
        console.remark(f"note: {problem.message}")
    code = ending(len(done.verdicts) + len(done.left), reading.refused + done.refused)
    if console.as_json:
        console.document(_form(reading, done, (*left, *gone)))
    else:
        _show(reading, done, context, dry=args.dry_run)
    if not args.dry_run:
        writes.offer_rounds(done.earlier, context, yes=args.yes)
    return code


def _agreed(done: Imported, context: Context, *, yes: bool) -> set[str]:
    """Give the ids of the interviews that may be moved or removed, asking where one can."""
    if yes:
        moved = {v.interview.id for v in done.verdicts if v.kind is Kind.RESCHEDULED}
        return moved | {interview.id for interview in done.proposed}
    if not is_interactive():
        return set()
    year = context.now.year
    agreed = set()
    for verdict in done.verdicts:
        if verdict.kind is Kind.RESCHEDULED and confirmed(f"{_move(verdict, year)}. Move it?"):
            agreed.add(verdict.interview.id)
    for interview in done.proposed:
        if confirmed(f"{_named(interview, year)} is called off. Remove it for good?"):
            agreed.add(interview.id)
    return agreed


def _move(verdict: Verdict, year: int) -> str:
    before = verdict.before or verdict.interview
    return f"{_named(before, year)} is now {words.moment(verdict.interview.start, year)}"


def _named(interview: Interview, year: int) -> str:
    return f"{interview.company}, {interview.role}, {words.moment(interview.start, year)}"


def _left(done: Imported, year: int) -> Iterator[Problem]:
    """Give what was not done because nobody agreed to it."""
    for verdict in done.left:
        told = f"{_move(verdict, year)}; it stays where it was"
        remedy = "add --yes to move it, or give it a round of its own"
        yield Problem(verdict.found.where, Severity.WARNING, f"{told}: {remedy}")
    for interview in done.proposed:
        told = f"{_named(interview, year)} is called off"
        remedy = f"afterword remove {interview.id}, or afterword heard {interview.id} cancelled"
        said = f"{told}, and still kept: {remedy}, or add --yes"
        yield Problem(interview.id, Severity.WARNING, said)


def _gone(done: Imported, year: int) -> Iterator[Problem]:
    for interview in done.removed:
        yield Problem(interview.id, Severity.NOTE, f"{_named(interview, year)} is removed")


def _form(reading: "Reading", done: Imported, more: Sequence[Problem]) -> dict[str, object]:
    """Give the contract's counts and problems."""
    return {
        "imported": done.count(Kind.NEW),
        "updated": done.count(Kind.UPDATED),
        "unchanged": done.count(Kind.UNCHANGED),
        "rescheduled": done.count(Kind.RESCHEDULED),
        "skipped": len(reading.skipped) + len(reading.cancelled) + len(done.left),
        "refused": reading.refused + done.refused,
        "problems": [_problem(problem) for problem in (*reading.problems, *done.problems, *more)],
        "guessed": [_guess(v) for v in done.verdicts if _is_guessed(v)],
    }


def _is_guessed(verdict: Verdict) -> bool:
    return bool(verdict.found.guessed) and verdict.kind is not Kind.UNCHANGED


def _guess(verdict: Verdict) -> dict[str, object]:
    found = verdict.found
    return {"where": found.where, "id": verdict.interview.id, "fields": list(found.guessed)}


def _problem(problem: Problem) -> dict[str, str]:
    return {
        "where": problem.where,
        "severity": problem.severity.value,
        "message": problem.message,
    }


def _show(reading: "Reading", done: Imported, context: Context, *, dry: bool) -> None:
    console = context.console
    fresh = [verdict for verdict in done.verdicts if verdict.kind is not Kind.UNCHANGED]
    if fresh:
        head = [Cell(title, ("dim",)) for title in _HEAD]
        show_table([head, *(_row(v, context.now.year) for v in fresh)], console, elastic=(2, 3))
        console.say()
    console.say(f"{_counts(reading, done)}." + (" Nothing was kept: a dry run." if dry else ""))


def _counts(reading: "Reading", done: Imported) -> str:
    said = [words.counted(done.count(Kind.NEW), "new interview")]
    said += [f"{done.count(kind)} {kind.value}" for kind in Kind if kind is not Kind.NEW]
    more = {
        "removed": len(done.removed),
        "skipped": len(reading.skipped) + len(reading.cancelled) + len(done.left),
        "refused": reading.refused + done.refused,
    }
    return ", ".join(said + [f"{count} {name}" for name, count in more.items() if count])


def _row(verdict: Verdict, year: int) -> list[Cell]:
    interview = verdict.interview
    return [
        Cell(verdict.kind.value),
        Cell(interview.id),
        Cell(interview.company),
        Cell(interview.role),
        Cell(words.moment(interview.start, year)),
        Cell(words.place(interview)),
        Cell(", ".join(verdict.found.guessed)),
    ]
