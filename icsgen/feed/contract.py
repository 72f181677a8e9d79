"""The contract of a feed as tables: what each component holds, how each value is written.

``lint`` checks octets against these; nothing here knows how our writer works, so that one may find
the other's faults.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

__all__ = ["COMPONENTS", "PATTERNS", "TEXT", "TEXTS", "Component", "css_colour"]


@dataclass(frozen=True)
class Component:
    """What one kind of component holds."""

    inside: tuple[str, ...]
    """The components it may stand in; empty: the file itself."""
    required: frozenset[str]
    optional: frozenset[str] = frozenset()
    repeated: frozenset[str] = frozenset()

    @cached_property
    def allowed(self) -> frozenset[str]:
        """Every name it may hold."""
        return self.required | self.optional | self.repeated


def _names(text: str) -> frozenset[str]:
    return frozenset(text.split())


_OBSERVANCE = Component(
    ("VTIMEZONE",),
    _names("DTSTART TZOFFSETFROM TZOFFSETTO"),
    _names("RRULE TZNAME"),
    _names("RDATE"),
)

COMPONENTS: Mapping[str, Component] = {
    "VCALENDAR": Component(
        (),
        _names(
            "VERSION PRODID CALSCALE NAME X-WR-CALNAME X-WR-CALDESC COLOR X-APPLE-CALENDAR-COLOR "
            "REFRESH-INTERVAL X-PUBLISHED-TTL"
        ),
    ),
    "VTIMEZONE": Component(("VCALENDAR",), _names("TZID")),
    "STANDARD": _OBSERVANCE,
    "DAYLIGHT": _OBSERVANCE,
    "VEVENT": Component(
        ("VCALENDAR",),
        _names("UID DTSTAMP LAST-MODIFIED SEQUENCE DTSTART DTEND SUMMARY CATEGORIES TRANSP STATUS"),
        _names("DESCRIPTION URL"),
    ),
    "VALARM": Component(("VEVENT",), _names("ACTION DESCRIPTION TRIGGER")),
}
"""What is not named is forbidden: the calendar's UID and METHOD, an alarm's UID, CLASS, VTODO."""

TEXTS = _names("NAME X-WR-CALNAME X-WR-CALDESC UID SUMMARY DESCRIPTION TZNAME CATEGORIES")
"""Properties whose value is TEXT (RFC 5545 section 3.3.11); CATEGORIES is a list of it."""

_DURATION = r"P(?:\d+W|\d+D(?:T(?:\d+H)?(?:\d+M)?(?:\d+S)?)?|T(?=\d)(?:\d+H)?(?:\d+M)?(?:\d+S)?)"
_URI = r"[A-Za-z0-9\-._~:/?#\[\]@!$&'()*+,;=]"
_WITH_COLON = {
    "VERSION": r":2\.0",
    "PRODID": r":-//[^/;,\\]+//[^/;,\\]+//[A-Z]{2}",
    "CALSCALE": r":GREGORIAN",
    "X-APPLE-CALENDAR-COLOR": r":#[0-9A-Fa-f]{6}",
    "REFRESH-INTERVAL": rf";VALUE=DURATION:{_DURATION}",
    "X-PUBLISHED-TTL": rf":{_DURATION}",
    "TZID": r":[A-Za-z0-9_+\-]+(?:/[A-Za-z0-9_+\-]+)*",
    "TZOFFSETFROM": r":[+-]\d{4}(?:\d\d)?",
    "TZOFFSETTO": r":[+-]\d{4}(?:\d\d)?",
    "RRULE": r":FREQ=YEARLY(?:;BY[A-Z]+=[A-Z0-9+,\-]+)+",
    "RDATE": r":\d{8}T\d{6}",
    "DTSTAMP": r":\d{8}T\d{6}Z",
    "LAST-MODIFIED": r":\d{8}T\d{6}Z",
    "SEQUENCE": r":\d{1,9}",
    "TRANSP": r":TRANSPARENT",
    "STATUS": r":(?:CONFIRMED|CANCELLED)",
    "URL": rf":[a-z][a-z0-9+.\-]*:{_URI}*+(?:%[0-9A-Fa-f]{{2}}{_URI}*+)*+",
    "ACTION": r":DISPLAY",
    "TRIGGER": r":-?P(?:T0S|T9H30M)",
}
PATTERNS: Mapping[str, re.Pattern[str]] = {
    name: re.compile(pattern, re.ASCII) for name, pattern in _WITH_COLON.items()
}
"""What follows a property's name, parameters included, where few spellings are allowed."""

TEXT = r":[^\\;,\r\n]*+(?:\\[\\;,nN][^\\;,\r\n]*+)*+"
"""A TEXT value (RFC 5545 section 3.3.11): each backslash escapes, no comma or semicolon is bare."""

_CSS = _names(
    """
    aliceblue antiquewhite aqua aquamarine azure beige bisque black blanchedalmond blue blueviolet
    brown burlywood cadetblue chartreuse chocolate coral cornflowerblue cornsilk crimson cyan
    darkblue darkcyan darkgoldenrod darkgray darkgreen darkgrey darkkhaki darkmagenta darkolivegreen
    darkorange darkorchid darkred darksalmon darkseagreen darkslateblue darkslategray darkslategrey
    darkturquoise darkviolet deeppink deepskyblue dimgray dimgrey dodgerblue firebrick floralwhite
    forestgreen fuchsia gainsboro ghostwhite gold goldenrod gray green greenyellow grey honeydew
    hotpink indianred indigo ivory khaki lavender lavenderblush lawngreen lemonchiffon lightblue
    lightcoral lightcyan lightgoldenrodyellow lightgray lightgreen lightgrey lightpink lightsalmon
    lightseagreen lightskyblue lightslategray lightslategrey lightsteelblue lightyellow lime
    limegreen linen magenta maroon mediumaquamarine mediumblue mediumorchid mediumpurple
    mediumseagreen mediumslateblue mediumspringgreen mediumturquoise mediumvioletred midnightblue
    mintcream mistyrose moccasin navajowhite navy oldlace olive olivedrab orange orangered orchid
    palegoldenrod palegreen paleturquoise palevioletred papayawhip peachpuff peru pink plum
    powderblue purple rebeccapurple red rosybrown royalblue saddlebrown salmon sandybrown seagreen
    seashell sienna silver skyblue slateblue slategray slategrey snow springgreen steelblue tan teal
    thistle tomato turquoise violet wheat white whitesmoke yellow yellowgreen
    """
)


def css_colour(value: str) -> bool:
    """Tell whether it is a colour's name in CSS, all that COLOR may be (RFC 7986 section 5.9)."""
    return value in _CSS
