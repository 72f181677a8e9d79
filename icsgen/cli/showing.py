"""`afterword show`: one interview with all that is known of it."""

from argparse import ArgumentParser, Namespace
from collections.abc import Iterator

from icsgen.cli import asking, forms
from icsgen.cli.context import Context
from icsgen.cli.parsing import add_files
from icsgen.cli.plan import show_plans
from icsgen.cli.table import padded, wrapped
from icsgen.model import Interview
from icsgen.sources import to_record

DESCRIPTION = "One interview: all that is known of it, what happened so far, and its plan."
EXAMPLES = """\
  afterword show acme --from interviews.json
  afterword show acme --from interviews.json --json"""

_IN_HEADING = ("id", "company", "role", "round", "journal")
_MARGIN = 13


def fill(parser: ArgumentParser) -> None:
    """Add what `show` takes."""
    parser.add_argument("id", metavar="ID", help="the interview: its id, or its company's name")
    add_files(parser, option=True)


def run(args: Namespace, context: Context) -> int:
    """Print one interview."""
    reading = asking.interviews(args, context)
    console = context.console
    (interview,) = asking.chosen(reading, args.id, console)
    made = context.desk.plan(interview, place=asking.place(reading, interview))
    console.tell(made.problems)
    if console.as_json:
        guessed = asking.guessed(reading).get(interview.id, ())
        console.document(forms.interview_form(interview, made, context.now, guessed))
        return 0
    show_plans([made], context)
    console.say()
    for name, value in _known(interview):
        for at, line in enumerate(wrapped(value, console.width - _MARGIN - 2)):
            console.say(f"  {padded('' if at else name, _MARGIN)}{line}")
    return 0


def _known(interview: Interview) -> Iterator[tuple[str, str]]:
    """Give the fields and the journal in words, as the file would name them."""
    for name, value in to_record(interview).items():
        if name not in _IN_HEADING:
            yield name, _told(value)
    for entry in _entries(interview):
        at, kind = str(entry.pop("at")), entry.pop("type")
        yield "journal", f"{at[:16].replace('T', ' ')} {kind} {_told(list(entry.values()))}"


def _entries(interview: Interview) -> list[dict[str, object]]:
    """Give the journal's entries as a file has them."""
    entries = to_record(interview).get("journal")
    return [dict(entry) for entry in entries] if isinstance(entries, list) else []


def _told(value: object) -> str:
    """Give a field's value in a line."""
    match value:
        case list():
            return ", ".join(map(_told, value))
        case dict():
            name, *more = map(str, value.values())
            return f"{name} ({', '.join(more)})" if more else name
    return str(value)
