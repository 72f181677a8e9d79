"""A clean text carries no control character, no lone surrogate, and is what the person wrote."""

import re

from hypothesis import given
from hypothesis import strategies as st

from icsgen.text import clean_line, clean_text

ANY_TEXT = st.text(st.characters(), max_size=200)
TROUBLE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\u202a-\u202e\u2066-\u2069\ufffe\uffff]"
)


@given(ANY_TEXT)
def test_what_could_end_a_line_or_stop_a_parser_is_gone(text: str) -> None:
    assert not TROUBLE.search(clean_text(text))
    assert clean_text(text).encode().decode() == clean_text(text)
    assert clean_text(clean_text(text)) == clean_text(text)


@given(ANY_TEXT)
def test_a_line_is_one_line_with_single_blanks(text: str) -> None:
    line = clean_line(text)
    assert line == " ".join(line.split())
    assert clean_line(line) == line
    assert line == clean_line(clean_text(text))


@given(st.text(st.characters(exclude_categories=("C", "Z")), max_size=200))
def test_letters_of_every_script_stay(text: str) -> None:
    assert clean_text(text) == clean_line(text) == text


def test_newlines_of_every_sort_are_one() -> None:
    assert clean_text("a\r\nb\rc\x0bd\x0ce\x85f\u2028g\u2029h\ni") == "a\nb\nc\nd\ne\nf\ng\nh\ni"
    assert clean_line(" a \u00a0 b\t\nc ") == "a b c"


def test_nothing_turns_round_what_stands_beside_it_and_marks_stay() -> None:
    assert clean_line("A\u202ecme \u2067Inc\u2069") == clean_text("A\u202ecme Inc") == "Acme Inc"
    assert clean_line("\u05d0\u200f1\u200e") == clean_text("\u05d0\u200f1\u200e")
    assert clean_line("\u05d0\u200f1\u200e") == "\u05d0\u200f1\u200e"
