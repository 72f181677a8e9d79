"""`afterword skip`: a message will not go out."""

from argparse import ArgumentParser, Namespace

from icsgen.cli import writes
from icsgen.cli.context import Context
from icsgen.cli.parsing import step
from icsgen.journal import Skipped

DESCRIPTION = "Let a follow-up go; the next one is counted as if it had been due."
EXAMPLES = """\
  afterword skip acme first_check_in
  afterword skip acme thank-you --at "yesterday 17:00\""""


def fill(parser: ArgumentParser) -> None:
    """Add what `skip` takes."""
    writes.add_id(parser)
    parser.add_argument("step", metavar="STEP", type=step, help="which follow-up to let go")
    writes.add_at(parser)


def run(args: Namespace, context: Context) -> int:
    """Write it down."""
    at = writes.at_of(args, context)
    written = context.desk.record(
        args.id, lambda interview: Skipped(at(interview), args.step), context.now
    )
    writes.show(written, context)
    return 0
