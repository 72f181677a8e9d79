"""A table of a playbook's file that gives checked values and says where in the file a fault is."""

import re
from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import Any, NoReturn, TypeVar

from icsgen.errors import PlaybookError
from icsgen.text import clean_line

LONGEST_TEXT = 300
"""A title or a reason is a sentence; more than this many characters is a slip."""

POINTS = {"A0": 10, "A1": 25, "A2": 6, "A3": 7, "A4": 8}
"""How many points each article has; ``advice.toml`` lists them."""

CITING = ("source", "because")
"""The keys that say where the figures beside them come from."""

_POINT = r"(A[0-4])\.([1-9][0-9]?)|(A0)\.(5)[ab]"

Choice = TypeVar("Choice", bound=StrEnum)


def is_point(text: str) -> bool:
    """Tell whether an article has that point, for instance ``A3.3`` or ``A0.5b``."""
    found = re.fullmatch(_POINT, text)
    return found is not None and (found[1] is None or int(found[2]) <= POINTS[found[1]])


def nearest(word: str, choices: Iterable[str]) -> str:
    """Give a remedy that names the choice most like ``word``, or else all of them."""
    from difflib import get_close_matches  # only where something is wrong: start-up stays short

    known = list(choices)
    alike = get_close_matches(word[:40], known, n=1)
    return f'did you mean "{alike[0]}"?' if alike else f"use one of: {', '.join(known)}"


class Table:
    """One table of the file, which can say where in the file each of its keys stands."""

    def __init__(
        self, values: Mapping[str, Any], file: str, lines: list[str], path: str = ""
    ) -> None:
        self.values = values
        self._file = file
        self._lines = lines
        self._path = path

    def wrong(self, key: str, what: str, remedy: str) -> NoReturn:
        """Raise what is wrong with ``key``."""
        from icsgen.playbooks.lines import line_of  # only where something is wrong

        dotted = f"{self._path}.{key}" if self._path else key
        line = line_of(self._lines, self._path, key)
        place = f"{self._file}, line {line}" if line else self._file
        raise PlaybookError(what, where=f"{place}, {clean_line(dotted)[:80]}", remedy=remedy)

    def only(self, keys: Iterable[str]) -> None:
        """Refuse keys that mean nothing here."""
        known = list(keys)
        for key in self.values:
            if key not in known:
                self.wrong(key, "nobody knows this key", nearest(key, known))

    def get(self, key: str, kind: type, words: str, default: Any = None) -> Any:
        """Give a value of one type, which ``words`` describes.

        Without a default it has to be there.
        """
        if key not in self.values:
            if default is None:
                self.wrong(key, "it is missing", f"give {words}")
            return default
        value = self.values[key]
        if type(value) is not kind:
            self.wrong(key, f"it is {shown(value)}", f"give {words}")
        return value

    def table(self, key: str, default: Any = None) -> "Table":
        """Give the table under ``key``."""
        return self.within(key, self.get(key, dict, f"a table [{key}]", default))

    def within(self, key: str, values: Mapping[str, Any]) -> "Table":
        """Give a table of ``values`` that stands under ``key``."""
        path = f"{self._path}.{key}" if self._path else key
        return Table(values, self._file, self._lines, path)

    def line(self, key: str, default: Any = None) -> str:
        """Give a text of one line, clean."""
        text = clean_line(self.get(key, str, "a text in quotation marks", default))
        if key in self.values and not text:
            self.wrong(key, "it is empty", "give a text in quotation marks")
        if len(text) > LONGEST_TEXT:
            self.wrong(
                key, f"it has {len(text)} characters", f"{LONGEST_TEXT} are the most it may have"
            )
        return text

    def choice(self, key: str, choices: type[Choice]) -> Choice | None:
        """Give one of a closed set, or None where nothing is said."""
        if key not in self.values:
            return None
        known = [choice.value for choice in choices]
        value = self.get(key, str, f"one of: {', '.join(known)}")
        if value not in known:
            self.wrong(key, f"nobody knows {shown(value)}", nearest(value, known))
        return choices(value)

    def beside(self, kind: str, key: str) -> str:
        """Give the ``source`` or ``because`` that speaks of the figure ``key``, if any."""
        if isinstance(self.values.get(kind), dict):
            return self.table(kind).text_for(kind, key)
        return self.text_for(kind, kind)

    def text_for(self, kind: str, key: str) -> str:
        """Give the text under ``key``; a ``source`` has to be a point of an article."""
        text = self.line(key, "")
        if text and kind == "source":
            self._check_point(key, text)
        return text

    def _check_point(self, key: str, source: str) -> None:
        if not is_point(source):
            self.wrong(
                key,
                f"no article has a point {shown(source)}",
                'name one like "A3.3", or write `because` with a reason of your own',
            )


def shown(value: object) -> str:
    """Give a value as a message may show it: short, on one line."""
    if isinstance(value, dict):
        return "a table"
    if isinstance(value, list):
        return "a list"
    if isinstance(value, int) and value.bit_length() > 64:
        return "a very large number"
    text = clean_line(str(value).lower() if isinstance(value, bool) else str(value))
    text = text if len(text) <= 40 else f"{text[:40]}…"
    return f'"{text}"' if isinstance(value, str) else text
