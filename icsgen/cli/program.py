"""From words to a command, and from whatever goes wrong to an exit code."""

import gc
import sys
from argparse import Namespace
from collections.abc import Iterable, Sequence
from contextlib import suppress
from importlib import import_module
from types import ModuleType

from icsgen import __version__
from icsgen.cli.clock import mend_local_time
from icsgen.cli.commands import COMMANDS
from icsgen.cli.console import complain, let_go_of
from icsgen.cli.endings import DONE, INTERRUPTED, NOT_DONE, USAGE
from icsgen.cli.parsing import WITH_VALUE, Parser, add_globals
from icsgen.errors import AfterwordError, UsageError
from icsgen.text import clean_line

_DESCRIPTION = """\
After an interview, the right word at the right time: Afterword works out when
to thank, when to ask, and when to let go, and says why."""
_EXAMPLES = """\
examples:
  afterword                     what is due today
  afterword add                 tell of an interview
  afterword plan acme           when to write to whom
  afterword COMMAND --help

It never sends a message: you do."""
_ALONE = "today"
"""What `afterword` does when nothing is asked of it."""


def run(words: Sequence[str]) -> int:
    """Run one command line and give its exit code."""
    _be_readable()
    mend_local_time()
    try:
        return _run(words)
    except BrokenPipeError:
        let_go_of(sys.stdout)
        return DONE  # whoever read had enough
    except KeyboardInterrupt:
        return INTERRUPTED


def _run(words: Sequence[str]) -> int:
    try:
        args = _parsed(words)
        from icsgen.cli.context import context_of  # not for --help, nor for a mistyped word

        context = context_of(args)
        command = _module(args.command or _ALONE)
        _be_settled()
        code: int = command.run(args, context)
        context.console.deliver()
    except SystemExit as ended:  # argparse, after --help
        return ended.code if isinstance(ended.code, int) else NOT_DONE
    except UsageError as error:
        return _failed(error, USAGE)
    except AfterwordError as error:
        return _failed(error, NOT_DONE)
    except BrokenPipeError:
        raise
    except (OSError, RecursionError, MemoryError) as error:
        let_go_of(sys.stdout)
        return _failed(_system_error(error), NOT_DONE)
    return code


def _parsed(words: Sequence[str]) -> Namespace:
    args, unknown = _parser(words).parse_known_args(words)
    if unknown:
        asked = f"afterword {args.command}" if args.command else "afterword"
        what = f"unrecognized arguments: {clean_line(' '.join(unknown))}"
        raise UsageError(what, remedy=f"see {asked} --help")
    return args


def _parser(words: Sequence[str]) -> Parser:
    """Give the parser, with the one command that is asked for, else with all of them."""
    parser = Parser(prog="afterword", description=_DESCRIPTION, epilog=_EXAMPLES)
    parser.add_argument("--version", action="version", version=f"afterword {__version__}")
    add_globals(parser)
    # With `prog` said, argparse does not work it out by laying out a usage line, which is slow.
    commands = parser.add_subparsers(
        dest="command", metavar="COMMAND", title="commands", prog="afterword"
    )
    asked = _first_word(words)
    for name in _to_parse(asked, words):
        part = commands.add_parser(name, help=COMMANDS[name][1])
        if name == asked:
            _fill(part, _module(name))
    return parser


def _to_parse(asked: str, words: Sequence[str]) -> Iterable[str]:
    """Give the commands that the parser has to know: making all of them takes its time."""
    if asked in COMMANDS:
        return (asked,)
    return COMMANDS if asked or {"-h", "--help"} & set(words) else ()


def _first_word(words: Sequence[str]) -> str:
    """Give the first word that is neither an option nor the value of a global one."""
    before = ""
    for word in words:
        if not word.startswith("-") and before not in WITH_VALUE:
            return word
        before = word
    return ""


def _fill(parser: Parser, module: ModuleType) -> None:
    parser.description, parser.epilog = module.DESCRIPTION, f"examples:\n{module.EXAMPLES}"
    module.fill(parser)
    add_globals(parser)


def _module(name: str) -> ModuleType:
    return import_module(f"icsgen.cli.{COMMANDS[name][0] if name in COMMANDS else name}")


def _failed(error: AfterwordError, code: int) -> int:
    """Say what went wrong, and give the code. Nothing has been written to stdout."""
    complain(f"error: {error}")
    return code


def _system_error(error: OSError | RecursionError | MemoryError) -> AfterwordError:
    if isinstance(error, RecursionError):
        return AfterwordError("this is nested too deeply to be read")
    if isinstance(error, MemoryError):
        return AfterwordError("there is not enough memory for this")
    what = f"the system refused it ({error.strerror or type(error).__name__})"
    return AfterwordError(what, where=str(error.filename or ""), remedy="mend that and try again")


def _be_settled() -> None:
    """Let the garbage collector look at what comes from now on only: what is loaded stays.

    Else it would look through all modules several times, and again at the end.
    """
    gc.freeze()
    gc.enable()


def _be_readable() -> None:
    """Let no character stop an answer: what a terminal cannot show becomes a question mark."""
    for stream in (sys.stdout, sys.stderr):
        if stream is not None and hasattr(stream, "reconfigure"):
            with suppress(OSError):  # it is full, as the answer will find too
                stream.reconfigure(errors="replace")
