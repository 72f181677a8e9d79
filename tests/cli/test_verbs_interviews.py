"""The verbs for interviews: `add`, `edit`, `remove`, `import` again, `export` and back."""

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.cli.command import HANG_S, Afterword, interview, written

ACME = (
    *("add", "--company", "Acme Robotics", "--role", "Platform Engineer"),
    *("--start", "2026-11-10T14:00", "--timezone", "America/New_York", "--country", "US"),
    *("--subdivision", "NY"),
)


@pytest.fixture
def mine(tmp_path: Path, afterword: Afterword) -> Afterword:
    """A search with nothing in it; tables of days are those of the session."""
    days = afterword.data_dir / "cache"
    if days.is_dir():
        shutil.copytree(days, tmp_path / "data" / "cache")
    return Afterword(tmp_path / "data")


def test_add_prints_the_id_first_and_every_field_is_an_option(mine: Afterword) -> None:
    ran = mine(
        *ACME,
        *("--minutes", "45", "--contact", "Dana Lee <dana@acme.example>; +1 212 555 0100"),
        *("--contact", "Ben Bell; https://www.linkedin.com/in/ben; role: CTO"),
        *("--promised", "Friday", "--industry", "tech", "--pace", "slow", "--size", "large"),
        *("--rapport", "strong", "--culture", "casual", "--channel", "email", "--round", "first"),
        *("--notes", "a note", "--topic", "robots", "--topic", "pay", "--concern", "distance"),
        *("--closed", "2026-12-24/2026-12-31", "--weekend", "fri, sat", "--playbook", "thorough"),
    )
    assert (ran.code, ran.err) == (0, "")
    identity = ran.out.splitlines()[0]
    record = mine("show", identity, "--json").document
    del record["next"]
    assert record == {
        "id": identity,
        "company": "Acme Robotics",
        "role": "Platform Engineer",
        "start": "2026-11-10T14:00:00",
        "end": "2026-11-10T14:45:00",
        "timezone": "America/New_York",
        "country": "US",
        "subdivision": "NY",
        "contacts": [
            {"name": "Dana Lee", "email": "dana@acme.example", "phone": "+1 212 555 0100"},
            {"name": "Ben Bell", "linkedin": "https://www.linkedin.com/in/ben", "role": "CTO"},
        ],
        "promised": "2026-11-20",
        "industry": "tech",
        "pace": "slow",
        "size": "large",
        "rapport": "strong",
        "culture": "casual",
        "channel": "email",
        "round": "first",
        "notes": "a note",
        "topics": ["robots", "pay"],
        "concerns": ["distance"],
        "closed": ["2026-12-24/2026-12-31"],
        "weekend": ["fri", "sat"],
        "playbook": "thorough",
    }


def test_add_in_json_tells_of_new_follow_ups(mine: Afterword) -> None:
    told = mine(*ACME, "--json").document
    assert [(each["change"], each["from"]) for each in told["changes"]] == [("new", None)] * 4
    assert told["changes"][1]["to"] == "2026-11-18T09:30:00-05:00"


def test_the_whole_way_from_an_interview_to_the_day(mine: Afterword) -> None:
    identity = mine(*ACME).out.splitlines()[0]
    plan = {each["step"]: each["due"] for each in mine("plan", "--json").document}
    assert plan["first_check_in"] == "2026-11-18T09:30:00-05:00"
    mine("sent", identity, "thank_you", "--at", "2026-11-12 10:00")
    mine("sent", identity[:4], "first_check_in", "--at", "2026-11-18 10:00", now="2026-11-18T16:00")
    ran = mine(now="2026-11-25T15:00")
    assert "second check-in" in ran.out
    assert ran.out.startswith("Due  Wed 25 Nov 09:30  Acme Robotics  second check-in")


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("add",), 2, "--company, --role, --start"),
        (("add", "--company", "A", "--role", "B"), 2, "--start"),
        ((*ACME, "--industry", "tecg"), 1, "did you mean “tech”?"),
        ((*ACME, "--country", "ZZ"), 1, "country"),
        ((*ACME, "--timezone", "Europe/Berln"), 1, "did you mean Europe/Berlin?"),
        ((*ACME, "--end", "2026-11-10T13:00"), 1, "before it has begun"),
        ((*ACME, "--playbook", "balancd"), 1, "did you mean"),
        ((*ACME, "--start", "10/11/2026"), 1, "could be 10 November 2026 or 11 October 2026"),
        (("edit", "acme"), 2, "nothing to change was named"),
        (("remove", "acme"), 1, "there is no interview “acme”"),
        (("wipe",), 2, "add --yes"),
        (("restore",), 1, "there is no backup yet"),
        (("undo",), 1, "there is nothing to undo"),
    ],
)
def test_what_cannot_be_done_is_an_error_and_nothing_is_kept(
    mine: Afterword, words: tuple[str, ...], code: int, said: str
) -> None:
    ran = mine(*words)
    assert (ran.code, ran.out) == (code, "")
    assert said in ran.err
    assert mine("list", "--json").document == []


