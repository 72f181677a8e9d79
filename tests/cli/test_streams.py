"""Streams that cannot be written, files that are none, and clocks that make no sense."""

import os
import signal
import subprocess
import time
from pathlib import Path

import pytest

from tests.cli.command import HANG_S, Afterword, Ran, interview, written
from tests.cli.test_files import INVITATION
from tests.cli.test_serving import served

pytestmark = pytest.mark.skipif(os.name != "posix", reason="a shell's redirections")
full_disk = pytest.mark.skipif(not Path("/dev/full").exists(), reason="a full disk")


def redirected(afterword: Afterword, how: str, *words: str | Path, unbuffered: str = "") -> Ran:
    """A command whose streams a shell has turned elsewhere."""
    done = subprocess.run(
        ["sh", "-c", f'exec "$@" {how}', "sh", *afterword.command(*words)],
        capture_output=True,
        timeout=HANG_S,
        env=afterword.environment({"PYTHONUNBUFFERED": unbuffered}),
        check=False,
    )
    return Ran(done.returncode, done.stdout.decode(), done.stderr.decode())


@pytest.mark.parametrize("unbuffered", ["", "1"])
@pytest.mark.parametrize("word", ["--version", "--help"])
@pytest.mark.parametrize("how", [pytest.param(">/dev/full", marks=full_disk), ">&-"])
def test_version_and_help_that_cannot_be_written_are_an_error_in_words(
    tmp_path: Path, how: str, word: str, unbuffered: str
) -> None:
    for given in ([word], ["plan", word]):
        if given == ["plan", "--version"]:
            continue
        ran = redirected(Bare(tmp_path), how, *given, unbuffered=unbuffered)
        assert (ran.code, ran.out) == (1, "")
        assert ran.err.startswith("error: ")
        assert ran.err.count("\n") == 1


class Bare(Afterword):
    """The command without a moment: its words stand alone."""

    def command(self, *words: str | Path, now: str = "") -> list[str]:
        return super().command(*words, now=now)


@pytest.mark.parametrize("unbuffered", ["", "1"])
@pytest.mark.parametrize("word", ["--version", "--help"])
def test_a_reader_that_left_before_version_or_help_is_no_error(
    tmp_path: Path, word: str, unbuffered: str
) -> None:
    afterword = Bare(tmp_path)
    with subprocess.Popen(
        afterword.command(word),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=afterword.environment({"PYTHONUNBUFFERED": unbuffered}),
    ) as process:
        assert process.stdout
        assert process.stderr
        process.stdout.close()
        assert (process.wait(HANG_S), process.stderr.read()) == (0, b"")


@full_disk
def test_warnings_that_cannot_be_written_change_nothing(
    afterword: Afterword, tmp_path: Path
) -> None:
    path = written(tmp_path / "x.json", interview(subdivision=None))
    heard = afterword("plan", "--from", path)
    assert "warning: " in heard.err
    for how in ("2>/dev/full", "2>&-"):
        ran = redirected(afterword, how, "plan", "--from", path)
        assert (ran.code, ran.out) == (heard.code, heard.out)
    assert redirected(afterword, "2>/dev/full", "plan", "--from", tmp_path / "none").code == 1


def test_an_error_whose_reader_has_left_is_still_an_error(
    afterword: Afterword, tmp_path: Path
) -> None:
    with subprocess.Popen(
        afterword.command("plan", "--from", tmp_path / "none"),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=afterword.environment(),
    ) as process:
        assert process.stderr
        process.stderr.close()
        assert process.wait(HANG_S) == 1


def test_an_export_to_nowhere_is_an_error(afterword: Afterword, acme: Path) -> None:
    ran = redirected(afterword, ">&-", "export", "--from", acme)
    assert ran.code == 1
    assert ran.err.startswith("error: the standard output is closed")


def test_an_export_to_the_name_of_stdout_is_one_to_stdout(afterword: Afterword, acme: Path) -> None:
    plain = afterword("export", "--from", acme)
    assert afterword("export", "--from", acme, "-o", "/dev/stdout") == plain
    assert plain.out.endswith("END:VCALENDAR\n")


def test_an_export_to_a_link_to_a_pipe_goes_into_the_pipe(afterword: Afterword, acme: Path) -> None:
    ran = redirected(afterword, "3>&1 >/dev/null", "export", "--from", acme, "-o", "/dev/fd/3")
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.endswith("END:VCALENDAR\r\n")


def test_an_offset_that_no_clock_can_show_is_read_as_utc(afterword: Afterword, acme: Path) -> None:
    ran = afterword("plan", "--from", acme, env={"TZ": "XXX-25"})
    assert ran.out == afterword("plan", "--from", acme).out
    assert ran.err == "warning: TZ: “XXX-25” is no time zone a clock can show; UTC is taken\n"


def test_doctor_names_a_folder_out_of_reach_among_the_rest(
    afterword: Afterword, tmp_path: Path
) -> None:
    ran = afterword("doctor", "--json", "--data-dir", tmp_path / ("x" * 300))
    assert ran.code == 1
    checks = {check["check"]: check["ok"] for check in ran.document}
    assert checks["data folder"] is False
    assert checks["calendar"] is True
    assert any(name.startswith("port ") for name in checks)


def test_doctor_names_a_folder_that_cannot_be_made(afterword: Afterword, acme: Path) -> None:
    ran = afterword("doctor", "--data-dir", acme / "inside")
    assert ran.code == 1
    assert f"FAILED  data folder: {acme}/inside cannot be made in {acme}\n" in ran.out


