"""The law of SEQUENCE (RFC 5545 section 3.8.7.4): it rises with a change and never falls. Pure.

A calendar that has seen a higher SEQUENCE ignores a lower one, and so would show an old date for
good. That is why a removal and a restore, which forget revisions, raise a *floor* for new ones.
"""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from hashlib import blake2b
from typing import NamedTuple

from icsgen.journal import Step

__all__ = ["Key", "Ledger", "Revision", "fingerprint", "jumped", "restored", "revised"]

_BEGINNING = datetime(2024, 1, 1, tzinfo=UTC)
"""Before the first release. A SEQUENCE (RFC 5545 section 3.3.8) has room for 68 years of it."""

Key = tuple[str, Step]
"""An interview's id and a step: one follow-up, for life."""


class Revision(NamedTuple):
    """Which edition of a follow-up is the present one."""

    fingerprint: str
    """Of its time and text; two editions with the same one look the same."""
    sequence: int
    changed_at: datetime
    """When this edition came to be: UTC, whole seconds; never earlier than the one before."""


class Ledger(NamedTuple):
    """All revisions, and what a new follow-up's SEQUENCE begins with."""

    revisions: Mapping[Key, Revision]
    floor: int = 0
    changes: int = 0
    """The store's count of changes."""
    lineage: str = ""
    """Of the store's making; a backup of another lineage does not know what this one gave."""


def fingerprint(parts: Iterable[str]) -> str:
    """Give a digest of a follow-up's time and texts; the parts' order and borders count."""
    whole = "".join(f"{len(part)}:{part}" for part in parts)
    return blake2b(whole.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


def revised(before: Revision | None, looks: str, now: datetime, floor: int) -> Revision:
    """Give a follow-up's revision, the same if ``looks``, its present fingerprint, is as before.

    ``now`` is aware. A clock that was set back does not take the last change back with it.
    """
    at = _seconds(now)
    if before is None:
        return Revision(looks, floor, at)
    if before.fingerprint == looks:
        return before
    return Revision(looks, before.sequence + 1, max(at, before.changed_at))


def restored(present: Ledger, backup: Ledger, now: datetime) -> Ledger:
    """Give the ledger after a restore: the backup's follow-ups, no number below any given since.

    Where both know a follow-up, the later revision stays, with its fingerprint: planning what was
    restored then finds a change exactly where there is one. Whatever is new begins above all that
    the present one gave.
    """
    if backup.lineage != present.lineage:
        backup = jumped(backup, now)
    given = [one.sequence + 1 for one in present.revisions.values()]
    floor = max(present.floor, backup.floor, *given, 0)
    kept = {
        key: _later(present.revisions.get(key), one, present.floor, now)
        for key, one in backup.revisions.items()
    }
    return Ledger(kept, floor, max(present.changes, backup.changes), present.lineage)


def jumped(backup: Ledger, now: datetime) -> Ledger:
    """Give the ledger after a restore over a file that cannot say which numbers it gave.

    They become the seconds since a day before the first release: more than any follow-up has had,
    unless it changed every second of its life, and more than any earlier jump.
    """
    least = int((_seconds(now) - _BEGINNING).total_seconds())
    raised = {
        key: _raised(one, max(one.sequence + 1, least), now)
        for key, one in backup.revisions.items()
    }
    floor, changes = max(backup.floor + 1, least), max(backup.changes + 1, least)
    return Ledger(raised, floor, changes, backup.lineage)


def _later(present: Revision | None, backup: Revision, floor: int, now: datetime) -> Revision:
    if present is None:  # it may have been removed since, and the floor says how far it had come
        return _raised(backup, floor, now) if backup.sequence < floor else backup
    return present if present.sequence >= backup.sequence else backup


def _raised(one: Revision, sequence: int, now: datetime) -> Revision:
    return one._replace(sequence=sequence, changed_at=max(_seconds(now), one.changed_at))


def _seconds(now: datetime) -> datetime:
    return now.astimezone(UTC).replace(microsecond=0)
