"""People: a contact's name and the ways to reach them, each checked before it can become a link."""

import re

from icsgen.model import Contact
from icsgen.sources.form import Form
from icsgen.sources.spot import Spot, shown
from icsgen.sources.values import line, listed, missing

CONTACT_FIELDS = ("name", "email", "phone", "linkedin", "role")
_NAMED_ADDRESS = r"(?P<name>[^<>]*)<(?P<email>[^<>]*)>"
_ATOM = r"[^\s@<>(),;:\"\\\[\]\x00-\x20]"
_EMAIL = rf"{_ATOM}{{1,64}}@(?:[^\W_](?:[\w-]{{0,62}})\.){{1,10}}[^\W\d_][\w-]{{0,62}}"
"""An address as people have them (RFC 5321 section 4.1.2 without quotes and literals): nothing that
ends a header."""
_EMAIL_CHARS = 254
_PHONE = r"[0-9A-Za-z+()./*#,; -]{3,40}"
_PHONE_DIGITS = 3
_URL = r"(?i)https?://[\w-]+(?:\.[\w-]+)+(?::[0-9]{1,5})?(?:[/?#][^\s<>\"'`{}|\\^]*)?"
_BARE_LINKEDIN = r"(?i)(?:[a-z]{2,3}\.)?linkedin\.com/"


def contacts(raw: object, spot: Spot) -> tuple[Contact, ...]:
    """Give the contacts of a list; a single one counts as a list of one."""
    items = enumerate(listed(raw, spot))
    return tuple(contact(item, spot.item(at)) for at, item in items if not missing(item))


def contact(raw: object, spot: Spot) -> Contact:
    """Give a contact from a group of fields, or from a text like ``Dana Lee <dana@acme.example>``.

    An address nobody can write to is dropped with a warning; who has no name is called by their
    address.
    """
    fields = address_parts(line(raw, spot)) if isinstance(raw, str) else raw
    if not isinstance(fields, dict):
        raise spot.refusal(f"{shown(raw)} is no contact", "give name, email, phone, linkedin")
    form = Form(fields, spot)
    form.warn_of_unknown(CONTACT_FIELDS)
    email = form.optional("email", _email, None)
    name = form.optional("name", line, None) or email
    if name is None:
        raise spot.field("name").refusal(
            "the contact's name is missing", "add a name or an e-mail address"
        )
    found = Contact(
        name,
        email,
        form.optional("phone", _phone, None),
        form.optional("linkedin", _linkedin, None),
        form.optional("role", line, None),
    )
    if not form.sound:
        raise spot.refusal("this contact cannot be read")
    return found


def address_parts(text: str) -> dict[str, object]:
    """Split ``Dana Lee <dana@acme.example>`` into name and email."""
    found = re.fullmatch(_NAMED_ADDRESS, text.strip())
    if found:
        return {"name": found["name"].strip(' "'), "email": found["email"]}
    return {"email": text} if "@" in text else {"name": text}


def email_address(text: str) -> str | None:
    """Give a text as an e-mail address, or None if it can be none."""
    word = re.sub(r"^mailto:", "", text.strip(), flags=re.IGNORECASE)
    usable = len(word) <= _EMAIL_CHARS and re.fullmatch(_EMAIL, word) and ".." not in word
    return word if usable else None


def _email(raw: object, spot: Spot) -> str | None:
    word = line(raw, spot)
    named = re.fullmatch(_NAMED_ADDRESS, word)
    found = email_address(named["email"] if named else word)
    if found is None:
        spot.warn(f"{shown(word)} can be no e-mail address and is left out")
    return found


def _phone(raw: object, spot: Spot) -> str | None:
    digits_only = isinstance(raw, int) and not isinstance(raw, bool) and 0 < raw < 10**18
    word = str(raw) if digits_only else line(raw, spot)
    if re.fullmatch(_PHONE, word) and sum(map(str.isdigit, word)) >= _PHONE_DIGITS:
        return word
    spot.warn(f"{shown(word)} can be no phone number and is left out")
    return None


def _linkedin(raw: object, spot: Spot) -> str | None:
    word = line(raw, spot)
    whole = f"https://{word}" if re.match(_BARE_LINKEDIN, word) else word
    if re.fullmatch(_URL, whole):
        return whole
    spot.warn(f"{shown(word)} is no web address (https://…) and is left out")
    return None
