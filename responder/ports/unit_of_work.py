"""The socket for memory: one transaction in which a command loads, saves, records and enqueues.

Everything a `UnitOfWork` does becomes durable together or not at all. Values returned by a
shelf are fresh copies, locked for this transaction; changing one changes nothing until `put`.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from concurrent.futures import Future
from datetime import date, datetime
from typing import Any, NamedTuple, Protocol, TypeVar

from responder.domain.agreed_line import AgreedLine
from responder.domain.assessment import Assessment
from responder.domain.authority import Authority
from responder.domain.briefing import Briefing
from responder.domain.call_task import CallTask
from responder.domain.change_notice import ChangeNotice, UnitCheck
from responder.domain.consent import Consent
from responder.domain.dossier import Dossier
from responder.domain.drill_archive import TakenIn
from responder.domain.drill_run import DrillApproval, DrillRun
from responder.domain.duty import Feed, Shift, Swap
from responder.domain.escalation import Escalation
from responder.domain.exhibit import Exhibit
from responder.domain.incident import Incident
from responder.domain.inquiry import Inquiry
from responder.domain.inspection import Inspection
from responder.domain.investigation import Investigation
from responder.domain.issued_card import IssuedCard
from responder.domain.load import AMPLE, Room
from responder.domain.logged_event import EventReview, LoggedEvent
from responder.domain.measure import Measure
from responder.domain.message import Message, Outcome, State
from responder.domain.notice import Notice
from responder.domain.obligation import Obligation
from responder.domain.plan_life import PlanVersion, Reading
from responder.domain.planned_drill import PlannedDrill
from responder.domain.problem import Problem
from responder.domain.provision import ProvisionCheck
from responder.domain.reachability import Probe, WayCheck
from responder.domain.record import By, Entry, Fact
from responder.domain.recurrence import Recurrence
from responder.domain.report import Report
from responder.domain.retention import Hold
from responder.domain.revision import Revision
from responder.domain.site import Site
from responder.domain.talk import Talk
from responder.domain.task import Task
from responder.domain.training import Session
from responder.domain.warning import Warning

T = TypeVar("T")


class Shelf(Protocol[T]):
    """Values of one kind by id."""

    def get(self, id: str) -> T | None:
        """The value, locked until the transaction ends, or None."""
        ...

    def get_many(self, ids: Sequence[str]) -> dict[str, T]:
        """Those of `ids` that exist, locked, in one round trip."""
        ...

    def put(self, id: str, value: T) -> None:
        """Write the value as it is now."""
        ...

    def open(self, series: str = "") -> dict[str, T]:
        """Values not yet done with (`value.is_open`), oldest first; of a series (`DRL`) alone.

        None comes or goes before a writing transaction ends: who looks here first, and then puts
        a new one, is alone in that.
        """
        ...

    def of(self, incident: str) -> dict[str, T]:
        """All values that belong to an incident (their `value.incident`), oldest first."""
        ...

    def all(self) -> dict[str, T]:
        """Every value, oldest first."""
        ...


class Outbox(Protocol):
    """Messages to be sent. States never go backwards (`domain.message.State`)."""

    def add(self, messages: Iterable[Message]) -> None:
        """Enqueue; each message's `id` is new."""
        ...

    def claim(
        self, now: datetime, until: datetime, limit: int, rooms: Mapping[str, Room] = AMPLE
    ) -> list[Message]:
        """Take up to `limit` messages that are ready by `now`, most urgent first.

        `rooms` says how much there is room for on ways; on others there is for everything. They
        become `sending`, leased until `until`, with `attempt` and `fence` one higher.
        Two engines never take the same one.
        """
        ...

    def expired(self, now: datetime, limit: int) -> list[Message]:
        """Messages `sending` whose lease ran out: nobody knows what became of them."""
        ...

    def settle(self, outcomes: Sequence[Outcome]) -> list[Message]:
        """Write results in one batch; returns in brief the messages that really changed.

        What nobody asks who hears of an outcome is left out: address, facts, code, language.

        An outcome with an old `fence`, or that would go backwards, changes nothing. The one way
        back is `retry_at`: what is surely or possibly not sent becomes `ready` again then.
        """
        ...

    def get(self, id: str) -> Message | None:
        """One message."""
        ...

    def of(self, incident: str) -> list[Message]:
        """Every message of an incident, in the order enqueued."""
        ...

    def to(self, person: str, limit: int = 50) -> list[Message]:
        """The latest messages to a person, newest last."""
        ...

    def failing(self, incident: str, purposes: Sequence[str]) -> list[tuple[str, str]]:
        """Each person and way of which the latest message failed, for good or for now."""
        ...

    def waiting(self, incident: str, purposes: Sequence[str]) -> set[str]:
        """Those to whom something is not sent yet."""
        ...

    def withdraw(
        self, incident: str, persons: Sequence[str] | None, purposes: Sequence[str]
    ) -> int:
        """Take back what is still `ready` of an incident; returns how many.

        What is under way is not tried again if it fails.
        """
        ...

    def next_ready(self) -> datetime | None:
        """When the next message is ready to be claimed, or a lease runs out."""
        ...

    def counts(self) -> dict[State, int]:
        """How many messages are in each state."""
        ...


class Timers(Protocol):
    """Due work, one row per (kind, subject)."""

    def set(self, kind: str, subject: str, due_at: datetime | None) -> None:
        """(Re)arm, or disarm with None."""
        ...

    def claim(self, now: datetime, limit: int) -> list[tuple[str, str, datetime]]:
        """The (kind, subject, due_at) due by `now`, earliest first.

        Locked for this transaction (skipping what another engine locked); a claimed timer is
        disarmed unless set again.
        """
        ...

    def next_due(self) -> datetime | None:
        """The earliest due instant."""
        ...


