"""Texts made safe to carry: no control characters, no lone surrogates, one line where one is meant.

Done once on the way in (``sources``) and again on the way out (``feed``), because a control
character ends a property in one parser and a lone surrogate stops another (RFC 5545 section 3.3.11
allows only HTAB of the controls).

The controls that embed, override or isolate a direction (U+202A to U+202E, U+2066 to U+2069) go
too: one that is left open turns round what stands beside it, in a terminal and in a feed (Unicode
Standard Annex 9, sections 2.1 to 2.5). The marks U+200E and U+200F, which turn nothing round, stay.
"""

import re

_PLAIN = bytes(range(32, 127)) + b"\n"
_SURROGATES = "[\ud800-\udfff]"
_NEWLINES = "\r\n|[\r\n\x0b\x0c\x85\u2028\u2029]"
_REORDERING = "\u202a-\u202e\u2066-\u2069"
_CONTROLS = f"[\x00-\x08\x0b-\x1f\x7f-\x9f{_REORDERING}\ufffe\uffff]"


def clean_text(text: str) -> str:
    r"""Give the text with newlines as ``\n`` and no control characters.

    Controls that reorder what stands beside them, as U+202E does, count among these. A lone
    surrogate becomes U+FFFD; blanks at both ends go. Cleaning twice changes nothing more.
    """
    # What prints is clean, and this is asked often: of octets, for few are left to look at.
    rest = text.encode("utf-8", "surrogatepass").translate(None, _PLAIN)
    if not rest or rest.decode("utf-8", "surrogatepass").isprintable():
        return text.strip()
    # By ``re``, which keeps what it compiled: most texts never come here, and start-up stays short.
    whole = re.sub(_SURROGATES, "\ufffd", text)
    return re.sub(_CONTROLS, "", re.sub(_NEWLINES, "\n", whole)).strip()


def clean_line(text: str) -> str:
    """Give the text as one line, every run of white space a single blank.

    It holds none of the controls that ``clean_text`` takes out.
    """
    if text.isprintable() and "  " not in text:
        return text.strip()
    return " ".join(clean_text(text).split())
