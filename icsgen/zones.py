"""Time zones from the locked ``tzdata``, never the system's, with their changes and rules.

The only importer of ``tzdata``. The system's copy may be years behind, and two machines would then
plan two dates.
"""

import re
import struct
from datetime import UTC, datetime, timedelta
from functools import cache, cached_property
from io import BytesIO
from pathlib import Path
from typing import NamedTuple
from zoneinfo import ZoneInfo

import tzdata

from icsgen.errors import UnknownPlace

__all__ = ["Change", "Zone", "tzdata_version", "zone", "zone_keys"]

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_FIXED_OFFSET = r"(?i)(?:UTC|GMT|Z)?[ _]*([+\-\u2212])[ _]*([0-9]{1,2})(.*)"
"""What people write for a clock without a place, such as UTC+3."""
_HEADER = struct.Struct(">4s c 15x 6L")
"""TZif's header, RFC 9636 section 3.1: magic, version, and the counts of what follows."""


class Change(NamedTuple):
    """A moment from which on a zone's clocks show something else."""

    at: datetime
    """In UTC."""
    offset: timedelta
    """East of Greenwich, from then on."""
    is_dst: bool
    abbreviation: str


class Zone(ZoneInfo):
    """A ``ZoneInfo`` out of the locked ``tzdata``, which also tells its changes and its rule.

    ``zone(key)`` makes it, one object a key; ``Zone(key)`` is the same.
    """

    def __new__(cls, key: str) -> "Zone":
        """Give the one zone of this key, whatever the system's own data say."""
        return zone(key)

    def __reduce__(self) -> tuple[object, ...]:
        """Let copies and pickles be the zone of that key."""
        return zone, (self.key,)

    octets: bytes
    """Its whole file (RFC 9636), kept so that nobody who asks for changes opens one."""

    @cached_property
    def footer(self) -> str:
        """The POSIX TZ string after the last change (RFC 9636 section 3.3), or an empty one."""
        return self.octets.rstrip(b"\n").rpartition(b"\n")[2].decode("ascii")

    @cached_property
    def changes(self) -> tuple[Change, ...]:
        """Every change that the file lists, in order of time; ``footer`` says what follows."""
        return _changes(self.octets)


def zone(key: str) -> Zone:
    """Give the zone of an IANA name, always the same object; aliases are names too.

    Raises UnknownPlace, with the nearest name there is.
    """
    if key not in zone_keys():
        raise UnknownPlace(f"there is no time zone {key[:64]!r}", remedy=_remedy(key))
    return _load(key)


@cache
def zone_keys() -> frozenset[str]:
    """Give every name that ``tzdata`` has; nothing else is ever opened as a file."""
    # The placeholder of a machine that nobody has set up yet is no place.
    return frozenset((_root() / "zones").read_bytes().decode("ascii").split()) - {"Factory"}


def tzdata_version() -> str:
    """Give the release of the IANA data in use, for instance ``2026f``."""
    return str(tzdata.IANA_VERSION)


@cache
def _load(key: str) -> Zone:
    data = _file(key).read_bytes()
    made = Zone.from_file(BytesIO(data), key)
    made.octets = data
    return made


def _root() -> Path:
    return Path(tzdata.__path__[0])


def _file(key: str) -> Path:
    return _root() / "zoneinfo" / key


def _remedy(key: str) -> str:
    # Only a mistake pays for this import.
    from difflib import get_close_matches

    offset = re.match(_FIXED_OFFSET, key.strip())
    if offset:
        return _remedy_of_offset(int(offset[2]), offset[3], east=offset[1] == "+")
    known = {name.lower(): name for name in sorted(zone_keys())}
    short = {name.rpartition("/")[2]: whole for name, whole in known.items()}
    wanted = key[:64].lower().replace(" ", "_")
    for names in (known, short):
        near = get_close_matches(wanted, names, n=1, cutoff=0.7)
        if near:
            return f"did you mean {names[near[0]]}?"
    return "use an IANA name such as Europe/Berlin or America/New_York"


def _remedy_of_offset(hours: int, rest: str, *, east: bool) -> str:
    fixed = f"Etc/GMT{'-' if east else '+'}{hours}"  # POSIX's sign: west of Greenwich is plus
    known = fixed in zone_keys() and not rest.strip(":0")
    other = f", or {fixed}, whose sign is the other way round" if known else ""
    return f"give a city's zone, such as Europe/Moscow{other}"


def _changes(data: bytes) -> tuple[Change, ...]:
    """Read the 64-bit block of a TZif file (RFC 9636 section 3.2), which follows the 32-bit one."""
    start = _HEADER.size + _block_size(data, 0, time_size=4)
    _, _, _, _, _, times, types, chars = _HEADER.unpack_from(data, start)
    at = start + _HEADER.size
    moments = struct.unpack_from(f">{times}q", data, at)
    indexes = data[at + times * 8 : at + times * 9]
    at += times * 9
    kinds = [struct.unpack_from(">l?B", data, at + 6 * index) for index in range(types)]
    names = data[at + types * 6 : at + types * 6 + chars]
    return tuple(
        Change(
            _EPOCH + timedelta(seconds=moment),
            timedelta(seconds=offset),
            is_dst,
            _name(names, index),
        )
        for moment, (offset, is_dst, index) in zip(
            moments, (kinds[i] for i in indexes), strict=True
        )
        if moment > _FIRST
    )


_FIRST = int((datetime(1800, 1, 1, tzinfo=UTC) - _EPOCH).total_seconds())
"""What lies before is a mark of zic's, not a change of clocks."""


def _block_size(data: bytes, start: int, *, time_size: int) -> int:
    _, _, uts, walls, leaps, times, types, chars = _HEADER.unpack_from(data, start)
    return int(times * (time_size + 1) + types * 6 + chars + leaps * (time_size + 4) + walls + uts)


def _name(names: bytes, index: int) -> str:
    return names[index : names.index(b"\0", index)].decode("ascii")
