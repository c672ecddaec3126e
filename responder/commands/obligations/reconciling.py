"""What an incident owes by its rows, brought in line with what the regimes demand of it."""

from datetime import datetime
from functools import cached_property
from typing import Any

from responder.commands.obligations.demanded import Demand, basis_of, demands, row_of
from responder.commands.owed import OBLIGATION, late_s, named, opened, own
from responder.commands.pursuit import roster_of
from responder.domain.dossier import Dossier
from responder.domain.hunt import Chain
from responder.domain.incident import Incident, Phase
from responder.domain.obligation import (
    COVERED,
    NEVER_BEGAN,
    NOT_DEMANDED,
    Kind,
    Obligation,
    Step,
)
from responder.domain.record import ENGINE, Fact
from responder.domain.site import Site
from responder.ports.unit_of_work import UnitOfWork
from responder.regimes.due import Standing


def reconcile(uow: UnitOfWork, incident_id: str, now: datetime) -> None:
    """Compute anew what every regime that applies demands of an incident, and follow it.

    To be called whenever a milestone, a grade, a phase or a submission of it changed, after the
    change was put on its shelf. Nothing that is due disappears by it; a limit moves later only by
    a classification, or by a report that it counts from.
    """
    incident = uow.incidents.get(incident_id)
    if incident is None:
        return
    site = uow.sites.get(incident.site_version)
    if not (site.applies or incident.regimes or _playbooks_regimes(site, incident)):
        return
    Account(uow, incident, site, now).settle()


def changes_by(
    uow: UnitOfWork, incident: Incident, dossier: Dossier, now: datetime
) -> list[tuple[str, Obligation]]:
    """What `reconcile` would do, were its dossier this one: the kind of entry, and the row after.

    Nothing is kept.
    """
    account = Account(uow, incident, uow.sites.get(incident.site_version), now)
    account.dossier = dossier
    account.compare()
    return [(fact.kind, row) for fact, row in zip(account.facts, account.touched, strict=True)]


def _playbooks_regimes(site: Site, incident: Incident) -> bool:
    playbook = site.playbooks.get(incident.playbook)
    return bool(playbook and playbook.regimes)


