"""The contract of the store in SQL, inside somebody else's transaction."""

import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

from icsgen.errors import AlreadyKept, NotFound, StoreDamaged
from icsgen.journal import Entry, Step
from icsgen.model import Interview
from icsgen.store import Feed, Heading, ImportKey, KeyKind, Revision
from icsgen.store.failures import REPORTED, damaged, in_words
from icsgen.store.records import entry_text, interview_of, interview_text
from icsgen.store.revisions import Key, Ledger, revised
from icsgen.zones import Zone

__all__ = ["RowReader", "RowWriter"]

Value = str | int | None
Row = tuple[Value, ...]

_FEED = "token, label, view, style, only, created_at, revoked_at, fetched_at"
_REVISION = "SELECT interview, step, fingerprint, sequence, changed_at FROM revision"
_KEPT = ("interview", "journal", "import_key", "setting")
"""What a restore takes over as it is."""


class RowReader:
    """A ``Reader`` of the tables."""

    def __init__(self, connection: sqlite3.Connection, path: Path) -> None:
        """Read from a connection, which has to be in a transaction; ``path`` is for messages."""
        self._connection = connection
        self._path = path

    def interviews(self) -> tuple[Interview, ...]:
        """Give all interviews with their journals, in the order in which they were added."""
        journals: dict[str, list[str]] = {}
        for interview_id, text in self._texts(
            "SELECT interview, record FROM journal ORDER BY interview, position"
        ):
            journals.setdefault(interview_id, []).append(text)
        rows = self._texts("SELECT id, record FROM interview ORDER BY number")
        return tuple([self._interview(key, text, journals.get(key, ())) for key, text in rows])

    def interview(self, interview_id: str) -> Interview:
        """Give one interview with its journal; raises NotFound."""
        rows = self._rows("SELECT record FROM interview WHERE id = ?", interview_id)
        if not rows:
            raise _no_interview(interview_id)
        query = "SELECT record FROM journal WHERE interview = ? ORDER BY position"
        entries = [str(text) for (text,) in self._rows(query, interview_id)]
        return self._interview(interview_id, str(rows[0][0]), entries)

    def headings(self) -> tuple[Heading, ...]:
        """Give the headings of all interviews, in the same order."""
        rows = self._rows("SELECT id, company, role, round FROM interview ORDER BY number")
        return tuple([Heading(str(i), str(c), str(r), _text(n)) for i, c, r, n in rows])

    def settings(self) -> dict[str, str]:
        """Give the settings that were set."""
        return dict(self._texts("SELECT key, value FROM setting ORDER BY key"))

    def feeds(self) -> tuple[Feed, ...]:
        """Give the feeds in the order of their making, revoked ones too."""
        rows = self._rows(f"SELECT {_FEED} FROM feed ORDER BY number")  # noqa: S608 - our columns
        return tuple(map(self._feed, rows))

    def revisions(self, interview_id: str) -> dict[Step, Revision]:
        """Give the revision of each follow-up that an interview ever had."""
        found = self._revisions(f"{_REVISION} WHERE interview = ?", interview_id)
        return {step: revision for (_, step), revision in found}

    def all_revisions(self) -> dict[str, dict[Step, Revision]]:
        """Give every interview's revisions, by its id."""
        found: dict[str, dict[Step, Revision]] = {}
        for (interview_id, step), revision in self.ledger().revisions.items():
            found.setdefault(interview_id, {})[step] = revision
        return found

    def import_key(self, kind: KeyKind, key: str) -> ImportKey | None:
        """Give what came under this name."""
        query = "SELECT interview, sequence FROM import_key WHERE kind = ? AND key = ?"
        rows = self._rows(query, kind.value, key)
        return ImportKey(kind, key, str(rows[0][0]), _number(rows[0][1])) if rows else None

    def changes(self) -> int:
        """Give the count of changes."""
        return self._state()[0]

    def ledger(self) -> Ledger:
        """Give all revisions with the floor and the count of changes."""
        changes, floor, lineage = self._state()
        return Ledger(dict(self._revisions(_REVISION)), floor, changes, lineage)

    def table(self, name: str) -> list[Row]:
        """Give the rows of one of the tables that a restore takes over."""
        return self._rows(f"SELECT * FROM {name}")  # noqa: S608 - one of ours, by name

    def _state(self) -> tuple[int, int, str]:
        rows = self._rows("SELECT changes, floor, lineage FROM state")
        if not rows:
            raise damaged(self._path)
        changes, floor, lineage = rows[0]
        return _number(changes), _number(floor), str(lineage)

    def _revisions(self, query: str, *values: Value) -> Iterator[tuple[Key, Revision]]:
        for interview_id, step, looks, sequence, changed_at in self._rows(query, *values):
            try:
                key = str(interview_id), Step(str(step))
                revision = Revision(str(looks), _number(sequence), _moment(changed_at))
            except ValueError as error:
                raise self._bad_row(f"a revision of {interview_id}") from error
            yield key, revision

    def _interview(self, interview_id: str, text: str, entries: Iterable[str]) -> Interview:
        try:
            return interview_of(interview_id, text, entries)
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise self._bad_row(f"the interview {interview_id}") from error

    def _feed(self, row: Row) -> Feed:
        token, label, view, style, only, *moments = row
        try:
            created_at, revoked_at, fetched_at = (value and _moment(value) for value in moments)
        except ValueError as error:
            raise self._bad_row(f"the feed {label}") from error
        if not created_at:
            raise self._bad_row(f"the feed {label}")
        names = str(token), str(label), str(view), str(style), _text(only)
        return Feed(*names, created_at, revoked_at or None, fetched_at or None)

    def _bad_row(self, what: str) -> StoreDamaged:
        return damaged(self._path, f"{what} cannot be read any more")

    def _texts(self, query: str) -> list[tuple[str, str]]:
        return [(str(first), str(second)) for first, second in self._rows(query)]

    def _rows(self, query: str, *values: Value) -> list[Row]:
        try:
            return self._connection.execute(query, values).fetchall()
        except REPORTED as error:
            said = in_words(error, self._path)
            if said is None:
                raise
            raise said from error


