"""`afterword add`: an interview, told on the command line or in answer to a few questions."""

from argparse import ArgumentParser, Namespace
from typing import Any

from icsgen.cli import writes
from icsgen.cli.context import Context
from icsgen.cli.fields import add_fields, built, machine_options, said
from icsgen.cli.prompting import ask, is_interactive
from icsgen.errors import UsageError
from icsgen.sources import Options

DESCRIPTION = """\
Tell of an interview, and get its plan. What is missing is asked for; without a
terminal to ask at, company, role and start have to be given. Its id is printed
first."""
EXAMPLES = """\
  afterword add --company Bolt --role Engineer --start "yesterday 14:00"
  afterword add --company Bolt --role Lead --start "next Tue 9:30" --country DE
  afterword add --company X --role Y --start now --contact "Eva <eva@x.example>\""""

_ASKED = ("company", "role", "start")
_QUESTIONS = {
    "company": "Which company",
    "role": "Which role",
    "start": "When did it begin, or when will it (like 2026-11-10T14:00 or “yesterday 14:00”)",
}


def fill(parser: ArgumentParser) -> None:
    """Add what `add` takes."""
    add_fields(parser, clearing=False)
    parser.add_argument("--id", metavar="ID", help="an id of your own (default: a short digest)")
    writes.add_yes(parser, "mark an earlier round with the same employer as answered by this one")


def run(args: Namespace, context: Context) -> int:
    """Keep an interview."""
    fields = said(args)
    options = machine_options(context)
    missing = [name for name in _ASKED if not fields.get(name)]
    if missing:
        fields |= _answers(missing, fields, options)
    base = {"id": args.id} if args.id else {}
    interview = built(fields, base, context, options)
    written = context.desk.add(interview, context.now)
    writes.show(written, context, first=interview.id)
    writes.offer_next_round(written, context, yes=args.yes)
    return 0


def _answers(missing: list[str], fields: dict[str, Any], options: Options) -> dict[str, Any]:
    """Ask for what is missing, and then for what makes a plan better; raises UsageError."""
    if not is_interactive():
        named = ", ".join(f"--{name}" for name in missing)
        raise UsageError(f"an interview needs {named}", remedy="see afterword add --help")
    answers: dict[str, Any] = {name: _required(name) for name in missing}
    if "timezone" not in fields:
        usual = options.timezone or options.machine_timezone or ""
        answers["timezone"] = ask("In which time zone is the employer", usual)
    if "country" not in fields and options.country is None:
        answers["country"] = ask("In which country (two letters; Enter for weekends only)")
    if "contacts" not in fields:
        who = ask("Whom did you meet (like Dana Lee <dana@acme.example>; Enter for nobody yet)")
        answers["contacts"] = [who] if who else []
    return answers


def _required(name: str) -> str:
    while True:
        answer = ask(_QUESTIONS[name])
        if answer:
            return answer