class Account:
    """What one incident owes, compared with what the regimes demand."""

    def __init__(self, uow: UnitOfWork, incident: Incident, site: Site, now: datetime) -> None:
        self.uow, self.incident, self.site, self.now = uow, incident, site, now
        self.rows = uow.obligations.of(incident.id)
        self.dossier = uow.dossiers.get(incident.id) or Dossier(incident.id)
        self.facts: list[Fact] = []
        self.touched: list[Obligation] = []
        self.changed: dict[str, Obligation] = {}

    def compare(self) -> None:
        """Find what is to be opened, moved and ended; nothing is written."""
        demanded = {d.id: d for d in demands(self.site, self.incident, self.dossier, self._by_id())}
        for demand in demanded.values():
            self._follow(demand)
        for row in self.rows.values():
            if row.is_open and self._is_of_a_pack(row) and not _runs(demanded.get(row.id)):
                self._end(row, demanded.get(row.id))

    def settle(self) -> None:
        """Compare, and write what changed."""
        self.compare()
        for key, row in self.changed.items():
            self.uow.obligations.put(key, row)
        self.uow.ledger.append(self.facts)
        if self.changed:
            self.uow.timers.set(OBLIGATION, self.incident.id, self.now)

    def _by_id(self) -> dict[str, Obligation]:
        return {row.id: row for row in self.rows.values()}

    def _follow(self, demand: Demand) -> None:
        row = self.rows.get(f"{self.incident.id}/{demand.id}")
        if not demand.runs or (row and row.done_at and row.kind is not Kind.CLASSIFICATION):
            return
        basis = basis_of(demand, self.dossier, self.rows)
        if row is None:
            if self.incident.phase is not Phase.CANCELLED:
                self._open(demand, basis)
        elif row.ended and not row.ended_by:
            row.ended, row.ended_at = "", None
            self._move(row, demand, basis, anew=True)
        elif row.kind is Kind.CLASSIFICATION and row.done_at:
            row.done_at, row.done_by, row.taken_at, row.breached_at = None, "", None, None
            row.steps = [Step(step.id) for step in row.steps]
            self._move(row, demand, basis, anew=True)
        elif row.is_open:
            self._move(row, demand, basis)

    def _open(self, demand: Demand, basis: str) -> None:
        row = row_of(demand, self.site, self.incident, basis)
        row.place = self._next_place()
        before, stays = self._one_before(demand)
        own(row, self.chain, before, self.now if stays else None)
        self.rows[row.key] = row
        self._changed(row, "ObligationOpened", **opened(row))

    @cached_property
    def chain(self) -> Chain:
        """Who may be asked to see to a report."""
        roster = roster_of(self.uow, self.incident.site_version, self.incident.recipients)
        return Chain.of(roster, self.now)

    def _one_before(self, demand: Demand) -> tuple[str, bool]:
        """Who held the regime's last report, and whether this one is theirs without asking.

        A report that comes again stays with them; any other they are the first to be asked for.
        """
        regime = demand.regime.id
        held = [
            (row.taken_at, row.number, row.owner)
            for row in self.rows.values()
            if row.taken_at and row.duty.startswith(f"{regime}/") and row.is_law
        ]
        return (max(held)[2] if held else ""), demand.due.duty.recurs

    def _move(self, row: Obligation, demand: Demand, basis: str, anew: bool = False) -> None:
        """Earlier by an earlier start; later only where what it counts from was classified."""
        wanted, present = demand.due.due_at, row.due_at
        earlier = wanted is not None and (present is None or wanted < present)
        if anew or earlier or (wanted != present and basis != row.basis):
            row.started_at, row.due_at = demand.due.started_at, wanted
            row.because, row.warned_at = demand.due.because, None
            row.asked, row.asked_at = [], None
            row.basis = basis
            was = present.isoformat() if present else None
            self._changed(row, "ObligationMoved", **opened(row), was=was)
        elif basis != row.basis:
            row.basis = basis
            self.changed[row.key] = row

    def _end(self, row: Obligation, demand: Demand | None) -> None:
        """A row that is not demanded as it stands any more."""
        if row.kind is Kind.CLASSIFICATION:
            row.done_at, row.done_by = self.now, ""
            self._changed(row, "ObligationDischarged", **named(row), late_s=late_s(row, self.now))
        elif demand is not None and demand.due.standing is Standing.NOT_DEMANDED:
            self._close(row, NOT_DEMANDED)
        elif self.incident.phase is Phase.CANCELLED and row.due_at is None:
            self._close(row, NEVER_BEGAN)
        elif demand is not None and demand.due.due_at is None and row.breached_at is None:
            row.due_at = row.started_at = None
            row.asked, row.asked_at = [], None
            self._changed(row, "ObligationMoved", **opened(row))
        elif demand is None and (self._is_covered(row) or self._is_spared(row)):
            self._close(row, COVERED)

    def _is_of_a_pack(self, row: Obligation) -> bool:
        """Whether a regime's pack demands it; what somebody promised ends by its own means."""
        regime, _, duty = row.duty.partition("/")
        pack = self.site.regimes.get(regime)
        return row.kind is Kind.CLASSIFICATION or bool(pack and pack.duty(duty))

    def _is_covered(self, row: Obligation) -> bool:
        """Whether a report of the regime, submitted since it began, took its place."""
        regime, since = row.duty.partition("/")[0], row.started_at
        return any(
            other.done_at and since and other.done_at >= since and other.is_law
            for other in self.rows.values()
            if other.kind is not Kind.CLASSIFICATION and other.duty.startswith(f"{regime}/")
        )

    def _is_spared(self, row: Obligation) -> bool:
        """Whether the rule itself spares it, what spares it having come in time."""
        regime, _, id = row.duty.partition("/")
        pack = self.site.regimes.get(regime)
        duty = pack.duty(id) if pack else None
        came = self.dossier.milestones.get(duty.spared_by) if duty and duty.spared_by else None
        return came is not None and row.due_at is not None and came <= row.due_at

    def _close(self, row: Obligation, why: str) -> None:
        row.ended, row.ended_at = why, self.now
        self._changed(row, "ObligationEnded", **named(row), ended=why)

    def _changed(self, row: Obligation, kind: str, **payload: Any) -> None:
        self.changed[row.key] = row
        self.touched.append(row)
        self.facts.append(Fact(kind, self.incident.id, ENGINE, self.now, payload))

    def _next_place(self) -> int:
        return 1 + max((row.place for row in self.rows.values()), default=0)


def _runs(demand: Demand | None) -> bool:
    return demand is not None and demand.runs
