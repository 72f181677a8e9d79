"""`afterword backup`: a copy of everything that is kept."""

from argparse import ArgumentParser, Namespace
from pathlib import Path

from icsgen.cli.context import Context
from icsgen.writing import write_whole

DESCRIPTION = """\
Make a copy of everything that is kept, checked through and through. One is made
every day you use Afterword, and copies go after thirty days; a FILE of your own
stays."""
EXAMPLES = """\
  afterword backup
  afterword backup my-search.db"""

_PRIVATE = 0o600


def fill(parser: ArgumentParser) -> None:
    """Add what `backup` takes."""
    parser.add_argument("file", metavar="FILE", nargs="?", help="also write the copy here")


def run(args: Namespace, context: Context) -> int:
    """Make one."""
    if args.file:
        context.desk.keeper.require_elsewhere(Path(args.file))
    made = context.desk.keeper.back_up().path
    if args.file:
        write_whole(Path(args.file), made.read_bytes(), mode=_PRIVATE)
    told = Path(args.file) if args.file else made
    if context.console.as_json:
        context.console.document({"file": str(told)})
    else:
        again = f"afterword restore {told}" if args.file else "afterword restore"
        context.console.say(f"Everything is copied to {told}. {again} brings it back.")
    return 0
