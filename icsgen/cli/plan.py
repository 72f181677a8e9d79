"""`afterword plan`: when to write to whom."""

from argparse import ArgumentParser, Namespace
from collections.abc import Sequence

from icsgen.cli import asking, forms, words
from icsgen.cli.context import Context
from icsgen.cli.endings import ending
from icsgen.cli.parsing import add_files, playbook
from icsgen.cli.table import Cell, columns_of, cut, width
from icsgen.cli.tabulating import show_row
from icsgen.model import FollowUp, Plan

DESCRIPTION = """\
For each interview: when to write to whom, from the thank-you to the last word.
Times are the employer's; where this computer's clock shows another, both are
given. Nothing is changed and nothing is sent."""
EXAMPLES = """\
  afterword plan --from interviews.json
  afterword plan acme --from interviews.json
  afterword plan --from interviews.json --playbook one-week
  afterword plan --from interviews.json --json"""

_INDENT = "  "
_HEAD = ("Step", "Due", "Here", "Status", "How")
_HERE = 2
"""The column of this computer's own times, left out where they are nowhere different."""


def fill(parser: ArgumentParser) -> None:
    """Add what `plan` takes."""
    parser.add_argument(
        "id", metavar="ID", nargs="?", help="one interview: its id, or its company's name"
    )
    add_files(parser, option=True)
    parser.add_argument(
        "--playbook",
        metavar="NAME|FILE",
        type=playbook,
        help="follow this playbook, whatever the interviews say",
    )


def run(args: Namespace, context: Context) -> int:
    """Print the plan of all interviews, or of one."""
    reading = asking.interviews(args, context)
    chosen = asking.chosen(reading, args.id, context.console)
    planned = context.desk.plans(chosen, args.playbook, asking.places(reading))
    console = context.console
    console.tell(planned.problems)
    code = ending(len(planned.plans), asking.refused(reading, args.id) + planned.refused)
    if console.as_json:
        console.document(
            [
                forms.follow_up_form(made.interview, follow_up, context.now)
                for made in planned.plans
                for follow_up in made.follow_ups
            ]
        )
    elif planned.plans:
        show_plans(planned.plans, context)
    else:
        console.say("There is no interview here to plan for.")
    return code


def show_plans(plans: Sequence[Plan], context: Context) -> None:
    """Print plans for people: a heading and a table each, with a blank line between."""
    tables = [table_of(made, context) for made in plans]
    rows = [row for table in tables for row in table]
    if not any(row[_HERE].text for row in rows if row[_HERE].text != _HEAD[_HERE]):
        for row in rows:
            del row[_HERE]
    last = len(rows[0]) - 1
    widths = columns_of(rows, context.console.width - len(_INDENT), (last,))
    for number, (made, table) in enumerate(zip(plans, tables, strict=True)):
        if number:
            context.console.say()
        show_heading(made, context)
        for row in table:
            show_row(row, widths, context.console, indent=_INDENT)


def show_heading(made: Plan, context: Context) -> None:
    """Print whose plan it is: two lines."""
    interview, console = made.interview, context.console
    titles = [interview.company, interview.role, *([interview.round] if interview.round else [])]
    console.say(console.styled(_fitted(titles, console.width), "bold"))
    start = interview.start
    when = f"{words.day(start, context.now.year)}, {words.clock(start)} in {words.place(interview)}"
    local = words.here(start)
    if local:
        when += f" ({words.beside(local, start)} here)"
    console.say(cut(f"{_INDENT}{when} · {made.playbook} · id {interview.id}", console.width))


def _fitted(titles: Sequence[str], columns: int) -> str:
    """Give company, role and round on one line; where they do not fit, each in its share."""
    whole = " · ".join(titles)
    share = (columns - 3 * (len(titles) - 1)) // len(titles)
    if width(whole) <= columns:
        return whole
    return cut(" · ".join(cut(title, share) for title in titles), columns)


def table_of(made: Plan, context: Context) -> list[list[Cell]]:
    """Give the rows of a plan's table, its head first; all plans have the same columns."""
    return [
        [Cell(title, ("dim",)) for title in _HEAD],
        *(_row(follow_up, context) for follow_up in made.follow_ups),
    ]


def _row(follow_up: FollowUp, context: Context) -> list[Cell]:
    year = context.now.year
    status = follow_up.status(context.now)
    local = words.here(follow_up.due)
    return [
        Cell(words.STEPS[follow_up.step]),
        Cell(words.moment(follow_up.due, year)),
        Cell(words.beside(local, follow_up.due) if local else ""),
        Cell(status.value, words.STATUS_STYLES.get(status, ())),
        Cell(words.how(follow_up)),
    ]