@pytest.mark.skipif(os.name != "posix", reason="a terminal of its own")
def test_add_asks_at_a_terminal_for_what_is_missing(mine: Afterword) -> None:
    import pty  # not on Windows

    parent, child = pty.openpty()
    answers = [
        "Bolt",
        "",
        "Engineer",
        "yesterday 14:00",
        "Europe/Berlin",
        "DE",
        "Eva <eva@b.example>",
    ]
    process = subprocess.Popen(
        mine.command("add"),
        stdin=child,
        stderr=child,
        stdout=subprocess.PIPE,
        env=mine.environment(),
    )
    os.write(parent, "".join(f"{answer}\n" for answer in answers).encode())
    out, _ = process.communicate(timeout=HANG_S)
    os.close(parent)
    os.close(child)
    assert process.returncode == 0
    record = mine("show", out.decode().splitlines()[0], "--json").document
    assert (record["company"], record["role"]) == ("Bolt", "Engineer")
    assert (record["start"], record["timezone"]) == ("2026-11-17T14:00:00", "Europe/Berlin")
    assert record["contacts"] == [{"name": "Eva", "email": "eva@b.example"}]


def test_edit_moves_an_interview_and_keeps_its_id_its_length_and_its_story(mine: Afterword) -> None:
    identity = mine(*ACME, "--minutes", "45", "--notes", "x").out.splitlines()[0]
    mine("promised", identity, "2026-11-20", "--at", "2026-11-12")
    ran = mine(
        "edit", identity, "--start", "2026-11-11T10:00", "--no-notes", "--pace", "slow", "--json"
    )
    assert ran.code == 0, ran.err
    assert ran.document["id"] == identity
    record = mine("show", identity, "--json").document
    assert (record["start"], record["end"]) == ("2026-11-11T10:00:00", "2026-11-11T10:45:00")
    assert (record["pace"], "notes" in record) == ("slow", False)
    assert [entry["type"] for entry in record["journal"]] == ["promised"]


def test_remove_deletes_one_and_wipe_all_with_every_copy(mine: Afterword) -> None:
    identity = mine(*ACME).out.splitlines()[0]
    assert mine("remove", identity).code == 2
    ran = mine("remove", identity, "--yes", "--json")
    assert {each["change"] for each in ran.document["changes"]} == {"cancelled"}
    assert mine("list", "--json").document == []
    mine(*ACME)
    mine("settings", "name", "Kim")
    address = mine.data_dir / "serve-token"
    address.write_text("of a calendar's address")
    assert mine("wipe", "--yes").code == 0
    assert not address.exists()
    assert mine("settings", "name").out == "\n"
    assert list((mine.data_dir / "backups").glob("*.db")) == []


COUNTS = ("imported", "updated", "unchanged", "rescheduled", "skipped", "refused")


def counts(mine: Afterword, *words: str | Path) -> dict[str, int]:
    told = mine("import", *words, "--json").document
    assert list(told) == [*COUNTS, "problems", "guessed"]
    return {name: told[name] for name in COUNTS if told[name]}


def test_importing_again_is_harmless(mine: Afterword, tmp_path: Path) -> None:
    file = written(tmp_path / "x.json", interview(), interview(id="bolt", company="Bolt"))
    assert counts(mine, file, "--dry-run") == {"imported": 2}
    assert counts(mine, file) == {"imported": 2}
    assert counts(mine, file) == {"unchanged": 2}
    # What I corrected here stays when the same file comes again.
    mine("edit", "bolt", "--role", "Lead")
    mine("sent", "bolt", "thank_you", "--at", "2026-11-12")
    assert counts(mine, file) == {"unchanged": 2}
    assert mine("show", "bolt", "--json").document["role"] == "Lead"
    # A file that says something new is taken, for what it says.
    written(file, interview(notes="new"), interview(id="bolt", company="Bolt"))
    assert counts(mine, file) == {"updated": 1, "unchanged": 1}
    assert mine("show", "acme", "--json").document["notes"] == "new"


