"""What a provider reports of a message afterwards: evidence of when we told whom."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from responder.commands.command import Command, Reply, handles
from responder.commands.paging.looking_up import LOOK_UP
from responder.commands.paging.other_ways import STALLED
from responder.commands.paging.outcomes import RecordOutcomes, record_outcomes
from responder.domain.message import Message, Outcome, State
from responder.domain.people import RINGING
from responder.domain.record import Fact
from responder.domain.settling import following
from responder.errors import UnknownId
from responder.ports.channel import Fate
from responder.ports.unit_of_work import UnitOfWork

ASK_AFTER = timedelta(minutes=1)
"""How long a call may go without a word of its provider."""
STATES = {
    Fate.ACCEPTED: State.ACCEPTED,
    Fate.DELIVERED: State.DELIVERED,
    Fate.MISSED: State.FAILED,
}


@dataclass(frozen=True)
class ReportProgress(Command):
    """A provider says how a message gets on.

    `progress` is its own word and `facts` what it says beside: how long, who picked up (a
    label, never an answer: P1), why not. `event` marks this report, so that one told twice counts
    once. `fate` is None where nothing changes by it. `talks_for` is how long a call picked up
    holds its line at most; `over` that the call has ended.
    """

    message: str
    provider: str
    provider_id: str
    progress: str
    event: str
    fate: Fate | None = None
    for_good: bool = False
    talks_for: timedelta | None = None
    over: bool = False
    facts: dict[str, Any] = field(default_factory=dict)


@handles(ReportProgress)
def report_progress(command: ReportProgress, uow: UnitOfWork, now: datetime) -> Reply:
    """Keep it, and let it settle the message: never backwards, and only by the call in question."""
    message = uow.outbox.get(command.message)
    if message is None:
        raise UnknownId("消息", "message", command.message)
    if not uow.first_seen(command.provider, command.event):
        return Reply(message.id, facts={"again": True})
    told = {
        "message": message.id,
        "person": message.person,
        "via": message.via,
        "provider": command.provider,
        "provider_id": command.provider_id,
        "progress": command.progress,
        **command.facts,
    }
    uow.ledger.append([Fact("ProviderReported", message.incident, command.by, now, told)])
    uow.timers.set(STALLED, message.id, None)
    if command.fate is not None and message.provider_id in ("", command.provider_id):
        _settle(command, message, STATES[command.fate], uow, now)
    return Reply(message.id)


def _settle(
    command: ReportProgress, message: Message, state: State, uow: UnitOfWork, now: datetime
) -> None:
    rings = command.talks_for if state is State.DELIVERED else None
    outcome = Outcome(
        message.id,
        message.fence,
        state,
        now,
        provider=command.provider,
        provider_id=command.provider_id,
        reason=command.progress if state is State.FAILED else "",
        for_good=command.for_good,
        calling_until=now + rings if rings and not command.over else None,
        asks_at=now + ASK_AFTER if message.via in RINGING else None,
        over=command.over,
    )
    if command.over:
        uow.timers.set(LOOK_UP, message.id, None)
    if message.state is State.SENDING and state is State.ACCEPTED:
        return  # whoever sends it is about to say so itself, and what was said
    if following(message, outcome) in (None, message.state):
        uow.outbox.settle([outcome])
    else:
        record_outcomes(RecordOutcomes(outcomes=(outcome,)), uow, now)
