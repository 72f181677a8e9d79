"""Each follow-up's revision: what it looks like in a calendar, and how often that changed."""

from collections.abc import Mapping
from datetime import datetime

from icsgen.journal import Step
from icsgen.model import Channel, Contact, FollowUp, Plan, State
from icsgen.store import Revision, Writer
from icsgen.store.revisions import fingerprint

EDITION = "1"
"""Of the feed's own words: raised with them, or subscribers would keep the old ones."""


def fingerprints(made: Plan) -> dict[Step, str]:
    """Give a digest of each follow-up's time and of all that its text is made of."""
    return {each.step: fingerprint(_parts(made, each)) for each in made.follow_ups}


def revise(kept: Writer, made: Plan, now: datetime) -> dict[Step, Revision]:
    """Count what changed in an interview's follow-ups since they were last counted."""
    return kept.revise(made.interview.id, fingerprints(made), now)


def is_counted(made: Plan, revisions: Mapping[Step, Revision]) -> bool:
    """Tell whether the revisions are those of this plan."""
    known = {step: revision.fingerprint for step, revision in revisions.items()}
    return all(known.get(step) == looks for step, looks in fingerprints(made).items())


def with_revisions(made: Plan, revisions: Mapping[Step, Revision]) -> Plan:
    """Give the plan with each follow-up's SEQUENCE and its last change."""
    return made._replace(follow_ups=tuple(_counted(f, revisions) for f in made.follow_ups))


def _counted(follow_up: FollowUp, revisions: Mapping[Step, Revision]) -> FollowUp:
    found = revisions.get(follow_up.step)
    if found is None:
        return follow_up
    return follow_up._replace(sequence=found.sequence, changed_at=found.changed_at)


def _parts(made: Plan, follow_up: FollowUp) -> tuple[str, ...]:
    """Give what `feed.event` makes an event of, and no more: what shows nowhere changes nothing."""
    interview = made.interview
    due = follow_up.due.astimezone(interview.zone)
    shown = _of_open(follow_up) if follow_up.state is State.OPEN else _of_settled(made, follow_up)
    return (
        EDITION,
        *(interview.company, interview.role, interview.zone.key),
        *(f"{due:%Y-%m-%dT%H:%M:%S}", follow_up.state.value, *shown),
        *(f"{reason.source}\x1e{reason.text}" for reason in follow_up.reasons),
    )


def _of_open(follow_up: FollowUp) -> tuple[str, ...]:
    people = (_person(person, follow_up.channel) for person in follow_up.unthanked)
    flags = f"{follow_up.silent} {follow_up.forecast}"
    return follow_up.kind, flags, follow_up.channel or "", "\x1e".join(people)


def _of_settled(made: Plan, follow_up: FollowUp) -> tuple[str, ...]:
    if follow_up.settled_at is None:
        return ()
    return (f"{follow_up.settled_at.astimezone(made.interview.zone):%Y-%m-%dT%H:%M}",)


def _person(person: Contact, channel: Channel | None) -> str:
    """Give a name and the address that a link is made of."""
    address = getattr(person, channel.value) if channel else None
    return f"{person.name}\x1f{address or ''}"
