"""What the server says to the kind, the odd and the hostile; over real sockets."""

import re
import socket
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection

import pytest

from icsgen.server.app import SECURITY_FIELDS
from tests.server.conftest import FEED
from tests.server.serving import HANG_S, Running, read_all

WRITING = ["POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "PROPFIND", "MKCALENDAR"]


def test_the_feed_is_a_calendar_that_a_cache_asks_about(server: Running) -> None:
    response, body = server.ask("GET", server.path)
    assert (response.status, body) == (200, FEED)
    assert response.getheader("content-type") == "text/calendar; charset=utf-8"
    assert response.getheader("cache-control") == "private, no-cache"
    assert response.getheader("content-length") == str(len(FEED))
    assert response.getheader("content-encoding") is None
    assert re.fullmatch(r'"[0-9a-f]{32}"', response.getheader("etag") or "")


def test_a_feed_that_a_browser_saves_is_not_named_after_its_address(server: Running) -> None:
    response, _ = server.ask("GET", server.path)
    assert response.getheader("content-disposition") == 'inline; filename="afterword.ics"'


def test_only_a_feed_may_be_stored(server: Running) -> None:
    for method, path in (("GET", "/healthz"), ("GET", "/nowhere"), ("POST", server.path)):
        response, _ = server.ask(method, path)
        assert response.getheader("cache-control") == "no-store"


def test_a_head_is_a_get_without_the_body(server: Running) -> None:
    for path in (server.path, "/healthz", "/feed/unknown.ics"):
        got, body = server.ask("GET", path)
        head, nothing = server.ask("HEAD", path)
        assert body
        assert nothing == b""
        assert head.status == got.status
        assert undated(head.getheaders()) == undated(got.getheaders())


def undated(fields: list[tuple[str, str]]) -> list[tuple[str, str]]:
    return [(name, value) for name, value in fields if name != "date"]


def test_who_has_the_feed_is_told_so_without_a_body(server: Running) -> None:
    first, _ = server.ask("GET", server.path)
    etag, modified = first.getheader("etag") or "", first.getheader("last-modified") or ""
    for fields in ({"If-None-Match": etag}, {"If-Modified-Since": modified}):
        for method in ("GET", "HEAD"):
            response, body = server.ask(method, server.path, fields)
            assert (response.status, body) == (304, b"")
            assert response.getheader("etag") == etag
            assert response.getheader("cache-control") == "private, no-cache"
            assert response.getheader("content-length") is None


def test_a_connection_is_kept_and_every_request_on_it_stands_alone(server: Running) -> None:
    connection = HTTPConnection("127.0.0.1", server.port, timeout=HANG_S)
    statuses = []
    for path in (server.path, "/nowhere", server.path, "/healthz", "/feed/x.ics", server.path):
        connection.request("GET", path)
        response = connection.getresponse()
        response.read()
        statuses.append(response.status)
        assert response.getheader("set-cookie") is None
    connection.close()
    assert statuses == [200, 404, 200, 200, 404, 200]


@pytest.mark.parametrize("address", ["127.0.0.1", "::1"])
def test_both_loopbacks_answer(server: Running, address: str) -> None:
    response, body = server.ask("GET", server.path, to=address)
    assert (response.status, body) == (200, FEED)


def test_the_sign_of_life_says_that_it_is_an_afterword_and_no_more(server: Running) -> None:
    response, body = server.ask("GET", "/healthz")
    assert (response.status, body) == (200, b"Afterword is running.\n")
    assert response.getheader("afterword") == "1"
    assert response.getheader("server") is None
    expected = {"date", "content-type", "content-length", "cache-control", "afterword"}
    expected |= {name.decode() for name, _ in SECURITY_FIELDS}
    assert {name for name, _ in response.getheaders()} == expected


@pytest.mark.parametrize("method", WRITING)
@pytest.mark.parametrize("known", [True, False], ids=["known", "unknown"])
def test_a_writing_method_is_refused_alike_for_known_and_unknown_tokens(
    server: Running, method: str, *, known: bool
) -> None:
    response, body = server.ask(method, server.path if known else "/feed/unknown.ics")
    assert (response.status, response.getheader("allow")) == (405, "GET, HEAD")
    assert body == b"What is here can be read, not written.\n"


def other_tokens(token: str) -> list[str]:
    changed = [
        token[:at] + ("a" if token[at] != "a" else "b") + token[at + 1 :] for at in (0, 15, 31)
    ]
    return [
        *changed,
        "",
        token[:-1],
        token + "a",
        token.swapcase(),
        f"%{ord(token[0]):02x}{token[1:]}",
        f"{token}%00",
        f"{token}.ics",
        f"{token}/",
        f"./{token}",
        f"../feed/{token}",
        f"..%2ffeed%2f{token}",
        f"{token};a=b",
        "%C3%A9",
        "%zz",
        "x" * 4000,
    ]


def test_any_other_token_gets_one_and_the_same_answer(server: Running) -> None:
    answers = {
        (response.status, tuple(undated(response.getheaders())), body)
        for token in other_tokens(server.token)
        for response, body in [server.ask("GET", f"/feed/{token}.ics")]
    }
    [(status, _, body)] = answers
    assert status == 404
    assert body.startswith(b"There is no feed at this address.")


@pytest.mark.parametrize(
    "path", ["/", "/feed", "/feed/", "/feed/{}", "/feeds/{}.ics", "/{}.ics", "/x/..{}"]
)
def test_every_other_path_is_not_found(server: Running, path: str) -> None:
    response, _ = server.ask("GET", path.format(server.token))
    assert response.status == 404


def test_a_query_changes_nothing(server: Running) -> None:
    response, body = server.ask("GET", f"{server.path}?when=%0d%0aX:y&when=2")
    assert (response.status, body) == (200, FEED)


@pytest.mark.parametrize("origin", ["null", "https://evil.example", "http://127.0.0.1:1"])
def test_no_other_origin_is_ever_allowed_to_read(server: Running, origin: str) -> None:
    for method in ("GET", "OPTIONS"):
        asking = {"Origin": origin, "Access-Control-Request-Method": "GET"}
        response, _ = server.ask(method, server.path, asking)
        assert not [name for name, _ in response.getheaders() if name.startswith("access-control")]
        assert response.getheader("cross-origin-resource-policy") == "same-origin"


# What a hostile program may send, and the status it gets. HOST stands for a whole, right Host line,
# PORT and FEED for the server's port and the path of its feed.
HOSTILE: dict[str, tuple[bytes, int]] = {
    "no host": (b"GET FEED HTTP/1.1\r\n\r\n", 400),
    "no host in 1.0": (b"GET FEED HTTP/1.0\r\n\r\n", 400),
    "two hosts": (b"GET FEED HTTP/1.1\r\nHOSTHOST\r\n", 400),
    "a second host": (b"GET FEED HTTP/1.1\r\nHOSTHost: evil.example\r\n\r\n", 400),
    "two hosts in one": (b"GET FEED HTTP/1.1\r\nHost: 127.0.0.1:PORT, evil\r\n\r\n", 421),
    "an empty host": (b"GET FEED HTTP/1.1\r\nHost:\r\n\r\n", 421),
    "another's host": (b"GET FEED HTTP/1.1\r\nHost: evil.example:PORT\r\n\r\n", 421),
    "another port": (b"GET FEED HTTP/1.1\r\nHost: 127.0.0.1:1\r\n\r\n", 421),
    "a folded host": (b"GET FEED HTTP/1.1\r\nHost: 127.0.0.1\r\n :PORT\r\n\r\n", 400),
    "a blank before the colon": (b"GET FEED HTTP/1.1\r\nHost : 127.0.0.1:PORT\r\n\r\n", 400),
    "another's absolute target": (b"GET http://evil.exampleFEED HTTP/1.1\r\nHOST\r\n", 421),
    "somebody at us": (b"GET http://evil@127.0.0.1:PORTFEED HTTP/1.1\r\nHOST\r\n", 421),
    "a target without a path": (b"GET http://evil.example HTTP/1.1\r\nHOST\r\n", 400),
    "a proxy's connect": (b"CONNECT evil.example:443 HTTP/1.1\r\nHOST\r\n", 400),
    "the server as such": (b"OPTIONS * HTTP/1.1\r\nHOST\r\n", 421),
    "no version": (b"GET FEED\r\n\r\n", 400),
    "a version to come": (b"GET FEED HTTP/9.9\r\nHOST\r\n", 400),
    "http/2": (b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 400),
    "tls": (bytes.fromhex("160301020001000001fc0303"), 400),
    "octets": (bytes(range(256)) * 8, 400),
    "a method of its own": (b"STEAL FEED HTTP/1.1\r\nHOST\r\n", 400),
    "a method in lower case": (b"get FEED HTTP/1.1\r\nHOST\r\n", 400),
    "a nul in the path": (b"GET FEED\x00 HTTP/1.1\r\nHOST\r\n", 400),
    "a nul in a field": (b"GET FEED HTTP/1.1\r\nHOSTA: \x00\r\n\r\n", 400),
    "latin in the path": (b"GET /feed/\xe9.ics HTTP/1.1\r\nHOST\r\n", 400),
    "bad escapes": (b"GET /%zz%f%c0%af HTTP/1.1\r\nHOST\r\n", 404),
    "backslashes": (b"GET \\feed\\x.ics HTTP/1.1\r\nHOST\r\n", 400),
    "up and away": (b"GET /feed/../../../etc/passwd HTTP/1.1\r\nHOST\r\n", 404),
    "up and away in disguise": (b"GET /feed/..%2f..%2fetc%2fpasswd.ics HTTP/1.1\r\nHOST\r\n", 404),
    "round about": (b"GET /x/..FEED HTTP/1.1\r\nHOST\r\n", 404),
    "two slashes": (b"GET /FEED HTTP/1.1\r\nHOST\r\n", 404),
    "folded lines": (b"GET FEED HTTP/1.1\r\nHOSTA: b\r\n c\r\n\r\n", 400),
    "bare line feeds": (b"GET FEED HTTP/1.1\nHost: 127.0.0.1:PORT\n\n", 400),
    "a bare carriage return": (b"GET FEED HTTP/1.1\r\nHOSTA: b\rC: d\r\n\r\n", 400),
    "a body": (b"GET FEED HTTP/1.1\r\nHOSTContent-Length: 5\r\n\r\nabcde", 413),
    "a body in chunks": (
        b"GET FEED HTTP/1.1\r\nHOSTTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        413,
    ),
    "a body to wait for": (
        b"GET FEED HTTP/1.1\r\nHOSTExpect: 100-continue\r\nContent-Length: 5\r\n\r\n",
        413,
    ),
    "an endless body": (b"POST FEED HTTP/1.1\r\nHOSTContent-Length: 9999999999999\r\n\r\nabc", 405),
    "two lengths": (
        b"GET FEED HTTP/1.1\r\nHOSTContent-Length: 0\r\nContent-Length: 5\r\n\r\n",
        400,
    ),
    "length and chunks": (
        b"GET FEED HTTP/1.1\r\nHOSTContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n",
        400,
    ),
    "chunks of a kind": (b"GET FEED HTTP/1.1\r\nHOSTTransfer-Encoding: xchunked\r\n\r\n", 400),
    "a negative length": (b"GET FEED HTTP/1.1\r\nHOSTContent-Length: -5\r\n\r\n", 400),
    "a length with a plus": (b"GET FEED HTTP/1.1\r\nHOSTContent-Length: +5\r\n\r\nabcde", 400),
    "a huge length": (b"GET FEED HTTP/1.1\r\nHOSTContent-Length: " + b"9" * 40 + b"\r\n\r\n", 400),
    "a large field": (b"GET FEED HTTP/1.1\r\nHOSTA: " + b"x" * 20_000 + b"\r\n\r\n", 431),
    "a field without end": (b"GET FEED HTTP/1.1\r\nHOSTA: " + b"x" * 2_000_000, 431),
    "many fields": (b"GET FEED HTTP/1.1\r\nHOST" + b"A: x\r\n" * 50_000 + b"\r\n", 431),
    "a long path": (b"GET /" + b"a" * 100_000 + b" HTTP/1.1\r\nHOST\r\n", 431),
}


def filled(octets: bytes, server: Running) -> bytes:
    host = b"Host: 127.0.0.1:%d\r\n" % server.port
    port = b"%d" % server.port
    return (
        octets.replace(b"FEED", server.path.encode()).replace(b"HOST", host).replace(b"PORT", port)
    )


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_request_is_refused_with_one_answer_and_gets_no_feed(
    server: Running, name: str
) -> None:
    octets, status = HOSTILE[name]
    answer = server.send(filled(octets, server))
    assert re.findall(rb"HTTP/1\.1 (\d+) ", answer) == [b"%d" % status]
    assert b"VCALENDAR" not in answer
    assert server.token.encode() not in answer
    assert server.ask("GET", server.path)[1] == FEED


@pytest.mark.parametrize("name", HOSTILE)
def test_even_a_refusal_has_every_security_field_once(server: Running, name: str) -> None:
    head = server.send(filled(HOSTILE[name][0], server)).partition(b"\r\n\r\n")[0].split(b"\r\n")
    assert [b"%b: %b" % each for each in SECURITY_FIELDS] == [
        line for line in head if line.partition(b":")[0] in dict(SECURITY_FIELDS)
    ]


@pytest.mark.parametrize("path", ["/healthz", "/nowhere", "FEED"])
def test_every_answer_has_every_security_field_once(server: Running, path: str) -> None:
    response, _ = server.ask("GET", path.replace("FEED", server.path))
    for name, value in SECURITY_FIELDS:
        assert response.headers.get_all(name.decode()) == [value.decode()]


def test_a_request_hidden_in_a_body_is_never_answered(server: Running) -> None:
    hidden = filled(b"GET FEED HTTP/1.1\r\nHOST\r\n", server)
    outer = filled(b"POST FEED HTTP/1.1\r\nHOSTContent-Length: %d\r\n\r\n", server) % len(hidden)
    answer = server.send(outer + hidden + hidden)
    assert answer.count(b"HTTP/1.1 ") == 1
    assert b"VCALENDAR" not in answer


def test_requests_in_a_row_are_answered_in_their_order(server: Running) -> None:
    asked = [b"/healthz", server.path.encode(), b"/nowhere"] * 100
    host = b"Host: 127.0.0.1:%d\r\n\r\n" % server.port
    row = b"".join(b"GET %b HTTP/1.1\r\n%b" % (path, host) for path in asked[:-1])
    last = b"GET %b HTTP/1.1\r\nConnection: close\r\n%b" % (asked[-1], host)
    with socket.create_connection(("127.0.0.1", server.port), timeout=HANG_S) as connection:
        connection.sendall(row + last)
        answers = read_all(connection)
    assert re.findall(rb"HTTP/1\.1 (\d+)", answers) == [b"200", b"200", b"404"] * 100
    assert answers.count(FEED) == 100


def test_a_request_may_come_one_octet_at_a_time(server: Running) -> None:
    request = filled(b"GET FEED HTTP/1.1\r\nHOSTConnection: close\r\n\r\n", server)
    with socket.create_connection(("127.0.0.1", server.port), timeout=HANG_S) as connection:
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        for octet in request:
            connection.sendall(bytes([octet]))
        assert read_all(connection).endswith(FEED)


def test_many_at_once_get_what_each_asked_for(server: Running) -> None:
    def ask(number: int) -> bool:
        known = number % 3 == 0
        response, body = server.ask("GET", server.path if known else f"/feed/{number}.ics")
        return (response.status, body == FEED) == ((200, True) if known else (404, False))

    with ThreadPoolExecutor(max_workers=20) as people:
        assert all(people.map(ask, range(300)))
