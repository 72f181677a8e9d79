#!/usr/bin/env python3
"""Sets Afterword up in this checkout, then runs it or its tests. Needs nothing but Python.

python3 dev.py run [ARGS]     the demo (--once: print it and end); a first word that is no
                              option is an afterword command: dev.py run plan --from my.csv
python3 dev.py test [ARGS]    lint, types and tests; ARGS go to pytest
                 --all        with the slow tests and those that use real programs
                 --system     first install the system packages they need (apt, as root or sudo)

All that is fetched and made lies in .venv and .cache, which may be deleted at any time.
"""

import contextlib
import hashlib
import importlib.util
import io
import os
import platform
import re
import shutil
import signal
import ssl
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

# Older ones read this file as far as here, and no further.
if sys.version_info < (3, 11):
    sys.exit(
        "dev.py: Afterword needs Python 3.11 or newer, and this is Python {}.{}. "
        "Start dev.py with a newer one.".format(*sys.version_info[:2])
    )

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
CACHE = ROOT / ".cache"
STAMP = VENV / "set-up-from"
SCRIPTS = VENV / ("Scripts" if os.name == "nt" else "bin")
EXE = ".exe" if os.name == "nt" else ""
PYTHON = SCRIPTS / ("python" + EXE)
CHECKS = {
    "ruff check": ["ruff", "check", "."],
    "ruff format": ["ruff", "format", "--check", "."],
    "mypy": ["mypy"],
}
SYSTEM_PACKAGES: tuple[str, ...] = ()  # Debian's; the real programs in tests are in uv.lock
LIMIT_S = 2900
DEADLINE = time.monotonic() + LIMIT_S


class CannotGoOnError(Exception):
    """Why dev.py stops, in words that are all a person sees of it."""


def say(text: str) -> None:
    """Tell a person; on stderr, since stdout belongs to what is run."""
    print(f"dev.py: {text}", file=sys.stderr, flush=True)


# The two commands


def run(words: list[str]) -> int:
    """Run `afterword` in this process's place or, where a system cannot do that, wait for it."""
    set_up("build")
    command = [str(SCRIPTS / f"afterword{EXE}"), *afterword_words(words)]
    if os.name != "nt":
        os.execv(command[0], command)  # noqa: S606  no shell is meant
    with subprocess.Popen(command) as process:
        while True:
            with contextlib.suppress(KeyboardInterrupt):  # the program hears Ctrl-C as well
                return process.wait()


def afterword_words(words: list[str]) -> list[str]:
    """The arguments of `afterword` for those of `dev.py run`."""
    return ["demo", *words] if not words or words[0].startswith("-") else words


def test(words: list[str]) -> int:
    """Lint, types, then the tests; 0 only if all of them pass."""
    if "--system" in words:
        install_system_packages()
    set_up("build", "test")
    compile_sources()
    with tempfile.TemporaryDirectory(dir=CACHE, prefix="home-", ignore_cleanup_errors=True) as home:
        env = home_environment(Path(home))
        failed = [name for name in CHECKS if check(name, env)]
        print(f"FAILED: {', '.join(failed)}" if failed else "lint and types: passed", flush=True)
        code = call(PYTHON, "-m", "pytest", *pytest_words(words), env=env, out=1)
    return code or (1 if failed else 0)


def check(name: str, env: dict[str, str]) -> int:
    """Exit code of one check; what it finds goes to stdout."""
    tool, *rest = CHECKS[name]
    return call(SCRIPTS / (tool + EXE), *rest, env=env, out=1)


def pytest_words(words: list[str]) -> list[str]:
    """The arguments of pytest for those of `dev.py test`: in CI and in full runs no stray skips."""
    in_ci = os.environ.get("CI", "").lower() in ("1", "true")
    strict = in_ci or {"--all", "--system"} <= set(words)
    return [word for word in words if word != "--system"] + ["--strict-skips"] * strict


