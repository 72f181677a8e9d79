"""A second reading of the rules' section "Semantics, exactly": naive, literal, slow.

Written from the text alone by another reader, and it shares nothing with the program: it imports
nothing of it and carries its own tables of the playbooks. Where both agree, the text says what we
think it says. Where the text leaves two ways open, the way taken is said in a comment that begins
with "Taken:".

It reads an interview as fields of the JSON contract and gives rows of plain values.
"""

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

import holidays

Json = dict[str, Any]

DAY = timedelta(days=1)
HOUR = timedelta(hours=1)
MORNING = time(9, 30)
AFTERNOON = time(16, 30)
EVENING = time(20, 0)
LAST_SECOND = time(23, 59, 59)
FAR = 4000
"""Days after which a search is given up."""

CHECK_INS = ("first_check_in", "second_check_in")
WAITING = (*CHECK_INS, "close_out")
WITH_REPLY = ("offer", "next-round", "rejected", "withdrawn")
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


# ------------------------------------------------------------------ the table of playbooks


class Wait(NamedTuple):
    preferred: int
    earliest: int
    latest: int
    business: bool


def days(preferred: int, earliest: int = 0, latest: int = 0) -> Wait:
    return Wait(preferred, earliest or preferred, latest or preferred, business=False)


def business(preferred: int, earliest: int = 0, latest: int = 0) -> Wait:
    return Wait(preferred, earliest or preferred, latest or preferred, business=True)


@dataclass(frozen=True)
class Book:
    hours: int
    first: Wait
    second: Wait
    last: Wait
    strong_hours: int = 24
    first_when: dict[str, Wait] = field(default_factory=dict)
    """An industry, a pace or a size, and its wait."""
    each_person: bool = False
    silent: bool = False
    second_channel: str | None = None
    avoids: Collection[str] = ()


BOOKS = {
    "one-week": Book(24, days(7), days(7), days(7), silent=True),
    "thorough": Book(
        48,
        days(7),
        days(7, 7, 14),
        days(14),
        first_when={"slow": days(10, 10, 14), "large": days(14)},
        avoids=("bridge-day", "year-end"),
    ),
    "tuesday": Book(24, days(7), business(3), days(7), silent=True, avoids=("week-start",)),
    "business-days": Book(
        24, business(4, 4, 5), business(4, 4, 5), business(4, 4, 5), each_person=True
    ),
    "industry": Book(
        48,
        days(10, 7, 14),
        days(7),
        days(14),
        strong_hours=48,
        first_when={
            "tech": days(7),
            "startup": days(7),
            "corporate": days(21, 14, 28),
            "government": days(28, 21, 35),
        },
        silent=True,
        second_channel="phone",
    ),
    "balanced": Book(
        48,
        business(5),
        business(5),
        business(10),
        first_when={
            "corporate": business(10),
            "government": business(15),
            "slow": business(10),
            "large": business(10),
        },
        each_person=True,
        avoids=("week-start", "bridge-day", "year-end"),
    ),
}


# ------------------------------------------------------------------ days


