"""The benchmarks: one workload for ever, one feed from every arm. Nothing is timed here."""

import subprocess
import sys
import time
from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path

import pytest

from benchmarks.arms import Clock, ours, unlinted, with_ical, with_icalendar
from benchmarks.corpus import DRAFT_WORDS, drafts_of, interviews, plans
from benchmarks.equal import differences, read
from benchmarks.feeds import Feeds
from benchmarks.measure import Cost, Ground, RunFailed, Spread
from benchmarks.report import Limit, limits_of, report
from benchmarks.startup import COLD, NOTHING, OPENED, SENT, STORED, TODAY, VERSION, WARM, Starts
from icsgen.feed import chunk

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
        arm.write(10, file, Clock())
    assert list(differences(files[0], files[1:])) == []
    feed = read(files[0])
    assert len(feed.events) == 40
    assert 1900 < feed.octets / 40 < 2500


def test_our_feed_is_the_same_where_it_is_not_linted(tmp_path: Path) -> None:
    linted, unlinted_one = tmp_path / "linted.ics", tmp_path / "unlinted.ics"
    ours.write(10, linted, Clock())
    unlinted.write(10, unlinted_one, Clock())
    assert linted.read_bytes() == unlinted_one.read_bytes()


def test_a_feed_that_breaks_the_contract_is_not_written_by_our_arm(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken = chunk(next(plans(1)))
    event = broken.events[0]._replace(octets=b"BEGIN:VEVENT\r\n")
    monkeypatch.setattr(ours, "chunks_of", lambda *_: [broken._replace(events=(event,))])
    with pytest.raises(AssertionError, match="refused"):
        ours.write(1, tmp_path / "feed.ics", Clock())
    assert not (tmp_path / "feed.ics").exists()


def test_the_clock_counts_what_is_done_within_it_and_nothing_else() -> None:
    clock, done_at = Clock(), time.process_time() + 0.02
    while time.process_time() < done_at:
        pass
    assert clock.spent_s == 0
    for _ in range(2):
        began = time.process_time()
        with clock:
            while time.process_time() < began + 0.01:
                pass
    assert clock.spent_s >= 0.018  # two hundredths; no upper limit on a machine that is busy


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
    ours.write(2, one, Clock())
    octets = one.read_bytes()
    assert was in octets
    other.write_bytes(octets.replace(was, becomes, 1))
    assert len(list(differences(one, [one, other]))) == 1


def test_the_comparison_sees_an_event_that_is_missing(tmp_path: Path) -> None:
    one, other = tmp_path / "one.ics", tmp_path / "other.ics"
    ours.write(2, one, Clock())
    ours.write(1, other, Clock())
    assert any("4 events for one's 8" in line for line in differences(one, [one, other]))


def costs(*cpu_s: float, peak: int = 0) -> list[Cost]:
    return [Cost(seconds, seconds, peak) for seconds in cpu_s]


SIZES = (10, 1_000, 5_000)


def feeds_with(*, last_s: float = 3.2, peak: int = 0, alone_us: float = 50) -> Feeds:
    """Feeds of three rounds, the third of which other work on the machine slowed down."""
    whole_s = {
        "afterword": (0.2, 0.8, last_s),
        "icalendar": (0.3, 2.5, 12.2),
        "planned": (0.2, 0.6, 2.2),
        "program": (0.2, 0.6, 2.2),
    }
    alone_s = {"afterword": alone_us * 1e-6, "icalendar": 500e-6}
    events = {size: 4 * size for size in SIZES}
    return Feeds(
        SIZES,
        events,
        dict.fromkeys(SIZES, 1),
        {
            (way, size): costs(cpu_s, cpu_s, 2 * cpu_s, peak=peak)
            for way, all_s in whole_s.items()
            for size, cpu_s in zip(SIZES, all_s, strict=True)
        },
        {
            (arm, size): [events[size] * each_s * slowed for slowed in (1, 1, 3)]
            for arm, each_s in alone_s.items()
            for size in SIZES
        },
        {},
    )


def found(limits: Sequence[Limit]) -> list[str]:
    return [limit.found for limit in limits]


def test_limits_say_met_where_the_figures_are_within_them() -> None:
    limits = limits_of(feeds_with(peak=99_000_000), None)
    assert [limit.met for limit in limits] == [True] * 6
    # An added event by whole processes: (3.2 - 0.8 - 1.6) / 16,000 = 50 µs of ours, 506 µs.
    assert found(limits) == [
        "10.0 (10.0–10.0) times less inside the process; by whole ones 9.0 (9.0–9.0)",
        "10.0 (10.0–10.0) times less inside the process; by whole ones 10.1 (10.1–10.1)",
        "3.12 (3.12–3.12) times less",
        (
            "an added event costs 0.99 (0.99–0.99) times what it did up to 1,000; writing and "
            "linting alone, 1.00 (1.00–1.00) times"
        ),
        "99.0 MB",
        "99.0 MB",
    ]


def test_limits_say_not_met_where_the_figures_are_beyond_them() -> None:
    limits = limits_of(feeds_with(last_s=4.0, peak=101_000_000, alone_us=51), None)
    assert [limit.met for limit in limits] == [False, False, True, False, False, False]


@pytest.mark.parametrize(("last_s", "is_met"), [(2.6, False), (2.8, True), (3.6, True)])
def test_an_added_event_that_becomes_much_cheaper_is_not_linear_either(
    last_s: float, is_met: bool
) -> None:
    # 0.6 s for 3,960 events came before, so 2.42 s for 16,000 more would be the same each.
    assert limits_of(feeds_with(last_s=last_s), None)[3].met is is_met


def test_the_turns_of_a_round_count_with_the_middle_one() -> None:
    turns = [Cost(0.3, 0.9, 1_000), Cost(0.1, 0.7, 3_000), Cost(0.9, 0.1, 2_000)]
    assert Cost.middle(turns) == (0.3, 0.7, 2_000)


def test_an_added_event_is_the_median_over_rounds_each_taken_by_itself() -> None:
    feeds = feeds_with()
    early = Spread.of(feeds.alone_event_s("afterword", (10, 1_000)))
    assert early == pytest.approx((50e-6, 50e-6, 150e-6))
    in_all = Spread.of(feeds.whole_event_s("afterword", (1_000, 5_000), writing=False))
    assert in_all == pytest.approx((150e-6, 150e-6, 300e-6))
    writing = Spread.of(feeds.whole_event_s("afterword", (1_000, 5_000), writing=True))
    assert writing == pytest.approx((50e-6, 50e-6, 100e-6))


def test_the_table_shows_the_least_and_the_most_beside_the_median() -> None:
    lines = report(feeds_with(), None, (3, 0)).splitlines()
    assert "| 10 to 1,000 | ours, written and linted | 50 (50–150) µs | 1 |" in lines
    assert (
        "| 10 to 1,000 | `icalendar` objects | 500 (500–1500) µs | 10.00 (10.00–10.00) |" in lines
    )


def test_starts_are_held_against_python_that_does_nothing() -> None:
    starts = Starts(
        {
            NOTHING: costs(0.01, 0.02, 0.01),
            VERSION: costs(0.025, 0.04, 0.02),
            COLD: costs(0.21, 0.42, 0.21),
            WARM: costs(0.06, 0.12, 0.06),
            STORED: costs(0.09, 0.18, 0.09),
            TODAY: costs(0.2, 0.41, 0.2),
            OPENED: costs(0.06, 0.07, 0.06),
            SENT: costs(0.12, 0.13, 0.1),
        }
    )
    found = [limit.met for limit in limits_of(None, starts)]
    assert found == [True, False, True, True, False]
    assert starts.times_nothing(VERSION) == (2.0, 2.0, 2.5)


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


def test_a_program_begins_in_an_empty_home() -> None:
    empty = "import os, pathlib, sys; sys.exit(any(pathlib.Path(os.environ['HOME']).iterdir()))"
    with Ground.lay() as ground:
        ground.run(sys.executable, "-c", empty)
