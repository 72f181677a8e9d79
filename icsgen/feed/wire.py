"""Text as octets on the wire: escaped (RFC 5545 section 3.3.11) and folded (section 3.1).

Our own and not icalendar's, because its fold cuts escapes in two, which makes Google drop the
event, and costs more than all else here together.
"""

import re
from collections.abc import Iterator

__all__ = ["LINE_OCTETS", "escape", "fold", "text_line", "uri"]

LINE_OCTETS = 75
"""How long a line may be, the CRLF not counted (RFC 5545 section 3.1)."""

_FOLD_OCTETS = len(b"\r\n ")
_PIECE = re.compile(rb".{1,74}(?:(?<!\\)(?![\x80-\xbf])|\Z)", re.DOTALL)
"""As much as fits on a line after its blank, up to a whole character but no backslash.

One call of the regular expression costs a third of a loop. It is right but for a line of nothing
but backslashes.
"""

_BACKSLASH = b"\\"[0]
_URI = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~:/?#[]@!$&'()*+,;=%"
"""What may stand in a URI as it is (RFC 3986 section 2)."""


def escape(text: str) -> str:
    """Give a clean text as a TEXT value."""
    return _escaped(text.encode()).decode()


def _escaped(octets: bytes) -> bytes:
    # Of octets, because that takes a third of the time; all that is escaped is ASCII.
    marked = octets.replace(b"\\", b"\\\\").replace(b";", b"\\;").replace(b",", b"\\,")
    return marked.replace(b"\n", b"\\n")


def uri(text: str) -> str:
    """Give a link as a URI value: whatever cannot stand in one is percent-encoded."""
    octets = text.encode("utf-8", "replace")  # a lone surrogate has no octets
    if not octets.translate(None, _URI):
        return octets.decode()
    return "".join(chr(octet) if octet in _URI else f"%{octet:02X}" for octet in octets)


def text_line(name: str, text: str) -> bytes:
    """Give a whole content line of a clean text, escaped and folded, CRLF included."""
    return _folded(b"%b:%b" % (name.encode(), _escaped(text.encode())))


def fold(line: str) -> bytes:
    """Give a content line folded, CRLF included, no cut inside a character or an escape."""
    return _folded(line.encode())


def _folded(octets: bytes) -> bytes:
    if len(octets) <= LINE_OCTETS:
        return octets + b"\r\n"
    first = _cut(octets, 0, LINE_OCTETS)
    pieces = [octets[:first], *_PIECE.findall(octets, first)]
    folded = b"\r\n ".join(pieces)
    if len(folded) < len(octets) + _FOLD_OCTETS * (len(pieces) - 1):
        folded = b"\r\n ".join([octets[:first], *_careful_pieces(octets, first)])
    return folded + b"\r\n"


def _careful_pieces(octets: bytes, start: int) -> Iterator[bytes]:
    """Give the pieces after the first where ``_PIECE`` fails: one is all backslashes."""
    while start < len(octets):
        end = start + LINE_OCTETS - 1
        end = _cut(octets, start, end) if end < len(octets) else len(octets)
        yield octets[start:end]
        start = end


def _cut(octets: bytes, start: int, end: int) -> int:
    """Give the last place up to ``end`` between two characters and outside an escape."""
    while octets[end] & 0xC0 == 0x80:
        end -= 1
    if octets[end - 1] != _BACKSLASH:
        return end
    # Of a run of backslashes every second one is escaped: an odd run before the cut means an open
    # escape.
    run = end - len(octets[start:end].rstrip(b"\\")) - start
    return end - run % 2
