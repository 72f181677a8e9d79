"""A playbook's text made into rules: every key known, every value checked, every fault named.

The keys are those of ``balanced.toml``. ``source`` and ``because`` stand beside the figures they
speak of: a text for the whole table, or a table by key.
"""

import re
from collections.abc import Iterable, Mapping
from datetime import time
from enum import StrEnum
from pathlib import Path
from typing import Any

from icsgen.errors import LimitError, PlaybookError
from icsgen.kept_files import keep, read_kept
from icsgen.model import Channel, Industry, Pace, Size, Step
from icsgen.playbooks.table import CITING, Table, nearest, shown
from icsgen.playbooks.waits import read_wait
from icsgen.rules import OURS, Avoid, Cite, Playbook, StepRule, ThankYouRule, Wait, WaitCase

LARGEST_BYTES = 32_768
"""A shipped playbook has about 2,500; more than this is no playbook."""
MOST_DOTS = 500
"""A key of thousands of dotted parts would keep the parser busy for seconds."""
LONGEST_HOURS = 168
"""A thank-you that comes after a week is none."""

_UNCITED = "that is what your own playbook says"
_NAME = r"[a-z0-9][a-z0-9-]{0,39}"
_CLOCK = r"([01]?[0-9]|2[0-3]):([0-5][0-9])"

_WAITING = (Step.FIRST_CHECK_IN, Step.SECOND_CHECK_IN, Step.CLOSE_OUT)
_CASES: Mapping[str, type[StrEnum]] = {"industry": Industry, "pace": Pace, "size": Size}
_TOP = (
    "name",
    "title",
    "avoid",
    "avoid_source",
    "avoid_because",
    "slots",
    "thank_you",
    *(step.value for step in _WAITING),
)


def is_name(text: str) -> bool:
    """Tell whether a playbook may be called that: small letters, digits and hyphens."""
    return re.fullmatch(_NAME, text) is not None


def read_playbook(data: bytes, where: str, kept: Path | None = None) -> Playbook:
    """Give the playbook that a TOML file holds; ``where`` names the file in messages.

    ``kept`` is a file of the cache in which what its text says as TOML is kept between runs.

    Raises PlaybookError, its ``where`` naming file, line and key, and LimitError for a file that
    is too large or nested too deeply.
    """
    if len(data) > LARGEST_BYTES:
        raise LimitError(
            f"the file is larger than {LARGEST_BYTES} bytes",
            where=where,
            remedy="a playbook has about 2,500; check that this is one",
        )
    text = _decoded(data, where)
    return _playbook(Table(_tables(text, where, kept), where, text.split("\n")))


def _tables(text: str, where: str, kept: Path | None) -> dict[str, Any]:
    """Give what the text says, from the file that keeps it where that is of this very text."""
    match read_kept(kept) if kept else None:
        case {"text": known, "tables": dict(tables)} if known == text:
            return tables
    tables = _parsed(text, where)
    if kept:
        keep(kept, {"text": text, "tables": tables})
    return tables


def _parsed(text: str, where: str) -> dict[str, Any]:
    if text.count(".") > MOST_DOTS:
        raise LimitError(
            f"there are more than {MOST_DOTS} dots in it",
            where=where,
            remedy="a playbook has about 50; check that this is one",
        )
    import tomllib  # takes longer to load than a playbook to read

    form = "see a shipped playbook for the form"
    try:
        return tomllib.loads(text)
    except RecursionError:
        raise LimitError(
            "brackets are nested too deeply", where=where, remedy="a playbook needs three levels"
        ) from None
    except tomllib.TOMLDecodeError as error:
        raise PlaybookError(f"this is not TOML: {error}", where=where, remedy=form) from error
    except ValueError as error:
        raise PlaybookError("a number in it is too long", where=where, remedy=form) from error


def _decoded(data: bytes, where: str) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise PlaybookError(
            "the text is not UTF-8", where=f"{where}, line {line}", remedy="save it as UTF-8"
        ) from error


def _playbook(top: Table) -> Playbook:
    top.only(_TOP)
    name = top.line("name")
    if not is_name(name):
        top.wrong(
            "name",
            f"{shown(name)} is no name for a playbook",
            "use small letters, digits and hyphens, forty at most",
        )
    slots = top.table("slots", {})
    slots.only(("morning", "afternoon", *CITING))
    morning, afternoon = _slot(slots, "morning", "09:30"), _slot(slots, "afternoon", "16:30")
    if morning >= afternoon:
        slots.wrong("morning", "it is not before the afternoon", "give an earlier time")
    _check_cites(slots, ("morning", "afternoon"))
    return Playbook(
        name=name,
        title=top.line("title"),
        thank_you=_thank_you(top.table("thank_you")),
        steps={step: _step(top.table(step.value), step) for step in _WAITING},
        avoid=_avoid(top),
        morning=morning,
        afternoon=afternoon,
        slots_cite=_cite(slots, "morning"),
    )


