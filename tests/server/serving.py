"""A real server in a process of its own, and plain sockets to talk to it."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path
from threading import Timer
from typing import IO, Any
from urllib.parse import urlsplit

HANG_S = 60
"""A limit for what hangs, not a measure of speed."""
if sys.platform == "win32":
    ENDINGS = [signal.CTRL_BREAK_EVENT]
    OWN_GROUP = subprocess.CREATE_NEW_PROCESS_GROUP
else:
    ENDINGS = [signal.SIGTERM, signal.SIGINT]
    OWN_GROUP = 0
"""How a person, or their system, asks a process to end."""
CHILD = Path(__file__).with_name("child.py")
ROOT = Path(__file__).parents[2]


@dataclass
class Running:
    """A server that listens."""

    process: subprocess.Popen[str]
    told: dict[str, Any]
    """What it printed once it listened."""

    @property
    def port(self) -> int:
        return int(self.told["port"])

    @property
    def path(self) -> str:
        """The feed's path, token and all."""
        return str(urlsplit(self.told["feed"]).path)

    @property
    def token(self) -> str:
        return self.path.removeprefix("/feed/").removesuffix(".ics")

    def ask(
        self, method: str, path: str, fields: dict[str, str] | None = None, *, to: str = "127.0.0.1"
    ) -> tuple[HTTPResponse, bytes]:
        """Send one request on a connection of its own."""
        connection = HTTPConnection(to, self.port, timeout=HANG_S)
        try:
            connection.request(method, path, headers=fields or {})
            response = connection.getresponse()
            return response, response.read()
        finally:
            connection.close()

    def send(self, octets: bytes) -> bytes:
        """Send octets as they are; give all that comes back until the server hangs up."""
        with socket.create_connection(("127.0.0.1", self.port), timeout=HANG_S) as connection:
            try:
                connection.sendall(octets)
                connection.shutdown(socket.SHUT_WR)
            except OSError:
                # It has hung up already; what it said can still be read.
                pass
            return read_all(connection)

    def end(self, sign: signal.Signals = ENDINGS[0]) -> tuple[int, str, str]:
        """End it; give its exit code and what it still had to say."""
        self.process.send_signal(sign)
        said, complained = self.process.communicate(timeout=HANG_S)
        return self.process.returncode, said, complained


def read_all(connection: socket.socket) -> bytes:
    """What comes until the other side hangs up, by a reset or in good order."""
    pieces = []
    try:
        while piece := connection.recv(65536):
            pieces.append(piece)
    except ConnectionResetError:
        pass
    return b"".join(pieces)


@contextmanager
def serving(*words: str | Path, command: Sequence[str | Path] = ()) -> Iterator[Running]:
    """Start a server, wait until it says that it listens, and end it by its process."""
    process = start(*words, command=command)
    try:
        assert process.stdout
        line = first_line(process, process.stdout)
        assert line, f"it never listened: {process.communicate(timeout=HANG_S)[1]}"
        yield Running(process, json.loads(line))
    finally:
        process.kill()
        process.communicate(timeout=HANG_S)


def start(*words: str | Path, command: Sequence[str | Path] = ()) -> subprocess.Popen[str]:
    program = [*(command or (sys.executable, CHILD)), *words]
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": "1"}
    return subprocess.Popen(
        [str(word) for word in program],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        env=environment,
        creationflags=OWN_GROUP,
    )


def first_line(process: subprocess.Popen[str], stream: IO[str]) -> str:
    """The first line, or what there is of it when nothing came for too long."""
    timer = Timer(HANG_S, process.kill)
    timer.start()
    try:
        return stream.readline()
    finally:
        timer.cancel()


def until(deadline_s: float = HANG_S, pause_s: float = 0.1) -> Iterator[None]:
    """Go round until the loop is left; a failure if that never happens."""
    ends = time.monotonic() + deadline_s
    while time.monotonic() < ends:
        yield
        time.sleep(pause_s)
    raise AssertionError("it never happened")
