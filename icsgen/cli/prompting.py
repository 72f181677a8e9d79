"""Questions to the person at the terminal. Where nobody sits at one, nothing is asked."""

import sys

from icsgen.errors import UsageError
from icsgen.text import clean_line

_YES = frozenset(("y", "yes"))
_NO = frozenset(("n", "no"))


def is_interactive() -> bool:
    """Tell whether there is somebody to ask: a terminal to read from and one to write to."""
    try:
        return bool(sys.stdin and sys.stderr and sys.stdin.isatty() and sys.stderr.isatty())
    except ValueError:  # closed
        return False


def ask(question: str, usual: str = "") -> str:
    """Give what the person answers, or ``usual`` where they only press Enter.

    Raises UsageError where the input ends.
    """
    shown = f"{question} [{usual}]: " if usual else f"{question}: "
    print(clean_line(shown), end=" ", file=sys.stderr, flush=True)
    line = sys.stdin.readline()
    if not line:
        raise UsageError("the questions were not answered", remedy="give the answers as options")
    return clean_line(line) or usual


def confirmed(question: str, *, usual: bool = False) -> bool:
    """Tell whether the person says yes; Enter alone means ``usual``."""
    choices = "Y/n" if usual else "y/N"
    while True:
        answer = ask(f"{question} [{choices}]").casefold()
        if not answer:
            return usual
        if answer in _YES | _NO:
            return answer in _YES


def must_confirm(question: str, why: str, *, yes: bool) -> bool:
    """Tell whether to go on with something grave: `--yes`, or a yes at the prompt.

    Raises UsageError where there is nobody to ask.
    """
    if yes:
        return True
    if not is_interactive():
        raise UsageError(f"{why}, so it asks first", remedy="add --yes")
    return confirmed(question)
