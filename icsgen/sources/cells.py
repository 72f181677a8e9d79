"""A spreadsheet's text cut into rows and cells (RFC 4180, read kindly)."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from icsgen.sources import limits

CONTACT_COLUMNS = ("contact_name", "contact_email", "contact_phone", "contact_linkedin")
"""The main contact, a column each."""
SEPARATORS = ",;\t|"
_CLOSED = re.compile(r' *"(?:[^"]++|"")*+"')
_FORMULA = re.compile(r"'*[=+\-@\t\r]")


class Row(NamedTuple):
    """A row's cells and its first line, from 1; ``fault`` says why it cannot be cut."""

    line: int
    cells: tuple[str, ...]
    fault: str = ""


def rows(text: str, separator: str) -> Iterator[Row]:
    """Give the rows that have anything in them.

    A cell in quotes may hold separators, newlines and doubled quotes. A row that cannot be cut
    costs only its own first line: the next line is tried as a row.
    """
    whole = text.replace("\r\n", "\n").replace("\r", "\n")
    cell = _cell_pattern(separator)
    at, line = 0, 1
    while at < len(whole):
        row, end = _row(whole, at, line, cell)
        if row.fault or any(word.strip() for word in row.cells):
            yield row
        line += whole.count("\n", at, end)
        at = end


def separator_of(text: str) -> tuple[str, int]:
    """Give a spreadsheet's separator, and how many characters stand before its header.

    Some spreadsheets say it themselves in a line of its own, ``sep=;``.
    """
    said = re.match(r'"?sep=([,;\t|])"?[ ]*(?:\r\n?|\n)', text, re.IGNORECASE)
    if said:
        return said[1], said.end()
    head = re.match(r"\s*([^\r\n]*)", text)
    bare = re.sub(r'"[^"]*"', "", head[1] if head else "")
    return max(SEPARATORS, key=bare.count), 0


def defused(cell: str) -> str:
    """Give a cell no spreadsheet takes for a formula: an apostrophe goes before such a one."""
    return f"'{cell}" if _FORMULA.match(cell) else cell


def rearmed(cell: str) -> str:
    """Take off the apostrophe that ``defused`` has put on."""
    return cell[1:] if cell.startswith("'") and _FORMULA.match(cell) else cell


def _cell_pattern(separator: str) -> re.Pattern[str]:
    """Possessive, so that hostile text costs one pass: a cell, quoted or not, and what ends it."""
    mark = re.escape(separator)
    return re.compile(
        rf'(?: *"((?:[^"]++|"")*+)" *|(?! *")([^{mark}\n]*+))({mark}|\n|\Z)',
    )


def _row(text: str, at: int, line: int, cell: re.Pattern[str]) -> tuple[Row, int]:
    cells: list[str] = []
    place = at
    while len(cells) < limits.CELLS:
        found = cell.match(text, place)
        if found is None:
            return Row(line, (), _fault(text, place)), _next_line(text, at)
        quoted, bare, ending = found.groups()
        cells.append(bare if quoted is None else quoted.replace('""', '"'))
        place = found.end()
        if ending in {"\n", ""}:
            return Row(line, tuple(cells)), place
    fault = f"the row has more cells than the limit of {limits.CELLS:,}"
    return Row(line, (), fault), _next_line(text, place)


def _next_line(text: str, place: int) -> int:
    return text.find("\n", place) + 1 or len(text)


def _fault(text: str, place: int) -> str:
    closed = _CLOSED.match(text, place)
    return (
        "there is text after a closing quote"
        if closed
        else "a quote is opened here and never closed"
    )
