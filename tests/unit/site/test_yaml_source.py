"""Two readers of YAML, one fast, one with the better words: a site is the same by either."""

from pathlib import Path

import pytest
import yaml

from responder.site.sample import sample_folder
from responder.site.yaml_source import parse_yaml

FILES = sorted(sample_folder().glob("contacts/*.yaml")) + sorted(
    sample_folder().glob("playbooks/**/*.yaml")
)
ODD = [
    "",
    "# nothing\n",
    "a: 1\nb: [x, 'y', \"z\"]\n",
    "a: &one {b: c}\nd: *one\n",
    "a: |\n  two\n  lines\nb: >-\n  folded\n  text\n",
    "a: ~\nb: ''\n",
    "a: 08:30\nb: 2026-10-01\nc: 1_000\nd: yes\n",
    'a: "é\\u4e2d"\n',
    "- x\n- {y: z}\n- [1, 2]\n",
    "a: http://example.com/x#y\n",
]


def slowly(monkeypatch: pytest.MonkeyPatch, text: str) -> object:
    with monkeypatch.context() as patched:
        patched.setattr(yaml, "__with_libyaml__", False)
        return parse_yaml("f.yaml", text)


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_the_samples_files_read_the_same(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every node, its line, and whether it was written plain."""
    text = file.read_text(encoding="utf-8")
    assert parse_yaml("f.yaml", text) == slowly(monkeypatch, text)


@pytest.mark.parametrize("text", ODD)
def test_odd_texts_read_the_same(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Blocks, quotes, anchors, nothing at all."""
    assert parse_yaml("f.yaml", text) == slowly(monkeypatch, text)
