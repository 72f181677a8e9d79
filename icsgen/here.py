"""This machine's own time zone, by its IANA name."""

import os
import sys
from collections.abc import Mapping
from pathlib import Path

from icsgen.zones import zone_keys

_FOLDER = "zoneinfo/"
"""What stands before the name in the path of a zone's file, wherever a system keeps them."""


def machine_zone(environ: Mapping[str, str] = os.environ, etc: Path = Path("/etc")) -> str | None:
    """Give the name of the zone of this machine's clock; None if it does not say.

    From `TZ`, else from what `/etc/localtime` points to, else from `/etc/timezone`. Windows has
    names of its own, which are no IANA names: there it is None, and people name the zone.
    """
    named = environ.get("TZ", "").removeprefix(":")
    if named:
        return _known(named)
    if sys.platform == "win32":
        return None
    return _known(_target(etc / "localtime")) or _known(_first_line(etc / "timezone"))


def _known(text: str) -> str | None:
    name = text.rpartition(_FOLDER)[2].strip()
    return name if name in zone_keys() else None


def _target(link: Path) -> str:
    try:
        return str(link.readlink())
    except OSError:  # no link: a copy, or nothing
        return ""


def _first_line(file: Path) -> str:
    try:
        return file.read_text("ascii", errors="replace").partition("\n")[0]
    except OSError:
        return ""
