"""Real subscribers: vdirsyncer fetches the feed from a running server, khal shows what it got."""

import json
import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from tests.server.serving import HANG_S, ROOT, Running, serving

pytestmark = pytest.mark.real

AFTERWORD = [sys.executable, "-m", "icsgen"]
PROGRAMS = Path(sys.executable).parent
QUARTER = timedelta(minutes=15)
SHOWN = "%Y-%m-%d %H:%M"

Shown = tuple[str, str, str]
"""An event as a person sees it: start and end in their own time, the company in its title."""


def interview(company: str, timezone: str, country: str, start: str, **more: Any) -> dict[str, Any]:
    about = {"company": company, "role": "Engineer", "start": start, "timezone": timezone}
    return {**about, "country": country, "id": company.lower(), **more}


# Zones on both halves of the globe, with half hours, without summer time, with a summer time that
# no rule can say (Morocco's), and with a change of the clocks between an interview and what
# follows it.
INTERVIEWS = [
    interview("Adlershof", "Europe/Berlin", "DE", "2026-03-25T10:00"),
    interview("Brooklyn", "America/New_York", "US", "2026-10-27T16:30", promised="2026-11-06"),
    interview("Coimbatore", "Asia/Kolkata", "IN", "2026-06-10T11:00"),
    interview("Dubbo", "Australia/Sydney", "AU", "2026-03-31T09:15", subdivision="NSW"),
    interview("Exeter", "Europe/London", "GB", "2026-10-22T14:00", subdivision="ENG"),
    interview("Flagstaff", "America/Phoenix", "US", "2026-03-05T08:00"),
    interview("Greifswald", "Europe/Berlin", "DE", "2026-09-02T13:45"),
    interview("Hoceima", "Africa/Casablanca", "MA", "2026-02-12T10:00"),
]


@dataclass
class Subscriber:
    """A person who subscribed: vdirsyncer fills a folder, khal reads it in their own zone."""

    home: Path
    zone: str

    @property
    def events(self) -> Path:
        return self.home / "events"

    def subscribe(self, address: str) -> None:
        self.events.mkdir()
        (self.home / "vdirsyncer.conf").write_text(
            f"""\
[general]
status_path = "{self.home.as_posix()}/status"
[pair afterword]
a = "here"
b = "feed"
collections = null
[storage here]
type = "filesystem"
path = "{self.events.as_posix()}"
fileext = ".ics"
[storage feed]
type = "http"
url = "{address}"
""",
            "utf-8",
        )
        (self.home / "khal.conf").write_text(
            f"""\
[calendars]
[[afterword]]
path = {self.events}
readonly = True
[sqlite]
path = {self.home / "khal.db"}
[locale]
local_timezone = {self.zone}
default_timezone = {self.zone}
timeformat = %H:%M
dateformat = %Y-%m-%d
longdateformat = %Y-%m-%d
datetimeformat = {SHOWN}
longdatetimeformat = {SHOWN}
""",
            "utf-8",
        )
        self._run("vdirsyncer", "discover")

    def sync(self) -> tuple[set[str], set[str]]:
        """Fetch the feed; give the items that came and those that went."""
        said = self._run("vdirsyncer", "sync").stderr
        return (
            set(re.findall(r"^Copying \(uploading\) item (\S+) to here$", said, re.MULTILINE)),
            set(re.findall(r"^Deleting item (\S+) from here$", said, re.MULTILINE)),
        )

    def sync_later(self) -> tuple[set[str], set[str]]:
        """Fetch once the server looks at its file again, which it does once a second at most."""
        time.sleep(1.2)
        return self.sync()

    def titles(self) -> dict[str, str]:
        """The items in the folder, and the title of each."""
        return {path.stem: title_of(path.read_text("utf-8")) for path in self.events.glob("*.ics")}

    def listed(self) -> list[Shown]:
        """What khal lists of two years."""
        line = "{start-long-full}|{end-long-full}|{title}"
        words = ["list", "--format", line, "--day-format", "", "2026-01-01", "2028-01-01"]
        rows = (row.split("|", 2) for row in self._run("khal", *words).stdout.splitlines() if row)
        return sorted((start, end, company_in(title)) for start, end, title in rows)

    def _run(self, program: str, *words: str) -> subprocess.CompletedProcess[str]:
        ran = subprocess.run(
            [PROGRAMS / program, "-c", self.home / f"{program}.conf", *words],
            capture_output=True,
            encoding="utf-8",
            env={**os.environ, "HOME": str(self.home), "XDG_DATA_HOME": str(self.home), **PLAIN},
            check=False,
            timeout=HANG_S,
        )
        assert ran.returncode == 0, ran.stderr
        return ran


PLAIN = {"LC_ALL": "C.UTF-8", "TZ": "UTC", "NO_PROXY": "*", "COLUMNS": "300"}


