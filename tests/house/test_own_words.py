"""No sentence that ships is one of the articles': no run of eight of their words, anywhere.

The articles are not ours and not here. ``article-shingles.txt`` holds digests of every eight words
in a row (BLAKE2b, 6 bytes): enough to see a copy, nothing to read.
"""

import ast
import re
from collections.abc import Iterable, Iterator
from hashlib import blake2b
from pathlib import Path

import pytest

RUN = 8
ROOT = Path(__file__).parents[2]
DIGESTS = frozenset(Path(__file__).with_name("article-shingles.txt").read_text("ascii").split())
WHOLE_TEXTS = (".toml", ".md", ".txt", ".html", ".desktop", ".json", ".csv")
SHIPPED = sorted(
    path
    for folder in ("icsgen", "trayapp", "docs", "packaging")
    for path in (ROOT / folder).rglob("*")
    if path.suffix in {".py", *WHOLE_TEXTS} and "__pycache__" not in path.parts
) + sorted(ROOT.glob("*.md"))


def runs(text: str) -> Iterator[str]:
    words = re.findall(r"[a-z']+", text.lower())
    return (" ".join(words[n : n + RUN]) for n in range(len(words) - RUN + 1))


def digest(run: str) -> str:
    return blake2b(run.encode(), digest_size=6).hexdigest()


def texts_of(path: Path) -> Iterable[str]:
    """What a reader may come to see: of a program its strings as well, joined as Python does."""
    source = path.read_text("utf-8")
    if path.suffix != ".py":
        return [source]
    tree = ast.parse(source)
    plain = [n.value for n in ast.walk(tree) if isinstance(n, ast.Constant)]
    formatted = [
        " 0 ".join(str(part.value) for part in n.values if isinstance(part, ast.Constant))
        for n in ast.walk(tree)
        if isinstance(n, ast.JoinedStr)
    ]
    return [source, *(text for text in plain if isinstance(text, str)), *formatted]


def borrowed(texts: Iterable[str], digests: frozenset[str]) -> list[str]:
    return [run for text in texts for run in runs(text) if digest(run) in digests]


def test_there_are_digests_to_compare_with() -> None:
    assert len(DIGESTS) > 9000
    assert all(re.fullmatch("[0-9a-f]{12}", line) for line in DIGESTS)


def test_a_copied_run_of_words_is_seen_wherever_it_stands(tmp_path: Path) -> None:
    sentence = "the quick brown fox jumps over a lazy"
    digests = frozenset({digest(sentence)})
    for name, text in {
        "a.toml": f'x = "Look: The quick, brown fox jumps over a LAZY dog."\n# {sentence}\n',
        "b.py": 'x = (\n    "the quick brown fox "\n    f"jumps over a lazy {dog}"\n)\n',
        "c.py": '"""The quick brown\n\nfox jumps over a lazy dog."""\n',
    }.items():
        file = tmp_path / name
        file.write_text(text, "utf-8")
        assert borrowed(texts_of(file), digests), name
    assert borrowed(["the quick brown fox jumps over the lazy"], digests) == []


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_every_sentence_is_our_own(path: Path) -> None:
    assert borrowed(texts_of(path), DIGESTS) == []
