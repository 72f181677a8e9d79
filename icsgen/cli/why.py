"""`afterword why`: the reasons for one date, as a person would say them."""

from argparse import ArgumentParser, Namespace
from collections.abc import Iterator, Sequence
from itertools import pairwise

from icsgen.cli import asking, forms, words
from icsgen.cli.context import Context
from icsgen.cli.parsing import add_files, playbook, step
from icsgen.cli.table import wrapped
from icsgen.errors import NotFound
from icsgen.model import FollowUp, Interview, Plan, Reason, State, Status, Step
from icsgen.planning.moments import day_words

DESCRIPTION = """\
Why a follow-up is due when it is: what it is counted from, how long it waits,
what moved it, and which article each rule comes from."""
EXAMPLES = """\
  afterword why acme first_check_in --from interviews.json
  afterword why acme thank-you --from interviews.json
  afterword why acme close_out --from interviews.json --json"""

MOST_SENTENCES = 6
"""More is an essay; what is beyond is put into one sentence with what precedes it."""


def fill(parser: ArgumentParser) -> None:
    """Add what `why` takes."""
    parser.add_argument("id", metavar="ID", help="the interview: its id, or its company's name")
    parser.add_argument(
        "step",
        metavar="STEP",
        type=step,
        help="thank_you, first_check_in, second_check_in, close_out, reply or early_check_in",
    )
    add_files(parser, option=True)
    parser.add_argument(
        "--playbook",
        metavar="NAME|FILE",
        type=playbook,
        help="follow this playbook, whatever the interview says",
    )


def run(args: Namespace, context: Context) -> int:
    """Print why one follow-up is due when it is."""
    reading = asking.interviews(args, context)
    (interview,) = asking.chosen(reading, args.id, context.console)
    made = context.desk.plan(interview, args.playbook, asking.place(reading, interview))
    context.console.tell(made.problems)
    follow_up = _step_of(made, args.step)
    if context.console.as_json:
        context.console.document(forms.follow_up_form(interview, follow_up, context.now))
    else:
        said = " ".join(sentences(interview, follow_up, context))
        context.console.say("\n".join(wrapped(said, context.console.width)))
    return 0


def _step_of(made: Plan, wanted: Step) -> FollowUp:
    for follow_up in made.follow_ups:
        if follow_up.step is wanted:
            return follow_up
    known = ", ".join(follow_up.step.value for follow_up in made.follow_ups)
    raise NotFound(
        f"there is no {words.STEPS[wanted]} in this plan",
        where=f"{made.interview.company}, {made.interview.role}",
        remedy=f"it has {known}",
    )


def sentences(interview: Interview, follow_up: FollowUp, context: Context) -> list[str]:
    """Give at most six sentences: the date, then why it is that date, each rule with its source."""
    reasons = [_sentence(reason.text, cited) for reason, cited in _cited(follow_up.reasons)]
    return _shortened([_date(interview, follow_up, context), *reasons])


_GOES_TO = (Step.THANK_YOU, Step.REPLY)


def _date(interview: Interview, follow_up: FollowUp, context: Context) -> str:
    joint = "to" if follow_up.step in _GOES_TO else "with"
    who = f"{words.STEPS[follow_up.step]} {joint} {interview.company}"
    when = f"{_when(follow_up, context)} in {words.place(interview)}{_here(follow_up, context)}"
    if follow_up.state is not State.OPEN:
        settled = f"{follow_up.state.value}{_settled(follow_up, context)}"
        return f"The {who} was {settled}; it was due on {when}."
    match follow_up.status(context.now):
        case Status.OVERDUE:
            return f"The {who} was due on {when}."
        case Status.MISSED:
            return f"The {who} was due on {when}, and it is too late for it now."
    if follow_up.forecast:
        return f"As things stand, the {who} is due on {when}."
    return f"The {who} is due on {when}."


def _when(follow_up: FollowUp, context: Context) -> str:
    due = follow_up.due
    return f"{day_words(due.date(), year=context.now.year)} at {words.clock(due)}"


def _here(follow_up: FollowUp, context: Context) -> str:
    local = words.here(follow_up.due)
    if local is None:
        return ""
    same_day = local.date() == follow_up.due.date()
    on = "" if same_day else f"{day_words(local.date(), year=context.now.year)} at "
    return f" ({on}{words.clock(local)} here)"


def _settled(follow_up: FollowUp, context: Context) -> str:
    if follow_up.settled_at is None:
        return ""
    return f" on {day_words(follow_up.settled_at.date(), year=context.now.year)}"


_SPEAKS_FOR_ITSELF = frozenset({"because", "workday", "snooze", "kept", "slot"})
"""Rules of ours whose sentence already says all there is to say about where they come from."""


def _cited(reasons: Sequence[Reason]) -> Iterator[tuple[Reason, str]]:
    """Give each reason with the source to name after it, once for a run that shares it."""
    for reason, following in pairwise([*reasons, None]):
        if reason is None:
            return
        own = reason.source == words.OURS
        explained = following is not None and following.rule == "because"
        repeated = following is not None and following.source == reason.source
        silent = own and (reason.rule in _SPEAKS_FOR_ITSELF or explained)
        yield reason, "" if silent or repeated else reason.source


def _sentence(text: str, cited: str = "") -> str:
    said = words.spelled_out(text.rstrip("."))
    source = f" ({words.source(cited)})" if cited else ""
    return f"{said[:1].upper()}{said[1:]}{source}."


_COMMON = frozenset(
    ("A", "An", "After", "Count", "It", "No", "One", "So", "That", "The", "They", "This", "You")
)
"""First words that lose their capital inside a sentence; a weekday or a name keeps it."""


def _shortened(told: Sequence[str]) -> list[str]:
    """Put what is beyond six sentences into one with the sentence before it, from the end on."""
    several = list(told)
    at = len(several) - 1
    while len(several) > MOST_SENTENCES:
        after = several.pop(at)
        if after.partition(" ")[0] in _COMMON:
            after = after[0].lower() + after[1:]
        several[at - 1] = f"{several[at - 1].removesuffix('.')}; {after}"
        at = at - 2 if at > 3 else len(several) - 1
    return several