def test_a_new_time_is_asked_about_and_keeps_the_id(mine: Afterword, tmp_path: Path) -> None:
    def at(start: str) -> Path:
        record = interview(start=start)
        del record["id"]
        return written(tmp_path / "x.json", record)

    counts(mine, at("2026-11-24T10:00"))
    (before,) = mine("list", "--json").document
    ran = mine("import", at("2026-12-01T10:00"), "--json")
    assert (ran.document["skipped"], ran.document["rescheduled"]) == (1, 0)
    assert "is now Tue 1 Dec 10:00; it stays where it was: add --yes to move it" in ran.err
    (problem,) = [p for p in ran.document["problems"] if "stays where" in p["message"]]
    assert problem["severity"] == "warning"
    assert problem["where"]
    assert counts(mine, at("2026-12-01T10:00"), "--yes") == {"rescheduled": 1}
    (after,) = mine("list", "--json").document
    assert (after["id"], after["start"]) == (before["id"], "2026-12-01T10:00:00")
    assert counts(mine, at("2026-12-01T10:00")) == {"unchanged": 1}


EVENT = """\
BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//x//y//EN
METHOD:{method}
BEGIN:VEVENT
UID:1@acme.example
SEQUENCE:{sequence}
STATUS:{status}
DTSTAMP:20261101T000000Z
DTSTART;TZID=Europe/Berlin:{start}
SUMMARY:Interview: Platform Engineer at Acme
END:VEVENT
END:VCALENDAR
"""


def test_an_invitation_is_followed_to_its_end(mine: Afterword, tmp_path: Path) -> None:
    def event(start: str, sequence: int, method: str = "REQUEST") -> Path:
        status = "CANCELLED" if method == "CANCEL" else "CONFIRMED"
        text = EVENT.format(method=method, sequence=sequence, status=status, start=start)
        (tmp_path / "x.ics").write_bytes(text.replace("\n", "\r\n").encode())
        return tmp_path / "x.ics"

    assert counts(mine, event("20261124T140000", 0)) == {"imported": 1}
    mine("edit", "acme", "--role", "Lead Engineer")
    assert counts(mine, event("20261126T140000", 1)) == {"updated": 1}
    (kept,) = mine("list", "--json").document
    assert (kept["start"], kept["role"]) == ("2026-11-26T14:00:00", "Lead Engineer")
    assert counts(mine, event("20261124T140000", 0)) == {"unchanged": 1}
    called_off = event("20261126T140000", 2, "CANCEL")
    assert counts(mine, called_off) == {"skipped": 1}
    assert len(mine("list", "--json").document) == 1
    (left,) = mine("import", called_off, "--json").document["problems"]
    assert (left["where"], left["severity"]) == (kept["id"], "warning")
    assert "is called off, and still kept" in left["message"]
    ran = mine("import", called_off, "--json", "--yes")
    (gone,) = ran.document["problems"]
    assert (ran.document["skipped"], gone["severity"]) == (1, "note")
    assert gone["message"].endswith("is removed")
    assert mine("list", "--json").document == []


def test_one_row_that_cannot_be_planned_costs_no_other(mine: Afterword, tmp_path: Path) -> None:
    file = written(tmp_path / "x.json", interview(), interview(id="b", company="B", country="ZZ"))
    ran = mine("import", file, "--json")
    assert (ran.code, ran.document["imported"], ran.document["refused"]) == (3, 1, 1)
    place = f"{file}, [1]: B, Platform Engineer: country"
    assert f"refused: {place}: there is no table of days" in ran.err


def test_everything_travels_out_and_in_again(mine: Afterword, tmp_path: Path) -> None:
    mine(*ACME, "--notes", "=1+1", "--topic", "a; b", "--contact", "Dana <dana@acme.example>")
    mine("sent", "acme", "thank_you", "--at", "2026-11-12 10:00")
    mine("snooze", "acme", "first_check_in", "2026-12-01 16:00")
    mine("undo")
    plan, out = mine("plan", "--json").document, tmp_path / "out.json"
    mine("export", "--format", "json", "-o", out)
    mine("export", "--format", "csv", "-o", tmp_path / "out.csv")
    assert ",'=1+1," in (tmp_path / "out.csv").read_text("utf-8")
    records = json.loads(out.read_text("utf-8"))
    assert [entry["type"] for entry in records[0]["journal"]] == ["sent", "snoozed", "undone"]
    for file in (out, tmp_path / "out.csv"):
        mine("wipe", "--yes")
        assert counts(mine, file) == {"imported": 1}
        assert mine("plan", "--json").document == plan
        assert json.loads(mine("export", "--format", "json").out) == records