def test_doctor_tells_a_calendar_that_is_too_large_from_one_that_is_none(
    afterword: Afterword, tmp_path: Path
) -> None:
    file = tmp_path / "x.ics"
    file.write_bytes(b"BEGIN:VCALENDAR\r\n" + b"X-A:" + b"x" * (16 * 1024 * 1024))
    ran = afterword("doctor", "--feed", file)
    assert (ran.code, ran.out) == (1, "")
    assert "the file is larger than the limit of 16 MB" in ran.err
    file.write_bytes(b"company,role\n")
    ran = afterword("doctor", "--feed", file)
    assert (ran.code, ran.out) == (1, "")
    assert ran.err.startswith(f"error: {file}: this is no calendar file; ")


@pytest.mark.parametrize("now", ["1970-01-01", "2100-12-01"])
def test_a_demo_out_of_all_tables_says_so_in_a_sentence(
    afterword: Afterword, tmp_path: Path, now: str
) -> None:
    ran = afterword("demo", "--once", "--json", "-o", tmp_path / "d.ics", now=now)
    assert (ran.code, ran.out) == (1, "")
    assert ran.err.startswith(f"error: --now: no demo can be made around the year {now[:4]}; ")
    assert ran.err.count("\n") == 1
    assert not (tmp_path / "d.ics").exists()


def test_a_slip_names_the_help_of_its_command(afterword: Afterword) -> None:
    assert afterword("plan", "--bogus").err.endswith("--bogus; see afterword plan --help\n")
    assert afterword("plan", "--playbook", " ").code == 2


@pytest.mark.parametrize("words", [["plan"], ["list"], ["export"], ["import", "--dry-run"]])
def test_what_planning_finds_names_file_and_row(
    afterword: Afterword, tmp_path: Path, words: list[str]
) -> None:
    path = written(
        tmp_path / "x.json", interview(subdivision=None), interview(id="b", playbook="balancd")
    )
    ran = afterword(*words, *([] if words[0] == "import" else ["--from"]), path)
    assert ran.code == 3
    name = "Acme Robotics, Platform Engineer"
    assert f"warning: {path}, [0]: {name}: subdivision: " in ran.err
    assert f"refused: {path}, [1]: {name}: " in ran.err


def test_why_and_show_name_file_and_row_too(afterword: Afterword, tmp_path: Path) -> None:
    path = written(tmp_path / "x.json", interview(), interview(id="b", country="ZZ"))
    for words in (["show", "b"], ["why", "b", "thank_you"]):
        ran = afterword(*words, "--from", path)
        assert ran.code == 1
        assert ran.err.startswith(f"error: {path}, [1]: Acme Robotics, Platform Engineer: country")


def test_what_was_guessed_shows(tmp_path: Path) -> None:
    afterword, file = Afterword(tmp_path / "data"), tmp_path / "x.ics"
    file.write_bytes(INVITATION)
    (listed,) = afterword("list", "--from", file, "--json").document
    assert listed["guessed"] == ["company", "role"]
    assert afterword("show", "acme", "--from", file, "--json").document == listed
    (guess,) = afterword("import", file, "--json").document["guessed"]
    assert list(guess) == ["where", "id", "fields"]
    assert (guess["id"], guess["fields"]) == (listed["id"], ["company", "role"])
    assert guess["where"].startswith(f"{file}, line 4")
    (kept,) = afterword("list", "--json").document
    assert "guessed" not in kept


def test_a_data_folder_is_its_owners_alone_whoever_makes_it(acme: Path, tmp_path: Path) -> None:
    fresh = tmp_path / "new" / "fresh"
    assert Afterword(fresh)("plan", "--from", acme).code == 0
    for folder in (fresh.parent, fresh, fresh / "cache"):
        assert folder.stat().st_mode & 0o777 == 0o700


def test_a_pipe_can_be_read_once(afterword: Afterword, acme: Path) -> None:
    ran = redirected(afterword, f"3<&0 <{acme}", "plan", "--from", "/dev/fd/0")
    assert ran.out == afterword("plan", "--from", acme).out
    pipe = acme.with_name("pipe")
    os.mkfifo(pipe)
    with subprocess.Popen(["sh", "-c", 'cat "$1" >"$2"', "sh", acme, pipe]) as writer:
        assert afterword("plan", "--from", pipe).out == ran.out
        assert writer.wait(HANG_S) == 0


def test_a_served_file_that_turns_into_a_pipe_holds_nobody_up(
    afterword: Afterword, acme: Path
) -> None:
    with served(afterword, "serve", "--from", acme, "--port", "0", "--json") as running:
        before = running.ask("GET", running.path)[1]
        acme.unlink()
        os.mkfifo(acme)
        time.sleep(1.1)  # it looks once a second
        assert running.ask("GET", running.path)[1] == before
        code, _, said = running.end(signal.SIGTERM)
    assert code == 0
    assert f"{acme}: this is no plain file" in said


def test_serve_names_each_row_that_it_leaves_out_and_ends_well(
    afterword: Afterword, acme: Path
) -> None:
    written(acme, interview(), interview(id="b", start="?"))
    with served(afterword, "serve", "--from", acme, "--port", "0", "--json") as running:
        time.sleep(1.1)
        written(acme, interview(start="?"))
        running.ask("GET", running.path)
        time.sleep(1.1)
        written(acme, interview(), interview(id="b", country="ZZ"))
        running.ask("GET", running.path)
        code, _, said = running.end()
    assert code == 0
    lines = said.splitlines()
    assert lines[0].startswith(f"refused: {acme}, [1].start: ")
    assert lines[1].startswith(f"refused: {acme}, [0].start: ")
    assert lines[2].endswith("The feed stays as it was until this is mended.")
    assert lines[3].startswith(f"refused: {acme}, [1]: Acme Robotics, Platform Engineer: country")
    assert lines[4:] == ["The file can be read again; the feed follows it."]
