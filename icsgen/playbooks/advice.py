"""What the articles advise beyond dates, in our words, and which rule carries out each of the rest.

Every point of every article is either carried out by a playbook's figure or a planning rule, or is
here as advice; some are both, and say why.
"""

from collections.abc import Mapping
from enum import StrEnum
from functools import lru_cache
from pathlib import Path
from textwrap import wrap
from typing import Any, NamedTuple

from icsgen.model import Channel, FollowUp, Step

__all__ = [
    "Advice",
    "Moment",
    "Rule",
    "advice",
    "advice_for",
    "advice_text",
    "all_advice",
    "executed",
]

_FILE = Path(__file__).parent / "advice.toml"
_NARROWEST = 40


class Moment(StrEnum):
    """A time for advice that is not one step of the plan."""

    INTERVIEW = "interview"
    EVERY_MESSAGE = "every_message"
    AFTER_PROMISE = "after_promise"
    LAST_MESSAGE = "last_message"
    PHONE = "phone"
    LINKEDIN = "linkedin"
    OFFER = "offer"
    NEXT_ROUND = "next-round"
    REJECTED = "rejected"
    ALWAYS = "always"


class Rule(StrEnum):
    """A planning rule that no playbook can change (``docs/rules.md``, Semantics)."""

    WORKDAYS = "workdays"
    PROMISE = "promise"
    GAP = "gap"
    REPLIED = "replied"
    OUTCOME = "outcome"
    NEWS = "news"
    COUNT = "count"
    RECIPIENTS = "recipients"
    CHANNEL = "channel"


class Advice(NamedTuple):
    """One piece of advice: the article's point, when it helps, and the words."""

    point: str
    when: tuple[Step | Moment, ...]
    text: str
    beside: str = ""
    """Why it is said although the program carries out the point's other half; else empty."""


_TITLES: Mapping[Step | Moment, str] = {
    Moment.INTERVIEW: "Before you leave the interview",
    Moment.EVERY_MESSAGE: "In every message",
    Step.THANK_YOU: "The thank-you",
    Step.FIRST_CHECK_IN: "The first check-in",
    Moment.AFTER_PROMISE: "When the date they promised has passed",
    Step.SECOND_CHECK_IN: "The second check-in",
    Step.CLOSE_OUT: "Letting it go",
    Moment.LAST_MESSAGE: "In the last message",
    Step.EARLY_CHECK_IN: "Writing early",
    Moment.PHONE: "On the phone",
    Moment.LINKEDIN: "On LinkedIn",
    Moment.OFFER: "When they make an offer",
    Moment.NEXT_ROUND: "When they invite you again",
    Moment.REJECTED: "When they say no",
    Moment.ALWAYS: "All the while",
}

_KINDS: Mapping[str, Moment] = {
    "after_promise": Moment.AFTER_PROMISE,
    "offer_reply": Moment.OFFER,
    "next_round_reply": Moment.NEXT_ROUND,
    "feedback_request": Moment.REJECTED,
}
_CHANNELS: Mapping[Channel | None, Moment] = {
    Channel.PHONE: Moment.PHONE,
    Channel.LINKEDIN: Moment.LINKEDIN,
}


def advice(step: Step | Moment) -> tuple[Advice, ...]:
    """Give the advice for a step or a moment, in the order of the articles.

    What helps with every message is under ``Moment.EVERY_MESSAGE`` and not repeated for each step.
    """
    return tuple(piece for piece in all_advice() if step in piece.when)


def advice_for(follow_up: FollowUp) -> tuple[Advice, ...]:
    """Give the advice for one follow-up: its step's, and its kind's and its channel's."""
    moments: list[Step | Moment] = [follow_up.step]
    if follow_up.kind in _KINDS:
        moments.append(_KINDS[follow_up.kind])
    if follow_up.step is Step.CLOSE_OUT and not follow_up.silent:
        moments.append(Moment.LAST_MESSAGE)
    if follow_up.channel in _CHANNELS:
        moments.append(_CHANNELS[follow_up.channel])
    return tuple(piece for piece in all_advice() if any(when in moments for when in piece.when))


@lru_cache(maxsize=1)
def all_advice() -> tuple[Advice, ...]:
    """Give all advice, in the order of the articles."""
    return tuple(
        Advice(
            entry["point"],
            tuple(_moment(word) for word in entry["when"]),
            entry["text"],
            entry.get("beside", ""),
        )
        for entry in _record()["advice"]
    )


def executed() -> Mapping[str, tuple[str, ...]]:
    """Give, for each point that the program carries out, what does so.

    Either a planning rule (``promise``) or a playbook's figure (``one-week: thank_you.hours``).
    """
    return {point: tuple(carriers) for point, carriers in _record()["executed"].items()}


def advice_text(width: int = 80) -> str:
    """Give the advice as a page for a terminal ``width`` columns wide, each with its point."""
    room = max(width, _NARROWEST)
    lines = [
        *wrap(
            "What the five articles (A0 to A4) advise besides dates. The plan keeps the dates; "
            "this part is yours.",
            room,
        ),
    ]
    for when, title in _TITLES.items():
        lines += ["", title]
        for piece in advice(when):
            lines += wrap(
                f"{piece.text} ({piece.point})",
                room,
                initial_indent="  - ",
                subsequent_indent="    ",
                break_on_hyphens=False,
            )
    return "\n".join(lines) + "\n"


def _moment(word: str) -> Step | Moment:
    return Step(word) if word in set(Step) else Moment(word)


@lru_cache(maxsize=1)
def _record() -> dict[str, Any]:
    import tomllib  # only where advice is shown: start-up stays short

    with _FILE.open("rb") as file:
        return tomllib.load(file)
