import ast
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.architecture.glossary import CHINESE, terms
from tests.architecture.tree import PACKAGE, ROOT, project_files

MACHINE_PATH = re.compile(r"(?<![\w.-])/(?:home|root|work|Users)/|\b[A-Z]:\\Users\\")
REGISTRY = re.compile(r"(?:index-url|find-links|resolved|registry)\b.*://")
TEXTS = {".html", ".j2", ".json", ".md", ".mo", ".po", ".toml", ".txt", ".yaml", ".yml"}


def text(path: Path) -> str:
    """What a file says; nothing if it is no text."""
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return ""


def lines_with(pattern: re.Pattern[str]) -> list[str]:
    return [
        f"{path.relative_to(ROOT)}:{number}: {line.strip()[:120]}"
        for path in project_files()
        for number, line in enumerate(text(path).splitlines(), start=1)
        if pattern.search(line)
    ]


def chinese_texts() -> Iterator[tuple[str, str]]:
    """What people may get to read in Chinese: templates, text files, and literals in the code."""
    for path in [*(ROOT / "templates").rglob("*"), *PACKAGE.rglob("*")]:
        if path.suffix in TEXTS:
            yield from ((f"{path.relative_to(ROOT)}", line) for line in text(path).splitlines())
        elif path.suffix == ".py":
            yield from ((f"{path.relative_to(ROOT)}", literal) for literal in literals(path))


def literals(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(text(path))):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value


def test_locks_hold_no_address():
    """A lock names packages, versions and hashes; where they come from is the machine's affair."""
    locks = sorted(ROOT.glob("requirements*.lock"))
    assert locks
    assert [lock.name for lock in locks if "://" in text(lock)] == []


def test_no_file_names_a_registry():
    """Nothing that an installer or a build reads sends it to an index of its own."""
    assert [line for line in lines_with(REGISTRY) if ".py:" not in line] == []


def test_no_file_names_a_machine():
    """No file of the project holds a path of the machine it was written on."""
    assert lines_with(MACHINE_PATH) == []
    if len(ROOT.parts) > 2:
        assert lines_with(re.compile(re.escape(str(ROOT)) + r"\b")) == []


def test_every_lock_line_is_hashed():
    """Every package in a lock is pinned to a version and to the hashes of its files."""
    for lock in ROOT.glob("requirements*.lock"):
        packages = re.split(r"^(?=[a-z0-9])", text(lock), flags=re.MULTILINE)[1:]
        assert packages
        assert [one for one in packages if "==" not in one or "--hash=sha256:" not in one] == []


@pytest.mark.parametrize("language", ["zh", "en"])
def test_one_word_per_concept(language):
    """The glossary has one row per concept: no word stands for two."""
    words = Counter(getattr(term, language) for term in terms())
    assert words
    assert [word for word, times in words.items() if times > 1] == []


def test_no_word_is_both_used_and_banned():
    """What the glossary asks for in one row it does not forbid in another."""
    banned = {word for term in terms() for word in term.never}
    assert banned
    assert banned & {term.zh for term in terms()} == set()


def test_texts_keep_to_the_glossary():
    """Nothing people read in Chinese uses a word that the glossary says not to use."""
    banned = {word: term.zh for term in terms() for word in term.never if CHINESE.search(word)}
    found = [
        f"{place}: {word} stands for {banned[word]}: {line.strip()[:80]}"
        for place, line in chinese_texts()
        for word in banned
        if word in line
    ]
    assert found == []
