"""A report as its paper shows it: plain words in one language, for PDF, DOCX and the screen."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class SheetRow:
    """One field: its number, name and answer; `mark` is blank, open, estimate or filled.

    `part` is the heading it stands under. `needed` and `when` say whether it must be answered,
    `note` where the answer comes from, for whoever checks it.
    """

    number: str
    name: str
    said: str
    mark: str
    part: str = ""
    needed: str = ""
    when: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Change:
    """One field that a correction changes."""

    name: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class ReportSheet:
    """The whole report. `made_at` is when it last changed, in the zone of its rule.

    `facts` stand under the title (regime, addressee, state), `notes` are said to the reader;
    `against` are contradictions, `passed` those that an approver let pass, with the reason.
    """

    number: str
    version: str
    language: str
    firm: str
    title: str
    subtitle: str
    stage: str
    author: str
    approver: str
    sensitivity: str
    made_at: datetime
    drill: bool
    rows: tuple[SheetRow, ...]
    answered: int
    demanded: int
    facts: tuple[tuple[str, str], ...] = ()
    notes: tuple[str, ...] = ()
    changes: tuple[Change, ...] = ()
    against: tuple[str, ...] = ()
    passed: tuple[tuple[str, str], ...] = ()
    missing: tuple[str, ...] = ()
    sha256: str = ""
