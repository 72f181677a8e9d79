"""Tables of days kept in a folder, so that the library that makes them need not be loaded again.

A derived cache: it may be deleted at any time and changes no answer. What is damaged, too large, of
another version or somebody else's counts as absent, and a folder that cannot be written keeps
nothing. (Named tuples here: a module that every plan loads, and they are made faster.)
"""

import os
import stat
from collections.abc import Mapping
from contextlib import suppress
from datetime import date
from pathlib import Path
from threading import get_ident
from typing import Any, NamedTuple
from zlib import crc32

from icsgen.planning.workdays import YearTable

LARGEST_BYTES = 500_000
"""Some 2,000 bytes a year; more than this we did not write."""

_FORMAT = 1
_READ = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
_WRITE = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0)


class PlaceDays(NamedTuple):
    """What is known of one country or subdivision."""

    place: str
    """Its name in words."""
    first: int
    """The first and the last year that can be known at all."""
    last: int
    years: Mapping[int, YearTable]
    divided: bool
    """The country has subdivisions."""
    differs: frozenset[int] = frozenset()
    """The years in which workdays differ by subdivision."""

    def has(self, years: frozenset[int]) -> bool:
        """Tell whether all of these years are here, as far as they can be known."""
        return all(year in self.years for year in years if self.first <= year <= self.last)

    def with_years(self, more: "PlaceDays") -> "PlaceDays":
        """Give these days and those of ``more``."""
        years = {**self.years, **more.years}
        return more._replace(years=years, differs=self.differs | more.differs)


class Key(NamedTuple):
    """What a table depends on: the library's version and the place as it was asked for."""

    version: str
    country: str
    subdivision: str = ""

    def file(self, folder: Path) -> Path:
        """Give the file that keeps the table."""
        words = [_file_word(word) for word in (self.country, self.subdivision) if word]
        return folder / f"days-{'-'.join(words)}.json"


def read_days(folder: Path, key: Key) -> PlaceDays | None:
    """Give the days that are kept, or None where there are none that can be trusted."""
    from json import loads  # only with a cache at hand

    try:
        whole = _read(key.file(folder))
        digest, _, body = whole.partition(b"\n")
        if digest != _digest(body):
            return None
        return _decoded(loads(body), key)
    except (OSError, ValueError, TypeError, LookupError, AttributeError, RecursionError):
        return None  # a file of any other shape is not ours


def keep_days(folder: Path, key: Key, days: PlaceDays) -> None:
    """Keep the days for the next time, whole or not at all; silently without them if it fails."""
    from json import dumps  # only with a cache at hand

    body = dumps(_encoded(days, key), ensure_ascii=False, separators=(",", ":")).encode()
    path = key.file(folder)
    part = path.with_name(f".{path.name}.{os.getpid()}.{get_ident()}")
    with suppress(OSError):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        part.unlink(missing_ok=True)
        try:
            with os.fdopen(os.open(part, _WRITE, 0o600), "wb") as file:
                file.write(_digest(body) + b"\n" + body)
            part.replace(path)
        finally:
            part.unlink(missing_ok=True)


def _file_word(word: str) -> str:
    """Give a word as part of a file's name, whatever is in it."""
    plain = word.isascii() and word.isalnum() and len(word) <= 16
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


def _encoded(days: PlaceDays, key: Key) -> dict[str, Any]:
    return {
        "key": [_FORMAT, key.version, key.country, key.subdivision],
        "place": days.place,
        "known": [days.first, days.last],
        "divided": days.divided,
        "years": {
            str(year): {
                "weekend": ["".join(map(str, sorted(table.weekend[m]))) for m in range(1, 13)],
                "holidays": {day.isoformat(): name for day, name in table.holidays.items()},
                "worked": sorted(day.isoformat() for day in table.worked),
                "differs": year in days.differs,
            }
            for year, table in days.years.items()
        },
    }


def _decoded(record: dict[str, Any], key: Key) -> PlaceDays | None:
    if record["key"] != [_FORMAT, key.version, key.country, key.subdivision]:
        return None
    place, years = record["place"], record["years"]
    first, last = record["known"]
    if [type(value) for value in (place, first, last)] != [str, int, int]:
        return None
    return PlaceDays(
        place=place,
        first=first,
        last=last,
        years={int(year): _decoded_year(table) for year, table in years.items()},
        divided=record["divided"],
        differs=frozenset(int(year) for year, table in years.items() if table["differs"]),
    )


def _decoded_year(table: dict[str, Any]) -> YearTable:
    day = date.fromisoformat
    months = [frozenset(map(int, digits)) for digits in table["weekend"]]
    return YearTable(
        weekend=dict(zip(range(1, 13), months, strict=True)),
        holidays={day(text): name for text, name in table["holidays"].items()},
        worked=frozenset(map(day, table["worked"])),
    )
