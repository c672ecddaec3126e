"""The unit of work: all sockets of one transaction."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Generic, Protocol, TypeVar

from sqlalchemy import Table

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
from responder.domain.logged_event import EventReview, LoggedEvent
from responder.domain.measure import Measure
from responder.domain.notice import Notice
from responder.domain.obligation import Obligation
from responder.domain.plan_life import PlanVersion, Reading
from responder.domain.planned_drill import PlannedDrill
from responder.domain.problem import Problem
from responder.domain.provision import ProvisionCheck
from responder.domain.reachability import Probe, WayCheck
from responder.domain.record import By
from responder.domain.recurrence import DaysOf, Recurrence, nothing_recurs
from responder.domain.report import Report
from responder.domain.retention import Hold
from responder.domain.revision import Revision
from responder.domain.talk import Talk
from responder.domain.task import Task
from responder.domain.training import Session as TrainingSession
from responder.domain.warning import Warning
from responder.evidence.chain import SALT_BYTES, HeadRow
from responder.ports.unit_of_work import Erased, Ledger, Notes, Outbox, Shelf, Sites, Timers
from responder.store import tables
from responder.store.erasing import erase
from responder.store.ledger import TableLedger
from responder.store.notes import TableNotes, first_seen, next_number
from responder.store.outbox import TableOutbox
from responder.store.session import Session
from responder.store.shelves import TableShelf
from responder.store.sites import SiteCache, TableSites
from responder.store.timers import TableTimers

T = TypeVar("T")

ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
"""Nothing that is easily misread or misheard; a letter is five bits."""
LETTERS = bytes(ord(ALPHABET[byte & 31]) for byte in range(256))
TOKEN_LETTERS = 16

Entropy = Callable[[int], bytes]
Reached = Callable[[str], None]
"""Told the name of each point that a work reaches, so that tests can kill a process there."""


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What units of work share: where chance comes from, immutable sites, who reads recurrences.

    `durable` unless the database is thrown away at the end: no commit waits for the disk then.
    """

    entropy: Entropy
    sites: SiteCache
    days_of: DaysOf = nothing_recurs
    durable: bool = True


class Buffer(Protocol):
    """What keeps writes waiting."""

    def flush(self) -> None:
        """Write what waits."""
        ...


class Shelved(Generic[T]):
    """A shelf of a unit, made when it is first asked for: a work needs few of them."""

    def __init__(self, table: Table, kind: type[T]) -> None:
        self._table = table
        self._kind = kind
        self._name = ""

    def __set_name__(self, owner: type, name: str) -> None:
        self._name = name

    def __get__(self, unit: "Unit", owner: type) -> Shelf[T]:
        shelf = TableShelf(unit.session, self._table, self._kind)
        unit.__dict__[self._name] = shelf  # found from now on without asking here
        return shelf


