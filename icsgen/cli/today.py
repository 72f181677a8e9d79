"""`afterword` alone: what is due today, what is overdue, and what comes next."""

from argparse import Namespace
from collections.abc import Sequence

from icsgen.cli import forms, words
from icsgen.cli.context import Context
from icsgen.cli.table import Cell
from icsgen.cli.tabulating import show_table
from icsgen.planning.today import Task, today

_OVERDUE = 10
"""More than so many are counted, not listed."""
_HEADS = {"due": "Due", "overdue": "Overdue", "next": "Next"}


def run(args: Namespace, context: Context) -> int:
    """Print what the day asks for."""
    del args
    console = context.console
    interviews = context.desk.kept()
    planned = context.desk.plans(interviews)
    console.tell(planned.problems if planned.refused else ())
    found = today(planned.plans, context.now)
    parts = {"due": found.due, "overdue": found.overdue, "next": found.next}
    if console.as_json:
        console.document({name: _form(tasks, context) for name, tasks in parts.items()})
    elif not interviews:
        console.say("Nothing is kept yet. To begin:")
        console.say("  afterword add              tell of an interview")
        console.say("  afterword import FILE      take interviews from a file or an invitation")
        console.say("  afterword demo --once      see it at work first")
    else:
        _show(parts, context)
    return 0


def _form(tasks: Sequence[Task], context: Context) -> list[dict[str, object]]:
    return [
        forms.follow_up_form(task.plan.interview, task.follow_up, context.now) for task in tasks
    ]


def _show(parts: dict[str, tuple[Task, ...]], context: Context) -> None:
    console = context.console
    if not any(parts.values()):
        console.say("Nothing is due, and nothing is coming up.")
        return
    if not parts["due"] and not parts["overdue"]:
        console.say("Nothing is due today.")
        console.say()
    shown = {
        name: tasks[:_OVERDUE] if name == "overdue" else tasks for name, tasks in parts.items()
    }
    rows: list[list[Cell]] = []
    for name, tasks in shown.items():
        for number, task in enumerate(tasks):
            rows.append([Cell("" if number else _HEADS[name], ("bold",)), *_cells(task, context)])
    show_table(rows, console, elastic=(5,))
    more = len(parts["overdue"]) - len(shown["overdue"])
    if more > 0:
        console.say()
        console.say(f"{words.counted(more, 'older one')} overdue too: afterword list has them all.")


def _cells(task: Task, context: Context) -> list[Cell]:
    follow_up, interview, year = task.follow_up, task.plan.interview, context.now.year
    local = words.here(follow_up.due)
    return [
        Cell(words.moment(follow_up.due, year)),
        Cell(interview.company),
        Cell(words.STEPS[follow_up.step]),
        Cell(f"{words.beside(local, follow_up.due)} here" if local else ""),
        Cell(words.how(follow_up)),
    ]
