"""A drill as one file: enough to be read, counted and kept by another installation of ours."""

from dataclasses import dataclass, field
from datetime import datetime
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
    the people in it, and nothing else about them. `sha256` is that of the file it came from.
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
    sha256: str = ""
    is_open: bool = False
