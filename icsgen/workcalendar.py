"""An employer's workdays, by country and subdivision, as frozen tables for the plan.

The only importer of ``holidays``, and only when a table is not kept from an earlier time: importing
it takes longer than all else. The library is not safe in threads while it fills a year, so every
year that may be needed is filled up front, one place at a time.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from functools import lru_cache
from importlib.machinery import PathFinder
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

from icsgen.errors import UnknownPlace
from icsgen.kept_days import Key, PlaceDays, keep_days, read_days
from icsgen.model import Interview, Problem, Severity
from icsgen.planning.workdays import Workdays, YearTable
from icsgen.spans import check_range, dates_of, years_around

if TYPE_CHECKING:
    from holidays import HolidayBase

__all__ = ["check_place", "library_version", "workdays_for"]

YEARS_AHEAD = 2
"""Plans of the shipped playbooks end within months; a year more for waits that people write."""

_COUNTABLE = (2, 9990)
"""The years in which dates can be counted at all, weekends only."""
_BRITAIN = frozenset({"GB", "GBR", "UK"})
_ENGLAND = "ENG"
_ONE_DAY = timedelta(days=1)
_SAMPLE_YEAR = 2026
"""One that every table has, to see whether a place is known at all."""
_FILLING = Lock()


def workdays_for(
    interview: Interview, *, cache: Path | None = None, years_ahead: int = YEARS_AHEAD
) -> tuple[Workdays, tuple[Problem, ...]]:
    """Give the days that the interview's employer works, and what should be said about them.

    ``cache`` is a folder in which tables of days are kept between runs. ``years_ahead`` is how many
    years after the interview's dates are known; a playbook of very long waits needs more.

    Raises UnknownPlace for a country or a subdivision that is in no table, and OutOfRange for a
    date in a year that is in none; both name the field.
    """
    whose = f"{interview.company}, {interview.role}"
    dates = tuple(dates_of(interview))
    if interview.country is None:
        check_range(dates, *_COUNTABLE, whose, "weekends only")
        workdays = _weekends_only(interview.weekend, interview.closed)
        return workdays, (_no_country(whose),)
    years = years_around(dates, interview.closed, years_ahead)
    country, subdivision = _asked(interview.country, interview.subdivision)
    try:
        days = _days(country, subdivision, years, cache)
    except UnknownPlace as error:
        where = f"{whose}: {error.where}"
        raise UnknownPlace(error.what, where=where, remedy=error.remedy) from None
    check_range(dates, days.first, days.last, whose, days.place)
    key = (country, subdivision, years, cache)
    workdays = _workdays(key, interview.weekend, interview.closed)
    return workdays, tuple(_problems(interview, days, years, whose))


def check_place(country: str, subdivision: str | None, where: str) -> None:
    """Raise UnknownPlace at ``where`` for a country or a subdivision that is in no table."""
    try:
        _days(*_asked(country, subdivision), frozenset({_SAMPLE_YEAR}), None)
    except UnknownPlace as error:
        raise UnknownPlace(error.what, where=where, remedy=error.remedy) from None


@lru_cache(maxsize=1)
def library_version() -> str:
    """Give the version of ``holidays`` without loading it, or an empty text where none shows.

    From the name of its dist-info folder: ``importlib.metadata`` would cost more than a plan.
    """
    spec = PathFinder.find_spec("holidays")
    if spec is None or spec.origin is None:
        return ""
    try:
        beside = [path.name for path in Path(spec.origin).parent.parent.iterdir()]
    except OSError:
        return ""
    start, end = "holidays-", ".dist-info"
    found = [name for name in beside if name.startswith(start) and name.endswith(end)]
    return found[0].removeprefix(start).removesuffix(end) if len(found) == 1 else ""


def _asked(country: str, subdivision: str | None) -> tuple[str, str]:
    """Give the place as it is looked up: capitals, and Great Britain read as England."""
    code = country.strip().upper()
    part = (subdivision or "").strip()
    return code, part or (_ENGLAND if code in _BRITAIN else "")


def _problems(
    interview: Interview, days: PlaceDays, years: frozenset[int], whose: str
) -> Iterator[Problem]:
    where = f"{whose}: subdivision"
    if interview.subdivision:
        if not days.divided:
            yield Problem(
                where,
                Severity.WARNING,
                f"{days.place}: no holidays are known by subdivision, so the country's are used",
            )
    elif days.differs & years:
        yield Problem(
            where,
            Severity.WARNING,
            f"{days.place}: holidays differ from place to place, and only those of the whole "
            "country are used; give the state or region in which the employer works",
        )
    elif (interview.country or "").strip().upper() in _BRITAIN:
        yield Problem(
            where,
            Severity.NOTE,
            f"{days.place}: read as England; give SCT, WLS or NIR if the employer is there",
        )


def _no_country(whose: str) -> Problem:
    return Problem(
        f"{whose}: country",
        Severity.WARNING,
        "no country is given, so every day but Saturday and Sunday counts as a workday; "
        "give one, for instance US, to mind its holidays",
    )


@lru_cache(maxsize=64)
def _weekends_only(
    weekend: frozenset[int] | None, closed: tuple[tuple[date, date], ...]
) -> Workdays:
    return Workdays(weekend=weekend, closed=closed)


_PlaceKey = tuple[str, str, frozenset[int], Path | None]


@lru_cache(maxsize=256)
def _workdays(
    key: _PlaceKey, weekend: frozenset[int] | None, closed: tuple[tuple[date, date], ...]
) -> Workdays:
    """Give one object for all interviews of a place, since it remembers what it was asked."""
    days = _days(*key)
    return Workdays(years=days.years, weekend=weekend, closed=closed, place=days.place)


@lru_cache(maxsize=256)
def _days(country: str, subdivision: str, years: frozenset[int], cache: Path | None) -> PlaceDays:
    version = library_version() if cache else ""
    if cache is None or not version:
        return _filled(country, subdivision, years)
    key = Key(version, country, subdivision)
    kept = read_days(cache, key)
    if kept is not None and kept.has(years):
        return kept
    days = _filled(country, subdivision, years)
    if kept is not None:
        days = kept.with_years(days)
    keep_days(cache, key, days)
    return days


def _filled(country: str, subdivision: str, years: frozenset[int]) -> PlaceDays:
    """Give the days of a place as the library has them."""
    from icsgen.place_names import find_subdivision  # only with the library

    with _FILLING:
        name, entity = _entity(country)
        parts = entity.subdivisions
        part = ""
        if subdivision and parts:
            aliases = entity.subdivisions_aliases
            part = find_subdivision(subdivision, entity.country, name, parts, aliases)
        known = sorted(year for year in years if entity.start_year <= year <= entity.end_year)
        return PlaceDays(
            place=f"{name} ({part})" if part else name,
            first=entity.start_year,
            last=entity.end_year,
            years={year: _year_table(_opened(entity, part, year), year) for year in known},
            divided=bool(parts),
            differs=frozenset(year for year in known if not part and _differs(entity, year)),
        )


@lru_cache(maxsize=64)
def _entity(country: str) -> tuple[str, type["HolidayBase"]]:
    """Give a country's name in words and the library's class for it."""
    from importlib.util import module_from_spec

    import holidays  # slow
    from holidays.registry import COUNTRIES

    from icsgen.place_names import find_country

    found = find_country(country, COUNTRIES)
    # The country's module by itself: its package loads all 250, which takes longer than the rest.
    folder = [str(Path(root) / "countries") for root in holidays.__path__]
    spec = PathFinder.find_spec(f"holidays.countries.{found.module}", folder)
    if spec is None or spec.loader is None:  # not from files, as in a bundle
        return found.name, type(holidays.country_holidays(country))
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    entity: type[HolidayBase] = getattr(module, found.entity)
    return found.name, entity


def _opened(entity: type["HolidayBase"], subdivision: str, year: int) -> "HolidayBase":
    """Give the library's table of a year, filled with those whose observed days may fall into it.

    In English where it can, and always in a language: without one the library asks the machine's,
    and two machines would differ.
    """
    english = sorted(code for code in entity.supported_languages if code.startswith("en"))
    preferred = "en_US" if "en_US" in english else next(iter(english), entity.default_language)
    return entity(
        subdiv=subdivision or None,
        years=(year - 1, year, year + 1),
        expand=False,
        language=preferred,
    )


def _year_table(days: "HolidayBase", year: int) -> YearTable:
    """Give one year as a frozen table that answers as the library does, day for day."""
    first = date(year, 1, 1)
    length = (date(year + 1, 1, 1) - first).days
    dates = [first + _ONE_DAY * number for number in range(length)]
    off = {day for day in dates if days.is_weekend(day)}
    weekend = {month: _weekend(dates, off, month) for month in range(1, 13)}
    names = {day: name for day, name in sorted(days.items()) if day.year == year}
    worked = set()
    for day in dates:
        natural = day.weekday() in weekend[day.month]
        if days.is_working_day(day):
            if natural:
                worked.add(day)
        elif not natural:
            names.setdefault(day, "weekend")  # in a month in which the weekend changed
    return YearTable(weekend=weekend, holidays=names, worked=frozenset(worked))


def _weekend(dates: list[date], off: set[date], month: int) -> frozenset[int]:
    """Give a month's weekend: that of its last seven days."""
    last_week = [day for day in dates if day.month == month][-7:]
    return frozenset(day.weekday() for day in last_week if day in off)


def _differs(entity: type["HolidayBase"], year: int) -> bool:
    """Tell whether some subdivision works other days than the country's table says."""
    whole = _pattern(_opened(entity, "", year), year)
    return any(_pattern(_opened(entity, part, year), year) != whole for part in entity.subdivisions)


def _pattern(days: "HolidayBase", year: int) -> tuple[frozenset[date], ...]:
    """Give what tells the workdays of two places apart: weekends, days off and days worked."""
    first = date(year, 1, 1)
    weekend = frozenset(day for n in range(7) if days.is_weekend(day := first + _ONE_DAY * n))
    off = frozenset(day for day in days if day.year == year and not days.is_weekend(day))
    return weekend, off, frozenset(day for day in days.weekend_workdays if day.year == year)
