"""A record becomes an interview: every rule of the contract's table of fields, said once.

What is wrong refuses the interview and is named; what is odd is a warning. Whether a country or a
subdivision exists is for the work calendar to say; here only their shape is checked.
"""

from datetime import UTC, datetime, timedelta

from icsgen.errors import UnknownPlace
from icsgen.journal import Entry
from icsgen.model import (
    Channel,
    Culture,
    Industry,
    Interview,
    Pace,
    Problem,
    Rapport,
    Size,
)
from icsgen.sources import limits
from icsgen.sources.entries import journal, warn_of_far_dues, warn_of_strangers
from icsgen.sources.form import Form
from icsgen.sources.identity import given_id, interview_id
from icsgen.sources.moments import moment
from icsgen.sources.people import contacts
from icsgen.sources.reading import Found, Options, Record
from icsgen.sources.spot import Spot
from icsgen.sources.values import (
    choice,
    closed,
    country,
    day,
    line,
    lines,
    minutes,
    missing,
    subdivision,
    text,
    weekend,
)
from icsgen.zones import Zone
from icsgen.zones import zone as zone_named

FIELDS = (
    *("id", "company", "role", "start", "end", "minutes", "timezone", "country", "subdivision"),
    *("contacts", "promised", "industry", "pace", "size", "rapport", "culture", "channel"),
    *("round", "notes", "topics", "concerns", "closed", "weekend", "playbook", "journal"),
)
"""Every field of the contract, in the order in which we write them."""

DEFAULT_MINUTES = 60
_UTC_ZONE = "UTC"
_NEVER = datetime(limits.FIRST_YEAR, 1, 1, tzinfo=UTC)


def interview(record: Record, options: Options, problems: list[Problem]) -> Found | None:
    """Give the interview of a record, or None if it is refused; ``problems`` says why."""
    form = Form(record.fields, Spot(record.where, record.prefix, problems))
    form.warn_of_unknown(FIELDS)
    zone = _zone(form, options)
    start = form.required(
        "start", moment(zone, warn_of_date=True), "say when it was, like 2026-11-10T14:00"
    )
    end = _end(form, start, zone)
    land, part = _place(form, options)
    company, role = _line_or(form, "company", options.company), _line_or(form, "role", options.role)
    round_name = form.optional("round", line, None)
    made = Interview(
        id=form.optional("id", given_id, None)
        or interview_id(company, role, round_name, start or _NEVER),
        company=company,
        role=role,
        start=start or _NEVER,
        end=end,
        zone=zone,
        country=land,
        subdivision=part,
        contacts=form.optional("contacts", contacts, ()),
        promised=form.optional("promised", day, None),
        industry=form.optional("industry", choice(Industry), Industry.OTHER),
        pace=form.optional("pace", choice(Pace), Pace.NORMAL),
        size=form.optional("size", choice(Size), Size.SMALL),
        rapport=form.optional("rapport", choice(Rapport), Rapport.NORMAL),
        culture=form.optional("culture", choice(Culture), Culture.FORMAL),
        channel=form.optional("channel", choice(Channel), None),
        round=round_name,
        notes=form.optional("notes", text, None),
        topics=form.optional("topics", lines, ()),
        concerns=form.optional("concerns", lines, ()),
        closed=form.optional("closed", closed, ()),
        weekend=form.optional("weekend", weekend, None) or options.weekend,
        playbook=form.optional("playbook", line, None) or options.playbook,
        journal=_journal(form, zone, start),
    )
    if not form.sound:
        return None
    warn_of_strangers(made.journal, made.contacts, form.spot.field("journal"))
    return Found(made, str(form.spot), record.guessed, record.uid, record.sequence)


def _line_or(form: Form, name: str, default: str | None) -> str:
    if default and missing(form.raw.get(name)):
        return line(default, form.spot.field(name))
    remedy = f"add the {name}" + ("" if form.raw.get("journal") else f", or give --{name}")
    return form.required(name, line, remedy) or ""


def _zone(form: Form, options: Options) -> Zone:
    """Give the interview's zone, else the setting's, else the machine's; UTC if refused."""
    found = form.optional("timezone", _zone_named, None)
    if found is not None or not form.sound:
        return found or zone_named(_UTC_ZONE)
    spot = form.spot.field("timezone")
    default = options.timezone or options.machine_timezone
    if default is None:
        form.refuse(spot.refusal("no time zone is given", "add the employer's, like Europe/Berlin"))
        return zone_named(_UTC_ZONE)
    if options.timezone is None:
        spot.warn(f"no time zone is given; this computer's, {default}, is taken")
    try:
        return zone_named(default)
    except UnknownPlace as error:
        form.refuse(spot.refusal(f"{error.what} (from the settings)", error.remedy))
        return zone_named(_UTC_ZONE)


def _zone_named(raw: object, spot: Spot) -> Zone:
    try:
        return zone_named(line(raw, spot))
    except UnknownPlace as error:
        raise spot.refusal(error.what, error.remedy) from error


def _end(form: Form, start: datetime | None, zone: Zone) -> datetime:
    """Give the end: ``end``, else ``minutes`` of elapsed time, else an hour, after the start."""
    end = form.optional("end", moment(zone), None)
    count = form.optional("minutes", minutes, None)
    if start is None:
        return _NEVER
    if end is None:
        return _after(start, count or DEFAULT_MINUTES)
    spot = form.spot.field("end")
    if end.astimezone(UTC) <= start.astimezone(UTC):
        form.refuse(
            spot.refusal(
                f"it ends at {end:%Y-%m-%d %H:%M}, before it has begun", "check start and end"
            )
        )
        return end
    lasts = end.astimezone(UTC) - start.astimezone(UTC)
    if lasts > timedelta(days=1):
        spot.warn(f"the interview lasts {lasts.days} days or more; check its end")
    if count is not None and lasts != timedelta(minutes=count):
        spot.warn(
            f"from start to end it is {lasts // timedelta(minutes=1)} minutes and minutes says "
            f"{count}; the end counts"
        )
    return end


def _after(start: datetime, count: int) -> datetime:
    return (start.astimezone(UTC) + timedelta(minutes=count)).astimezone(start.tzinfo)


def _place(form: Form, options: Options) -> tuple[str | None, str | None]:
    """Give country and subdivision: the file's own, else the settings'."""
    land, inner = form.optional("country", country, (None, None))
    outer, part = form.optional("subdivision", subdivision, (None, None))
    spot = form.spot.field("subdivision")
    own = land or outer
    if land and outer and land != outer:
        form.refuse(
            spot.refusal(f"{outer}-{part} is not in the country {land}", "make the two agree")
        )
    elif inner and part and inner != part:
        form.refuse(
            spot.refusal(f"{part} is not what the country says, {land}-{inner}", "make them agree")
        )
    if own is None and options.country is None:
        form.spot.field("country").warn("no country is given; only weekends count as days off")
        return None, None
    default = (
        options.subdivision if own in {None, options.country and options.country.upper()} else None
    )
    return own or (options.country or "").upper(), part or inner or default


def _journal(form: Form, zone: Zone, start: datetime | None) -> tuple[Entry, ...]:
    found = form.optional("journal", lambda raw, spot: journal(raw, spot, zone), ())
    if found is None:
        form.sound = False
    warn_of_far_dues(found or (), start, form.spot.field("journal"))
    return found or ()
