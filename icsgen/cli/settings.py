"""`afterword settings`: what the program knows about the person and their wishes."""

from argparse import ArgumentParser, Namespace
from datetime import datetime

from icsgen.cli.context import Context
from icsgen.cli.table import Cell
from icsgen.cli.tabulating import show_table
from icsgen.cli.words import counted
from icsgen.desk.settings import SETTINGS, setting
from icsgen.journal import Step
from icsgen.model import State

DESCRIPTION = """\
Show the settings, or one of them; with a value, set it. An empty value ("")
lets it be as if it had never been set."""
EXAMPLES = """\
  afterword settings
  afterword settings timezone Europe/Berlin
  afterword settings quiet_hours 20:00-08:00
  afterword settings country "\""""


def fill(parser: ArgumentParser) -> None:
    """Add what `settings` takes."""
    parser.add_argument("key", metavar="KEY", nargs="?", help=", ".join(SETTINGS))
    parser.add_argument("value", metavar="VALUE", nargs="?", help="what it is to be")


def run(args: Namespace, context: Context) -> int:
    """Show settings, or set one."""
    console = context.console
    if args.value is not None:
        key = setting(args.key).key
        before = _dues(context) if key == "playbook" else {}
        kept = context.desk.set(key, args.value, context.now)
        told = kept or f"not set any more; {SETTINGS[key].usual} counts"
        moved = f" ({_moved(before, _dues(context))})" if key == "playbook" else ""
        _answer({key: kept or None}, f"{key}: {told}{moved}", context)
        return 0
    found = context.desk.settings()
    if args.key is not None:
        one = setting(args.key)
        _answer({one.key: found.get(one.key)}, found.get(one.key, ""), context)
    elif console.as_json:
        console.document({key: found.get(key) for key in SETTINGS})
    else:
        rows = [
            [Cell(one.key), Cell(found.get(one.key, f"({one.usual})")), Cell(one.about, ("dim",))]
            for one in SETTINGS.values()
        ]
        show_table(rows, console, elastic=(1, 2))
    return 0


Dues = dict[tuple[str, Step], datetime]


def _dues(context: Context) -> Dues:
    """Give when each open follow-up of what is kept is due."""
    planned = context.desk.plans(context.desk.kept())
    return {
        (made.interview.id, follow_up.step): follow_up.due
        for made in planned.plans
        for follow_up in made.follow_ups
        if follow_up.state is State.OPEN
    }


def _moved(before: Dues, after: Dues) -> str:
    count = sum(before.get(key) != after.get(key) for key in before.keys() | after.keys())
    return f"{counted(count, 'follow-up')} moved"


def _answer(document: dict[str, str | None], line: str, context: Context) -> None:
    if context.console.as_json:
        context.console.document(document)
    else:
        context.console.say(line)
