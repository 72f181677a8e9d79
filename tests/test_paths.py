"""Where things are kept: what the person names wins, and nobody else may look in."""

import os
from pathlib import Path

import pytest
from platformdirs import PlatformDirs

from icsgen.errors import InputError
from icsgen.paths import folders, made


def test_a_named_folder_holds_everything(tmp_path: Path) -> None:
    named = folders(tmp_path, {"AFTERWORD_DATA_DIR": "/elsewhere"})
    assert (named.data, named.config, named.cache) == (tmp_path, tmp_path, tmp_path / "cache")
    assert named.playbooks == tmp_path / "playbooks"


def test_the_variable_comes_next(tmp_path: Path) -> None:
    assert folders(None, {"AFTERWORD_DATA_DIR": str(tmp_path)}).data == tmp_path


def test_the_system_s_own_folders_come_last(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    ours = folders(None, {})
    assert len({ours.data, ours.config, ours.cache}) >= 2 or os.name == "nt"
    assert all("afterword" in str(path) for path in (ours.data, ours.config, ours.cache))


@pytest.mark.parametrize("named", ["", " ", "/srv/search", "/srv/search/", "~/mine", "mine"])
@pytest.mark.parametrize("home", ["/home/dana", "/home/dana/", "", "dana"])
def test_the_folders_are_those_that_platformdirs_names(
    named: str, home: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", home)
    for variable in ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME"):
        monkeypatch.delenv(variable, raising=False)
        if named:
            monkeypatch.setenv(variable, named)
    theirs = PlatformDirs("afterword", appauthor=False)
    expected = (theirs.user_data_path, theirs.user_config_path, theirs.user_cache_path)
    assert folders(None, os.environ) == expected


def test_a_relative_folder_is_fixed_at_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert folders("mine", {}).data == tmp_path / "mine"


def test_a_home_is_understood_and_a_stranger_s_is_taken_as_written() -> None:
    assert folders("~/x", {}).data == Path.home() / "x"
    assert folders("~nobody-here/x", {}).data == Path("~nobody-here/x").absolute()


def test_asking_makes_nothing(tmp_path: Path) -> None:
    folders(tmp_path / "new", {})
    assert not (tmp_path / "new").exists()


@pytest.mark.skipif(os.name != "posix", reason="file modes are not kept here")
def test_a_made_folder_is_the_owner_s_alone_all_the_way_down(tmp_path: Path) -> None:
    tmp_path.chmod(0o755)
    folder = made(tmp_path / "a" / "b")
    assert [path.stat().st_mode & 0o777 for path in (folder, folder.parent)] == [0o700, 0o700]
    assert tmp_path.stat().st_mode & 0o777 == 0o755
    assert made(folder) == folder


@pytest.mark.parametrize("name", ["file", "file/below", "nul\0", "x" * 5000])
def test_a_folder_that_cannot_be_made_is_named(name: str, tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(InputError, match="the folder cannot be made; name another"):
        made(tmp_path / name)
