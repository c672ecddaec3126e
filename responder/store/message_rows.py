"""A message as a row of the outbox: what changes or is searched in columns, the rest in a doc."""

from datetime import datetime
from typing import Any

import msgspec

from responder.domain.message import Message, Purpose, State
from responder.domain.people import VIAS
from responder.evidence.instants import instant, micros
from responder.store.codec import decoder, encode
from responder.store.session import Row
from responder.store.tables import OUTBOX

COLUMNS = tuple(c for c in OUTBOX.columns if c.name not in ("position", "recalled", "queue"))
QUEUES = frozenset(VIAS)
"""A way has a queue of its own; ways that nobody knows share one without a name."""
CHANGING = (
    "state",
    "ready_at",
    "leased_until",
    "provider",
    "provider_id",
    "text",
    "reason",
    "settled_at",
    "calling_until",
)
PURPOSES = {purpose.value: purpose for purpose in Purpose}
STATES = {state.value: state for state in State}


class _Rest(msgspec.Struct):
    """What never changes once enqueued, and is not searched."""

    via: str
    to: str
    facts: dict[str, Any]
    code: str
    drill: bool
    language: str


def to_row(message: Message) -> dict[str, Any]:
    """The columns of a message."""
    rest = _Rest(
        message.via, message.to, message.facts, message.code, message.drill, message.language
    )
    return {
        "id": message.id,
        "incident": message.incident,
        "person": message.person,
        "purpose": message.purpose.value,
        "urgency": message.urgency,
        "attempt": message.attempt,
        "fence": message.fence,
        "recalled": 0,
        "doc": encode(rest),
        "queue": message.via if message.via in QUEUES else "",
        **outcome_row(message),
    }


def outcome_row(message: Message) -> dict[str, Any]:
    """The columns by which a sending's outcome is written, those of `CHANGING`."""
    return {
        "state": message.state.value,
        "ready_at": micros(message.ready_at),
        "leased_until": _micros(message.leased_until),
        "provider": _clean(message.provider),
        "provider_id": _clean(message.provider_id),
        "text": _clean(message.text),
        "reason": _clean(message.reason),
        "settled_at": _micros(message.settled_at),
        "calling_until": _micros(message.calling_until),
    }


def of_row(row: Row) -> Message:
    """The message of a row of `COLUMNS`."""
    rest = decoder(_Rest).decode(row[16])
    message = brief_of_row(row, rest.via)
    message.to, message.facts, message.code = rest.to, rest.facts, rest.code
    message.drill, message.language = rest.drill, rest.language
    return message


def brief_of_row(row: Row, via: str) -> Message:
    """The same without what its doc alone holds: address, facts, code, language, drill."""
    return Message(
        id=row[0],
        incident=row[1],
        person=row[2],
        via=via,
        to="",
        purpose=PURPOSES[row[3]],
        ready_at=instant(row[5]),
        urgency=row[6],
        state=STATES[row[4]],
        attempt=row[8],
        fence=row[9],
        leased_until=_instant(row[7]),
        provider=row[10],
        provider_id=row[11],
        text=row[12],
        reason=row[13],
        settled_at=_instant(row[14]),
        calling_until=_instant(row[15]),
    )


def via_of(queue: str, doc: str) -> str:
    """The way of a message, by its queue; one of no known way has none, and only its doc knows."""
    return queue or decoder(_Rest).decode(doc).via


def _micros(at: datetime | None) -> int | None:
    return None if at is None else micros(at)


def _instant(us: int | None) -> datetime | None:
    return None if us is None else instant(us)


def _clean(words: str) -> str:
    """What a provider says may hold a NUL, which PostgreSQL keeps in no text."""
    return words.replace("\0", "\N{REPLACEMENT CHARACTER}") if "\0" in words else words
