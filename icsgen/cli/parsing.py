"""The words of a command line made into values, with mistakes told as `UsageError`."""

import argparse
import re
import sys
from collections.abc import Callable, Iterable
from datetime import datetime, time
from typing import Any, NoReturn

from icsgen.cli.console import columns, write_out
from icsgen.errors import UsageError
from icsgen.journal import Step
from icsgen.text import clean_line

__all__ = [
    "WITH_VALUE",
    "Parser",
    "add_files",
    "add_globals",
    "moment",
    "nearest",
    "playbook",
    "port",
    "step",
]

_DATE_ALONE = r"\d{4}-?\d\d-?\d\d"
_MORNING = time(9, 30)
"""What a date alone means everywhere (rules.md, Semantics)."""
_FEW = 4
"""So many choices are all named: a guess says less."""
_YEARS = range(1970, 2101)
_MAX_PORT = 65535
WITH_VALUE = ("--now", "--data-dir")
"""The global options that a value follows."""


class _Formatter(argparse.RawDescriptionHelpFormatter):
    """Keeps the lines of examples. It is asked for at every option, not only for a help text."""

    def __init__(self, prog: str) -> None:
        super().__init__(prog, width=columns(sys.stdout) - 2)


class Parser(argparse.ArgumentParser):
    """An `ArgumentParser` that raises where it would exit."""

    def __init__(self, **given: Any) -> None:
        """Take what `ArgumentParser` takes; options may not be shortened: new ones will come."""
        given.setdefault("formatter_class", _Formatter)
        super().__init__(allow_abbrev=False, **given)

    def error(self, message: str) -> NoReturn:
        """Raise UsageError with the message and where to read on."""
        raise UsageError(clean_line(message), remedy=f"see {self.prog} --help")

    def _print_message(self, message: str, file: Any = None) -> None:
        """Write a help text or the version; what stands against that is not passed over."""
        del file
        write_out(message)

    def _check_value(self, action: argparse.Action, value: Any) -> None:
        if action.choices is not None and value not in action.choices:
            known = [str(choice) for choice in action.choices]
            remedy = nearest(str(value), known)
            wrong = f"there is no “{clean_line(str(value))[:60]}”; {remedy}"
            raise argparse.ArgumentError(action, wrong)


def nearest(word: str, known: Iterable[str]) -> str:
    """Give “did you mean …?” for the known word most like this one, else all of them."""
    from difflib import get_close_matches  # only where something is wrong: start-up stays short

    words = list(known)
    if len(words) <= _FEW:
        return f"use one of: {', '.join(words)}"
    alike = get_close_matches(word[:60].lower(), words, n=1)
    return f"did you mean “{alike[0]}”?" if alike else f"use one of: {', '.join(words)}"


def add_globals(parser: argparse.ArgumentParser) -> None:
    """Add what every command takes, before its name or after it."""
    group = parser.add_argument_group("everywhere")
    # SUPPRESS, or the default after the command's name would undo what was said before it.
    quiet: dict[str, Any] = {"default": argparse.SUPPRESS}
    group.add_argument("--json", action="store_true", help="answer with one JSON document", **quiet)
    group.add_argument(
        "--now",
        metavar="ISO",
        type=moment,
        help="take this for the present moment, like 2026-11-18T09:00",
        **quiet,
    )
    group.add_argument(
        "--data-dir", metavar="DIR", help="keep everything in this folder instead", **quiet
    )
    group.add_argument("--no-color", action="store_true", help="write without colour", **quiet)


def add_files(parser: argparse.ArgumentParser, *, option: bool) -> None:
    """Add the files that interviews are read from, and how to read them.

    `option`: as `--from FILE`; else as words of their own.
    """
    group = parser.add_argument_group("where the interviews come from")
    if option:
        group.add_argument(
            "--from",
            dest="files",
            metavar="FILE",
            action="append",
            help="a JSON, CSV or calendar file; may be given again; - reads from standard input",
        )
    else:
        group.add_argument(
            "files",
            metavar="FILE",
            nargs="+",
            help="a JSON, CSV or calendar file; - is standard input",
        )
    group.add_argument(
        "--map",
        metavar="COLUMN=FIELD",
        action="append",
        type=_mapping,
        help="which field a spreadsheet's column holds; may be given again",
    )
    group.add_argument(
        "--dates", choices=("dmy", "mdy", "ymd"), help="in which order the dates are written"
    )
    group.add_argument("--company", metavar="NAME", help="the employer, where no file says it")
    group.add_argument("--role", metavar="TITLE", help="the position, where no file says it")
    group.add_argument(
        "--match", metavar="TEXT", help="of a calendar, take events that contain this as well"
    )


def moment(text: str) -> datetime:
    """Read ISO 8601 as an aware moment; without an offset it is this machine's time."""
    found: datetime | None
    try:
        found = datetime.fromisoformat(text)
        if re.fullmatch(_DATE_ALONE, text):
            found = datetime.combine(found.date(), _MORNING)
        found = found if found.tzinfo else found.astimezone()
    except (ValueError, OverflowError, OSError):
        found = None
    if found is not None and found.year in _YEARS:
        return found
    wrong = f"“{clean_line(text)[:60]}” is no moment; write it like 2026-11-18T09:00"
    raise argparse.ArgumentTypeError(wrong)


def step(text: str) -> Step:
    """Read a step's name, whatever the letter case, with blanks or hyphens for the underscores."""
    word = re.sub(r"[\s-]+", "_", text.strip().lower())
    if word in list(Step):
        return Step(word)
    wrong = f"there is no step “{clean_line(text)[:60]}”; {nearest(word, list(Step))}"
    raise argparse.ArgumentTypeError(wrong)


def playbook(text: str) -> str:
    """Read a playbook's name or file; an empty one is a slip, such as a variable not set."""
    if text.strip():
        return text
    raise argparse.ArgumentTypeError("no playbook is named; give a name or a file, or leave it out")


def port(text: str) -> int:
    """Read a port's number; 0 lets the system choose."""
    if text.isascii() and text.isdigit() and len(text) < 6 and int(text) <= _MAX_PORT:
        return int(text)
    wrong = f"“{clean_line(text)[:60]}” is no port; give a number from 1 to {_MAX_PORT}"
    raise argparse.ArgumentTypeError(wrong)


def _mapping(text: str) -> tuple[str, str]:
    column, equals, field = text.rpartition("=")
    if not (equals and column.strip() and field.strip()):
        wrong = f"“{clean_line(text)[:60]}” is not COLUMN=FIELD; write it like --map Firm=company"
        raise argparse.ArgumentTypeError(wrong)
    return column.strip(), field.strip()


Filler = Callable[[argparse.ArgumentParser], None]
