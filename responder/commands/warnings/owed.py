"""What a warning owes outside: its report, then the report that it is over (7.2)."""

from datetime import datetime

from responder.commands.alert import Alert
from responder.commands.obligations.obligation import discharge, owe, release
from responder.domain.call_task import CallTask
from responder.domain.obligation import Kind, Obligation, Step
from responder.domain.record import By
from responder.domain.warning import ENDED, OWED, WARNED, Leg, Line
from responder.domain.words import Words

TITLES = {
    WARNED: Words("预警报告", "Warning report"),
    ENDED: Words("解除预警的报告", "Report that the warning is over"),
}
BECAUSE = "JR/T 0099 7.2"


def owe_along(
    alert: Alert, matter: str, units: list[str], due_at: datetime, owner: str = ""
) -> Obligation:
    """Take it up: to these units, by phone and then in writing; in hand if it has an owner."""
    row = Obligation(
        id=OWED[matter],
        incident=alert.warning.id,
        kind=Kind.REPORT,
        duty=f"warning/{matter}",
        title=TITLES[matter],
        started_at=alert.now,
        due_at=due_at,
        because=BECAUSE,
        to=tuple(units),
        steps=[Step(line.value) for line in Line],
    )
    if owner:
        row.owner, row.taken_at = owner, alert.now
    known = alert.uow.obligations.get(row.key)
    if known is not None and known.is_open and known.due_at is not None:
        row.due_at, row.started_at = min(known.due_at, due_at), known.started_at
    return owe(alert.uow, row, alert.now)


def told_along(alert: Alert, matter: str, legs: list[Leg], call: CallTask, by: By) -> None:
    """A step is done when every unit was told by its line; who recorded the last call did it."""
    key = f"{alert.warning.id}/{OWED[matter]}"
    for line in Line:
        row = alert.uow.obligations.get(key)
        here = [leg for leg in legs if leg.line is line]
        if row is None or not row.is_open or any(leg.told_at is None for leg in here):
            return
        if row.next_step is not None and row.next_step.id == line.value:
            proof = f"{alert.warning.id} call {call.id}"
            discharge(alert.uow, key, line.value, by, alert.now, proof, alert.now)


def no_longer_owed(alert: Alert, by: By, reason: str) -> None:
    """The warning is over before everybody heard of it: who did not has nothing to hear."""
    row = alert.uow.obligations.get(f"{alert.warning.id}/{OWED[WARNED]}")
    if row is not None and row.is_open:
        release(alert.uow, row.key, by, reason, alert.now)