class Days:
    """What is a workday, and which workdays are avoided."""

    def __init__(self, interview: Json, avoids: Collection[str]) -> None:
        self.avoids = avoids
        years = set(years_in(interview))
        country, part = interview.get("country"), interview.get("subdivision")
        if country == "GB" and not part:
            part = "ENG"
        self.table = table_of(country, part, min(years) - 1, max(years) + 3) if country else None
        own = interview.get("weekend")
        self.own = {WEEKDAYS.index(name) for name in own} if own else None
        self.closed = {day for span in interview.get("closed") or [] for day in span_of(span)}

    def weekend(self, day: date) -> bool:
        """By nature, whatever a decree says."""
        if self.own is not None:
            return day.weekday() in self.own
        if self.table is not None:
            return self.table.is_weekend(day)
        return day.weekday() in (5, 6)

    def works(self, day: date) -> bool:
        if day in self.closed:
            return False
        if self.own is not None:
            # Taken: a day of the person's own weekend is no workday, whatever a decree says.
            return day.weekday() not in self.own and not self.holiday(day)
        if self.table is not None:
            return self.table.is_working_day(day)
        return not self.weekend(day)

    def holiday(self, day: date) -> bool:
        return self.table is not None and day in self.table

    def avoided(self, day: date) -> bool:
        if "week-start" in self.avoids and not self.weekend(day) and self.weekend(day - DAY):
            return True
        if "bridge-day" in self.avoids and not self.works(day - DAY) and not self.works(day + DAY):
            return True
        return "year-end" in self.avoids and self.at_years_end(day)

    def at_years_end(self, day: date) -> bool:
        if (day.month, day.day) >= (12, 24):
            return self.holiday(date(day.year, 12, 25))
        return (day.month, day.day) == (1, 1) and self.holiday(date(day.year - 1, 12, 25))

    def contact(self, day: date) -> bool:
        return self.works(day) and not self.avoided(day)

    def contact_from(self, day: date) -> date:
        return next(later for later in days_from(day) if self.contact(later))

    def after(self, base: date, count: int, *, business: bool) -> date:
        if not business:
            return base + count * DAY
        for day in days_from(base + DAY):
            count -= self.works(day)
            if count == 0:
                return day
        raise AssertionError("too few workdays")

    def earliest(self, base: date, wait: Wait) -> date:
        return self.after(base, wait.earliest, business=wait.business)

    def due(self, base: date, wait: Wait) -> date:
        preferred = self.after(base, wait.preferred, business=wait.business)
        latest = self.after(base, wait.latest, business=wait.business)
        for day in days_from(preferred):
            if day <= latest and self.contact(day):
                return day
        for day in days_from(preferred, step=-DAY):
            if day >= self.earliest(base, wait) and self.contact(day):
                return day
        return self.contact_from(latest + DAY)


def days_from(day: date, step: timedelta = DAY) -> Iterator[date]:
    return (day + number * step for number in range(FAR if step > timedelta() else 60))


def span_of(text: str) -> Iterable[date]:
    first, _, last = text.partition("/")
    begin, end = date.fromisoformat(first), date.fromisoformat(last or first)
    return [begin + number * DAY for number in range((end - begin).days + 1)]


def years_in(value: object) -> Iterator[int]:
    """Every year that a text in the interview begins with."""
    if isinstance(value, dict):
        yield from (year for part in value.values() for year in years_in(part))
    elif isinstance(value, list):
        yield from (year for part in value for year in years_in(part))
    elif isinstance(value, str) and value[:4].isdigit() and value[4:5] == "-":
        yield int(value[:4])


@cache
def table_of(country: str, part: str | None, first: int, last: int) -> holidays.HolidayBase:
    return holidays.country_holidays(country, subdiv=part, years=range(first, last + 1))


@cache
def zone_of(name: str) -> ZoneInfo:
    """The zone of the locked tzdata; the system's may be of another year."""
    with files("tzdata").joinpath("zoneinfo", name).open("rb") as data:
        return ZoneInfo.from_file(data, name)


# ------------------------------------------------------------------ one step


@dataclass
class Step:
    """A step while the journal is read."""

    name: str
    opens: datetime | None = None
    """Of a reply and an early check-in: its entry's moment."""
    slot: datetime | None = None
    """Of a reply and an early check-in: when it is due."""
    state: str = "open"
    sent: list[date] = field(default_factory=list)
    to: list[list[str]] = field(default_factory=list)
    skipped_on: date | None = None
    kept: tuple[datetime, datetime] | None = None
    """Due and opens, since it was sent, skipped or cancelled."""
    snooze: datetime | None = None


Dues = dict[str, tuple[datetime, datetime]]
"""By step: when it is due, and when it opens. All moments are in UTC."""


