"""`afterword undo`: the last entry was a mistake."""

from argparse import ArgumentParser, Namespace

from icsgen.cli import words, writes
from icsgen.cli.context import Context
from icsgen.journal import Entry, Heard, News, Promised, Sent, Skipped, Snoozed

DESCRIPTION = """\
Take back what happened last with an interview, by the moments you gave, or
without ID what happened last at all. Again, and it is the entry before."""
EXAMPLES = """\
  afterword undo
  afterword undo acme"""


def fill(parser: ArgumentParser) -> None:
    """Add what `undo` takes."""
    parser.add_argument(
        "id", metavar="ID", nargs="?", help="the interview: its id, or its company's name"
    )
    writes.add_at(parser)


def run(args: Namespace, context: Context) -> int:
    """Take it back."""
    written = context.desk.undo(args.id, writes.at_of(args, context), context.now)
    interview, entry = written.interview, written.entry
    told = f"Taken back at {interview.company} ({interview.role}, id {interview.id})"
    said = f": {_said(entry)} of {words.moment(entry.at, context.now.year)}" if entry else ""
    writes.show(written, context, first=f"{told}{said}.")
    return 0


_VERBS = {Sent: "sent", Skipped: "skipped", Snoozed: "snoozed"}


def _said(entry: Entry) -> str:
    match entry:
        case Sent(step=step) | Skipped(step=step) | Snoozed(step=step):
            return f"{words.STEPS[step]} {_VERBS[type(entry)]}"
        case Promised(on=on):
            return f"promised by {on.isoformat()}"
        case Heard(outcome=outcome):
            return f"heard “{outcome.value}”"
        case News(news=news):
            return f"news “{news.value}”"
    return "an entry"
