"""A playbook that cannot be followed is refused, with the file, the line, the key and a remedy."""

from datetime import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from icsgen import playbooks
from icsgen.errors import AfterwordError, LimitError, PlaybookError
from icsgen.model import Step
from icsgen.playbooks.reading import LARGEST_BYTES, MOST_DOTS, read_playbook
from icsgen.rules import Cite

GOOD = (Path(playbooks.__file__).parent / "industry.toml").read_text("utf-8")

SMALLEST = """
name = "mine"
title = "Mine"
[thank_you]
hours = 36
[first_check_in]
wait = "6 days"
[second_check_in]
wait = "5 days"
[close_out]
wait = "4 days"
"""


def changed(old: str, new: str, text: str = GOOD) -> bytes:
    assert old in text
    return text.replace(old, new, 1).encode()


FAULTS = [
    # what is changed, into what, where the fault is said to be, and what is said
    ("hours = 48 ", 'hours = "48" ', "thank_you.hours", 'it is "48"; give a whole number'),
    ("hours = 48 ", "hours = true ", "thank_you.hours", "it is true; give a whole number"),
    ("hours = 48 ", "hours = 0 ", "thank_you.hours", "it is 0; give a whole number"),
    ("hours = 48 ", "hours = 169 ", "thank_you.hours", "from 1 to 168"),
    ("hours = 48 ", f"hours = 0x{'f' * 9000}", "thank_you.hours", "a very large number"),
    ("strong_hours = 48", "stong_hours = 48", "thank_you.stong_hours", '"strong_hours"?'),
    ('"10 (7-14) days"', '"10 (14-7) days"', "first_check_in.wait", "smaller one first"),
    ('"10 (7-14) days"', "10", "first_check_in.wait", 'it is 10; give a text like "7 days"'),
    ('"government", wait', '"goverment", wait', "first_check_in.when[4].industry", '"government"?'),
    ('"28 (21-35) days"', '"four weeks"', "first_check_in.when[4].wait", "write it like"),
    ('{ industry = "startup",', '{ industri = "startup",', "when[2].industri", '"industry"?'),
    ('"corporate", wait', '"corporate", pace = "slow", wait', "when[3].pace", "exactly one"),
    ('industry = "corporate", ', "", "when[3].wait", "names 0 of industry, pace and size"),
    ('"startup"', '"tech"', "first_check_in.when", 'industry "tech" is there twice'),
    ('"phone"', '"fax"', "second_check_in.channel", "use one of: email, phone, linkedin"),
    ("avoid = []", 'avoid = ["mondays"]', "avoid", "use one of: week-start, bridge-day"),
    ("avoid = []", "avoid = [[1]]", "avoid", "nobody knows a list"),
    ("avoid = []", 'avoid = "week-start"', "avoid", "give a list"),
    (
        "avoid = []",
        'avoid = []\navoid_source = { year-end = "A1.4" }',
        "avoid_source.year-end",
        "nobody",
    ),
    ("[close_out] ", "[closeout] ", "closeout", '"close_out"?'),
    ('"16:30"', '"08:30"', "slots.morning", "it is not before the afternoon"),
    ('"09:30"', '"9.30"', "slots.morning", 'write it like "09:30"'),
    ('"09:30"', '"24:00"', "slots.morning", 'write it like "09:30"'),
    ('"09:30"', "09:30:01", "slots.morning", 'write it like "09:30"'),
    ('"09:30"', "930", "slots.morning", "930 is no time"),
    ('name = "industry"', 'name = "../other"', "name", "small letters, digits and hyphens"),
    ('takes to answer"\n', 'takes to answer"\nauthor = "me"\n', "author", "nobody knows this key"),
    ("message = false", 'message = "no"', "close_out.message", 'it is "no"; give true or false'),
    ('channel = "phone" ', "message = false ", "second_check_in.message", "leave it out"),
    ("message = false ", 'message = false\nchannel = "email"', "close_out.channel", "leave it out"),
    ('source = "A4.6"', 'source = "A4.9"', "second_check_in.source", 'no article has a point "A4'),
    ('source = "A4.6"', 'source = "A7.1"', "second_check_in.source", "`because`"),
    ('source = "A4.6"', 'source = "my aunt"', "second_check_in.source", "`because`"),
    ('source = "A4.6"', 'source = ""', "second_check_in.source", "it is empty"),
    ('because = { wait = "the', 'because = { weit = "the', "because.weit", '"wait"?'),
]


@pytest.mark.parametrize(("old", "new", "key", "says"), FAULTS)
def test_a_fault_names_file_line_and_key_and_what_would_be_right(
    old: str, new: str, key: str, says: str
) -> None:
    data = changed(old, new)
    with pytest.raises(PlaybookError) as caught:
        read_playbook(data, "mine.toml")
    error = caught.value
    file, line, place = error.where.split(", ")
    assert (file, place.endswith(key)) == ("mine.toml", True)
    said = f"{error.what}; {error.remedy}"
    assert says in said
    assert error.remedy
    its_line = data.decode().split("\n")[int(line.removeprefix("line ")) - 1]
    assert key.rsplit(".", 1)[-1] in its_line
    assert new.rsplit("\n", 1)[-1] in its_line or key in {"slots.morning", "first_check_in.when"}


@pytest.mark.parametrize("key", ["name", "title"])
def test_a_missing_text_is_named(key: str) -> None:
    text = "\n".join(line for line in SMALLEST.split("\n") if not line.startswith(key))
    with pytest.raises(PlaybookError, match=rf"mine\.toml, {key}: it is missing"):
        read_playbook(text.encode(), "mine.toml")