class Reading:
    """One interview's plan, built up entry by entry."""

    def __init__(self, interview: Json, playbook: str) -> None:
        self.interview = interview
        self.book = BOOKS[playbook]
        self.zone = zone_of(interview["timezone"])
        self.days = Days(interview, self.book.avoids)
        self.end = self.moment(interview["end"])
        self.end_on = self.day_of(self.end)
        self.contacts: list[Json] = interview.get("contacts") or []
        self.steps = {name: Step(name) for name in ("thank_you", *WAITING)}
        self.order = list(self.steps)
        self.promise: date | None = None
        self.replanned: str | None = None
        self.replied_on: date | None = None
        self.is_over = False
        strong = interview.get("rapport") == "strong"
        self.window_end = self.end + HOUR * (self.book.strong_hours if strong else self.book.hours)
        self.thanks_due = self.due_of_thanks()
        self.read_journal()

    # -- moments

    def at(self, day: date, clock: time) -> datetime:
        return datetime.combine(day, clock, self.zone).astimezone(UTC)

    def day_of(self, moment: datetime) -> date:
        return moment.astimezone(self.zone).date()

    def moment(self, text: str) -> datetime:
        if len(text) == len("2026-11-10"):
            return self.at(date.fromisoformat(text), MORNING)
        read = datetime.fromisoformat(text)
        return (read if read.tzinfo else read.replace(tzinfo=self.zone)).astimezone(UTC)

    def days_later(self, moment: datetime, count: int) -> datetime:
        """Taken: days later means the same hour on the clock."""
        local = moment.astimezone(self.zone)
        return self.at(local.date() + count * DAY, local.time())

    # -- thank_you

    def due_of_thanks(self) -> datetime:
        soonest = self.end + HOUR
        nearby = [self.end_on + number * DAY for number in range(9)]
        for day in nearby:
            morning = self.at(day, MORNING)
            if self.days.works(day) and soonest <= morning < self.window_end:
                return morning
        later = max(self.at(self.end_on, AFTERNOON), soonest)
        is_decent = self.day_of(later) == self.end_on and later <= self.at(self.end_on, EVENING)
        if self.days.works(self.end_on) and is_decent and later < self.window_end:
            return later
        for day in nearby:
            for clock in (MORNING, AFTERNOON):
                if soonest <= self.at(day, clock) < self.window_end:
                    return self.at(day, clock)
        return self.window_end

    # -- waits, gaps, promises, answers

    def wait_of(self, name: str) -> Wait:
        if name == "second_check_in":
            return self.book.second
        if name == "close_out":
            return self.book.last
        said = {self.interview.get(key) for key in ("industry", "pace", "size")}
        fitting = [wait for case, wait in self.book.first_when.items() if case in said]
        return max(fitting, key=lambda wait: wait.preferred, default=self.book.first)

    def base_of(self, name: str, dues: Dues) -> date:
        if name == "first_check_in":
            return self.end_on
        before = self.steps[WAITING[WAITING.index(name) - 1]]
        due_on = self.day_of(dues[before.name][0])
        if before.state == "sent":
            return max(before.sent)
        if before.state == "skipped" and before.skipped_on:
            return max(due_on, before.skipped_on)
        return due_on

    def previous(self, name: str) -> Step | None:
        """The nearest step before it that is not skipped."""
        before = [self.steps[other] for other in self.order[: self.order.index(name)]]
        return next((step for step in reversed(before) if step.state != "skipped"), None)

    def gap_of(self, name: str, dues: Dues) -> date:
        """The earliest date that is not too close to what came before."""
        near = {step.name for step in (self.previous(name),) if step}
        before = self.order[: self.order.index(name)]
        if "early_check_in" in before and self.steps["early_check_in"].state != "skipped":
            near.add("early_check_in")  # what follows keeps 3 days from it
        earliest = [self.gap_from(self.steps[other], name, dues) for other in near]
        return max(earliest, default=self.end_on)

    def gap_from(self, before: Step, name: str, dues: Dues) -> date:
        due_on = self.day_of(dues[before.name][0])
        counts = max(before.sent) if before.state == "sent" else due_on
        if before.name == "thank_you" and before.state != "sent":
            counts = max([due_on, *before.sent])
        is_short = before.name == "thank_you" and self.replanned == name
        return counts + (1 if is_short else 3) * DAY

    def waiting(self, name: str, dues: Dues) -> tuple[datetime, datetime]:
        """Due and opens of a check-in or close-out that is open."""
        gap = self.gap_of(name, dues)
        if self.promise and self.replanned == name:
            day = self.days.contact_from(self.promise + DAY)
            # Taken: "whatever the wait", so that the wait does not hold its opening.
            allowed = [gap]
        else:
            base, wait = self.base_of(name, dues), self.wait_of(name)
            day = self.days.due(base, wait)
            allowed = [gap, self.days.earliest(base, wait)]
        if self.promise:
            allowed.append(self.promise + DAY)
        # Taken: an answer's 14 days are not in the list of what holds the opening.
        answered = [self.replied_on + 14 * DAY] if self.replied_on else []
        for floor in (*allowed, *answered):
            if day < floor:
                day = self.days.contact_from(floor)
        due = self.steps[name].snooze or self.at(day, MORNING)
        return due, self.at(min(max(allowed), self.day_of(due)), time())

    def dues(self) -> Dues:
        found: Dues = {}
        for name in self.order:
            step = self.steps[name]
            if step.kept:
                found[name] = step.kept
            elif name == "thank_you":
                found[name] = (step.snooze or self.thanks_due, self.end)
            elif step.slot and step.opens:
                found[name] = (step.snooze or step.slot, step.opens)
            else:
                found[name] = self.waiting(name, found)
        return found

    # -- the journal

    def read_journal(self) -> None:
        journal: list[Json] = self.interview.get("journal") or []
        dead: set[int] = set()
        for number in reversed(range(len(journal))):
            entry = journal[number]
            if entry["type"] == "undone" and number not in dead and entry["entry"] < number:
                dead.add(entry["entry"])
        told = [entry for number, entry in enumerate(journal) if number not in dead]
        if self.interview.get("promised"):
            # Taken: an event at the interview's end, before entries of that moment.
            said = {"at": self.interview["end"], "type": "promised"}
            told.insert(0, {**said, "date": self.interview["promised"]})
        tell: dict[str, Callable[[datetime, Json], None]] = {
            "sent": self.on_sent,
            "skipped": self.on_skipped,
            "snoozed": self.on_snoozed,
            "promised": self.on_promised,
            "heard": self.on_heard,
            "news": self.on_news,
            "undone": lambda _at, _entry: None,
        }
        for entry in sorted(told, key=lambda entry: self.moment(entry["at"])):
            tell[entry["type"]](self.moment(entry["at"]), entry)

    def settle(self, name: str, state: str, dues: Dues, entry: Json | None = None) -> None:
        """A step sent, skipped or cancelled keeps the due it had."""
        step = self.steps[name]
        step.state = state
        if step.kept is None:
            due, opens = dues[name]
            if entry and entry.get("due"):
                due = self.moment(entry["due"])
            if name in WAITING:
                opens = min(opens, self.at(self.day_of(due), time()))
            step.kept = due, opens

    def on_sent(self, at: datetime, entry: Json) -> None:
        name, day = entry["step"], self.day_of(at)
        step = self.steps.get(name)
        if step is None or step.state == "cancelled":
            return  # Taken: a cancelled step stays so, "the plan does not re-open"
        dues = self.dues()
        to = entry.get("to") or []
        step.sent.append(day)
        step.to.append([to] if isinstance(to, str) else to)
        if name != "thank_you" or step.state == "sent" or self.all_thanked():
            self.settle(name, "sent", dues, entry)
        if name in (*WAITING, "early_check_in"):
            self.skip_earlier(name, day, dues)
        for later in (self.steps[other] for other in self.order if other in WAITING):
            is_next = later.state == "open" and self.previous(later.name) is step
            if is_next and later.snooze and day > self.day_of(later.snooze) - 3 * DAY:
                later.snooze = None

    def skip_earlier(self, name: str, day: date, dues: Dues) -> None:
        """Taken: an early check-in is a check-in here."""
        for other in self.order[: self.order.index(name)]:
            if other in (*CHECK_INS, "early_check_in") and self.steps[other].state == "open":
                self.settle(other, "skipped", dues)
                self.steps[other].skipped_on = day

    def all_thanked(self) -> bool:
        to = self.steps["thank_you"].to
        thanked = {name for names in to for name in names}
        return [] in to or all(person["name"] in thanked for person in self.thanked_people())

    def on_skipped(self, at: datetime, entry: Json) -> None:
        step = self.steps.get(entry["step"])
        if step and step.state == "open":
            self.settle(step.name, "skipped", self.dues(), entry)
            step.skipped_on = self.day_of(at)

    def on_snoozed(self, at: datetime, entry: Json) -> None:
        step, until = self.steps.get(entry["step"]), self.moment(entry["until"])
        if step and step.state == "open" and until >= at:
            step.snooze = until

    def on_promised(self, _at: datetime, entry: Json) -> None:
        self.promise_made(date.fromisoformat(entry["date"]))

    def promise_made(self, on: date) -> bool:
        """True unless the promise is ignored."""
        if on < self.end_on:
            return False
        if not self.is_over:
            self.promise, self.replied_on = on, None
            open_ones = (name for name in CHECK_INS if self.steps[name].state == "open")
            self.replanned = next(open_ones, None)
            self.end_snoozes(before=date.max)
        return True

    def end_snoozes(self, *, before: date) -> None:
        """Taken: an early check-in's snooze stands, since it may come before a promise ends."""
        for step in (self.steps[name] for name in WAITING):
            if step.state == "open" and step.snooze and self.day_of(step.snooze) < before:
                step.snooze = None

    def on_heard(self, at: datetime, entry: Json) -> None:
        if entry["outcome"] != "replied":
            self.on_final(at, entry["outcome"])
            return
        by = entry.get("promised")
        if not (by and self.promise_made(date.fromisoformat(by))) and not self.is_over:
            self.replied_on = self.day_of(at)
            self.end_snoozes(before=self.replied_on + 14 * DAY)

    def on_final(self, at: datetime, outcome: str) -> None:
        dues = self.dues()
        reply = self.steps.get("reply")
        is_answered = reply is not None and reply.state == "sent"
        for name in self.order:
            spared = name == "thank_you" and outcome == "posting-removed"
            if self.steps[name].state == "open" and not spared:
                self.settle(name, "cancelled", dues)
        if outcome in WITH_REPLY and not is_answered:
            limit = at + 24 * HOUR if outcome == "offer" else None
            self.steps["reply"] = Step("reply", opens=at, slot=self.next_slot(at, limit))
            if "reply" not in self.order:
                self.order.append("reply")
        self.is_over = True

    def next_slot(self, at: datetime, limit: datetime | None = None) -> datetime:
        """Taken: the first slot of any day where a workday's first would come after the limit."""
        slots = (
            self.at(day, clock)
            for day in days_from(self.day_of(at))
            for clock in (MORNING, AFTERNOON)
            if self.at(day, clock) >= at + HOUR
        )
        first = None
        for slot in slots:
            first = first or slot
            if limit and slot > limit:
                return first
            if self.days.works(self.day_of(slot)):
                return slot
        raise AssertionError("no workday")

    def on_news(self, at: datetime, _entry: Json) -> None:
        if self.is_over or "early_check_in" in self.steps:
            return
        if self.steps["thank_you"].state == "open":
            return  # Taken: a skipped thank-you carries no news
        slot, dues = self.next_slot(at), self.dues()
        open_ones = [name for name in WAITING if self.steps[name].state == "open"]
        check_ins = [name for name in open_ones if name in CHECK_INS]
        if check_ins and dues[check_ins[0]][0] <= slot:
            return
        self.steps["early_check_in"] = Step("early_check_in", opens=at, slot=slot)
        # Taken: it stands before the first open check-in or close-out.
        place = self.order.index(open_ones[0]) if open_ones else len(self.order)
        self.order.insert(place, "early_check_in")

    # -- who and how

    def thanked_people(self) -> list[Json]:
        reachable = [person for person in self.contacts if person.get("email")]
        # Taken: an address is an e-mail address, and where nobody has one it is the main contact.
        return (self.book.each_person and reachable) or self.contacts[:1]

    def recipients(self, name: str) -> list[Json]:
        if name == "close_out" and self.book.silent:
            return []
        if name == "thank_you":
            return self.thanked_people()
        named = [to for to in self.steps["first_check_in"].to if to]
        if name == "second_check_in" and named:
            same = [person for person in self.contacts if person["name"] in named[-1]]
            # Taken: a name that nobody has is nobody, so it is the main contact.
            return same or self.contacts[:1]
        return self.contacts[:1]

    def channel(self, name: str) -> str | None:
        people = self.recipients(name)
        wanted = self.interview.get("channel")
        if wanted == "phone" and name == "thank_you":
            wanted = None
        if not wanted and name == "second_check_in":
            wanted = self.book.second_channel
        ways = (wanted, "email", "linkedin")
        return next((way for way in ways if way and people and people[0].get(way)), None)

    # -- windows and status

    def closes(self, name: str, dues: Dues) -> datetime:
        due = dues[name][0]
        if name == "thank_you":
            is_late = due > self.window_end
            return self.at(self.day_of(due), LAST_SECOND) if is_late else self.window_end
        if name not in CHECK_INS:
            return self.days_later(due, 7)
        # Taken: an early check-in may be the next step, a reply never is; where none is left,
        # 1 day.
        after = self.order[self.order.index(name) + 1 :]
        later = [other for other in after if other != "reply"]
        left = [dues[other][0] for other in later if self.steps[other].state != "skipped"]
        return max([self.days_later(due, 1), *left[:1]])

    def status(self, name: str, dues: Dues, now: datetime) -> str:
        if self.steps[name].state != "open":
            return self.steps[name].state
        due, opens = dues[name]
        over = self.days_later(dues["close_out"][0], 14)
        if now >= over or (name == "thank_you" and now >= dues["first_check_in"][1]):
            return "missed"
        earlier = [self.steps[other] for other in self.order[: self.order.index(name)]]
        # Taken: an open early check-in makes what follows a forecast too.
        is_forecast = any(
            step.state == "open" for step in earlier if step.name in (*CHECK_INS, "early_check_in")
        )
        if is_forecast or now < opens:
            return "upcoming"
        if name == "thank_you":
            return "due" if now <= self.closes(name, dues) else "overdue"
        return "due" if self.day_of(now) <= self.day_of(due) else "overdue"

    def rows(self, now: datetime) -> list[Json]:
        dues = self.dues()
        return [
            {
                "step": name,
                "opens": dues[name][1],
                "due": dues[name][0],
                "closes": self.closes(name, dues),
                "status": self.status(name, dues, now),
                "channel": self.channel(name),
                "recipients": [person["name"] for person in self.recipients(name)],
            }
            for name in self.order
        ]


def second_reading(interview: Json, playbook: str, now: datetime) -> list[Json]:
    """The follow-ups as this reading has them, in the order of the steps; moments are in UTC."""
    return Reading(interview, playbook).rows(now)
