"""This machine's local time, where what it says of it makes no sense."""

import os
import time
from datetime import datetime

from icsgen.cli.console import complain

_SEASONS = (datetime(2026, 1, 1), datetime(2026, 7, 1))  # noqa: DTZ001 - local time is the point


def mend_local_time() -> None:
    """Take UTC, with a warning, where `TZ` names an offset that no clock can show (`XXX-25`)."""
    try:
        for moment in _SEASONS:
            moment.astimezone()
    except (ValueError, OverflowError, OSError):
        said = os.environ.get("TZ", "")
        os.environ["TZ"] = "UTC"
        if hasattr(time, "tzset"):  # not on Windows
            time.tzset()
        complain(f"warning: TZ: “{said[:60]}” is no time zone a clock can show; UTC is taken")
