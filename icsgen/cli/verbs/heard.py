"""`afterword heard`: they answered, or it came to an end."""

from argparse import ArgumentParser, Namespace

from icsgen.cli import writes
from icsgen.cli.context import Context
from icsgen.cli.verbs.promised import day
from icsgen.journal import Heard, Outcome

DESCRIPTION = """\
Say what they answered, or how it ended. “replied” with --promised DATE waits
for that day, without it for two weeks; every other outcome ends the plan, and
where an answer is called for, a reply is added."""
EXAMPLES = """\
  afterword heard acme replied
  afterword heard acme replied --promised "in 2 weeks"
  afterword heard acme next-round
  afterword heard acme rejected --at "yesterday 17:40\""""


def fill(parser: ArgumentParser) -> None:
    """Add what `heard` takes."""
    writes.add_id(parser)
    parser.add_argument(
        "outcome",
        metavar="OUTCOME",
        choices=[outcome.value for outcome in Outcome],
        help=", ".join(Outcome),
    )
    parser.add_argument(
        "--promised", metavar="DATE", help="by which day they will answer; with replied"
    )
    writes.add_at(parser)


def run(args: Namespace, context: Context) -> int:
    """Write it down."""
    at = writes.at_of(args, context)
    written = context.desk.record(
        args.id,
        lambda interview: Heard(
            at(interview),
            Outcome(args.outcome),
            day(args.promised, interview, context, "--promised") if args.promised else None,
        ),
        context.now,
    )
    writes.show(written, context)
    return 0
