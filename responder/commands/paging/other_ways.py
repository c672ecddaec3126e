"""One failed way never blocks the others: the next one starts at once (P8)."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta

from responder.commands.alert import pursuit_of
from responder.commands.case import Case
from responder.domain import authority as deciding
from responder.domain import escalation as paging
from responder.domain.message import PURSUED, Message, Outcome, Purpose, State
from responder.ports.unit_of_work import UnitOfWork

STALLED = "stalled"
PROGRESS = timedelta(seconds=30)
"""How long a provider that tells how a message gets on may say nothing of it."""
PAGED = (Purpose.PAGE, Purpose.VERIFY_WARNING)
SERIES = ("INC-", "DRL-", "WRN-")


def go_on(uow: UnitOfWork, failed: Iterable[tuple[Message, bool]], now: datetime) -> None:
    """Let the next ways start; each message that failed comes with whether that is for good."""
    by_subject: dict[str, list[tuple[Message, bool]]] = defaultdict(list)
    for message, for_good in failed:
        if message.purpose in PURSUED and message.incident.startswith(SERIES):
            by_subject[message.incident].append((message, for_good))
    for subject, messages in by_subject.items():
        _go_on(uow, subject, messages, now)


def _go_on(
    uow: UnitOfWork, subject: str, failed: Iterable[tuple[Message, bool]], now: datetime
) -> None:
    chase = pursuit_of(uow, subject, now)
    for message, for_good in failed:
        who = (message.person, message.via, for_good, now)
        if isinstance(chase, Case) and message.purpose is Purpose.DECISION:
            chase.carry_out(deciding.fail(chase.authority, chase.court, *who))
            chase.carry_out(deciding.settle(chase.authority, chase.court, now))
        elif message.purpose is chase.purpose:
            chase.carry_out(paging.fail(chase.escalation, chase.roster, *who))
    chase.carry_out(paging.settle(chase.escalation, chase.policy, chase.roster, now))
    chase.save()


def expect_progress(
    uow: UnitOfWork, messages: Iterable[Message], reported: Mapping[str, Outcome]
) -> None:
    """Wait for the provider to say more of what it accepted, where it is one that does."""
    for message in messages:
        outcome = reported[message.id]
        told = outcome.asks_at is not None and message.state is State.ACCEPTED
        if told and message.purpose in PAGED:
            uow.timers.set(STALLED, message.id, outcome.at + PROGRESS)


def go_on_without(uow: UnitOfWork, ids: list[str], now: datetime) -> None:
    """Nothing was heard of these since they were accepted: the next ways need not wait for them."""
    for message in filter(None, (uow.outbox.get(id) for id in ids)):
        if message.state is not State.ACCEPTED:
            continue
        chase = pursuit_of(uow, message.incident, now)
        if message.purpose is chase.purpose:
            who = (message.person, message.via, now)
            chase.carry_out(paging.stall(chase.escalation, chase.roster, *who))
            chase.save()
