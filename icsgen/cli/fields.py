"""An interview's fields as options of a command, and as a file would have them."""

from argparse import ArgumentParser, Namespace
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from icsgen.cli.context import Context
from icsgen.cli.times import day_of, moment_of
from icsgen.errors import FieldError, UsageError
from icsgen.here import machine_zone
from icsgen.model import (
    Channel,
    Culture,
    Industry,
    Interview,
    Pace,
    Rapport,
    Severity,
    Size,
)
from icsgen.sources import Options, Record
from icsgen.sources.fields import interview as interview_of
from icsgen.zones import Zone, zone

_TEXTS = {
    "company": ("NAME", "the employer"),
    "role": ("TITLE", "the position"),
    "start": ("WHEN", "when it begins, like 2026-11-10T14:00 or “next Tue 9:30”"),
    "end": ("WHEN", "when it ends"),
    "minutes": ("N", "how long it lasts, in the place of its end (default: 60)"),
    "timezone": ("ZONE", "the employer’s time zone, like Europe/Berlin"),
    "country": ("CODE", "whose holidays count, like US"),
    "subdivision": ("CODE", "the state or region, like NY"),
    "promised": ("DATE", "by when they said they would answer"),
    "industry": ("WORD", ", ".join(Industry)),
    "pace": ("WORD", ", ".join(Pace)),
    "size": ("WORD", ", ".join(Size)),
    "rapport": ("WORD", ", ".join(Rapport)),
    "culture": ("WORD", ", ".join(Culture)),
    "channel": ("WORD", f"what they asked for: {', '.join(Channel)}"),
    "round": ("NAME", "which round it is, like “second”"),
    "notes": ("TEXT", "whatever you want to keep"),
    "playbook": ("NAME", "the rules that its plan follows"),
}
_WHO = (
    "“Dana Lee <dana@acme.example>”, the main one first; after a ; a phone number, a LinkedIn "
    "address or role: TITLE"
)
_LISTS = {
    "contacts": ("contact", "WHO", _WHO),
    "topics": ("topic", "TEXT", "something you talked about"),
    "concerns": ("concern", "TEXT", "a doubt they had"),
    "closed": ("closed", "DAYS", "days on which they are closed, a date or a/b"),
    "weekend": ("weekend", "DAY", "their days off, like fri"),
}
_REQUIRED = ("company", "role", "start", "end", "minutes")


def add_fields(parser: ArgumentParser, *, clearing: bool) -> None:
    """Add every field as an option of its name; `clearing`: also as one that empties it."""
    group = parser.add_argument_group("the interview")
    for name, (metavar, about) in _TEXTS.items():
        group.add_argument(f"--{name}", metavar=metavar, help=about)
    for name, (option, metavar, about) in _LISTS.items():
        both = dict.fromkeys((f"--{option}", f"--{name}"))
        more = "" if clearing else "; may be given again"
        group.add_argument(*both, dest=name, metavar=metavar, action="append", help=about + more)
    if clearing:
        for name in (*_TEXTS, *_LISTS):
            if name not in _REQUIRED:
                about = f"empty {name}"
                group.add_argument(
                    f"--no-{name}", dest=f"no_{name}", action="store_true", help=about
                )


def said(args: Namespace) -> dict[str, Any]:
    """Give the fields that the command line speaks of, as they were typed; "" empties one."""
    given = {name: getattr(args, name) for name in (*_TEXTS, *_LISTS)}
    cleared = {name: "" for name in given if getattr(args, f"no_{name}", False)}
    clash = next((name for name in cleared if given[name] is not None), None)
    if clash:
        raise UsageError(
            f"--{clash} and --no-{clash} cannot go together", remedy="give one of them"
        )
    return {name: value for name, value in given.items() if value is not None} | cleared


def built(
    fields: Mapping[str, Any], base: Mapping[str, Any], context: Context, options: Options
) -> Interview:
    """Give the interview of typed fields over those of `base` (a record, empty for a new one).

    Raises FieldError for the first field that cannot be so; what is odd is told as a warning.
    """
    raw = {**base, **{name: value for name, value in fields.items() if name not in _DATED}}
    where = _zone(raw, options)
    raw |= {name: _moment(name, fields[name], where, context) for name in _MOMENTS & fields.keys()}
    if fields.get("promised"):
        today = context.now.astimezone(where).date()
        raw["promised"] = day_of(fields["promised"], today, "--promised").isoformat()
    elif "promised" in fields:
        raw["promised"] = ""
    if "contacts" in fields:
        raw["contacts"] = [_contact(text) for text in _listed(fields["contacts"]) if text.strip()]
    for name in ("topics", "concerns", "closed", "weekend"):
        if name in fields:
            raw[name] = [text for text in _listed(fields[name]) if text.strip()]
    return _made(raw, context, options)


_MOMENTS = {"start", "end"}
_DATED = {*_MOMENTS, "promised"}


def _listed(value: Any) -> list[str]:
    return value if isinstance(value, list) else []


def _made(raw: Mapping[str, Any], context: Context, options: Options) -> Interview:
    problems: list[Any] = []
    record = Record("the interview", {name: value for name, value in raw.items() if value != ""})
    found = interview_of(record, options, problems)
    wrong = next((p for p in problems if p.severity is Severity.REFUSED), None)
    if found is None or wrong is not None:
        what, _, remedy = wrong.message.partition("; ") if wrong else ("it cannot be read", "", "")
        raise FieldError(what, where=wrong.where if wrong else "the interview", remedy=remedy)
    context.console.tell(problems)
    return found.interview


def _zone(raw: Mapping[str, Any], options: Options) -> Zone:
    named = raw.get("timezone") or options.timezone or options.machine_timezone or "UTC"
    return zone(str(named))


def _moment(name: str, text: str, where: Zone, context: Context) -> str:
    found: datetime = moment_of(text, context.now, where, f"--{name}", context.console.warn)
    return found.isoformat()


def _contact(text: str) -> dict[str, str]:
    """Give a contact from pieces between semicolons: who, then a number, a profile or a role."""
    from icsgen.sources.people import address_parts  # where a contact is given

    who, *pieces = [piece.strip() for piece in text.split(";")]
    found = {name: str(value) for name, value in address_parts(who).items()}
    for piece in pieces:
        label, colon, value = piece.partition(":")
        named = label.strip().lower() if colon else ""
        if named in {"email", "phone", "linkedin", "role"}:
            found[named] = value.strip()
        elif "linkedin.com" in piece.lower() or "//" in piece:
            found["linkedin"] = piece
        elif "@" in piece:
            found["email"] = piece
        elif any(char.isdigit() for char in piece):
            found["phone"] = piece
        elif piece:
            found["role"] = piece
    return found


def machine_options(context: Context) -> Options:
    """Give how to read fields: by the settings, and by this machine's zone."""
    # Interviews that name no playbook follow the setting, also when it changes.
    return context.desk.options(machine_zone())._replace(playbook=None)
