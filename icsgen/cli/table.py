"""Tables that fit a terminal, whatever is in them: names of any length, wide characters, emoji."""

import unicodedata
from collections.abc import Collection, Iterable, Sequence
from typing import NamedTuple

ELLIPSIS = "…"
_GAP = "  "
_NARROWEST = 6
"""What is left of an elastic column in any case, where the others still have what they need."""
_ZERO = frozenset({"Mn", "Me", "Cf"})
"""Categories of characters that take no place of their own: accents, joiners, selectors."""


class Cell(NamedTuple):
    """A text and the styles it is shown in."""

    text: str
    styles: tuple[str, ...] = ()


def width(text: str) -> int:
    """Give how many columns a text takes on a terminal (Unicode Standard Annex 11)."""
    return len(text) + sum(_char_width(char) - 1 for char in text if not char.isascii())


def _char_width(char: str) -> int:
    if unicodedata.category(char) in _ZERO:
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1


def cut(text: str, columns: int) -> str:
    """Give the text, shortened with an ellipsis where it takes more than so many columns."""
    if width(text) <= columns:
        return text
    left = columns - 1
    kept = []
    for char in text:
        left -= _char_width(char)
        if left < 0:
            break
        kept.append(char)
    return "".join(kept).rstrip() + ELLIPSIS if columns > 0 else ""


def padded(text: str, columns: int) -> str:
    """Give the text, cut or filled up with blanks to exactly so many columns."""
    short = cut(text, columns)
    return short + " " * (columns - width(short))


def columns_of(rows: Iterable[Sequence[Cell]], total: int, elastic: Collection[int]) -> list[int]:
    """Give each column's width: what it needs, or what is left of `total`.

    The `elastic` columns give way first, the widest before the others; the rest only where even
    that is not enough.
    """
    needs = [max(width(cell.text) for cell in column) for column in zip(*rows, strict=True)]
    over = sum(needs) + len(_GAP) * (len(needs) - 1) - total
    _narrow(needs, elastic, over, _NARROWEST)
    over = sum(needs) + len(_GAP) * (len(needs) - 1) - total
    _narrow(needs, range(len(needs)), over, 1)
    return needs


def _narrow(needs: list[int], columns: Collection[int], over: int, least: int) -> None:
    """Take `over` from these columns, always from the widest, none below `least`."""
    for _ in range(max(over, 0)):
        widest = max(columns, key=lambda column: needs[column])
        if needs[widest] <= least:
            return
        needs[widest] -= 1


def laid_out(row: Sequence[Cell], columns: Sequence[int]) -> list[Cell]:
    """Give a row's cells cut and filled to their columns; the last one is not filled."""
    last = len(columns) - 1
    cells = zip(row, columns, strict=True)
    return [
        Cell(cut(cell.text, wide) if at == last else padded(cell.text, wide), cell.styles)
        for at, (cell, wide) in enumerate(cells)
    ]


def joined(texts: Iterable[str]) -> str:
    """Give the cells of a row as a line."""
    return _GAP.join(texts).rstrip()


def wrapped(text: str, columns: int) -> list[str]:
    """Give the text in lines that fit, broken between words only."""
    lines: list[str] = []
    room = 0
    for word in text.split():
        needs = width(word)
        if lines and needs < room:
            lines[-1] += f" {word}"
            room -= needs + 1
        else:
            lines.append(word)
            room = columns - needs
    return lines
