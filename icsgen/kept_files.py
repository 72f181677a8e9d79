"""Small files kept in the cache folder, so that what is in them need not be worked out again.

All are derived: any may be deleted at any time, and that changes no answer. What is damaged, too
large or somebody else's counts as absent, and a folder that cannot be written keeps nothing.
"""

import os
import stat
from binascii import crc32
from contextlib import suppress
from pathlib import Path
from typing import Any

LARGEST_BYTES = 500_000
"""More than this we did not write."""

_READ = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
_WRITE = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0)


def read_kept(path: Path) -> Any:
    """Give what was kept there, or None where there is nothing that can be trusted.

    That it is whole does not say that it is of the right shape, or still fits.
    """
    from json import loads  # only with a cache at hand

    try:
        digest, _, body = _read(path).partition(b"\n")
        return loads(body) if digest == _digest(body) else None
    except (OSError, ValueError, RecursionError):
        return None


def keep(path: Path, record: Any) -> None:
    """Keep a JSON value for the next time, whole or not at all; silently without it if it fails."""
    from json import dumps  # only with a cache at hand
    from threading import get_ident

    part = path.with_name(f".{path.name}.{os.getpid()}.{get_ident()}")
    with suppress(OSError, TypeError, RecursionError):  # TypeError: JSON cannot hold it
        body = dumps(record, ensure_ascii=False, separators=(",", ":")).encode()
        # Each by itself: `parents=True` would leave those above open to all.
        for folder in reversed(path.parents):
            folder.mkdir(mode=0o700, exist_ok=True)
        part.unlink(missing_ok=True)
        try:
            with os.fdopen(os.open(part, _WRITE, 0o600), "wb") as file:
                file.write(_digest(body) + b"\n" + body)
            part.replace(path)
        finally:
            part.unlink(missing_ok=True)


def file_word(word: str) -> str:
    """Give a word as part of a file's name, whatever is in it."""
    plain = word.isascii() and word.replace("-", "x").isalnum() and len(word) <= 16
    return word if plain else f"x{crc32(word.encode('utf-8', 'replace')):08x}"


def _digest(body: bytes) -> bytes:
    return f"{crc32(body):08x}".encode()


def _read(path: Path) -> bytes:
    """Give a file's bytes if it is a plain one, of a fair size, that only its owner can write."""
    with os.fdopen(os.open(path, _READ), "rb") as file:
        facts = os.fstat(file.fileno())
        if not stat.S_ISREG(facts.st_mode) or facts.st_size > LARGEST_BYTES:
            raise ValueError("not a file of ours")
        if os.name == "posix" and (facts.st_uid != os.geteuid() or facts.st_mode & 0o022):
            raise ValueError("somebody else may have written it")
        return file.read(LARGEST_BYTES)
