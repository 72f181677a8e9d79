"""The store without a file, for tests and demos: the same contract, gone at the end."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import UTC, datetime
from threading import RLock

from icsgen.errors import AlreadyKept, NotFound
from icsgen.journal import Entry, Step
from icsgen.model import Interview
from icsgen.store import Feed, Heading, ImportKey, KeyKind, Reader, Revision, Writer
from icsgen.store.feeds import merged
from icsgen.store.records import entry_text, interview_of, interview_text
from icsgen.store.revisions import Key, Ledger, jumped, restored, revised

__all__ = ["Contents", "MemoryStore"]


@dataclass(slots=True)
class Contents:
    """All that a store keeps; interviews and entries as the texts that a file would hold."""

    interviews: dict[str, str] = field(default_factory=dict)
    journals: dict[str, list[str]] = field(default_factory=dict)
    settings: dict[str, str] = field(default_factory=dict)
    feeds: list[Feed] = field(default_factory=list)
    keys: dict[tuple[KeyKind, str], ImportKey] = field(default_factory=dict)
    revisions: dict[Key, Revision] = field(default_factory=dict)
    floor: int = 0
    changes: int = 0

    def ledger(self) -> Ledger:
        """Give the revisions with floor and count; a memory has only one lineage."""
        return Ledger(dict(self.revisions), self.floor, self.changes)


class MemoryStore:
    """A ``Store`` in memory."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self._lock = RLock()
        self._contents = Contents()

    @contextmanager
    def reading(self) -> Iterator[Reader]:
        """Give a view of one moment."""
        with self._lock:
            yield _Memory(self._contents)

    @contextmanager
    def transaction(self) -> Iterator[Writer]:
        """Give a writer; all it did is kept when the block ends without an exception."""
        with self._lock:
            writer = _Memory(deepcopy(self._contents))
            yield writer
            self._contents = writer.finished()

    def back_up(self) -> Contents:
        """Give a copy of all there is."""
        with self._lock:
            return deepcopy(self._contents)

    @contextmanager
    def restoring(
        self, backup: Contents, now: datetime, *, damaged: bool = False
    ) -> Iterator[Writer]:
        """Bring a copy back as ``backup.restoring`` does, over sound or damaged contents."""
        with self._lock:
            writer = _Memory(deepcopy(backup))
            old, present = writer.contents, self._contents
            past = old.ledger()
            ledger = jumped(past, now) if damaged else restored(present.ledger(), past, now)
            old.revisions = dict(ledger.revisions)
            old.floor, old.changes = ledger.floor, ledger.changes
            old.feeds = old.feeds if damaged else merged(present.feeds, old.feeds, now)
            writer.changed = True
            yield writer
            self._contents = writer.finished()

    def close(self) -> None:
        """Do nothing: there is no file to let go of."""


class _Memory:
    def __init__(self, contents: Contents) -> None:
        self.contents = contents
        self.changed = False

    def interviews(self) -> tuple[Interview, ...]:
        return tuple([self.interview(key) for key in self.contents.interviews])

    def interview(self, interview_id: str) -> Interview:
        self._require(interview_id)
        entries = self.contents.journals[interview_id]
        return interview_of(interview_id, self.contents.interviews[interview_id], entries)

    def headings(self) -> tuple[Heading, ...]:
        found = self.interviews()
        return tuple([Heading(one.id, one.company, one.role, one.round) for one in found])

    def settings(self) -> dict[str, str]:
        return dict(sorted(self.contents.settings.items()))

    def feeds(self) -> tuple[Feed, ...]:
        return tuple(self.contents.feeds)

    def revisions(self, interview_id: str) -> dict[Step, Revision]:
        return {
            step: found
            for (key, step), found in self.contents.revisions.items()
            if key == interview_id
        }

    def all_revisions(self) -> dict[str, dict[Step, Revision]]:
        return {key: self.revisions(key) for key, _ in self.contents.revisions}

    def import_key(self, kind: KeyKind, key: str) -> ImportKey | None:
        return self.contents.keys.get((kind, key))

    def changes(self) -> int:
        return self.contents.changes

    def add(self, interview: Interview) -> None:
        if interview.id in self.contents.interviews:
            raise AlreadyKept(f"there is an interview {interview.id} already")
        entries = [entry_text(entry, interview.zone) for entry in interview.journal]
        self.contents.interviews[interview.id] = interview_text(interview)
        self.contents.journals[interview.id] = entries
        self.changed = True

    def replace(self, interview: Interview) -> None:
        self._require(interview.id)
        self.contents.interviews[interview.id] = interview_text(interview)
        self.changed = True

    def append(self, interview_id: str, entry: Entry) -> int:
        home = self.interview(interview_id).zone
        journal = self.contents.journals[interview_id]
        journal.append(entry_text(entry, home))
        self.changed = True
        return len(journal) - 1

    def remove(self, interview_id: str) -> None:
        self._require(interview_id)
        gone = self.revisions(interview_id)
        contents = self.contents
        contents.floor = max(contents.floor, *(one.sequence + 1 for one in gone.values()), 0)
        del contents.interviews[interview_id], contents.journals[interview_id]
        contents.revisions = {
            k: one for k, one in contents.revisions.items() if k[0] != interview_id
        }
        contents.keys = {
            k: one for k, one in contents.keys.items() if one.interview_id != interview_id
        }
        self.changed = True

    def wipe(self) -> None:
        for interview_id in tuple(self.contents.interviews):
            self.remove(interview_id)
        self.contents.settings.clear()
        self.contents.feeds.clear()
        self.changed = True

    def set(self, key: str, value: str) -> None:
        self.contents.settings[key] = value
        self.changed = True

    def unset(self, key: str) -> None:
        self.contents.settings.pop(key, None)
        self.changed = True

    def add_feed(self, feed: Feed) -> None:
        if feed.revoked_at is None and self._in_force(feed.label):
            raise AlreadyKept(f"there is a feed {feed.label} already")
        self.contents.feeds.append(feed)
        self.changed = True

    def revoke_feed(self, label: str, at: datetime) -> None:
        found = self._in_force(label)
        if found is None:
            raise NotFound(f"there is no feed {label}")
        self._swap(found, found._replace(revoked_at=at.astimezone(UTC)))
        self.changed = True

    def note_fetch(self, token: str, at: datetime) -> None:
        for feed in self.feeds():
            if feed.token == token:
                self._swap(feed, feed._replace(fetched_at=at.astimezone(UTC)))

    def remember(self, key: ImportKey) -> None:
        self._require(key.interview_id)
        self.contents.keys[key.kind, key.key] = key
        self.changed = True

    def revise(
        self, interview_id: str, fingerprints: Mapping[Step, str], now: datetime
    ) -> dict[Step, Revision]:
        self._require(interview_id)
        before, floor = self.revisions(interview_id), self.contents.floor
        after = {
            step: revised(before.get(step), look, now, floor) for step, look in fingerprints.items()
        }
        self.changed |= any(after[step] != before.get(step) for step in after)
        self.contents.revisions |= {(interview_id, step): one for step, one in after.items()}
        return before | after

    def finished(self) -> Contents:
        self.contents.changes += self.changed
        return self.contents

    def _require(self, interview_id: str) -> None:
        if interview_id not in self.contents.interviews:
            raise NotFound(f"there is no interview {interview_id}")

    def _in_force(self, label: str) -> Feed | None:
        found = (
            one for one in self.contents.feeds if one.label == label and one.revoked_at is None
        )
        return next(found, None)

    def _swap(self, old: Feed, new: Feed) -> None:
        self.contents.feeds[self.contents.feeds.index(old)] = new
