"""Texts made safe to carry: no control characters, no lone surrogates, one line where one is meant.

Done once on the way in (``sources``) and again on the way out (``feed``), because a control
character ends a property in one parser and a lone surrogate stops another (RFC 5545 section 3.3.11
allows only HTAB of the controls).
"""

import re

_SURROGATES = re.compile("[\ud800-\udfff]")
_NEWLINES = re.compile("\r\n|[\r\n\x0b\x0c\x85\u2028\u2029]")
_CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ufffe\uffff]")
_SPACES = re.compile(r"\s+")


def clean_text(text: str) -> str:
    r"""Give the text with newlines as ``\n`` and no control characters.

    A lone surrogate becomes U+FFFD; blanks at both ends go. Cleaning twice changes nothing more.
    """
    if text.replace("\n", "").isprintable():  # what prints is clean, and this is asked often
        return text.strip()
    whole = _SURROGATES.sub("\ufffd", text)
    return _CONTROLS.sub("", _NEWLINES.sub("\n", whole)).strip()


def clean_line(text: str) -> str:
    """Give the text as one line, every run of white space a single blank."""
    if text.isprintable() and "  " not in text:
        return text.strip()
    return _SPACES.sub(" ", clean_text(text)).strip()
