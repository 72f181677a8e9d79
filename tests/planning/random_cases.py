"""Made-up interviews with made-up journals, each found again by its number."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from random import Random

from tests.planning.cases import Json

PLACES = (
    ("America/New_York", "US", None),
    ("Europe/Berlin", "DE", "BY"),
    ("Africa/Cairo", "EG", None),
    ("Asia/Jerusalem", "IL", None),
    ("Asia/Shanghai", "CN", None),
    ("America/Santiago", "CL", None),
    ("Europe/London", "GB", None),
    ("UTC", None, None),
)
PLAYBOOKS = ("balanced", "one-week", "thorough", "tuesday", "business-days", "industry")
INDUSTRIES = ("tech", "startup", "creative", "corporate", "government", "other")
STEPS = ("thank_you", "first_check_in", "second_check_in", "close_out", "early_check_in", "reply")
FINAL = ("next-round", "offer", "rejected", "posting-removed", "withdrawn", "cancelled")
HALF_HOUR = timedelta(minutes=30)


@dataclass(frozen=True)
class RandomCase:
    """An interview, a playbook, and a moment at which to ask for statuses."""

    number: int
    interview: Json
    playbook: str
    now: datetime


def random_case(number: int) -> RandomCase:
    """The case of that number, the same on every machine."""
    return thrown(Random(number), number)  # noqa: S311 - a seed, no secret


def thrown(dice: Random, number: int = 0) -> RandomCase:
    """The case that these dice make."""
    start = datetime(2026, 1, 5) + HALF_HOUR * dice.randrange(48 * 360)  # noqa: DTZ001 - local
    end = start + timedelta(minutes=dice.choice((30, 60, 90)))
    interview = {
        "company": "Acme",
        "role": "Analyst",
        **_place(dice),
        "start": start.isoformat(),
        "end": end.isoformat(),
        "contacts": [_contact(name, dice) for name in "ABC"[: dice.randrange(4)]],
        "industry": dice.choice(INDUSTRIES),
        "pace": dice.choice(("normal", "normal", "slow")),
        "size": dice.choice(("small", "small", "large")),
        "rapport": dice.choice(("normal", "strong")),
        **_seldom(start, dice),
        "journal": random_journal(start + timedelta(hours=1), dice),
    }
    now = start + timedelta(hours=dice.randrange(-50, 1800))
    return RandomCase(number, interview, dice.choice(PLAYBOOKS), now.replace(tzinfo=UTC))


def _place(dice: Random) -> Json:
    zone, country, subdivision = dice.choice(PLACES)
    return {"timezone": zone, "country": country, "subdivision": subdivision}


def _contact(name: str, dice: Random) -> Json:
    ways = {
        "email": (0.8, f"{name}@acme.example"),
        "phone": (0.3, "+1 555 0100"),
        "linkedin": (0.3, "https://www.linkedin.com/in/x"),
    }
    return {"name": name} | {
        way: address for way, (share, address) in ways.items() if dice.random() < share
    }


def _seldom(start: datetime, dice: Random) -> Json:
    """Fields that most interviews do not have."""
    fields: Json = {}
    if dice.random() < 0.2:
        fields["channel"] = dice.choice(("email", "phone", "linkedin"))
    if dice.random() < 0.3:
        fields["promised"] = _date(start, dice.randrange(-2, 30))
    if dice.random() < 0.15:
        fields["weekend"] = dice.choice((["fri", "sat"], ["sun"], ["sat", "sun"]))
    if dice.random() < 0.15:
        first = dice.randrange(30)
        fields["closed"] = [f"{_date(start, first)}/{_date(start, first + dice.randrange(12))}"]
    return fields


def _date(start: datetime, days: int) -> str:
    return (start + timedelta(days=days)).date().isoformat()


def random_journal(begin: datetime, dice: Random) -> list[Json]:
    """Up to seven entries from ``begin`` on."""
    journal: list[Json] = []
    at = begin
    for _ in range(dice.randrange(8)):
        at += HALF_HOUR * dice.randrange(300)
        # Now and then an entry that was written later than it happened.
        told = at - HALF_HOUR * dice.randrange(200) if dice.random() < 0.1 else at
        entry = _entry(told, len(journal), dice)
        journal.append({"at": told.isoformat(), **entry})
    return journal


def _entry(at: datetime, position: int, dice: Random) -> Json:
    kinds = ("sent",) * 4 + ("skipped", "snoozed", "promised", "heard", "heard", "news", "undone")
    kind = dice.choice(kinds if position else kinds[:-1])
    match kind:
        case "sent" | "skipped" | "snoozed":
            return {"type": kind, **_of_step(kind, at, dice)}
        case "promised":
            return {"type": kind, "date": _date(at, dice.randrange(-5, 30))}
        case "heard":
            return {"type": kind, **_outcome(at, dice)}
        case "news":
            return {"type": kind, "news": dice.choice(("new-information", "competing-offer"))}
    return {"type": kind, "entry": dice.randrange(position)}


def _of_step(kind: str, at: datetime, dice: Random) -> Json:
    step = dice.choice((*STEPS, *STEPS[:2]))
    fields: Json = {"step": step}
    if kind == "snoozed":
        fields["until"] = (at + HALF_HOUR * dice.randrange(-20, 700)).isoformat()
        return fields
    if kind == "sent" and step in STEPS[:2] and dice.random() < 0.4:
        fields["to"] = [name for name in "ABC" if dice.random() < 0.4] or ["A"]
    if dice.random() < 0.1:
        fields["due"] = (at + HALF_HOUR * dice.randrange(-400, 400)).isoformat()
    return fields


def _outcome(at: datetime, dice: Random) -> Json:
    outcome = dice.choice(("replied",) * 6 + FINAL)
    if outcome == "replied" and dice.random() < 0.5:
        return {"outcome": outcome, "promised": _date(at, dice.randrange(-5, 30))}
    return {"outcome": outcome}
