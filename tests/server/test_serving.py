"""A server's life: it listens, follows its file, outlasts the slow, and ends in good order."""

import signal
import socket
import subprocess
import sys
import time
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from http.client import HTTPResponse
from pathlib import Path

import pytest

from icsgen.errors import ServeError
from icsgen.server.app import FeedApp
from icsgen.server.run import Addresses, run
from icsgen.server.watched import WatchedFeed
from tests.server.conftest import FEED
from tests.server.serving import ENDINGS, HANG_S, ROOT, read_all, serving, start, until

KEPT = "The feed stays as it was until this is mended."


@pytest.mark.parametrize("sign", ENDINGS)
def test_a_signal_ends_it_in_good_order(path: Path, sign: signal.Signals) -> None:
    with serving("0", path) as running:
        assert running.end(sign) == (0, "", "")


def test_its_addresses_are_told_once_it_answers(path: Path) -> None:
    with serving("0", path) as running:
        assert running.ask("GET", running.path)[1] == FEED
        assert running.told["feed"] == f"http://127.0.0.1:{running.port}{running.path}"


def test_every_run_has_a_token_of_its_own(path: Path) -> None:
    with serving("0", path) as one, serving("0", path) as other:
        assert one.token != other.token
        assert other.ask("GET", one.path)[0].status == 404


def test_nothing_it_says_holds_the_token(path: Path) -> None:
    with serving("0", path) as running:
        running.ask("GET", running.path)
        running.ask("POST", running.path)
        running.send(b"GET %b HTTP/1.1\r\n\r\n" % running.path.encode())
        running.send(b"GET %b\x00 HTTP/1.1\r\n\r\n" % running.path.encode())
        _, said, complained = running.end()
        assert running.token not in said + complained


def test_the_same_port_is_free_again_at_once(path: Path) -> None:
    with serving("0", path) as running:
        host = b"Host: 127.0.0.1:%d\r\nConnection: close\r\n\r\n" % running.port
        with socket.create_connection(("127.0.0.1", running.port), timeout=HANG_S) as client:
            client.sendall(b"GET /healthz HTTP/1.1\r\n" + host)
            # Who hangs up first is the one whose port lingers.
            assert read_all(client).startswith(b"HTTP/1.1 200 OK\r\n")
        running.end()
        with serving(str(running.port), path) as again:
            assert again.ask("GET", again.path)[0].status == 200


@pytest.mark.parametrize(
    ("family", "host"), [(socket.AF_INET, "127.0.0.1"), (socket.AF_INET6, "::1")]
)
def test_a_taken_port_is_said_and_no_other_is_tried(
    path: Path, family: socket.AddressFamily, host: str
) -> None:
    with socket.socket(family) as stranger:
        stranger.bind((host, 0))
        stranger.listen()
        port = stranger.getsockname()[1]
        process = start(str(port), path)
        said, complained = process.communicate(timeout=HANG_S)
    assert (process.returncode, said) == (1, "")
    assert complained == (
        f"error: port {port}: another program is using it; "
        "end it, or choose another port with --port\n"
    )


def test_a_second_server_leaves_the_first_alone(path: Path) -> None:
    with serving("0", path) as first:
        process = start(str(first.port), path)
        assert process.communicate(timeout=HANG_S)[0] == ""
        assert process.returncode == 1
        assert first.ask("GET", first.path)[1] == FEED


@pytest.mark.parametrize("port", [-1, 65536, 10**9])
def test_a_port_that_cannot_be_is_said(port: int) -> None:
    feed = WatchedFeed("token", lambda _: FEED, now=lambda: datetime.now(UTC), say=print)
    with pytest.raises(ServeError, match=f"port {port}: there is no such port; choose one from 1"):
        run(FeedApp(feed), port, ready=print)


def test_an_address_is_made_of_port_and_token() -> None:
    assert Addresses(8737).feed("secret") == "http://127.0.0.1:8737/feed/secret.ics"


