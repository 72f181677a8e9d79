"""Serving: loopback's sockets, opened before anything is promised, until somebody ends it."""

import errno
import socket
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass

from icsgen.errors import ServeError
from icsgen.server.app import Asgi
from icsgen.server.wire import serve

_BACKLOG = 128
"""Connections that the system keeps until we take them."""
_TRIES = 8
"""For a port, of the system's choice, that both loopbacks have free."""
_MAX_PORT = 65535
_NO_IPV6 = (errno.EADDRNOTAVAIL, errno.EAFNOSUPPORT, errno.EPROTONOSUPPORT)


@dataclass(frozen=True, slots=True)
class Addresses:
    """Where the server listens; made once it does."""

    port: int

    @property
    def base(self) -> str:
        """Give the address that all others begin with."""
        return f"http://127.0.0.1:{self.port}"

    def feed(self, token: str) -> str:
        """Give the address to subscribe to. It is as secret as the token in it."""
        return f"{self.base}/feed/{token}.ics"


def run(app: Asgi, port: int, *, ready: Callable[[Addresses], None]) -> None:
    """Serve on a port of 127.0.0.1 and ::1 until SIGINT or SIGTERM, then return in good order.

    ``port`` 0 lets the system choose. ``ready`` is called once, when requests are answered.
    Raises ServeError if the port is not to be had: another is not tried, for people's calendars
    know this one.
    """
    with _listening(port) as sockets:
        addresses = Addresses(sockets[0].getsockname()[1])
        serve(app, sockets, ready=lambda: ready(addresses))


@contextmanager
def _listening(port: int) -> Iterator[list[socket.socket]]:
    if not 0 <= port <= _MAX_PORT:
        raise ServeError(
            "there is no such port",
            where=f"port {port}",
            remedy=f"choose one from 1 to {_MAX_PORT}",
        )
    with ExitStack() as stack:
        yield [stack.enter_context(each) for each in _open_pair(port)]


def _open_pair(port: int) -> list[socket.socket]:
    for _ in range(_TRIES):
        first = _open(socket.AF_INET, "127.0.0.1", port)
        try:
            second = _open_ipv6(first.getsockname()[1])
        except ServeError:
            first.close()
            if port:
                raise
            continue
        return [first, second] if second else [first]
    raise ServeError(
        "the system found no port that is free", where="127.0.0.1 and ::1", remedy="try again"
    )


def _open_ipv6(port: int) -> socket.socket | None:
    """Give a socket on ::1, which many programs take ``localhost`` for; None: there is none."""
    if not socket.has_ipv6:
        return None
    try:
        return _open(socket.AF_INET6, "::1", port)
    except ServeError as error:
        if isinstance(error.__cause__, OSError) and error.__cause__.errno in _NO_IPV6:
            return None
        raise


def _open(family: socket.AddressFamily, host: str, port: int) -> socket.socket:
    try:
        opened = socket.socket(family)
        try:
            _claim(opened)
            opened.bind((host, port))
            # Two may bind, only one may listen: so this belongs to what can fail.
            opened.listen(_BACKLOG)
        except OSError:
            opened.close()
            raise
    except OSError as error:
        raise _refused(port, error) from error
    return opened


def _claim(opened: socket.socket) -> None:
    if sys.platform == "win32":
        # There, SO_REUSEADDR would let a stranger take the port from under us.
        opened.setsockopt(socket.SOL_SOCKET, socket.SO_EXCLUSIVEADDRUSE, 1)
    else:
        # Else a restart fails for a minute, while old connections linger.
        opened.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    if opened.family == socket.AF_INET6:
        opened.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)


def _refused(port: int, error: OSError) -> ServeError:
    where = f"port {port}"
    if error.errno == errno.EADDRINUSE:
        remedy = "end it, or choose another port with --port"
        return ServeError("another program is using it", where=where, remedy=remedy)
    if error.errno == errno.EACCES:
        remedy = "choose one from 1024 up with --port"
        return ServeError("the system does not let you use it", where=where, remedy=remedy)
    remedy = "choose another with --port"
    return ServeError(f"it cannot be opened ({error.strerror})", where=where, remedy=remedy)
