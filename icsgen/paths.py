"""Where Afterword keeps its things on this machine: data, settings, and what may be thrown away.

The only importer of ``platformdirs``. A folder that the person names (``--data-dir``, or the
variable ``AFTERWORD_DATA_DIR``) wins and then holds all three, so that two searches, or a test,
never meet.
"""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from icsgen.errors import InputError

APP = "afterword"
VARIABLE = "AFTERWORD_DATA_DIR"


@dataclass(frozen=True, slots=True)
class Folders:
    """The three folders; none need exist until ``made``."""

    data: Path
    """The person's own: interviews, playbooks, backups."""
    config: Path
    """Settings."""
    cache: Path
    """Derived; may be deleted at any time."""

    @property
    def playbooks(self) -> Path:
        """Where the person's own playbooks live."""
        return self.data / "playbooks"


def folders(data_dir: str | Path | None = None, environ: Mapping[str, str] = os.environ) -> Folders:
    """Give the folders: under ``data_dir``, else under the variable's, else the system's."""
    named = str(data_dir or "") or environ.get(VARIABLE, "")
    if named:
        data = Path(os.path.expanduser(named)).absolute()  # noqa: PTH111 - leaves ~nobody as it is
        return Folders(data, data, data / "cache")
    from platformdirs import PlatformDirs  # only where nobody named a folder: start-up stays short

    system = PlatformDirs(APP, appauthor=False)
    return Folders(system.user_data_path, system.user_config_path, system.user_cache_path)


def made(folder: Path) -> Path:
    """Give the folder, made if need be so that nobody else can read it (mode 0700).

    A folder that exists keeps the mode its owner gave it. Raises InputError where it cannot be
    made.
    """
    try:
        missing = [path for path in (folder, *folder.parents) if not path.exists()]
        for path in reversed(missing):
            path.mkdir(mode=0o700, exist_ok=True)
        if not folder.is_dir():
            raise NotADirectoryError
    except (OSError, ValueError) as error:  # ValueError: a NUL in it
        raise InputError(
            "the folder cannot be made", where=str(folder), remedy="name another with --data-dir"
        ) from error
    return folder
