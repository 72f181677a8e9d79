"""What journal entries are as values: each is itself only, and survives being carried about."""

import copy
import pickle
from datetime import UTC, date, datetime
from itertools import combinations
from operator import eq, ne

import pytest

from icsgen.journal import (
    Entry,
    Heard,
    News,
    NewsKind,
    Outcome,
    Promised,
    Sent,
    Skipped,
    Snoozed,
    Step,
    Undone,
)

AT = datetime(2026, 11, 18, 9, tzinfo=UTC)
LATER = datetime(2026, 11, 20, 9, tzinfo=UTC)
# As alike as entries of different kinds can be: the same moment, step and further moment.
ALIKE: tuple[Entry, ...] = (
    *(Sent(AT, step, due=LATER) for step in Step),
    *(Skipped(AT, step, LATER) for step in Step),
    *(Snoozed(AT, step, LATER) for step in Step),
    *(Heard(AT, outcome) for outcome in Outcome),
    *(News(AT, kind) for kind in NewsKind),
    Promised(AT, date(2026, 11, 20)),
    Undone(AT, 0),
    Undone(AT, 1),
)


def test_different_entries_are_never_equal() -> None:
    pairs = list(combinations(ALIKE, 2))
    assert [pair for pair in pairs if eq(*pair) or not ne(*pair)] == []
    assert len(set(ALIKE)) == len(ALIKE)


@pytest.mark.parametrize("entry", ALIKE, ids=repr)
def test_an_entry_equals_its_copies(entry: Entry) -> None:
    for twin in (copy.copy(entry), copy.deepcopy(entry), pickle.loads(pickle.dumps(entry))):  # noqa: S301 - our own
        assert (type(twin), twin, hash(twin)) == (type(entry), entry, hash(entry))
        assert not ne(twin, entry)
