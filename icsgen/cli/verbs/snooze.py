"""`afterword snooze`: a message waits until a moment of the person's own."""

from argparse import ArgumentParser, Namespace

from icsgen.cli import writes
from icsgen.cli.context import Context
from icsgen.cli.parsing import step
from icsgen.journal import Snoozed

DESCRIPTION = """\
Put a follow-up off until a moment you choose: it is due exactly then, whatever
the rules say. A moment without an offset is the employer's own time."""
EXAMPLES = """\
  afterword snooze acme first_check_in 2026-11-30T09:30
  afterword snooze acme first_check_in "next Tue 9:30"
  afterword snooze acme close_out "in 6 weeks\""""


def fill(parser: ArgumentParser) -> None:
    """Add what `snooze` takes."""
    writes.add_id(parser)
    parser.add_argument("step", metavar="STEP", type=step, help="which follow-up to put off")
    parser.add_argument("until", metavar="UNTIL", help="until when, like “tomorrow 14:00”")
    writes.add_at(parser)


def run(args: Namespace, context: Context) -> int:
    """Write it down."""
    at = writes.at_of(args, context)
    written = context.desk.record(
        args.id,
        lambda interview: Snoozed(
            at(interview), args.step, writes.when(args.until, interview, context, "UNTIL")
        ),
        context.now,
    )
    writes.show(written, context)
    return 0
