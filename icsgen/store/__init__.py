"""What is kept between two starts: interviews, their journals, settings, feeds and revisions.

The contract is on this page; ``sqlite.py`` and ``memory.py`` keep it, and one test class holds
both to it. Everything is read inside ``reading`` and written inside ``transaction``: what one
block reads belongs together, and what one block writes is kept whole or not at all.
"""

from collections.abc import Mapping
from contextlib import AbstractContextManager
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple, Protocol

from icsgen.journal import Entry, Step
from icsgen.model import Interview
from icsgen.store.revisions import Revision

__all__ = [
    "Feed",
    "Heading",
    "ImportKey",
    "KeyKind",
    "Reader",
    "Revision",
    "Store",
    "Writer",
]


class Heading(NamedTuple):
    """What tells one interview from another, without the rest of it."""

    id: str
    company: str
    role: str
    round: str | None


class Feed(NamedTuple):
    """One subscriber's address and what it shows."""

    token: str
    """192 secret bits; never in a log, an export or an error's text."""
    label: str
    """The person's name for it; of two feeds that are in force, never the same."""
    view: str
    """A ``View``'s value, as ``style`` is a ``Style``'s."""
    style: str
    only: str | None
    """A company or a step; None: everything."""
    created_at: datetime
    revoked_at: datetime | None = None
    fetched_at: datetime | None = None
    """When it was last asked for, as far as that was noted."""


class KeyKind(StrEnum):
    """By what an interview is known when it is imported again."""

    UID = "uid"
    """An event's UID (RFC 5545 section 3.8.4.7)."""
    DIGEST = "digest"
    """Of company, role, round and start as they were at the first import."""


class ImportKey(NamedTuple):
    """A name under which an interview may come again; an interview may have several."""

    kind: KeyKind
    key: str
    interview_id: str
    sequence: int = 0
    """The SEQUENCE of the event last taken."""


class Reader(Protocol):
    """What may be asked, of one moment."""

    def interviews(self) -> tuple[Interview, ...]:
        """Give all interviews with their journals, in the order in which they were added."""
        ...

    def interview(self, interview_id: str) -> Interview:
        """Give one interview with its journal; raises NotFound."""
        ...

    def headings(self) -> tuple[Heading, ...]:
        """Give the headings of all interviews, in the same order; cheaper than the whole."""
        ...

    def settings(self) -> dict[str, str]:
        """Give the settings that were set."""
        ...

    def feeds(self) -> tuple[Feed, ...]:
        """Give the feeds in the order of their making, revoked ones too."""
        ...

    def revisions(self, interview_id: str) -> dict[Step, Revision]:
        """Give the revision of each follow-up that an interview ever had; empty: none yet."""
        ...

    def all_revisions(self) -> dict[str, dict[Step, Revision]]:
        """Give every interview's revisions, by its id."""
        ...

    def import_key(self, kind: KeyKind, key: str) -> ImportKey | None:
        """Give what came under this name; None: nothing, or nothing that is still kept."""
        ...

    def changes(self) -> int:
        """Give a count that rises with every change and never falls, not even by a restore.

        Two equal counts of one store mean equal content, but for when feeds were fetched.
        """
        ...


class Writer(Reader, Protocol):
    """What may be done, in a transaction; what was done shows in what is asked after it."""

    def add(self, interview: Interview) -> None:
        """Keep a new interview, its journal included; raises AlreadyKept."""
        ...

    def replace(self, interview: Interview) -> None:
        """Keep an interview as edited; its journal stays as it is kept. Raises NotFound."""
        ...

    def append(self, interview_id: str, entry: Entry) -> int:
        """Add an entry to a journal and give its position, from 0; raises NotFound."""
        ...

    def remove(self, interview_id: str) -> None:
        """Delete an interview and all that belongs to it, for good; raises NotFound."""
        ...

    def wipe(self) -> None:
        """Delete everything for good: interviews, settings, feeds and what hangs on them."""
        ...

    def set(self, key: str, value: str) -> None:
        """Keep a setting."""
        ...

    def unset(self, key: str) -> None:
        """Forget a setting, if it was set."""
        ...

    def add_feed(self, feed: Feed) -> None:
        """Keep a new feed; raises AlreadyKept if one in force has its label."""
        ...

    def revoke_feed(self, label: str, at: datetime) -> None:
        """Let the feed in force under this label be in force no longer; raises NotFound."""
        ...

    def note_fetch(self, token: str, at: datetime) -> None:
        """Note when a feed was fetched; no change in the sense of ``changes``."""
        ...

    def remember(self, key: ImportKey) -> None:
        """Keep under which name an interview came, instead of what came so before.

        Raises NotFound if there is no such interview.
        """
        ...

    def revise(
        self, interview_id: str, fingerprints: Mapping[Step, str], now: datetime
    ) -> dict[Step, Revision]:
        """Count what changed in an interview's follow-ups, and give the revisions of all.

        ``fingerprints`` are of the follow-ups as they are now planned (``revisions.fingerprint``).
        A step that is not among them keeps its revision, for when it comes again. Raises NotFound.
        """
        ...


class Store(Protocol):
    """Where a job search is kept; may be used from several threads, one at a time."""

    def reading(self) -> AbstractContextManager[Reader]:
        """Give a view of one moment. Keep the block short: writers wait for its end."""
        ...

    def transaction(self) -> AbstractContextManager[Writer]:
        """Give a writer; all it did is kept, for good, when the block ends without an exception.

        Nobody else writes meanwhile, so that what was read in the block still holds. An exception
        undoes the whole block. Not to be nested.
        """
        ...

    def close(self) -> None:
        """Let go of the file."""
        ...
