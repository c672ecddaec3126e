import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.architecture.tree import ROOT, pages

FENCE = re.compile(r"^(```|~~~).*?^\1", re.MULTILINE | re.DOTALL)
CODE = re.compile(r"`[^`\n]*`")
LINK = re.compile(
    r"\[[^\]]*\]\(\s*<?([^)\s>]+)>?(?:\s+\"[^\"]*\")?\s*\)|^\[[^\]]+\]:\s*(\S+)", re.MULTILINE
)
HEADING = re.compile(r"^#{1,6}\s+(.+?)\s*#*$", re.MULTILINE)


def prose(page: Path) -> str:
    """A page without its code blocks."""
    return FENCE.sub("", page.read_text(encoding="utf-8"))


def links(page: Path) -> Iterator[str]:
    """Where a page points inside the project."""
    for match in LINK.finditer(CODE.sub("", prose(page))):
        target = match[1] or match[2]
        if not re.match(r"[a-z][a-z0-9+.-]*:", target):
            yield target


def anchors(page: Path) -> set[str]:
    """The anchors that a page's headings make."""
    titles = (re.sub(r"[`*_]", "", title) for title in HEADING.findall(prose(page)))
    return {re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in titles}


def is_dead(page: Path, link: str) -> bool:
    name, _, anchor = link.partition("#")
    target = (page.parent / name).resolve() if name else page
    if not target.exists():
        return True
    return bool(anchor) and target.suffix == ".md" and anchor not in anchors(target)


@pytest.mark.parametrize("page", pages(), ids=lambda page: page.relative_to(ROOT).as_posix())
def test_no_link_is_dead(page):
    """Every link inside the project leads to a file, and to a heading where it names one."""
    assert [link for link in links(page) if is_dead(page, link)] == []


def test_a_dead_link_is_found(tmp_path):
    """The check bites: a missing file, a missing heading, and neither in code nor outside."""
    page = tmp_path / "page.md"
    page.write_text(
        "# One thing\n[a](page.md#one-thing) [b](gone.md) [c](#gone) `[d](code.md)`\n"
        "[e](https://example.com/x)\n```\n[f](fenced.md)\n```\n[g]: lost.md\n",
        encoding="utf-8",
    )
    assert [link for link in links(page) if is_dead(page, link)] == ["gone.md", "#gone", "lost.md"]