def home_environment(home: Path) -> dict[str, str]:
    """This environment with an empty home of its own, so that tests touch nobody's files."""
    places = {"HOME": ".", "USERPROFILE": ".", "APPDATA": "roaming", "LOCALAPPDATA": "local"}
    places |= {f"XDG_{kind}_HOME": kind.lower() for kind in ("CONFIG", "DATA", "STATE", "CACHE")}
    places |= {"XDG_RUNTIME_DIR": "run", "TMPDIR": "tmp", "TEMP": "tmp", "TMP": "tmp"}
    for folder in set(places.values()):
        (home / folder).mkdir(mode=0o700, exist_ok=True)
    env = environment_without("AFTERWORD_", "XDG_", "PYTHONPATH", "PYTHONHOME", "VIRTUAL_ENV")
    env |= {key: str(home / folder) for key, folder in places.items()}
    env |= dict.fromkeys(("NO_PROXY", "no_proxy"), "127.0.0.1,localhost,::1")
    return {**env, "PATH": os.pathsep.join([str(SCRIPTS), env.get("PATH", os.defpath)])}


def environment_without(*prefixes: str) -> dict[str, str]:
    """The environment but for the variables whose names begin so."""
    return {key: value for key, value in os.environ.items() if not key.startswith(prefixes)}


