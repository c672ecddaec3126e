"""Values to put on shelves and into the outbox."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from responder.domain.incident import Incident
from responder.domain.message import Message, Outcome, Purpose, State
from responder.domain.record import By, Fact

NOON = datetime(2026, 11, 23, 4, 0, 0, 123456, tzinfo=UTC)
ZHANG = By("zhang", "cli", "root")
SECOND = timedelta(seconds=1)


def at(seconds: float) -> datetime:
    return NOON + timedelta(seconds=seconds)


def incident(id: str = "INC-1", **more: Any) -> Incident:
    return replace(Incident(id, "trading-outage", "交易中断", 1, NOON, "zhang", "v1"), **more)


def message(id: str, seconds: float = 0, **more: Any) -> Message:
    to = "+8613800000000"
    plain = Message(id, "INC-1", "p1", "voice", to, Purpose.PAGE, ready_at=at(seconds))
    return replace(plain, **more)


def outcome(taken: Message, state: State = State.ACCEPTED, **more: Any) -> Outcome:
    return replace(Outcome(taken.id, taken.fence, state, at(60)), **more)


def fact(
    kind: str = "Declared", subject: str = "INC-1", seconds: float = 0, **payload: Any
) -> Fact:
    return Fact(kind, subject, ZHANG, at(seconds), payload)
