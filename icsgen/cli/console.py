"""What a command says, and to whom: answers on stdout, remarks on stderr.

Answers are kept until the command has succeeded: whoever reads stdout gets all of it or nothing.
"""

import json
import os
import sys
from collections.abc import Iterable
from contextlib import suppress
from typing import Any, TextIO

from icsgen.errors import AfterwordError
from icsgen.model import Problem, Severity
from icsgen.text import clean_line, clean_text

_WIDTH = 80
_NARROWEST = 40
_STYLES = {"bold": "1", "dim": "2", "red": "31", "green": "32", "yellow": "33"}


class Console:
    """The two streams of a command."""

    def __init__(self, *, as_json: bool = False, plain: bool = False) -> None:
        """Begin with nothing said; `plain` forbids colour."""
        self.as_json = as_json
        self.colour = not plain and _shows_colour(sys.stdout)
        self.width = columns(sys.stdout) if _is_terminal(sys.stdout) else _WIDTH
        self._answer: list[str | bytes] = []

    def say(self, text: str = "") -> None:
        """Add a line, or several, to the answer."""
        self._answer.append(f"{text}\n")

    def give(self, octets: bytes) -> None:
        """Add octets to the answer as they are."""
        self._answer.append(octets)

    def document(self, value: Any) -> None:
        """Add a JSON document to the answer, on one line."""
        # Where the terminal's encoding is not UTF-8, escapes are what everybody can read.
        ascii_only = "utf" not in (getattr(sys.stdout, "encoding", None) or "").lower()
        self._answer.append(json.dumps(value, ensure_ascii=ascii_only) + "\n")

    def tell(self, problems: Iterable[Problem], *, notes: bool = False) -> None:
        """Name warnings and refusals, and notes if wanted, on stderr."""
        for problem in problems:
            if problem.severity is not Severity.NOTE or notes:
                self.remark(f"{problem.severity.value}: {problem.where}: {problem.message}")

    def remark(self, text: str) -> None:
        """Write a line on stderr, at once."""
        complain(text)

    def warn(self, message: str) -> None:
        """Write a warning on stderr, at once."""
        self.remark(f"warning: {message}")

    def deliver(self) -> None:
        """Write the answer to stdout, all that there is so far."""
        answer, self._answer = self._answer, []
        out = sys.stdout
        if out is None:  # closed by whoever started us
            if any(isinstance(part, bytes) for part in answer):  # what was asked for is lost
                raise no_stdout()
            return
        for part in answer:
            if isinstance(part, str):
                out.write(part)
            else:
                out.flush()
                out.buffer.write(part)
        out.flush()

    def styled(self, text: str, *styles: str) -> str:
        """Give the text in colour, where the terminal shows any."""
        if not self.colour or not styles:
            return text
        return f"\x1b[{';'.join(_STYLES[style] for style in styles)}m{text}\x1b[0m"


def complain(text: str) -> None:
    """Write a line on stderr, at once; one that cannot be written is lost, and changes nothing."""
    if sys.stderr is None:
        return
    try:
        print(clean_line(text), file=sys.stderr, flush=True)
    except (OSError, ValueError):  # ValueError: closed
        let_go_of(sys.stderr)


def write_out(text: str) -> None:
    """Write a text on stdout, at once. Raises AfterwordError where there is none, and OSError."""
    if sys.stdout is None:
        raise no_stdout()
    sys.stdout.write(text)
    sys.stdout.flush()


def no_stdout() -> AfterwordError:
    """Give the error for an answer that nobody can get."""
    return AfterwordError("the standard output is closed", remedy="leave it open, or give -o FILE")


def let_go_of(stream: TextIO | None) -> None:
    """Point a stream that cannot be written nowhere, or Python would fail of it at its end."""
    if stream is not None:
        with suppress(OSError, ValueError):  # closed, or no file at all
            os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def shown(text: str) -> str:
    """Give a text of several lines as a terminal may have it."""
    return clean_text(text)


def _shows_colour(stream: TextIO | None) -> bool:
    if not _is_terminal(stream) or os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb":
        return False
    return sys.platform != "win32" or "WT_SESSION" in os.environ


def columns(stream: TextIO | None) -> int:
    """Give how wide to write: what `COLUMNS` says, else the terminal's width, else 80.

    As `shutil.get_terminal_size` does, whose module takes longer to load than a file to read.
    """
    said = os.environ.get("COLUMNS", "")
    if said.isdecimal() and int(said):
        return max(_NARROWEST, int(said))
    try:
        found = os.get_terminal_size(stream.fileno()).columns if stream else 0
    except (OSError, ValueError):  # no terminal, or closed
        found = 0
    return max(_NARROWEST, found or _WIDTH)


def _is_terminal(stream: TextIO | None) -> bool:
    try:
        return stream is not None and stream.isatty()
    except ValueError:  # closed
        return False
