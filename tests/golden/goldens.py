"""The golden cases: what goes in, how it is shown, and the feed that comes of it.

`python -m tests.golden.goldens` writes every `feed.ics` again; read the difference, then keep it.
"""

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from icsgen.desk import Desk
from icsgen.feed import Style, View, feed
from icsgen.model import Plan
from icsgen.sources import Options, read

HERE = Path(__file__).parent


@dataclass(frozen=True)
class Golden:
    """One folder: `input.json`, `case.toml` (why, and how the feed is asked for), `feed.ics`."""

    folder: Path

    @property
    def feed_file(self) -> Path:
        return self.folder / "feed.ics"

    def plans(self) -> Sequence[Plan]:
        """The plans of the input, of which nothing may have been refused."""
        file = self.folder / "input.json"
        reading = read(file.read_bytes(), file.name, Options())
        planned = Desk().plans(found.interview for found in reading.found)
        assert not reading.refused
        assert not planned.refused
        return planned.plans

    def asked(self) -> tuple[datetime, View, Style, str]:
        case = tomllib.loads((self.folder / "case.toml").read_text("utf-8"))
        assert case["why"]
        view, style = View(case.get("view", "full")), Style(case.get("style", "timed"))
        return datetime.fromisoformat(case["as_of"]), view, style, case.get("token", "")

    def made(self) -> bytes:
        as_of, view, style, token = self.asked()
        return feed(self.plans(), as_of, view=view, style=style, token=token)


GOLDENS = [Golden(file.parent) for file in sorted(HERE.glob("*/input.json"))]

if __name__ == "__main__":
    for golden in GOLDENS:
        golden.feed_file.write_bytes(golden.made())
