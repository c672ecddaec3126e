"""docs/glossary.md, read: one word per concept, and the words not to use for it."""

import re
from dataclasses import dataclass

from tests.architecture.tree import ROOT

CHINESE = re.compile(r"[\u4e00-\u9fff]")


@dataclass(frozen=True)
class Term:
    zh: str
    en: str
    where: str
    never: tuple[str, ...]


def terms() -> list[Term]:
    page = (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8")
    rows = [line.strip("|").split("|") for line in page.splitlines() if line.startswith("|")]
    return [term(*(cell.strip() for cell in row)) for row in rows if CHINESE.search(row[0])]


def term(zh: str, en: str, where: str, never: str) -> Term:
    return Term(zh, en, where, tuple(word.strip() for word in never.split("、") if word.strip()))
