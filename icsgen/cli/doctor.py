"""`afterword doctor`: does everything work here; and of a calendar file, does it keep the rules."""

import os
import platform
import socket
import stat
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryFile

from icsgen.cli.context import Context
from icsgen.cli.serving import PORT
from icsgen.cli.words import counted
from icsgen.demo import demo_records
from icsgen.desk import octets_of
from icsgen.errors import AfterwordError, InputError, LimitError
from icsgen.feed.lint import Finding, lint
from icsgen.feed.views import Style, View
from icsgen.here import machine_zone
from icsgen.model import Severity
from icsgen.playbooks import listing
from icsgen.sources import Options, Reading, broken_sources, read
from icsgen.sources.limits import FILE_BYTES
from icsgen.text import clean_line
from icsgen.zones import tzdata_version, zone_keys

DESCRIPTION = """\
Check that everything works on this computer: time zones, holidays, playbooks,
the reading of calendars, folders and the port. With --feed: hold a calendar
file against the rules that calendar programs go by, line by line."""
EXAMPLES = """\
  afterword doctor
  afterword doctor --json
  afterword doctor --feed follow-ups.ics"""

NOT_WELL = 1
_INVITATION = (
    b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Afterword//doctor//EN\r\n"
    b"BEGIN:VEVENT\r\nUID:doctor@afterword\r\nDTSTAMP:20260101T000000Z\r\n"
    b"DTSTART:20261110T140000Z\r\nDTEND:20261110T150000Z\r\n"
    b"SUMMARY:Interview: Engineer at Example\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
)


@dataclass(frozen=True, slots=True)
class Check:
    """One thing looked at, and what was found."""

    name: str
    ok: bool
    detail: str
    required: bool = False
    """Without it the program cannot do its work."""

    def form(self) -> dict[str, object]:
        """Give it as `doctor --json` has it."""
        return {"check": self.name, "ok": self.ok, "detail": self.detail}


def fill(parser: ArgumentParser) -> None:
    """Add what `doctor` takes."""
    parser.add_argument(
        "--feed", metavar="FILE", help="check this calendar file; - is standard input"
    )


def run(args: Namespace, context: Context) -> int:
    """Print the checks; 1 if one that is required fails, or the file breaks a rule."""
    if args.feed is not None:
        return _feed(args.feed, context)
    checks = list(_checks(context))
    if context.console.as_json:
        context.console.document([check.form() for check in checks])
    else:
        _show(checks, context)
    return NOT_WELL if any(check.required and not check.ok for check in checks) else 0


def _show(checks: list[Check], context: Context) -> None:
    console = context.console
    for check in checks:
        word = "ok" if check.ok else "FAILED" if check.required else "look"
        style = () if check.ok else ("bold", "red") if check.required else ("yellow",)
        console.say(f"{console.styled(word.ljust(6), *style)}  {check.name}: {check.detail}")


def _checks(context: Context) -> Iterator[Check]:
    yield Check("python", sys.version_info >= (3, 11), platform.python_version(), required=True)
    yield _zones()
    yield _machine_zone()
    yield from _tried("planning", _planning(context))
    yield _invitation()
    yield from _tried("playbooks", _playbooks(context))
    yield from _sources()
    yield from _tried("data folder", _data_folder(context))
    yield from _tried("cache folder", _cache_folder(context))
    yield from _tried("what is kept", _kept(context))
    yield _port()


def _tried(name: str, checks: Iterator[Check]) -> Iterator[Check]:
    """Give the checks, and where one cannot even be tried, that as one that failed."""
    try:
        yield from checks
    except AfterwordError as error:
        yield Check(name, False, str(error), required=True)
    except OSError as error:
        why = f"{error.filename or name} cannot be reached ({error.strerror})"
        yield Check(name, False, why, required=True)


def _zones() -> Check:
    try:
        detail = f"tzdata {tzdata_version()}, {counted(len(zone_keys()), 'name')}"
    except OSError as error:
        return Check("time zones", False, f"they cannot be read ({error})", required=True)
    return Check("time zones", True, detail, required=True)


def _machine_zone() -> Check:
    name = machine_zone()
    detail = name or "this computer does not say by which name; give interviews a timezone"
    return Check("this computer’s time zone", name is not None, detail)


def _planning(context: Context) -> Iterator[Check]:
    """Plan the demo and make its feed: holidays, rules and calendar at work."""
    import json  # only here is it needed

    from icsgen.workcalendar import library_version  # the same

    name = f"holidays {library_version()}"
    reading = read(json.dumps(demo_records(context.now)).encode(), "demo", Options())
    planned = context.desk.plans(reading.interviews)
    said = (*reading.problems, *planned.problems)
    wrong = [problem.message for problem in said if problem.severity is not Severity.NOTE]
    countries = sorted({i.country for i in reading.interviews if i.country})
    years = f"{context.now.year - 1} to {context.now.year + 1}"
    known = f"days of {', '.join(countries)} are known for {years}"
    yield Check(name, not wrong, "; ".join(wrong) or known, required=True)
    try:
        octets, _ = context.desk.feed(planned.plans, context.now, view=View.FULL, style=Style.TIMED)
    except AfterwordError as error:
        yield Check("calendar", False, str(error), required=True)
    else:
        detail = f"a sample of {len(octets):,} octets keeps all rules"
        yield Check("calendar", True, detail, required=True)


def _invitation() -> Check:
    from icsgen.sources.ics_process import limits_in_words  # only here is it needed

    reading = read(_INVITATION, "a sample invitation", Options(machine_timezone="UTC"))
    if reading.found:
        return Check("reading calendars", True, limits_in_words(), required=True)
    return Check("reading calendars", False, _said(reading), required=True)


