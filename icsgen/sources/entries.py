"""Journal entries: each of the seven kinds, every field checked.

A wrong entry refuses its interview: leaving it out would give a plan that is wrong without a word.
"""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from itertools import islice
from zoneinfo import ZoneInfo

from icsgen.errors import FieldError
from icsgen.journal import (
    Entry,
    Heard,
    News,
    NewsKind,
    Outcome,
    Promised,
    Sent,
    Skipped,
    Snoozed,
    Step,
    Undone,
)
from icsgen.model import Contact
from icsgen.sources import limits
from icsgen.sources.form import Form
from icsgen.sources.moments import moment
from icsgen.sources.spot import Spot, nearest, refused, shown
from icsgen.sources.values import choice, day, lines, listed, whole


class Kind(StrEnum):
    """What a journal entry's ``type`` may say."""

    SENT = "sent"
    SKIPPED = "skipped"
    SNOOZED = "snoozed"
    PROMISED = "promised"
    HEARD = "heard"
    NEWS = "news"
    UNDONE = "undone"


_NEVER = datetime(limits.FIRST_YEAR, 1, 1, tzinfo=UTC)
"""Stands in a form that is not sound, of which nothing is made."""


def journal(raw: object, spot: Spot, zone: ZoneInfo) -> tuple[Entry, ...] | None:
    """Give the entries in file order, or None if one is wrong; each wrong one is named."""
    items = listed(raw, spot, limits.ENTRIES)
    found = [_entry_or_none(item, spot.item(at), zone) for at, item in enumerate(items)]
    misfits = [at for at, entry in enumerate(found) if not _undo_fits(entry, at, len(found), spot)]
    sound = tuple(entry for entry in found if entry is not None)
    return None if misfits or len(sound) < len(found) else sound


def entry(raw: object, spot: Spot, zone: ZoneInfo) -> Entry:
    """Give one entry; raises FieldError after naming each wrong field in ``spot``'s problems."""
    if not isinstance(raw, dict):
        raise spot.refusal(
            f"{shown(raw)} is no journal entry", "give at, type and what goes with it"
        )
    form = Form(raw, spot)
    kind = form.required("type", choice(Kind), f"use one of {', '.join(Kind)}")
    at = form.required(
        "at", moment(zone, exact=True), "say when it happened, like 2026-11-12T09:30"
    )
    if kind is None:
        raise spot.refusal("this entry cannot be read")
    read, fields = _KINDS[kind]
    form.warn_of_unknown(("at", "type", *fields))
    found = read(form, at or _NEVER, zone)
    if not form.sound:
        raise spot.refusal("this entry cannot be read")
    return found


def warn_of_far_dues(entries: Sequence[Entry], start: datetime | None, spot: Spot) -> None:
    """Warn of each ``due`` that no follow-up of this interview is likely to have had.

    It stands all the same: the interview may have been moved since, and what was exported must
    read back.
    """
    for at, one in enumerate(entries if start else ()):
        due = one.due if isinstance(one, Sent | Skipped) else None
        if start and due and not _near(start, due):
            spot.item(at).field("due").warn(
                f"{due:%Y-%m-%d %H:%M} is before the interview or years after it; it is kept"
            )


def _near(start: datetime, due: datetime) -> bool:
    after = due.astimezone(UTC) - start.astimezone(UTC)
    return timedelta(0) <= after <= timedelta(days=limits.DUE_DAYS)


def warn_of_strangers(entries: Sequence[Entry], contacts: Sequence[Contact], spot: Spot) -> None:
    """Warn of recipients of a thank-you who are none of the contacts; they may be misspelt."""
    known = {key.casefold() for one in contacts for key in (one.name, one.email) if key}
    strangers = (
        (at, name)
        for at, one in enumerate(entries if known else ())
        if isinstance(one, Sent) and one.step is Step.THANK_YOU
        for name in one.to
        if name.casefold() not in known
    )
    for at, name in islice(strangers, limits.UNKNOWN_NAMED):
        hint = nearest(name, [one.name for one in contacts]) or "name one of them, or add this one"
        spot.item(at).field("to").warn(f"{shown(name)} is none of the contacts; {hint}")


def _entry_or_none(raw: object, spot: Spot, zone: ZoneInfo) -> Entry | None:
    before = len(spot.problems)
    try:
        return entry(raw, spot, zone)
    except FieldError as error:
        if len(spot.problems) == before:
            spot.problems.append(refused(error))
        return None


def _undo_fits(found: Entry | None, at: int, count: int, spot: Spot) -> bool:
    if not isinstance(found, Undone) or (0 <= found.entry < count and found.entry != at):
        return True
    error = (
        spot.item(at)
        .field("entry")
        .refusal(
            f"there is no other entry at position {shown(found.entry)}",
            f"positions go from 0 to {count - 1}",
        )
    )
    spot.problems.append(refused(error))
    return False


def _step(form: Form) -> Step:
    return form.required("step", choice(Step), f"use one of {', '.join(Step)}") or Step.THANK_YOU


def _sent(form: Form, at: datetime, zone: ZoneInfo) -> Entry:
    due = form.optional("due", moment(zone), None)
    return Sent(at, _step(form), form.optional("to", lines, ()), due)


def _skipped(form: Form, at: datetime, zone: ZoneInfo) -> Entry:
    return Skipped(at, _step(form), form.optional("due", moment(zone), None))


def _snoozed(form: Form, at: datetime, zone: ZoneInfo) -> Entry:
    until = form.required("until", moment(zone), "say until when, like 2026-12-02T16:00")
    return Snoozed(at, _step(form), until or at)


def _promised(form: Form, at: datetime, zone: ZoneInfo) -> Entry:
    del zone
    return Promised(at, form.required("date", day, "say by when, like 2026-11-20") or at.date())


def _heard(form: Form, at: datetime, zone: ZoneInfo) -> Entry:
    del zone
    outcome = form.required("outcome", choice(Outcome), f"use one of {', '.join(Outcome)}")
    return Heard(at, outcome or Outcome.REPLIED, form.optional("promised", day, None))


def _news(form: Form, at: datetime, zone: ZoneInfo) -> Entry:
    del zone
    news = form.required("news", choice(NewsKind), f"use one of {', '.join(NewsKind)}")
    return News(at, news or NewsKind.NEW_INFORMATION)


def _undone(form: Form, at: datetime, zone: ZoneInfo) -> Entry:
    del zone
    position = form.required("entry", whole, "give the position of the entry, counted from 0")
    return Undone(at, -1 if position is None else position)


_KINDS: dict[Kind, tuple[Callable[[Form, datetime, ZoneInfo], Entry], tuple[str, ...]]] = {
    Kind.SENT: (_sent, ("step", "to", "due")),
    Kind.SKIPPED: (_skipped, ("step", "due")),
    Kind.SNOOZED: (_snoozed, ("step", "until")),
    Kind.PROMISED: (_promised, ("date",)),
    Kind.HEARD: (_heard, ("outcome", "promised")),
    Kind.NEWS: (_news, ("news",)),
    Kind.UNDONE: (_undone, ("entry",)),
}
