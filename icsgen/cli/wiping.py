"""`afterword wipe`: everything that is kept, deleted for good."""

from argparse import ArgumentParser, Namespace

from icsgen.cli import words, writes
from icsgen.cli.context import Context
from icsgen.cli.prompting import must_confirm
from icsgen.errors import AfterwordError, StoreDamaged

DESCRIPTION = """\
Delete everything for good: interviews, what happened, settings, subscriptions
and every backup. Your own playbooks stay."""
EXAMPLES = """\
  afterword wipe --yes"""


def fill(parser: ArgumentParser) -> None:
    """Add what `wipe` takes."""
    writes.add_yes(parser, "do not ask")


def run(args: Namespace, context: Context) -> int:
    """Delete everything."""
    question = "Delete every interview, setting, subscription and backup for good?"
    if not must_confirm(question, "what is wiped is gone for good", yes=args.yes):
        raise AfterwordError("nothing was deleted")
    count = _wiped(context)
    context.folders.serve_token.unlink(missing_ok=True)
    if context.console.as_json:
        context.console.document({"removed": count})
    else:
        context.console.say(f"Deleted {words.counted(count, 'interview')} and all the rest.")
    return 0


def _wiped(context: Context) -> int:
    """Delete all that is kept, and give how many interviews could be counted."""
    try:
        return context.desk.wipe()
    except StoreDamaged:
        context.desk.keeper.erase_damaged()
        return 0