def test_a_later_round_offers_to_end_the_earlier_one(mine: Afterword) -> None:
    first = mine(*ACME, "--round", "first").out.splitlines()[0]
    later = [*ACME, "--round", "second", "--start", "2026-11-24T10:00"]
    ran = mine(*later)
    assert f"if it led here: afterword heard {first} next-round" in ran.err
    mine("remove", ran.out.splitlines()[0], "--yes")
    assert "is marked next-round" in mine(*later, "--yes").err
    (entry,) = mine("show", first, "--json").document["journal"]
    assert (entry["type"], entry["outcome"]) == ("heard", "next-round")


def test_settings_are_checked_and_stand_in_for_what_an_interview_leaves_open(
    mine: Afterword,
) -> None:
    for key, value in (
        *(("timezone", "Europe/Berlin"), ("country", "de"), ("subdivision", "DE-BY")),
        *(("playbook", "tuesday"), ("quiet_hours", "20:00 - 8:00"), ("quiet-days", "sat,sun")),
        *(("port", "9000"), ("mail", "GMAIL"), ("private_notifications", "yes")),
        *(("email", "kim@example.org"), ("linkedin_limit", "300"), ("locale", "en-gb")),
    ):
        ran = mine("settings", key, value)
        assert (ran.code, ran.err) == (0, "")
    found = mine("settings", "--json").document
    assert len(found) == 16
    assert {key: value for key, value in found.items() if value} == {
        "timezone": "Europe/Berlin",
        "country": "DE",
        "subdivision": "BY",
        "playbook": "tuesday",
        "quiet_hours": "20:00-08:00",
        "quiet_days": "sat, sun",
        "port": "9000",
        "mail": "gmail",
        "private_notifications": "yes",
        "email": "kim@example.org",
        "linkedin_limit": "300",
        "locale": "en_GB",
    }
    mine("add", "--company", "Bolt", "--role", "Engineer", "--start", "2026-11-10T14:00")
    record = mine("show", "bolt", "--json").document
    assert (record["timezone"], record["country"], record["subdivision"]) == (
        *("Europe/Berlin", "DE", "BY"),
    )
    assert "· tuesday ·" in mine("plan").out
    mine("settings", "playbook", "")
    assert "· balanced ·" in mine("plan").out


@pytest.mark.parametrize(
    ("key", "value", "said"),
    [
        ("timzone", "UTC", "did you mean “timezone”?"),
        ("timezone", "Berlin", "did you mean Europe/Berlin?"),
        ("country", "ZZ", "US, GB or DE"),
        ("subdivision", "BY", "set the country first"),
        ("weekend", "freitag", "use names like fri, sat"),
        ("playbook", "tusday", "tuesday"),
        ("port", "70000", "from 1 to 65535"),
        ("mail", "yahoo", "system, gmail, outlook"),
        ("quiet_hours", "8pm-8am", "20:00-08:00"),
        ("private_notifications", "maybe", "yes or no"),
        ("linkedin_limit", "1000", "200, or 300"),
        ("locale", "english", "en or en_GB"),
        ("email", "kim", "dana@acme.example"),
    ],
)
def test_a_setting_that_cannot_be_says_what_would_be_right(
    mine: Afterword, key: str, value: str, said: str
) -> None:
    ran = mine("settings", key, value)
    assert (ran.code, ran.out) == (1, "")
    assert said in ran.err


def test_a_backup_brings_everything_back(mine: Afterword, tmp_path: Path) -> None:
    mine(*ACME)
    plan = mine("plan", "--json").document
    assert mine("backup", tmp_path / "copy.db").code == 0
    assert (tmp_path / "copy.db").stat().st_mode & 0o777 == 0o600
    mine("wipe", "--yes")
    assert mine("restore", tmp_path / "copy.db").code == 2
    ran = mine("restore", tmp_path / "copy.db", "--yes", "--json")
    assert (ran.code, ran.document["interviews"]) == (0, 1)
    assert mine("plan", "--json").document == plan


def test_doctor_looks_at_what_is_kept(mine: Afterword) -> None:
    mine(*ACME)
    found = {check["check"]: check for check in mine("doctor", "--json").document}
    assert found["what is kept"]["ok"]
    assert found["what is kept"]["detail"].startswith("1 interview in ")
    assert found["backups"]["ok"]
    (mine.data_dir / "afterword.db").write_bytes(b"x" * 8192)
    ran = mine("doctor", "--json")
    assert ran.code == 1
    kept = next(check for check in ran.document if check["check"] == "what is kept")
    assert not kept["ok"]
    assert "afterword restore" in kept["detail"]


