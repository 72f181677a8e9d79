"""Where Afterword keeps its things on this machine: data, settings, and what may be thrown away.

The only importer of ``platformdirs``. A folder that the person names (``--data-dir``, or the
variable ``AFTERWORD_DATA_DIR``) wins and then holds all three, so that two searches, or a test,
never meet.
"""

import os
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from icsgen.errors import InputError

APP = "afterword"
VARIABLE = "AFTERWORD_DATA_DIR"
_XDG = (
    ("XDG_DATA_HOME", ".local/share"),
    ("XDG_CONFIG_HOME", ".config"),
    ("XDG_CACHE_HOME", ".cache"),
)


class Folders(NamedTuple):
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

    @property
    def serve_token(self) -> Path:
        """Where the secret of the calendar's address is, until the store keeps it."""
        return self.data / "serve-token"


def folders(data_dir: str | Path | None = None, environ: Mapping[str, str] = os.environ) -> Folders:
    """Give the folders: under ``data_dir``, else under the variable's, else the system's."""
    named = str(data_dir or "") or environ.get(VARIABLE, "")
    if named:
        data = Path(os.path.expanduser(named)).absolute()  # noqa: PTH111 - leaves ~nobody as it is
        return Folders(data, data, data / "cache")
    return _plain(environ) or _system()


def _plain(environ: Mapping[str, str]) -> Folders | None:
    """Give the system's folders where three variables say all, as mostly on Linux; else None.

    So says the XDG Base Directory Specification (version 0.8); a relative path counts as none.
    """
    home = environ.get("HOME", "")
    if sys.platform != "linux" or not home.startswith("/"):
        return None
    named = ((environ.get(variable, ""), default) for variable, default in _XDG)
    return Folders(*(Path(n if n.startswith("/") else f"{home}/{d}", APP) for n, d in named))


def _system() -> Folders:
    from platformdirs import PlatformDirs  # takes longer than to read the interviews

    places = PlatformDirs(APP, appauthor=False)
    return Folders(places.user_data_path, places.user_config_path, places.user_cache_path)


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
