"""Timers: due work, one row per kind and subject."""

from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, delete, func, select, tuple_

from responder.evidence.instants import instant, micros
from responder.store.session import Session
from responder.store.statements import Core, Statement, per_dialect, upsert
from responder.store.tables import TIMERS as T


def _claim(_name: str) -> Core:
    due = (
        select(T.c.kind, T.c.subject)
        .where(T.c.due_at <= bindparam("now"))
        .order_by(T.c.due_at, T.c.kind, T.c.subject)
        .limit(bindparam("most"))
        .with_for_update(skip_locked=True)
        .cte("due")
    )
    return (
        delete(T)
        .where(tuple_(T.c.kind, T.c.subject).in_(select(due.c.kind, due.c.subject)))
        .returning(T.c.kind, T.c.subject, T.c.due_at)
    )


ARM = upsert(T, ["kind", "subject"])
DISARM = Statement(
    delete(T).where(T.c.kind == bindparam("old_kind"), T.c.subject == bindparam("old_subject"))
)
CLAIM = per_dialect(_claim)
NEXT_DUE = Statement(select(func.min(T.c.due_at)))


class TableTimers:
    """Timers on their table; what is set is written when the work ends, or before a search."""

    __slots__ = ("_pending", "_session")

    def __init__(self, session: Session) -> None:
        self._session = session
        self._pending: dict[tuple[str, str], int | None] = {}

    def set(self, kind: str, subject: str, due_at: datetime | None) -> None:
        """(Re)arm, or disarm with None."""
        self._pending[kind, subject] = None if due_at is None else micros(due_at)

    def claim(self, now: datetime, limit: int) -> list[tuple[str, str, datetime]]:
        """The (kind, subject, due_at) due by `now`, earliest first; they are disarmed."""
        self.flush()
        rows = self._session.changing(CLAIM, {"now": micros(now), "most": limit})
        due = sorted((due_at, kind, subject) for kind, subject, due_at in rows)
        return [(kind, subject, instant(due_at)) for due_at, kind, subject in due]

    def next_due(self) -> datetime | None:
        """The earliest due instant."""
        self.flush()
        row = self._session.row(NEXT_DUE)
        return instant(row[0]) if row and row[0] is not None else None

    def flush(self) -> None:
        """Write what waits, in one order, so that no two transactions wait crosswise."""
        armed: list[dict[str, Any]] = []
        disarmed: list[dict[str, Any]] = []
        for (kind, subject), due_at in sorted(self._pending.items(), key=lambda item: item[0]):
            if due_at is None:
                disarmed.append({"old_kind": kind, "old_subject": subject})
            else:
                armed.append({"kind": kind, "subject": subject, "due_at": due_at})
        if disarmed:
            self._session.many(DISARM, disarmed)
        if armed:
            self._session.many(ARM, armed)
        self._pending.clear()
