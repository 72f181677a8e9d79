"""`afterword serve`: the feed on this computer's own address, for calendars to subscribe to."""

import re
from argparse import ArgumentParser, Namespace
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime
from pathlib import Path

from icsgen.cli import asking
from icsgen.cli.context import Context
from icsgen.cli.endings import ending
from icsgen.cli.parsing import add_files, port
from icsgen.desk import Planned
from icsgen.desk.files import flows
from icsgen.errors import AfterwordError
from icsgen.feed.views import Style, View
from icsgen.model import Problem, Severity
from icsgen.paths import made
from icsgen.writing import write_whole

DESCRIPTION = """\
Serve the follow-ups as a calendar to the programs on this computer, until you
press Ctrl-C. The calendar follows what is kept, or your files: a change shows
at the next look. Nobody else can reach it, and its address is a secret."""
EXAMPLES = """\
  afterword serve
  afterword serve --from interviews.json --port 9000"""

PORT = 8737
"""For life: people's calendars know it."""
_TOKEN = re.compile(r"[A-Za-z0-9_-]{32}")
_HOW_TO = """\
To subscribe, paste the first address:
  Thunderbird     New Calendar > On the Network
  Apple Calendar  File > New Calendar Subscription (or open the second address)
  GNOME Calendar  Manage Calendars > Add Calendar
Who has the address can read the calendar, so keep it to yourself."""

Render = Callable[[datetime], bytes]


def fill(parser: ArgumentParser) -> None:
    """Add what `serve` takes."""
    parser.add_argument(
        "--port",
        metavar="N",
        type=port,
        help=f"instead of the setting, else {PORT}; 0 takes a free one",
    )
    add_files(parser, option=True)


def run(args: Namespace, context: Context) -> int:
    """Serve until somebody ends it."""
    return _serve_files(args, context) if args.files else _serve_kept(args, context)


def _serve_files(args: Namespace, context: Context) -> int:
    reading = asking.read(args, context)
    interviews = asking.chosen(reading, None, context.console)
    planned = context.desk.plans(interviews, places=asking.places(reading))
    context.console.tell(planned.problems)
    ending(len(planned.plans), reading.refused + planned.refused)
    token = kept_token(context.folders.data, context)
    # Standard input and pipes can be read only once, so what they said stands.
    piped = any(map(flows, args.files))
    refused: list[str] = []
    how = asking.options(args, context)

    def render(as_of: datetime) -> bytes:
        refused.clear()
        said = reading if piped else context.desk.read(args.files, how, plain_only=True)
        planned = context.desk.plans(said.interviews, places=asking.places(said))
        refused.extend(_refusals((*said.problems, *planned.problems)))
        ending(len(planned.plans), said.refused + planned.refused)
        return _feed(planned, as_of, token, context)

    paths = [] if piped else [Path(name) for name in args.files]
    at = _port(args, context)
    serve_feed(context, token, render, paths=paths, at=at, refused=lambda: refused)
    return 0


def _serve_kept(args: Namespace, context: Context) -> int:
    """Serve what is kept; each fetch looks whether the store's files have changed."""
    desk = context.desk
    context.console.tell(desk.revised(context.now).problems)
    token = kept_token(context.folders.data, context)

    refused: list[str] = []

    def render(as_of: datetime) -> bytes:
        planned = desk.revised(as_of)
        refused[:] = _refusals(planned.problems)
        return _feed(planned, as_of, token, context)

    paths, at = desk.keeper.files, _port(args, context)
    serve_feed(context, token, render, paths=paths, at=at, refused=lambda: refused)
    return 0


def _refusals(problems: Iterable[Problem]) -> list[str]:
    return [
        f"{problem.severity.value}: {problem.where}: {problem.message}"
        for problem in problems
        if problem.severity is Severity.REFUSED
    ]


def _port(args: Namespace, context: Context) -> int:
    """Give the port: what `--port` says, else the setting, else the usual one."""
    if args.port is not None:
        return int(args.port)
    return int(context.desk.settings().get("port", PORT))


def _feed(planned: Planned, as_of: datetime, token: str, context: Context) -> bytes:
    octets, _ = context.desk.feed(
        planned.plans, as_of, view=View.FULL, style=Style.TIMED, token=token
    )
    return octets


def serve_feed(
    context: Context,
    token: str,
    render: Render,
    *,
    paths: Sequence[Path] = (),
    at: int = PORT,
    more: dict[str, object] | None = None,
    refused: Callable[[], Sequence[str]] = tuple,
) -> None:
    """Serve what `render` gives, and say where once it listens; `more` goes into the JSON.

    ``refused`` gives what `render` had to refuse, line by line, for the log.
    Raises ServeError where the port is not to be had.
    """
    # uvicorn is slow to load, and only this needs it.
    from icsgen.server.app import FeedApp
    from icsgen.server.run import Addresses
    from icsgen.server.run import run as listen
    from icsgen.server.watched import WatchedFeed

    console = context.console

    def ready(addresses: Addresses) -> None:
        feed = addresses.feed(token)
        if console.as_json:
            console.document({"port": addresses.port, "feed": feed, "open": None, **(more or {})})
        else:
            console.say("Your follow-ups are served on this computer, until you press Ctrl-C:")
            console.say(f"\n  {feed}\n  {feed.replace('http:', 'webcal:', 1)}\n\n{_HOW_TO}")
        console.deliver()

    # A server lives on: it goes by the clock, whatever --now says.
    watched = WatchedFeed(
        *(token, render, paths),
        now=lambda: datetime.now(UTC),
        say=console.remark,
        refused=refused,
    )
    listen(FeedApp(watched), at, ready=ready)


def kept_token(folder: Path, context: Context) -> str:
    """Give the secret of the address, the same each time, so that a subscription lasts.

    Kept in a file that only its owner can read, until there is a store. Where it cannot be kept,
    the address is a new one, and that is said.
    """
    from icsgen.server.gate import new_token  # only to serve

    file = folder / context.folders.serve_token.name
    try:
        known = file.read_text("ascii", errors="replace").strip() if file.is_file() else ""
        if _TOKEN.fullmatch(known):
            return known
        token = new_token()
        made(folder)
        write_whole(file, f"{token}\n".encode(), mode=0o600)
    except (AfterwordError, OSError) as error:
        context.console.remark(f"warning: {error}; the address below is for this time only")
        return new_token()
    return token
