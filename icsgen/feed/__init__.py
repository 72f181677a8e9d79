"""The feed: plans in, the octets of a calendar out (RFC 5545). Pure.

``icsgen.feed(plans, as_of)`` is ``icsgen.feed.calendar.feed``.
"""

import sys
from types import ModuleType

from icsgen.feed.calendar import LIMIT_OCTETS, Chunk, assemble, chunk, dropped, feed, pieces
from icsgen.feed.views import Style, View

__all__ = [
    "LIMIT_OCTETS",
    "Chunk",
    "Style",
    "View",
    "assemble",
    "chunk",
    "dropped",
    "feed",
    "pieces",
]


class _Room(ModuleType):
    """A module that can be called."""

    # ``feed`` is the name of this room and of icsgen's function for it. Python binds a package's
    # submodule as its attribute, so a function of the same name would vanish, or hide the room from
    # ``import icsgen.feed.lint as l``. Setting ``__class__`` is the language reference's way for it
    # ("Customizing module attribute access").
    __call__ = staticmethod(feed)


sys.modules[__name__].__class__ = _Room
