"""What `check` says about a site: one line a finding, with the mend."""

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Literal

from responder.domain.words import Words
from responder.errors import SiteDoesNotLoad

Severity = Literal["error", "warning", "note"]
THE_FILES = "site"
"""Stands for a clause where a finding is about the files themselves, not about the standard."""
NOTICES = "7.1-R.b"

_LONGEST = 400


@dataclass(frozen=True, slots=True)
class Where:
    """A line of a file of the site; the file's name is relative to the site's folder.

    What the surroundings say stands in no file: then `file` is the variable, and `line` 0.
    """

    file: str
    line: int = 1

    @property
    def place(self) -> str:
        """`file:line`, or the variable."""
        return f"{self.file}:{self.line}" if self.line else self.file


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that should be otherwise: where, how grave, by which clause, and the mend."""

    file: str
    line: int
    severity: Severity
    clause: str
    what: Words
    mend: Words

    def said(self, language: str) -> str:
        """The finding as one line: `file:line: severity: clause: what: mend`."""
        place = Where(self.file, self.line).place
        what, mend = one_line(self.what.said(language)), one_line(self.mend.said(language))
        return f"{place}: {self.severity}: {self.clause}: {what}: {mend}"


def in_order(findings: Iterable[Finding]) -> list[Finding]:
    """Findings by file and line, each once."""
    found = dict.fromkeys(findings)
    return sorted(found, key=lambda finding: (finding.file, finding.line, finding.severity))


def about_template(file: str, line: int, is_grave: bool, what: Words, mend: Words) -> Finding:
    """The finding about a line of a template; a notice's is asked for by the standard (7.1 b)."""
    clause = NOTICES if file.startswith("templates/notices/") else THE_FILES
    return Finding(file, line, "error" if is_grave else "warning", clause, what, mend)


def finding_of(fault: SiteDoesNotLoad) -> Finding:
    """The finding that stands for a file that does not load."""
    facts = fault.facts
    return Finding(
        facts["file"],
        facts["line"],
        "error",
        THE_FILES,
        Words(facts["what_zh"].removesuffix("。"), facts["what_en"].removesuffix(".")),
        Words(facts["mend_zh"], facts["mend_en"]),
    )


def fault(where: Where, what: Words, mend: Words) -> SiteDoesNotLoad:
    """A file that does not load: where, what is wrong with it, and the mend."""
    return SiteDoesNotLoad(
        file=where.file,
        line=where.line,
        place=where.place,
        what_zh=f"{one_line(what.zh)}。",
        what_en=f"{one_line(what.en)}.",
        mend_zh=one_line(mend.zh),
        mend_en=one_line(mend.en),
    )


def one_line(text: str) -> str:
    """The text with control and direction marks shown as codes, and no longer than a line."""
    short = text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"
    return "".join(c if c.isprintable() else f"\\u{ord(c):04x}" for c in short)


def did_you_mean(written: str, known: Iterable[str], otherwise: Words) -> Words:
    """The mend for a name nobody knows: those that look like it, else `otherwise`."""
    near = get_close_matches(written[:80], list(known), n=3, cutoff=0.6)
    if not near:
        return otherwise
    return Words(f"您是否指：{'、'.join(near)}？", f"Did you mean {', '.join(near)}?")
