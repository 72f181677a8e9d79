"""The wire: uvicorn with the limits that it leaves to others. Its only importer.

uvicorn waits as long as it takes for the end of a header, lets a header grow without end, and
keeps a connection whose client does not read. On loopback any program may be that client, by
mistake or not; here each is cut off.
"""

import asyncio
import signal
import socket
from collections.abc import Callable
from types import FrameType

import uvicorn
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from icsgen.server.app import SECURITY_FIELDS, Asgi
from icsgen.server.gate import MAX_HEAD_BYTES

QUIET_S = 30.0
"""A connection that brings no whole request for so long is cut: slow to write or to read."""
IDLE_S = 5
"""A connection that is between two requests is closed after so long."""
FAREWELL_S = 2
"""For answers under way when the server is told to end."""
MAX_CONNECTIONS = 200
"""At once; a household has a handful. Each may hold a feed of 900 KB that waits to be read."""


class Wire(HttpToolsProtocol):
    """One connection, bounded in the memory and in the time it takes."""

    _unread_head = 0
    """Bytes of a header that has not ended yet."""
    _deaf = False
    """What still comes is dropped."""
    _watch: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override] # as uvicorn has it
        """Start the watch; one connection too many is closed."""
        super().connection_made(transport)
        self._start_watch()
        if len(self.connections) > MAX_CONNECTIONS:
            transport.abort()

    def connection_lost(self, exc: Exception | None) -> None:
        """End the watch."""
        super().connection_lost(exc)
        if self._watch is not None:
            self._watch.cancel()

    def data_received(self, data: bytes) -> None:
        """Read on, in pieces so small that a header without end is seen in time."""
        for start in range(0, len(data), MAX_HEAD_BYTES):
            if self._deaf or self.transport.is_closing():
                return
            piece = data[start : start + MAX_HEAD_BYTES]
            self._unread_head += len(piece)
            super().data_received(piece)
            if self._unread_head > MAX_HEAD_BYTES:
                self._refuse_head()

    def on_headers_complete(self) -> None:
        """Take the request, with its target as it came, which the gate judges."""
        self._unread_head = 0
        self._start_watch()
        self.scope["state"]["target"] = self.url
        super().on_headers_complete()

    def shutdown(self) -> None:
        """Finish the answer under way, if the client reads it soon."""
        super().shutdown()
        self.loop.call_later(FAREWELL_S, self.transport.abort)

    def _start_watch(self) -> None:
        if self._watch is not None:
            self._watch.cancel()
        self._watch = self.loop.call_later(QUIET_S, self.transport.abort)

    def _refuse_head(self) -> None:
        fields = (
            *self.server_state.default_headers,
            (b"content-length", b"0"),
            (b"connection", b"close"),
        )
        lines = [
            b"HTTP/1.1 431 Request Header Fields Too Large",
            *(b"%b: %b" % each for each in fields),
        ]
        # To close with octets unread resets the connection, and the client may never read why.
        self._deaf = True
        if not self.transport.is_closing():
            self.transport.write(b"\r\n".join(lines) + b"\r\n\r\n")
            self.transport.write_eof()


class _Server(uvicorn.Server):
    """uvicorn's server, which tells when it listens, and for which a signal is a good end."""

    def __init__(self, config: uvicorn.Config, ready: Callable[[], None]) -> None:
        super().__init__(config)
        self._ready = ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        # uvicorn sets them a moment after the first request could have come.
        self.server_state.default_headers = list(self.config.encoded_headers)
        await super().startup(sockets)
        self._ready()

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:  # noqa: ARG002 - the system's
        # uvicorn would send itself the signal again once all is done, and so end with an error.
        self.force_exit = self.should_exit and sig == signal.SIGINT
        self.should_exit = True


def serve(app: Asgi, sockets: list[socket.socket], *, ready: Callable[[], None]) -> None:
    """Answer on these sockets until SIGINT or SIGTERM; call ``ready`` as soon as that is so."""
    _Server(_config(app), ready).run(sockets)


def _config(app: Asgi) -> uvicorn.Config:
    return uvicorn.Config(
        app,
        # Everything that uvicorn would find out by itself is said: a bundle has no more than
        # this, and the environment (WEB_CONCURRENCY, FORWARDED_ALLOW_IPS) has no say.
        http=Wire,
        ws="none",
        loop="asyncio",
        interface="asgi3",
        lifespan="off",
        workers=1,
        proxy_headers=False,
        log_config=None,
        log_level="error",
        # Its lines would hold addresses.
        access_log=False,
        server_header=False,
        headers=[(name.decode(), value.decode()) for name, value in SECURITY_FIELDS],
        timeout_keep_alive=IDLE_S,
        # By then each connection has ended itself.
        timeout_graceful_shutdown=FAREWELL_S + 3,
    )
