"""A feed made of files: read again when they change, kept as it was when they go bad."""

from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, timedelta
from hmac import compare_digest
from pathlib import Path

from icsgen.errors import AfterwordError
from icsgen.server.feeds import FeedBytes
from icsgen.server.gate import token_digest

PAUSE = timedelta(seconds=1)
"""Between two looks at the files, however often somebody asks."""
SETTLED = timedelta(seconds=2)
"""The coarsest clock of a file system (FAT's): what is younger may change and look the same."""

Look = tuple[date, tuple[tuple[int, int, int] | None, ...]]
"""A day, and what shows of each file unread: time, size, number; None: it is not there."""


class WatchedFeed:
    """The one feed of ``serve --from``: a ``FeedSource`` that follows its files."""

    def __init__(
        self,
        token: str,
        render: Callable[[datetime], bytes],
        paths: Sequence[Path] = (),
        *,
        now: Callable[[], datetime],
        say: Callable[[str], None],
        refused: Callable[[], Sequence[str]] = tuple,
    ) -> None:
        """Render the feed for the first time; what that raises is the caller's.

        ``render`` reads the files and gives the feed as of a moment; it is called again when one
        of ``paths`` looks different and when a day (UTC) has passed. ``now`` gives the time,
        aware. ``say`` gets a sentence for the log when the files cannot be read any more, and
        when they can again. ``refused`` gives a sentence for each row that the last ``render``
        had to leave out: those go to the log too, when they are others than before.
        """
        self._digest = token_digest(token.encode())
        self._render = render
        self._paths = tuple(paths)
        self._now = now
        self._say = say
        self._refused = refused
        self._trouble = ""
        self._looked_at = now()
        self._seen: Look | None = self._look(self._looked_at)
        # Not the files' time: a server that ran before this one may have told a later one.
        self._feed = FeedBytes.of(render(self._looked_at), self._looked_at)
        self._left_out = tuple(refused())
        self._distrust_young_files()

    def current(self, token_digest: bytes) -> FeedBytes | None:
        """Give the feed as its files are now, or as they were when they were last good."""
        if not compare_digest(token_digest, self._digest):
            return None
        now = self._now()
        # A clock that was set back must not stop us from looking.
        if not timedelta(0) <= now - self._looked_at < PAUSE:
            self._looked_at = now
            self._follow()
        return self._feed

    def _follow(self) -> None:
        seen = self._look(self._looked_at)
        if seen == self._seen:
            return
        made = self._try()
        if self._look(self._looked_at) != seen:
            # Somebody is writing right now: the next look finds the whole of it.
            return
        self._seen = seen
        self._distrust_young_files()
        self._tell_refused()
        if isinstance(made, bytes):
            self._replace(made)
        elif made != self._trouble:
            self._trouble = made
            self._say(made)

    def _try(self) -> bytes | str:
        """Give the feed, or why there is none."""
        try:
            return self._render(self._looked_at)
        except (AfterwordError, OSError) as error:
            return f"{_sentence(error)}. The feed stays as it was until this is mended."

    def _tell_refused(self) -> None:
        before, self._left_out = self._left_out, tuple(self._refused())
        if self._left_out != before:
            for sentence in self._left_out:
                self._say(sentence)

    def _replace(self, body: bytes) -> None:
        if self._trouble:
            self._trouble = ""
            self._say("The file can be read again; the feed follows it.")
        if body != self._feed.body:
            after = self._feed.modified_at + timedelta(seconds=1)
            self._feed = FeedBytes.of(body, max(self._looked_at, after))

    def _look(self, now: datetime) -> Look:
        return now.astimezone(UTC).date(), tuple(map(_visible, self._paths))

    def _distrust_young_files(self) -> None:
        """Forget how a file looked that was written just now: the next look reads it again."""
        stamps = self._seen[1] if self._seen else ()
        written_at = [datetime.fromtimestamp(stamp[0] / 1e9, UTC) for stamp in stamps if stamp]
        if any(timedelta(0) <= self._looked_at - each < SETTLED for each in written_at):
            self._seen = None


def _visible(path: Path) -> tuple[int, int, int] | None:
    try:
        stat = path.stat()
    except OSError:
        return None
    return stat.st_mtime_ns, stat.st_size, stat.st_ino


def _sentence(error: AfterwordError | OSError) -> str:
    if isinstance(error, OSError):
        return f"{error.filename}: cannot be read ({error.strerror})"
    return str(error)
