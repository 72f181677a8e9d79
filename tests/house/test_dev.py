"""dev.py and the rule about skips, as far as they go without a network."""

import ast
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path
from urllib.parse import urlsplit

import pytest

import dev

ROOT = Path(dev.__file__).parent
WHEELS = {
    ("win32", "amd64", False): "win_amd64",
    ("win32", "arm64", False): "win_arm64",
    ("darwin", "arm64", False): "macosx_11_0_arm64",
    ("darwin", "x86_64", False): "macosx_10_12_x86_64",
    ("linux", "x86_64", True): "manylinux_2_17_x86_64.manylinux2014_x86_64",
    ("linux", "x86_64", False): "musllinux_1_1_x86_64",
    ("linux", "i686", True): "manylinux_2_17_i686.manylinux2014_i686",
}


@pytest.fixture
def checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty checkout with a project file and a lock, which dev.py takes for its own."""
    for name in ("uv.lock", "pyproject.toml"):
        (tmp_path / name).write_text(f"# {name}\n")
    monkeypatch.setattr(dev, "ROOT", tmp_path)
    monkeypatch.setattr(dev, "CACHE", tmp_path / ".cache")
    monkeypatch.setattr(dev, "STAMP", tmp_path / "stamp")
    monkeypatch.setattr(dev, "PYTHON", tmp_path / "python")
    return tmp_path


def finish(*groups: str) -> None:
    dev.PYTHON.touch()
    dev.STAMP.write_text("\n".join([dev.stamp(), *groups]))


@pytest.mark.parametrize(
    ("given", "meant"),
    [
        ([], ["demo"]),
        (["--once"], ["demo", "--once"]),
        (["--json", "--once"], ["demo", "--json", "--once"]),
        (["plan", "--from", "my.csv"], ["plan", "--from", "my.csv"]),
        (["demo", "--once"], ["demo", "--once"]),
    ],
)
def test_a_first_word_that_is_no_option_is_an_afterword_command(
    given: list[str], meant: list[str]
) -> None:
    assert dev.afterword_words(given) == meant


@pytest.mark.parametrize(
    ("given", "ci", "meant"),
    [
        ([], "", []),
        (["--all"], "", ["--all"]),
        (["--system", "-k", "feed"], "", ["-k", "feed"]),
        (["--all", "--system"], "", ["--all", "--strict-skips"]),
        (["--system", "-x", "--all"], "false", ["-x", "--all", "--strict-skips"]),
        (["--all"], "true", ["--all", "--strict-skips"]),
    ],
)
def test_skips_are_judged_in_full_runs_and_in_ci(
    given: list[str], ci: str, meant: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CI", ci)
    assert dev.pytest_words(given) == meant


def test_ci_runs_the_command_that_the_readme_gives() -> None:
    last = (ROOT / ".ci" / "run").read_text("utf-8").splitlines()[-1]
    command = last.removeprefix("exec ").removesuffix(" </dev/null")
    assert command == "python3 dev.py test --all --system"
    assert command in (ROOT / "README.md").read_text("utf-8")


def locked_uv() -> dict[str, list[dict[str, str]]]:
    package: dict[str, list[dict[str, str]]]
    package = next(part for part in dev.toml("uv.lock")["package"] if part["name"] == "uv")
    return package


@pytest.mark.parametrize(("machine", "tags"), WHEELS.items())
def test_the_lock_names_a_uv_for_each_kind_of_machine(
    machine: tuple[str, str, bool], tags: str
) -> None:
    system, processor, glibc = machine
    names = [wheel["url"].rpartition("/")[2] for wheel in locked_uv()["wheels"]]
    fitting = [name for name in names if dev.fits(name, system, processor, glibc=glibc)]
    assert [name.rpartition("-")[2] for name in fitting] == [f"{tags}.whl"]


def test_no_uv_fits_a_machine_that_nobody_built_it_for() -> None:
    names = [wheel["url"] for wheel in locked_uv()["wheels"]]
    assert not [name for name in names if dev.fits(name, "linux", "sparc64", glibc=True)]
    assert not [name for name in names if dev.fits(name, "linux", "s390x", glibc=False)]


def test_each_uv_in_the_lock_has_a_digest_and_a_secure_address() -> None:
    for wheel in locked_uv()["wheels"]:
        assert wheel["url"].startswith("https://")
        assert wheel["hash"].startswith("sha256:")
        assert len(wheel["hash"]) == len("sha256:") + 64


def test_the_locked_uv_is_one_that_the_project_allows() -> None:
    allowed = dev.toml("pyproject.toml")["tool"]["uv"]["required-version"]
    assert dev.numbers(str(locked_uv()["version"])) >= dev.numbers(allowed) > (0,)


def test_versions_compare_as_numbers() -> None:
    assert dev.numbers("uv 0.13.9 (x86_64)") == (0, 13, 9)
    assert dev.numbers("uv 0.9.30") < dev.numbers(">=0.13")
    assert dev.numbers("no version") == ()


def test_a_program_that_is_no_uv_is_not_taken_for_one(tmp_path: Path) -> None:
    assert not dev.is_new_enough(sys.executable + "-that-is-not-there")
    assert not dev.is_new_enough(str(tmp_path))


def test_dev_names_no_package_index() -> None:
    source = (ROOT / "dev.py").read_text("utf-8")
    for wheel in locked_uv()["wheels"]:
        assert str(urlsplit(wheel["url"]).hostname) not in source


def test_a_file_that_is_not_the_locked_one_is_refused(
    checkout: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dev, "fetch", lambda _address: b"something else")
    monkeypatch.setattr(dev, "fits", lambda *_machine, **_more: True)
    package = {
        "version": "1.0",
        "wheels": [{"url": "https://a.example/uv.whl", "hash": "sha256:0"}],
    }
    with pytest.raises(dev.CannotGoOnError, match=r"is not the file that uv\.lock names"):
        dev.uv_from_wheel(package, checkout / "uv")
    assert not (checkout / "uv").exists()


def test_without_a_network_the_sentence_names_what_is_out_of_reach(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("https_proxy", "http://127.0.0.1:9")
    with pytest.raises(dev.CannotGoOnError, match=r"^https://files\.example/uv\.whl: .+"):
        dev.fetch("https://files.example/uv.whl")


def test_an_address_that_is_not_https_is_refused() -> None:
    with pytest.raises(dev.CannotGoOnError, match="not https"):
        dev.fetch((ROOT / "README.md").as_uri())


@pytest.mark.usefixtures("checkout")
def test_what_was_set_up_is_not_set_up_again() -> None:
    assert not dev.is_ready(["build"])
    finish("build")
    assert dev.is_ready(["build"])
    assert not dev.is_ready(["build", "test"])
    finish("build", "test")
    assert dev.is_ready(["build"])


@pytest.mark.parametrize("name", ["uv.lock", "pyproject.toml"])
def test_another_lock_or_project_is_set_up_anew(checkout: Path, name: str) -> None:
    finish("build")
    (checkout / name).write_text("# changed\n")
    assert not dev.is_ready(["build"])


def test_another_python_or_place_is_set_up_anew(
    checkout: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    finish("build")
    with monkeypatch.context() as changed:
        changed.setattr(sys, "version", "3.99.0 (tomorrow)")
        assert not dev.is_ready(["build"])
    moved = checkout / "moved"
    moved.mkdir()
    for name in ("uv.lock", "pyproject.toml"):
        shutil.copy(checkout / name, moved)
    monkeypatch.setattr(dev, "ROOT", moved)
    assert not dev.is_ready(["build"])


@pytest.mark.usefixtures("checkout")
def test_an_environment_without_its_python_is_not_ready() -> None:
    finish("build")
    dev.PYTHON.unlink()
    assert not dev.is_ready(["build"])


def test_only_one_sets_up_at_a_time(checkout: Path) -> None:
    with dev.alone(), (checkout / ".cache" / "lock").open("a") as second:
        assert not dev._take(second.fileno())
    with (checkout / ".cache" / "lock").open("a") as second:
        assert dev._take(second.fileno())


@pytest.mark.skipif(sys.platform == "win32", reason="links need a right that Windows rarely gives")
def test_what_a_link_points_to_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "theirs").mkdir()
    (tmp_path / "venv").symlink_to(tmp_path / "theirs")
    dev.discard(tmp_path / "venv")
    assert [path.name for path in tmp_path.iterdir()] == ["theirs"]


def test_tests_get_a_home_of_their_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AFTERWORD_DATA_DIR", "/somewhere")
    monkeypatch.setenv("XDG_DATA_DIRS", "/somewhere")
    env = dev.home_environment(tmp_path)
    homes = ("HOME", "APPDATA", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_RUNTIME_DIR", "TMPDIR")
    assert all(Path(env[name]).is_relative_to(tmp_path) for name in homes)
    assert all(Path(env[name]).is_dir() for name in homes)
    assert "AFTERWORD_DATA_DIR" not in env
    assert "XDG_DATA_DIRS" not in env
    assert env["PATH"].split(os.pathsep)[0] == str(dev.SCRIPTS)


CHILD = "import time\nwhile True: open({file!r}, 'a').write('.'); time.sleep(0.02)"
PARENT = "import subprocess, sys\nsubprocess.run([sys.executable, '-c', {child!r}])"


def test_what_takes_too_long_is_ended_with_all_it_started(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ticks = tmp_path / "ticks"
    parent = PARENT.format(child=CHILD.format(file=str(ticks)))
    monkeypatch.setattr(dev, "DEADLINE", time.monotonic() + 2)
    with pytest.raises(dev.CannotGoOnError, match="and ended"):
        dev.call(sys.executable, "-c", parent)
    seen = ticks.stat().st_size
    time.sleep(0.3)
    assert ticks.stat().st_size == seen > 0


def test_the_exit_code_of_a_program_passes_through() -> None:
    assert dev.call(sys.executable, "-c", "raise SystemExit(3)") == 3


def test_an_old_python_is_sent_away_in_one_sentence() -> None:
    script = "import runpy, sys\nsys.version_info = (3, 9, 2, 'final', 0)\n"
    script += "runpy.run_path('dev.py', run_name='__main__')"
    told = subprocess.run(
        [sys.executable, "-c", script],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert told.returncode == 1
    assert told.stdout == ""
    assert told.stderr == (
        "dev.py: Afterword needs Python 3.11 or newer, and this is Python 3.9. "
        "Start dev.py with a newer one.\n"
    )


def test_an_old_python_can_read_that_far() -> None:
    ast.parse((ROOT / "dev.py").read_text("utf-8"), feature_version=(3, 7))


@pytest.mark.parametrize(("words", "code"), [(["--help"], 0), ([], 2), (["rum"], 2)])
def test_without_a_command_dev_says_what_there_is(words: list[str], code: int) -> None:
    told = subprocess.run(
        [sys.executable, "dev.py", *words],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert told.returncode == code
    assert "dev.py run" in (told.stdout if code == 0 else told.stderr)


SAMPLE = """
import pytest

