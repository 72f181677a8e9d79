"""`afterword remove`: an interview and all that belongs to it, deleted for good."""

from argparse import ArgumentParser, Namespace

from icsgen.cli import words, writes
from icsgen.cli.context import Context
from icsgen.cli.prompting import must_confirm
from icsgen.errors import AfterwordError

DESCRIPTION = """\
Delete an interview with everything that happened after it. Backups that still
hold it go within thirty days. To end a plan and keep its story, use heard."""
EXAMPLES = """\
  afterword remove acme --yes"""


def fill(parser: ArgumentParser) -> None:
    """Add what `remove` takes."""
    writes.add_id(parser)
    writes.add_yes(parser, "do not ask")


def run(args: Namespace, context: Context) -> int:
    """Delete one."""
    found = context.desk.find(args.id)
    told = f"{found.company}, {found.role}, {words.day(found.start, context.now.year)}"
    question = f"Delete the interview with {told} for good?"
    if not must_confirm(question, "what is removed is gone for good", yes=args.yes):
        raise AfterwordError("nothing was removed")
    written = context.desk.remove(found.id)
    writes.show(written, context, first=f"Removed: {told} (id {found.id})")
    return 0
