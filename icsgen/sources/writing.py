"""Interviews written down again, as JSON records and as a spreadsheet."""

import json
from collections.abc import Iterable
from datetime import date, datetime
from enum import StrEnum

from icsgen.journal import Entry, Promised
from icsgen.model import Contact, Interview
from icsgen.sources.fields import FIELDS
from icsgen.sources.values import WEEKDAYS

_WEEKDAY_LETTERS = 3
_LISTS = ("topics", "concerns", "closed", "weekend")


def to_record(interview: Interview) -> dict[str, object]:
    """Give the interview as the JSON contract has it, without the fields that say nothing.

    Reading it gives an equal interview. Times are local to ``timezone`` and carry an offset only
    where the local time comes twice: a zone that changes its rules must not move an interview.
    """
    record: dict[str, object] = {
        "id": interview.id,
        "company": interview.company,
        "role": interview.role,
        "start": _local(interview.start),
        "end": _local(interview.end),
        "timezone": interview.zone.key,
        "country": interview.country,
        "subdivision": interview.subdivision,
        "contacts": [_contact(contact) for contact in interview.contacts],
        "promised": interview.promised and interview.promised.isoformat(),
        "closed": [_range(*days) for days in interview.closed],
        "weekend": [
            WEEKDAYS[number][:_WEEKDAY_LETTERS] for number in sorted(interview.weekend or ())
        ],
        "topics": list(interview.topics),
        "concerns": list(interview.concerns),
        "journal": [_entry(entry) for entry in interview.journal],
    }
    for name in FIELDS:
        if name not in record and name != "minutes":
            value = getattr(interview, name)
            record[name] = value.value if isinstance(value, StrEnum) else value
    return {name: record[name] for name in FIELDS if record.get(name) not in (None, [])}


def to_csv(interviews: Iterable[Interview]) -> str:
    """Give the interviews as a spreadsheet that reads back as the same ones.

    A cell that a spreadsheet would run as a formula (it begins with ``=``, ``+``, ``-``, ``@`` or a
    tab) gets an apostrophe before it, which reading takes off again.
    """
    # Only for a spreadsheet: start-up stays short.
    import csv
    from io import StringIO

    from icsgen.sources.cells import CONTACT_COLUMNS, defused

    columns = [name for name in FIELDS if name != "minutes"]
    columns[columns.index("contacts") : columns.index("contacts")] = CONTACT_COLUMNS
    out = StringIO()
    writer = csv.DictWriter(out, columns, lineterminator="\r\n", restval="")
    writer.writeheader()
    for interview in interviews:
        row = _row(to_record(interview), interview.contacts)
        writer.writerow({name: defused(cell) for name, cell in row.items()})
    return out.getvalue()


def _row(record: dict[str, object], people: tuple[Contact, ...]) -> dict[str, str]:
    row = {name: _cell(name, value) for name, value in record.items()}
    if people:
        main = _contact(people[0])
        row |= {f"contact_{key}": value for key, value in main.items() if key != "role"}
    if len(people) == 1 and people[0].role is None:
        del row["contacts"]
    return row


def _cell(name: str, value: object) -> str:
    if (
        isinstance(value, list)
        and name in _LISTS
        and not any(set(";\n[{") & set(item) for item in value)
    ):
        return "; ".join(value)
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _contact(contact: Contact) -> dict[str, str]:
    values = contact._asdict()
    return {name: value for name, value in values.items() if value is not None}


def _range(first: date, last: date) -> str:
    return first.isoformat() if first == last else f"{first.isoformat()}/{last.isoformat()}"


def _entry(entry: Entry) -> dict[str, object]:
    record: dict[str, object] = {"at": entry.at.isoformat(), "type": type(entry).__name__.lower()}
    if isinstance(entry, Promised):
        return record | {"date": entry.on.isoformat()}
    for name, value in entry._asdict().items():
        if name != "at" and value not in (None, ()):
            record[name] = _plain(value)
    return record


def _plain(value: object) -> object:
    match value:
        case StrEnum():
            return value.value
        case datetime():
            return _local(value)
        case date():
            return value.isoformat()
        case tuple():
            return list(value)
        case _:
            return value


def _local(moment_at: datetime) -> str:
    """Give local time without an offset, unless clocks going back make it come twice."""
    twin = moment_at.replace(fold=1 - moment_at.fold)
    whole = (
        moment_at if twin.utcoffset() != moment_at.utcoffset() else moment_at.replace(tzinfo=None)
    )
    return whole.isoformat(timespec="seconds")
