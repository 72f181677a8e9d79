"""Countries and subdivisions as people write them, looked up in a library's lists."""

import re
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from icsgen.errors import UnknownPlace

_LONGEST_CODE = 3
_SHOWN = 40


class Country(NamedTuple):
    """A country as the library knows it."""

    module: str
    entity: str
    """The class's name, for instance ``UnitedStates``."""

    @property
    def name(self) -> str:
        """Give the name in words: United States."""
        return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", self.entity).replace(" And ", " and ")


def find_country(code: str, registry: Mapping[str, tuple[str, ...]]) -> Country:
    """Give the country of a code (alpha-2 or alpha-3, capitals).

    ``registry`` has for each module the entity's name and then its codes. Raises UnknownPlace with
    what may have been meant.
    """
    for module, (entity, *codes) in registry.items():
        if code in codes and len(code) <= _LONGEST_CODE:
            return Country(module, entity)
    raise _unknown_country(code, registry)


def find_subdivision(
    given: str, country: str, name: str, codes: tuple[str, ...], aliases: Mapping[str, str]
) -> str:
    """Give the code of a subdivision told by code (DE-BY too) or by name, in any case.

    ``country`` is the country's code and ``name`` its name. Raises UnknownPlace with what may have
    been meant.
    """
    words = {code.casefold(): code for code in codes}
    for alias, code in aliases.items():
        words.setdefault(alias.casefold(), code)
    word = given.casefold()
    found = words.get(word) or words.get(word.removeprefix(f"{country.casefold()}-"))
    if found is not None:
        return found
    hint = " or ".join(dict.fromkeys(words[alike] for alike in _alike(word, words)))
    some = ", ".join(codes[:12]) + (", …" if len(codes) > len(codes[:12]) else "")
    raise UnknownPlace(
        f'{name} has no subdivision "{given[:_SHOWN]}"',
        where="subdivision",
        remedy=f"did you mean {hint}?" if hint else f"use one of: {some}",
    )


def _unknown_country(given: str, registry: Mapping[str, tuple[str, ...]]) -> UnknownPlace:
    known = {codes[0]: Country(module, entity) for module, (entity, *codes) in registry.items()}
    words = {code.casefold(): codes[0] for _, *codes in registry.values() for code in codes}
    words |= {country.name.casefold(): code for code, country in known.items()}
    alike = dict.fromkeys(words[word] for word in _alike(given, words))
    hint = " or ".join(f"{code} ({known[code].name})" for code in alike)
    codes = "give a code of two letters, such as US, GB or DE, or none to count weekends only"
    return UnknownPlace(
        f'there is no table of days for "{given[:_SHOWN]}"',
        where="country",
        remedy=f"did you mean {hint}?" if hint else codes,
    )


def _alike(word: str, words: Iterable[str]) -> list[str]:
    from difflib import get_close_matches  # only where something is wrong: start-up stays short

    return get_close_matches(word.casefold()[:_SHOWN], list(words), n=2, cutoff=0.7)