def _said(reading: Reading) -> str:
    said = [problem.message for problem in reading.problems]
    return "; ".join(said + [skipped.why for skipped in reading.skipped]) or "nothing was read"


def _playbooks(context: Context) -> Iterator[Check]:
    shelf = listing(context.folders.playbooks)
    sound = [listed.name for listed in shelf if not listed.problem]
    broken = [listed for listed in shelf if listed.problem]
    ours = all(listed.own for listed in broken)
    yield Check("playbooks", ours, ", ".join(sound), required=True)
    for listed in broken:
        yield Check(f"playbook {listed.name}", False, str(listed.problem), required=not listed.own)


def _sources() -> Iterator[Check]:
    broken = broken_sources()
    if not broken:
        yield Check("other sources", True, "none is broken")
    for error in broken:
        yield Check(error.where, False, f"{error.what}; {error.remedy}")


def _data_folder(context: Context) -> Iterator[Check]:
    yield _private("data folder", context.folders.data)


def _cache_folder(context: Context) -> Iterator[Check]:
    yield _writable("cache folder", context.folders.cache)


def _kept(context: Context) -> Iterator[Check]:
    """Open the store, read all of it, and plan it."""
    name, keeper = "what is kept", context.desk.keeper
    if keeper.is_empty:
        yield Check(name, True, f"nothing yet ({keeper.path})")
        return
    try:
        planned = context.desk.plans(context.desk.kept())
    except AfterwordError as error:
        yield Check(name, False, str(error), required=True)
        return
    sound = keeper.is_sound()
    told = f"{counted(len(planned.plans), 'interview')} in {keeper.path}"
    broken = "the file is damaged; afterword restore brings the last backup back"
    yield Check(name, sound, told if sound else broken, required=True)
    if planned.refused:
        wrong = [p.where for p in planned.problems if p.severity is Severity.REFUSED]
        yield Check("plans", False, f"none can be made for {'; '.join(wrong)}")
    found = keeper.backups()
    last = f"the last is of {found[-1].made_at:%Y-%m-%d %H:%M} UTC" if found else "none yet"
    yield Check("backups", bool(found), last)


def _to_come(name: str, folder: Path) -> Check:
    """Check whether a folder that is not there yet can be made."""
    nearest = next(path for path in (folder, *folder.parents) if path.exists())
    if nearest.is_dir() and os.access(nearest, os.W_OK | os.X_OK):
        return Check(name, True, f"{folder} (not made yet)")
    return Check(name, False, f"{folder} cannot be made in {nearest}", required=True)


def _private(name: str, folder: Path) -> Check:
    if not folder.is_dir():
        return _to_come(name, folder)
    mode = stat.S_IMODE(folder.stat().st_mode)
    if os.name == "posix" and mode & 0o077:
        return Check(name, False, f"others on this computer may look into it: chmod 700 {folder}")
    return Check(name, True, str(folder))


def _writable(name: str, folder: Path) -> Check:
    if not folder.is_dir():
        return _to_come(name, folder)
    try:
        with TemporaryFile(dir=folder):
            pass
    except OSError as error:
        return Check(name, False, f"{folder} cannot be written ({error.strerror})")
    return Check(name, True, str(folder))


def _port() -> Check:
    name = f"port {PORT}"
    with socket.socket() as tried:
        if os.name == "posix":  # as the server does: old connections are no neighbours
            tried.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            tried.bind(("127.0.0.1", PORT))
        except OSError as error:
            return Check(name, False, f"it cannot be had now ({error.strerror})")
    return Check(name, True, "free for serve")


def _feed(name: str, context: Context) -> int:
    """Print every breach of the rules in a calendar file, with its line."""
    octets, where = _calendar(name)
    findings = lint(octets)
    console = context.console
    broken = any(finding.severity is Severity.REFUSED for finding in findings)
    if console.as_json:
        console.document([_finding(finding) for finding in findings] or [_sound(octets)])
    elif findings:
        for finding in findings:
            told = f"{finding.severity.value}: {finding.message}"
            console.say(clean_line(f"{where}, line {finding.line}: {told}"))
    else:
        console.say(clean_line(f"{where}: {_sound(octets)['detail']}"))
    if broken:
        console.remark(f"error: {where}: {counted(len(findings), 'finding')} in this calendar")
    return NOT_WELL if broken else 0


def _calendar(name: str) -> tuple[bytes, str]:
    """Give a calendar file's octets, and its name; raises LimitError, InputError or NotFound."""
    octets, where = octets_of(name)
    if len(octets) > FILE_BYTES:
        limit = FILE_BYTES // (1024 * 1024)
        what = f"the file is larger than the limit of {limit} MB"
        raise LimitError(what, where=where, remedy="check a part of it")
    if b"BEGIN:VCALENDAR" not in octets.upper():
        remedy = "name one that begins with BEGIN:VCALENDAR"
        raise InputError("this is no calendar file", where=where, remedy=remedy)
    return octets, where


def _sound(octets: bytes) -> dict[str, object]:
    events = octets.count(b"\nBEGIN:VEVENT")
    return Check("feed", True, f"{counted(events, 'event')}, all rules kept").form()


def _finding(finding: Finding) -> dict[str, object]:
    ok = finding.severity is not Severity.REFUSED
    told = Check(finding.code, ok, f"line {finding.line}: {finding.message}").form()
    return {**told, "line": finding.line, "severity": finding.severity.value}
