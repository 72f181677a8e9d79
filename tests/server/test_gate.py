"""Who may ask."""

import re
from http import HTTPStatus

import pytest
from hypothesis import given
from hypothesis import strategies as st

from icsgen.server.gate import has_body, hosts_of, new_token, refusal, token_digest

PORT = 8737
HOME = (b"host", b"127.0.0.1:8737")


def test_a_token_has_192_bits_and_needs_no_escape_in_an_address() -> None:
    tokens = {new_token() for _ in range(100)}
    assert len(tokens) == 100
    assert all(re.fullmatch(r"[A-Za-z0-9_-]{32}", token) for token in tokens)


@given(st.binary(), st.binary())
def test_digests_are_the_same_exactly_when_the_tokens_are(one: bytes, other: bytes) -> None:
    assert (token_digest(one) == token_digest(other)) == (one == other)
    assert len(token_digest(one)) == 32


@pytest.mark.parametrize(
    "host", [b"127.0.0.1:8737", b"localhost:8737", b"[::1]:8737", b"LocalHost:8737"]
)
def test_each_name_of_loopback_with_our_port_is_let_in(host: bytes) -> None:
    assert refusal(b"/", [(b"host", host)], port=PORT) is None


@pytest.mark.parametrize(
    "host",
    [
        b"",
        b"evil.example",
        b"evil.example:8737",
        b"127.0.0.1",
        b"127.0.0.1:8738",
        b"127.0.0.1:08737",
        b"127.0.0.1:8737.",
        b"127.1:8737",
        b"localhost.:8737",
        b"localhost.evil.example:8737",
        b"someone@localhost:8737",
        b"localhost:8737, evil.example",
        b"localhost:8737/evil",
        b"::1:8737",
        b"0.0.0.0:8737",
        b"[::ffff:127.0.0.1]:8737",
        "lócalhost:8737".encode(),
    ],
)
def test_any_other_name_is_misdirected(host: bytes) -> None:
    refused = refusal(b"/", [(b"host", host)], port=PORT)
    assert refused
    assert refused.status is HTTPStatus.MISDIRECTED_REQUEST


@pytest.mark.parametrize("headers", [[], [HOME, HOME], [HOME, (b"host", b"evil.example")]])
def test_no_host_and_two_hosts_are_bad_requests(headers: list[tuple[bytes, bytes]]) -> None:
    refused = refusal(b"/", headers, port=PORT)
    assert refused
    assert refused.status is HTTPStatus.BAD_REQUEST


def test_port_80_is_left_out_of_an_address_as_clients_do() -> None:
    assert b"localhost" in hosts_of(80)
    assert b"localhost:80" in hosts_of(80)
    assert b"localhost" not in hosts_of(81)


@pytest.mark.parametrize("target", [b"http://127.0.0.1:8737/", b"HTTP://localhost:8737/feed/a.ics"])
def test_an_absolute_target_may_name_us(target: bytes) -> None:
    assert refusal(target, [HOME], port=PORT) is None


@pytest.mark.parametrize(
    "target",
    [
        b"http://evil.example/",
        b"http://evil.example:8737/",
        b"http://a@127.0.0.1:8737/",
        b"https://127.0.0.1:8737/",
        b"file:///etc/passwd",
        b"127.0.0.1:8737",
        b"*",
        b"",
    ],
)
def test_a_target_that_names_another_is_misdirected_whatever_the_host_says(target: bytes) -> None:
    refused = refusal(target, [HOME], port=PORT)
    assert refused
    assert refused.status is HTTPStatus.MISDIRECTED_REQUEST


def test_a_header_of_16_kib_is_read_and_one_octet_more_is_not() -> None:
    room = 16 * 1024 - len(b"/hosta") - len(HOME[1])
    assert refusal(b"/", [HOME, (b"a", bytes(room))], port=PORT) is None
    refused = refusal(b"/", [HOME, (b"a", bytes(room + 1))], port=PORT)
    assert refused
    assert refused.status is HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE


@pytest.mark.parametrize(
    ("field", "body"),
    [
        ((b"content-length", b"0"), False),
        ((b"content-length", b" 00 "), False),
        ((b"content-length", b""), False),
        ((b"content-length", b"1"), True),
        ((b"content-length", b"010"), True),
        ((b"transfer-encoding", b"chunked"), True),
        ((b"content-type", b"5"), False),
    ],
)
def test_a_body_is_announced_by_a_length_or_by_an_encoding(
    field: tuple[bytes, bytes], *, body: bool
) -> None:
    assert has_body([HOME, field]) is body
