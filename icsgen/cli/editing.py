"""`afterword edit`: what was told of an interview, corrected."""

from argparse import ArgumentParser, Namespace
from typing import Any

from icsgen.cli import writes
from icsgen.cli.context import Context
from icsgen.cli.fields import add_fields, built, machine_options, said
from icsgen.errors import UsageError
from icsgen.model import Interview
from icsgen.sources import to_record

DESCRIPTION = """\
Correct what was told of an interview; what is not named stays, and so do its id
and what happened. A list is replaced as a whole."""
EXAMPLES = """\
  afterword edit acme --start "2026-11-12 15:00"
  afterword edit acme --pace slow --no-subdivision
  afterword edit acme --contact "Dana Lee <dana@acme.example>; +1 212 555 0100\""""


def fill(parser: ArgumentParser) -> None:
    """Add what `edit` takes."""
    writes.add_id(parser)
    add_fields(parser, clearing=True)
    writes.add_yes(parser, "mark an earlier round with the same employer as answered by this one")


def run(args: Namespace, context: Context) -> int:
    """Keep the corrected interview."""
    fields = said(args)
    if not fields:
        raise UsageError("nothing to change was named", remedy="give fields, like --pace slow")
    options = machine_options(context)

    def change(interview: Interview) -> Interview:
        edited = built(fields, _base(interview, fields), context, options)
        if interview.subdivision and not edited.subdivision and "subdivision" not in fields:
            context.console.remark(
                f"note: {interview.subdivision} is left out, as the country is another"
            )
        return edited

    written = context.desk.edit(args.id, change, context.now)
    writes.show(written, context)
    writes.offer_next_round(written, context, yes=args.yes)
    return 0


def _base(interview: Interview, fields: dict[str, Any]) -> dict[str, Any]:
    """Give the fields as they are kept; an interview that moves, or shrinks, keeps its length."""
    record: dict[str, Any] = {**to_record(interview)}
    record.pop("journal", None)
    if "country" in fields and str(fields["country"]).strip().upper() != record.get("country"):
        record.pop("subdivision", None)  # it was one of the country that is corrected
    if {"start", "end", "minutes"} & fields.keys() and "end" not in fields:
        del record["end"]
        length = (interview.end - interview.start).total_seconds() // 60
        record["minutes"] = int(length)
    return record