def install_system_packages() -> None:
    """Install by apt what the tests need of the system."""
    if not SYSTEM_PACKAGES:
        say("--system: the tests need no system packages, so there is nothing to install")
        return
    names = " ".join(SYSTEM_PACKAGES)
    become = [] if sys.platform != "win32" and os.geteuid() == 0 else ["sudo", "-n"]
    if not shutil.which("apt-get") or (become and not shutil.which("sudo")):
        raise CannotGoOnError(f"--system needs apt, and root or sudo, to install: {names}")
    apt = [*become, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-q", "-y"]
    apt += ["-o", "DPkg::Lock::Timeout=300"]
    for step in (["update"], ["install", "--no-install-recommends", *SYSTEM_PACKAGES]):
        if call(*apt, *step, env=dict(os.environ)):
            raise CannotGoOnError(f"apt could not install what the tests need: {names}")


# .venv


def set_up(*groups: str) -> None:
    """Make .venv as uv.lock says, with Afterword itself in it, unless that was done before."""
    if is_ready(groups):
        return
    with alone():
        if is_ready(groups):
            return
        say("setting up .venv (a minute or two the first time)")
        wanted = sorted({*groups, *stamped()[1:]})
        if not stamped() or not PYTHON.exists():
            discard(VENV)  # nobody finished it
        STAMP.unlink(missing_ok=True)
        options = ["--frozen", "--quiet", "--compile-bytecode", "--python", base_python()]
        options += ["--no-default-groups", *(f"--group={group}" for group in wanted)]
        options += ["--no-build-isolation-package", "afterword"]
        if call(find_uv(), "sync", *options):
            raise CannotGoOnError("not all packages in uv.lock could be installed; see above why")
        compile_sources()
        STAMP.write_text("\n".join([stamp(), *wanted]), "utf-8")


def stamp() -> str:
    """What .venv is made from: another place, Python, lock or project makes it anew."""
    digest = hashlib.sha256(f"{ROOT}\n{sys.version}\n{sys.base_prefix}\n".encode())
    for name in ("uv.lock", "pyproject.toml"):
        digest.update((ROOT / name).read_bytes())
    return digest.hexdigest()


def stamped() -> list[str]:
    """The stamp of .venv and the groups it has; [] where it was never finished."""
    return STAMP.read_text("utf-8").split() if STAMP.exists() else []


def is_ready(groups: Sequence[str]) -> bool:
    """Whether .venv was finished with these groups and still has its Python."""
    known = stamped()
    return PYTHON.exists() and known[:1] == [stamp()] and set(groups) <= set(known)


def discard(folder: Path) -> None:
    """Delete a folder, or the link that stands in its place."""
    if folder.is_symlink():
        folder.unlink()
    elif folder.exists():
        shutil.rmtree(folder)


def base_python() -> str:
    """The Python that runs this, past any environment it was started in."""
    return str(getattr(sys, "_base_executable", None) or sys.executable)


def own_environment() -> dict[str, str]:
    """This environment, with a person's own indexes and certificates, and all files in here."""
    env = environment_without("VIRTUAL_ENV", "PYTHONDONTWRITEBYTECODE", "PYTHONPATH", "PYTHONHOME")
    env |= {"UV_CACHE_DIR": str(CACHE / "uv"), "UV_PROJECT_ENVIRONMENT": str(VENV)}
    env |= dict.fromkeys(("TMPDIR", "TEMP", "TMP"), str(CACHE))
    paths = ssl.get_default_verify_paths()
    if paths.cafile or (paths.capath and any(Path(paths.capath).iterdir())):
        env.setdefault("UV_SYSTEM_CERTS", "1")  # the system may know of a company's own
    return {**env, "UV_PYTHON_DOWNLOADS": "never"}


def compile_sources() -> None:
    """Byte-compile the package: it starts fast even where Python may not keep that by itself."""
    call(PYTHON, "-m", "compileall", "-q", ROOT / "icsgen")


@contextlib.contextmanager
def alone() -> Iterator[None]:
    """While it lasts, no other dev.py sets up this checkout."""
    CACHE.mkdir(exist_ok=True)
    with (CACHE / "lock").open("a") as handle:
        if not _take(handle.fileno()):
            say("another dev.py is setting up this checkout; waiting for it")
            while not _take(handle.fileno()):
                time.sleep(0.2)
                if time.monotonic() > DEADLINE:
                    raise CannotGoOnError("another dev.py has been at it for too long")
        yield


def _take(handle: int) -> bool:
    # Either lock is given back when the file is closed or its process is gone.
    try:
        if sys.platform == "win32":
            import msvcrt

            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


# uv, which reads the lock


def find_uv() -> Path:
    """A uv new enough for this lock: one that is here, else one from pip, else its wheel."""
    package = next(part for part in toml("uv.lock")["package"] if part["name"] == "uv")
    own = CACHE / f"uv-{package['version']}{EXE}"
    present = shutil.which("uv")
    if own.exists():
        return own
    if present and is_new_enough(present):
        return Path(present)
    reasons = []
    for road in (uv_from_pip, uv_from_wheel):
        try:
            road(package, own)
        except CannotGoOnError as reason:
            reasons.append(str(reason))
        else:
            return own
    raise CannotGoOnError(
        f"uv {package['version']}, which reads uv.lock, is out of reach: {'; '.join(reasons)}. "
        "Is there a network? A uv of your own on the PATH does as well."
    )


def toml(name: str) -> dict[str, Any]:
    """What a TOML file of this checkout says."""
    import tomllib  # unknown to the old Pythons that are sent away above

    return tomllib.loads((ROOT / name).read_text("utf-8"))


def is_new_enough(uv: str) -> bool:
    """Whether this uv runs, and is one that pyproject.toml allows."""
    try:
        told = subprocess.run([uv, "--version"], capture_output=True, timeout=60, check=True)
    except (OSError, subprocess.SubprocessError):
        return False
    return numbers(str(told.stdout)) >= numbers(
        toml("pyproject.toml")["tool"]["uv"]["required-version"]
    )


def numbers(text: str) -> tuple[int, ...]:
    """The first version that a text names, as numbers; () where it names none."""
    found = re.search(r"\d+(?:\.\d+)+", text)
    return tuple(int(part) for part in found.group().split(".")) if found else ()


def uv_from_pip(package: dict[str, Any], own: Path) -> None:
    """Put uv at `own` by pip, with pip's own indexes, proxies and certificates."""
    if not importlib.util.find_spec("ensurepip"):
        raise CannotGoOnError("this Python has no pip")
    with tempfile.TemporaryDirectory(dir=CACHE, prefix="pip-") as folder:
        scripts = Path(folder, "venv", SCRIPTS.name)
        wanted = Path(folder, "uv.txt")
        digests = " ".join(f"--hash={wheel['hash']}" for wheel in package["wheels"])
        wanted.write_text(f"uv=={package['version']} {digests}\n", "utf-8")
        options = ["--quiet", "--retries=2", "--no-cache-dir", "--only-binary=:all:", f"-r{wanted}"]
        if call(base_python(), "-m", "venv", scripts.parent):
            raise CannotGoOnError("this Python could not make an environment for pip")
        if call(scripts / PYTHON.name, "-m", "pip", "install", "--require-hashes", *options):
            raise CannotGoOnError("pip could not install it")
        (scripts / f"uv{EXE}").replace(own)


def uv_from_wheel(package: dict[str, Any], own: Path) -> None:
    """Put uv at `own` from the wheel for this machine that uv.lock names."""
    processor = platform.machine().lower()
    glibc = platform.libc_ver()[0] == "glibc"
    for wheel in package["wheels"]:
        if fits(wheel["url"], sys.platform, processor, glibc=glibc):
            break
    else:
        raise CannotGoOnError(f"uv.lock names no wheel of it for {sys.platform} on {processor}")
    data = fetch(wheel["url"])
    if "sha256:" + hashlib.sha256(data).hexdigest() != wheel["hash"]:
        raise CannotGoOnError(f"what came from {wheel['url']} is not the file that uv.lock names")
    part = own.with_suffix(".part")
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        part.write_bytes(archive.read(f"uv-{package['version']}.data/scripts/uv{EXE}"))
    part.chmod(0o755)
    part.replace(own)


def fits(wheel: str, system: str, processor: str, *, glibc: bool) -> bool:
    """Whether the wheel of a program runs there, going by the tags in its name (PEP 427)."""
    tags = wheel.removesuffix(".whl").rpartition("-")[2].split(".")
    arm = processor in ("aarch64", "arm64")
    if system == "win32":
        return ("win_arm64" if arm else "win_amd64") in tags
    start = {"darwin": "macosx_"}.get(system, "manylinux_" if glibc else "musllinux_")
    names = ("_arm64", "_aarch64") if arm else ("_" + processor.replace("amd64", "x86_64"),)
    return any(tag.startswith(start) and tag.endswith(names) for tag in tags)


def fetch(address: str) -> bytes:
    """What stands at an https address whose content's digest is known."""
    if not address.startswith("https://"):
        raise CannotGoOnError(f"uv.lock names an address that is not https: {address}")
    unverified = ssl.create_default_context()
    unverified.check_hostname = False
    unverified.verify_mode = ssl.CERT_NONE
    # A bare system has no certificates. The digest in uv.lock vouches for the file all the same.
    for context in (ssl.create_default_context(), unverified):
        try:
            with urllib.request.urlopen(address, timeout=60, context=context) as answer:  # noqa: S310  https, see above
                return bytes(answer.read())
        except OSError as error:
            problem = getattr(error, "reason", error)
            if not isinstance(problem, ssl.SSLCertVerificationError):
                break
    raise CannotGoOnError(f"{address}: {problem}")


# Programs and their end


def call(*words: str | Path, env: dict[str, str] | None = None, out: int = 2) -> int:
    """Exit code of a program, which ends at the deadline with all that it started.

    It gets the environment for setting up, and what it writes to stdout goes to the file
    descriptor `out`, stderr's, if not told otherwise.
    """
    command = [str(word) for word in words]
    process = subprocess.Popen(
        command,
        cwd=ROOT,
        env=env or own_environment(),
        stdin=subprocess.DEVNULL,
        stdout=out,
        start_new_session=True,
    )
    try:
        return process.wait(max(0, DEADLINE - time.monotonic()))
    except subprocess.TimeoutExpired:
        name = " ".join(command[:3])
        raise CannotGoOnError(f"not done after {LIMIT_S} s, and ended: {name}") from None
    finally:
        end(process)


def end(process: "subprocess.Popen[bytes]") -> None:
    """End a program and all it started: asked first, forced after ten seconds."""
    if sys.platform == "win32":
        if process.poll() is None:
            tree = ["taskkill", "/T", "/F", "/PID", str(process.pid)]
            subprocess.run(tree, check=False, capture_output=True, timeout=60)
    else:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGINT)
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(10)
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
    process.wait(10)


def main(words: list[str]) -> int:
    """Exit code of dev.py for its arguments."""
    commands = {"run": run, "test": test}
    if not words or words[0] not in commands:
        asked = words[:1] in (["-h"], ["--help"])
        print(__doc__, file=sys.stdout if asked else sys.stderr)
        return 0 if asked else 2
    for name in {"SIGTERM", "SIGHUP"} & set(dir(signal)):
        signal.signal(getattr(signal, name), lambda number, _frame: sys.exit(128 + number))
    try:
        return commands[words[0]](words[1:])
    except CannotGoOnError as reason:
        say(str(reason))
    except OSError as error:
        say(f"{error.filename or 'this checkout'}: {error.strerror or error}")
    except KeyboardInterrupt:
        return 130
    return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
