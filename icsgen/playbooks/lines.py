"""Where in a TOML file a key stands, for messages: the parser keeps no line numbers.

A search by eye, so to speak. It understands the way people write playbooks; where it finds nothing
it says so rather than guess.
"""

import re
from collections.abc import Iterator, Sequence

_HEADER = re.compile(r"\s*\[+\s*([\w.-]+)\s*\]+\s*(?:#.*)?")
_CASE = re.compile(r"(\w+)\.when\[(\d+)\]")
_WIDEST = 400


def line_of(lines: Sequence[str], path: str, key: str) -> int:
    """Give the line (from 1) of ``key`` in the table ``path``, or of that table; 0 if neither.

    ``path`` is empty for the top of the file, and ends with ``when[2]`` in the second case.
    """
    case = _CASE.fullmatch(path)
    if case:
        return _case_line(lines, case[1], int(case[2]))
    table, _, inline = path.partition(".")
    wanted = re.compile(rf"""(?:.*[{{,])?\s*["']?{re.escape(key)}["']?\s*[=.].*""")
    within = re.compile(rf"\s*{re.escape(inline)}\b.*") if inline else wanted
    header = 0
    for number, above, line in _numbered(lines):
        if _begins(line, above, {table, key} - {""}):
            header = header or number
        elif above == table and wanted.fullmatch(line) and within.fullmatch(line):
            return number
    return header


def _begins(line: str, above: str, tables: set[str]) -> bool:
    """Tell whether one of these tables begins here: by its header, or ``table = {`` at the top."""
    if _HEADER.fullmatch(line):
        return above in tables
    return not above and line.partition("=")[0].strip() in tables and "{" in line


def _case_line(lines: Sequence[str], table: str, count: int) -> int:
    """Give the line of a table's ``count``-th case: its brace after ``when``, or its header."""
    begun = False
    for number, above, line in _numbered(lines):
        if above == f"{table}.when" and _HEADER.fullmatch(line):
            count -= 1
        elif above == table:
            begun = begun or re.match(r"\s*when\b", line) is not None
            count -= line.split("#")[0].count("{") if begun else 0
        if count <= 0:
            return number
    return 0


def _numbered(lines: Sequence[str]) -> Iterator[tuple[int, str, str]]:
    """Give each line's number, the table it stands in (a header: its own) and its beginning."""
    above = ""
    for number, whole in enumerate(lines, 1):
        line = whole[:_WIDEST]
        found = _HEADER.fullmatch(line)
        above = found[1] if found else above
        yield number, above, line
