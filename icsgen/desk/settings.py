"""The person's settings: their names, what each may be, and how a reading takes them."""

import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from icsgen.errors import FieldError, NotFound, UnknownPlace
from icsgen.sources import limits
from icsgen.sources.people import email_address
from icsgen.sources.spot import Spot, nearest, shown
from icsgen.sources.values import WEEKDAYS, country, line, subdivision, text, weekend, whole
from icsgen.zones import zone

if TYPE_CHECKING:
    from icsgen.sources import Options

__all__ = ["SETTINGS", "Setting", "checked", "options_of", "setting"]

_MOST_PORT = 65535
_LINKEDIN = (50, 300)
"""LinkedIn takes 200 characters with an invitation, 300 of who pays."""
_HOURS = re.compile(
    r"([01]?[0-9]|2[0-3]):([0-5][0-9])\s*(?:-|–|to)\s*([01]?[0-9]|2[0-3]):([0-5][0-9])"
)
_LOCALE = re.compile(r"([a-z]{2,3})(?:[_-]([A-Za-z]{2}))?")
_YES, _NO = frozenset(("yes", "true", "on", "1")), frozenset(("no", "false", "off", "0"))

Reads = Callable[[str, Spot], str]


class Setting(NamedTuple):
    """One setting."""

    key: str
    about: str
    usual: str
    """What counts where it is not set, in words."""
    read: Reads
    """Gives the value as it is kept; raises FieldError with what would be right."""


def _line(raw: str, spot: Spot) -> str:
    return line(raw, spot)


def _email(raw: str, spot: Spot) -> str:
    found = email_address(raw)
    if found is None:
        raise spot.refusal(f"{shown(raw)} is no e-mail address", "write it like dana@acme.example")
    return found


def _timezone(raw: str, spot: Spot) -> str:
    return zone(line(raw, spot)).key


def _country(raw: str, spot: Spot) -> str:
    land, part = country(raw, spot)
    if part:
        raise spot.refusal(
            f"{shown(raw)} names a subdivision too", f"set country {land} and subdivision {part}"
        )
    return land


def _subdivision(raw: str, spot: Spot) -> str:
    return subdivision(raw, spot)[1]


def _days(raw: str, spot: Spot) -> str:
    found = weekend(raw, spot)
    return ", ".join(WEEKDAYS[number][:3] for number in sorted(found or ()))


def _port(raw: str, spot: Spot) -> str:
    found = whole(raw, spot)
    if not 1 <= found <= _MOST_PORT:
        raise spot.refusal(f"{found} is no port", f"give a number from 1 to {_MOST_PORT}")
    return str(found)


def _hours(raw: str, spot: Spot) -> str:
    found = _HOURS.fullmatch(raw.strip())
    if not found:
        raise spot.refusal(f"{shown(raw)} are no hours", "write them like 20:00-08:00")
    opens, closes = f"{int(found[1]):02}:{found[2]}", f"{int(found[3]):02}:{found[4]}"
    if opens == closes:
        raise spot.refusal("they begin and end at the same time", "write them like 20:00-08:00")
    return f"{opens}-{closes}"


def _yes_or_no(raw: str, spot: Spot) -> str:
    word = raw.strip().lower()
    if word not in _YES | _NO:
        raise spot.refusal(f"{shown(raw)} is neither yes nor no", "say yes or no")
    return "yes" if word in _YES else "no"


def _limit(raw: str, spot: Spot) -> str:
    found = whole(raw, spot)
    if not _LINKEDIN[0] <= found <= _LINKEDIN[1]:
        raise spot.refusal(
            f"{found} characters are no limit of LinkedIn’s", "give 200, or 300 if you pay for it"
        )
    return str(found)


def _locale(raw: str, spot: Spot) -> str:
    found = _LOCALE.fullmatch(raw.strip())
    if not found:
        raise spot.refusal(f"{shown(raw)} is no language", "write it like en or en_GB")
    return found[1] + (f"_{found[2].upper()}" if found[2] else "")


