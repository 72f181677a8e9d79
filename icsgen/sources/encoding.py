"""Bytes to text: byte-order marks, UTF-16 without one, the older Windows code page."""

import codecs
from typing import NamedTuple

from icsgen.errors import InputError

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
"""UTF-32 before UTF-16: the one's mark begins with the other's."""
_SNIFFED_BYTES = 4096
_KNOWN_BINARIES = (
    (b"PK\x03\x04", "a workbook or an archive; save the sheet as CSV"),
    (
        b"\xd0\xcf\x11\xe0",
        "an old workbook or a mail; save the sheet as CSV, or the invitation as .ics",
    ),
    (b"%PDF", "a PDF; give the calendar file or a CSV instead"),
)


class Decoded(NamedTuple):
    """A file's text and, where its encoding had to be guessed, a sentence that says so."""

    text: str
    note: str = ""


def decode(data: bytes) -> Decoded:
    """Give a file's text; raises InputError where it is no text at all."""
    for magic, what in _KNOWN_BINARIES:
        if data.startswith(magic):
            raise InputError(f"this is {what}")
    encoding = _marked(data) or _unmarked_utf16(data)
    try:
        return Decoded(_textual(data.decode(encoding or "utf-8")))
    except UnicodeDecodeError as error:
        if encoding and encoding != "utf-8-sig":
            raise InputError(
                f"this says it is {encoding.upper()} and is not", remedy="save it as UTF-8"
            ) from error
    note = "this is not UTF-8; it was read as Windows text (cp1252), so check the accents"
    return Decoded(_textual(data.removeprefix(codecs.BOM_UTF8).decode("cp1252", "replace")), note)


def _marked(data: bytes) -> str | None:
    return next((name for mark, name in _MARKS if data.startswith(mark)), None)


def _unmarked_utf16(data: bytes) -> str | None:
    """Tell by its zeros: western text in UTF-16 has one in every other byte."""
    head = data[:_SNIFFED_BYTES]
    zeros = [head[side::2].count(0) for side in (0, 1)]
    if max(zeros) <= len(head) * 0.35 or min(zeros) > len(head) * 0.05:
        return None
    return "utf-16-be" if zeros[0] > zeros[1] else "utf-16-le"


def _textual(text: str) -> str:
    """Give the text back unless it is so full of zeros that it cannot be one."""
    if text.count("\0") > max(8, len(text) // 20):
        raise InputError("this is not text", remedy="give a JSON, CSV or iCalendar file")
    return text
