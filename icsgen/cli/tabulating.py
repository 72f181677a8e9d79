"""Tables printed: rows of cells, shown in columns that fit the terminal."""

from collections.abc import Collection, Sequence

from icsgen.cli.console import Console
from icsgen.cli.table import Cell, columns_of, joined, laid_out


def show_table(
    rows: Sequence[Sequence[Cell]], console: Console, *, elastic: Collection[int]
) -> None:
    """Print a table by itself; the `elastic` columns give way where it is too wide."""
    widths = columns_of(rows, console.width, elastic)
    for row in rows:
        show_row(row, widths, console)


def show_row(
    row: Sequence[Cell], widths: Sequence[int], console: Console, *, indent: str = ""
) -> None:
    """Print a row whose columns have these widths."""
    cells = laid_out(row, widths)
    console.say(indent + joined(console.styled(cell.text, *cell.styles) for cell in cells))
