"""A made-up job search around any given moment, as a file of interviews would hold it. Pure.

Every person and every company is invented; their addresses are under `.example`, which nobody can
own (RFC 2606 section 3), and their numbers are set aside for stories.
"""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from icsgen.zones import zone

Record = dict[str, Any]

_SATURDAY_SUNDAY = frozenset({5, 6})
_FRIDAY_SATURDAY = frozenset({4, 5})
_FRIDAY = 4


def demo_records(now: datetime) -> list[Record]:
    """Give eight interviews of the weeks around `now` (aware), in the form of the JSON contract."""
    return [
        _panel(_today(now, "America/New_York")),
        _promised(_today(now, "Asia/Tokyo")),
        _government(_today(now, "Europe/Berlin")),
        _snoozed(_today(now, "America/New_York")),
        _competing_offer(_today(now, "America/Toronto")),
        _rejected(_today(now, "Europe/London")),
        _cairo(_today(now, "Africa/Cairo")),
        _friday(_today(now, "Europe/Berlin")),
    ]


def _today(now: datetime, zone_key: str) -> date:
    """Give the employer's date: what happened there yesterday is past here too."""
    return now.astimezone(zone(zone_key)).date()


def _panel(today: date) -> Record:
    met = _workday(today, 1)
    names = ("Dana Whitlock", "Priya Anand", "Tomás Rivera", "Grace Okafor")
    return {
        "company": "Larkspur Robotics",
        "role": "Platform Engineer",
        "round": "panel",
        "start": f"{met}T10:00",
        "minutes": 90,
        "timezone": "America/New_York",
        "country": "US",
        "subdivision": "NY",
        "industry": "tech",
        "rapport": "strong",
        "contacts": [_person(name, "larkspur-robotics.example") for name in names],
        "topics": ["the move to one build for all robots", "on-call shared by five"],
        "journal": [
            {"at": f"{met}T16:40", "type": "sent", "step": "thank_you", "to": [names[0], names[2]]}
        ],
    }


def _promised(today: date) -> Record:
    met = _workday(today, 6)
    return {
        "company": "Mizuki Instruments",
        "role": "Firmware Engineer",
        "start": f"{met}T11:00",
        "timezone": "Asia/Tokyo",
        "country": "JP",
        "promised": f"{_workday(today, -2)}",
        "contacts": [{**_person("Haruka Minami", "mizuki.example"), "role": "Engineering Manager"}],
        "notes": "They decide after the last two conversations of next week.",
        "journal": [{"at": f"{met}T17:00", "type": "sent", "step": "thank_you"}],
    }


def _government(today: date) -> Record:
    met = _workday(today, 17)
    return {
        "company": "Landesamt Isarau",
        "role": "Data Analyst",
        "start": f"{met}T09:00",
        "timezone": "Europe/Berlin",
        "country": "DE",
        "subdivision": "BY",
        "industry": "government",
        "pace": "slow",
        "contacts": [_person("Jörn Petersen", "isarau.example")],
        "journal": [{"at": f"{_workday(met, -1)}T09:35", "type": "sent", "step": "thank_you"}],
    }


def _snoozed(today: date) -> Record:
    met, asked = _workday(today, 13), _workday(today, 7)
    return {
        "company": "Marigold Health",
        "role": "Care Coordinator",
        "start": f"{met}T15:00",
        "timezone": "America/New_York",
        "country": "US",
        "subdivision": "NY",
        "contacts": [
            {**_person("Ruth Delgado", "marigold-health.example"), "phone": "+1 212 555 0142"}
        ],
        "journal": [
            {"at": f"{_workday(met, -1)}T09:30", "type": "sent", "step": "thank_you"},
            {"at": f"{asked}T09:40", "type": "sent", "step": "first_check_in"},
            {
                "at": f"{_workday(today, 1)}T12:00",
                "type": "snoozed",
                "step": "second_check_in",
                "until": f"{_workday(today, -4)}T16:00",
            },
        ],
    }


def _competing_offer(today: date) -> Record:
    met, heard = _workday(today, 4), _workday(today, 1)
    return {
        "company": "Copperline Transit",
        "role": "Timetable Planner",
        "start": f"{met}T13:30",
        "timezone": "America/Toronto",
        "country": "CA",
        "subdivision": "ON",
        "size": "large",
        "contacts": [_person("Émile Gagnon", "copperline.example")],
        "journal": [
            {"at": f"{_workday(met, -1)}T09:30", "type": "sent", "step": "thank_you"},
            {"at": f"{heard}T17:20", "type": "news", "news": "competing-offer"},
        ],
    }


def _rejected(today: date) -> Record:
    met, heard = _workday(today, 9), _workday(today, 1)
    return {
        "company": "Quillfeather Press",
        "role": "Commissioning Editor",
        "start": f"{met}T14:00",
        "timezone": "Europe/London",
        "country": "GB",
        "subdivision": "ENG",
        "industry": "creative",
        "culture": "casual",
        "contacts": [_person("Imogen Hartley", "quillfeather.example")],
        "journal": [
            {"at": f"{_workday(met, -1)}T10:00", "type": "sent", "step": "thank_you"},
            {"at": f"{heard}T17:40", "type": "heard", "outcome": "rejected"},
        ],
    }


def _cairo(today: date) -> Record:
    met = _workday(today, 3, _FRIDAY_SATURDAY)
    return {
        "company": "Nilometer Systems",
        "role": "Hydrology Modeller",
        "start": f"{met}T16:45",
        "timezone": "Africa/Cairo",
        "country": "EG",
        "playbook": "tuesday",
        "contacts": [_person("Salma Fathy", "nilometer.example")],
        "journal": [{"at": f"{met}T18:50", "type": "sent", "step": "thank_you"}],
    }


def _friday(today: date) -> Record:
    ahead = (_FRIDAY - today.weekday() - 1) % 7 + 1
    return {
        "company": "Falke & Finke Architektur",
        "role": "Building Physicist",
        "round": "first",
        "start": f"{today + timedelta(days=ahead)}T16:00",
        "timezone": "Europe/Berlin",
        "country": "DE",
        "subdivision": "BY",
        "contacts": [{**_person("Anneliese Falke", "falke-finke.example"), "role": "Partner"}],
        "concerns": ["whether you know the Bavarian building code"],
    }


def _person(name: str, domain: str) -> Mapping[str, str]:
    first = name.partition(" ")[0].lower().translate(_PLAIN)
    return {"name": name, "email": f"{first}@{domain}"}


_PLAIN = str.maketrans("áéö", "aeo")


def _workday(day: date, back: int, weekend: frozenset[int] = _SATURDAY_SUNDAY) -> date:
    """Give the weekday so many weekdays before `day`, or after it where `back` is negative."""
    one = timedelta(days=1 if back < 0 else -1)
    for _ in range(abs(back)):
        day += one
        while day.weekday() in weekend:
            day += one
    return day
