"""The tables, as steps from one version to the next, each applied with its record or not at all.

What a rule of the store can say in the table, it says there: a journal only grows, and SEQUENCE
never falls, whoever writes.
"""

from collections.abc import Callable, Sequence
from sqlite3 import Connection

__all__ = ["APPLICATION_ID", "MIGRATIONS", "Migration", "application_id", "migrate", "version"]

APPLICATION_ID = int.from_bytes(b"Aftw", "big")
"""In the file's header (octets 68 to 71), so that ``file`` and we know whose it is."""

Migration = Callable[[Connection], None]


def application_id(connection: Connection) -> int:
    """Give whose file it is."""
    return int(connection.execute("PRAGMA application_id").fetchone()[0])


def version(connection: Connection) -> int:
    """Give how many migrations the file has seen."""
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def interviews_and_feeds(connection: Connection) -> None:
    """Make the first tables."""
    connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    for statement in _FIRST:
        connection.execute(statement)


MIGRATIONS: tuple[Migration, ...] = (interviews_and_feeds,)
"""In order; a file's ``user_version`` counts those it has seen. Never changed, only added to."""


def migrate(connection: Connection, migrations: Sequence[Migration]) -> None:
    """Bring the file up to date; where this is cut short, the next call goes on.

    Statement by statement: ``executescript`` commits before it begins, and a cut would then leave
    tables that nobody has on record.
    """
    while version(connection) < len(migrations):
        connection.execute("BEGIN IMMEDIATE")
        try:
            # Asked again: another process may have been quicker.
            seen = version(connection)
            if seen < len(migrations):
                _apply(connection, seen, migrations[seen])
            connection.execute("COMMIT")
        except BaseException:
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            raise


def _apply(connection: Connection, seen: int, migration: Migration) -> None:
    migration(connection)
    record = (seen + 1, migration.__name__)
    connection.execute("INSERT INTO migration (version, name) VALUES (?, ?)", record)
    connection.execute(f"PRAGMA user_version = {seen + 1}")


_FIRST = (
    "CREATE TABLE migration (version INTEGER PRIMARY KEY, name TEXT NOT NULL)",
    """
    CREATE TABLE state (
        one INTEGER PRIMARY KEY CHECK (one = 1),
        changes INTEGER NOT NULL,
        floor INTEGER NOT NULL,
        lineage TEXT NOT NULL
    )
    """,
    "INSERT INTO state (one, changes, floor, lineage) VALUES (1, 0, 0, lower(hex(randomblob(8))))",
    """
    CREATE TABLE interview (
        number INTEGER PRIMARY KEY,
        id TEXT NOT NULL UNIQUE,
        company TEXT NOT NULL,
        role TEXT NOT NULL,
        round TEXT,
        record TEXT NOT NULL
    )
    """,
    """
    CREATE TABLE journal (
        interview TEXT NOT NULL REFERENCES interview (id) ON DELETE CASCADE,
        position INTEGER NOT NULL,
        record TEXT NOT NULL,
        PRIMARY KEY (interview, position)
    ) WITHOUT ROWID
    """,
    """
    CREATE TABLE revision (
        interview TEXT NOT NULL REFERENCES interview (id) ON DELETE CASCADE,
        step TEXT NOT NULL,
        fingerprint TEXT NOT NULL,
        sequence INTEGER NOT NULL,
        changed_at TEXT NOT NULL,
        PRIMARY KEY (interview, step)
    ) WITHOUT ROWID
    """,
    """
    CREATE TABLE import_key (
        kind TEXT NOT NULL,
        key TEXT NOT NULL,
        interview TEXT NOT NULL REFERENCES interview (id) ON DELETE CASCADE,
        sequence INTEGER NOT NULL,
        PRIMARY KEY (kind, key)
    ) WITHOUT ROWID
    """,
    "CREATE INDEX import_key_interview ON import_key (interview)",
    "CREATE TABLE setting (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID",
    """
    CREATE TABLE feed (
        number INTEGER PRIMARY KEY,
        token TEXT NOT NULL UNIQUE,
        label TEXT NOT NULL,
        view TEXT NOT NULL,
        style TEXT NOT NULL,
        only TEXT,
        created_at TEXT NOT NULL,
        revoked_at TEXT,
        fetched_at TEXT
    )
    """,
    "CREATE UNIQUE INDEX feed_in_force ON feed (label) WHERE revoked_at IS NULL",
    """
    CREATE TRIGGER journal_is_not_rewritten BEFORE UPDATE ON journal
    BEGIN SELECT RAISE(ABORT, 'a journal only grows'); END
    """,
    """
    CREATE TRIGGER journal_goes_with_its_interview BEFORE DELETE ON journal
    WHEN EXISTS (SELECT 1 FROM interview WHERE id = OLD.interview)
    BEGIN SELECT RAISE(ABORT, 'a journal only grows'); END
    """,
    """
    CREATE TRIGGER sequence_never_falls BEFORE UPDATE ON revision
    WHEN NEW.sequence < OLD.sequence
    BEGIN SELECT RAISE(ABORT, 'SEQUENCE never falls'); END
    """,
    """
    CREATE TRIGGER floor_lies_above_what_is_gone BEFORE DELETE ON revision
    BEGIN UPDATE state SET floor = max(floor, OLD.sequence + 1); END
    """,
    """
    CREATE TRIGGER floor_never_falls BEFORE UPDATE OF floor ON state
    WHEN NEW.floor < OLD.floor
    BEGIN SELECT RAISE(ABORT, 'the floor of SEQUENCE never falls'); END
    """,
)
