"""What goes out and comes in: `export`, `import --dry-run`, `playbooks`, `doctor`."""

import json
import os
import stat
from pathlib import Path

import pytest

from icsgen.feed.lint import lint
from tests.cli.command import Afterword, interview, written

INVITATION = """\
BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//x//y//EN
BEGIN:VEVENT
UID:1@acme.example
DTSTAMP:20261101T000000Z
DTSTART;TZID=Europe/Berlin:20261110T140000
DTEND;TZID=Europe/Berlin:20261110T150000
SUMMARY:Interview: Platform Engineer at Acme
ORGANIZER;CN=Dana Lee:mailto:dana@acme.example
END:VEVENT
BEGIN:VEVENT
UID:2@acme.example
DTSTAMP:20261101T000000Z
DTSTART:20261111T090000Z
DTEND:20261111T093000Z
SUMMARY:Dentist
END:VEVENT
END:VCALENDAR
""".replace("\n", "\r\n").encode()


def test_an_exported_feed_keeps_the_rules(afterword: Afterword, acme: Path, tmp_path: Path) -> None:
    file = tmp_path / "out.ics"
    ran = afterword("export", "--from", acme, "-o", file)
    assert (ran.code, ran.out) == (0, f"Wrote 4 follow-ups of 1 interview to {file}.\n")
    assert lint(file.read_bytes()) == ()
    assert b"UID:acme-1.first_check_in@afterword\r\n" in file.read_bytes()


def test_stdout_gets_the_same_octets(afterword: Afterword, acme: Path, tmp_path: Path) -> None:
    file = tmp_path / "out.ics"
    afterword("export", "--from", acme, "-o", file)
    assert afterword("export", "--from", acme).out.encode() == file.read_bytes().replace(
        b"\r\n", b"\n"
    )


@pytest.mark.parametrize(
    ("view", "seen"),
    [("full", [b"Acme", b"Dana"]), ("initials", [b"A.R."]), ("blank", [])],
)
def test_a_view_shows_no_more_than_it_says(
    afterword: Afterword, acme: Path, tmp_path: Path, view: str, seen: list[bytes]
) -> None:
    file = tmp_path / "out.ics"
    afterword("export", "--from", acme, "-o", file, "--view", view)
    octets = file.read_bytes().replace(b"\r\n ", b"")
    assert [name for name in (b"Acme", b"Dana", b"A.R.") if name in octets] == seen


def test_a_style_of_whole_days_has_no_times(
    afterword: Afterword, acme: Path, tmp_path: Path
) -> None:
    file = tmp_path / "out.ics"
    afterword("export", "--from", acme, "-o", file, "--style", "all-day")
    assert b"DTSTART;VALUE=DATE:20261118\r\n" in file.read_bytes()
    assert b"TZID" not in file.read_bytes()


@pytest.mark.parametrize("kind", ["json", "csv"])
def test_what_is_exported_reads_back_as_the_same(
    afterword: Afterword, tmp_path: Path, kind: str
) -> None:
    journal = [{"at": "2026-11-12", "type": "sent", "step": "thank_you"}]
    path = written(tmp_path / "x.json", interview(journal=journal, topics=["a", "b"]))
    file = tmp_path / f"out.{kind}"
    assert afterword("export", "--from", path, "-o", file).code == 0
    first = afterword("list", "--from", path, "--json")
    assert afterword("list", "--from", file, "--json").document == first.document


def test_json_without_a_file_is_the_interviews(afterword: Afterword, acme: Path) -> None:
    told = afterword("export", "--from", acme, "--json").document
    assert [each["company"] for each in told] == ["Acme Robotics"]


@pytest.mark.parametrize(
    "words", [["--format", "csv", "--view", "blank"], ["--json", "--format", "ics"]]
)
def test_what_cannot_be_together_is_said(
    afterword: Afterword, acme: Path, words: list[str]
) -> None:
    ran = afterword("export", "--from", acme, *words)
    assert (ran.code, ran.out) == (2, "")


