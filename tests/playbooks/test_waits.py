"""How a wait is written and read."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from icsgen.playbooks.waits import LONGEST, read_wait
from icsgen.rules import Wait

NUMBERS = st.lists(st.integers(1, LONGEST), min_size=3, max_size=3).map(sorted)


@pytest.mark.parametrize(
    ("text", "wait"),
    [
        ("7 days", Wait(7, 7, 7)),
        ("1 day", Wait(1, 1, 1)),
        ("10 (7-14) days", Wait(10, 7, 14)),
        ("10 (7\N{EN DASH}14) days", Wait(10, 7, 14)),
        ("10(7 - 14)  days", Wait(10, 7, 14)),
        ("5 business days", Wait(5, 5, 5, business=True)),
        ("1 business day", Wait(1, 1, 1, business=True)),
        ("4 (4-5) business days", Wait(4, 4, 5, business=True)),
        (" 365 days ", Wait(365, 365, 365)),
    ],
)
def test_a_wait_is_a_number_with_or_without_bounds(text: str, wait: Wait) -> None:
    assert read_wait(text) == wait


@given(NUMBERS, st.booleans())
def test_a_wait_reads_back_as_it_is_shown(numbers: list[int], business: bool) -> None:
    earliest, preferred, latest = numbers
    wait = Wait(preferred, earliest, latest, business)
    assert read_wait(str(wait)) == wait


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("a week", "write it like"),
        ("", "write it like"),
        ("7", "write it like"),
        ("-7 days", "write it like"),
        ("7.5 days", "write it like"),
        ("7-14 days", "write it like"),
        ("10 (7-14 days", "write it like"),
        ("7 weeks", "write it like"),
        ("\N{ARABIC-INDIC DIGIT SEVEN} days", "write it like"),
        ("9999999 days", "write it like"),
        ("0 days", "from 1 to 365"),
        ("366 days", "from 1 to 365"),
        ("7 (0-14) days", "from 1 to 365"),
        ("7 (7-999) days", "from 1 to 365"),
        ("10 (14-7) days", "smaller one first"),
        ("10 (11-14) days", "smaller one first"),
        ("10 (7-9) days", "smaller one first"),
    ],
)
def test_a_wait_that_cannot_be_read_says_what_would_be_right(text: str, says: str) -> None:
    with pytest.raises(ValueError, match=says):
        read_wait(text)
