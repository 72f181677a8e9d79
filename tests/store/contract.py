"""What every store does; each kind of store inherits this class."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from threading import Thread

import pytest
from hypothesis import HealthCheck, given, settings

from icsgen.errors import AlreadyKept, NotFound
from icsgen.journal import Heard, Outcome, Step, Undone
from icsgen.model import Interview
from icsgen.store import Feed, Heading, ImportKey, KeyKind, Revision, Store, Writer
from tests.store.nouns import LOOKS, NOW, feed, interview, interviews, promised


def kept(store: Store) -> tuple[Interview, ...]:
    with store.reading() as reader:
        return reader.interviews()


def changes(store: Store) -> int:
    with store.reading() as reader:
        return reader.changes()


def fail_half_way(store: Store) -> None:
    with store.transaction() as writer:
        writer.append("acme", promised())
        writer.set("name", "Kim")
        writer.revise("acme", LOOKS, NOW)
        writer.add_feed(feed())
        raise ZeroDivisionError


class StoreContract:
    @pytest.fixture
    def store(self) -> Iterator[Store]:
        raise NotImplementedError

    def test_a_new_store_is_empty(self, store: Store) -> None:
        with store.reading() as reader:
            assert reader.interviews() == ()
            assert reader.headings() == ()
            assert reader.settings() == {}
            assert reader.feeds() == ()
            assert reader.all_revisions() == {}
            assert reader.changes() == 0

    @settings(
        max_examples=25,
        suppress_health_check=[
            HealthCheck.function_scoped_fixture,
            HealthCheck.differing_executors,
        ],
    )
    @given(one=interviews())
    def test_what_is_added_comes_back_equal(self, store: Store, one: Interview) -> None:
        with store.transaction() as writer:
            writer.wipe()
            writer.add(one)
        with store.reading() as reader:
            assert reader.interviews() == (one,)
            assert reader.interview(one.id) == one
            assert reader.headings() == (Heading(one.id, one.company, one.role, one.round),)

    def test_interviews_come_in_the_order_of_their_adding(self, store: Store) -> None:
        with store.transaction() as writer:
            for name in ("zeta", "acme", "mid"):
                writer.add(interview(name))
        with store.transaction() as writer:
            writer.replace(interview("zeta", company="Zeta Ltd"))
        with store.reading() as reader:
            assert [one.id for one in reader.interviews()] == ["zeta", "acme", "mid"]
            assert [one.id for one in reader.headings()] == ["zeta", "acme", "mid"]

    def test_an_id_is_given_once(self, store: Store) -> None:
        with store.transaction() as writer:
            writer.add(interview())
        with pytest.raises(AlreadyKept), store.transaction() as writer:
            writer.add(interview(company="Other"))
        assert kept(store) == (interview(),)

    def test_an_edit_changes_all_but_the_journal(self, store: Store) -> None:
        with store.transaction() as writer:
            writer.add(interview(journal=[promised(20)]))
            writer.replace(interview(company="Acme Inc.", journal=[promised(25)]))
        assert kept(store) == (interview(company="Acme Inc.", journal=[promised(20)]),)

    def test_a_journal_grows_at_its_end(self, store: Store) -> None:
        undone = Undone(NOW.astimezone(interview().zone), 0)
        with store.transaction() as writer:
            writer.add(interview(journal=[promised()]))
            assert writer.append("acme", undone) == 1
            assert writer.append("acme", undone) == 2
        assert kept(store) == (interview(journal=[promised(), undone, undone]),)

    def test_an_entry_of_another_zone_comes_back_in_the_interview_s(self, store: Store) -> None:
        heard = Heard(NOW, Outcome.OFFER)
        with store.transaction() as writer:
            writer.add(interview())
            writer.append("acme", heard)
        (entry,) = kept(store)[0].journal
        assert entry == heard
        assert entry.at.tzinfo is interview().zone

    def test_what_is_removed_leaves_nothing_under_its_name(self, store: Store) -> None:
        with store.transaction() as writer:
            writer.add(interview(journal=[promised()]))
            writer.add(interview("other"))
            writer.remember(ImportKey(KeyKind.UID, "u1", "acme"))
            writer.remember(ImportKey(KeyKind.UID, "u2", "other"))
            writer.revise("acme", LOOKS, NOW)
            writer.revise("other", LOOKS, NOW)
            writer.remove("acme")
        with store.reading() as reader:
            assert reader.interviews() == (interview("other"),)
            assert reader.import_key(KeyKind.UID, "u1") is None
            assert reader.import_key(KeyKind.UID, "u2") is not None
            assert set(reader.all_revisions()) == {"other"}

    def test_a_wipe_leaves_nothing(self, store: Store) -> None:
        with store.transaction() as writer:
            writer.add(interview(journal=[promised()]))
            writer.set("name", "Kim")
            writer.add_feed(feed())
            writer.remember(ImportKey(KeyKind.DIGEST, "d", "acme"))
            writer.revise("acme", LOOKS, NOW)
        with store.transaction() as writer:
            writer.wipe()
        with store.reading() as reader:
            assert reader.interviews() == ()
            assert reader.settings() == {}
            assert reader.feeds() == ()
            assert reader.all_revisions() == {}
            assert reader.import_key(KeyKind.DIGEST, "d") is None

    def test_settings_are_kept_until_unset(self, store: Store) -> None:
        with store.transaction() as writer:
            writer.set("port", "8737")
            writer.set("name", "Kim")
            writer.set("port", "8738")
            writer.unset("locale")
        with store.reading() as reader:
            assert reader.settings() == {"name": "Kim", "port": "8738"}
        with store.transaction() as writer:
            writer.unset("name")
            assert writer.settings() == {"port": "8738"}

    def test_feeds_come_back_as_they_were_made(self, store: Store) -> None:
        only = Feed("t1", "office", "initials", "all-day", "Acme", NOW)
        with store.transaction() as writer:
            writer.add_feed(only)
            writer.add_feed(feed())
        with store.reading() as reader:
            assert reader.feeds() == (only, feed())

    def test_of_two_feeds_in_force_no_label_is_the_same(self, store: Store) -> None:
        with store.transaction() as writer:
            writer.add_feed(feed("phone", "t1"))
        with pytest.raises(AlreadyKept), store.transaction() as writer:
            writer.add_feed(feed("phone", "t2"))
        later = NOW + timedelta(hours=1)
        with store.transaction() as writer:
            writer.revoke_feed("phone", later)
            writer.add_feed(feed("phone", "t2"))
            assert writer.feeds() == (
                feed("phone", "t1")._replace(revoked_at=later),
                feed("phone", "t2"),
            )

    def test_a_fetch_is_noted_and_is_no_change(self, store: Store) -> None:
        later = NOW + timedelta(hours=1)
        with store.transaction() as writer:
            writer.add_feed(feed())
        before = changes(store)
        with store.transaction() as writer:
            writer.note_fetch("t0", later)
            writer.note_fetch("nobody's", later)
        with store.reading() as reader:
            assert reader.feeds() == (feed()._replace(fetched_at=later),)
            assert reader.changes() == before

    def test_an_import_key_finds_what_came_last_under_it(self, store: Store) -> None:
        first = ImportKey(KeyKind.UID, "u", "acme", 1)
        second = ImportKey(KeyKind.UID, "u", "acme", 4)
        with store.transaction() as writer:
            writer.add(interview())
            writer.remember(first)
            assert writer.import_key(KeyKind.UID, "u") == first
            writer.remember(second)
        with store.reading() as reader:
            assert reader.import_key(KeyKind.UID, "u") == second
            assert reader.import_key(KeyKind.DIGEST, "u") is None

    @pytest.mark.parametrize(
        "do",
        [
            lambda writer: writer.interview("nobody"),
            lambda writer: writer.replace(interview("nobody")),
            lambda writer: writer.append("nobody", promised()),
            lambda writer: writer.remove("nobody"),
            lambda writer: writer.revise("nobody", LOOKS, NOW),
            lambda writer: writer.remember(ImportKey(KeyKind.UID, "u", "nobody")),
            lambda writer: writer.revoke_feed("nobody's", NOW),
        ],
    )
    def test_what_is_not_there_is_not_found(
        self, store: Store, do: Callable[[Writer], object]
    ) -> None:
        with store.transaction() as writer:
            writer.add(interview())
        before = changes(store)
        with pytest.raises(NotFound), store.transaction() as writer:
            do(writer)
        assert changes(store) == before

    def test_a_revision_rises_exactly_with_a_change(self, store: Store) -> None:
        first, check = Step.THANK_YOU, Step.FIRST_CHECK_IN
        later = NOW + timedelta(days=1)
        with store.transaction() as writer:
            writer.add(interview())
            writer.revise("acme", {first: "a", check: "b"}, NOW)
        with store.transaction() as writer:
            made = writer.revise("acme", {first: "a", check: "c"}, later)
        assert made == {first: Revision("a", 0, NOW), check: Revision("c", 1, later)}
        with store.reading() as reader:
            assert reader.revisions("acme") == made
            assert reader.all_revisions() == {"acme": made}

    def test_a_step_that_goes_and_comes_again_keeps_its_number(self, store: Store) -> None:
        step = Step.REPLY
        with store.transaction() as writer:
            writer.add(interview())
            writer.revise("acme", {step: "a"}, NOW)
            writer.revise("acme", {step: "b"}, NOW)
            gone = writer.revise("acme", {}, NOW)
            again = writer.revise("acme", {step: "b"}, NOW + timedelta(days=1))
        assert gone == again == {step: Revision("b", 1, NOW)}

    def test_what_is_removed_and_comes_again_begins_above_its_last_number(
        self, store: Store
    ) -> None:
        step = Step.REPLY
        with store.transaction() as writer:
            writer.add(interview())
            for look in "abc":
                writer.revise("acme", {step: look}, NOW)
        with store.transaction() as writer:
            writer.remove("acme")
            writer.add(interview())
            made = writer.revise("acme", {step: "c"}, NOW)
        assert made[step].sequence == 3

    def test_a_block_that_fails_changes_nothing(self, store: Store) -> None:
        with store.transaction() as writer:
            writer.add(interview())
        before = changes(store)
        with pytest.raises(ZeroDivisionError):
            fail_half_way(store)
        with store.reading() as reader:
            assert reader.interviews() == (interview(),)
            assert reader.settings() == {}
            assert reader.all_revisions() == {}
            assert reader.feeds() == ()
            assert reader.changes() == before

    def test_every_change_counts_and_a_look_does_not(self, store: Store) -> None:
        counts = [changes(store)]
        with store.transaction() as writer:
            writer.add(interview())
        counts.append(changes(store))
        with store.transaction() as writer:
            writer.revise("acme", LOOKS, NOW)
        counts.append(changes(store))
        with store.transaction() as writer:
            writer.revise("acme", LOOKS, NOW)
            assert writer.interviews() == (interview(),)
        counts.append(changes(store))
        with store.transaction() as writer:
            writer.wipe()
        counts.append(changes(store))
        assert counts == [0, 1, 2, 2, 3]

    def test_threads_take_turns(self, store: Store) -> None:
        with store.transaction() as writer:
            writer.add(interview())

        def work() -> None:
            for _ in range(10):
                with store.transaction() as inner:
                    inner.append("acme", promised())

        threads = [Thread(target=work) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(60)
        assert len(kept(store)[0].journal) == 40
