"""`afterword sent`: a message went out."""

from argparse import ArgumentParser, Namespace

from icsgen.cli import writes
from icsgen.cli.context import Context
from icsgen.cli.parsing import step
from icsgen.journal import Sent

DESCRIPTION = """\
Say that you sent a message; what follows is counted from that day. Of a
thank-you to several people, --to names those who have theirs."""
EXAMPLES = """\
  afterword sent acme thank_you
  afterword sent acme thank_you --to "Dana Lee"
  afterword sent acme first-check-in --at "yesterday 8:15\""""


def fill(parser: ArgumentParser) -> None:
    """Add what `sent` takes."""
    writes.add_id(parser)
    parser.add_argument("step", metavar="STEP", type=step, help="which follow-up went out")
    parser.add_argument(
        "--to", metavar="NAME", action="append", default=[], help="to whom; may be given again"
    )
    writes.add_at(parser)


def run(args: Namespace, context: Context) -> int:
    """Write it down."""
    at = writes.at_of(args, context)
    written = context.desk.record(
        args.id, lambda interview: Sent(at(interview), args.step, tuple(args.to)), context.now
    )
    writes.show(written, context)
    return 0
