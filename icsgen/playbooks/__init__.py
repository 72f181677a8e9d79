"""The playbooks: six that ship, and the person's own, each a TOML file.

The person's own live in the data folder's ``playbooks/``; one with a shipped name stands in for it.
"""

from pathlib import Path
from typing import NamedTuple

from icsgen.errors import AfterwordError, NotFound, PlaybookError
from icsgen.kept_files import file_word
from icsgen.rules import Playbook

__all__ = ["DEFAULT", "Listed", "listing", "load", "load_file", "load_named", "shipped"]

DEFAULT = "balanced"
_SHIPPED = (DEFAULT, "one-week", "thorough", "tuesday", "business-days", "industry")
_HERE = Path(__file__).parent


class Listed(NamedTuple):
    """One playbook on the shelf; a broken one says what is wrong with it."""

    name: str
    title: str
    path: Path
    own: bool
    """It is the person's, not one that ships."""
    replaces: bool
    """It is the person's and stands in for the shipped one of that name."""
    problem: str | None = None


def shipped() -> tuple[str, ...]:
    """Give the names of the playbooks that ship, the default first."""
    return _SHIPPED


def load(name_or_path: str, own_folder: Path | None = None, cache: Path | None = None) -> Playbook:
    """Give a playbook by its name, or by its file where a slash or ``.toml`` says that it is one.

    For what a person typed; a name that came in a file goes to ``load_named``, which opens
    nothing outside the two folders. In ``cache`` is kept what makes the next loading faster. Raises
    NotFound, PlaybookError or LimitError.
    """
    if name_or_path.endswith(".toml") or "/" in name_or_path or "\\" in name_or_path:
        return load_file(Path(name_or_path), cache)
    return load_named(name_or_path, own_folder, cache)


def load_named(name: str, own_folder: Path | None = None, cache: Path | None = None) -> Playbook:
    """Give the playbook of that name: the person's own first, then the one that ships.

    Raises NotFound with the nearest name, PlaybookError or LimitError.
    """
    files = _own_files(own_folder)
    if name in files:
        playbook = load_file(files[name], cache)
        if playbook.name != name:
            raise PlaybookError(
                f'it calls itself "{playbook.name}", and the file is called "{name}"',
                where=f"{files[name]}, name",
                remedy="give both the same name",
            )
        return playbook
    if name in _SHIPPED:
        return load_file(_HERE / f"{name}.toml", cache)
    from icsgen.playbooks.table import nearest  # only when it is needed: start-up stays short

    raise NotFound(
        f'there is no playbook "{name[:40]}"',
        where="playbook",
        remedy=nearest(name, sorted({*_SHIPPED, *files})),
    )


def load_file(path: Path, cache: Path | None = None) -> Playbook:
    """Give the playbook that a file holds, whatever its own name is.

    Raises NotFound, PlaybookError or LimitError.
    """
    from icsgen.playbooks.reading import LARGEST_BYTES, read_playbook  # start-up stays short

    where = path.name if path.parent == _HERE else str(path)
    try:
        if not path.is_file():  # a pipe would never end
            raise NotFound("there is no such playbook", where=where, remedy="check the path")
        with path.open("rb") as file:
            data = file.read(LARGEST_BYTES + 1)
    except (OSError, ValueError) as error:  # ValueError: a path with a NUL in it
        raise NotFound(
            "the playbook cannot be read", where=where, remedy="check that you may open the file"
        ) from error
    kept = cache / f"playbook-{file_word(path.stem)}.json" if cache else None
    return read_playbook(data, where, kept)


def listing(own_folder: Path | None = None) -> tuple[Listed, ...]:
    """Give all playbooks, the shipped ones first; of two with one name, the person's."""
    files = _own_files(own_folder)
    names = [*_SHIPPED, *sorted(files.keys() - set(_SHIPPED))]
    return tuple(_listed(name, files.get(name), own_folder) for name in names)


def _listed(name: str, own: Path | None, own_folder: Path | None) -> Listed:
    path = own or _HERE / f"{name}.toml"
    replaces = own is not None and name in _SHIPPED
    try:
        title = load_named(name, own_folder).title
    except AfterwordError as error:
        return Listed(name, "", path, own is not None, replaces, str(error))
    return Listed(name, title, path, own is not None, replaces)


def _own_files(own_folder: Path | None) -> dict[str, Path]:
    if own_folder is None:
        return {}
    try:
        return {path.stem: path for path in own_folder.glob("*.toml")}
    except OSError:  # a folder that may not be read holds nothing for us
        return {}
