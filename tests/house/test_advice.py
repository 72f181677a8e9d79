"""Every point of every article is carried out by a figure or a rule, or is said as advice."""

import re
import tomllib
from collections import Counter
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from icsgen import playbooks
from icsgen.model import Channel, FollowUp, State, Step
from icsgen.playbooks.advice import (
    Moment,
    Rule,
    advice,
    advice_for,
    advice_text,
    all_advice,
    executed,
)
from icsgen.playbooks.table import POINTS

SHELF = Path(playbooks.__file__).parent
ALL_POINTS = [f"{article}.{n}" for article, count in POINTS.items() for n in range(1, count + 1)]
SHIPPED = {
    name: tomllib.loads((SHELF / f"{name}.toml").read_text()) for name in playbooks.shipped()
}


def figure(carrier: str) -> tuple[object, object]:
    """What a playbook holds at ``one-week: thank_you.hours``, and where it says that is from."""
    name, key = carrier.split(": ")
    table_name, key = key.split(".")
    if table_name == "avoid":
        held = SHIPPED[name]["avoid"]
        sources = {
            k: v
            for t in ("avoid_source", "avoid_because")
            for k, v in SHIPPED[name].get(t, {}).items()
        }
        return key in held or None, sources.get(key)
    table = SHIPPED[name][table_name]
    beside = [
        kind.get(key) if isinstance(kind, dict) else kind
        for kind in (table.get("source"), table.get("because"))
    ]
    if key == "when":
        beside = [case.get("source") or case.get("because") for case in table["when"]]
    return table.get(key), " ".join(filter(None, beside))


def test_no_point_of_any_article_is_missing() -> None:
    said = {piece.point for piece in all_advice()}
    assert sorted(said | executed().keys()) == sorted(ALL_POINTS)


def test_no_point_is_said_twice() -> None:
    assert [point for point, n in Counter(p.point for p in all_advice()).items() if n > 1] == []


def test_a_point_that_is_both_done_and_said_says_why_and_no_other_does() -> None:
    both = {piece.point for piece in all_advice() if piece.beside}
    assert both == {piece.point for piece in all_advice()} & executed().keys()


@pytest.mark.parametrize(
    ("point", "carrier"),
    [(point, carrier) for point, carriers in executed().items() for carrier in carriers],
)
def test_a_point_is_carried_out_by_a_rule_or_by_a_figure_that_names_it(
    point: str, carrier: str
) -> None:
    if ":" not in carrier:
        assert carrier in set(Rule)
        return
    held, source = figure(carrier)
    assert held is not None
    named = re.findall(r"A\d\.\d+", str(source))
    assert point in named or (point, carrier) in OUR_READING


OUR_READING = {
    # A1.21 asks for patience with an employer who is slow; the waits are those of A1.3.
    ("A1.21", "thorough: first_check_in.when"),
    # A4.4 gives the same one to two weeks as A4.2.
    ("A4.4", "industry: first_check_in.wait"),
}


def test_every_point_that_a_playbook_names_as_a_source_is_carried_out_by_it() -> None:
    for name in playbooks.shipped():
        text = (SHELF / f"{name}.toml").read_text("utf-8")
        for point in re.findall(r'"(A\d\.\d+)"', text):
            assert any(carrier.startswith(f"{name}: ") for carrier in executed()[point]), point


def test_every_text_is_a_sentence_and_no_two_are_alike() -> None:
    texts = [piece.text for piece in all_advice()]
    assert len(set(texts)) == len(texts)
    assert all(text[0].isupper() and text.endswith((".", "!")) for text in texts)


@pytest.mark.parametrize("width", [30, 60, 80, 120])
def test_the_page_of_advice_has_every_text_with_its_point(width: int) -> None:
    page = advice_text(width)
    flat = " ".join(page.split())
    for piece in all_advice():
        assert f"{piece.text} ({piece.point})" in flat
    assert max(map(len, page.splitlines())) <= max(width, 40)


def test_every_piece_of_advice_is_found_under_each_of_its_times() -> None:
    times = [*Step, *Moment]
    for piece in all_advice():
        assert [when for when in times if piece in advice(when)] == sorted(
            piece.when, key=times.index
        )


def follow_up(step: Step, kind: str, channel: Channel | None, *, silent: bool = False) -> FollowUp:
    now = datetime(2026, 11, 10, 14, tzinfo=ZoneInfo("UTC"))
    return FollowUp(
        "abc", step, now, now, now + timedelta(days=1), State.OPEN, channel, (), (),
        silent=silent, kind=kind,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("given", "points"),
    [
        (follow_up(Step.EARLY_CHECK_IN, "competing_offer", Channel.EMAIL), {"A0.5"}),
        (follow_up(Step.REPLY, "offer_reply", Channel.EMAIL), {"A1.10"}),
        (follow_up(Step.REPLY, "next_round_reply", Channel.EMAIL), {"A1.11"}),
        (
            follow_up(Step.REPLY, "feedback_request", Channel.EMAIL),
            {"A0.8", "A1.12", "A2.5", "A2.6"},
        ),
        (follow_up(Step.REPLY, "withdrawal", Channel.EMAIL), set()),
        (follow_up(Step.CLOSE_OUT, "close_out", None, silent=True), {"A0.7", "A2.6"}),
        (
            follow_up(Step.CLOSE_OUT, "close_out", Channel.EMAIL),
            {"A0.7", "A2.6", "A1.22", "A3.6"},
        ),
    ],
)
def test_a_follow_up_has_the_advice_of_its_step_its_kind_and_its_channel(
    given: FollowUp, points: set[str]
) -> None:
    assert {piece.point for piece in advice_for(given)} == points


def test_a_check_in_after_a_promise_by_phone_has_the_advice_for_both() -> None:
    given = follow_up(Step.FIRST_CHECK_IN, "after_promise", Channel.PHONE)
    points = [piece.point for piece in advice_for(given)]
    assert {"A3.2", "A1.8", "A1.24", "A4.6"} < set(points)
    assert len(set(points)) == len(points)
