"""Milestones that follow from an incident's own states: what clocks of the regimes count from."""

from datetime import datetime

from responder.commands.obligations.reconciling import reconcile
from responder.domain.dossier import Dossier
from responder.domain.incident import Incident, Phase
from responder.domain.regime import Milestone
from responder.ports.unit_of_work import UnitOfWork

OF_PHASE = {
    Phase.RESTORED: Milestone.RESTORED,
    Phase.STOOD_DOWN: Milestone.STOOD_DOWN,
    Phase.CLOSED: Milestone.CLOSED,
}
UNDONE_BY_REOPENING = (Milestone.RESTORED, Milestone.RESOLVED, Milestone.STOOD_DOWN)


def moved(uow: UnitOfWork, incident: Incident, now: datetime) -> None:
    """The incident came to its phase, and stands on its shelf: follow what is owed.

    What people told of the same milestone stays as they told it.
    """
    milestone = OF_PHASE.get(incident.phase)
    if milestone is not None:
        dossier = _dossier(uow, incident.id)
        dossier.milestones.setdefault(milestone.value, now)
        uow.dossiers.put(dossier.incident, dossier)
    reconcile(uow, incident.id, now)


def reopened(uow: UnitOfWork, incident: Incident, now: datetime) -> None:
    """It is not over: what was told of its end counts no more."""
    dossier = _dossier(uow, incident.id)
    for milestone in UNDONE_BY_REOPENING:
        dossier.milestones.pop(milestone.value, None)
    dossier.milestones[Milestone.REOPENED.value] = now
    uow.dossiers.put(dossier.incident, dossier)
    reconcile(uow, incident.id, now)


def changed(uow: UnitOfWork, incident: str, now: datetime) -> None:
    """Something important changed, which continuing reports have to tell at once."""
    dossier = _dossier(uow, incident)
    dossier.changes.append(now)
    uow.dossiers.put(dossier.incident, dossier)
    reconcile(uow, incident, now)


def _dossier(uow: UnitOfWork, incident: str) -> Dossier:
    return uow.dossiers.get(incident) or Dossier(incident)
