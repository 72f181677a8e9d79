"""Each follow-up's revision: what it looks like in a calendar, and how often that changed."""

from collections.abc import Mapping
from datetime import datetime

from icsgen.journal import Step
from icsgen.model import Contact, FollowUp, Plan
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
    interview = made.interview
    settled = follow_up.settled_at.isoformat() if follow_up.settled_at else ""
    return (
        EDITION,
        *(interview.company, interview.role, interview.zone.key),
        *(follow_up.due.isoformat(), follow_up.state.value, settled),
        *(follow_up.channel or "", follow_up.kind, str(follow_up.silent), str(follow_up.forecast)),
        "\x1e".join(follow_up.sent_to),
        "\x1e".join(map(_person, follow_up.recipients)),
        *(f"{reason.source}\x1e{reason.text}" for reason in follow_up.reasons),
    )


def _person(person: Contact) -> str:
    return "\x1f".join([person.name, person.email or "", person.phone or "", person.linkedin or ""])
