"""The workload's interviews in a file: ``python -m benchmarks.interviews COUNT FILE``.

For the program itself; a program of its own, because what the benchmarks take in memory counts to
all that they start.
"""

import sys
from pathlib import Path

from benchmarks.corpus import interviews
from icsgen.cli.exporting import interviews_as_json

__all__ = ["main"]


def main() -> None:
    """Write so many interviews, as JSON."""
    count, file = sys.argv[1:]
    Path(file).write_bytes(interviews_as_json(interviews(int(count))))


if __name__ == "__main__":
    main()
