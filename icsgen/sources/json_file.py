"""JSON: one object, a list, ``{"interviews": [...]}``, or JSON lines (RFC 8259)."""

import json
import re
from collections import Counter
from collections.abc import Iterator
from itertools import accumulate, islice
from typing import NoReturn

from icsgen.errors import InputError, LimitError
from icsgen.model import Problem, Severity
from icsgen.sources import limits
from icsgen.sources.encoding import decode
from icsgen.sources.fields import FIELDS
from icsgen.sources.reading import Item, Options, Record
from icsgen.sources.spot import shown

_STRINGS = r'(?s)"(?:[^"\\]++|\\.)*+(?:"|\\?\Z)'
"""A string, closed or cut short by the end; possessive, so that it costs one pass."""
_NO_BRACKETS = r"[^\[\]{}]++"
_STEP = {"[": 1, "{": 1, "]": -1, "}": -1}
_TRAILING_COMMA = r"^.?,\s*[\]}]"
_OURS = frozenset(FIELDS) - {"role", "promised"}
"""Fields that tell an interview; contacts and journal entries have the other two as well."""
_OPENS_DOCUMENT = r'\[|\{\s*(?:"interviews"|\Z)'
_PLAIN_DIGITS = 18
_NEAR = 20


class JsonFile:
    """Interviews as JSON, to the contract's names."""

    name = "json"

    def claims(self, data: bytes, file_name: str) -> bool:
        """Tell by an opening bracket at the start, else by a line that is an interview."""
        del file_name
        try:
            text = decode(data).text
        except InputError:
            return False
        return text.lstrip().startswith(("{", "[")) or _has_interview(text)

    def records(self, data: bytes, where: str, options: Options) -> Iterator[Item]:
        """Give a record for each object; a line of JSON lines that is broken costs only itself."""
        del options
        decoded = decode(data)
        if decoded.note:
            yield Problem(where, Severity.NOTE, decoded.note)
        twice: list[str] = []
        try:
            found = parsed(decoded.text, twice)
        except InputError as error:
            if _are_lines(decoded.text):
                yield from _lines(decoded.text, where)
            else:
                yield Problem(_at(where, error.where), Severity.REFUSED, error.what)
        else:
            yield from _twice(twice, where)
            yield from _document(found, where)


def parsed(text: str, twice: list[str]) -> object:
    """Give what the JSON says; an object's field that comes twice is added to ``twice``.

    Raises LimitError where brackets are nested too deep, and InputError with line and column where
    it is no JSON.
    """
    _check_depth(text)

    def group(pairs: list[tuple[str, object]]) -> dict[str, object]:
        fields = dict(pairs)
        if len(fields) < len(pairs):
            twice.extend(
                name for name, count in Counter(name for name, _ in pairs).items() if count > 1
            )
        return fields

    try:
        return json.loads(text, strict=False, object_pairs_hook=group, parse_int=_number)
    except json.JSONDecodeError as error:
        _raise_in_words(text, error)


def _number(digits: str) -> int | float:
    """Give a number of any length: one that no field can hold need not be exact."""
    return int(digits) if len(digits) <= _PLAIN_DIGITS else float(digits)


def _check_depth(text: str) -> None:
    brackets = re.sub(_NO_BRACKETS, "", re.sub(_STRINGS, "", text))
    if max(accumulate(map(_STEP.__getitem__, brackets)), default=0) > limits.DEPTH:
        raise LimitError(f"brackets are nested deeper than the limit of {limits.DEPTH}")


def _raise_in_words(text: str, error: json.JSONDecodeError) -> NoReturn:
    place = f"line {error.lineno}, column {error.colno}"
    rest = text[error.pos :].lstrip()
    before = text[: error.pos].rstrip()
    if not rest or error.msg.startswith("Unterminated"):
        what = "it ends in the middle, as if it were cut short"
    elif re.search(_TRAILING_COMMA, before[-1:] + rest[:_NEAR]):
        what = "there is a comma with nothing after it"
    elif rest.strip() == ",":
        what = "there is a comma after the end: leave it out, or put [ and ] around the whole"
    elif error.msg.startswith("Extra data"):
        what = f"there is more after the end, from {shown(rest[:_NEAR])} on"
    else:
        what = f"this is not JSON any more, from {shown(rest[:_NEAR])} on"
    raise InputError(what, where=place) from error


def _are_lines(text: str) -> bool:
    """Tell JSON lines, of which some are broken, from one broken document."""
    first, newline, _ = text.strip().partition("\n")
    if not newline:
        return False
    try:
        return isinstance(parsed(first, []), dict) or _has_interview(text)
    except InputError:
        return not re.match(_OPENS_DOCUMENT, first.rstrip()) and _has_interview(text)


def _has_interview(text: str) -> bool:
    """Tell whether a line by itself, but for a comma after it, is an object with our fields."""
    lines = (line.strip().removesuffix(",") for line in text.split("\n") if line.startswith("{"))
    return any(map(_is_interview, islice(lines, limits.INTERVIEWS)))


def _is_interview(line: str) -> bool:
    try:
        found = parsed(line, [])
    except InputError:
        return False
    return isinstance(found, dict) and not _OURS.isdisjoint(found)


def _lines(text: str, where: str) -> Iterator[Item]:
    numbered = ((number, line) for number, line in enumerate(text.split("\n"), 1) if line.strip())
    for number, line in numbered:
        place = f"{where}, line {number}"
        twice: list[str] = []
        try:
            found = parsed(line, twice)
        except InputError as error:
            column = error.where.partition(", ")[2]
            yield Problem(_at(place, column), Severity.REFUSED, error.what)
            continue
        yield from _twice(twice, place)
        yield _record(found, place, "")


def _document(found: object, where: str) -> Iterator[Item]:
    if isinstance(found, dict) and isinstance(found.get("interviews"), list):
        others = [name for name in found if name != "interviews"][: limits.UNKNOWN_NAMED]
        yield from (
            Problem(where, Severity.WARNING, f"{shown(name)} is left out") for name in others
        )
        yield from (
            _record(one, where, f"interviews[{at}]") for at, one in enumerate(found["interviews"])
        )
    elif isinstance(found, list):
        yield from (_record(one, where, f"[{at}]") for at, one in enumerate(found))
    else:
        yield _record(found, where, "")


def _record(found: object, where: str, prefix: str) -> Item:
    if isinstance(found, dict):
        return Record(where, found, prefix)
    return Problem(
        _at(where, prefix),
        Severity.REFUSED,
        f"an interview is a group of fields, not {shown(found)}",
    )


def _at(where: str, inside: str) -> str:
    return f"{where}, {inside}" if inside else where


def _twice(names: list[str], where: str) -> Iterator[Problem]:
    for name in list(dict.fromkeys(names))[: limits.UNKNOWN_NAMED]:
        yield Problem(
            where,
            Severity.WARNING,
            f"the field {shown(name)} stands twice in one group; the last counts",
        )
