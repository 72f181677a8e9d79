"""Which feeds there are after a restore. Pure."""

from collections.abc import Sequence
from datetime import datetime

from icsgen.store import Feed


def merged(present: Sequence[Feed], backup: Sequence[Feed], now: datetime) -> list[Feed]:
    """Give the present feeds, then what only the backup has.

    Addresses in use go on, what was revoked stays so, and of two with one label the present one is
    in force. ``now`` is aware.
    """
    known = {feed.token for feed in present}
    taken = {feed.label for feed in present if feed.revoked_at is None}
    back = [feed for feed in backup if feed.token not in known]
    return [*present, *(_beside(taken, feed, now) for feed in back)]


def _beside(taken: set[str], feed: Feed, now: datetime) -> Feed:
    clashes = feed.revoked_at is None and feed.label in taken
    return feed._replace(revoked_at=now) if clashes else feed
