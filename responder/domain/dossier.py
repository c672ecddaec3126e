"""The facts of an incident as every paper needs them, each entered once (FSB FIRE's idea).

A hub field is named here once; each regime's form, each notice and each briefing is filled from it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from responder.domain.words import Words

UNKNOWN = "?"
"""Said of a field that is still being established: an answer at first, none in the end."""


@dataclass(frozen=True, slots=True)
class Value:
    """What is known of one hub field: by whom, since when, from where, and whether estimated.

    `said` is text as people entered it; numbers and instants are kept in it in plain form
    (`120000`, ISO 8601).
    """

    said: str
    by: str
    at: datetime
    source: str = ""
    estimate: bool = False


@dataclass(slots=True)
class Dossier:
    """All values of one incident, the latest of each field; what was before is on the ledger."""

    incident: str
    values: dict[str, Value] = field(default_factory=dict)
    grades: dict[str, str] = field(default_factory=dict)
    """By regime: the grade a named person confirmed."""
    milestones: dict[str, datetime] = field(default_factory=dict)
    """Those that people told, or that followed from the incident's own states."""
    changes: list[datetime] = field(default_factory=list)
    """When something important changed, which a continuing report has to tell at once."""


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of one hub field, from a person or from the record.

    `said` is plain: a number, an instant in ISO 8601, or text (in both languages where the record
    tells it). `entries` are the ledger's numbers that show it; none where a person said it, as
    `by` at `at`. `recorded` is what the record says where a person said otherwise.
    """

    said: Words
    by: str = ""
    at: datetime | None = None
    source: str = ""
    estimate: bool = False
    entries: tuple[int, ...] = ()
    recorded: "Known | None" = None

    @property
    def plain(self) -> str:
        """The value itself, where it is no text."""
        return self.said.zh or self.said.en

    @property
    def is_open(self) -> bool:
        """Whether it is still being established."""
        return self.plain == UNKNOWN


def together(recorded: Mapping[str, Known], dossier: Dossier | None) -> dict[str, Known]:
    """What people said, and where they said nothing what the record tells."""
    found = dict(recorded)
    for name, value in (dossier.values if dossier else {}).items():
        before = recorded.get(name)
        said = Words(value.said, value.said)
        told = Known(said, value.by, value.at, value.source, value.estimate)
        differs = before is not None and before.plain != value.said
        found[name] = replace(told, recorded=before if differs else None)
    return found
