"""The real command in a process of its own, as a person starts it."""

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

HANG_S = 60
"""A limit for what hangs, not a measure of speed."""
ROOT = Path(__file__).parents[2]
NOW = "2026-11-18T09:00"


@dataclass(frozen=True)
class Ran:
    """What a command said and how it ended."""

    code: int
    out: str
    err: str

    @property
    def document(self) -> Any:
        return json.loads(self.out)


class Afterword:
    """Runs `afterword WORDS` at a fixed moment, in UTC, with a data folder of its own."""

    def __init__(self, data_dir: Path) -> None:
        self.data_dir = data_dir

    def environment(self, more: Mapping[str, str] | None = None) -> dict[str, str]:
        ours = ("PYTHON", "LC_", "LANG", "AFTERWORD", "NO_COLOR", "COLUMNS")
        kept = {name: value for name, value in os.environ.items() if not name.startswith(ours)}
        own = {"PYTHONPATH": str(ROOT), "PYTHONUTF8": "1", "TZ": "UTC"}
        return {**kept, **own, "AFTERWORD_DATA_DIR": str(self.data_dir), **(more or {})}

    def command(self, *words: str | Path, now: str = NOW) -> list[str]:
        given = ["--now", now] if now else []
        return [sys.executable, "-m", "icsgen", *given, *map(str, words)]

    def __call__(
        self,
        *words: str | Path,
        stdin: bytes = b"",
        now: str = NOW,
        env: Mapping[str, str] | None = None,
        cwd: Path | None = None,
    ) -> Ran:
        done = subprocess.run(
            self.command(*words, now=now),
            input=stdin,
            capture_output=True,
            timeout=HANG_S,
            env=self.environment(env),
            check=False,
            cwd=cwd,
        )
        out, err = done.stdout.decode("utf-8", "replace"), done.stderr.decode("utf-8", "replace")
        assert "Traceback" not in err, err
        return Ran(done.returncode, out.replace("\r\n", "\n"), err.replace("\r\n", "\n"))


def interview(**fields: Any) -> dict[str, Any]:
    """An interview of Tuesday 10 November 2026 in New York, as in the rules' worked examples."""
    return {
        "id": "acme-1",
        "company": "Acme Robotics",
        "role": "Platform Engineer",
        "start": "2026-11-10T14:00",
        "timezone": "America/New_York",
        "country": "US",
        "subdivision": "NY",
        "contacts": [{"name": "Dana Lee", "email": "dana@acme.example"}],
        **fields,
    }


def written(path: Path, *interviews: dict[str, Any]) -> Path:
    """A file of these interviews."""
    path.write_text(json.dumps(list(interviews)), "utf-8")
    return path
