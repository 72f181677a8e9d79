"""`afterword list`: the interviews, and what comes next for each."""

from argparse import ArgumentParser, Namespace

from icsgen.cli import asking, forms, words
from icsgen.cli.context import Context
from icsgen.cli.endings import ending
from icsgen.cli.parsing import add_files
from icsgen.cli.table import Cell
from icsgen.cli.tabulating import show_table
from icsgen.model import Interview, Plan

DESCRIPTION = "All interviews, and what comes next for each."
EXAMPLES = """\
  afterword list --from interviews.csv
  afterword list --from interviews.csv --json"""

_HEAD = ("Id", "Company", "Role", "Interview", "Next", "Due", "Status")


def fill(parser: ArgumentParser) -> None:
    """Add what `list` takes."""
    add_files(parser, option=True)


def run(args: Namespace, context: Context) -> int:
    """Print all interviews."""
    reading = asking.interviews(args, context)
    console = context.console
    interviews = asking.chosen(reading, None, console)
    planned = context.desk.plans(interviews, places=asking.places(reading))
    console.tell(planned.problems)
    made = {each.interview.id: each for each in planned.plans}
    if console.as_json:
        guessed, now = asking.guessed(reading), context.now
        console.document(
            [
                forms.interview_form(each, made.get(each.id), now, guessed.get(each.id, ()))
                for each in interviews
            ]
        )
    elif interviews:
        head = [Cell(title, ("dim",)) for title in _HEAD]
        short = asking.shortest([each.id for each in interviews])
        rows = [
            [Cell(short[each.id]), *_row(each, made.get(each.id), context)] for each in interviews
        ]
        show_table([head, *rows], console, elastic=(1, 2))
    else:
        console.say("There are no interviews here.")
    return ending(len(interviews), reading.refused + planned.refused)


def _row(interview: Interview, made: Plan | None, context: Context) -> list[Cell]:
    year = context.now.year
    cells = [
        Cell(interview.company),
        Cell(interview.role),
        Cell(words.day(interview.start, year)),
    ]
    following = forms.next_of(made, context.now) if made else None
    if following is None:
        return [*cells, Cell("nothing" if made else "unknown"), Cell(""), Cell("")]
    status = following.status(context.now)
    return [
        *cells,
        Cell(words.STEPS[following.step]),
        Cell(words.day(following.due, year)),
        Cell(status.value, words.STATUS_STYLES.get(status, ())),
    ]
