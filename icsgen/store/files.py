"""Files that only their owner reads, put in their place whole and for good."""

import os
import sys
from contextlib import suppress
from pathlib import Path

from icsgen.paths import made

__all__ = [
    "SIDE_FILES",
    "clear_unfinished",
    "new_file",
    "place",
    "private_folder",
    "set_aside",
    "swap",
    "sync",
]

SIDE_FILES = ("-journal", "-wal", "-shm")
"""What SQLite keeps beside a file. A journal beside another file than its own ruins that one."""

_UNFINISHED = ".unfinished-"
_LITTER_S = 3600
"""How old an unfinished file has to be before nobody can still be at work on it."""


def private_folder(folder: Path) -> Path:
    """Give the folder, made with mode 0700 whatever the umask; one that exists keeps its mode."""
    is_new = not folder.exists()
    made(folder)
    if is_new:
        folder.chmod(0o700)
        sync(folder.parent)
    return folder


def new_file(folder: Path) -> Path:
    """Give a new empty file of mode 0600, whatever the umask, under a name for the time being.

    Such files that were left lying for an hour are deleted.
    """
    path = folder / f"{_UNFINISHED}{os.urandom(8).hex()}"
    handle = os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600)
    try:
        path.chmod(0o600)
    finally:
        os.close(handle)
    _sweep(folder, path)
    return path


def place(made_file: Path, wanted: Path) -> bool:
    """Move a finished file to its name for good, unless something has it; tell whether it did."""
    sync(made_file)
    try:
        wanted.hardlink_to(made_file)
    except FileExistsError:
        made_file.unlink()
        return False
    except OSError:  # no hard links here, on FAT for one
        if wanted.exists():
            made_file.unlink()
            return False
        made_file.rename(wanted)
    made_file.unlink(missing_ok=True)
    sync(wanted.parent)
    return True


def swap(made_file: Path, wanted: Path) -> None:
    """Put a finished file in another one's place; at any moment there is a file of that name."""
    sync(made_file)
    made_file.replace(wanted)
    sync(wanted.parent)


def set_aside(path: Path, aside: Path) -> None:
    """Give a file a second name, or a new one where there can be only one, and move its side files.

    These first: a power cut must not leave a journal for whatever takes the file's place.
    """
    for suffix in SIDE_FILES:
        with suppress(FileNotFoundError):
            Path(f"{path}{suffix}").rename(f"{aside}{suffix}")
    try:
        aside.hardlink_to(path)
    except FileNotFoundError:
        return
    except OSError:  # a folder, or no hard links here
        path.rename(aside)
    sync(path.parent)


def clear_unfinished(folder: Path) -> None:
    """Delete what was never finished, whoever left it."""
    for path in folder.glob(f"{_UNFINISHED}*"):
        path.unlink(missing_ok=True)


def sync(path: Path) -> None:
    """Have the disk itself keep what was written: a file's content, or a folder's names."""
    if sys.platform == "win32" and path.is_dir():  # it has no such call for folders
        return
    handle = os.open(path, os.O_RDONLY if path.is_dir() else os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _sweep(folder: Path, newest: Path) -> None:
    """Delete what a process that was stopped never finished, by the file system's own clock."""
    old = newest.stat().st_mtime - _LITTER_S
    for path in folder.glob(f"{_UNFINISHED}*"):
        with suppress(OSError):
            if path.stat().st_mtime < old:
                path.unlink()
