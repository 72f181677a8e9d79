"""CSV: a row an interview, the contract's fields as columns, whatever spreadsheet wrote it."""

import re
from collections.abc import Iterator, Mapping
from itertools import islice
from typing import NamedTuple

from icsgen.errors import FieldError, InputError, LimitError
from icsgen.model import Problem, Severity
from icsgen.sources import limits
from icsgen.sources.cells import CONTACT_COLUMNS, Row, rearmed, rows, separator_of
from icsgen.sources.dates import cut, iso_date, iso_time, order_of
from icsgen.sources.encoding import decode
from icsgen.sources.fields import FIELDS
from icsgen.sources.form import warn_of_unknown
from icsgen.sources.json_file import parsed
from icsgen.sources.people import address_parts
from icsgen.sources.reading import DateOrder, Item, Options, Record
from icsgen.sources.spot import Spot, nearest, refused, shown

COLUMNS = (*FIELDS, "date", "time", *CONTACT_COLUMNS)
"""Every column we know."""
_DATED = ("start", "date", "end", "promised")
_LISTS = {"topics": r"[;\n]", "concerns": r"[;\n]", "closed": r"[;,\n]", "contacts": r"[;\n]"}
_JSON = ("journal", *_LISTS)
_HEAD_BYTES = 1 << 16
"""How much of a file is looked at to know it; even, as UTF-16 needs."""


class _Table(NamedTuple):
    """A spreadsheet with its columns understood."""

    where: str
    columns: tuple[str | None, ...]
    """The field that each column holds, None for one that is left out."""
    rows: tuple[Row, ...]
    orders: Mapping[str, DateOrder | None]

    def cells(self, row: Row) -> dict[str, str]:
        """Give a row's cells that say something, by field."""
        named = zip(self.columns, row.cells, strict=False)
        return {name: rearmed(cell.strip(" ")) for name, cell in named if name and cell.strip()}


class CsvFile:
    """Interviews as rows of a spreadsheet."""

    name = "csv"

    def claims(self, data: bytes, file_name: str) -> bool:
        """Tell by the header: two of its columns are ours."""
        del file_name
        try:
            text = decode(data[:_HEAD_BYTES]).text
        except InputError:
            return False
        separator, start = separator_of(text)
        header = next(rows(text[start:], separator), None)
        known = {_folded(name) for name in COLUMNS}
        return header is not None and len({_folded(cell) for cell in header.cells} & known) > 1

    def records(self, data: bytes, where: str, options: Options) -> Iterator[Item]:
        """Give a record for each row; a row that cannot be read costs only itself.

        A column of dates that can be read in two ways refuses the file: half of a guess would be
        worse.
        """
        decoded = decode(data)
        if decoded.note:
            yield Problem(where, Severity.NOTE, decoded.note)
        problems: list[Problem] = []
        try:
            table = _table(decoded.text, where, options, problems)
        except InputError as error:
            yield from (*problems, refused(error))
            return
        yield from problems
        for row in table.rows:
            yield from _items(table, row)


def _table(text: str, where: str, options: Options, problems: list[Problem]) -> _Table:
    """Cut the text and understand its columns; raises InputError where that cannot be."""
    separator, start = separator_of(text)
    spot = Spot(where, "", problems)
    body = list(islice(rows(text[start:], separator), limits.INTERVIEWS + 2))
    if len(body) > limits.INTERVIEWS + 1:
        raise LimitError(limits.TOO_MANY, where=where)
    if not body or body[0].fault:
        fault = body[0].fault if body else "it is empty"
        raise spot.refusal(f"there is no header row: {fault}", "name the columns in the first row")
    columns = _columns(body[0].cells, options, spot)
    ahead = 1 if start else 0
    moved = tuple(Row(row.line + ahead, row.cells, row.fault) for row in body[1:])
    table = _Table(where, columns, moved, {})
    orders = {
        name: options.dates or _order(table, name, spot) for name in _DATED if name in columns
    }
    return _Table(where, columns, moved, orders)


def _columns(header: tuple[str, ...], options: Options, spot: Spot) -> tuple[str | None, ...]:
    """Give the field of each column: the mapped one, else the one of that name."""
    known = {_folded(name): name for name in COLUMNS}
    mapped = {
        _folded(column): _mapped_field(field, known, spot)
        for column, field in options.mapping.items()
    }
    found = [mapped.get(_folded(cell)) or known.get(_folded(cell)) for cell in header]
    if not any(found):
        names = ", ".join(shown(cell) for cell in header[:6])
        raise spot.refusal(
            f"no column is called company, role or start; there is {names}",
            "name the columns so, or give --map COLUMN=FIELD",
        )
    unknown = [
        cell for cell, field in zip(header, found, strict=True) if field is None and cell.strip()
    ]
    warn_of_unknown(unknown, COLUMNS, spot)
    there = {_folded(cell) for cell in header}
    for column in options.mapping:
        if _folded(column) not in there:
            spot.warn(f"--map names a column {shown(column)}, and there is none")
    return _each_once(found, spot)


