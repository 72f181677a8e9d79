"""Which commands there are: for each the file that knows it, and a line about it."""

COMMANDS = {
    "add": ("adding", "tell of an interview"),
    "import": ("importing", "take interviews from files: spreadsheets, JSON, invitations"),
    "list": ("listing", "the interviews, and what comes next for each"),
    "show": ("showing", "one interview with all that is known of it"),
    "edit": ("editing", "correct what was told of an interview"),
    "remove": ("removing", "delete an interview for good"),
    "plan": ("plan", "when to write to whom, for each interview"),
    "why": ("why", "why a follow-up is due when it is"),
    "sent": ("verbs.sent", "you sent a message"),
    "skip": ("verbs.skip", "let a follow-up go"),
    "snooze": ("verbs.snooze", "put a follow-up off until a moment of your own"),
    "promised": ("verbs.promised", "they said by when they will answer"),
    "heard": ("verbs.heard", "they answered, or it came to an end"),
    "news": ("verbs.news", "you have something worth telling them now"),
    "undo": ("verbs.undo", "take the last entry back"),
    "export": ("exporting", "write the calendar, or the interviews, to a file"),
    "serve": ("serving", "let calendars on this computer subscribe to the follow-ups"),
    "playbooks": ("playbooks", "the rules that plans can follow, and where they come from"),
    "settings": ("settings", "your name, your time zone and other wishes"),
    "backup": ("backing_up", "copy everything that is kept"),
    "restore": ("restoring", "bring a copy back"),
    "wipe": ("wiping", "delete everything for good"),
    "doctor": ("doctor", "check that everything works here, or check a calendar file"),
    "demo": ("demo", "show what Afterword does, with a made-up job search"),
}
"""A module under `icsgen.cli` with `DESCRIPTION`, `EXAMPLES`, `fill(parser)`, `run(args, context)`.

Known by name before any of their code is loaded: start-up stays short.
"""
