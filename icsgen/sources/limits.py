"""How much we read: far above any real job search, and named where it is exceeded."""

FILE_BYTES = 16 * 1024 * 1024
"""A whole file, as it lies on the disk."""
INTERVIEWS = 20_000
"""Rows, objects or events of a file."""
TOO_MANY = f"the file has more interviews than the limit of {INTERVIEWS:,}"
CELLS = 1_000
"""Cells of a spreadsheet's row."""
DEPTH = 32
"""Brackets inside brackets in JSON, components inside components in a calendar."""
LINE_CHARS = 500
"""A name, a title, a topic: what stands on one line."""
TEXT_CHARS = 20_000
"""Notes."""
ITEMS = 200
"""Contacts, topics, concerns and closed days of an interview."""
ENTRIES = 2_000
"""Entries of a journal."""
MINUTES = 24 * 60
"""The longest that ``minutes`` may say; ``end`` may say more, with a warning."""
DUE_DAYS = 2 * 366
"""How long after an interview's start a step of it may have been due."""
REMARKS = 20
"""How many problems of one interview, or of a calendar's structure, are said one by one."""
CLOSED_DAYS = 366
"""The longest range of closed days, both ends counted."""
FIRST_YEAR, LAST_YEAR = 1970, 2100
"""Years for which time zones and holidays mean something."""
UNKNOWN_NAMED = 10
"""How many unknown fields of one record are named one by one."""
