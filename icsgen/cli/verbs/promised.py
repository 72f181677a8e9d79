"""`afterword promised`: they said by when they will answer."""

from argparse import ArgumentParser, Namespace
from datetime import date

from icsgen.cli import writes
from icsgen.cli.context import Context
from icsgen.journal import Promised
from icsgen.model import Interview

DESCRIPTION = """\
Say by which day they promised to answer: nothing is due until that day has
passed, and the next check-in comes right after it."""
EXAMPLES = """\
  afterword promised acme 2026-11-25
  afterword promised acme "next Friday"
  afterword promised acme "in 2 weeks" --at "yesterday 11:00\""""


def fill(parser: ArgumentParser) -> None:
    """Add what `promised` takes."""
    writes.add_id(parser)
    parser.add_argument("date", metavar="DATE", help="by which day, like 2026-11-25 or “Friday”")
    writes.add_at(parser)


def run(args: Namespace, context: Context) -> int:
    """Write it down."""
    at = writes.at_of(args, context)
    written = context.desk.record(
        args.id,
        lambda interview: Promised(at(interview), day(args.date, interview, context, "DATE")),
        context.now,
    )
    writes.show(written, context)
    return 0


def day(text: str, interview: Interview, context: Context, what: str) -> date:
    """Give a day that a person named, counted from the employer's own today."""
    from icsgen.cli.times import day_of  # other verbs name no day

    return day_of(text, context.now.astimezone(interview.zone).date(), what)
