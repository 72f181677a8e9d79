"""Serves a file's bytes as a feed and prints where, as `serve --json` does.

Called `child.py PORT FILE [NAME=NUMBER]...`, it sets limits of the wire to these numbers, so that
no test waits for the real ones.
"""

import json
import sys
from datetime import UTC, datetime
from pathlib import Path

from icsgen.errors import AfterwordError, FeedError
from icsgen.server import wire
from icsgen.server.app import FeedApp
from icsgen.server.gate import new_token
from icsgen.server.run import Addresses, run
from icsgen.server.watched import WatchedFeed


def main(port: int, path: Path) -> int:
    token = new_token()

    def render(as_of: datetime) -> bytes:
        assert as_of.tzinfo
        body = path.read_bytes()
        if not body.startswith(b"BEGIN:VCALENDAR"):
            raise FeedError("this is no calendar", where=path.name, remedy="mend the file")
        return body

    def say(sentence: str) -> None:
        print(sentence, file=sys.stderr, flush=True)

    def ready(addresses: Addresses) -> None:
        told = {"port": addresses.port, "feed": addresses.feed(token), "open": None}
        print(json.dumps(told), flush=True)

    feed = WatchedFeed(token, render, [path], now=lambda: datetime.now(UTC), say=say)
    try:
        run(FeedApp(feed), port, ready=ready)
    except AfterwordError as error:
        print(f"error: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    for setting in sys.argv[3:]:
        name, _, number = setting.partition("=")
        setattr(wire, name, type(getattr(wire, name))(number))
    sys.exit(main(int(sys.argv[1]), Path(sys.argv[2])))
