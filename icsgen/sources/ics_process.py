"""Runs the parsing child: how it starts, how long it may take, what its failures are called."""

import json
import sys
from pathlib import Path

from icsgen.errors import InputError, LimitError

CHILD_FLAG = "--parse-calendar-child"
"""In a frozen bundle the program starts itself with this word, and its entry point must run
``ics_child.main``."""
SECONDS = 10.0
SECONDS_PER_MB = 4.0
_START = (
    "import sys; sys.path.append(sys.argv.pop()); "
    "from icsgen.sources.ics_child import main; sys.exit(main())"
)


def limits_in_words(platform: str = sys.platform) -> str:
    """Say what holds a stranger's calendar in check on this system, for ``doctor``."""
    if platform == "linux":
        return "calendars are read in a process of their own, limited in memory and time"
    held = "limited in time and in the file's size, not in memory"
    return f"calendars are read in a process of their own, {held}"


def child_command() -> list[str]:
    """Give the command that starts the child.

    ``-P`` and a path put last keep Python files that lie in the folder at hand from being taken for
    ours.
    """
    if getattr(sys, "frozen", False):
        return [sys.executable, CHILD_FLAG]
    home = Path(__file__).resolve().parents[2]
    return [sys.executable, "-P", "-c", _START, str(home)]


def parsed_apart(text: str) -> dict[str, object]:
    """Give what the child makes of a calendar's text.

    Raises LimitError where it takes more time or memory than it may, and InputError where it fails
    otherwise.
    """
    import subprocess

    data = text.encode("utf-8", "replace")
    allowed_s = SECONDS + SECONDS_PER_MB * len(data) / 2**20
    flags = getattr(subprocess, "CREATE_NO_WINDOW", 0)
    try:
        done = subprocess.run(  # noqa: S603 (our own program, by its whole path)
            child_command(),
            input=data,
            capture_output=True,
            timeout=allowed_s,
            check=False,
            creationflags=flags,
        )
    except subprocess.TimeoutExpired as error:
        raise LimitError(
            f"reading it takes longer than the limit of {allowed_s:.0f} seconds"
        ) from error
    except OSError as error:
        raise InputError("the program that reads calendars could not be started") from error
    return _answer(done.returncode, done.stdout)


def _answer(code: int, out: bytes) -> dict[str, object]:
    if code < 0:
        raise LimitError("reading it takes more time or memory than the limit")
    try:
        answer = json.loads(out)
    except ValueError as error:
        raise InputError(
            "the calendar cannot be read", remedy="export it again, or a smaller part of it"
        ) from error
    if "error" in answer:
        raise LimitError(str(answer["error"]))
    return dict(answer)
