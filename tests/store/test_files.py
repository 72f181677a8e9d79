import os
from pathlib import Path

import pytest

from icsgen.store.files import new_file, place, set_aside, swap


def test_a_name_that_is_taken_stays_with_its_file(tmp_path: Path) -> None:
    wanted, made = tmp_path / "wanted", new_file(tmp_path)
    wanted.write_text("first")
    made.write_text("second")
    assert not place(made, wanted)
    assert wanted.read_text() == "first"
    assert list(tmp_path.iterdir()) == [wanted]


@pytest.mark.parametrize("links", [True, False])
def test_a_finished_file_comes_to_its_name(
    tmp_path: Path, links: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not links:
        monkeypatch.setattr(os, "link", _refuse)
    wanted, made = tmp_path / "wanted", new_file(tmp_path)
    made.write_text("whole")
    assert place(made, wanted)
    assert wanted.read_text() == "whole"
    assert list(tmp_path.iterdir()) == [wanted]
    again = new_file(tmp_path)
    assert not place(again, wanted)
    assert list(tmp_path.iterdir()) == [wanted]


@pytest.mark.parametrize("links", [True, False])
def test_what_is_set_aside_takes_its_journal_along(
    tmp_path: Path, links: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not links:
        monkeypatch.setattr(os, "link", _refuse)
    path, aside, made = tmp_path / "kept", tmp_path / "aside", new_file(tmp_path)
    path.write_text("old")
    Path(f"{path}-journal").write_text("of the old one")
    made.write_text("new")
    set_aside(path, aside)
    swap(made, path)
    assert path.read_text() == "new"
    assert aside.read_text() == "old"
    assert Path(f"{aside}-journal").read_text() == "of the old one"
    assert len(list(tmp_path.iterdir())) == 3


def test_what_nobody_finished_is_swept_away_and_what_is_young_is_not(tmp_path: Path) -> None:
    old, young = new_file(tmp_path), new_file(tmp_path)
    two_hours_ago = old.stat().st_mtime - 7200
    os.utime(old, (two_hours_ago, two_hours_ago))
    newest = new_file(tmp_path)
    assert set(tmp_path.iterdir()) == {young, newest}


def _refuse(*_: object) -> None:
    raise PermissionError("this file system has one name a file")
