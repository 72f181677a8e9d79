"""`afterword playbooks`: the rules to plan by, one of them in full, or the articles' advice."""

from argparse import ArgumentParser, Namespace

from icsgen.cli.context import Context
from icsgen.cli.table import Cell, wrapped
from icsgen.cli.tabulating import show_table
from icsgen.errors import UsageError
from icsgen.playbooks import DEFAULT, Listed, listing, load_named
from icsgen.text import clean_text

DESCRIPTION = """\
The playbooks there are: small files of waits, days to avoid, and where each
figure comes from. Copy one into your own folder, give it a name, and change
what you like. With a name: that playbook's whole text."""
EXAMPLES = """\
  afterword playbooks
  afterword playbooks balanced
  afterword playbooks --advice"""


def fill(parser: ArgumentParser) -> None:
    """Add what `playbooks` takes."""
    parser.add_argument("name", metavar="NAME", nargs="?", help="show this one")
    parser.add_argument(
        "--advice", action="store_true", help="what the articles advise besides dates"
    )


def run(args: Namespace, context: Context) -> int:
    """Print the playbooks, or one, or the advice."""
    if args.advice and args.name:
        raise UsageError("--advice is the same for all playbooks", remedy="leave the name out")
    if args.advice:
        _advice(context)
    elif args.name:
        _one(args.name, context)
    else:
        _all(context)
    return 0


def _all(context: Context) -> None:
    shelf = listing(context.folders.playbooks)
    console = context.console
    if console.as_json:
        console.document([_form(listed) for listed in shelf])
        return
    for listed in shelf:
        if listed.problem:
            console.remark(f"warning: {listed.problem}")
    head = [Cell(title, ("dim",)) for title in ("Name", "", "What it is")]
    rows = [[Cell(listed.name), Cell(_mark(listed)), Cell(_about(listed))] for listed in shelf]
    show_table([head, *rows], console, elastic=(2,))
    console.say()
    folder = f"Your own go into {context.folders.playbooks}"
    for line in wrapped(f"{folder} as NAME.toml.", console.width):
        console.say(line)


def _mark(listed: Listed) -> str:
    whose = "yours" if listed.own else ""
    return whose or ("default" if listed.name == DEFAULT else "")


def _about(listed: Listed) -> str:
    return "cannot be used, see above" if listed.problem else listed.title


def _form(listed: Listed) -> dict[str, object]:
    return {
        "name": listed.name,
        "title": listed.title or None,
        "default": listed.name == DEFAULT,
        "own": listed.own,
        "file": str(listed.path),
        "problem": listed.problem,
    }


def _one(name: str, context: Context) -> None:
    load_named(name, context.folders.playbooks)  # says what is wrong, or which name is nearest
    shelf = listing(context.folders.playbooks)
    listed = next(each for each in shelf if each.name == name)
    text = clean_text(listed.path.read_text("utf-8-sig").replace("\t", "    "))
    if context.console.as_json:
        context.console.document({**_form(listed), "text": text})
    else:
        context.console.say(text)


def _advice(context: Context) -> None:
    from icsgen.playbooks.advice import advice_text, all_advice  # only here is it needed

    if context.console.as_json:
        told = [
            {"point": piece.point, "when": [when.value for when in piece.when], "text": piece.text}
            for piece in all_advice()
        ]
        context.console.document(told)
    else:
        context.console.say(advice_text(context.console.width).rstrip("\n"))
