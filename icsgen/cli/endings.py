"""How a command that reads interviews ends: done, in part, or not at all."""

from icsgen.errors import InputError

DONE, NOT_DONE, USAGE, IN_PART, INTERRUPTED = 0, 1, 2, 3, 130
"""The exit codes of the contract, and the shell's for Ctrl-C."""


def ending(done: int, refused: int) -> int:
    """Give the exit code for so many interviews used and refused.

    Raises InputError where all were refused, so that nothing is answered.
    """
    if not refused:
        return DONE
    if not done:
        raise InputError(
            "no interview could be used",
            remedy="what is wrong with each stands above; mend that and try again",
        )
    return IN_PART