def test_runs(): pass
def test_allowed(): pytest.skip("no such clock on this system")
def test_elsewhere(): pytest.skip("only elsewhere")
def test_stray(): pytest.skip("not today")

@pytest.mark.xfail
def test_known(): assert False

@pytest.mark.slow
def test_slow(): pass

@pytest.mark.real
def test_real(): pass
"""
ALLOWED = """
[[allow]]
reason = "no such clock"
why = "a stand-in"
[[allow]]
reason = "only elsewhere"
why = "a stand-in"
on = ["amiga"]
"""


def run_sample(folder: Path, *flags: str, allowed: str = ALLOWED) -> tuple[int, str]:
    """Exit code and output of a small suite under this project's conftest."""
    tests = folder / "tests"
    tests.mkdir(exist_ok=True)
    shutil.copy(ROOT / "tests" / "conftest.py", tests)
    (tests / "allowed_skips.toml").write_text(allowed)
    (tests / "test_sample.py").write_text(SAMPLE)
    (tests / "test_whole.py").write_text("import pytest\npytest.importorskip('not_to_be_had')\n")
    (folder / "pytest.ini").write_text("[pytest]\nmarkers =\n  slow\n  real\n")
    command = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", *flags]
    told = subprocess.run(
        command, cwd=folder, capture_output=True, text=True, timeout=120, check=False
    )
    return told.returncode, told.stdout


