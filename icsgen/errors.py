"""Every error a person can cause, as one family.

    AfterwordError
    |-- InputError            a file, a row or a field is not what it should be
    |   |-- FieldError        one field of one interview or journal entry
    |   |-- LimitError        larger or deeper than we read
    |   `-- PlaybookError     a playbook's file, key or value
    |-- OutOfRange            a date that no table of days covers
    |-- UnknownPlace          a country, subdivision or time zone nobody knows
    |-- UsageError            a command asked in a way that cannot be answered
    |-- NotFound              an id, a step, a playbook or a file that is not there
    |   |-- Ambiguous         a name that several things have
    |   |-- UnknownStep       a step that this plan does not have
    |   `-- UnknownPerson     a name that no contact has
    |-- EntryRefused          something that cannot have happened so, and is not written down
    |   |-- AlreadySettled    a step that was sent, skipped or cancelled before
    |   |-- InTheFuture       it is dated after the present moment
    |   |-- PlanIsOver        it comes after a final outcome
    |   |-- SnoozedIntoPast   a moment to wait for that has passed
    |   |-- PromisedTooEarly  a promise of a day before the interview
    |   |-- NewsTwice         an early check-in where there is one already
    |   |-- BeforeInterview   an entry dated before the interview that it follows
    |   |-- OutcomeMisplaced  a final outcome told twice, or before one that is written
    |   `-- NothingToUndo     no entry that could be taken back
    |-- StoreError            what is kept cannot be read or written
    |   |-- StoreDamaged      its file is not what we wrote
    |   |-- StoreTooNew       a newer Afterword wrote it
    |   |-- StoreBusy         another program holds it for too long
    |   |-- StoreFull         there is no room left on the disk
    |   `-- AlreadyKept       an id or a label that is taken
    |-- FeedError             a feed that breaks the contract and so is not sent
    |-- ServeError            the port is taken, or the feed cannot be served
    `-- PluginError           a third-party source or target that failed

Each says *what* went wrong, *where* (file, line, field) and *what to do*; the command line prints
the three after ``error:``, and a log may keep ``__cause__``.
"""


class AfterwordError(Exception):
    """A problem said in words: what it is, where it is, and what to do about it."""

    def __init__(self, what: str, *, where: str = "", remedy: str = "") -> None:
        """Keep the three parts; empty ones are left out of the sentence."""
        super().__init__(what)
        self.what = what
        self.where = where
        self.remedy = remedy

    def __str__(self) -> str:
        """Give the parts as one line: ``where: what; remedy``."""
        place = f"{self.where}: " if self.where else ""
        return f"{place}{self.what}" + (f"; {self.remedy}" if self.remedy else "")


class InputError(AfterwordError):
    """A file, a row or an event that cannot be read as an interview."""


class FieldError(InputError):
    """One field holds something it cannot hold; ``where`` ends with the field's name."""


class LimitError(InputError):
    """Input that is larger or deeper than the limit, which the message names."""


class PlaybookError(InputError):
    """A playbook that cannot be followed; ``where`` is its file and key."""


class OutOfRange(AfterwordError):
    """A date outside the years for which workdays are known."""


class UnknownPlace(FieldError):
    """A country, a subdivision or a time zone that is in no table."""


class NotFound(AfterwordError):
    """Something asked for by name that does not exist."""


class Ambiguous(NotFound):
    """A name or a shortened id that several things answer to; the remedy lists them."""


class UnknownStep(NotFound):
    """A step that is not in this interview's plan."""


class UnknownPerson(NotFound):
    """A name that is nobody's among the contacts."""


class EntryRefused(AfterwordError):
    """Something that cannot have happened so; nothing was written down."""


class AlreadySettled(EntryRefused):
    """A step that was sent, skipped or cancelled before; the words say when."""


class InTheFuture(EntryRefused):
    """An entry dated after the present moment."""


class PlanIsOver(EntryRefused):
    """An entry after a final outcome that changes nothing any more."""


class SnoozedIntoPast(EntryRefused):
    """A snooze until a moment that has passed."""


class PromisedTooEarly(EntryRefused):
    """A promise of a day before the interview's end."""


class NewsTwice(EntryRefused):
    """News where an early check-in tells some already; there is never a second."""


class BeforeInterview(EntryRefused):
    """An entry that can only follow an interview, dated before that began."""


class OutcomeMisplaced(EntryRefused):
    """A final outcome that is there already, or dated before one that is."""


class NothingToUndo(EntryRefused):
    """An undoing where no entry is left to take back."""


class UsageError(AfterwordError):
    """A command that does not say what is needed, or says what cannot be together."""


class StoreError(AfterwordError):
    """What is kept cannot be read or written; nothing of what was asked for was done."""


class StoreDamaged(StoreError):
    """The store's file is not what we wrote; it is left as it is until ``restore``."""


class StoreTooNew(StoreError):
    """A newer Afterword wrote the file, in a way that this one does not know."""


class StoreBusy(StoreError):
    """Another program held the store for longer than we wait."""


class StoreFull(StoreError):
    """There is no room left on the disk, or no more than the quota allows."""


class AlreadyKept(StoreError):
    """An interview under an id, or a feed under a label, that is there already."""


class FeedError(AfterwordError):
    """A feed that fails our own check; it is kept back rather than sent broken."""


class ServeError(AfterwordError):
    """The feed cannot be served, for instance because a stranger has the port."""


class PluginError(AfterwordError):
    """A third-party part that could not be loaded or that failed at its work."""
