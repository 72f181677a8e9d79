"""Raw fields filled into a noun: what is required, what has a default, what is unknown."""

from collections.abc import Collection, Iterable, Mapping
from typing import TypeVar

from icsgen.errors import FieldError
from icsgen.sources import limits
from icsgen.sources.spot import Spot, nearest, refused, shown
from icsgen.sources.values import Reader, missing

T = TypeVar("T")
D = TypeVar("D")


class Form:
    """Reads fields one by one and goes on after a wrong one, so that all of them are named."""

    def __init__(self, raw: Mapping[str, object], spot: Spot) -> None:
        """Start with nothing wrong."""
        self.raw = raw
        self.spot = spot
        self.sound = True

    def optional(self, name: str, read: Reader[T], default: D) -> T | D:
        """Give the field, or ``default`` where it is missing or wrong."""
        raw = self.raw.get(name)
        if missing(raw):
            return default
        try:
            return read(raw, self.spot.field(name))
        except FieldError as error:
            self.refuse(error)
            return default

    def required(self, name: str, read: Reader[T], remedy: str) -> T | None:
        """Give the field; None where it is missing or wrong, and then the form is not sound."""
        if missing(self.raw.get(name)):
            self.refuse(self.spot.field(name).refusal(f"the {name} is missing", remedy))
            return None
        return self.optional(name, read, None)

    def refuse(self, error: FieldError) -> None:
        """Take note that this form gives no noun, and why."""
        self.sound = False
        self.spot.problems.append(refused(error))

    def warn_of_unknown(self, known: Collection[str]) -> None:
        """Name the fields that nobody reads; they may be misspelt."""
        unknown = [name for name in self.raw if name not in known]
        warn_of_unknown(unknown, known, self.spot)


def warn_of_unknown(names: Iterable[str], known: Collection[str], spot: Spot) -> None:
    """Warn of each name with the nearest known one, and of a great many in one sentence."""
    unknown = list(names)
    for name in unknown[: limits.UNKNOWN_NAMED]:
        hint = nearest(name.lower(), known)
        spot.warn(
            f"{shown(name)} is no field of ours and is left out" + (f"; {hint}" if hint else "")
        )
    more = len(unknown) - limits.UNKNOWN_NAMED
    if more > 0:
        spot.warn(f"{more:,} more fields are none of ours and are left out")
