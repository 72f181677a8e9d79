"""What the tests of sources share: settled options, one plain interview."""

import json
from collections.abc import Mapping

from icsgen.model import Interview, Severity
from icsgen.sources import Options, Reading, read

SETTLED = Options(timezone="America/New_York", country="US")
PLAIN: Mapping[str, object] = {"company": "Acme", "role": "Designer", "start": "2026-11-10T14:00"}


def read_json(value: object, options: Options = SETTLED) -> Reading:
    return read(json.dumps(value).encode(), "jobs.json", options)


def read_one(changes: Mapping[str, object], options: Options = SETTLED) -> Interview:
    reading = read_json({**PLAIN, **changes}, options)
    assert not refusals(reading)
    return reading.interviews[0]


def read_csv(text: str, options: Options = SETTLED) -> Reading:
    return read(text.encode(), "jobs.csv", options)


def messages(reading: Reading, severity: Severity) -> list[tuple[str, str]]:
    return [(one.where, one.message) for one in reading.problems if one.severity is severity]


def warnings(reading: Reading) -> list[tuple[str, str]]:
    return messages(reading, Severity.WARNING)


def refusals(reading: Reading) -> list[tuple[str, str]]:
    return messages(reading, Severity.REFUSED)


def refused_at(changes: Mapping[str, object], options: Options = SETTLED) -> list[str]:
    """Give the paths of the fields for which an interview with these changes is refused."""
    reading = read_json({**PLAIN, **changes}, options)
    assert reading.interviews == ()
    return [where.partition(", ")[2] for where, _ in refusals(reading)]
