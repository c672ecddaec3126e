"""A drill as it is held: what was sent when, its pauses, what evaluators saw, how it ended."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum

from responder.domain.drill import Result

LONGEST = timedelta(hours=12)
"""A drill left running is ended by the engine: nobody drills through a night and a day."""


class Ended(StrEnum):
    """How a drill came to its end."""

    DONE = "done"
    ABORTED = "aborted"
    LEFT = "left"


@dataclass(slots=True)
class Pause:
    """A time that does not count: paused by hand, or frozen by a real declaration."""

    since: datetime
    until: datetime | None = None
    reason: str = ""


@dataclass(slots=True)
class Observation:
    """What an evaluator saw, beside what the record shows; `late` if entered after the end."""

    by: str
    at: datetime
    text: str
    objective: str = ""
    strength: bool = False
    late: bool = False


@dataclass(slots=True)
class Feedback:
    """What one person said after a drill.

    `knew` is whether they knew what to do: from 1, not at all, to 5, all the time.
    """

    at: datetime
    knew: int
    well: str = ""
    better: str = ""


@dataclass(slots=True)
class PartnerSeen:
    """Whether a unit outside took part in a joint drill, and what is to be said of it."""

    came: bool
    note: str
    by: str
    at: datetime


@dataclass(slots=True)
class DrillApproval:
    """Somebody approved a scenario as it stood; edited since, it is to be approved anew."""

    scenario: str
    fingerprint: str
    by: str
    at: datetime


@dataclass(slots=True)
class DrillRun:
    """One drill under way or over; `id` is its incident's, `DRL-…`, whose copy holds the scenario.

    `sent` and `skipped` say of each row when, `marked` what evaluators found of an expected action.
    `plan_change` answers whether the emergency plan is to change for it: `none`, or what is to.
    `warnings` are the early warnings opened in it, by the row that did. `feedback` is by person.
    `report_duty` is the regime's id of the report on a joint drill. `partners` says of each unit
    outside, by its id, whether it took part.
    """

    id: str
    scenario: str
    started_at: datetime
    started_by: str
    absent: list[str] = field(default_factory=list)
    took_part: list[str] = field(default_factory=list)
    sent: dict[str, datetime] = field(default_factory=dict)
    skipped: dict[str, datetime] = field(default_factory=dict)
    pauses: list[Pause] = field(default_factory=list)
    marked: dict[str, Result] = field(default_factory=dict)
    observations: list[Observation] = field(default_factory=list)
    approved_by: str = ""
    ended: Ended | None = None
    ended_at: datetime | None = None
    ended_by: str = ""
    reason: str = ""
    evaluated_at: datetime | None = None
    evaluated_by: str = ""
    plan_change: str = ""
    answered_by: str = ""
    closed_at: datetime | None = None
    closed_by: str = ""
    reported_on: date | None = None
    reported_to: str = ""
    receipt: str = ""
    feedback: dict[str, Feedback] = field(default_factory=dict)
    report_duty: str = ""
    report_due_at: datetime | None = None
    warnings: dict[str, str] = field(default_factory=dict)
    partners: dict[str, PartnerSeen] = field(default_factory=dict)

    @property
    def owes_report(self) -> bool:
        """Whether a report on this drill alone is still to be made."""
        return self.report_due_at is not None and self.reported_on is None

    @property
    def asked(self) -> list[str]:
        """Who is asked how it went: everybody in it but those drawn as away; nobody if aborted."""
        if self.ended not in (Ended.DONE, Ended.LEFT):
            return []
        return [person for person in self.took_part if person not in self.absent]

    @property
    def incident(self) -> str:
        """The incident it runs as."""
        return self.id

    @property
    def is_open(self) -> bool:
        """Whether it is not over."""
        return self.ended_at is None

    @property
    def is_paused(self) -> bool:
        """Whether its clock stands still."""
        return bool(self.pauses) and self.pauses[-1].until is None

    def ran_until(self, at: datetime) -> timedelta:
        """How long it had run at an instant, pauses left out."""
        paused = timedelta(0)
        for pause in self.pauses:
            end = min(pause.until or at, at)
            paused += max(end - pause.since, timedelta(0))
        return at - self.started_at - paused

    def instant(self, offset: timedelta) -> datetime:
        """The instant at which it has run that long, pauses so far taken into account."""
        at = self.started_at + offset
        for pause in self.pauses:
            if pause.since >= at or pause.until is None:
                break
            at += pause.until - pause.since
        return at
