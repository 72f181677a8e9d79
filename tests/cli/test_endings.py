"""How commands end: the four exit codes, what stands on which stream, and no traceback ever."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.command import HANG_S, Afterword, interview, written

READING = (["plan"], ["list"], ["export"], ["import", "--dry-run"])


def given(words: list[str], path: str | Path) -> list[str]:
    return [*words, str(path)] if words[0] == "import" else [*words, "--from", str(path)]


def test_version_is_one_line(afterword: Afterword) -> None:
    ran = afterword("--version", now="")
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.startswith("afterword ")
    assert afterword("--version", "--json", now="").out == ran.out


@pytest.mark.parametrize("words", READING)
def test_a_refused_row_is_named_and_the_rest_is_done(
    afterword: Afterword, tmp_path: Path, words: list[str]
) -> None:
    path = written(tmp_path / "x.json", interview(), interview(id="b", start="yesterday"))
    ran = afterword(*given(words, path))
    assert ran.code == 3
    assert "Acme" in ran.out
    assert f"refused: {path}, [1].start: “yesterday” is not a date and time" in ran.err


@pytest.mark.parametrize("words", READING)
@pytest.mark.parametrize("more", [[], ["--json"]])
def test_where_all_is_refused_nothing_is_answered(
    afterword: Afterword, tmp_path: Path, words: list[str], more: list[str]
) -> None:
    path = written(tmp_path / "x.json", interview(start="yesterday"))
    ran = afterword(*given([*words, *more], path))
    assert (ran.code, ran.out) == (1, "")
    assert "\nerror: no interview could be used; " in ran.err


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"country": "ZZ"}, "country"),
        ({"country": "US", "subdivision": "QQ"}, "subdivision"),
        ({"start": "2100-12-20T10:00"}, "known years"),
        ({"playbook": "balancd"}, 'did you mean "balanced"?'),
        ({"timezone": "America/New_Yrk"}, "did you mean America/New_York?"),
    ],
)
def test_a_place_a_year_or_a_playbook_nobody_knows_refuses_that_interview_only(
    afterword: Afterword, tmp_path: Path, fields: dict[str, str], said: str
) -> None:
    path = written(tmp_path / "x.json", interview(id="b", company="Bolt", **fields), interview())
    ran = afterword("plan", "--from", path, "--json")
    assert ran.code == 3
    assert {each["company"] for each in ran.document} == {"Acme Robotics"}
    refusals = [line for line in ran.err.splitlines() if line.startswith("refused: ")]
    assert len(refusals) == 1
    assert said in refusals[0]


def test_one_interview_that_is_asked_for_misses_no_other(
    afterword: Afterword, tmp_path: Path
) -> None:
    path = written(tmp_path / "x.json", interview(), interview(id="b", start="yesterday"))
    assert afterword("plan", "acme-1", "--from", path).code == 0


def test_no_interviews_are_an_answer_too(afterword: Afterword, tmp_path: Path) -> None:
    path = written(tmp_path / "x.json")
    assert afterword("plan", "--from", path, "--json").document == []
    assert afterword("plan", "--from", path).code == 0


def test_a_file_that_is_not_there_is_an_error(afterword: Afterword, tmp_path: Path) -> None:
    path = tmp_path / "none.json"
    ran = afterword("plan", "--from", path)
    assert (ran.code, ran.out) == (1, "")
    assert ran.err == f"error: {path}: there is no such file; check its name and its folder\n"


def test_of_several_files_one_that_is_not_there_costs_no_other(
    afterword: Afterword, acme: Path, tmp_path: Path
) -> None:
    ran = afterword("plan", "--from", tmp_path / "none.json", "--from", acme)
    assert ran.code == 3
    assert ran.out.startswith("Acme Robotics")
    assert "none.json: there is no such file" in ran.err


@pytest.mark.parametrize("command", ["plan", "list", "export"])
def test_without_a_file_a_command_works_on_what_is_kept(tmp_path: Path, command: str) -> None:
    ran = Afterword(tmp_path / "data")(command)
    assert (ran.code, ran.err) == (0, "")
    assert ran.out
    assert not (tmp_path / "data" / "afterword.db").exists()


def test_afterword_alone_says_how_to_begin(tmp_path: Path) -> None:
    ran = Afterword(tmp_path / "data")()
    assert (ran.code, ran.err) == (0, "")
    assert "afterword demo --once" in ran.out
    assert Afterword(tmp_path / "data")("--json").document == {"due": [], "overdue": [], "next": []}


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["plna"], "did you mean “plan”?"),
        (["plan", "--form", "x"], "--form"),
        (["plan", "--from"], "--from"),
        (["why", "acme"], "STEP"),
        (["why", "acme", "third_check_in"], "did you mean “first_check_in”?"),
        (["export", "--view", "private", "--from", "x"], "initials"),
        (["serve", "--port", "99999", "--from", "x"], "from 1 to 65535"),
        (["plan", "--dates", "dym", "--from", "x"], "dmy"),
        (["plan", "--map", "Firm", "--from", "x"], "COLUMN=FIELD"),
        (["plan", "--from", "-", "--from", "-"], "only once"),
        (["playbooks", "balanced", "--advice"], "leave the name out"),
    ],
)
def test_a_wrong_word_is_told_with_what_would_be_right(
    afterword: Afterword, words: list[str], said: str
) -> None:
    ran = afterword(*words)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith("error: ")
    assert said in ran.err


def test_global_options_stand_before_or_after_the_command(afterword: Afterword, acme: Path) -> None:
    before = afterword("--json", "--now", "2026-11-30", "plan", "--from", acme, now="")
    after = afterword("plan", "--from", acme, "--now", "2026-11-30", "--json", now="")
    assert before == after
    assert [each["status"] for each in before.document] == [
        *("missed", "overdue", "upcoming", "upcoming")
    ]


@pytest.mark.parametrize(
    ("now", "status"),
    [
        ("2026-11-18T04:59:59", "upcoming"),  # midnight in New York is 05:00 here
        ("2026-11-18T05:00", "due"),
        ("2026-11-18T23:59:59-05:00", "due"),
        ("2026-11-19T00:00:00-05:00", "overdue"),
    ],
)
def test_now_stands_for_the_clock(afterword: Afterword, acme: Path, now: str, status: str) -> None:
    told = afterword("plan", "--from", acme, "--json", now=now).document
    assert told[1]["status"] == status


@pytest.mark.parametrize("now", ["soon", "", "2026-13-01", "0001-01-01T00:00", "9999-12-31"])
def test_a_moment_that_is_none_is_a_wrong_word(afterword: Afterword, now: str) -> None:
    ran = afterword("--now", now, "demo", "--once", now="")
    assert (ran.code, ran.out) == (2, "")
    assert "is no moment; write it like 2026-11-18T09:00" in ran.err


GARBAGE = {
    "nothing": b"",
    "zeros": bytes(5000),
    "noise": bytes(range(256)) * 20,
    "half a document": b'[{"company": "Acme", "ro',
    "a number": b"42",
    "deep": b"[" * 100_000,
    "a calendar's beginning": b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\n",
    "one long line": b"x" * 100_000,
    "UTF-16": '[{"company": "Acme"}]'.encode("utf-16"),
    "escapes": b'[{"company": "\x1b[31mred\\u001b[0m", "role": "\\ud800", "start": "x"}]',
}


@pytest.mark.parametrize("garbage", GARBAGE)
def test_garbage_is_refused_in_words(afterword: Afterword, tmp_path: Path, garbage: str) -> None:
    path = tmp_path / "garbage"
    path.write_bytes(GARBAGE[garbage])
    ran = afterword("plan", "--from", path)
    assert (ran.code, ran.out) == (1, "")
    assert ran.err.splitlines()[-1].startswith("error: ")
    assert "\x1b" not in ran.err


def test_texts_of_a_file_cannot_steer_the_terminal(afterword: Afterword, tmp_path: Path) -> None:
    wild = "\x1b[2J\x1b]0;gone\x07Acme\r\nRobotics\u202e"
    path = written(tmp_path / "x.json", interview(company=wild, notes=wild, role=wild))
    for words in (["plan"], ["list"], ["show", "acme-1"], ["why", "acme-1", "thank_you"]):
        ran = afterword(*words, "--from", path)
        assert ran.code == 0
        assert not set("\x1b\x07\r") & set(ran.out + ran.err)


@pytest.mark.parametrize("words", [["plan"], ["list"], ["show", "acme"], ["why", "acme", "reply"]])
def test_an_old_terminal_gets_what_it_can_show(
    afterword: Afterword, tmp_path: Path, words: list[str]
) -> None:
    path = written(tmp_path / "x.json", interview(role="Ingénieur 株式会社", id="acme"))
    env = {"PYTHONUTF8": "0", "LC_ALL": "C", "PYTHONCOERCECLOCALE": "0"}
    ran = afterword(*words, "--from", path, env=env)
    assert ran.code == (1 if "reply" in words else 0)
    assert (ran.out + ran.err).isascii()


def test_json_says_everything_on_an_old_terminal_too(afterword: Afterword, tmp_path: Path) -> None:
    path = written(tmp_path / "x.json", interview(role="Ingénieur 株式会社"))
    env = {"PYTHONUTF8": "0", "LC_ALL": "C", "PYTHONCOERCECLOCALE": "0"}
    ran = afterword("plan", "--from", path, "--json", env=env)
    assert ran.out.isascii()
    assert ran.document[0]["role"] == "Ingénieur 株式会社"


def test_there_is_no_colour_without_a_terminal(afterword: Afterword, acme: Path) -> None:
    assert "\x1b" not in afterword("plan", "--from", acme, env={"TERM": "xterm-256color"}).out


@pytest.mark.skipif(os.name != "posix", reason="a shell's pipes")
@pytest.mark.parametrize("words", [["plan", "--json"], ["export"], ["export", "--format", "csv"]])
def test_a_reader_that_leaves_is_no_error(
    afterword: Afterword, tmp_path: Path, words: list[str]
) -> None:
    several = [interview(id=f"x{number}") for number in range(200)]
    path = written(tmp_path / "x.json", *several)
    with subprocess.Popen(
        afterword.command(*words, "--from", path),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=afterword.environment(),
    ) as process:
        assert process.stdout
        assert process.stderr
        process.stdout.close()
        assert (process.wait(HANG_S), process.stderr.read()) == (0, b"")


@pytest.mark.skipif(os.name != "posix", reason="a shell's redirections")
@pytest.mark.parametrize("streams", [">&-", "2>&-", "<&-", ">&- 2>&- <&-"])
def test_closed_streams_are_no_error(afterword: Afterword, acme: Path, streams: str) -> None:
    shell = f'exec "$@" {streams}'
    command = ["sh", "-c", shell, "sh", *afterword.command("plan", "--from", acme)]
    done = subprocess.run(
        command, capture_output=True, timeout=HANG_S, env=afterword.environment(), check=False
    )
    assert (done.returncode, done.stderr) == (0, b"")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a full disk")
def test_a_full_disk_is_an_error_in_words(afterword: Afterword, acme: Path) -> None:
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            afterword.command("plan", "--from", acme),
            stdout=full,
            stderr=subprocess.PIPE,
            timeout=HANG_S,
            env=afterword.environment(),
            check=False,
        )
    assert done.returncode == 1
    assert done.stderr.startswith(b"error: ")
    assert b"Traceback" not in done.stderr
    assert b"Exception ignored" not in done.stderr


@pytest.mark.skipif(os.name != "posix", reason="Ctrl-C as a signal")
def test_ctrl_c_ends_it_quietly(afterword: Afterword) -> None:
    with subprocess.Popen(
        afterword.command("plan", "--from", "-"),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=afterword.environment({"PYTHONUNBUFFERED": "1"}),
    ) as process:
        _wait_for_reading(process.pid)
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=HANG_S)
    assert (process.returncode, out, err) == (130, b"", b"")


def _wait_for_reading(pid: int) -> None:
    """Wait until the process sleeps in reading its input; elsewhere than on Linux, a while."""
    import time

    wchan = Path(f"/proc/{pid}/stat")
    for _ in range(200):
        time.sleep(0.05)
        if not wchan.exists():
            continue
        calls = [line.split()[0] for line in [Path(f"/proc/{pid}/syscall").read_text()]]
        if calls == ["0"]:  # read
            return


def test_python_without_assertions_answers_the_same(afterword: Afterword, acme: Path) -> None:
    plain = afterword("plan", "--from", acme, "--json")
    assert afterword("plan", "--from", acme, "--json", env={"PYTHONOPTIMIZE": "2"}) == plain


def loaded_by(*words: str, afterword: Afterword, switches: tuple[str, ...] = ()) -> set[str]:
    """The modules that a process has once a command is done."""
    code = (
        f"import sys; from icsgen.cli import main; code = main({list(words)!r}); "
        "print(*sys.modules, file=sys.stderr); sys.exit(code)"
    )
    done = subprocess.run(
        [sys.executable, *switches, "-c", code],
        env=afterword.environment(),
        timeout=HANG_S,
        check=False,
        capture_output=True,
    )
    assert done.returncode == 0, done.stderr
    return set(done.stderr.decode().split())


def test_a_version_loads_next_to_nothing(afterword: Afterword) -> None:
    # Without `site`, which may itself load what it likes.
    loaded = loaded_by("--version", afterword=afterword, switches=("-S",))
    ours = {name for name in loaded if name.startswith("icsgen")}
    heavy = {"argparse", "re", "enum", "typing", "dataclasses", "inspect", "pathlib", "json"}
    assert ours == {"icsgen", "icsgen.cli"}
    assert loaded & heavy == set()


def test_a_plan_loads_nothing_that_only_others_need(afterword: Afterword, acme: Path) -> None:
    afterword("plan", "--from", acme)  # keeps what takes long to make
    loaded = loaded_by("plan", "--from", str(acme), afterword=afterword)
    classes = {"dataclasses", "inspect"}
    libraries = {"holidays", "icalendar", "dateutil", "uvicorn", "platformdirs"}
    formats = {"csv", "email", "sqlite3", "tomllib"}
    network = {"asyncio", "socket", "ssl", "hashlib", "urllib.request"}
    rarely = {"difflib", "shutil", "tempfile", "subprocess", "textwrap"}
    ours = {"icsgen.feed", "icsgen.server", "icsgen.store"}
    ours |= {"icsgen.sources.csv_file", "icsgen.sources.ics_file"}
    assert loaded & (classes | libraries | formats | network | rarely | ours) == set()
