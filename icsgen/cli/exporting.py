"""`afterword export`: the calendar or the interviews, written to a file or to stdout."""

import json
from argparse import ArgumentParser, Namespace
from collections.abc import Iterable
from pathlib import Path

from icsgen.cli import asking
from icsgen.cli.context import Context
from icsgen.cli.endings import ending
from icsgen.cli.parsing import add_files
from icsgen.cli.words import counted
from icsgen.desk import Planned
from icsgen.errors import InputError, UsageError
from icsgen.feed.views import Style, View
from icsgen.model import Interview
from icsgen.sources import Reading, to_csv, to_record
from icsgen.writing import write_whole

DESCRIPTION = """\
Write the follow-ups as a calendar (ics), or the interviews themselves as JSON
or CSV, which can be read again. A file is written whole or not at all."""
EXAMPLES = """\
  afterword export -o follow-ups.ics
  afterword export -o shared.ics --view initials --style all-day
  afterword export --format json -o everything.json
  afterword export --from interviews.json --format csv -o interviews.csv"""

FORMATS = ("ics", "json", "csv")
_STORE_ENDS = ("", "-wal", "-shm", "-journal")
_STDOUT = ("-", "/dev/stdout")


def fill(parser: ArgumentParser) -> None:
    """Add what `export` takes."""
    parser.add_argument("-o", "--output", metavar="FILE", help="write here, not to stdout")
    parser.add_argument(
        "--format",
        choices=FORMATS,
        help="ics: the calendar; json, csv: the interviews (default: by the file's name, else ics)",
    )
    parser.add_argument(
        "--view",
        choices=[view.value for view in View],
        help="how much the calendar shows: all, initials for names, or times only",
    )
    parser.add_argument(
        "--style",
        choices=[style.value for style in Style],
        help="events of 15 minutes, or of whole days",
    )
    add_files(parser, option=True)


def run(args: Namespace, context: Context) -> int:
    """Write what was asked for."""
    to_file = args.output is not None and args.output not in _STDOUT
    kind = _kind(args, context, to_file=to_file)
    if to_file:
        _check_target(Path(args.output), context)
    reading = asking.interviews(args, context)
    interviews = asking.chosen(reading, None, context.console)
    planned = _planned(args, reading, context) if kind == "ics" else Planned(())
    context.console.tell(planned.problems)
    done = len(planned.plans) if kind == "ics" else len(interviews)
    code = ending(done, reading.refused + planned.refused)
    octets = _calendar(args, planned, context) if kind == "ics" else (_written(interviews, kind),)
    if not to_file:
        for piece in octets:
            context.console.give(piece)
        return code
    write_whole(Path(args.output), *octets)
    _report(args.output, kind, done, planned, context)
    return code


def _check_target(target: Path, context: Context) -> None:
    """Raise InputError for the store's file, what belongs beside it, or a place in its backups."""
    keeper = context.desk.keeper
    try:
        wanted, backups = target.resolve(), keeper.path.with_name("backups").resolve()
        beside = [keeper.path.with_name(keeper.path.name + end) for end in _STORE_ENDS]
        own = any(wanted == path.resolve() or _is_same(target, path) for path in beside)
    except (OSError, ValueError, RuntimeError):  # no such name, which the writing says
        return
    if own or wanted.is_relative_to(backups):
        raise InputError(
            "this is where Afterword keeps your search, so no export is written there",
            where=str(target),
            remedy="name another file with -o",
        )


def _is_same(target: Path, other: Path) -> bool:
    return target.exists() and other.exists() and target.samefile(other)


def _planned(args: Namespace, reading: Reading | asking.Kept, context: Context) -> Planned:
    """Give the plans; of what is kept, with each follow-up's revision."""
    desk = context.desk
    if not args.files:
        return desk.revised(context.now)
    return desk.plans(reading.interviews, places=asking.places(reading))


def _kind(args: Namespace, context: Context, *, to_file: bool) -> str:
    """Give the format: what was asked for, else what the file's name says, else a calendar."""
    named = Path(args.output).suffix.lower().removeprefix(".") if to_file else ""
    plain = "json" if context.console.as_json and not to_file else "ics"
    kind: str = args.format or (named if named in FORMATS else plain)
    if kind != "ics" and (args.view or args.style):
        raise UsageError(
            f"--view and --style are for calendars, and {kind} always holds everything",
            remedy="leave them out, or export ics",
        )
    if context.console.as_json and not to_file and kind != "json":
        raise UsageError(
            f"--json and --format {kind} cannot share stdout", remedy="give -o FILE for one of them"
        )
    return kind


def _calendar(args: Namespace, planned: Planned, context: Context) -> tuple[bytes, ...]:
    octets, problems = context.desk.feed_pieces(
        planned.plans,
        context.now,
        view=View(args.view or View.FULL),
        style=Style(args.style or Style.TIMED),
    )
    context.console.tell(problems)
    return octets


def _written(interviews: tuple[Interview, ...], kind: str) -> bytes:
    if kind == "csv":
        return to_csv(interviews).encode()
    return interviews_as_json(interviews)


def interviews_as_json(interviews: Iterable[Interview]) -> bytes:
    """Give the interviews as a file that reads back as the same ones."""
    records = [to_record(interview) for interview in interviews]
    return (json.dumps(records, ensure_ascii=False, indent=2) + "\n").encode()


def _report(file: str, kind: str, done: int, planned: Planned, context: Context) -> None:
    steps = sum(len(made.follow_ups) for made in planned.plans)
    if context.console.as_json:
        told = {"file": file, "format": kind, "interviews": done, "follow_ups": steps}
        context.console.document(told)
    elif kind == "ics":
        said = f"{counted(steps, 'follow-up')} of {counted(done, 'interview')}"
        context.console.say(f"Wrote {said} to {file}.")
    else:
        context.console.say(f"Wrote {counted(done, 'interview')} to {file}.")