def title_of(item: str) -> str:
    unfolded = re.sub(r"\r?\n[ \t]", "", item)
    [title] = re.findall(r"^SUMMARY:(.*?)\r?$", unfolded, re.MULTILINE)
    return str(title)


def company_in(title: str) -> str:
    """The one company that a title names: so that titles may be worded as they like."""
    [company] = [each["company"] for each in INTERVIEWS if each["company"] in title]
    return str(company)


def planned(path: Path, zone: str) -> list[Shown]:
    """What the plan says, in a person's own time."""
    ran = subprocess.run(
        [*AFTERWORD, "plan", "--from", path, "--json", "--data-dir", path.parent / "data"],
        capture_output=True,
        encoding="utf-8",
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        check=True,
        timeout=HANG_S,
    )
    return sorted(shown(follow_up, ZoneInfo(zone)) for follow_up in json.loads(ran.stdout))


def shown(follow_up: dict[str, Any], zone: ZoneInfo) -> Shown:
    due_at = datetime.fromisoformat(follow_up["due"])
    begins, ends = due_at.astimezone(zone), (due_at + QUARTER).astimezone(zone)
    return begins.strftime(SHOWN), ends.strftime(SHOWN), follow_up["company"]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "interviews.json"
    save(path, INTERVIEWS)
    return path


def save(path: Path, interviews: list[dict[str, Any]]) -> None:
    path.write_text(json.dumps(interviews), "utf-8")


@pytest.fixture
def server(path: Path) -> Iterator[Running]:
    here: list[str | Path] = ["--from", path, "--data-dir", path.parent / "data"]
    with serving("serve", *here, "--port", "0", "--json", command=AFTERWORD) as running:
        yield running


def subscriber(tmp_path: Path, server: Running, zone: str) -> Subscriber:
    home = tmp_path / "home"
    home.mkdir()
    person = Subscriber(home, zone)
    person.subscribe(server.told["feed"])
    return person


@pytest.mark.parametrize(
    "zone", ["Asia/Tokyo", "America/St_Johns", "Europe/Berlin", "Pacific/Auckland"]
)
def test_khal_lists_every_event_at_its_right_local_time(
    tmp_path: Path, path: Path, server: Running, zone: str
) -> None:
    person = subscriber(tmp_path, server, zone)
    came, went = person.sync()
    expected = planned(path, zone)
    assert {company for _, _, company in expected} == {each["company"] for each in INTERVIEWS}
    assert len(expected) >= 3 * len(INTERVIEWS)
    assert person.listed() == expected
    assert (came, went) == (set(person.titles()), set())


def test_a_second_fetch_of_the_same_feed_changes_nothing(tmp_path: Path, server: Running) -> None:
    person = subscriber(tmp_path, server, "Asia/Tokyo")
    person.sync()
    assert person.sync() == (set(), set())


def test_after_a_change_exactly_the_changed_events_are_fetched(
    tmp_path: Path, path: Path, server: Running
) -> None:
    person = subscriber(tmp_path, server, "America/New_York")
    person.sync()
    before = person.titles()
    sent = {"at": "2026-06-11T09:30:00+05:30", "type": "sent", "step": "thank_you"}
    save(path, [changed(each, "Coimbatore", journal=[sent]) for each in INTERVIEWS])
    came, went = person.sync_later()
    after = person.titles()
    assert {company_in(before[item]) for item in went} == {"Coimbatore"}
    assert {company_in(after[item]) for item in came} == {"Coimbatore"}
    assert [after[item] for item in came if after[item].startswith("✓ ")]
    assert not [title for title in before.values() if title.startswith("✓ ")]
    assert person.listed() == planned(path, person.zone)
    assert person.sync() == (set(), set())


def changed(each: dict[str, Any], company: str, **more: Any) -> dict[str, Any]:
    return {**each, **more} if each["company"] == company else each


def test_an_interview_that_goes_or_comes_moves_no_other(
    tmp_path: Path, path: Path, server: Running
) -> None:
    person = subscriber(tmp_path, server, "Europe/London")
    person.sync()
    of_one = {item for item, title in person.titles().items() if company_in(title) == "Adlershof"}
    assert of_one
    save(path, INTERVIEWS[1:])
    assert person.sync_later() == (set(), of_one)
    assert person.listed() == planned(path, person.zone)
    save(path, INTERVIEWS)
    assert person.sync_later() == (of_one, set())
    assert person.listed() == planned(path, person.zone)


def test_a_file_gone_bad_takes_no_event_from_a_subscriber(
    tmp_path: Path, path: Path, server: Running
) -> None:
    person = subscriber(tmp_path, server, "Asia/Tokyo")
    person.sync()
    listed = person.listed()
    path.write_text("[{", "utf-8")
    assert person.sync_later() == (set(), set())
    assert person.listed() == listed