def _slot(slots: Table, key: str, default: str) -> time:
    value = slots.values.get(key, default)
    if isinstance(value, time):  # a time as TOML has it: 09:30:00
        value = value.isoformat().removesuffix(":00")
    found = re.fullmatch(_CLOCK, value) if isinstance(value, str) else None
    if found is None:
        slots.wrong(key, f"{shown(slots.values[key])} is no time", 'write it like "09:30"')
    return time(int(found[1]), int(found[2]))


def _avoid(top: Table) -> dict[Avoid, Cite]:
    kinds = top.get("avoid", list, 'a list, for instance ["week-start"]', [])
    known = [kind.value for kind in Avoid]
    for kind in kinds:
        if kind not in known:
            top.wrong("avoid", f"nobody knows {shown(kind)}", nearest(shown(kind), known))
    sources, reasons = top.table("avoid_source", {}), top.table("avoid_because", {})
    sources.only(kinds)
    reasons.only(kinds)
    return {
        Avoid(kind): _cited(sources.text_for("source", kind), reasons.text_for("because", kind))
        for kind in kinds
    }


def _cited(source: str, because: str) -> Cite:
    return Cite(source or OURS.source, because or ("" if source else _UNCITED))


def _cite(table: Table, key: str) -> Cite:
    """Give where the figure ``key`` comes from; nothing is said of one that is not there."""
    if key not in table.values:
        return OURS
    return _cited(table.beside("source", key), table.beside("because", key))


def _check_cites(table: Table, figures: Iterable[str]) -> None:
    """Refuse sources and reasons for figures that are not there."""
    here = [figure for figure in figures if figure in table.values]
    for kind in CITING:
        if isinstance(table.values.get(kind), dict):
            table.table(kind).only(here)


def _thank_you(rule: Table) -> ThankYouRule:
    figures = ("hours", "strong_hours", "per_person")
    rule.only((*figures, *CITING))
    _check_cites(rule, figures)
    hours = _hours(rule, "hours")
    strong = "strong_hours" in rule.values
    return ThankYouRule(
        hours=hours,
        hours_cite=_cite(rule, "hours"),
        strong_hours=_hours(rule, "strong_hours") if strong else hours,
        strong_cite=_cite(rule, "strong_hours" if strong else "hours"),
        per_person=rule.get("per_person", bool, "true or false", False),
        per_person_cite=_cite(rule, "per_person"),
    )


def _hours(rule: Table, key: str) -> int:
    words = f"a whole number of hours, from 1 to {LONGEST_HOURS}"
    hours: int = rule.get(key, int, words)
    if not 1 <= hours <= LONGEST_HOURS:
        rule.wrong(key, f"it is {shown(hours)}", f"give {words}")
    return hours


def _step(rule: Table, step: Step) -> StepRule:
    figures = ("wait", "when", "message", "channel")
    rule.only((*figures, *CITING))
    _check_cites(rule, figures)
    message: bool = rule.get("message", bool, "true or false", True)
    if not message and step is not Step.CLOSE_OUT:
        rule.wrong("message", "a check-in without a message is none", "leave it out")
    channel = rule.choice("channel", Channel)
    if channel and not message:
        rule.wrong("channel", "nothing is sent, so there is no way to send it", "leave it out")
    return StepRule(
        wait=_wait(rule),
        cite=_cite(rule, "wait"),
        when=_cases(rule),
        message=message,
        message_cite=_cite(rule, "message"),
        channel=channel,
        channel_cite=_cite(rule, "channel"),
    )


def _wait(rule: Table) -> Wait:
    text = rule.get("wait", str, 'a text like "7 days"')
    try:
        return read_wait(text)
    except ValueError as error:
        rule.wrong("wait", f"{shown(text)} cannot be read", str(error))


def _cases(rule: Table) -> tuple[WaitCase, ...]:
    cases: list[WaitCase] = []
    for number, values in enumerate(rule.get("when", list, "a list of cases", []), 1):
        if not isinstance(values, dict):
            rule.wrong("when", f"case {number} is no table", 'write { pace = "slow", wait = … }')
        case = _case(rule.within(f"when[{number}]", values))
        if any((case.field, case.value) == (other.field, other.value) for other in cases):
            rule.wrong("when", f"{case.field} {shown(case.value)} is there twice", "keep one")
        cases.append(case)
    return tuple(cases)


def _case(table: Table) -> WaitCase:
    table.only((*_CASES, "wait", *CITING))
    fields = [field for field in _CASES if field in table.values]
    if len(fields) != 1:
        table.wrong(
            fields[-1] if fields else "wait",
            f"the case names {len(fields)} of industry, pace and size",
            "name exactly one; where several cases fit, the longest wait counts",
        )
    value = table.choice(fields[0], _CASES[fields[0]])
    return WaitCase(fields[0], str(value), _wait(table), _cite(table, "wait"))
