"""Proofs on the ledger: auditing it, signing checkpoints of it."""

from datetime import datetime
from typing import cast

from sqlalchemy import bindparam, select

from responder.domain.record import By, Fact
from responder.evidence import audit as auditing
from responder.evidence.bundle import Slice, vouching
from responder.evidence.canonical import canonical
from responder.evidence.chain import (
    CheckpointRow,
    EntryRow,
    HeadRow,
    KeyRow,
    PayloadRow,
)
from responder.evidence.checkpoint import Checkpoint, sign
from responder.ports.signer import Signer
from responder.ports.unit_of_work import UnitOfWork
from responder.store.ledger import HEAD
from responder.store.session import Row
from responder.store.statements import Statement, insert
from responder.store.store import Store
from responder.store.tables import LEDGER_CHECKPOINTS, LEDGER_ENTRIES, LEDGER_KEYS, LEDGER_PAYLOADS
from responder.store.unit import Unit

SUBJECT = "ledger"
"""What entries about the ledger itself are about."""

_E, _P = LEDGER_ENTRIES, LEDGER_PAYLOADS
_WHOLE = (
    select(*_E.columns, *_P.columns)
    .select_from(_E.outerjoin(_P, _P.c.seq == _E.c.seq))
    .order_by(_E.c.seq)
)
ENTRIES = Statement(_WHOLE)
ABOUT = Statement(_WHOLE.where(_E.c.subject == bindparam("key")))
STRAYS = Statement(
    select(_P.c.seq)
    .select_from(_P.outerjoin(_E, _E.c.seq == _P.c.seq))
    .where(_E.c.seq.is_(None))
    .order_by(_P.c.seq)
)
KEYS = Statement(select(LEDGER_KEYS).order_by(LEDGER_KEYS.c.seq))
CHECKPOINTS = Statement(select(LEDGER_CHECKPOINTS).order_by(LEDGER_CHECKPOINTS.c.seq))
ADD_KEY = insert(LEDGER_KEYS)
ADD_CHECKPOINT = insert(LEDGER_CHECKPOINTS)


def verify_ledger(store: Store, kept: Checkpoint | None = None) -> auditing.Verdict:
    """Audit the whole ledger on one snapshot, against a checkpoint kept elsewhere if given."""
    from responder.store.signing import verify_signature  # noqa: PLC0415 - cryptography is slow

    with store.reading() as session:
        rows = auditing.Rows(
            strays=[row[0] for row in session.rows(STRAYS)],
            heads=[HeadRow(*row) for row in session.rows(HEAD)],
            keys=[KeyRow(*row) for row in session.rows(KEYS)],
            checkpoints=[CheckpointRow(*row) for row in session.rows(CHECKPOINTS)],
            entries=map(_entry, session.stream(ENTRIES)),
        )
        return auditing.audit(rows, verify_signature, kept)


def slice_of(store: Store, incident: str) -> Slice:
    """An incident's entries, with those about the ledger itself that vouch for them, in order."""
    with store.reading() as session:
        own, proofs = (
            [_entry(row) for row in session.rows(ABOUT, {"key": subject})]
            for subject in (incident, SUBJECT)
        )
    return vouching(own, proofs)


def make_key_known(store: Store, signer: Signer, by: By, at: datetime) -> None:
    """Put the site's key on the record, unless it is there."""
    store.run(lambda uow: _make_known(cast("Unit", uow), signer, by, at))


def _make_known(unit: Unit, signer: Signer, by: By, at: datetime) -> None:
    key = signer.public_key.hex()
    if key not in {row[1] for row in unit.session.rows(KEYS)}:
        unit.ledger.append([Fact(auditing.KEY_ADDED, SUBJECT, by, at, {"public_key": key})])
        unit.session.change(ADD_KEY, {"seq": unit.head().seq, "public_key": key})


def make_checkpoint(store: Store, signer: Signer, by: By, at: datetime) -> Checkpoint:
    """Sign what the chain is now; the checkpoint, and a key seen first, go on the record."""

    def work(uow: UnitOfWork) -> Checkpoint:
        unit = cast("Unit", uow)
        _make_known(unit, signer, by, at)
        checkpoint = sign(unit.head(), at, signer.public_key, signer.sign)
        said = checkpoint.document()
        unit.ledger.append(
            [Fact(auditing.CHECKPOINT_SIGNED, SUBJECT, by, at, {"checkpoint": said})]
        )
        seq = unit.head().seq
        unit.session.change(ADD_CHECKPOINT, {"seq": seq, "checkpoint": canonical(said).decode()})
        return checkpoint

    return store.run(work)


def _entry(row: Row) -> tuple[EntryRow, PayloadRow | None]:
    width = len(EntryRow._fields)
    payload = row[width:]
    return EntryRow(*row[:width]), None if payload[0] is None else PayloadRow(*payload)
