"""`afterword demo`: a made-up job search, planned, written as a calendar, and served."""

import json
from argparse import ArgumentParser, Namespace
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from icsgen.cli import forms
from icsgen.cli.context import Context
from icsgen.cli.exporting import interviews_as_json
from icsgen.cli.parsing import port
from icsgen.cli.plan import show_plans
from icsgen.cli.serving import PORT, kept_token, serve_feed
from icsgen.cli.words import counted
from icsgen.demo import demo_records
from icsgen.errors import InputError, ServeError
from icsgen.feed.views import Style, View
from icsgen.model import Plan
from icsgen.paths import made
from icsgen.sources import Options, read
from icsgen.writing import write_whole

DESCRIPTION = """\
Eight made-up interviews around this moment: their plan, their calendar as a
file, and the calendar served on this computer, so that you can subscribe and
look around. Nothing of yours is read or changed."""
EXAMPLES = """\
  afterword demo
  afterword demo --once
  afterword demo --once --write demo.json
  afterword demo --once -o demo.ics --now 2026-11-18T09:00"""

_FILE = "afterword-demo.ics"
_FIRST_YEAR, _LAST_YEAR = 1992, 2098
"""Around which all that the demo tells can be planned."""


def fill(parser: ArgumentParser) -> None:
    """Add what `demo` takes."""
    parser.add_argument("--once", action="store_true", help="show and write, but do not serve")
    parser.add_argument("-o", "--output", metavar="FILE", help="write the calendar here")
    parser.add_argument(
        "--write", metavar="FILE", help="write the interviews too, as JSON, to try things out on"
    )
    parser.add_argument(
        "--port", metavar="N", type=port, help=f"instead of {PORT}; 0 takes a free one"
    )


def run(args: Namespace, context: Context) -> int:
    """Show the demo."""
    reading = read(json.dumps(demo_records(context.now)).encode(), "demo", Options())
    planned = context.desk.plans(reading.interviews)
    if reading.refused or planned.refused:
        raise _too_far(context.now)
    context.console.tell((*reading.problems, *planned.problems))
    folder = context.folders.data / "demo"
    file = Path(args.output) if args.output else made(folder) / _FILE
    write_whole(file, _octets(context, planned.plans))
    if args.write:
        write_whole(Path(args.write), interviews_as_json(reading.interviews))
    told = _form(planned.plans, file, context)
    if context.console.as_json and args.once:
        context.console.document(told)
    elif not context.console.as_json:
        _show(planned.plans, file, args.write, context)
    if not args.once:
        _serve(args.port, folder, planned.plans, told, context)
    return 0


def _too_far(now: datetime) -> InputError:
    """Give the error for a moment around which not all that the demo tells can be planned."""
    return InputError(
        f"no demo can be made around the year {now.year}",
        where="--now",
        remedy=f"give a moment from {_FIRST_YEAR} to {_LAST_YEAR}",
    )


def _octets(context: Context, plans: Sequence[Plan]) -> bytes:
    octets, _ = context.desk.feed(plans, context.now, view=View.FULL, style=Style.TIMED)
    return octets


def _form(plans: Sequence[Plan], file: Path, context: Context) -> dict[str, object]:
    follow_ups = [
        forms.follow_up_form(made_plan.interview, follow_up, context.now)
        for made_plan in plans
        for follow_up in made_plan.follow_ups
    ]
    return {"file": str(file), "plan": follow_ups}


def _show(plans: Sequence[Plan], file: Path, written: str | None, context: Context) -> None:
    console = context.console
    show_plans(plans, context)
    console.say()
    count = sum(len(made_plan.follow_ups) for made_plan in plans)
    console.say(f"{counted(count, 'follow-up')} written as a calendar to {file}")
    if written:
        console.say(f"The interviews are in {written}. Try: afterword plan --from {written}")


def _serve(
    at: int | None,
    folder: Path,
    plans: Sequence[Plan],
    told: dict[str, object],
    context: Context,
) -> None:
    """Serve on the usual port; only the demo takes another where that is taken, and says so."""
    console = context.console
    if not console.as_json:
        console.say()
        console.deliver()
    token = kept_token(made(folder), context)

    def render(_: object) -> bytes:
        return _octets(context, plans)

    try:
        serve_feed(context, token, render, at=PORT if at is None else at, more=told)
    except ServeError as error:
        if at is not None:
            raise
        console.remark(f"note: {error.where}: {error.what}; the demo takes a free one instead")
        serve_feed(context, token, render, at=0, more=told)