@pytest.mark.skipif(os.name != "posix", reason="modes of files")
def test_a_file_that_is_written_over_keeps_its_mode(
    afterword: Afterword, acme: Path, tmp_path: Path
) -> None:
    file = tmp_path / "out.ics"
    file.write_text("old")
    file.chmod(0o640)
    afterword("export", "--from", acme, "-o", file)
    assert stat.S_IMODE(file.stat().st_mode) == 0o640
    assert file.read_bytes().startswith(b"BEGIN:VCALENDAR")
    assert [path.name for path in tmp_path.iterdir() if path.suffix == ".ics"] == ["out.ics"]


def test_where_nothing_can_be_written_the_old_file_stays(
    afterword: Afterword, acme: Path, tmp_path: Path
) -> None:
    ran = afterword("export", "--from", acme, "-o", tmp_path / "no folder" / "out.ics")
    assert (ran.code, ran.out) == (1, "")
    assert "out.ics: the file cannot be written" in ran.err


@pytest.mark.skipif(os.name != "posix", reason="symbolic links need rights elsewhere")
def test_a_link_keeps_pointing_where_it_did(
    afterword: Afterword, acme: Path, tmp_path: Path
) -> None:
    (tmp_path / "real.ics").write_text("old")
    link = tmp_path / "link.ics"
    link.symlink_to("real.ics")
    afterword("export", "--from", acme, "-o", link)
    assert link.is_symlink()
    assert (tmp_path / "real.ics").read_bytes().startswith(b"BEGIN:VCALENDAR")


def test_a_dry_run_counts(afterword: Afterword, tmp_path: Path) -> None:
    path = written(tmp_path / "x.json", interview(colour="blue"), interview(id="b", start="?"))
    ran = afterword("import", path, "--dry-run", "--json")
    assert ran.code == 3
    told = ran.document
    problems = told.pop("problems")
    assert told == {
        "imported": 1,
        "updated": 0,
        "unchanged": 0,
        "rescheduled": 0,
        "skipped": 0,
        "refused": 1,
        "guessed": [],
    }
    assert [list(problem) for problem in problems] == [["where", "severity", "message"]] * 2
    assert [problem["severity"] for problem in problems] == ["warning", "refused"]
    assert "colour" in problems[0]["message"]


def test_a_row_with_two_faults_is_one_refusal(afterword: Afterword, tmp_path: Path) -> None:
    bad = interview(id="b", start="?", timezone="Nowhere")
    path = written(tmp_path / "x.json", interview(), bad)
    told = afterword("import", path, "--dry-run", "--json").document
    assert told["refused"] == 1
    assert len(told["problems"]) == 2


def test_a_calendar_gives_its_interviews_and_names_what_it_skips(
    afterword: Afterword, tmp_path: Path
) -> None:
    path = tmp_path / "invitation.ics"
    path.write_bytes(INVITATION)
    ran = afterword(
        "import", path, "--dry-run", "--company", "Acme", "--role", "Engineer", "--json"
    )
    assert (ran.code, ran.document["imported"], ran.document["skipped"]) == (0, 1, 1)
    assert "Dentist" in ran.err


def test_match_takes_what_does_not_look_like_an_interview(
    afterword: Afterword, tmp_path: Path
) -> None:
    path = tmp_path / "calendar.ics"
    path.write_bytes(INVITATION)
    words = ("--match", "dentist", "--company", "Dr. Tooth", "--role", "Patient")
    told = afterword("plan", "--from", path, "--json", *words).document
    assert {each["company"] for each in told} == {"Acme", "Dr. Tooth"}


