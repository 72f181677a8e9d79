"""The sources: ours, each loaded when its turn comes, and others' by entry point."""

from collections.abc import Iterator
from functools import cache
from pathlib import PurePath

from icsgen.errors import InputError, PluginError
from icsgen.model import Problem, Severity
from icsgen.sources.json_file import JsonFile
from icsgen.sources.reading import Cancellation, Item, Options, Record, Skipped, Source

ENTRY_POINTS = "icsgen.sources"
"""The group under which a third party names an object that has the parts of ``Source``, or a class
of such."""


def sources() -> tuple[Source, ...]:
    """Give every source that works, in the order in which they are asked: ours, then others'."""
    return (*_ours(), *_third_party()[0])


def broken_sources() -> tuple[PluginError, ...]:
    """Give the third-party sources that could not be loaded, each with its name and why."""
    return _third_party()[1]


def items(data: bytes, where: str, options: Options) -> Iterator[Item]:
    """Give what the source that knows this content finds in it; else raises InputError."""
    name, wanted = PurePath(where).name, options.source
    for source in _ours():
        if source.name == wanted if wanted else source.claims(data, name):
            return source.records(data, where, options)
    for source in _third_party()[0]:
        if source.name == wanted if wanted else _claims(source, data, name):
            return _guarded(source, data, where, options)
    if wanted:
        known = ", ".join(source.name for source in sources())
        raise InputError(f"there is no source “{wanted}”", remedy=f"use one of {known}")
    return _spreadsheet().records(data, where, options)  # the last resort


def _ours() -> Iterator[Source]:
    """Give our sources in the order in which they are asked; who is not asked is not loaded."""
    yield JsonFile()
    from icsgen.sources.ics_file import IcsFile  # only for what is no JSON: start-up stays short

    yield IcsFile()
    yield _spreadsheet()


def _spreadsheet() -> Source:
    from icsgen.sources.csv_file import CsvFile  # same

    return CsvFile()


def _claims(source: Source, data: bytes, file_name: str) -> bool:
    try:
        return source.claims(data, file_name)
    except Exception:  # noqa: BLE001 (a stranger's code: what it cannot judge it does not claim)
        return False


def _guarded(source: Source, data: bytes, where: str, options: Options) -> Iterator[Item]:
    """Pass on what a third party's source gives, and name its failure."""
    try:
        for item in source.records(data, where, options):
            if not isinstance(item, Record | Problem | Skipped | Cancellation):
                raise TypeError(f"it gave {type(item).__name__}")  # noqa: TRY301 (the same road for both faults)
            yield item
    except Exception as error:  # noqa: BLE001 (a stranger's code: its failure is named, ours goes on)
        what = f"the source “{source.name}” failed at this: {type(error).__name__}: {error}"
        yield Problem(where, Severity.REFUSED, what)


@cache
def _third_party() -> tuple[tuple[Source, ...], tuple[PluginError, ...]]:
    from importlib.metadata import entry_points

    working: list[Source] = []
    broken: list[PluginError] = []
    for point in sorted(entry_points(group=ENTRY_POINTS), key=lambda point: point.name):
        try:
            loaded = point.load()
            working.append(_checked(loaded() if isinstance(loaded, type) else loaded))
        except Exception as error:  # noqa: BLE001 (a stranger's code: listed by name, never fatal)
            why = f"it could not be loaded ({type(error).__name__}: {error})"
            broken.append(
                PluginError(
                    why, where=f"source {point.name}", remedy=f"update or remove {point.value}"
                )
            )
    return tuple(working), tuple(broken)


def _checked(source: Source) -> Source:
    lacking = [part for part in ("name", "claims", "records") if not hasattr(source, part)]
    if lacking:
        raise TypeError(f"it lacks {', '.join(lacking)}")
    return source
