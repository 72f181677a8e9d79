"""Text as octets on the wire: escaped (RFC 5545 section 3.3.11) and folded (section 3.1).

Our own and not icalendar's, because its fold cuts escapes in two, which makes Google drop the
event, and costs more than all else here together.
"""

import re
from collections.abc import Iterator

__all__ = ["LINE_OCTETS", "escape", "fold", "text_line", "uri"]

LINE_OCTETS = 75
"""How long a line may be, the CRLF not counted (RFC 5545 section 3.1)."""

_PIECE = re.compile(rb".{1,74}(?:(?<!\\)(?![\x80-\xbf])|\Z)", re.DOTALL)
"""As much as fits on a line after its blank, up to a whole character but no backslash.

One call of the regular expression costs a third of a loop. It is right but for a line of nothing
but backslashes.
"""

_URI = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~:/?#[]@!$&'()*+,;=%"
"""What may stand in a URI as it is (RFC 3986 section 2)."""


def escape(text: str) -> str:
    """Give a clean text as a TEXT value."""
    escaped = text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return escaped.replace("\n", "\\n")


def uri(text: str) -> str:
    """Give a link as a URI value: whatever cannot stand in one is percent-encoded."""
    octets = text.encode("utf-8", "replace")  # a lone surrogate has no octets
    if not octets.translate(None, _URI):
        return octets.decode()
    return "".join(chr(octet) if octet in _URI else f"%{octet:02X}" for octet in octets)


def text_line(name: str, text: str) -> bytes:
    """Give a whole content line of a clean text, escaped and folded, CRLF included."""
    return fold(f"{name}:{escape(text)}")


def fold(line: str) -> bytes:
    """Give a content line folded, CRLF included, no cut inside a character or an escape."""
    octets = line.encode()
    if len(octets) <= LINE_OCTETS:
        return octets + b"\r\n"
    first = _cut(octets, 0, LINE_OCTETS)
    rest: list[bytes] = _PIECE.findall(octets, first)
    if first + sum(map(len, rest)) != len(octets):
        rest = list(_careful_pieces(octets, first))
    return b"\r\n ".join([octets[:first], *rest]) + b"\r\n"


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
    # Of a run of backslashes every second one is escaped: an odd run before the cut means an open
    # escape.
    run = end - len(octets[start:end].rstrip(b"\\")) - start
    return end - run % 2
