"""Tables of days kept in a folder, so that the library that makes them need not be loaded again.

What is of another version counts as absent, as does what ``kept_files`` does not trust.
"""

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

from icsgen.kept_files import file_word, keep, read_kept
from icsgen.planning.workdays import YearTable

_FORMAT = 1


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
        words = [file_word(word) for word in (self.country, self.subdivision) if word]
        return folder / f"days-{'-'.join(words)}.json"


def read_days(folder: Path, key: Key) -> PlaceDays | None:
    """Give the days that are kept, or None where there are none that can be trusted."""
    try:
        return _decoded(read_kept(key.file(folder)), key)
    except (ValueError, TypeError, LookupError, AttributeError):
        return None  # a file of any other shape is not ours


def keep_days(folder: Path, key: Key, days: PlaceDays) -> None:
    """Keep the days for the next time, whole or not at all; silently without them if it fails."""
    keep(key.file(folder), _encoded(days, key))


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
