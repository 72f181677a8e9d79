"""Links open the message meant, to the person meant, whatever is in them."""

from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from icsgen.drafts.links import mailto, profile, tel
from icsgen.text import clean_line, clean_text

ANY_TEXT = st.text(st.characters(), max_size=200)


def test_it_is_written_as_rfc_6068_has_it() -> None:
    assert mailto("dana@acme.example") == "mailto:dana@acme.example"
    assert mailto("dana@acme.example", "Hi & bye?", "a\nb") == (
        "mailto:dana@acme.example?subject=Hi%20%26%20bye%3F&body=a%0D%0Ab"
    )
    assert mailto("o'neil+jobs@acme.example", body="ü") == (
        "mailto:o%27neil%2Bjobs@acme.example?body=%C3%BC"
    )


@given(ANY_TEXT, ANY_TEXT)
def test_any_subject_and_body_arrive_and_nothing_else_does(subject: str, body: str) -> None:
    link = mailto("dana@acme.example", subject, body)
    assert link is not None
    assert link.isascii()
    parts = urlsplit(link)
    assert parts.path == "dana@acme.example"
    fields = parse_qs(parts.query, keep_blank_values=True)
    sent = {"subject": clean_line(subject), "body": clean_text(body).replace("\n", "\r\n")}
    assert fields == {name: [text] for name, text in sent.items() if text}


@pytest.mark.parametrize(
    "address",
    [
        "",
        "dana",
        "@acme.example",
        "a@b.example,c@d.example",
        "a@b.example;c@d.example",
        "Dana <dana@acme.example>",
        "a@b@c.example",
        '"a"@b.example',
        "mailto:a@b.example",
        "a b@c.example",
        "a@b.example\nBcc:x@y.example",
    ],
)
def test_what_is_not_one_plain_address_has_no_link(address: str) -> None:
    assert mailto(address, "Hello") is None


@given(ANY_TEXT)
def test_a_link_is_to_one_address_or_there_is_none(address: str) -> None:
    link = mailto(address)
    if link is not None:
        to = unquote(urlsplit(link).path)
        assert to == clean_line(address)
        assert to.count("@") == 1
        assert not set(to) & set(" ,;<>\r\n")


@pytest.mark.parametrize(
    ("phone", "link"),
    [
        ("+1 (555) 010-0", "tel:+15550100"),
        ("030/1234.56", "tel:030123456"),
        ("555 0100 x12", "tel:5550100;ext=12"),
        ("555 0100 ext. 12", "tel:5550100;ext=12"),
        ("call me", None),
        ("+", None),
        ("12", None),
        ("*31#5550100", None),
        ("5550100;phone-context=evil", None),
    ],
)
def test_a_number_that_is_one_can_be_called(phone: str, link: str | None) -> None:
    assert tel(phone) == link


@pytest.mark.parametrize(
    ("linkedin", "link"),
    [
        ("https://www.linkedin.com/in/dana", "https://www.linkedin.com/in/dana"),
        ("linkedin.com/in/dana", "https://linkedin.com/in/dana"),
        ("http://linkedin.com/in/dana", "https://linkedin.com/in/dana"),
        ("javascript:alert(1)//linkedin.com/in/dana", None),
        ("https://linkedin.com.evil.example/in/dana", None),
        ("https://evillinkedin.com/in/dana", None),
        ("dana-lee", None),
    ],
)
def test_a_profile_is_a_page_of_linkedin_or_no_link(linkedin: str, link: str | None) -> None:
    assert profile(linkedin) == link