class Ledger(Protocol):
    """The record nobody can alter; entries are chained when the transaction commits."""

    def append(self, facts: Iterable[Fact]) -> None:
        """Record facts, in this order, with the salt and hashes the store adds."""
        ...

    def of(self, subject: str, kinds: Collection[str] = ()) -> list[Entry]:
        """The entries about a subject, in order, payloads included where still held.

        Only those of `kinds` where any is named.
        """
        ...

    def by(self, actor: str, since: datetime) -> list[Entry]:
        """What an actor did since an instant, in order."""
        ...

    def all(self, after: int = 0, limit: int = 1000) -> list[Entry]:
        """Entries with seq greater than `after`, in order."""
        ...


class Sites(Protocol):
    """Versions of the site: content-addressed, written once, immutable (P9)."""

    def add(self, site: Site) -> str:
        """Keep a version; returns its content hash. The same content is kept once."""
        ...

    def get(self, version: str) -> Site:
        """The version with that hash."""
        ...

    def accepted(self) -> str | None:
        """The hash of the version in force, None in an empty database."""
        ...

    def accept(self, version: str) -> None:
        """Put a version in force."""
        ...


class Notes(Protocol):
    """Small facts about the engine and the register, by key (heartbeat, halted, removed people)."""

    def get(self, key: str) -> Any:
        """The value, or None."""
        ...

    def put(self, key: str, value: Any) -> None:
        """Write a JSON value."""
        ...


class Erased(NamedTuple):
    """How much was erased: entries whose payload is gone, and values and messages beside them."""

    entries: int
    values: int


class UnitOfWork(Protocol):
    """What a command handler is given."""

    incidents: Shelf[Incident]
    escalations: Shelf[Escalation]
    authorities: Shelf[Authority]
    tasks: Shelf[Task]
    warnings: Shelf[Warning]
    consents: Shelf[Consent]
    talks: Shelf[Talk]
    call_tasks: Shelf[CallTask]
    exhibits: Shelf[Exhibit]
    dossiers: Shelf[Dossier]
    obligations: Shelf[Obligation]
    reports: Shelf[Report]
    agreed_lines: Shelf[AgreedLine]
    notices: Shelf[Notice]
    briefings: Shelf[Briefing]
    investigations: Shelf[Investigation]
    measures: Shelf[Measure]
    inquiries: Shelf[Inquiry]
    inspections: Shelf[Inspection]
    holds: Shelf[Hold]
    revisions: Shelf[Revision]
    change_notices: Shelf[ChangeNotice]
    unit_checks: Shelf[UnitCheck]
    issued_cards: Shelf[IssuedCard]
    shifts: Shelf[Shift]
    swaps: Shelf[Swap]
    feeds: Shelf[Feed]
    way_checks: Shelf[WayCheck]
    probes: Shelf[Probe]
    plan_versions: Shelf[PlanVersion]
    readings: Shelf[Reading]
    sessions: Shelf[Session]
    provision_checks: Shelf[ProvisionCheck]
    logged_events: Shelf[LoggedEvent]
    problems: Shelf[Problem]
    event_reviews: Shelf[EventReview]
    assessments: Shelf[Assessment]
    drill_runs: Shelf[DrillRun]
    drill_archives: Shelf[TakenIn]
    drill_approvals: Shelf[DrillApproval]
    drill_plans: Shelf[PlannedDrill]
    outbox: Outbox
    timers: Timers
    ledger: Ledger
    sites: Sites
    notes: Notes

    def next_number(self, series: str) -> int:
        """The next number of a series (`INC-2026`), from 1, without gaps among commits."""
        ...

    def first_seen(self, door: str, event: str) -> bool:
        """Whether this platform event is new; remembers it (redelivery is dropped)."""
        ...

    def erase(self, subject: str, reason: str, by: By, at: datetime) -> Erased:
        """Erase for good what is held of an incident or a warning, and record that it was.

        Its entries stay in the chain without what they said; its values, messages and timers go.
        It is the last that a work does with that subject.
        """
        ...

    def token(self) -> str:
        """A fresh, short, unguessable id."""
        ...

    def days_of(self, rule: Recurrence, since: date, until: date) -> Iterable[date]:
        """The days of a recurrence in [since, until), as `domain.recurrence.DaysOf` promises."""
        ...


Work = Callable[[UnitOfWork], T]


class Transactions(Protocol):
    """Runs work on the store. A result (or error) is given only once it is durable."""

    def submit(self, work: Work[T]) -> "Future[T]":
        """Run `work` in a writing transaction; its error rolls back that work alone.

        A work that collides with another process's is run again from its start: it has no effect
        of its own outside the unit of work.
        """
        ...

    def run(self, work: Work[T]) -> T:
        """`submit` and wait."""
        ...

    def read(self, work: Work[T]) -> T:
        """Run `work` on a consistent snapshot; it must not write."""
        ...


class Changes(Protocol):
    """Tells of commits, this process's and others'."""

    def subscribe(self, wake: Callable[[], None]) -> Callable[[], None]:
        """Call `wake` (from any thread) soon after each commit that changed something.

        Returns the unsubscriber.
        """
        ...

    def before_commit(self, ahead: Callable[[], None]) -> Callable[[], None]:
        """Call `ahead` (from any thread) before a commit of this process that changes something.

        A work submitted by it is carried out in that very commit, where the store takes several
        works into one; elsewhere `ahead` is never called. Returns the unsubscriber.
        """
        ...
