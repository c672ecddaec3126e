"""Messages on their way out: leased to whoever sends them, and what became of each."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from responder.commands.command import Command, handles
from responder.commands.firm import HALTED
from responder.commands.incidents.room import settle_rooms
from responder.commands.manual.change_notices import settle_change_notices
from responder.commands.notices.posting import settle_notices
from responder.commands.paging.looking_up import listen_for
from responder.commands.paging.other_ways import expect_progress, go_on
from responder.domain.load import Room
from responder.domain.message import Message, Outcome, State
from responder.domain.record import ENGINE, Fact
from responder.ports.unit_of_work import UnitOfWork


@dataclass(frozen=True)
class ClaimMessages(Command):
    """Lease up to `limit` ready messages until `until`, where there is room for them."""

    limit: int
    until: datetime
    rooms: Mapping[str, Room] = field(default_factory=dict)


@dataclass(frozen=True)
class RecordOutcomes(Command):
    """What the channels report of messages sent."""

    outcomes: tuple[Outcome, ...]


@handles(ClaimMessages)
def claim_messages(command: ClaimMessages, uow: UnitOfWork, now: datetime) -> list[Message]:
    """Lease what is ready; nothing while outgoing traffic is halted."""
    if uow.notes.get(HALTED):
        return []
    return uow.outbox.claim(now, command.until, command.limit, command.rooms)


@handles(RecordOutcomes)
def record_outcomes(command: RecordOutcomes, uow: UnitOfWork, now: datetime) -> int:
    """Keep what the channels said, once; a way that failed lets the next one start."""
    changed = uow.outbox.settle(command.outcomes)
    reported = {outcome.id: outcome for outcome in command.outcomes}
    listen_for(uow, changed, reported)
    expect_progress(uow, changed, reported)
    by_subject: dict[str, list[Message]] = defaultdict(list)
    for message in changed:
        by_subject[message.incident].append(message)
    for subject, messages in by_subject.items():
        uow.ledger.append([_fact(subject, messages, reported, now)])
    failed = [m for m in changed if reported[m.id].way_failed]
    go_on(uow, [(m, reported[m.id].for_good) for m in failed], now)
    settle_rooms(uow, changed, reported, now)
    settle_notices(uow, changed, reported, now)
    settle_change_notices(uow, changed, reported, now)
    return len(changed)


def _fact(
    subject: str, messages: Sequence[Message], reported: dict[str, Outcome], now: datetime
) -> Fact:
    lines = [
        {
            "message": m.id,
            "person": m.person,
            "via": m.via,
            "purpose": m.purpose.value,
            "state": _said(m, reported[m.id]).value,
            "provider": m.provider,
            "provider_id": m.provider_id,
            "reason": m.reason,
            "at": reported[m.id].at.isoformat(),
        }
        for m in messages
    ]
    return Fact("MessagesSettled", subject, ENGINE, now, {"messages": lines})


def _said(message: Message, outcome: Outcome) -> State:
    """What the channel reported, even if it is tried again; one handed back is as it stands."""
    return message.state if outcome.state is State.READY else outcome.state
