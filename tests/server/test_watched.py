"""A feed that follows its file."""

import os
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from icsgen.errors import InputError
from icsgen.server.feeds import FeedBytes
from icsgen.server.gate import token_digest
from icsgen.server.watched import WatchedFeed

TOKEN = "a-token"  # noqa: S105 - opens nothing
KEPT = "The feed stays as it was until this is mended."
WRITTEN_AT = datetime(2026, 3, 1, 8, 0, tzinfo=UTC)
MORNING = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
A_SECOND = timedelta(seconds=1)
A_MINUTE = timedelta(minutes=1)


class Story:
    """A file, a clock, and what a subscriber sees of them."""

    def __init__(self, path: Path, text: str = "one") -> None:
        self.path = path
        self.now = MORNING
        self.said: list[str] = []
        self.rendered_at: list[datetime] = []
        self.while_reading: Callable[[], None] = lambda: None
        self.write(text, WRITTEN_AT)
        self.feed = WatchedFeed(
            TOKEN, self.render, [path], now=lambda: self.now, say=self.said.append
        )

    def render(self, as_of: datetime) -> bytes:
        self.rendered_at.append(as_of)
        text = self.path.read_text("utf-8")
        self.while_reading()
        if text == "bad":
            raise InputError("this cannot be read", where="interviews.csv", remedy="mend line 1")
        return text.encode()

    def write(self, text: str, at: datetime | None = None) -> None:
        self.path.write_text(text, "utf-8")
        moment = (at or self.now).timestamp()
        os.utime(self.path, (moment, moment))

    def later(self, by: timedelta) -> FeedBytes:
        """What a subscriber gets after a while."""
        self.now += by
        feed = self.feed.current(token_digest(TOKEN.encode()))
        assert feed
        return feed


@pytest.fixture
def story(tmp_path: Path) -> Story:
    return Story(tmp_path / "interviews.csv")


def test_another_token_finds_nothing(story: Story) -> None:
    assert story.feed.current(token_digest(b"another")) is None
    assert story.feed.current(b"") is None
    assert story.feed.current(TOKEN.encode()) is None


def test_a_server_started_again_never_goes_back_in_time(story: Story) -> None:
    story.write("two")
    before = story.later(A_SECOND)
    story.now += A_MINUTE
    again = WatchedFeed(
        TOKEN, story.render, [story.path], now=lambda: story.now, say=story.said.append
    ).current(token_digest(TOKEN.encode()))
    assert again
    assert again.etag == before.etag
    assert again.modified_at > before.modified_at


def test_what_is_no_file_is_a_feed_too() -> None:
    feed = WatchedFeed(TOKEN, lambda _: b"demo", now=lambda: MORNING, say=print)
    assert feed.current(token_digest(TOKEN.encode())) == FeedBytes.of(b"demo", MORNING)


def test_an_unchanged_file_is_read_once_a_day(story: Story) -> None:
    feeds = {story.later(A_MINUTE) for _ in range(100)}
    assert len(feeds) == 1
    assert story.rendered_at == [MORNING]
    story.later(timedelta(hours=20))
    assert story.rendered_at == [MORNING, story.now]


def test_a_change_is_seen_a_second_later_with_a_new_tag_and_time(story: Story) -> None:
    before = story.later(A_MINUTE)
    story.write("two")
    after = story.later(A_SECOND)
    assert (after.body, after.modified_at) == (b"two", story.now)
    assert after.etag != before.etag


def test_a_change_of_the_same_size_and_time_is_seen_if_it_follows_close(story: Story) -> None:
    story.write("two")
    story.later(A_SECOND)
    story.write("owt", story.now - A_SECOND)
    assert story.later(A_SECOND).body == b"owt"


def test_within_a_second_nobody_looks_twice(story: Story) -> None:
    story.later(A_SECOND)
    story.write("two")
    assert story.later(A_SECOND / 2).body == b"one"
    assert story.later(A_SECOND / 2).body == b"two"


def test_a_file_that_reads_the_same_keeps_its_time(story: Story) -> None:
    before = story.later(A_MINUTE)
    story.write("one")
    assert story.later(A_MINUTE) is before


def test_last_modified_rises_with_each_change_even_to_an_older_file(story: Story) -> None:
    first = story.later(A_MINUTE)
    story.write("two", WRITTEN_AT - timedelta(days=300))
    second = story.later(A_MINUTE)
    assert second.body == b"two"
    assert second.modified_at > first.modified_at


def test_last_modified_rises_though_the_clock_is_set_back(story: Story) -> None:
    story.write("two")
    first = story.later(A_MINUTE)
    story.write("three")
    second = story.later(-timedelta(days=2))
    assert (second.body, second.modified_at) == (b"three", first.modified_at + A_SECOND)


def test_a_file_gone_bad_keeps_the_last_good_feed_and_is_told_once(story: Story) -> None:
    good = story.later(A_MINUTE)
    story.write("bad")
    assert [story.later(A_MINUTE) for _ in range(5)] == [good] * 5
    assert story.said == [f"interviews.csv: this cannot be read; mend line 1. {KEPT}"]


def test_a_file_gone_bad_is_told_once_however_often_it_is_read(story: Story) -> None:
    story.write("bad")
    for _ in range(3):
        story.later(A_SECOND)
        story.write("bad")
    assert len(story.rendered_at) > 2
    assert len(story.said) == 1


def test_a_file_made_good_again_is_followed_and_told(story: Story) -> None:
    story.write("bad")
    story.later(A_MINUTE)
    story.write("three")
    assert story.later(A_MINUTE).body == b"three"
    assert story.said[1:] == ["The file can be read again; the feed follows it."]


def test_a_file_that_is_gone_is_named_and_keeps_the_feed(story: Story) -> None:
    story.path.unlink()
    assert story.later(A_MINUTE).body == b"one"
    [sentence] = story.said
    assert sentence.startswith(f"{story.path}: cannot be read (")
    assert sentence.endswith(f"). {KEPT}")


def test_no_sentence_holds_the_token(story: Story) -> None:
    story.write("bad")
    story.later(A_MINUTE)
    story.path.unlink()
    story.later(A_MINUTE)
    assert len(story.said) == 2
    assert TOKEN not in "".join(story.said)


def test_a_file_that_changes_while_it_is_read_is_read_again(story: Story) -> None:
    story.write("bad")
    story.while_reading = lambda: story.write("whole", story.now + A_SECOND)
    assert story.later(A_MINUTE).body == b"one"
    assert story.said == []
    story.while_reading = lambda: None
    assert story.later(A_MINUTE).body == b"whole"


def test_rows_left_out_are_told_when_they_are_others_than_before(tmp_path: Path) -> None:
    story = Story(tmp_path / "interviews.csv")
    left_out = ["line 2: no role"]
    story.feed = WatchedFeed(
        *(TOKEN, story.render, [story.path]),
        now=lambda: story.now,
        say=story.said.append,
        refused=lambda: left_out,
    )
    story.write("two")
    story.later(A_MINUTE)
    assert story.said == []  # who started it has told of these
    left_out = ["line 3: no start", "line 4: no start"]
    for _ in range(3):
        story.write("three")
        story.later(A_MINUTE)
    assert story.said == left_out


def test_a_file_that_is_bad_at_the_start_is_the_callers(tmp_path: Path) -> None:
    with pytest.raises(InputError):
        Story(tmp_path / "interviews.csv", "bad")
