"""A drill as one file: enough to be read, counted and kept by another installation of ours."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from responder.domain.drill import DrillScenario
from responder.domain.drill_record import DrillRecord
from responder.domain.drill_run import DrillRun
from responder.domain.measure import Measure
from responder.domain.warning import Stage
from responder.domain.words import Words


@dataclass(frozen=True, slots=True)
class ArchivedEntry:
    """An entry of the record, with its hash: the slice of one subject's chain."""

    seq: int
    at: datetime
    kind: str
    actor: str
    door: str
    hash: str
    payload: dict[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class ArchivedWarning:
    """An early warning of the drill, with its record; how to reach anybody is not in it."""

    id: str
    row: str
    title: str
    playbook: str
    system: str
    level: int
    stage: Stage
    entries: tuple[ArchivedEntry, ...]


@dataclass(frozen=True, slots=True)
class DrillArchive:
    """One drill that is over: its scenario and run, the record, what came of it.

    `record` is None where it does not count (aborted, a reachability test). `names` are those of
    the people in it, and nothing else about them; `units` those of the units outside it.
    """

    id: str
    firm: Words
    time_zone: str
    scenario: DrillScenario
    run: DrillRun
    entries: tuple[ArchivedEntry, ...]
    warnings: tuple[ArchivedWarning, ...] = ()
    measures: tuple[Measure, ...] = ()
    record: DrillRecord | None = None
    names: dict[str, Words] = field(default_factory=dict)
    units: dict[str, Words] = field(default_factory=dict)


TAG = 6
"""As many signs of a hash tell two drills of one number apart."""


@dataclass(slots=True)
class TakenIn:
    """A drill held by another installation, as its file told it.

    `hashes` are those of its record's entries, the first of which no other drill has: a number is
    one ledger's alone, and of a ledger brought back from a copy there may be two that go on
    counting. `text` is the file's second line, exactly, and `sha256` its hash. `held_at` is what
    people here call the place; `reported_on`, `reported_to`, `receipt` its filing with our year's
    report.
    """

    id: str
    firm: Words
    record: DrillRecord | None
    names: dict[str, Words]
    units: dict[str, Words]
    hashes: tuple[str, ...]
    text: str
    sha256: str
    held_at: str = ""
    reported_on: date | None = None
    reported_to: str = ""
    receipt: str = ""
    is_open: bool = False

    @property
    def key(self) -> str:
        """Its id here: the number it has there, and what tells it from our own of that number."""
        return f"{self.id}@{self.hashes[0][:TAG]}"

    def continues(self, other: "TakenIn") -> bool:
        """Whether it tells of the same drill, at least as far as another archive of it."""
        return self.hashes[: len(other.hashes)] == other.hashes
