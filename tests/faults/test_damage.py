"""Files that are not what we wrote: named, left alone, and replaced by a backup when asked."""

import random
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from icsgen.errors import StoreDamaged, StoreError
from icsgen.model import Interview
from icsgen.store.backup import back_up, is_sound, restoring
from icsgen.store.sqlite import open_store
from tests.store.nouns import LOOKS, NOW, feed, interview, promised

PAGE = 4096


def fill(path: Path) -> tuple[Interview, ...]:
    with closing(open_store(path, now=NOW)) as store:
        with store.transaction() as writer:
            for number in range(60):
                writer.add(interview(f"id{number}", company="Acme " * 20, journal=[promised()] * 3))
                writer.revise(f"id{number}", LOOKS, NOW)
            writer.add_feed(feed())
        with store.reading() as reader:
            return reader.interviews()


def everything(path: Path) -> tuple[object, ...]:
    with closing(open_store(path, now=NOW)) as store, store.reading() as reader:
        found = reader.interviews(), reader.headings(), reader.settings(), reader.feeds()
        return (*found, reader.all_revisions())


def truncated(content: bytes) -> bytes:
    return content[: len(content) // 2 + 100]


def cut_in_the_header(content: bytes) -> bytes:
    return content[:50]


def garbage_header(content: bytes) -> bytes:
    return b"\x7fELF" + bytes(range(96)) + content[100:]


def zeroed_header(content: bytes) -> bytes:
    return bytes(100) + content[100:]


def zeroed(content: bytes) -> bytes:
    return bytes(len(content))


def zeroed_tables(content: bytes) -> bytes:
    return content[:PAGE] + bytes(len(content) - PAGE)


def empty(content: bytes) -> bytes:
    return content[:0]


def a_text(content: bytes) -> bytes:
    return b"Dear Dana,\n" * (len(content) // 11)


DAMAGES = [
    truncated,
    cut_in_the_header,
    garbage_header,
    zeroed_header,
    zeroed,
    zeroed_tables,
    empty,
    a_text,
]


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_file_is_named_left_alone_and_replaced_when_asked(
    tmp_path: Path, damage: Callable[[bytes], bytes]
) -> None:
    path = tmp_path / "afterword.db"
    kept = fill(path)
    made = back_up(path, NOW)
    damaged = damage(path.read_bytes())
    path.write_bytes(damaged)
    for _ in range(2):
        with pytest.raises(StoreDamaged) as caught:
            everything(path)
        assert caught.value.where == str(path)
        assert "backup of 2026-11-22 09:00 UTC" in caught.value.remedy
        assert path.read_bytes() == damaged
    with restoring(path, made.path, NOW):
        pass
    assert everything(path)[0] == kept
    (aside,) = tmp_path.glob("*.damaged-*")
    assert aside.read_bytes() == damaged


def test_without_a_backup_the_words_do_not_promise_one(tmp_path: Path) -> None:
    path = tmp_path / "afterword.db"
    path.write_bytes(b"")
    with pytest.raises(StoreDamaged, match=r"empty.*no backup yet"):
        open_store(path, now=NOW)
    assert path.read_bytes() == b""


def test_a_lost_page_is_noticed_before_anything_wrong_is_said(tmp_path: Path) -> None:
    path = tmp_path / "afterword.db"
    fill(path)
    right, content = everything(path), path.read_bytes()
    noticed = 0
    for page in range(len(content) // PAGE):
        lost = bytearray(content)
        lost[page * PAGE : (page + 1) * PAGE] = bytes(PAGE)
        path.write_bytes(lost)
        try:
            # What is not read need not be noticed here; a look at the whole finds it.
            assert everything(path) == right
        except StoreDamaged:
            noticed += 1
        assert not is_sound(path)
        assert path.read_bytes() == lost
    assert noticed > len(content) // PAGE / 2


@pytest.mark.parametrize("seed", range(5))
def test_flipped_octets_never_end_in_a_traceback(tmp_path: Path, seed: int) -> None:
    path = tmp_path / "afterword.db"
    fill(path)
    content = path.read_bytes()
    dice = random.Random(seed)  # noqa: S311 - not a secret
    for _ in range(20):
        flipped = bytearray(content)
        for _ in range(dice.randint(1, 200)):
            flipped[dice.randrange(len(flipped))] = dice.randrange(256)
        path.write_bytes(flipped)
        try:
            everything(path)
            with closing(open_store(path, now=NOW)) as store, store.transaction() as writer:
                writer.append("id7", promised())
        except StoreError:
            pass


def test_a_folder_in_its_place_is_named_and_stays(tmp_path: Path) -> None:
    path = tmp_path / "afterword.db"
    path.mkdir()
    (path / "letter.txt").write_text("mine")
    with pytest.raises(StoreError, match="a folder, not a file"):
        open_store(path, now=NOW)
    assert (path / "letter.txt").read_text() == "mine"


def test_a_backup_takes_a_folder_s_place_and_the_folder_is_set_aside(tmp_path: Path) -> None:
    path = tmp_path / "afterword.db"
    kept = fill(path)
    made = back_up(path, NOW)
    path.unlink()
    path.mkdir()
    (path / "letter.txt").write_text("mine")
    with restoring(path, made.path, NOW):
        pass
    assert everything(path)[0] == kept
    (aside,) = tmp_path.glob("*.damaged-*")
    assert (aside / "letter.txt").read_text() == "mine"


READ_ONLY = """
import ctypes, os, sys
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
if os.geteuid() == 0 and len(sys.argv) == 2:
    for right in (1, 2):  # CAP_DAC_OVERRIDE and CAP_DAC_READ_SEARCH: root, but held to the modes
        ctypes.CDLL(None).prctl(24, right, 0, 0, 0)  # PR_CAPBSET_DROP, from the next exec on
    os.execv(sys.executable, [*sys.orig_argv, "again"])
from icsgen.errors import StoreError
from icsgen.store.sqlite import open_store
path = Path(sys.argv[1])
with closing(open_store(path, now=datetime(2026, 11, 22, tzinfo=UTC))) as store:
    with store.reading() as reader:
        print(len(reader.interviews()))
    try:
        with store.transaction() as writer:
            writer.wipe()
    except StoreError as error:
        print(error)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no modes")
def test_what_may_only_be_read_is_read_and_a_write_says_why_not(tmp_path: Path) -> None:
    path = tmp_path / "data" / "afterword.db"
    kept = fill(path)
    content = path.read_bytes()
    path.parent.chmod(0o555)
    path.chmod(0o444)
    try:
        said = subprocess.run(
            [sys.executable, "-c", READ_ONLY, path],
            check=True,
            capture_output=True,
            text=True,
            timeout=60,
        ).stdout.splitlines()
    finally:
        path.parent.chmod(0o700)
    assert said[0] == str(len(kept))
    assert said[1].startswith(f"{path}: the file may not be read or written")
    assert path.read_bytes() == content
