from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from icsgen.journal import Step
from icsgen.store.revisions import Ledger, Revision, fingerprint, jumped, restored, revised
from tests.store.nouns import NOW

KEY = ("acme", Step.REPLY)
OTHER = ("other", Step.REPLY)
EARLIER, LATER = NOW - timedelta(days=1), NOW + timedelta(days=1)


def of(sequence: int, looks: str = "a", at: datetime = NOW) -> Revision:
    return Revision(looks, sequence, at)


def test_a_new_follow_up_begins_at_the_floor() -> None:
    assert revised(None, "a", NOW, 7) == of(7)


def test_the_same_looks_are_the_same_revision() -> None:
    assert revised(of(3), "a", LATER, 9) == of(3)


def test_other_looks_are_the_next_one() -> None:
    assert revised(of(3), "b", LATER, 9) == of(4, "b", LATER)


def test_looks_that_come_back_are_a_change_too() -> None:
    assert revised(revised(of(0), "b", NOW, 0), "a", NOW, 0) == of(2)


def test_a_clock_set_back_takes_no_change_back() -> None:
    assert revised(of(3), "b", EARLIER, 0) == of(4, "b", NOW)


def test_a_change_is_dated_to_the_second_in_utc() -> None:
    at = datetime(2026, 11, 22, 9, 0, 0, 999_999, UTC)
    assert revised(None, "a", at, 0).changed_at == NOW


def test_a_fingerprint_knows_where_a_part_ends() -> None:
    looks = [["ab", "c"], ["a", "bc"], ["abc"], ["abc", ""], ["c", "ab"], []]
    assert len({fingerprint(parts) for parts in looks}) == len(looks)
    assert fingerprint(iter(["a", "\ud800"])) == fingerprint(("a", "\ud800"))


def test_a_restore_keeps_the_later_revision() -> None:
    present, backup = Ledger({KEY: of(5, "new")}), Ledger({KEY: of(2, "old")})
    assert restored(present, backup, NOW).revisions == {KEY: of(5, "new")}
    assert restored(backup, present, NOW).revisions == {KEY: of(5, "new")}


def test_after_a_restore_what_is_new_begins_above_all_that_was_given() -> None:
    present = Ledger({KEY: of(5), OTHER: of(8)}, floor=3)
    after = restored(present, Ledger({KEY: of(2)}, floor=1), NOW)
    assert after.floor == 9
    assert set(after.revisions) == {KEY}


def test_what_was_removed_since_the_backup_comes_back_above_its_last_number() -> None:
    after = restored(Ledger({}, floor=6), Ledger({KEY: of(2, at=EARLIER)}), NOW)
    assert after.revisions == {KEY: of(6, at=NOW)}


def test_of_another_lineage_every_number_rises() -> None:
    after = restored(Ledger({}, lineage="a"), Ledger({KEY: of(2)}, lineage="b"), NOW)
    assert after.revisions[KEY].sequence > 2
    assert after.lineage == "a"


def test_a_jump_goes_above_an_earlier_one_and_stays_a_sequence() -> None:
    backup = Ledger({KEY: of(2)}, floor=4, changes=6)
    first, second = jumped(backup, NOW), jumped(backup, LATER)
    assert 2 < first.revisions[KEY].sequence < second.revisions[KEY].sequence
    assert 4 < first.floor < second.floor
    assert 6 < first.changes < second.changes
    in_fifty_years = jumped(backup, NOW + timedelta(days=50 * 365))
    assert in_fifty_years.revisions[KEY].sequence < 2**31


def test_a_jump_rises_even_where_the_clock_is_wrong() -> None:
    long_ago = datetime(1970, 1, 1, tzinfo=UTC)
    assert jumped(Ledger({KEY: of(2)}, floor=4), long_ago).revisions[KEY] == of(3)


sequences = st.integers(0, 20)
ledgers = st.builds(
    Ledger,
    st.dictionaries(st.sampled_from([KEY, OTHER]), st.builds(of, sequences, st.sampled_from("ab"))),
    sequences,
    sequences,
    st.sampled_from(["x", "y"]),
)


@given(ledgers, ledgers)
def test_no_restore_lets_a_number_fall(present: Ledger, backup: Ledger) -> None:
    after = restored(present, backup, NOW)
    for key, one in present.revisions.items():
        now = after.revisions.get(key)
        assert after.floor > one.sequence if now is None else now.sequence >= one.sequence
        assert now is None or now.changed_at >= one.changed_at
    assert after.floor >= present.floor
    assert after.changes >= present.changes
