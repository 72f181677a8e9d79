"""``python -m benchmarks``: measure, and write the table."""

import argparse
import os
import sys
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path

_NEEDED = ("holidays", "icalendar", "ical", "tzdata", "vobject")
_SIZES = (10, 1_000, 5_000)
_RESULTS = Path(__file__).with_name("RESULTS.md")

_DESCRIPTION = """\
Measure what the feed costs against the same feed written with icalendar and with ical, and how long
the program takes to begin. Writes a table in Markdown to stdout, and a line for each limit. Run it
with the Python of .venv, which `python3 dev.py test` makes: .venv/bin/python -m benchmarks
"""


def main(words: Sequence[str] | None = None) -> int:
    """Measure, and give the exit code: 0, or with ``--check`` 1 where a limit is not met."""
    args = _parser().parse_args(words)
    lacking = [name for name in _NEEDED if find_spec(name) is None]
    if lacking or not hasattr(os, "wait4"):
        what = ", ".join(lacking) or "os.wait4 (Linux and macOS have it)"
        print(f"error: {what} missing; run .venv/bin/python -m benchmarks", file=sys.stderr)
        return 1
    return _measured(args)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=_DESCRIPTION)
    parser.add_argument(
        "--quick", action="store_true", help="a smoke test: 10 and 100 interviews, a round each"
    )
    parser.add_argument("--only", choices=("feed", "start"), help="only this part")
    parser.add_argument("--rounds", type=int, default=5, help="of feeds (default: 5)")
    parser.add_argument("--starts", type=int, default=25, help="rounds of starts (default: 25)")
    parser.add_argument("--timeout", type=float, default=120, help="seconds for one run (120)")
    parser.add_argument(
        "--output",
        type=Path,
        metavar="FILE",
        help="write the table here too (default, of a whole run: RESULTS.md in benchmarks)",
    )
    parser.add_argument("--check", action="store_true", help="exit code 1 where a limit is not met")
    return parser


def _measured(args: argparse.Namespace) -> int:
    # Only once it is known that what they import is there.
    from benchmarks.feeds import measure_feeds
    from benchmarks.measure import Ground, RunFailed
    from benchmarks.report import limits_of, report
    from benchmarks.startup import measure_starts

    sizes = (10, 100) if args.quick else _SIZES
    rounds = (1, 1) if args.quick else (max(args.rounds, 1), max(args.starts, 1))
    feeds = starts = None
    try:
        with Ground.lay() as ground:
            if args.only != "start":
                feeds = measure_feeds(ground, sizes, rounds[0], args.timeout)
            if args.only != "feed":
                starts = measure_starts(ground, rounds[1])
    except RunFailed as error:
        print(f"error: {error}", file=sys.stderr)
        return 1
    text = report(feeds, starts, rounds)
    print(text, end="")
    output = args.output or (None if args.quick or args.only else _RESULTS)
    if output:
        output.write_text(text, "utf-8")
    return int(args.check and not all(limit.met for limit in limits_of(feeds, starts)))


if __name__ == "__main__":
    sys.exit(main())
