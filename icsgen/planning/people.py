"""Whom a message goes to and by which channel (``docs/rules.md``, Who and how)."""

from icsgen.journal import Step
from icsgen.model import Channel, Contact, Interview, Reason
from icsgen.planning.story import StepState
from icsgen.rules import Cite, Playbook

_ADDRESS = {Channel.EMAIL: "email", Channel.PHONE: "phone", Channel.LINKEDIN: "linkedin"}
_NAMED = {
    Channel.EMAIL: "an e-mail address",
    Channel.PHONE: "a phone number",
    Channel.LINKEDIN: "a LinkedIn profile",
}
_SAID = {Channel.EMAIL: "by e-mail", Channel.PHONE: "by phone", Channel.LINKEDIN: "on LinkedIn"}


def thank_you_recipients(interview: Interview, playbook: Playbook) -> tuple[Contact, ...]:
    """Give everyone with an e-mail address where each person is thanked, else the main contact."""
    if playbook.thank_you.per_person:
        reachable = tuple(person for person in interview.contacts if person.email)
        if reachable:
            return reachable
    return interview.contacts[:1]


def recipients(
    step: Step, interview: Interview, playbook: Playbook, first: StepState
) -> tuple[Contact, ...]:
    """Give the people a message goes to; the second check-in goes where the first went (A1.23)."""
    if step is Step.THANK_YOU:
        return thank_you_recipients(interview, playbook)
    if step is Step.SECOND_CHECK_IN:
        to: tuple[str, ...] = next((to for _, to in reversed(first.parts) if to), ())
        named = {name.casefold() for name in to}
        same = tuple(
            person
            for person in interview.contacts
            if named & {person.name.casefold(), (person.email or person.name).casefold()}
        )
        if same:
            return same
    return interview.contacts[:1]


def channel(
    step: Step, interview: Interview, playbook: Playbook, people: tuple[Contact, ...]
) -> tuple[Channel | None, tuple[Reason, ...]]:
    """Give the channel a message takes, None if there is no way, and the reasons worth saying."""
    wanted, cite, who = _wanted(step, interview, playbook)
    if wanted and _reaches(people, wanted):
        return wanted, (Reason("channel", cite.source, f"{who} {_SAID[wanted]}."),)
    reasons: tuple[Reason, ...] = ()
    fallback = next((c for c in (Channel.EMAIL, Channel.LINKEDIN) if _reaches(people, c)), None)
    if wanted:
        instead = f"so it goes {_SAID[fallback]}" if fallback else "and there is no other way"
        reasons = (
            Reason(
                "channel",
                cite.source,
                f"{who} {_SAID[wanted]}, but without {_NAMED[wanted]}, {instead}.",
            ),
        )
    if fallback is None:
        name = people[0].name if people else "anyone there"
        text = f"No address of {name} is known: ask the company's HR for the right contact."
        reasons = (*reasons, Reason("channel", "A1.25", text))
    return fallback, reasons


def _wanted(
    step: Step, interview: Interview, playbook: Playbook
) -> tuple[Channel | None, Cite, str]:
    """Give the channel asked for, its source, and who asked; a thank-you is never by phone."""
    asked = interview.channel
    if asked and not (asked is Channel.PHONE and step is Step.THANK_YOU):
        return asked, Cite("A1.16"), "They asked to be reached"
    rule = playbook.steps.get(step)
    if rule and rule.channel:
        return rule.channel, rule.channel_cite, "This playbook follows up"
    return None, Cite("ours"), ""


def _reaches(people: tuple[Contact, ...], by: Channel) -> bool:
    return bool(people) and bool(getattr(people[0], _ADDRESS[by]))
