"""The command line: one file a command group, each imported only when its command is asked for.

Start-up is felt at every command, so nothing here is imported before it is known to be needed: not
even argparse for `--version`.
"""

import gc
import sys

_CHILD = "--parse-calendar-child"
"""`sources.ics_process.CHILD_FLAG`: in a bundle the program starts itself to read a calendar."""


def main(argv: list[str] | None = None) -> int:
    """Run the words of a command line (without the program's name) and give its exit code.

    0: done; 1: not done, with `error: …` on stderr and nothing on stdout; 2: asked in a way that
    cannot be answered; 3: done in part. Never raises for what a person or a file can cause.
    """
    words = sys.argv[1:] if argv is None else argv
    if words[:1] == [_CHILD]:
        from icsgen.sources.ics_child import main as read_calendar  # a bundle's reading child

        return read_calendar()
    if words == ["--version"] and _said_version():
        return 0
    gc.disable()  # what is loaded now is no garbage; the program enables it when all is there
    try:
        from icsgen.cli.program import run  # the rest of the program

        return run(words)
    finally:
        gc.enable()


def _said_version() -> bool:
    """Say the version, and whether that worked: of what stands against it the program tells."""
    from icsgen import __version__

    try:
        print(f"afterword {__version__}", flush=True)
    except OSError:
        return False
    return sys.stdout is not None