def test_skips_and_rings_left_out_are_named(tmp_path: Path) -> None:
    code, output = run_sample(tmp_path)
    assert code == 0
    assert "skipped tests/test_sample.py::test_stray: not today" in output
    assert "skipped tests/test_whole.py: could not import 'not_to_be_had'" in output
    assert "left out 1 of the ring 'slow', which --all adds" in output
    assert output.splitlines()[-1].startswith("=")
    assert "1 passed, 4 skipped, 2 deselected, 1 xfailed" in output


def test_a_stray_skip_is_a_failure_where_skips_are_judged(tmp_path: Path) -> None:
    code, output = run_sample(tmp_path, "--all", "--strict-skips")
    assert code == 1
    assert "skipped for a reason that is not in allowed_skips.toml: not today" in output
    assert "skipped for a reason that is not in allowed_skips.toml: only elsewhere" in output
    assert "skipped for a reason that is not in allowed_skips.toml: could not import" in output
    assert "2 failed, 3 passed, 1 skipped, 1 xfailed, 1 error" in output


def test_skips_for_reasons_on_the_list_pass_where_skips_are_judged(tmp_path: Path) -> None:
    reasons = ("no such clock", "only elsewhere", "not today", "could not import")
    entries = [f'[[allow]]\nreason = "{reason}"\nwhy = "a stand-in"\n' for reason in reasons]
    code, output = run_sample(tmp_path, "--all", "--strict-skips", allowed="".join(entries))
    assert code == 0
    assert "3 passed, 4 skipped, 1 xfailed" in output


def test_an_entry_without_a_why_stops_the_tests(tmp_path: Path) -> None:
    code, output = run_sample(tmp_path, "--strict-skips", allowed='[[allow]]\nreason = "x"\n')
    assert code == 4
    assert "passed" not in output
