"""Thirty old interviews imported at once."""

from datetime import date, timedelta

from icsgen.desk.importing import Kind
from icsgen.model import Status
from tests.scenarios.search import JobSearch, records

OLD = [
    {"company": f"Firm {n}", "start": f"{date(2026, 1, 13) + timedelta(days=7 * n)}T10:00"}
    for n in range(30)
]
"""A Tuesday a week, from January to early August."""


def test_they_flood_nobody(search: JobSearch) -> None:
    search.it_is("2026-11-18T09:00")
    done = search.desk.take(records(*OLD), search.now)
    assert done.count(Kind.NEW) == 30
    assert search.today() == []
    plans = search.desk.plans(search.desk.kept()).plans
    statuses = {f.status(search.now) for made in plans for f in made.follow_ups}
    assert statuses == {Status.MISSED}


def test_importing_them_again_changes_nothing(search: JobSearch) -> None:
    search.it_is("2026-11-18T09:00")
    search.desk.take(records(*OLD), search.now)
    before = search.desk.kept()
    done = search.desk.take(records(*OLD), search.now)
    assert done.count(Kind.UNCHANGED) == 30
    assert search.desk.kept() == before