@pytest.mark.parametrize("step", ["first_check_in", "second_check_in", "close_out"])
def test_a_step_without_a_wait_is_named_with_its_line(step: str) -> None:
    lines = SMALLEST.split("\n")
    at = lines.index(f"[{step}]")
    text = "\n".join(lines[: at + 1] + lines[at + 2 :])
    with pytest.raises(PlaybookError, match=rf"mine\.toml, line {at + 1}, {step}.wait: it is miss"):
        read_playbook(text.encode(), "mine.toml")


def test_a_playbook_of_ones_own_needs_no_sources() -> None:
    playbook = read_playbook(SMALLEST.encode(), "mine.toml")
    assert playbook.thank_you.hours == playbook.thank_you.strong_hours == 36
    assert [str(rule.wait) for rule in playbook.steps.values()] == ["6 days", "5 days", "4 days"]
    assert playbook.steps[Step.CLOSE_OUT].message
    assert not playbook.avoid
    assert playbook.steps[Step.FIRST_CHECK_IN].cite == Cite(
        "ours", "that is what your own playbook says"
    )


def test_sources_stand_for_a_whole_table_or_by_key() -> None:
    text = """source = { wait = "A3.3" }
because = { wait = "I know them", channel = "they like it" }
channel = "phone"
wait = "6 days"
when = [{ pace = "slow", wait = "9 days", because = "slow" }, { size = "large", wait = "8 days" }]
"""
    rule = read_playbook(changed('wait = "6 days"\n', text, SMALLEST), "mine.toml").steps[
        Step.FIRST_CHECK_IN
    ]
    assert rule.cite == Cite("A3.3", "I know them")
    assert rule.channel_cite == Cite("ours", "they like it")
    assert [case.cite for case in rule.when] == [
        Cite("ours", "slow"),
        Cite("ours", "that is what your own playbook says"),
    ]


def test_a_slot_may_be_written_as_a_time_of_toml() -> None:
    text = SMALLEST.replace(
        "[thank_you]", "[slots]\nmorning = 08:15:00\nafternoon = '15:00'\n[thank_you]"
    )
    playbook = read_playbook(text.encode(), "mine.toml")
    assert (playbook.morning, playbook.afternoon) == (time(8, 15), time(15))


@pytest.mark.parametrize("kind", [b"\xef\xbb\xbf", b"\r\n"])
def test_a_file_saved_by_a_windows_editor_reads_the_same(kind: bytes) -> None:
    plain = SMALLEST.encode()
    other = kind + plain if kind.startswith(b"\xef") else plain.replace(b"\n", kind)
    assert read_playbook(other, "") == read_playbook(plain, "")


def test_texts_come_out_on_one_clean_line() -> None:
    data = changed('"Mine"', '"Mi\\u0007ne\\n and\\tmore"', SMALLEST)
    assert read_playbook(data, "").title == "Mine and more"


def test_a_case_that_is_no_table_is_named() -> None:
    with pytest.raises(PlaybookError, match="case 1 is no table"):
        read_playbook(changed("when = [", "when = [3,"), "mine.toml")


def test_what_is_not_toml_says_in_which_line() -> None:
    with pytest.raises(PlaybookError, match=r"mine\.toml: this is not TOML: .*at line 1"):
        read_playbook(b"name: mine", "mine.toml")


def test_what_is_not_utf_8_says_in_which_line() -> None:
    with pytest.raises(PlaybookError, match=r"mine\.toml, line 3: the text is not UTF-8"):
        read_playbook("\n\ntitle = 'f\xfcr mich'".encode("latin-1"), "mine.toml")


@pytest.mark.parametrize(
    ("data", "limit"),
    [
        (b"#" * (LARGEST_BYTES + 1), f"larger than {LARGEST_BYTES} bytes"),
        (b"a = " + b"[" * 9000, "nested too deeply"),
        (b"a = " + b"{a=" * 9000, "nested too deeply"),
        (b"a" + b".a" * (MOST_DOTS + 1) + b" = 1", f"more than {MOST_DOTS} dots"),
        (b"a = " + b"9" * 5000, "a number in it is too long"),
    ],
)
def test_a_limit_that_is_passed_is_named(data: bytes, limit: str) -> None:
    with pytest.raises((LimitError, PlaybookError), match=limit):
        read_playbook(data, "mine.toml")


@given(
    st.binary(max_size=300)
    | st.text(max_size=300).map(lambda text: text.encode("utf-8", "replace"))
)
def test_any_bytes_are_a_playbook_or_an_error_in_words(data: bytes) -> None:
    with pytest.raises(AfterwordError):
        read_playbook(data, "mine.toml")


JSONISH = st.recursive(
    st.none().map(lambda _: '""')
    | st.integers().map(str)
    | st.sampled_from(["true", '"slow"', "[]"]),
    lambda inner: (
        st.lists(inner, max_size=3).map(lambda items: f"[{', '.join(items)}]")
        | inner.map(lambda value: f"{{ pace = {value} }}")
    ),
    max_leaves=6,
)


@given(st.sampled_from(["wait", "when", "message", "channel", "source", "because"]), JSONISH)
def test_any_value_under_any_key_is_taken_or_refused_by_name(key: str, value: str) -> None:
    lines = [line for line in ('wait = "6 days"',) if key != "wait"]
    text = SMALLEST.replace('wait = "6 days"', "\n".join([*lines, f"{key} = {value}"]))
    try:
        named = read_playbook(text.encode(), "mine.toml").name
    except PlaybookError as error:
        named = error.where
    assert named == "mine" or "first_check_in" in named
