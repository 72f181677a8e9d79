"""Moments and days as people say them: ISO 8601, or a few words with one meaning each.

A small grammar of our own. A date that could be read in two ways is refused, never guessed.

    moment   = now | TIME | DAY [TIME] | in COUNT (minutes|hours) | COUNT (minutes|hours) ago
    day      = today | tomorrow | yesterday | [this|next|last] WEEKDAY
             | in COUNT (days|weeks) | COUNT (days|weeks) ago | next week | DATE
    time     = 14:00 | 2 pm | 2:30 pm | noon | morning | afternoon

A weekday, also with ``this`` or ``next``, is the first one after today; with ``last`` the latest
before it. A day alone means 09:30 (rules.md, Semantics), ``tonight`` 19:00.
"""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta

from icsgen.errors import FieldError, InputError
from icsgen.sources.dates import cut, iso_date, iso_time, order_of
from icsgen.sources.limits import FIRST_YEAR, LAST_YEAR
from icsgen.sources.moments import placed
from icsgen.sources.spot import Spot, shown
from icsgen.sources.values import WEEKDAYS
from icsgen.zones import Zone

__all__ = ["day_of", "moment_of"]

MORNING, NOON, AFTERNOON, EVENING = time(9, 30), time(12), time(16, 30), time(19)
_TIMES = {"noon": NOON, "midday": NOON, "morning": MORNING, "afternoon": AFTERNOON}
_NEAR = {"today": 0, "tonight": 0, "tomorrow": 1, "yesterday": -1}
_WEEK = 7
_MOST = 5000
"""How many units a distance may have: more is a slip."""
_UNIT = r"(?P<unit>minute|min|hour|day|week)s?"
_COUNT = r"(?P<count>[0-9]{1,4}|an?|one|two|three|four)"
_AHEAD = re.compile(rf"in\s+{_COUNT}\s+{_UNIT}")
_BACK = re.compile(rf"{_COUNT}\s+{_UNIT}\s+ago")
_WORDS = re.compile(r"(?:(?P<which>this|next|last)\s+)?(?P<day>[a-z]{3,9})\.?")
_NUMBERS = {"a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4}
_LENGTHS = {
    "minute": timedelta(minutes=1),
    "min": timedelta(minutes=1),
    "hour": timedelta(hours=1),
    "day": timedelta(days=1),
    "week": timedelta(weeks=1),
}
_CLOCK = re.compile(r"([0-9]{1,2})[:h]([0-9]{2})")
_LAST_HOUR, _LAST_MINUTE = 23, 59
_ISO = re.compile(r"[0-9]{4}-?(?:[0-9]{2}|W[0-9]{2}).*")
_EXAMPLE = "write it like 2026-11-18T14:00, “tomorrow 14:00” or “next Tue 9:30”"
_DAY_EXAMPLE = "write it like 2026-11-20, “Friday” or “in 2 weeks”"

Warn = Callable[[str], None]


def moment_of(
    text: str, now: datetime, zone: Zone, what: str, warn: Warn | None = None
) -> datetime:
    """Give the moment that a person means, in ``zone``; ``now`` (aware) is what words count from.

    ``what`` names the option in messages. ``warn`` is told of a local time that does not exist or
    comes twice. Raises FieldError, with what would be right.
    """
    word = " ".join(text.split())
    spot = Spot(what, "", [])
    here = now.astimezone(zone)
    try:
        distance = _distance(word.lower())
        if word.lower() == "now":
            found = here.replace(microsecond=0)
        elif distance is not None and distance % timedelta(days=1):
            moved = (here.astimezone(UTC) + distance).astimezone(zone)
            found = moved.replace(second=0, microsecond=0)
        else:
            found = placed(_wall(word, here.date()), zone, spot)
    except (InputError, OverflowError) as error:
        raise _refusal(word, what, error, _EXAMPLE, "no moment") from error
    for problem in spot.problems:
        if warn is not None:
            warn(f"{what}: {problem.message}")
    return found


def day_of(text: str, today: date, what: str) -> date:
    """Give the day that a person means; ``today`` is what words count from. Raises FieldError."""
    word = " ".join(text.split())
    try:
        found = _day(word, today)
    except (InputError, OverflowError) as error:
        raise _refusal(word, what, error, _DAY_EXAMPLE, "no day") from error
    if not FIRST_YEAR <= found.year <= LAST_YEAR:
        span = f"{FIRST_YEAR} to {LAST_YEAR}"
        raise FieldError(
            f"the year {found.year} is outside {span}", where=what, remedy="check the year"
        )
    return found


def _refusal(
    word: str, what: str, error: InputError | OverflowError, example: str, none: str
) -> FieldError:
    """Give the error in terms of what was typed; of a date with two readings both are named."""
    said = error.what.partition(", and no other row")[0] if isinstance(error, InputError) else ""
    telling = " could be " in said or " is a " in said or "outside" in said
    if telling:
        return FieldError(said, where=what, remedy=example)
    return FieldError(f"{shown(word)} is {none} we can read", where=what, remedy=example)


def _wall(word: str, today: date) -> datetime:
    """Give a moment as a wall clock shows it, with an offset if one was written."""
    if _ISO.fullmatch(word):
        return _iso(word)
    if (alone := _time(word)) is not None:
        return datetime.combine(today, alone)
    head, _, tail = word.rpartition(" ")
    for days, clock in ((head, tail), *_cut_twice(word)):
        at = _time(clock) if days else None
        if at is not None:
            return datetime.combine(_day(days.removesuffix(" at").removesuffix(","), today), at)
    alone = EVENING if word.lower() == "tonight" else MORNING
    return datetime.combine(_day(word, today), alone)


def _cut_twice(word: str) -> tuple[tuple[str, str], ...]:
    """Give a word cut before its last two words, for times like ``2 pm``."""
    parts = word.rsplit(" ", 2)
    return ((parts[0], " ".join(parts[1:])),) if len(parts) > 2 else ()


def _iso(word: str) -> datetime:
    try:
        found = datetime.fromisoformat(word)
        if re.fullmatch(r"[0-9W-]{8,10}", word):
            return datetime.combine(found.date(), MORNING)
    except ValueError as error:
        raise InputError("it is not ISO 8601") from error
    return found.replace(microsecond=0)


def _time(word: str) -> time | None:
    lower = word.lower()
    if lower in _TIMES:
        return _TIMES[lower]
    clock = _CLOCK.fullmatch(lower)
    if clock and (int(clock[1]) > _LAST_HOUR or int(clock[2]) > _LAST_MINUTE):
        raise InputError(f"{shown(word)} is outside the hours of a day, 00:00 to 23:59")
    if not re.match(r"[0-9]{1,2}(?:[:.h][0-9]{2}|\s*[ap]\.?m)", lower):
        return None
    try:
        found = time.fromisoformat(iso_time(word))
    except (InputError, ValueError):
        return None
    return found if found.tzinfo is None else None  # with an offset it has to be a whole moment


def _day(word: str, today: date) -> date:
    lower = word.lower()
    if lower in _NEAR:
        return today + timedelta(days=_NEAR[lower])
    if lower == "next week":
        return today + timedelta(days=_WEEK)
    distance = _distance(lower)
    if distance is not None and not distance % timedelta(days=1):
        return today + distance
    weekday = _WORDS.fullmatch(lower)
    number = _weekday(weekday["day"]) if weekday else None
    if weekday and number is not None:
        return _nearest(number, today, back=weekday["which"] == "last")
    return _date(word)


def _distance(lower: str) -> timedelta | None:
    ahead, back = _AHEAD.fullmatch(lower), _BACK.fullmatch(lower)
    found = ahead or back
    if found is None:
        return None
    count = _NUMBERS.get(found["count"]) or int(found["count"])
    if count > _MOST:
        raise InputError("so far away is a slip")
    return _LENGTHS[found["unit"]] * (count if ahead else -count)


def _weekday(word: str) -> int | None:
    return next((at for at, name in enumerate(WEEKDAYS) if name.startswith(word)), None)


def _nearest(weekday: int, today: date, *, back: bool) -> date:
    """Give the first day of that name after today, or the latest before it."""
    if back:
        return today - timedelta(days=(today.weekday() - weekday - 1) % _WEEK + 1)
    return today + timedelta(days=(weekday - today.weekday() - 1) % _WEEK + 1)


def _date(word: str) -> date:
    """Give a written date that has one reading; the year is never left to a guess."""
    if cut(word).time:
        raise InputError("there is a time in it")
    return date.fromisoformat(iso_date(word, order_of([(1, word)])))
