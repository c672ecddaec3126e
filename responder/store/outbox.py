"""The outbox: messages to be sent, and what became of them."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Update, bindparam, case, func, literal_column, or_, select, text, update
from sqlalchemy.sql.elements import ColumnElement, TextClause

from responder.domain.load import AMPLE, Room
from responder.domain.message import JOINED, Message, Outcome, State
from responder.domain.settling import settle
from responder.evidence.instants import instant, micros
from responder.store.message_rows import (
    CHANGING,
    COLUMNS,
    QUEUES,
    brief_of_row,
    of_row,
    outcome_row,
    to_row,
    via_of,
)
from responder.store.session import Row, Session
from responder.store.statements import Statement, among, insert, per_dialect, rewrite
from responder.store.tables import OUTBOX as T

_READY = text("state = 'ready'")
_SENDING = text("state = 'sending'")
_UNDER_WAY = text("state IN ('sending', 'unknown')")
_UNSENT = text("state IN ('ready', 'sending')")
_MESSAGES = select(*COLUMNS)
_QUEUE = (T.c.urgency, T.c.ready_at, T.c.position)


def _meant(name: str, state: TextClause) -> Update:
    """An incident's messages in a state, for some purposes, to some people or anyone."""
    return update(T).where(
        T.c.incident == bindparam("key"),
        state,
        among(name, T.c.purpose, "purposes"),
        or_(bindparam("anyone") == literal_column("1"), among(name, T.c.person, "persons")),
    )


