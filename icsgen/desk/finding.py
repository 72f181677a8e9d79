"""Which interview a person means: by its id, the beginning of one, or its company's name."""

from collections.abc import Iterable, Sequence
from typing import Protocol, TypeVar

from icsgen.errors import Ambiguous, NotFound

__all__ = ["Known", "one", "shortest"]

_SHORTEST = 4
_SHOWN = 5
"""How many candidates a message lists."""


class Known(Protocol):
    """What is known of an interview when it is looked for."""

    @property
    def id(self) -> str:
        """Its id."""

    @property
    def company(self) -> str:
        """The employer."""

    @property
    def role(self) -> str:
        """The position."""


K = TypeVar("K", bound=Known)


def one(interviews: Sequence[K], word: str) -> K:
    """Give the interview that `word` means: an id, the beginning of one, or a company's name.

    Raises NotFound with the nearest there is, and Ambiguous with those it may be.
    """
    wanted = word.strip().casefold()
    ways = (
        [i for i in interviews if i.id == word],
        [i for i in interviews if i.id.casefold() == wanted],
        [i for i in interviews if i.company.casefold() == wanted],
        [i for i in interviews if _begins(i, wanted)],
    )
    found = next((way for way in ways if way), [])
    if len(found) == 1:
        return found[0]
    if found:
        raise Ambiguous(
            f"“{word[:60]}” may be any of {len(found)} interviews",
            where="ID",
            remedy=f"use an id: {_listed(found)}",
        )
    raise NotFound(
        f"there is no interview “{word[:60]}”", where="ID", remedy=_hint(interviews, word)
    )


def shortest(ids: Sequence[str]) -> dict[str, str]:
    """Give for each id the beginning that is enough to name it, four characters at least."""
    ordered = sorted(ids, key=str.casefold)
    beside = zip(ordered, ["", *ordered], [*ordered[1:], ""], strict=False)
    return {
        each: each[: max(_SHORTEST, _alike(each, before) + 1, _alike(each, after) + 1)]
        for each, before, after in beside
    }


def _alike(one: str, other: str) -> int:
    """Give how many characters two ids have in common from the start, whatever their case."""
    pairs = zip(one.casefold(), other.casefold(), strict=False)
    return next((at for at, (a, b) in enumerate(pairs) if a != b), min(len(one), len(other)))


def _begins(interview: Known, wanted: str) -> bool:
    names = (interview.id.casefold(), interview.company.casefold())
    return bool(wanted) and any(name.startswith(wanted) for name in names)


def _hint(interviews: Sequence[Known], word: str) -> str:
    if not interviews:
        return "no interview could be read"
    names = {name.lower(): name for i in interviews for name in (i.id, i.company)}
    from difflib import get_close_matches  # only where something is wrong: start-up stays short

    alike = get_close_matches(word[:60].lower(), names, n=1)
    if alike:
        return f"did you mean “{names[alike[0]]}”?"
    return f"there are {_listed(interviews)}"


def _listed(interviews: Iterable[Known]) -> str:
    several = list(interviews)
    words = [f"{i.id} ({i.company}, {i.role})" for i in several[:_SHOWN]]
    more = len(several) - len(words)
    return ", ".join(words) + (f" and {more} more" if more > 0 else "")
