"""Which commands there are: for each the file that knows it, and a line about it."""

COMMANDS = {
    "demo": ("demo", "show what Afterword does, with a made-up job search"),
    "plan": ("plan", "when to write to whom, for each interview"),
    "why": ("why", "why a follow-up is due when it is"),
    "list": ("listing", "the interviews, and what comes next for each"),
    "show": ("showing", "one interview with all that is known of it"),
    "export": ("exporting", "write the calendar, or the interviews, to a file"),
    "import": ("importing", "see what would be read from files"),
    "playbooks": ("playbooks", "the rules that plans can follow, and where they come from"),
    "serve": ("serving", "let calendars on this computer subscribe to the follow-ups"),
    "doctor": ("doctor", "check that everything works here, or check a calendar file"),
}
"""A module under `icsgen.cli` with `DESCRIPTION`, `EXAMPLES`, `fill(parser)`, `run(args, context)`.

Known by name before any of their code is loaded: start-up stays short.
"""
