"""`afterword restore`: everything as it was in a backup."""

from argparse import ArgumentParser, Namespace
from pathlib import Path

from icsgen.cli import words, writes
from icsgen.cli.context import Context
from icsgen.cli.prompting import must_confirm
from icsgen.errors import AfterwordError

DESCRIPTION = """\
Bring a backup back, by default the last one. What is kept now is set aside
first, and calendars that subscribe notice no step back."""
EXAMPLES = """\
  afterword restore --yes
  afterword restore my-search.db --yes"""


def fill(parser: ArgumentParser) -> None:
    """Add what `restore` takes."""
    parser.add_argument("file", metavar="FILE", nargs="?", help="a copy that backup made")
    writes.add_yes(parser, "do not ask")


def run(args: Namespace, context: Context) -> int:
    """Bring it back."""
    desk = context.desk
    backup = Path(args.file) if args.file else desk.keeper.last_backup()
    if not _agreed(args, context, backup):
        raise AfterwordError("nothing was brought back")
    desk.restore(backup, context.now)
    count = len(desk.kept())
    if context.console.as_json:
        context.console.document({"file": str(backup), "interviews": count})
    else:
        told = words.counted(count, "interview")
        context.console.say(f"Everything is as it was in {backup}: {told}.")
    return 0


def _agreed(args: Namespace, context: Context, backup: Path) -> bool:
    """Ask, unless there is nothing that the backup would take the place of."""
    if context.desk.keeper.is_empty:
        return True
    question = f"Put {backup} in the place of what is kept now?"
    return must_confirm(question, "this takes the place of all that is kept", yes=args.yes)
