"""Values to put on shelves and into the outbox."""

from datetime import UTC, datetime, timedelta

from responder.domain.incident import Incident
from responder.domain.message import Message, Outcome, Purpose, State
from responder.domain.record import By, Fact

NOON = datetime(2026, 11, 23, 4, 0, 0, 123456, tzinfo=UTC)
ZHANG = By("zhang", "cli", "root")
SECOND = timedelta(seconds=1)


def at(seconds: float) -> datetime:
    return NOON + timedelta(seconds=seconds)


def incident(id: str = "INC-1", **more: object) -> Incident:
    values = {"playbook": "trading-outage", "title": "交易中断", "level": 1, "declared_by": "zhang"}
    return Incident(id=id, declared_at=NOON, site_version="v1", **(values | more))


def message(id: str, seconds: float = 0, **more: object) -> Message:
    values = {"incident": "INC-1", "person": "p1", "via": "voice", "to": "+8613800000000"}
    values |= {"purpose": Purpose.PAGE, "ready_at": at(seconds)}
    return Message(id=id, **(values | more))


def outcome(taken: Message, state: State = State.ACCEPTED, **more: object) -> Outcome:
    return Outcome(taken.id, taken.fence, state, **({"at": at(60)} | more))


def fact(kind: str = "Declared", subject: str = "INC-1", seconds: float = 0, **payload) -> Fact:
    return Fact(kind, subject, ZHANG, at(seconds), payload)