def test_a_spreadsheets_columns_can_be_named(afterword: Afterword, tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_text(
        "Firm;Job;When;timezone;country\nAcme;Engineer;03.11.2026 14:00;Europe/Berlin;FR\n", "utf-8"
    )
    words = ("--map", "Firm=company", "--map", "Job=role", "--map", "When=start", "--dates", "dmy")
    told = afterword("plan", "--from", path, "--json", *words).document
    assert told[0]["company"] == "Acme"
    assert told[0]["opens"] == "2026-11-03T15:00:00+01:00"


def test_the_shelf_has_six_playbooks(afterword: Afterword) -> None:
    told = afterword("playbooks", "--json").document
    assert [(each["name"], each["default"]) for each in told] == [
        ("balanced", True),
        *(
            (name, False)
            for name in ("one-week", "thorough", "tuesday", "business-days", "industry")
        ),
    ]


def test_a_playbook_is_shown_as_it_is_written(afterword: Afterword) -> None:
    shown = afterword("playbooks", "tuesday")
    assert 'name = "tuesday"' in shown.out
    assert afterword("playbooks", "tuesday", "--json").document["text"] == shown.out.rstrip("\n")


def test_ones_own_playbook_is_on_the_shelf_and_a_broken_one_says_why(
    afterword: Afterword, tmp_path: Path
) -> None:
    shelf = tmp_path / "playbooks"
    shelf.mkdir()
    text = afterword("playbooks", "tuesday").out.replace('"tuesday"', '"mine"')
    (shelf / "mine.toml").write_text(text, "utf-8")
    (shelf / "broken.toml").write_text("nam = 1", "utf-8")
    ran = afterword("playbooks", "--data-dir", tmp_path)
    assert ran.code == 0
    assert "mine" in ran.out
    assert "broken.toml, line 1, nam: nobody knows this key" in ran.err
    assert afterword("playbooks", "broken", "--data-dir", tmp_path).code == 1
    checks = afterword("doctor", "--json", "--data-dir", tmp_path)
    assert checks.code == 0
    assert {"check": "playbook broken", "ok": False}.items() <= next(
        each for each in checks.document if each["check"] == "playbook broken"
    ).items()


def test_the_advice_fits_the_terminal_and_names_points(afterword: Afterword) -> None:
    ran = afterword("playbooks", "--advice")
    assert "(A2.6)" in ran.out
    assert max(map(len, ran.out.splitlines())) <= 80
    assert {"point", "when", "text"} == set(
        afterword("playbooks", "--advice", "--json").document[0]
    )


def test_doctor_finds_everything_in_order(afterword: Afterword) -> None:
    ran = afterword("doctor", "--json")
    assert ran.code == 0
    assert [list(check) for check in ran.document] == [["check", "ok", "detail"]] * len(
        ran.document
    )
    needed = {"python", "time zones", "calendar", "reading calendars", "playbooks"}
    assert needed <= {check["check"] for check in ran.document if check["ok"]}
    assert any(check["check"].startswith("holidays 0.") and check["ok"] for check in ran.document)


def test_doctor_passes_a_good_feed(afterword: Afterword, acme: Path, tmp_path: Path) -> None:
    file = tmp_path / "out.ics"
    afterword("export", "--from", acme, "-o", file)
    ran = afterword("doctor", "--feed", file)
    assert (ran.code, ran.out) == (0, f"{file}: 4 events, all rules kept\n")


def test_doctor_names_each_line_of_a_bad_feed(
    afterword: Afterword, acme: Path, tmp_path: Path
) -> None:
    file = tmp_path / "out.ics"
    afterword("export", "--from", acme, "-o", file)
    octets = file.read_bytes()
    line = octets[: octets.index(b"STATUS:")].count(b"\r\n") + 1
    file.write_bytes(octets.replace(b"STATUS:CONFIRMED", b"STATUS:SURE", 1))
    ran = afterword("doctor", "--feed", file)
    assert ran.code == 1
    assert f"line {line}: " in ran.out
    assert "error: " in ran.err
    told = afterword("doctor", "--feed", file, "--json").document
    assert [(each["ok"], each["line"]) for each in told] == [(False, line)]


def test_export_json_is_readable_text(afterword: Afterword, tmp_path: Path) -> None:
    path = written(tmp_path / "x.json", interview(role="Ingénieur"))
    file = tmp_path / "o.json"
    told = afterword("export", "--from", path, "-o", file, "--json").document
    assert told == {"file": str(file), "format": "json", "interviews": 1, "follow_ups": 0}
    assert "Ingénieur" in file.read_text("utf-8")
    assert json.loads(file.read_text("utf-8"))[0]["id"] == "acme-1"
