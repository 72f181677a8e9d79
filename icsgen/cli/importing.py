"""`afterword import --dry-run`: what would be read from files."""

from argparse import ArgumentParser, Namespace

from icsgen.cli import asking, words
from icsgen.cli.context import Context
from icsgen.cli.endings import ending
from icsgen.cli.parsing import add_files
from icsgen.cli.table import Cell
from icsgen.cli.tabulating import show_table
from icsgen.errors import UsageError
from icsgen.model import Problem
from icsgen.sources import Found, Reading

DESCRIPTION = """\
Read interviews from files and say what came of it. For now only as a dry run:
nothing is kept between runs yet, so plan, list and the others read files
themselves, with --from."""
EXAMPLES = """\
  afterword import interviews.csv --dry-run
  afterword import interviews.csv --dry-run --map Firm=company --dates dmy
  afterword import invitation.ics --dry-run --company Acme --role Engineer"""

_HEAD = ("Company", "Role", "Interview", "Zone", "Guessed")


def fill(parser: ArgumentParser) -> None:
    """Add what `import` takes."""
    parser.add_argument(
        "--dry-run", action="store_true", help="change nothing, only say what is read"
    )
    add_files(parser, option=False)


def run(args: Namespace, context: Context) -> int:
    """Print what the files hold."""
    if not args.dry_run:
        raise UsageError(
            "there is no place yet to import into, because nothing is kept between runs",
            remedy="add --dry-run to see what is read, or use the file itself: "
            "afterword plan --from FILE",
        )
    reading = asking.interviews(args, context)
    console = context.console
    console.tell(reading.problems, notes=True)
    for skipped in reading.skipped:
        console.remark(f"skipped: {skipped.where}: {skipped.why}")
    for called_off in reading.cancelled:
        console.remark(f"called off: {called_off.where}: {called_off.summary}")
    code = ending(len(reading.found), reading.refused)
    if console.as_json:
        console.document(_form(reading))
    else:
        _show(reading, context)
    return code


def _form(reading: Reading) -> dict[str, object]:
    """Give the contract's counts and problems; nothing kept means that nothing can be an update."""
    return {
        "imported": len(reading.found),
        "updated": 0,
        "unchanged": 0,
        "rescheduled": 0,
        "skipped": len(reading.skipped) + len(reading.cancelled),
        "refused": reading.refused,
        "problems": [_problem(problem) for problem in reading.problems],
    }


def _problem(problem: Problem) -> dict[str, str]:
    return {
        "where": problem.where,
        "severity": problem.severity.value,
        "message": problem.message,
    }


def _show(reading: Reading, context: Context) -> None:
    console = context.console
    if reading.found:
        head = [Cell(title, ("dim",)) for title in _HEAD]
        rows = [_row(found, context.now.year) for found in reading.found]
        show_table([head, *rows], console, elastic=(0, 1))
        console.say()
    said = [f"{words.counted(len(reading.found), 'interview')} can be read"]
    if reading.skipped or reading.cancelled:
        said.append(f"{len(reading.skipped) + len(reading.cancelled)} skipped")
    if reading.refused:
        said.append(f"{reading.refused} refused")
    console.say(f"{', '.join(said)}. Nothing was kept: this was a dry run.")


def _row(found: Found, year: int) -> list[Cell]:
    interview = found.interview
    return [
        Cell(interview.company),
        Cell(interview.role),
        Cell(words.moment(interview.start, year)),
        Cell(words.place(interview)),
        Cell(", ".join(found.guessed)),
    ]