class RowWriter(RowReader):
    """A ``Writer`` of the tables."""

    changed = False
    """Whether anything was done that counts as a change."""
    erased = False
    """Whether what was kept before is to be found nowhere any more."""

    def add(self, interview: Interview) -> None:
        """Keep a new interview, its journal included; raises AlreadyKept."""
        if self._has(interview.id):
            what = f"there is an interview {interview.id} already"
            raise AlreadyKept(what, remedy="edit that one, or give the new one another id")
        query = "INSERT INTO interview (company, role, round, record, id) VALUES (?, ?, ?, ?, ?)"
        self._change(query, *_columns(interview))
        for position, entry in enumerate(interview.journal):
            self._append(interview.id, position, entry, interview.zone)

    def replace(self, interview: Interview) -> None:
        """Keep an interview as edited; its journal stays as it is kept."""
        self._require(interview.id)
        self.erased = True
        query = "UPDATE interview SET company = ?, role = ?, round = ?, record = ? WHERE id = ?"
        self._change(query, *_columns(interview))

    def append(self, interview_id: str, entry: Entry) -> int:
        """Add an entry to a journal and give its position, from 0."""
        home = self.interview(interview_id).zone
        count = "SELECT count(*) FROM journal WHERE interview = ?"
        position = _number(self._rows(count, interview_id)[0][0])
        self._append(interview_id, position, entry, home)
        return position

    def remove(self, interview_id: str) -> None:
        """Delete an interview and all that belongs to it, for good."""
        self._require(interview_id)
        self.erased = True
        self._change("DELETE FROM interview WHERE id = ?", interview_id)

    def wipe(self) -> None:
        """Delete everything for good."""
        self.erased = True
        for table in ("interview", "setting", "feed"):
            self._change(f"DELETE FROM {table}")  # noqa: S608 - one of the three

    def set(self, key: str, value: str) -> None:
        """Keep a setting."""
        self._change("INSERT OR REPLACE INTO setting VALUES (?, ?)", key, value)

    def unset(self, key: str) -> None:
        """Forget a setting, if it was set."""
        self._change("DELETE FROM setting WHERE key = ?", key)

    def add_feed(self, feed: Feed) -> None:
        """Keep a new feed; raises AlreadyKept if one in force has its label."""
        if feed.revoked_at is None and self._in_force(feed.label):
            what = f"there is a feed {feed.label} already"
            raise AlreadyKept(what, remedy="choose another label, or revoke that one first")
        self._insert_feed(feed)

    def revoke_feed(self, label: str, at: datetime) -> None:
        """Let the feed in force under this label be in force no longer."""
        if not self._in_force(label):
            raise NotFound(f"there is no feed {label}", remedy="'afterword feeds' lists them")
        query = "UPDATE feed SET revoked_at = ? WHERE label = ? AND revoked_at IS NULL"
        self._change(query, _stamp(at), label)

    def note_fetch(self, token: str, at: datetime) -> None:
        """Note when a feed was fetched."""
        self._rows("UPDATE feed SET fetched_at = ? WHERE token = ?", _stamp(at), token)

    def remember(self, key: ImportKey) -> None:
        """Keep under which name an interview came, instead of what came so before."""
        self._require(key.interview_id)
        values = key.kind.value, key.key, key.interview_id, key.sequence
        self._change("INSERT OR REPLACE INTO import_key VALUES (?, ?, ?, ?)", *values)

    def revise(
        self, interview_id: str, fingerprints: Mapping[Step, str], now: datetime
    ) -> dict[Step, Revision]:
        """Count what changed in an interview's follow-ups, and give the revisions of all."""
        self._require(interview_id)
        before = self.revisions(interview_id)
        floor = self._state()[1]
        after = {
            step: revised(before.get(step), look, now, floor) for step, look in fingerprints.items()
        }
        for step, revision in after.items():
            if revision != before.get(step):
                self._keep_revision((interview_id, step), revision)
        return before | after

    def take_over(self, backup: RowReader, ledger: Ledger, feeds: Sequence[Feed]) -> None:
        """Become what the backup is, but for revisions and feeds, which are given."""
        self.wipe()
        for table in _KEPT:
            for row in backup.table(table):
                marks = ", ".join("?" * len(row))
                self._change(f"INSERT INTO {table} VALUES ({marks})", *row)  # noqa: S608 - ours
        for key, revision in ledger.revisions.items():
            self._keep_revision(key, revision)
        for feed in feeds:
            self._insert_feed(feed)
        self.count(ledger)

    def count(self, ledger: Ledger) -> None:
        """Let floor and count of changes be at least the ledger's."""
        query = "UPDATE state SET changes = max(changes, ?), floor = max(floor, ?)"
        self._change(query, ledger.changes, ledger.floor)

    def raise_revisions(self, ledger: Ledger) -> None:
        """Let the revisions be the ledger's."""
        for key, revision in ledger.revisions.items():
            self._keep_revision(key, revision)
        self.count(ledger)

    def finish(self) -> None:
        """Count the change, if there was one."""
        if self.changed:
            self._rows("UPDATE state SET changes = changes + 1")

    def _append(self, interview_id: str, position: int, entry: Entry, home: Zone) -> None:
        text = entry_text(entry, home)
        self._change("INSERT INTO journal VALUES (?, ?, ?)", interview_id, position, text)

    def _insert_feed(self, feed: Feed) -> None:
        moments = feed.created_at, feed.revoked_at, feed.fetched_at
        values = feed.token, feed.label, feed.view, feed.style, feed.only
        stamps = [_stamp(at) if at else None for at in moments]
        query = f"INSERT INTO feed ({_FEED}) VALUES (?, ?, ?, ?, ?, ?, ?, ?)"  # noqa: S608 - our columns
        self._change(query, *values, *stamps)

    def _keep_revision(self, key: Key, revision: Revision) -> None:
        # An update where there is a row: the table's own rule compares the two numbers.
        query = """
            INSERT INTO revision VALUES (?, ?, ?, ?, ?) ON CONFLICT (interview, step) DO UPDATE SET
                fingerprint = excluded.fingerprint,
                sequence = excluded.sequence,
                changed_at = excluded.changed_at
            """
        looks, number, at = revision.fingerprint, revision.sequence, _stamp(revision.changed_at)
        self._change(query, key[0], key[1].value, looks, number, at)

    def _has(self, interview_id: str) -> bool:
        return bool(self._rows("SELECT 1 FROM interview WHERE id = ?", interview_id))

    def _require(self, interview_id: str) -> None:
        if not self._has(interview_id):
            raise _no_interview(interview_id)

    def _in_force(self, label: str) -> bool:
        query = "SELECT 1 FROM feed WHERE label = ? AND revoked_at IS NULL"
        return bool(self._rows(query, label))

    def _change(self, query: str, *values: Value) -> None:
        self._rows(query, *values)
        self.changed = True


def _no_interview(interview_id: str) -> NotFound:
    return NotFound(f"there is no interview {interview_id}", remedy="'afterword list' shows them")


def _columns(interview: Interview) -> tuple[Value, ...]:
    """Give the values of an interview's row, its id last."""
    named = interview.company, interview.role, interview.round
    return *named, interview_text(interview), interview.id


def _stamp(at: datetime) -> str:
    return at.astimezone(UTC).isoformat()


def _moment(value: Value) -> datetime:
    return datetime.fromisoformat(str(value))


def _text(value: Value) -> str | None:
    return None if value is None else str(value)


def _number(value: Value) -> int:
    return int(value or 0)
