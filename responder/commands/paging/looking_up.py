"""Calls of which nothing more is heard: their provider is asked what became of them."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from responder.domain.message import DOUBT, Message, Outcome, State
from responder.domain.record import ENGINE, Fact
from responder.ports.unit_of_work import UnitOfWork

LOOK_UP = "look_up"


def listen_for(
    uow: UnitOfWork, messages: Iterable[Message], reported: Mapping[str, Outcome]
) -> None:
    """Wait for the provider to say more of what it accepted, where it is one that does."""
    for message in messages:
        asks_at = reported[message.id].asks_at
        if asks_at is not None and message.state is State.ACCEPTED:
            uow.timers.set(LOOK_UP, message.id, asks_at)


def ask_providers(uow: UnitOfWork, ids: list[str], now: datetime) -> None:
    """Nothing was heard in time: the outbox hands the messages out again, to be looked up only."""
    found = [uow.outbox.get(id) for id in ids]
    silent = [one for one in found if one is not None and one.state is State.ACCEPTED]
    outcomes = [
        Outcome(
            one.id,
            one.fence,
            State.UNKNOWN,
            now,
            reason=f"{DOUBT}: no final status",
            retry_at=now,
            asks=True,
        )
        for one in silent
    ]
    for one in uow.outbox.settle(outcomes):
        payload = {
            "message": one.id,
            "person": one.person,
            "via": one.via,
            "provider": one.provider,
        }
        uow.ledger.append([Fact("ProviderAsked", one.incident, ENGINE, now, payload)])
