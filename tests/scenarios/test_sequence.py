"""SEQUENCE rises exactly when an event's time or text changes, and never falls, whatever happens.

RFC 5545 section 3.8.7.4; a calendar that has seen a higher number ignores a lower one for good.
"""

import shutil
from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from hashlib import blake2b
from inspect import getsource
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st

from icsgen.desk.revising import EDITION
from icsgen.errors import AfterwordError
from icsgen.feed import words
from tests.scenarios.search import FIRST, LAST, REPLY, SECOND, THANKS, JobSearch

Events = dict[str, tuple[int, str, str]]


def check(before: Events, after: Events) -> None:
    """Hold one look at the feed against the next."""
    for uid in before.keys() & after.keys():
        number, changed_at, text = before[uid]
        later_number, later_changed_at, later_text = after[uid]
        assert later_number == number + (text != later_text), (uid, text, later_text)
        assert later_changed_at >= changed_at
        assert (later_changed_at != changed_at) <= (text != later_text)


def check_return(before: Events, after: Events) -> None:
    """Hold events that were out of the feed for a while against when they were last in it.

    A cancelled one leaves after 14 days; what changes of it meanwhile is counted all the same.
    """
    for uid in before.keys() & after.keys():
        number, changed_at, text = before[uid]
        later_number, later_changed_at, later_text = after[uid]
        assert later_number >= number + (text != later_text), (uid, text, later_text)
        assert later_changed_at >= changed_at


Act = Callable[[JobSearch], object]

ACTS: dict[str, Act] = {
    "thanks": lambda s: s.sends(THANKS),
    "thanks in part": lambda s: s.sends(THANKS, "Ann"),
    "first": lambda s: s.sends(FIRST),
    "second": lambda s: s.sends(SECOND),
    "last": lambda s: s.sends(LAST),
    "reply": lambda s: s.sends(REPLY),
    "skip": lambda s: s.skips(FIRST),
    "snooze": lambda s: s.snoozes(FIRST, f"{s.now + timedelta(days=3):%Y-%m-%dT%H:%M}"),
    "promise": lambda s: s.is_promised(f"{s.now + timedelta(days=5):%Y-%m-%d}"),
    "replied": lambda s: s.hears("replied"),
    "rejected": lambda s: s.hears("rejected"),
    "news": lambda s: s.has_news("new-information"),
    "undo": lambda s: s.undoes("Acme"),
    "restart": lambda s: s.restart(),
    "another role": lambda s: s.desk.edit("Acme", lambda i: i._replace(role=i.role + "!"), s.now),
    "other notes": lambda s: s.desk.edit("Acme", lambda i: i._replace(notes="x"), s.now),
    "fewer people": lambda s: s.desk.edit(
        "Acme", lambda i: i._replace(contacts=i.contacts[:1]), s.now
    ),
    "another playbook": lambda s: s.desk.set("playbook", "tuesday", s.now),
    "no playbook": lambda s: s.desk.set("playbook", "", s.now),
    "nothing": lambda _: None,
}
PEOPLE = [{"name": "Ann", "email": "a@acme.example"}, {"name": "Ben", "email": "b@acme.example"}]


@settings(max_examples=40)
@given(st.lists(st.tuples(st.sampled_from(sorted(ACTS)), st.integers(0, 4)), max_size=12))
def test_sequence_rises_exactly_when_time_or_text_changes(acts: list[tuple[str, int]]) -> None:
    with TemporaryDirectory() as folder:
        search = JobSearch(Path(folder) / "search")
        search.meets(contacts=PEOPLE)
        seen = search.events()
        gone: Events = {}
        for act, days in acts:
            search.now += timedelta(days=days, minutes=7)
            with suppress(AfterwordError):  # refused, so that nothing may have changed
                ACTS[act](search)
            events = search.events()
            check(seen, events)
            check_return(gone, events)
            gone = {uid: each for uid, each in {**gone, **seen}.items() if uid not in events}
            seen = events
        search.desk.keeper.close()


def test_a_restart_changes_no_number(search: JobSearch) -> None:
    search.meets()
    search.it_is("2026-11-12T09:40").sends(THANKS)
    before = search.events()
    search.restart()
    search.it_is("2026-11-15T09:40")
    assert search.events() == before


def test_an_undoing_goes_up_too_and_shows_what_was(search: JobSearch) -> None:
    search.meets()
    before = search.events()
    search.it_is("2026-11-18T10:00").hears("rejected")
    search.it_is("2026-11-18T10:05").undoes()
    after = search.events()
    assert after.keys() == before.keys()
    for uid, (number, _, text) in before.items():
        assert after[uid][0] == number + 2
        assert after[uid][2] == text


def test_an_old_backup_brings_back_texts_but_no_numbers(search: JobSearch, tmp_path: Path) -> None:
    search.meets()
    old = tmp_path / "old.db"
    shutil.copy(search.desk.keeper.back_up().path, old)
    first = search.events()
    search.it_is("2026-11-12T09:40").sends(THANKS)
    search.it_is("2026-11-13T09:40").is_promised("2026-11-20")
    before = search.events()
    search.it_is("2026-11-14T09:00")
    search.desk.restore(old, search.now)
    after = search.events()
    assert after.keys() == before.keys()
    assert [text for _, _, text in after.values()] == [text for _, _, text in first.values()]
    check(before, after)


def test_an_interview_that_was_removed_and_came_again_goes_on_above(search: JobSearch) -> None:
    search.meets(id="acme")
    search.it_is("2026-11-13T09:40").is_promised("2026-11-20")
    before = search.events()
    search.desk.remove("acme")
    search.meets(id="acme")
    after = search.events()
    assert all(after[uid][0] > before[uid][0] for uid in before)


def test_uids_name_interview_and_step_for_life(search: JobSearch) -> None:
    search.meets(id="acme")
    known = set(search.events())
    assert known == {
        f"acme.{step}@afterword"
        for step in ("thank_you", "first_check_in", "second_check_in", "close_out")
    }
    search.desk.edit("acme", lambda i: i._replace(company="Bolt", role="Lead"), search.now)
    assert set(search.events()) == known


def test_our_own_words_have_an_edition() -> None:
    # New words in the feed are a new text: raise EDITION in icsgen/desk/revising.py with them.
    digest = blake2b(getsource(words).encode(), digest_size=8).hexdigest()
    assert (EDITION, digest) == ("1", "48654ec9101e0772")