def test_a_damaged_file_is_left_alone_and_the_backup_offered(mine: Afterword) -> None:
    mine(*ACME)
    plan, file = mine("plan", "--json").document, mine.data_dir / "afterword.db"
    file.write_bytes(b"x" * 8192)
    for words in ((), ("plan",), ACME, ("sent", "acme", "thank_you")):
        ran = mine(*words)
        assert (ran.code, ran.out) == (1, "")
        assert "afterword restore" in ran.err
    assert file.read_bytes() == b"x" * 8192
    assert mine("restore", "--yes").code == 0
    assert mine("plan", "--json").document == plan


def test_no_export_is_written_over_the_store_or_into_its_backups(
    mine: Afterword, tmp_path: Path
) -> None:
    mine(*ACME)
    backups = mine.data_dir / "backups"
    store = mine.data_dir / "afterword.db"
    link = tmp_path / "link.json"
    link.symlink_to(store)
    before, there = store.read_bytes(), sorted(backups.iterdir())
    for target in (store, link, backups / "mine.json"):
        ran = mine("export", "--format", "json", "-o", str(target))
        assert (ran.code, ran.out) == (1, "")
        assert "this is where Afterword keeps your search" in ran.err
    assert store.read_bytes() == before
    assert sorted(backups.iterdir()) == there


def test_a_subdivision_goes_with_its_country(mine: Afterword) -> None:
    mine(*ACME)
    assert mine("edit", "acme", "--country", "DE-BY").code == 0
    record = mine("show", "acme", "--json").document
    assert (record["country"], record["subdivision"]) == ("DE", "BY")
    ran = mine("edit", "acme", "--country", "FR")
    assert "note: BY is left out" in ran.err
    record = mine("show", "acme", "--json").document
    assert (record["country"], record.get("subdivision")) == ("FR", None)


def test_a_country_without_the_subdivision_that_is_set_is_refused(mine: Afterword) -> None:
    mine("settings", "country", "DE")
    mine("settings", "subdivision", "BY")
    ran = mine("settings", "country", "FR")
    assert ran.code == 1
    assert "subdivision BY is set" in ran.err
    assert mine("settings", "country").out == "DE\n"


def test_another_playbook_says_how_many_follow_ups_moved(mine: Afterword) -> None:
    mine(*ACME)
    assert (
        mine("settings", "playbook", "balanced").out == "playbook: balanced (0 follow-ups moved)\n"
    )
    before = {f["step"]: f["due"] for f in mine("plan", "--json").document}
    ran = mine("settings", "playbook", "tuesday")
    after = {f["step"]: f["due"] for f in mine("plan", "--json").document}
    moved = sum(before.get(step) != after.get(step) for step in before | after)
    assert moved > 1
    assert f"({moved} follow-ups moved)" in ran.out


def test_a_backup_never_replaces_the_store_nor_a_stranger_s_file(
    mine: Afterword, tmp_path: Path
) -> None:
    mine(*ACME)
    letter = tmp_path / "letter.txt"
    letter.write_text("mine")
    for file in (mine.data_dir / "afterword.db", letter):
        before = file.read_bytes()
        ran = mine("backup", file)
        assert (ran.code, ran.out) == (2, "")
        assert str(file) in ran.err
        assert file.read_bytes() == before
    assert mine("backup", tmp_path / "copy.db").code == 0
    assert mine("backup", tmp_path / "copy.db").code == 0


def test_a_damaged_file_can_be_wiped(mine: Afterword) -> None:
    mine(*ACME)
    (mine.data_dir / "afterword.db").write_bytes(b"x" * 8192)
    assert mine("wipe").code == 2
    assert mine("wipe", "--yes").code == 0
    assert list(mine.data_dir.rglob("*.db")) == []
    assert mine(*ACME).code == 0


def test_a_round_that_is_still_to_come_is_not_offered_as_answered(mine: Afterword) -> None:
    mine(*ACME, "--round", "first", now="2026-11-01T09:00")
    later = [*ACME, "--round", "second", "--start", "2026-11-24T10:00", "--yes"]
    ran = mine(*later, now="2026-11-01T09:00")
    assert (ran.code, "next-round" in ran.err) == (0, False)