def test_a_subscriber_sees_a_change_without_a_restart(path: Path) -> None:
    with serving("0", path) as running:
        before, _ = running.ask("GET", running.path)
        changed = FEED.replace(b"tests", b"other")
        path.write_bytes(changed)
        known = {"If-None-Match": before.getheader("etag") or ""}
        for _ in until():
            after, body = running.ask("GET", running.path, known)
            if after.status == 200:
                break
        assert body == changed
        assert modified_at(after) > modified_at(before)
        dated = {"If-Modified-Since": before.getheader("last-modified") or ""}
        assert running.ask("GET", running.path, dated)[1] == changed


def modified_at(response: HTTPResponse) -> datetime:
    return parsedate_to_datetime(response.getheader("last-modified") or "")


def test_a_file_gone_bad_costs_a_subscriber_nothing(path: Path) -> None:
    with serving("0", path) as running:
        path.write_bytes(b"oops")
        time.sleep(1.1)
        assert running.ask("GET", running.path)[1] == FEED
        assert running.ask("GET", running.path)[1] == FEED
        assert running.end() == (
            0,
            "",
            f"feed.ics: this is no calendar; mend the file. {KEPT}\n",
        )


@pytest.mark.parametrize(
    "beginning",
    [b"", b"GET ", b"GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\nA: ", b"\r\n"],
    ids=["silent", "in the line", "in a field", "before it"],
)
def test_a_client_too_slow_to_ask_is_cut_off(path: Path, beginning: bytes) -> None:
    with (
        serving("0", path, "QUIET_S=0.5") as running,
        socket.create_connection(("127.0.0.1", running.port), timeout=HANG_S) as slow,
    ):
        slow.sendall(beginning)
        assert read_all(slow) == b""
        assert running.ask("GET", running.path)[1] == FEED


def test_dripping_octets_do_not_buy_time(path: Path) -> None:
    with (
        serving("0", path, "QUIET_S=1") as running,
        socket.create_connection(("127.0.0.1", running.port), timeout=HANG_S) as slow,
    ):
        slow.sendall(b"GET /healthz HTTP/1.1\r\n")
        for _ in until():
            try:
                slow.sendall(b"A: b\r\n")
            except (BrokenPipeError, ConnectionError):
                break


def test_a_client_too_slow_to_read_is_cut_off(path: Path) -> None:
    large = FEED + b"X" * 20_000_000
    path.write_bytes(large)
    with (
        serving("0", path, "QUIET_S=0.5") as running,
        socket.create_connection(("127.0.0.1", running.port), timeout=HANG_S) as slow,
    ):
        host = b"Host: 127.0.0.1:%d\r\n\r\n" % running.port
        slow.sendall(b"GET %b HTTP/1.1\r\n%b" % (running.path.encode(), host))
        time.sleep(2)
        assert 0 < len(read_all(slow)) < len(large)


def test_one_connection_too_many_is_closed_and_the_others_work(path: Path) -> None:
    with serving("0", path, "MAX_CONNECTIONS=5") as running:
        kept = [socket.create_connection(("127.0.0.1", running.port)) for _ in range(5)]
        with socket.create_connection(("127.0.0.1", running.port), timeout=HANG_S) as too_many:
            assert read_all(too_many) == b""
        host = b"Host: 127.0.0.1:%d\r\nConnection: close\r\n\r\n" % running.port
        kept[0].sendall(b"GET /healthz HTTP/1.1\r\n" + host)
        assert read_all(kept[0]).startswith(b"HTTP/1.1 200 OK\r\n")
        for each in kept:
            each.close()


def test_a_slow_client_does_not_keep_it_from_ending(path: Path) -> None:
    path.write_bytes(FEED + b"X" * 20_000_000)
    with (
        serving("0", path) as running,
        socket.create_connection(("127.0.0.1", running.port), timeout=HANG_S) as slow,
    ):
        host = b"Host: 127.0.0.1:%d\r\n\r\n" % running.port
        slow.sendall(b"GET %b HTTP/1.1\r\n%b" % (running.path.encode(), host))
        assert slow.recv(1)
        assert running.end() == (0, "", "")


def test_what_is_pure_here_loads_no_server() -> None:
    program = (
        "import sys, icsgen.server.app, icsgen.server.watched; print('uvicorn' in sys.modules)"
    )
    ran = subprocess.run(
        [sys.executable, "-c", program],
        capture_output=True,
        text=True,
        check=True,
        cwd=ROOT,
        timeout=HANG_S,
    )
    assert ran.stdout == "False\n"
