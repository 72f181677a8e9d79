"""Links that open a message: ``mailto:`` (RFC 6068), ``tel:`` (RFC 3966), a profile's page.

Everything in them came from outside. So whatever could end a header or add a recipient is encoded
or refused.
"""

import re

from icsgen.text import clean_line, clean_text

__all__ = ["mailto", "profile", "tel"]

_ADDRESS = re.compile(r"[^\s@,;:<>()\[\]\"\\]+@[^\s@,;:<>()\[\]\"\\]+")
"""One plain address: no name, no quotes, and nothing that makes two of it."""

_NUMBER = re.compile(
    r"\s*(\+?)([\d\s().\-/]+?)\s*(?:(?:x|ext\.?|;ext=)\s*([0-9]+))?\s*", re.IGNORECASE
)
_DIGITS_AT_LEAST = 3
_PAGE = re.compile(r"(?:https?://)?((?:[a-z0-9-]+\.)*linkedin\.com/[!-~]+)", re.IGNORECASE)

_UNRESERVED = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~"
_ENCODED = [chr(octet) if octet in _UNRESERVED else f"%{octet:02X}" for octet in range(256)]
"""Each octet, percent-encoded unless unreserved (RFC 3986 section 2.3; RFC 6068 section 2)."""


def mailto(address: str, subject: str = "", body: str = "") -> str | None:
    """Give the link that opens a message to one address, or None if it is no plain address.

    The subject is made one line; the body's newlines are CRLF (RFC 6068 section 5).
    """
    to = clean_line(address)
    if not _ADDRESS.fullmatch(to):
        return None
    text = clean_text(body).replace("\n", "\r\n")
    fields = {"subject": clean_line(subject), "body": text}
    query = "&".join(f"{name}={_encode(value)}" for name, value in fields.items() if value)
    local, _, domain = to.rpartition("@")
    link = f"mailto:{_encode(local)}@{_encode(domain)}"
    return f"{link}?{query}" if query else link


def tel(phone: str) -> str | None:
    """Give the link that calls a number, or None if it is none."""
    found = _NUMBER.fullmatch(clean_line(phone))
    if not found:
        return None
    plus, written, extension = found.groups()
    digits = "".join(c for c in written if c in "0123456789")
    if len(digits) < _DIGITS_AT_LEAST:
        return None
    return f"tel:{plus}{digits}" + (f";ext={extension}" if extension else "")


def profile(linkedin: str) -> str | None:
    """Give a LinkedIn profile's page, or None if the text is another address, or none."""
    found = _PAGE.fullmatch(clean_line(linkedin))
    return f"https://{found[1]}" if found else None


def _encode(text: str) -> str:
    return "".join([_ENCODED[octet] for octet in text.encode()])
