"""What a command works with: its console, the moment, this machine's zone, and the desk."""

from argparse import Namespace
from datetime import datetime
from typing import NamedTuple

from icsgen.cli.console import Console
from icsgen.desk import Desk
from icsgen.paths import Folders, folders


class Context(NamedTuple):
    """One run of the program."""

    console: Console
    now: datetime
    """Aware: the clock's, or what `--now` says."""
    folders: Folders
    desk: Desk


def context_of(args: Namespace) -> Context:
    """Give the context that the global options ask for. The one place that reads the clock."""
    console = Console(as_json=getattr(args, "json", False), plain=getattr(args, "no_color", False))
    now = getattr(args, "now", None) or datetime.now().astimezone()
    places = folders(getattr(args, "data_dir", None))
    desk = Desk(playbooks=places.playbooks, cache=places.cache, data=places.data)
    desk.on_trouble = lambda error: console.warn(str(error))
    return Context(console, now, places, desk)
