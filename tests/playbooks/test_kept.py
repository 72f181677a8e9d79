"""What a playbook's text says is kept between runs: faster, and never another answer."""

import subprocess
import sys
from pathlib import Path

import pytest

from icsgen import playbooks
from icsgen.kept_files import keep, read_kept

NAMES = playbooks.shipped()


def kept_in(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


@pytest.mark.parametrize("name", NAMES)
def test_a_kept_playbook_is_the_same_one(name: str, tmp_path: Path) -> None:
    plain = playbooks.load(name)
    assert [playbooks.load(name, cache=tmp_path) for _ in range(2)] == [plain, plain]
    assert kept_in(tmp_path) == [f"playbook-{name}.json"]


def test_a_kept_playbook_needs_no_toml(tmp_path: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from icsgen import playbooks; "
        f"playbooks.load('balanced', cache=Path({str(tmp_path)!r})); "
        "print('tomllib' in sys.modules)"
    )
    said = [
        subprocess.run(
            [sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=True
        ).stdout.strip()
        for _ in range(2)
    ]
    assert said == ["True", "False"]


def test_a_playbook_that_was_changed_is_read_anew(tmp_path: Path) -> None:
    own, cache = tmp_path / "mine.toml", tmp_path / "cache"
    text = (Path(playbooks.__file__).parent / "balanced.toml").read_text("utf-8")
    hours = []
    for number in (48, 47):
        own.write_text(text.replace("hours = 48 ", f"hours = {number} "), "utf-8")
        hours.append(playbooks.load(str(own), cache=cache).thank_you.hours)
    assert hours == [48, 47]


@pytest.mark.parametrize("damage", [b"", b"00000000\n{}", b"[" * 9999, b"\xff\0"])
def test_what_is_damaged_counts_as_absent(damage: bytes, tmp_path: Path) -> None:
    file = tmp_path / "playbook-balanced.json"
    file.write_bytes(damage)
    assert playbooks.load("balanced", cache=tmp_path) == playbooks.load("balanced")
    assert read_kept(file)["tables"]["name"] == "balanced"


@pytest.mark.parametrize("other", [None, 7, [], {}, {"text": ""}, {"text": "", "tables": {}}])
def test_what_was_kept_of_something_else_counts_as_absent(other: object, tmp_path: Path) -> None:
    keep(tmp_path / "playbook-balanced.json", other)
    assert playbooks.load("balanced", cache=tmp_path) == playbooks.load("balanced")


def test_what_json_cannot_hold_is_not_kept(tmp_path: Path) -> None:
    own, cache = tmp_path / "mine.toml", tmp_path / "cache"
    text = (Path(playbooks.__file__).parent / "balanced.toml").read_text("utf-8")
    own.write_text(text.replace('"09:30"', "08:15:00"), "utf-8")
    assert playbooks.load(str(own), cache=cache).morning.isoformat() == "08:15:00"
    assert not cache.exists()


def test_a_folder_that_cannot_be_made_keeps_nothing(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    assert playbooks.load("balanced", cache=tmp_path / "file") == playbooks.load("balanced")