def _one_of(*words: str) -> Reads:
    def read(raw: str, spot: Spot) -> str:
        word = raw.strip().lower()
        if word not in words:
            raise spot.refusal(f"{shown(raw)} is none of its values", f"use {', '.join(words)}")
        return word

    return read


SETTINGS = {
    each.key: each
    for each in (
        Setting("name", "your name, under your messages", "none", _line),
        Setting("email", "your own address", "none", _email),
        Setting("phone", "your number, for your signature", "none", _line),
        Setting("signature", "what stands under your messages", "your name", text),
        Setting(
            "timezone", "where interviews take place that say no zone", "this computer’s", _timezone
        ),
        Setting("country", "whose holidays count where an interview says none", "none", _country),
        Setting("subdivision", "the state or region of that country", "none", _subdivision),
        Setting("weekend", "your own days off, like fri, sat", "the country’s", _days),
        Setting("playbook", "the rules that plans follow", "balanced", _line),
        Setting("port", "where the calendar is served", "8737", _port),
        Setting("mail", "what a draft opens in", "system", _one_of("system", "gmail", "outlook")),
        Setting("quiet_hours", "when no reminder shows", "none", _hours),
        Setting("quiet_days", "days without reminders", "none", _days),
        Setting("private_notifications", "reminders without names", "no", _yes_or_no),
        Setting("linkedin_limit", "characters of a note on LinkedIn", "200", _limit),
        Setting("locale", "the language of messages", "en", _locale),
    )
}
"""All of the contract's, in its order."""


def setting(key: str) -> Setting:
    """Give a setting by its name, whatever the letter case; raises NotFound with the nearest."""
    word = re.sub(r"[\s-]+", "_", key.strip().lower())
    if word not in SETTINGS:
        hint = nearest(word, SETTINGS) or f"there are {', '.join(SETTINGS)}"
        raise NotFound(f"there is no setting {shown(key)}", where="settings", remedy=hint)
    return SETTINGS[word]


def checked(key: str, value: str, playbooks: Path | None, settings: Mapping[str, str]) -> str:
    """Give a value as it is kept.

    ``settings`` are the others: a subdivision is one of their country. Raises FieldError,
    UnknownPlace, or NotFound for a playbook nobody knows.
    """
    found = setting(key)
    spot = Spot("settings", found.key, [])
    if len(value) > limits.TEXT_CHARS:
        raise spot.refusal("that is longer than any setting", "make it shorter")
    try:
        kept = found.read(value, spot)
    except FieldError as error:
        raise FieldError(error.what, where=str(spot), remedy=error.remedy) from error
    if found.key == "playbook":
        from icsgen.playbooks import load_named  # only this setting needs it

        load_named(kept, playbooks)
    if found.key in {"country", "subdivision"}:
        _check_place({**settings, found.key: kept}, spot)
    return kept


def _check_place(settings: Mapping[str, str], spot: Spot) -> None:
    """Raise for a country that nobody knows, or that has no such subdivision."""
    from icsgen.workcalendar import check_place  # only these two settings need it

    land, part = settings.get("country"), settings.get("subdivision")
    if land is None:
        raise spot.refusal("it belongs to a country, and none is set", "set the country first")
    if spot.path == "subdivision":
        check_place(land, part, str(spot))
        return
    check_place(land, None, str(spot))
    try:
        check_place(land, part, str(spot))
    except UnknownPlace as error:
        raise spot.refusal(
            f"{error.what}, and subdivision {part} is set",
            'let it be first: afterword settings subdivision ""',
        ) from error


def options_of(settings: Mapping[str, str], machine_timezone: str | None) -> "Options":
    """Give how to read interviews by these settings."""
    from icsgen.sources import Options  # a plan of what is kept needs none of it

    days = settings.get("weekend")
    spot = Spot("settings", "weekend", [])
    return Options(
        timezone=settings.get("timezone"),
        machine_timezone=machine_timezone,
        country=settings.get("country"),
        subdivision=settings.get("subdivision"),
        weekend=weekend(days, spot) if days else None,
        playbook=settings.get("playbook"),
        email=settings.get("email"),
    )
