"""The sentences of a feed: titles of follow-ups, and what to do where no draft is given.

The advice is that of the rules, in our own words.
"""

from icsgen.journal import Step
from icsgen.model import FollowUp, State

__all__ = ["BLANK_TITLES", "CALENDARS", "CATEGORIES", "subject", "title", "to_do"]

CALENDARS = {
    "full": ("Interview follow-ups", "What to send after each interview, when, and why then."),
    "initials": ("Follow-ups", "What to send, and when. Names are shortened."),
    "blank": ("Reminders", "Reminders."),
}
"""A view's calendar name and description."""

CATEGORIES = {
    Step.THANK_YOU: "Thank-you",
    Step.EARLY_CHECK_IN: "Early check-in",
    Step.FIRST_CHECK_IN: "First check-in",
    Step.SECOND_CHECK_IN: "Second check-in",
    Step.CLOSE_OUT: "Close-out",
    Step.REPLY: "Reply",
}
"""A step as a person calls it."""

BLANK_TITLES = {
    State.OPEN: "Reminder",
    State.SENT: "✓ Reminder done",
    State.SKIPPED: "Reminder skipped",
    State.CANCELLED: "Reminder cancelled",
}
"""All that the blank view says."""

_SETTLED = {
    State.SENT: "✓ {} sent: {}",
    State.SKIPPED: "{} skipped: {}",
    State.CANCELLED: "{} cancelled: {}",
}

_TO_DO = {
    "thank_you": (
        "Thank {people} at {company} for the conversation about the {role} role. A few sentences "
        "are enough: name one thing you talked about, and say why you look forward to it."
    ),
    "first_check_in": (
        "Ask {people} at {company} how things stand with the {role} role. Two short paragraphs: "
        "you are still glad to be considered, and here is one thing that may help them decide."
    ),
    "second_check_in": (
        "Ask {people} at {company} once more about the {role} role, in fewer words than the first "
        "time. They may well be busy, and saying so is kind."
    ),
    "after_promise": (
        "The day they named has passed. Ask {people} about the {role} role at {company}, name "
        "that day without reproach, and say you are still interested."
    ),
    "phone": (
        "One short, friendly call to {people} at {company} about the {role} role. Say who you are "
        "and which role, ask how things stand, thank them, and leave it at that."
    ),
    "close_out": (
        "One last, friendly note to {people} about the {role} role at {company}: thank them, wish "
        "them well, and leave the door open. After this, look ahead."
    ),
    "new_information": (
        "Tell {people} what is new since you spoke about the {role} role at {company}, and why it "
        "matters to them. It is news, so no need to ask where they stand."
    ),
    "competing_offer": (
        "Tell {people} that you have an offer in hand, that {company} and the {role} role still "
        "interest you, and by when you must answer. No pressure: it is information."
    ),
    "offer_reply": (
        "Thank {people} at {company} for the offer of the {role} role. Confirm what you "
        "understood, and say when you will answer, or ask what you still need to know."
    ),
    "next_round_reply": (
        "Thank {people} for the invitation to talk further about the {role} role at {company}, "
        "confirm the time, and ask what would be good to prepare."
    ),
    "feedback_request": (
        "Thank {people} for telling you about the {role} role at {company}. Say you would be glad "
        "to meet again, and ask what you could do better; they need not answer."
    ),
    "withdrawal": (
        "Thank {people} and tell them in a line or two that you are no longer a candidate for the "
        "{role} role at {company}. You need not do this, but it is courteous."
    ),
}
"""By the kind of draft the rules call for."""

_LET_GO = (
    "Nothing to send. If {company} has not answered by now, let the {role} role go, and give your "
    "time to the next one."
)

_SUBJECTS = {
    "thank_you": "Thank you for the conversation about the {role} role",
    "offer_reply": "Thank you for the offer: {role}",
    "next_round_reply": "Our next conversation: {role}",
    "feedback_request": "Thank you: {role} at {company}",
    "withdrawal": "My application for the {role} role",
    "close_out": "Thank you: {role} at {company}",
}


def title(follow_up: FollowUp, company: str, role: str) -> str:
    """Give an event's one line; a state is said in words, never by a sign alone."""
    where = f"{company} ({role})"
    if follow_up.state is not State.OPEN:
        return _SETTLED[follow_up.state].format(CATEGORIES[follow_up.step], where)
    named = "Let it go" if follow_up.silent else CATEGORIES[follow_up.step]
    return f"{named}: {where}"


def to_do(follow_up: FollowUp, people: str, company: str, role: str) -> str:
    """Give what to do, in two or three sentences, to someone who has no draft at hand."""
    if follow_up.silent:
        return _LET_GO.format(company=company, role=role)
    words = _TO_DO.get(follow_up.kind) or _TO_DO.get(follow_up.step.value, _TO_DO["first_check_in"])
    return words.format(people=people, company=company, role=role)


def subject(follow_up: FollowUp, company: str, role: str) -> str:
    """Give the subject of a message that has no draft yet."""
    words = _SUBJECTS.get(follow_up.kind, "The {role} role at {company}")
    return words.format(company=company, role=role)
