"""`serve` and `demo`: a feed that follows its file, at an address that stays."""

import os
import re
import signal
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from icsgen.feed.lint import lint
from tests.cli.command import HANG_S, Afterword, interview, written
from tests.server.serving import Running, serving, until

pytestmark = pytest.mark.skipif(os.name != "posix", reason="ends by a signal")


@contextmanager
def served(afterword: Afterword, *words: str | Path) -> Iterator[Running]:
    """A server started as a person starts it, on a port that is free."""
    command = [*afterword.command(*words, now="")]
    env = [f"{name}={value}" for name, value in afterword.environment().items()]
    with serving(command=["env", "-i", *env, *command]) as running:
        yield running


def test_serve_says_in_one_line_where_it_listens(afterword: Afterword, acme: Path) -> None:
    with served(afterword, "serve", "--from", acme, "--port", "0", "--json") as running:
        assert list(running.told) == ["port", "feed", "open"]
        assert running.told["open"] is None
        token = re.fullmatch(
            rf"http://127\.0\.0\.1:{running.port}/feed/([\w-]{{32}})\.ics", running.told["feed"]
        )
        assert token
        response, body = running.ask("GET", running.path)
        assert response.status == 200
        assert lint(body) == ()
        assert body.count(b"BEGIN:VEVENT") == 4
        assert running.end(signal.SIGINT) == (0, "", "")


def test_the_feed_follows_its_file(afterword: Afterword, acme: Path) -> None:
    with served(afterword, "serve", "--from", acme, "--port", "0", "--json") as running:
        written(acme, interview(), interview(id="b", company="Bolt"))
        for _ in until():
            if running.ask("GET", running.path)[1].count(b"BEGIN:VEVENT") == 8:
                break


def test_a_file_that_goes_bad_is_told_and_the_feed_stays(afterword: Afterword, acme: Path) -> None:
    with served(afterword, "serve", "--from", acme, "--port", "0", "--json") as running:
        before = running.ask("GET", running.path)[1]
        acme.write_text("no interviews here", "utf-8")
        assert running.process.stderr
        os.set_blocking(running.process.stderr.fileno(), False)
        said = b""
        for _ in until():
            assert running.ask("GET", running.path)[1] == before
            with suppress(BlockingIOError):
                said += os.read(running.process.stderr.fileno(), 4096)
            if b"The feed stays as it was" in said:
                break
        assert running.end()[0] == 0


def test_the_address_stays_from_one_time_to_the_next(afterword: Afterword, acme: Path) -> None:
    seen = []
    for _ in range(2):
        with served(afterword, "serve", "--from", acme, "--port", "0", "--json") as running:
            seen.append(running.token)
    assert seen[0] == seen[1]
    assert (afterword.data_dir / "serve-token").stat().st_mode & 0o777 == 0o600


def test_standard_input_can_be_served(afterword: Afterword, acme: Path) -> None:
    words = ("serve", "--from", "-", "--port", "0", "--json")
    with subprocess.Popen(
        afterword.command(*words, now=""),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=afterword.environment(),
    ) as process:
        assert process.stdin
        assert process.stdout
        process.stdin.write(acme.read_bytes())
        process.stdin.close()
        assert b'"feed": "http://127.0.0.1:' in process.stdout.readline()
        process.send_signal(signal.SIGTERM)
        assert process.wait(HANG_S) == 0


def test_a_port_that_a_stranger_has_is_an_error(afterword: Afterword, acme: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as stranger:
        port = stranger.getsockname()[1]
        ran = afterword("serve", "--from", acme, "--port", str(port))
    assert (ran.code, ran.out) == (1, "")
    assert f"error: port {port}: another program is using it" in ran.err


def test_a_file_with_nothing_in_it_is_not_served(afterword: Afterword, tmp_path: Path) -> None:
    path = written(tmp_path / "x.json", interview(start="?"))
    ran = afterword("serve", "--from", path, "--port", "0")
    assert (ran.code, ran.out) == (1, "")


def test_the_demo_serves_its_feed(afterword: Afterword, tmp_path: Path) -> None:
    words = ("demo", "--json", "--port", "0", "-o", tmp_path / "d.ics")
    with served(afterword, *words) as running:
        assert list(running.told) == ["port", "feed", "open", "file", "plan"]
        assert running.ask("GET", running.path)[1] == (tmp_path / "d.ics").read_bytes()
        assert running.end()[0] == 0


def test_the_demo_shows_the_addresses_and_how_to_subscribe(
    afterword: Afterword, tmp_path: Path
) -> None:
    with subprocess.Popen(
        afterword.command("demo", "--port", "0", "-o", tmp_path / "d.ics"),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=afterword.environment(),
    ) as process:
        assert process.stdout
        said = ""
        for line in process.stdout:
            said += line
            if "keep it to yourself" in line:
                break
        process.send_signal(signal.SIGINT)
        assert process.wait(HANG_S) == 0
    addresses = re.findall(r"(?m)^  (http|webcal)(://127\.0\.0\.1:\d+/feed/\S+\.ics)$", said)
    assert [scheme for scheme, _ in addresses] == ["http", "webcal"]
    assert addresses[0][1] == addresses[1][1]
    assert all(name in said for name in ("Thunderbird", "Apple Calendar", "GNOME Calendar"))
