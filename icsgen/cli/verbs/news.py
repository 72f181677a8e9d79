"""`afterword news`: there is something worth telling them now."""

from argparse import ArgumentParser, Namespace

from icsgen.cli import writes
from icsgen.cli.context import Context
from icsgen.journal import News, NewsKind

DESCRIPTION = """\
Say that you have real news for them, which may come before a wait is over:
something new and relevant, or an offer from somebody else. It goes into the
next message if that is due soon, else into one of its own."""
EXAMPLES = """\
  afterword news acme new-information
  afterword news acme competing-offer"""


def fill(parser: ArgumentParser) -> None:
    """Add what `news` takes."""
    writes.add_id(parser)
    parser.add_argument(
        "kind", metavar="KIND", choices=[kind.value for kind in NewsKind], help=", ".join(NewsKind)
    )
    writes.add_at(parser)


def run(args: Namespace, context: Context) -> int:
    """Write it down."""
    at = writes.at_of(args, context)
    written = context.desk.record(
        args.id, lambda interview: News(at(interview), NewsKind(args.kind)), context.now
    )
    writes.show(written, context)
    return 0