ADD = insert(T, "position")
READY = Statement(
    select(*_QUEUE, *COLUMNS)
    .where(_READY, T.c.ready_at <= bindparam("now"))
    .order_by(*_QUEUE)
    .limit(bindparam("most"))
    .with_for_update(skip_locked=True)
)
READY_IN = Statement(
    select(*_QUEUE, *COLUMNS)
    .where(
        _READY,
        T.c.queue == bindparam("queue"),
        T.c.urgency < bindparam("before"),
        T.c.ready_at <= bindparam("now"),
    )
    .order_by(*_QUEUE)
    .limit(bindparam("most"))
    .with_for_update(skip_locked=True)
)
LEAST_URGENT = 2**62
LEASE = per_dialect(
    lambda name: (
        update(T)
        .where(among(name, T.c.position, "positions"))
        .values(
            state="sending",
            leased_until=bindparam("until"),
            attempt=T.c.attempt + literal_column("1"),
            fence=T.c.fence + literal_column("1"),
        )
    )
)
EXPIRED = Statement(
    _MESSAGES.where(_SENDING, T.c.leased_until <= bindparam("now"))
    .order_by(T.c.leased_until, T.c.position)
    .limit(bindparam("most"))
)
_NO_TEXT: ColumnElement[str] = literal_column("''")
_DOC_WHERE_NEEDED = case((func.coalesce(T.c.queue, _NO_TEXT) == _NO_TEXT, T.c.doc), else_=_NO_TEXT)
SETTLING = per_dialect(
    lambda name: (
        select(T.c.position, T.c.recalled, T.c.queue, *COLUMNS[:-1], _DOC_WHERE_NEEDED)
        .where(among(name, T.c.id, "keys"))
        .order_by(T.c.position)
    )
)
SETTLE = rewrite(T, "position", *CHANGING)
GET = Statement(_MESSAGES.where(T.c.id == bindparam("key")))
OF = Statement(_MESSAGES.where(T.c.incident == bindparam("key")).order_by(T.c.position))
LATEST = per_dialect(
    lambda name: (
        select(T.c.person, T.c.queue, T.c.state, T.c.provider, T.c.provider_id, T.c.reason)
        .where(T.c.incident == bindparam("key"), among(name, T.c.purpose, "purposes"))
        .order_by(T.c.position)
    )
)
WAITING = per_dialect(
    lambda name: (
        select(T.c.person)
        .where(T.c.incident == bindparam("key"), among(name, T.c.purpose, "purposes"), _UNSENT)
        .distinct()
    )
)
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

    def claim(
        self, now: datetime, until: datetime, limit: int, rooms: Mapping[str, Room] = AMPLE
    ) -> list[Message]:
        """Take up to `limit` messages that are ready by `now`, most urgent first."""
        self.flush()
        self._session.must_write()
        if rooms:
            rows = self._ready_where_there_is_room(now, limit, rooms)
        else:
            rows = self._session.batch(READY, {"now": micros(now), "most": limit})
        if not rows:
            return []
        positions = self._session.dialect.listed(position for _, _, position, *_ in rows)
        self._session.change(LEASE, {"positions": positions, "until": micros(until)})
        return [_leased(of_row(row[len(_QUEUE) :]), until) for row in sorted(rows)]

    def expired(self, now: datetime, limit: int) -> list[Message]:
        """Messages `sending` whose lease ran out: nobody knows what became of them."""
        self.flush()
        return self._messages(EXPIRED, {"now": micros(now), "most": limit}, lock=True)

    def settle(self, outcomes: Sequence[Outcome]) -> list[Message]:
        """Write results in one batch; returns in brief the messages that really changed."""
        self.flush()
        keys = self._session.dialect.listed({outcome.id for outcome in outcomes})
        rows = self._session.batch(SETTLING, {"keys": keys}, lock=True)
        found = {row[3]: brief_of_row(row[3:], via_of(row[2], row[-1])) for row in rows}
        positions = {row[3]: row[0] for row in rows}
        recalled = {row[3] for row in rows if row[1]}
        changed: dict[str, Message] = {}
        for outcome in outcomes:
            message = found.get(outcome.id)
            if message is not None and settle(message, outcome, outcome.id in recalled):
                changed[outcome.id] = message
        self._session.rewrite(
            SETTLE,
            [outcome_row(m) | {"position": positions[id]} for id, m in changed.items()],
        )
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

    def failing(self, incident: str, purposes: Sequence[str]) -> list[tuple[str, str]]:
        """Each person and way of which the latest message failed, for good or for now."""
        self.flush()
        values = {"key": incident, "purposes": self._listed(purposes)}
        latest = {(row[0], row[1]): row[2:] for row in self._session.rows(LATEST, values)}
        return [way for way, row in latest.items() if way[0] and _failed(*row)]

    def waiting(self, incident: str, purposes: Sequence[str]) -> set[str]:
        """Those to whom something is not sent yet."""
        self.flush()
        values = {"key": incident, "purposes": self._listed(purposes)}
        return {person for (person,) in self._session.rows(WAITING, values)}

    def withdraw(
        self, incident: str, persons: Sequence[str] | None, purposes: Sequence[str]
    ) -> int:
        """Take back what is still `ready` of an incident; returns how many.

        What is under way is not tried again if it fails.
        """
        self.flush()
        values = {
            "key": incident,
            "anyone": int(persons is None),
            "persons": self._session.dialect.listed(persons or ()),
            "purposes": self._listed(purposes),
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

    def _ready_where_there_is_room(
        self, now: datetime, limit: int, rooms: Mapping[str, Room]
    ) -> list[Row]:
        """Queue by queue: a long one that is to wait is not even looked through."""
        found: list[Row] = []
        for queue in sorted((*QUEUES, "")):
            room = rooms.get(queue, Room(limit))
            values = {
                "queue": queue,
                "before": LEAST_URGENT if room.before is None else room.before,
                "now": micros(now),
                "most": min(room.most, limit),
            }
            found += self._session.batch(READY_IN, values)
        return sorted(found)[:limit]

    def _listed(self, purposes: Sequence[str]) -> Any:
        return self._session.dialect.listed([str(purpose) for purpose in purposes])

    def _messages(
        self, statement: Statement, values: dict[str, Any], lock: bool = False
    ) -> list[Message]:
        return [of_row(row) for row in self._session.rows(statement, values, lock)]


def _failed(state: str, provider: str, provider_id: str, reason: str) -> bool:
    """Whether a sending failed; what a provider did not take is ready to be tried again."""
    if state == State.READY:
        return provider != "" and provider_id == ""
    return state in (State.FAILED, State.UNKNOWN) or (state == State.SKIPPED and reason != JOINED)


def _leased(message: Message, until: datetime) -> Message:
    message.state, message.leased_until = State.SENDING, until
    message.attempt += 1
    message.fence += 1
    return message
