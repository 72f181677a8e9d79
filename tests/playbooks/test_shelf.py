"""Playbooks found by name or by file, the person's own first."""

import os
from pathlib import Path

import pytest

from icsgen import playbooks
from icsgen.errors import NotFound, PlaybookError
from icsgen.model import Step

OWN = (Path(playbooks.__file__).parent / "one-week.toml").read_text("utf-8")


def own(folder: Path, name: str, text: str = "") -> Path:
    file = folder / f"{name}.toml"
    file.write_text(text or OWN.replace('name = "one-week"', f'name = "{name}"'), "utf-8")
    return file


def test_a_playbook_of_ones_own_is_found_by_name(tmp_path: Path) -> None:
    own(tmp_path, "gentle")
    assert playbooks.load("gentle", tmp_path).name == "gentle"


def test_a_playbook_of_ones_own_stands_in_for_the_shipped_one(tmp_path: Path) -> None:
    own(tmp_path, "balanced")
    assert str(playbooks.load("balanced", tmp_path).steps[Step.FIRST_CHECK_IN].wait) == "7 days"
    listed = {entry.name: entry for entry in playbooks.listing(tmp_path)}
    assert (listed["balanced"].own, listed["balanced"].replaces) == (True, True)
    assert listed["balanced"].title == "A week, then one more, then let it go"
    assert (listed["tuesday"].own, listed["tuesday"].replaces) == (False, False)


def test_a_file_needs_no_folder_and_keeps_its_own_name(tmp_path: Path) -> None:
    file = own(tmp_path, "a")
    assert playbooks.load(str(file)).name == "a"


def test_a_missing_name_suggests_the_nearest() -> None:
    with pytest.raises(NotFound, match=r'no playbook "balancd"; did you mean "balanced"\?'):
        playbooks.load("balancd")


def test_a_missing_name_like_no_other_is_answered_with_all(tmp_path: Path) -> None:
    own(tmp_path, "gentle")
    with pytest.raises(NotFound, match="use one of: balanced, business-days, gentle, industry"):
        playbooks.load("zzz", tmp_path)


@pytest.mark.parametrize("name", ["../secret", "/etc/passwd", "a\\b", "secret.toml"])
def test_a_name_from_a_file_opens_nothing_outside_the_shelf(name: str, tmp_path: Path) -> None:
    own(tmp_path, "secret")
    folder = tmp_path / "playbooks"
    folder.mkdir()
    with pytest.raises(NotFound):
        playbooks.load_named(name, folder)


def test_two_names_for_one_playbook_are_refused(tmp_path: Path) -> None:
    own(tmp_path, "copy", OWN)
    with pytest.raises(
        PlaybookError, match='calls itself "one-week", and the file is called "copy"'
    ):
        playbooks.load("copy", tmp_path)


def test_a_broken_playbook_is_listed_with_its_fault_and_costs_no_other(tmp_path: Path) -> None:
    own(tmp_path, "broken", "name = 3")
    listed = playbooks.listing(tmp_path)
    assert [entry.name for entry in listed if entry.problem] == ["broken"]
    assert "line 1, name: it is 3" in str(listed[-1].problem)
    assert [entry.name for entry in listed[:-1]] == list(playbooks.shipped())


@pytest.mark.parametrize(
    "name", ["missing.toml", "./folder.toml", "nul\0.toml", "x" * 5000 + ".toml"]
)
def test_what_is_no_file_is_named(name: str, tmp_path: Path) -> None:
    (tmp_path / "folder.toml").mkdir()
    with pytest.raises(NotFound):
        playbooks.load(str(tmp_path / name))


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.toml")
    with pytest.raises(NotFound):
        playbooks.load("pipe", tmp_path)
