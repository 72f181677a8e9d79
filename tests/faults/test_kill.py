"""``kill -9`` at random moments, and several processes at once."""

import random
import signal
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest

from icsgen.journal import Step
from icsgen.store import schema
from icsgen.store.backup import backups, is_sound
from icsgen.store.sqlite import open_store
from tests.faults.child import migrations
from tests.store.nouns import NOW, interview

ROOT = Path(__file__).resolve().parents[2]
HANG_S = 120.0
QUICK, WHOLE = 12, 1000
WHO = ("acme", "beta", "core")


def child(program: str, path: Path, *words: object) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "tests.faults.child", program, str(path), *map(str, words)]
    # Without a buffer: an acknowledgement that was heard must not get lost in ours.
    pipe = subprocess.PIPE
    return subprocess.Popen(command, bufsize=0, cwd=ROOT, stdout=pipe, stderr=pipe)


def ended(process: subprocess.Popen[bytes]) -> tuple[list[str], str]:
    """Give the lines that a process said, and its complaints, when it has come to its end."""
    said, complaints = process.communicate(timeout=HANG_S)
    return said.decode().splitlines(), complaints.decode()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "afterword.db"
    with closing(open_store(path, now=NOW)) as store, store.transaction() as writer:
        for who in WHO:
            writer.add(interview(who))
    return path


def kill_writers(path: Path, times: int, seed: int) -> int:
    """Kill writers at random moments; give how many acknowledged writes there were."""
    dice = random.Random(seed)  # noqa: S311 - not a secret
    last = dict.fromkeys(WHO, 0)
    for _ in range(times):
        who = dice.choice(WHO)
        with child("writing", path, who) as process:
            # Mostly while it writes, sometimes while it starts.
            if dice.random() < 0.9 and process.stdout:
                last[who] = int(process.stdout.readline())
            time.sleep(dice.random() * 0.04)
            process.kill()
            said, complaints = ended(process)
        assert complaints == ""
        # The last line may be cut short: then it was heard by nobody.
        last[who] = max([last[who], *map(int, said)])
        last[who] = agreed(path, who, last[who])
    return sum(last.values())


def agreed(path: Path, who: str, acknowledged: int) -> int:
    """Give the number found in three places, which is the last acknowledged or the one begun."""
    assert is_sound(path)
    with closing(open_store(path, now=NOW)) as store, store.reading() as reader:
        number = int(reader.settings().get(who, "0"))
        entries = len(reader.interview(who).journal)
        revisions = reader.revisions(who)
    sequence = revisions[Step.REPLY].sequence if revisions else -1
    assert (entries, sequence) == (number, number - 1)
    assert acknowledged <= number <= acknowledged + 1
    return number


def test_a_killed_writer_loses_nothing_acknowledged(path: Path) -> None:
    assert kill_writers(path, QUICK, seed=1) > QUICK / 2


@pytest.mark.slow
@pytest.mark.timeout(3600)
def test_nor_do_a_thousand(path: Path) -> None:
    assert kill_writers(path, WHOLE, seed=2) > WHOLE / 2


def test_a_killed_backup_leaves_whole_ones_only(path: Path) -> None:
    dice = random.Random(3)  # noqa: S311 - not a secret
    for _ in range(5):
        with child("backing_up", path) as process:
            assert process.stdout
            process.stdout.readline()
            time.sleep(dice.random() * 0.03)
            process.kill()
            _, complaints = ended(process)
        assert complaints == ""
    found = backups(path)
    assert len(found) >= 5
    assert all(is_sound(one.path) for one in found)
    assert is_sound(path)


def test_three_writers_and_two_readers_do_not_get_in_each_other_s_way(path: Path) -> None:
    times = 30
    writers = [child("adding", path, who, times) for who in WHO]
    readers = [child("reading", path, times) for _ in range(2)]
    heard: list[int] = []
    for process in writers:
        said, complaints = ended(process)
        assert (complaints, process.returncode) == ("", 0)
        heard += map(int, said)
    for process in readers:
        assert ended(process) == (["agreed"], "")
    # Each counted on from what the others had counted: no update was lost.
    assert sorted(heard) == list(range(1, 3 * times + 1))
    with closing(open_store(path, now=NOW)) as store, store.reading() as reader:
        assert reader.settings() == {"shared": str(3 * times)}
        assert [len(one.journal) for one in reader.interviews()] == [times] * 3


def test_of_several_that_start_at_once_one_makes_the_store(tmp_path: Path) -> None:
    path = tmp_path / "new" / "afterword.db"
    processes = [child("reading", path, 1) for _ in range(4)]
    for process in processes:
        assert ended(process) == (["agreed"], "")
    assert [one.name for one in path.parent.iterdir()] == ["afterword.db"]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGKILL")
@pytest.mark.parametrize("count", [1, 3])
def test_a_killed_migration_is_made_good_at_the_next_start(
    tmp_path: Path, count: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert kill_migrations(tmp_path, count, 5, monkeypatch) > 3


@pytest.mark.slow
@pytest.mark.timeout(1200)
@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGKILL")
@pytest.mark.parametrize("count", [1, 2, 3])
def test_so_is_one_killed_before_any_of_its_statements(
    tmp_path: Path, count: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert kill_migrations(tmp_path, count, 1, monkeypatch) > 15


def kill_migrations(tmp_path: Path, count: int, step: int, monkeypatch: pytest.MonkeyPatch) -> int:
    """Kill the last of ``count`` migrations before every ``step``-th statement; give how often."""
    everyone = migrations(3)
    for at in range(0, 1000, step):
        home = tmp_path / str(at)
        path = home / "afterword.db"
        if count > 1:
            with monkeypatch.context() as patch:
                patch.setattr(schema, "MIGRATIONS", everyone[: count - 1])
                with closing(open_store(path, now=NOW)) as store, store.transaction() as writer:
                    writer.add(interview())
        with child("migrating", path, at, count) as process:
            said, complaints = ended(process)
        assert complaints == ""
        with monkeypatch.context() as patch:
            patch.setattr(schema, "MIGRATIONS", everyone[:count])
            with closing(open_store(path, now=NOW)) as store, store.reading() as reader:
                assert reader.interviews() == ((interview(),) if count > 1 else ())
            assert is_sound(path)
        if process.returncode == 0:
            assert said == ["open"]
            return at // step
        assert process.returncode == -signal.SIGKILL
    raise AssertionError("there are more statements than were tried")
