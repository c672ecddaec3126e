"""Requests for decisions, and who holds authority over an incident."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from responder.domain.ringing import Run, Rung
from responder.domain.words import Words

HUNTING = ""
"""The holder while the order is exhausted."""


@dataclass(slots=True)
class Request:
    """One open or answered question. `asked` keeps the order and the instant of first asking.

    `about` says what it is about this time, where the catalogue's question alone does not.
    """

    id: str
    decision: str
    opened_at: datetime
    within: timedelta | None = None
    reverses: str = ""
    about: Words = Words()
    hunting: bool = False
    clock_at: datetime | None = None
    asked: dict[str, datetime] = field(default_factory=dict)
    runs: dict[str, Run] = field(default_factory=dict)
    rung: Rung = field(default_factory=Rung)
    approvals: list[str] = field(default_factory=list)
    extended: bool = False
    decided_by: str = ""
    decided_at: datetime | None = None
    approved: bool = False
    overdue: bool = False

    @property
    def is_open(self) -> bool:
        """Whether it still waits for its answer."""
        return self.decided_at is None

    @property
    def next_due(self) -> datetime | None:
        """When the next way rings or the request is handed down."""
        if not self.is_open:
            return None
        rings = (run.next_at for run in self.runs.values())
        return min((at for at in (self.clock_at, *rings) if at is not None), default=None)


@dataclass(slots=True)
class Authority:
    """Who holds authority over an incident, and every request made of it."""

    incident: str
    holder: str
    requests: dict[str, Request] = field(default_factory=dict)
    failed: dict[str, list[str]] = field(default_factory=dict)
    stopped: bool = False

    @property
    def is_open(self) -> bool:
        """Whether any request waits."""
        return not self.stopped and any(r.is_open for r in self.requests.values())

    @property
    def next_due(self) -> datetime | None:
        """When something is to be done next."""
        if self.stopped:
            return None
        dues = (request.next_due for request in self.requests.values())
        return min((at for at in dues if at is not None), default=None)
