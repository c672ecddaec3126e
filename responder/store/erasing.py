"""Erasing for good: what the ledger's entries said, and all that is held of one subject."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import BindParameter, ColumnElement, Table, bindparam, delete, func, or_, select

from responder.domain.record import By, Fact
from responder.errors import BadInput
from responder.evidence import audit as auditing
from responder.ports.unit_of_work import Erased
from responder.store import tables
from responder.store.session import Session
from responder.store.statements import Statement, among, per_dialect
from responder.store.tables import LEDGER_ENTRIES, LEDGER_PAYLOADS, OUTBOX, TIMERS

SUBJECT = "ledger"
"""What entries about the ledger itself are about."""
_E, _P = LEDGER_ENTRIES, LEDGER_PAYLOADS
KINDS = per_dialect(
    lambda name: (
        select(_E.c.seq, _E.c.kind)
        .select_from(_E.join(_P, _P.c.seq == _E.c.seq))
        .where(among(name, _E.c.seq, "seqs"))
    )
)
SAYING = Statement(
    select(_E.c.seq)
    .select_from(_E.join(_P, _P.c.seq == _E.c.seq))
    .where(_E.c.subject == bindparam("key"))
    .order_by(_E.c.seq)
)
REMOVE = Statement(delete(_P).where(_P.c.seq == bindparam("gone")))
BY_ID = (tables.INCIDENTS, tables.WARNINGS, tables.ESCALATIONS, tables.AUTHORITIES)
"""Shelves of which a subject has one value under its own id."""
BY_INCIDENT = (
    tables.TASKS,
    tables.CONSENTS,
    tables.CALL_TASKS,
    tables.EXHIBITS,
    tables.DOSSIERS,
    tables.OBLIGATIONS,
    tables.REPORTS,
    tables.AGREED_LINES,
    tables.NOTICES,
    tables.BRIEFINGS,
    tables.INVESTIGATIONS,
    tables.MEASURES,
    tables.INQUIRIES,
    tables.INSPECTIONS,
    tables.HOLDS,
    tables.DRILL_RUNS,
)


def _all_of(table: Table, whose: ColumnElement[bool]) -> tuple[Table, Statement, Statement]:
    """How many rows there are of a subject, and how to delete them."""
    counted = Statement(select(func.count()).select_from(table).where(whose))
    return table, counted, Statement(delete(table).where(whose))


_KEY: BindParameter[str] = bindparam("key")
_UNDER = func.substr(TIMERS.c.subject, 1, func.length(bindparam("under")))
HELD = (
    *(_all_of(table, table.c.id == _KEY) for table in BY_ID),
    *(_all_of(table, table.c.incident == _KEY) for table in BY_INCIDENT),
    _all_of(OUTBOX, OUTBOX.c.incident == _KEY),
)
TIMERS_OF = Statement(
    delete(TIMERS).where(or_(TIMERS.c.subject == _KEY, bindparam("under") == _UNDER))
)


def removal_of(session: Session, seqs: Sequence[int], reason: str, by: By, at: datetime) -> Fact:
    """Remove what entries say, for good; returns the fact to be recorded in the same work.

    Payload and salt go together: without the salt, not even a guess at what was said can be
    checked. Raises BadInput for an entry without payload or one that others are judged by.
    """
    wanted = sorted(set(seqs))
    listed = session.dialect.listed(wanted)
    kinds: dict[int, str] = dict(session.rows(KINDS, {"seqs": listed}))
    for seq in wanted:
        if kinds.get(seq, auditing.PAYLOAD_REMOVED) in auditing.PROOFS:
            raise _cannot_remove(seq)
    if wanted:
        session.erase(REMOVE, [{"gone": seq} for seq in wanted])
    return Fact(auditing.PAYLOAD_REMOVED, SUBJECT, by, at, {"seqs": wanted, "reason": reason})


def erase(session: Session, subject: str, reason: str, by: By, at: datetime) -> tuple[Fact, Erased]:
    """Erase all that is held of an incident or a warning; the fact of it is to be recorded."""
    saying = [seq for (seq,) in session.rows(SAYING, {"key": subject})]
    removal = removal_of(session, saying, reason, by, at)
    values = 0
    for table, counted, gone in HELD:
        session.hold(table.name)
        found = session.row(counted, {"key": subject})
        values += found[0] if found else 0
        session.erase(gone, [{"key": subject}])
    session.erase(TIMERS_OF, [{"key": subject, "under": f"{subject}/"}])
    return removal, Erased(len(saying), values)


def _cannot_remove(seq: int) -> BadInput:
    return BadInput(
        f"第{seq}条记录没有可删除的正文。",
        f"Entry {seq} has no payload that may be removed.",
        "请核对编号；密钥、校验点与删除记录本身不可删除。",
        "Check the number; keys, checkpoints and removals themselves stay.",
    )