class Unit:
    """What a command handler is given; writes wait in memory until `flush` or a search."""

    incidents = Shelved(tables.INCIDENTS, Incident)
    escalations = Shelved(tables.ESCALATIONS, Escalation)
    authorities = Shelved(tables.AUTHORITIES, Authority)
    tasks = Shelved(tables.TASKS, Task)
    warnings = Shelved(tables.WARNINGS, Warning)
    consents = Shelved(tables.CONSENTS, Consent)
    talks = Shelved(tables.TALKS, Talk)
    call_tasks = Shelved(tables.CALL_TASKS, CallTask)
    exhibits = Shelved(tables.EXHIBITS, Exhibit)
    dossiers = Shelved(tables.DOSSIERS, Dossier)
    obligations = Shelved(tables.OBLIGATIONS, Obligation)
    reports = Shelved(tables.REPORTS, Report)
    agreed_lines = Shelved(tables.AGREED_LINES, AgreedLine)
    notices = Shelved(tables.NOTICES, Notice)
    briefings = Shelved(tables.BRIEFINGS, Briefing)
    investigations = Shelved(tables.INVESTIGATIONS, Investigation)
    measures = Shelved(tables.MEASURES, Measure)
    inquiries = Shelved(tables.INQUIRIES, Inquiry)
    inspections = Shelved(tables.INSPECTIONS, Inspection)
    holds = Shelved(tables.HOLDS, Hold)
    revisions = Shelved(tables.REVISIONS, Revision)
    change_notices = Shelved(tables.CHANGE_NOTICES, ChangeNotice)
    unit_checks = Shelved(tables.UNIT_CHECKS, UnitCheck)
    issued_cards = Shelved(tables.ISSUED_CARDS, IssuedCard)
    shifts = Shelved(tables.SHIFTS, Shift)
    swaps = Shelved(tables.SWAPS, Swap)
    feeds = Shelved(tables.FEEDS, Feed)
    way_checks = Shelved(tables.WAY_CHECKS, WayCheck)
    probes = Shelved(tables.PROBES, Probe)
    plan_versions = Shelved(tables.PLAN_VERSIONS, PlanVersion)
    readings = Shelved(tables.READINGS, Reading)
    sessions = Shelved(tables.SESSIONS, TrainingSession)
    provision_checks = Shelved(tables.PROVISION_CHECKS, ProvisionCheck)
    logged_events = Shelved(tables.LOGGED_EVENTS, LoggedEvent)
    problems = Shelved(tables.PROBLEMS, Problem)
    event_reviews = Shelved(tables.EVENT_REVIEWS, EventReview)
    assessments = Shelved(tables.ASSESSMENTS, Assessment)
    drill_runs = Shelved(tables.DRILL_RUNS, DrillRun)
    drill_archives = Shelved(tables.DRILL_ARCHIVES, TakenIn)
    drill_approvals = Shelved(tables.DRILL_APPROVALS, DrillApproval)
    drill_plans = Shelved(tables.DRILL_PLANS, PlannedDrill)

    def __init__(self, session: Session, around: Surroundings) -> None:
        self.session = session
        self._entropy = around.entropy
        self._days_of = around.days_of
        outbox, timers = TableOutbox(session), TableTimers(session)
        kept, ledger = TableNotes(session), TableLedger(session, _salts(around.entropy))
        self.outbox: Outbox = outbox
        self.timers: Timers = timers
        self.notes: Notes = kept
        self.sites: Sites = TableSites(session, kept, around.sites)
        self.ledger: Ledger = ledger
        self._chain = ledger
        # The ledger comes last, for from then on its head is locked.
        self._buffers: tuple[Buffer, ...] = (outbox, timers, kept, ledger)

    def next_number(self, series: str) -> int:
        """The next number of a series, from 1, without gaps among commits."""
        return next_number(self.session, series)

    def first_seen(self, door: str, event: str) -> bool:
        """Whether this platform event is new; remembers it."""
        return first_seen(self.session, door, event)

    def token(self) -> str:
        """A fresh, short, unguessable id: 80 bits in 16 letters."""
        return self._entropy(TOKEN_LETTERS).translate(LETTERS).decode()

    def days_of(self, rule: Recurrence, since: date, until: date) -> Iterable[date]:
        """The days of a recurrence in [since, until)."""
        return self._days_of(rule, since, until)

    def erase(self, subject: str, reason: str, by: By, at: datetime) -> Erased:
        """Erase all of an incident or a warning, and put that on the record."""
        self.flush()
        removal, erased = erase(self.session, subject, reason, by, at)
        self.ledger.append([removal])
        return erased

    def head(self) -> HeadRow:
        """Where the chain ends, with what waits chained to it."""
        return self._chain.head()

    def flush(self) -> None:
        """Write everything that waits."""
        with self.session.together():
            used = self.__dict__
            for buffer in (*(used[name] for name in SHELVES if name in used), *self._buffers):
                buffer.flush()


def _salts(entropy: Entropy) -> Iterator[str]:
    """Holds nothing of the unit, which so is gone, with its cursor, as soon as it is let go."""
    while True:
        yield entropy(SALT_BYTES).hex()


SHELVES = tuple(name for name, value in vars(Unit).items() if isinstance(value, Shelved))
"""In the order in which they are written: whoever writes several locks them in the same order."""
