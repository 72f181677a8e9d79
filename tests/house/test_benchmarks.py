"""The benchmarks: one workload for ever, one feed from every arm. Nothing is timed here."""

import subprocess
import sys
from hashlib import sha256
from pathlib import Path

import pytest

from benchmarks.arms import ours, with_ical, with_icalendar
from benchmarks.corpus import DRAFT_WORDS, drafts_of, interviews, plans
from benchmarks.equal import differences, read
from benchmarks.feeds import Feeds
from benchmarks.measure import Cost, Ground, RunFailed
from benchmarks.report import limits_of
from benchmarks.startup import COLD, NOTHING, VERSION, WARM, Starts

ROOT = Path(__file__).parents[2]

PRINT_CORPUS = """
from benchmarks.corpus import drafts_of, interviews, plans
import hashlib
whole = [*interviews(40)] + [drafts_of(made) for made in plans(10)]
print(hashlib.sha256(repr(whole).encode()).hexdigest())
"""


def corpus_under(seed: str, zone: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", PRINT_CORPUS],
        env={"PYTHONHASHSEED": seed, "TZ": zone, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout.strip()


def test_the_corpus_is_the_same_under_another_hash_seed_and_machine_zone() -> None:
    here = repr([*interviews(40)] + [drafts_of(made) for made in plans(10)])
    expected = sha256(here.encode()).hexdigest()
    assert corpus_under("1", "UTC") == expected
    assert corpus_under("2", "Asia/Tokyo") == expected


def test_the_corpus_is_the_one_that_the_published_figures_are_of() -> None:
    first = next(plans(1))
    body = drafts_of(first)[first.interview.id, first.follow_ups[1].step][0].body
    assert body.startswith("Help group friendly market interest goal, large across carefully")


def test_no_two_drafts_are_alike_and_each_has_its_words() -> None:
    bodies = [
        draft.body for made in plans(60) for drafts in drafts_of(made).values() for draft in drafts
    ]
    assert len(set(bodies)) == len(bodies) > 240
    assert {len(body.split()) for body in bodies} == {DRAFT_WORDS}


def test_a_larger_corpus_begins_with_the_smaller_one() -> None:
    assert [*interviews(30)][:10] == [*interviews(10)]


def test_all_arms_write_the_same_feed_of_ten_interviews(tmp_path: Path) -> None:
    files = [tmp_path / f"{name}.ics" for name in ("ours", "icalendar", "ical")]
    for arm, file in zip((ours, with_icalendar, with_ical), files, strict=True):
        arm.write(10, file)
    assert list(differences(files[0], files[1:])) == []
    feed = read(files[0])
    assert len(feed.events) == 40
    assert 1900 < feed.octets / 40 < 2500


@pytest.mark.parametrize(
    ("was", "becomes"),
    [
        (b"STATUS:CONFIRMED", b"STATUS:TENTATIVE"),
        (b"DTSTART;TZID=America/New_York", b"DTSTART;TZID=America/Toronto"),
        (b"TRIGGER:PT0S", b"TRIGGER:PT1S"),
        (b"SEQUENCE:1", b"SEQUENCE:2"),
    ],
)
def test_the_comparison_sees_a_value_or_a_parameter_that_differs(
    was: bytes, becomes: bytes, tmp_path: Path
) -> None:
    one, other = tmp_path / "one.ics", tmp_path / "other.ics"
    ours.write(2, one)
    octets = one.read_bytes()
    assert was in octets
    other.write_bytes(octets.replace(was, becomes, 1))
    assert len(list(differences(one, [one, other]))) == 1


def test_the_comparison_sees_an_event_that_is_missing(tmp_path: Path) -> None:
    one, other = tmp_path / "one.ics", tmp_path / "other.ics"
    ours.write(2, one)
    ours.write(1, other)
    assert any("4 events for one's 8" in line for line in differences(one, [one, other]))


def costs(*cpu_s: float, peak: int = 0) -> list[Cost]:
    return [Cost(seconds, seconds, peak) for seconds in cpu_s]


def feeds_with(our_cpu_s: float, our_peak: int) -> Feeds:
    sizes = (10, 1_000, 5_000)
    return Feeds(
        sizes,
        {10: 40, 1_000: 4_000, 5_000: 20_000},
        dict.fromkeys(sizes, 1),
        {
            ("afterword", 10): costs(0.2),
            ("afterword", 1_000): costs(0.8),
            ("afterword", 5_000): costs(our_cpu_s, peak=our_peak),
            ("icalendar", 10): costs(0.3),
            ("icalendar", 1_000): costs(2.5),
            ("icalendar", 5_000): costs(12.2),
            ("planned", 10): costs(0.2),
            ("planned", 1_000): costs(0.6),
            ("planned", 5_000): costs(2.2),
        },
        {},
    )


def test_limits_say_met_where_the_figures_are_within_them() -> None:
    # An added event: (3.2 - 0.8 - 1.6) / 16,000 = 50 µs of ours, 500 µs of icalendar's.
    limits = limits_of(feeds_with(3.2, 99_000_000), None)
    assert [limit.met for limit in limits] == [True, True, True, True]
    assert [limit.found for limit in limits] == [
        "10.1 times less",
        "3.12 times less",
        "an added event costs 0.99 times what it did up to 1,000",
        "99.0 MB",
    ]


def test_limits_say_not_met_where_the_figures_are_beyond_them() -> None:
    limits = limits_of(feeds_with(4.0, 101_000_000), None)
    assert [limit.met for limit in limits] == [False, True, False, False]


def test_starts_are_held_against_python_that_does_nothing() -> None:
    starts = Starts(
        {
            NOTHING: costs(0.01, 0.02, 0.01),
            VERSION: costs(0.025, 0.04, 0.02),
            COLD: costs(0.21, 0.42, 0.21),
            WARM: costs(0.06, 0.12, 0.06),
        }
    )
    assert [limit.met for limit in limits_of(None, starts)] == [True, False, True]
    assert starts.times_nothing(VERSION) == 2.0


def test_a_program_that_fails_is_named_with_what_it_said() -> None:
    with Ground.lay() as ground, pytest.raises(RunFailed, match="gave exit code 3\nno luck"):
        ground.run(
            sys.executable, "-c", "import sys; print('no luck', file=sys.stderr); sys.exit(3)"
        )


def test_a_program_that_takes_too_long_is_ended() -> None:
    with Ground.lay() as ground, pytest.raises(RunFailed, match="ended by signal 9"):
        ground.run(sys.executable, "-c", "import time; time.sleep(60)", timeout_s=0.5)


def test_nothing_is_left_of_the_ground() -> None:
    with Ground.lay() as ground:
        ground.run(sys.executable, "-c", "pass")
        assert ground.folder.is_dir()
    assert not ground.folder.exists()
