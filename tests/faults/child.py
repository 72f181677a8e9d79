"""Programs that write to a store until they are stopped; run as ``python -m tests.faults.child``.

Each says on standard output what it has done, after it is done: that is an acknowledgement.
"""

import os
import signal
import sqlite3
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from icsgen.journal import News, NewsKind, Step
from icsgen.store import schema
from icsgen.store.backup import back_up
from icsgen.store.sqlite import open_store

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)


def say(what: object) -> None:
    os.write(1, f"{what}\n".encode())


def writing(path: Path, who: str) -> None:
    """Count upwards in three places that must agree, for ever."""
    store = open_store(path, now=NOW)
    while True:
        with store.transaction() as writer:
            number = int(writer.settings().get(who, "0")) + 1
            writer.set(who, str(number))
            writer.append(who, News(NOW, NewsKind.NEW_INFORMATION))
            writer.revise(who, {Step.REPLY: f"look {number}"}, NOW)
        say(number)


def adding(path: Path, who: str, times: str) -> None:
    """Count upwards in one place that others count in too, and then end."""
    store = open_store(path, now=NOW)
    for _ in range(int(times)):
        with store.transaction() as writer:
            shared = int(writer.settings().get("shared", "0")) + 1
            writer.set("shared", str(shared))
            writer.append(who, News(NOW, NewsKind.NEW_INFORMATION))
        say(shared)


def reading(path: Path, times: str) -> None:
    """Look again and again whether what belongs together is together."""
    store = open_store(path, now=NOW)
    for _ in range(int(times)):
        with store.reading() as reader:
            shared = int(reader.settings().get("shared", "0"))
            entries = sum(len(one.journal) for one in reader.interviews())
        if shared != entries:
            say(f"{shared} is not {entries}")
            sys.exit(1)
    say("agreed")


def backing_up(path: Path) -> None:
    """Make backups for ever."""
    while True:
        say(back_up(path, NOW).path.name)


def migrating(path: Path, at: str, count: str) -> None:
    """Open a store with so many migrations, and be killed before a statement of them."""
    schema.MIGRATIONS = migrations(int(count))
    real = sqlite3.connect
    left = int(at)

    def fatal(statement: str) -> None:
        nonlocal left
        del statement
        left -= 1
        if left < 0:
            os.kill(os.getpid(), signal.SIGKILL)

    def connect(*args: object, **more: object) -> sqlite3.Connection:
        connection: sqlite3.Connection = real(*args, **more)  # type: ignore[call-overload]
        connection.set_trace_callback(fatal)
        return connection

    sqlite3.connect = connect  # type: ignore[assignment]
    open_store(path, now=NOW).close()
    say("open")


def migrations(count: int) -> tuple[schema.Migration, ...]:
    """Give the store's migrations and such as may follow, ``count`` in all."""

    def add_a_table(connection: sqlite3.Connection) -> None:
        connection.execute("CREATE TABLE added (id TEXT, size INTEGER)")
        connection.execute("INSERT INTO added SELECT id, length(record) FROM interview")

    def change_a_table(connection: sqlite3.Connection) -> None:
        connection.execute("ALTER TABLE interview ADD COLUMN size INTEGER")
        connection.execute(
            "UPDATE interview SET size = (SELECT size FROM added WHERE added.id = interview.id)"
        )
        connection.execute("DROP TABLE added")

    return (*schema.MIGRATIONS, add_a_table, change_a_table)[:count]


PROGRAMS: dict[str, Callable[..., None]] = {
    "writing": writing,
    "adding": adding,
    "reading": reading,
    "backing_up": backing_up,
    "migrating": migrating,
}

if __name__ == "__main__":
    PROGRAMS[sys.argv[1]](Path(sys.argv[2]), *sys.argv[3:])
