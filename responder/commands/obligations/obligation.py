"""What is owed outside: opened, owned, done, late, ended. The one door to it for every paper.

`reconcile` opens and follows what the regimes demand of an incident; `owe` takes up a promise made
elsewhere (the next notice, a briefing); `discharge` records that a step of one was done; `release`
ends one by name. All write to the unit of work alone, and arm the timer that warns, hunts the
owner and pages at breach (`obligations.owner_hunt`).
"""

from collections.abc import Iterable, Mapping
from datetime import datetime

from responder.commands.obligations.reconciling import reconcile
from responder.commands.owed import (
    OBLIGATION,
    chain_of,
    named,
    obligation_of,
    opened,
    own,
    punctuality,
    withdraw,
)
from responder.domain.dossier import UNKNOWN
from responder.domain.obligation import Obligation, step_name
from responder.domain.record import ENGINE, By, Fact
from responder.domain.regime import Duty
from responder.errors import BadInput, UnknownId
from responder.ports.unit_of_work import UnitOfWork

__all__ = ["discharge", "owe", "reconcile", "release"]

CAUSE = "cause"
"""The field of the dossier that tells it."""


def owe(uow: UnitOfWork, obligation: Obligation, now: datetime) -> Obligation:
    """Take up something owed; it gets its place, an owner and its clock.

    One of the same key that is still open keeps its place, and who has it in hand. With `owner`
    and `taken_at` it is in hand from the start; what no law demands is in its owner's or the
    commander's hand, and nobody else is asked before it is late.
    """
    others = uow.obligations.of(obligation.incident)
    same = others.get(obligation.key)
    if same is not None and same.is_open:
        obligation.place, obligation.owner = same.place, same.owner
        obligation.taken_at = same.taken_at
    if not obligation.place:
        obligation.place = 1 + max((row.place for row in others.values()), default=0)
    obligation.started_at = obligation.started_at or now
    if not obligation.is_law:
        _promised(uow, obligation, now)
    own(obligation, chain_of(uow, obligation.incident, now))
    uow.obligations.put(obligation.key, obligation)
    fact = Fact("ObligationOpened", obligation.incident, ENGINE, now, opened(obligation))
    uow.ledger.append([fact])
    uow.timers.set(OBLIGATION, obligation.incident, now)
    return obligation


def _promised(uow: UnitOfWork, obligation: Obligation, now: datetime) -> None:
    """The firm's own promise is in the commander's hand: nobody is hunted for before it is late."""
    incident = uow.incidents.get(obligation.incident)
    leads = (incident.commander or incident.provisional) if incident else ""
    obligation.owner = obligation.owner or leads
    if obligation.owner:
        obligation.taken_at = obligation.taken_at or now


def discharge(
    uow: UnitOfWork,
    key: str,
    step: str,
    by: By,
    at: datetime,
    proof: str,
    now: datetime,
    *,
    taken_by: str = "",
    report: str = "",
    states: Iterable[str] = (),
    preliminary: bool = False,
    lacking: Iterable[Mapping[str, str]] = (),
) -> Obligation:
    """Record that a human did a step at `at`; the last step discharges it, late or not.

    `step` may be `""` for the next one. `states` are milestones that it tells of (`restored` ends
    a continuing duty); `preliminary` that it leaves the cause open; a summary
    without a known cause is preliminary whatever is said. `lacking` names the elements that its
    rule requires and the report left open. Steps are done in their order. Raises UnknownId,
    BadInput.
    """
    row = obligation_of(uow, key)
    if not row.is_open:
        raise _over(row)
    _do_step(row, step, by, at, proof, now, taken_by)
    row.report = report or row.report
    row.states = tuple(dict.fromkeys([*row.states, *states]))
    row.owner, row.taken_at = by.person or row.owner, now
    finished = row.next_step is None
    left_open = finished and may_be_preliminary(uow, row) and cause_is_open(uow, row.incident)
    row.preliminary = row.preliminary or preliminary or left_open
    if finished:
        row.done_at, row.done_by = at, by.person
    uow.obligations.put(row.key, row)
    payload = {**named(row), "step": step, "proof": proof, "taken_by": taken_by}
    payload |= {"counts_at": at.isoformat()} if at != now else {}
    facts = [Fact("ObligationStepDone", row.incident, by, now, payload)]
    if finished:
        said = named(row) | punctuality(row, at) | {"states": list(row.states)}
        if report or _has_form(uow, row):
            said |= {"report": report, "lacking": [dict(one) for one in lacking]}
        facts.append(Fact("ObligationDischarged", row.incident, by, now, said))
    uow.ledger.append(facts)
    if finished:
        withdraw(uow, row)
        reconcile(uow, row.incident, now)
    uow.timers.set(OBLIGATION, row.incident, now)
    return row


