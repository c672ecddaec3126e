"""The outbox: messages to be sent, and what became of them."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Update, bindparam, func, literal_column, or_, select, text, update
from sqlalchemy.sql.elements import TextClause

from responder.domain.message import Message, Outcome, State
from responder.domain.settling import settled
from responder.evidence.instants import instant, micros
from responder.store.message_rows import CHANGING, COLUMNS, of_row, outcome_row, to_row
from responder.store.session import Session
from responder.store.statements import Core, Statement, among, insert, per_dialect
from responder.store.tables import OUTBOX as T

_READY = text("state = 'ready'")
_SENDING = text("state = 'sending'")
_UNDER_WAY = text("state IN ('sending', 'unknown')")
_MESSAGES = select(*COLUMNS)


def _claim(_name: str) -> Core:
    """Pick first, then update: a plain sub-select with LIMIT may be run more than once."""
    picked = (
        select(T.c.position)
        .where(_READY, T.c.ready_at <= bindparam("now"))
        .order_by(T.c.urgency, T.c.ready_at, T.c.position)
        .limit(bindparam("most"))
        .with_for_update(skip_locked=True)
        .cte("picked")
    )
    return (
        update(T)
        .where(T.c.position.in_(select(picked.c.position)))
        .values(
            state="sending",
            leased_until=bindparam("until"),
            attempt=T.c.attempt + literal_column("1"),
            fence=T.c.fence + literal_column("1"),
        )
        .returning(T.c.position, *COLUMNS)
    )


def _meant(name: str, state: TextClause) -> Update:
    """An incident's messages in a state, for some purposes, to some people or anyone."""
    return update(T).where(
        T.c.incident == bindparam("key"),
        state,
        among(name, T.c.purpose, "purposes"),
        or_(bindparam("anyone") == literal_column("1"), among(name, T.c.person, "persons")),
    )


ADD = insert(T, "position")
CLAIM = per_dialect(_claim)
EXPIRED = Statement(
    _MESSAGES.where(_SENDING, T.c.leased_until <= bindparam("now"))
    .order_by(T.c.leased_until, T.c.position)
    .limit(bindparam("most"))
)
SETTLING = per_dialect(
    lambda name: (
        select(T.c.recalled, *COLUMNS).where(among(name, T.c.id, "keys")).order_by(T.c.position)
    )
)
SETTLED = [f"new_{column}" for column in CHANGING]
SETTLE = Statement(
    update(T)
    .where(T.c.id == bindparam("key"))
    .values({column: bindparam(new) for column, new in zip(CHANGING, SETTLED, strict=True)})
)
GET = Statement(_MESSAGES.where(T.c.id == bindparam("key")))
OF = Statement(_MESSAGES.where(T.c.incident == bindparam("key")).order_by(T.c.position))
TO = Statement(
    _MESSAGES.where(T.c.person == bindparam("key"))
    .order_by(T.c.position.desc())
    .limit(bindparam("most"))
)
WITHDRAW = per_dialect(lambda name: _meant(name, _READY).values(state="withdrawn"))
RECALL = per_dialect(lambda name: _meant(name, _UNDER_WAY).values(recalled=literal_column("1")))
NEXT_READY = Statement(select(func.min(T.c.ready_at)).where(_READY))
NEXT_LEASE = Statement(select(func.min(T.c.leased_until)).where(_SENDING))
COUNTS = Statement(select(T.c.state, func.count()).group_by(T.c.state))


class TableOutbox:
    """The outbox on its table; what is added is written when the work ends, or before a search."""

    __slots__ = ("_pending", "_session")

    def __init__(self, session: Session) -> None:
        self._session = session
        self._pending: list[dict[str, Any]] = []

    def add(self, messages: Iterable[Message]) -> None:
        """Enqueue; each message's `id` is new."""
        self._pending.extend(to_row(message) for message in messages)

    def claim(self, now: datetime, until: datetime, limit: int) -> list[Message]:
        """Take up to `limit` messages that are ready by `now`, most urgent first."""
        self.flush()
        values = {"now": micros(now), "until": micros(until), "most": limit}
        rows = self._session.changing(CLAIM, values)
        positions = {row[1]: row[0] for row in rows}
        claimed = [of_row(row[1:]) for row in rows]
        return sorted(claimed, key=lambda m: (m.urgency, m.ready_at, positions[m.id]))

    def expired(self, now: datetime, limit: int) -> list[Message]:
        """Messages `sending` whose lease ran out: nobody knows what became of them."""
        self.flush()
        return self._messages(EXPIRED, {"now": micros(now), "most": limit}, lock=True)

    def settle(self, outcomes: Sequence[Outcome]) -> list[Message]:
        """Write results in one batch; returns the messages that really changed."""
        self.flush()
        keys = self._session.dialect.listed({outcome.id for outcome in outcomes})
        rows = self._session.rows(SETTLING, {"keys": keys}, lock=True)
        found = {row[1]: of_row(row[1:]) for row in rows}
        recalled = {row[1] for row in rows if row[0]}
        changed: dict[str, Message] = {}
        for outcome in outcomes:
            message = found.get(outcome.id)
            if message is None:
                continue
            after = settled(message, outcome, outcome.id in recalled)
            if after != message:
                found[outcome.id] = changed[outcome.id] = after
        if changed:
            self._session.many(SETTLE, [_settling(message) for message in changed.values()])
        return list(changed.values())

    def get(self, id: str) -> Message | None:
        """One message."""
        self.flush()
        return next(iter(self._messages(GET, {"key": id}, lock=True)), None)

    def of(self, incident: str) -> list[Message]:
        """Every message of an incident, in the order enqueued."""
        self.flush()
        return self._messages(OF, {"key": incident})

    def to(self, person: str, limit: int = 50) -> list[Message]:
        """The latest messages to a person, newest last."""
        self.flush()
        return self._messages(TO, {"key": person, "most": limit})[::-1]

    def withdraw(
        self, incident: str, persons: Sequence[str] | None, purposes: Sequence[str]
    ) -> int:
        """Take back what is still `ready` of an incident; returns how many.

        What is under way is not tried again if it fails.
        """
        self.flush()
        listed = self._session.dialect.listed
        values = {
            "key": incident,
            "anyone": int(persons is None),
            "persons": listed(persons or ()),
            "purposes": listed([str(purpose) for purpose in purposes]),
        }
        self._session.change(RECALL, values)
        return self._session.change(WITHDRAW, values)

    def next_ready(self) -> datetime | None:
        """When the next message is ready to be claimed, or a lease runs out."""
        self.flush()
        found = (self._session.row(statement) for statement in (NEXT_READY, NEXT_LEASE))
        instants = [row[0] for row in found if row and row[0] is not None]
        return instant(min(instants)) if instants else None

    def counts(self) -> dict[State, int]:
        """How many messages are in each state."""
        self.flush()
        return {State(state): count for state, count in self._session.rows(COUNTS)}

    def flush(self) -> None:
        """Write what waits."""
        if self._pending:
            self._session.many(ADD, self._pending)
            self._pending = []

    def _messages(
        self, statement: Statement, values: dict[str, Any], lock: bool = False
    ) -> list[Message]:
        return [of_row(row) for row in self._session.rows(statement, values, lock)]


def _settling(message: Message) -> dict[str, Any]:
    return dict(zip(SETTLED, outcome_row(message).values(), strict=True), key=message.id)