def _each_once(found: list[str | None], spot: Spot) -> tuple[str | None, ...]:
    once: list[str | None] = []
    for field in found:
        if field is not None and field in once:
            spot.warn(f"two columns are {shown(field)}; the first counts")
        once.append(None if field in once else field)
    return tuple(once)


def _mapped_field(field: str, known: Mapping[str, str], spot: Spot) -> str:
    if _folded(field) not in known:
        hint = nearest(field.lower(), COLUMNS) or "see the names of the fields in the help"
        raise spot.refusal(f"--map names a field {shown(field)}, and there is none", hint)
    return known[_folded(field)]


def _order(table: _Table, name: str, spot: Spot) -> DateOrder | None:
    lined = ((row.line, cut(table.cells(row).get(name, "")).date) for row in table.rows)
    try:
        return order_of((line, word) for line, word in lined if word)
    except InputError as error:
        raise spot.field(name).refusal(
            f"column {shown(name)}: {error.what}", error.remedy
        ) from error


def _items(table: _Table, row: Row) -> Iterator[Item]:
    """Give the record of a row, or what refuses it."""
    problems: list[Problem] = []
    spot = Spot(f"{table.where}, line {row.line}", "", problems)
    fault = row.fault or _too_wide(table, row)
    if fault:
        yield refused(spot.refusal(fault, "put quotes around a text that has the separator in it"))
        return
    try:
        yield Record(spot.where, _fields(table, table.cells(row), spot))
    except FieldError as error:
        yield refused(error)
    yield from problems


def _too_wide(table: _Table, row: Row) -> str:
    width = len(table.columns)
    extra = any(cell.strip() for cell in row.cells[width:])
    return f"the row has {len(row.cells)} cells and the header {width}" if extra else ""


def _fields(table: _Table, cells: dict[str, str], spot: Spot) -> dict[str, object]:
    """Give a row's fields as the JSON contract has them."""
    fields: dict[str, object] = {name: cell for name, cell in cells.items() if name in FIELDS}
    for name in _JSON:
        if name in cells:
            fields[name] = _listed(name, cells[name], spot.field(name))
    for name in ("start", "end", "promised"):
        if name in cells:
            fields[name] = _dated(cells[name], table.orders.get(name), spot.field(name))
    if "start" not in cells and "date" in cells:
        fields["start"] = _start(cells, table.orders.get("date"), spot)
    if "end" in cells and cut(cells["end"]).date == "" and "start" in fields:
        fields["end"] = f"{str(fields['start'])[:10]}T{fields['end']}"
    people = _people(cells, fields.get("contacts"))
    return fields | ({"contacts": people} if people else {})


def _start(cells: Mapping[str, str], order: DateOrder | None, spot: Spot) -> str:
    """Give the start of a row that has a date and perhaps, in a column of its own, a time."""
    day = _dated(cells["date"], order, spot.field("date"))
    if "time" not in cells:
        return day
    if "T" in day:
        raise spot.field("time").refusal("the date has a time of its own", "leave out one of them")
    try:
        return f"{day}T{iso_time(cells['time'])}"
    except InputError as error:
        raise spot.field("time").refusal(error.what, error.remedy) from error


def _dated(cell: str, order: DateOrder | None, spot: Spot) -> str:
    """Give a cell as ISO 8601: a date, a time, or both."""
    parts = cut(cell)
    try:
        words = [iso_date(parts.date, order)] if parts.date else []
        return "T".join(words + ([iso_time(parts.time)] if parts.time else []))
    except InputError as error:
        raise spot.refusal(error.what, error.remedy) from error


def _listed(name: str, cell: str, spot: Spot) -> object:
    """Give a cell of several things: JSON if it begins like it, else split at separators."""
    if name == "journal" or cell.startswith(("[", "{")):
        try:
            return parsed(cell, [])
        except InputError as error:
            raise spot.refusal(f"this is no JSON list: {error.what}", error.where) from error
    return [part.strip() for part in re.split(_LISTS[name], cell) if part.strip()]


def _people(cells: dict[str, str], listed: object) -> list[object]:
    """Give the contacts, the one with columns of their own first."""
    named = {
        name.removeprefix("contact_"): cells[name] for name in CONTACT_COLUMNS if name in cells
    }
    others = listed if isinstance(listed, list) else [listed] if listed is not None else []
    others = [address_parts(one) if isinstance(one, str) else one for one in others]
    if not named or (others and _same(named, others[0])):
        return others
    return [named, *others]


def _same(named: Mapping[str, str], other: object) -> bool:
    key = "email" if "email" in named else "name"
    return isinstance(other, dict) and other.get(key) == named.get(key)


def _folded(name: str) -> str:
    return re.sub(r"[\s_.-]+", "", name.casefold())
