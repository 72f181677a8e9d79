"""The workload, fixed: made-up interviews and a draft for every follow-up, everywhere the same.

Text is drawn from a list of words by a generator seeded with what the text is for: no two drafts
are alike, and no hash seed or earlier call changes a word (of ``Random.random`` after a seed it is
promised that every version of Python gives the same). Interviews are planned with the default
playbook. Everything is made one interview at a time, so that no arm of a benchmark holds more of it
than it wants to.
"""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from random import Random

from icsgen.drafts.links import mailto
from icsgen.journal import Sent, Step
from icsgen.model import Contact, Draft, FollowUp, Industry, Interview, Plan
from icsgen.planning.plan import plan
from icsgen.playbooks import load
from icsgen.workcalendar import workdays_for
from icsgen.zones import zone

__all__ = ["AS_OF", "DRAFT_WORDS", "drafts_of", "interviews", "plans"]

AS_OF = datetime(2026, 7, 1, 12, tzinfo=UTC)
"""The moment for which the feeds are written."""

DRAFT_WORDS = 120

_WORDS = (  # noqa: SIM905 - a paragraph is easier on the eye than a list of 145
    "able about account across after again agree always among answer apply approach area around "
    "available balance because before begin believe better both brief bring build business call "
    "care carefully case change clear client close code colleague combine come common complete "
    "concrete consider contribute conversation corner course create curious customer data day "
    "deadline decision deliver describe design detail develop different direct discuss document "
    "during early easy effort enjoy enough every example expect experience explain feature feel "
    "figure finish first follow friendly further general give glad goal grateful group grow half "
    "handle happy hear help honest hope idea important improve include interest invite join keep "
    "kind know large later lead learn level listen little long look maintain manage market matter "
    "measure meeting mention method migrate morning move need next offer open outcome owner part"
).split()
_SENTENCE_WORDS, _PARAGRAPH_SENTENCES = 12, 4

_PLACES = (
    ("America/New_York", "US", "NY"),
    ("America/Los_Angeles", "US", "CA"),
    ("Europe/Madrid", "ES", "MD"),
    ("Europe/Berlin", "DE", "BE"),
    ("Asia/Tokyo", "JP", None),
)
_ROLES = ("Analyst", "Data Engineer", "Product Manager", "Site Reliability Engineer, Storage")
_NAMES = ("Dana Lee", "Amir Haddad", "Zoë Marchand", "Priya Nair", "Jörg Weiß", "Sam O'Neill")
"""A third of them not plain ASCII, as in life: a feed's lines are then longer in octets."""
_INDUSTRIES = (Industry.OTHER, Industry.TECH, Industry.CORPORATE)
_FIRST_DAY = date(2026, 1, 5)
_WEEKS = 50
_SLOTS = (time(9), time(11, 30), time(14), time(16, 15))
_SUBJECTS = {
    Step.THANK_YOU: "Thank you for the conversation",
    Step.FIRST_CHECK_IN: "Following up",
    Step.SECOND_CHECK_IN: "Checking in once more",
    Step.CLOSE_OUT: "Thank you, and all the best",
}


def plans(count: int) -> Iterator[Plan]:
    """Give the plans of so many interviews, made as the program makes them, no days kept."""
    playbook = load("balanced")
    for interview in interviews(count):
        workdays, _ = workdays_for(interview)
        yield plan(interview, interview.journal, playbook, workdays)


def interviews(count: int) -> Iterator[Interview]:
    """Give so many interviews, in the order of their ids."""
    return (_interview(number) for number in range(count))


def _interview(number: int) -> Interview:
    place, country, subdivision = _PLACES[number % len(_PLACES)]
    start = datetime.combine(_day(number), _SLOTS[number % len(_SLOTS)], zone(place))
    end = start + timedelta(minutes=60)
    company = f"{_word(number, 'first').title()} {_word(number, 'last').title()} {number}"
    main = _contact(number, 0, company)
    people = (main,) if number % 2 else (main, _contact(number, 1, company))
    return Interview(
        id=f"bench{number:05}",
        company=company,
        role=_ROLES[number % len(_ROLES)],
        start=start,
        end=end,
        zone=zone(place),
        country=country,
        subdivision=subdivision,
        contacts=people,
        promised=end.date() + timedelta(days=12) if number % 7 == 0 else None,
        industry=_INDUSTRIES[number % len(_INDUSTRIES)],
        journal=(Sent(end + timedelta(hours=3), Step.THANK_YOU),) if number % 8 == 0 else (),
    )


def _day(number: int) -> date:
    """Give one of the workdays of some fifty weeks, each in turn."""
    week, weekday = divmod(number % (_WEEKS * 5), 5)
    return _FIRST_DAY + timedelta(days=7 * week + weekday)


def _contact(number: int, place: int, company: str) -> Contact:
    name = _NAMES[(number + place) % len(_NAMES)]
    domain = company.lower().replace(" ", "-")
    return Contact(name, email=f"person{place}@{domain}.example")


def drafts_of(made: Plan) -> dict[tuple[str, Step], tuple[Draft, ...]]:
    """Give the drafts of a plan's follow-ups, one a recipient."""
    return {
        (follow_up.interview_id, follow_up.step): tuple(
            _draft(made.interview, follow_up, person) for person in follow_up.recipients
        )
        for follow_up in made.follow_ups
    }


def _draft(interview: Interview, follow_up: FollowUp, person: Contact) -> Draft:
    subject = f"{_SUBJECTS[follow_up.step]}: {interview.role} at {interview.company}"
    return Draft(
        kind=follow_up.kind,
        interview_id=interview.id,
        step=follow_up.step,
        to=person,
        subject=subject,
        body=_text(f"{interview.id} {follow_up.step.value} {person.email}"),
        mailto=mailto(person.email or "", subject),
    )


def _text(purpose: str) -> str:
    """Give a text of so many words in sentences and paragraphs, one of its own for each purpose."""
    drawn = _drawn(purpose, DRAFT_WORDS)
    sentences = [
        _sentence(drawn[first : first + _SENTENCE_WORDS])
        for first in range(0, DRAFT_WORDS, _SENTENCE_WORDS)
    ]
    return "\n\n".join(
        " ".join(sentences[first : first + _PARAGRAPH_SENTENCES])
        for first in range(0, len(sentences), _PARAGRAPH_SENTENCES)
    )


def _sentence(drawn: list[str]) -> str:
    half = len(drawn) // 2
    return f"{' '.join(drawn[:half]).capitalize()}, {' '.join(drawn[half:])}."


def _word(number: int, purpose: str) -> str:
    return _drawn(f"{number} {purpose}", 1)[0]


def _drawn(purpose: str, count: int) -> list[str]:
    random, words = Random(purpose).random, len(_WORDS)  # noqa: S311 - nothing here is secret
    return [_WORDS[int(random() * words)] for _ in range(count)]