def _do_step(
    row: Obligation, id: str, by: By, at: datetime, proof: str, now: datetime, taken_by: str
) -> None:
    if at > now:
        raise BadInput(
            "登记的时间在将来。", "That is a time still to come.", "请核对时间。", "Check the time."
        )
    if row.started_at is not None and at < row.started_at:
        raise BadInput(
            "登记的时间早于该事项开始的时间。",
            "That is before it began to be owed.",
            "请核对时间。",
            "Check the time.",
        )
    following = row.next_step
    if following is None:
        return
    if id and id != following.id:
        known = [step.id for step in row.steps]
        if id not in known:
            raise UnknownId("报送步骤", "step", id, known)
        raise BadInput(
            f"“{row.title.said('zh')}”须先{step_name(following.id).zh}报送。",
            f"“{row.title.said('en')}” is done {step_name(following.id).en} first.",
            f"请登记：report done {row.place} {following.id}。",
            f"Record it: report done {row.place} {following.id}.",
        )
    following.done_at, following.done_by = at, by.person
    following.taken_by, following.proof = taken_by, proof


def release(
    uow: UnitOfWork, key: str, by: By, reason: str, now: datetime, *, why: str = ""
) -> Obligation:
    """End what is no longer owed, for a reason, by name.

    What is due by law is told to compliance by whoever commands it (`EndObligation`). Raises
    UnknownId, BadInput where it is over already.
    """
    row = obligation_of(uow, key)
    if not row.is_open:
        raise _over(row)
    row.ended, row.ended_by, row.ended_at = why or reason, by.person or "—", now
    uow.obligations.put(row.key, row)
    payload = named(row) | {"reason": reason}
    uow.ledger.append([Fact("ObligationEnded", row.incident, by, now, payload)])
    withdraw(uow, row)
    uow.timers.set(OBLIGATION, row.incident, now)
    return row


def _over(row: Obligation) -> BadInput:
    if row.done_at:
        return BadInput(
            f"“{row.title.said('zh')}”已报送。",
            f"“{row.title.said('en')}” is done already.",
            "如需更正，请另行报送更正报告。",
            "To correct it, submit a correction.",
        )
    return BadInput(
        f"“{row.title.said('zh')}”已终止：{row.ended}。",
        f"“{row.title.said('en')}” was ended: {row.ended}.",
    )


def may_be_preliminary(uow: UnitOfWork, row: Obligation) -> bool:
    """Whether its rule has a supplement for what is still unknown."""
    duty = _duty_of(uow, row)
    return duty is not None and bool(duty.opens)


def _has_form(uow: UnitOfWork, row: Obligation) -> bool:
    """Whether its rule has a form that could have been filled here."""
    duty = _duty_of(uow, row)
    return duty is not None and bool(duty.form)


def _duty_of(uow: UnitOfWork, row: Obligation) -> Duty | None:
    incident = uow.incidents.get(row.incident)
    regime, _, id = row.duty.partition("/")
    pack = uow.sites.get(incident.site_version).regimes.get(regime) if incident else None
    return pack.duty(id) if pack else None


def cause_is_open(uow: UnitOfWork, incident: str) -> bool:
    """Whether neither the investigation nor anybody's word has told the cause yet."""
    investigation, dossier = uow.investigations.get(incident), uow.dossiers.get(incident)
    if investigation is not None and investigation.causes:
        return False
    told = dossier.values.get(CAUSE) if dossier else None
    return told is None or told.estimate or told.said == UNKNOWN
