"""Proofs on the ledger: auditing it, signing checkpoints of it, lawfully removing payloads."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import cast

from sqlalchemy import bindparam, delete, select

from responder.domain.record import By, Fact
from responder.errors import BadInput
from responder.evidence import audit as auditing
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
from responder.store.session import Session
from responder.store.statements import Statement, among, insert, per_dialect
from responder.store.store import Store
from responder.store.tables import LEDGER_CHECKPOINTS, LEDGER_ENTRIES, LEDGER_KEYS, LEDGER_PAYLOADS
from responder.store.unit import Unit

SUBJECT = "ledger"
"""What entries about the ledger itself are about."""

_E, _P = LEDGER_ENTRIES, LEDGER_PAYLOADS
ENTRIES = Statement(
    select(*_E.columns, *_P.columns)
    .select_from(_E.outerjoin(_P, _P.c.seq == _E.c.seq))
    .order_by(_E.c.seq)
)
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
KINDS = per_dialect(
    lambda name: (
        select(_E.c.seq, _E.c.kind)
        .select_from(_E.join(_P, _P.c.seq == _E.c.seq))
        .where(among(name, _E.c.seq, "seqs"))
    )
)
REMOVE = Statement(delete(_P).where(_P.c.seq == bindparam("gone")))


def verify_ledger(store: Store, kept: Checkpoint | None = None) -> auditing.Verdict:
    """Audit the whole ledger on one snapshot, against a checkpoint kept elsewhere if given."""
    from responder.store.signing import verify_signature  # noqa: PLC0415 - cryptography is slow

    with store.reading() as session:
        rows = auditing.Rows(
            strays=[row[0] for row in session.rows(STRAYS)],
            heads=[HeadRow(*row) for row in session.rows(HEAD)],
            keys=[KeyRow(*row) for row in session.rows(KEYS)],
            checkpoints=[CheckpointRow(*row) for row in session.rows(CHECKPOINTS)],
            entries=_entries(session),
        )
        return auditing.audit(rows, verify_signature, kept)


def make_checkpoint(store: Store, signer: Signer, by: By, at: datetime) -> Checkpoint:
    """Sign what the chain is now; the checkpoint, and a key seen first, go on the record."""

    def work(uow: UnitOfWork) -> Checkpoint:
        unit = cast("Unit", uow)
        key = signer.public_key.hex()
        if key not in {row[1] for row in unit.session.rows(KEYS)}:
            fact = Fact(auditing.KEY_ADDED, SUBJECT, by, at, {"public_key": key})
            unit.ledger.append([fact])
            unit.session.change(ADD_KEY, {"seq": unit.head().seq, "public_key": key})
        checkpoint = sign(unit.head(), at, signer.public_key, signer.sign)
        said = checkpoint.document()
        unit.ledger.append(
            [Fact(auditing.CHECKPOINT_SIGNED, SUBJECT, by, at, {"checkpoint": said})]
        )
        seq = unit.head().seq
        unit.session.change(ADD_CHECKPOINT, {"seq": seq, "checkpoint": canonical(said).decode()})
        return checkpoint

    return store.run(work)


def remove_payloads(store: Store, seqs: Sequence[int], reason: str, by: By, at: datetime) -> None:
    """Lawfully remove what entries say, for good, and put that on the record.

    Payload and salt go together: without the salt, not even a guess at what was said can be
    checked. Raises BadInput for an entry without payload or one that others are judged by.
    """

    def work(uow: UnitOfWork) -> None:
        unit = cast("Unit", uow)
        unit.flush()
        wanted = sorted(set(seqs))
        listed = unit.session.dialect.listed(wanted)
        kinds: dict[int, str] = dict(unit.session.rows(KINDS, {"seqs": listed}))
        for seq in wanted:
            if kinds.get(seq, auditing.PAYLOAD_REMOVED) in auditing.PROOFS:
                raise _cannot_remove(seq)
        payload = {"seqs": wanted, "reason": reason}
        unit.ledger.append([Fact(auditing.PAYLOAD_REMOVED, SUBJECT, by, at, payload)])
        unit.session.erase(REMOVE, [{"gone": seq} for seq in wanted])

    store.run(work)


def _entries(session: Session) -> Iterator[tuple[EntryRow, PayloadRow | None]]:
    width = len(EntryRow._fields)
    for row in session.stream(ENTRIES):
        payload = row[width:]
        yield EntryRow(*row[:width]), None if payload[0] is None else PayloadRow(*payload)


def _cannot_remove(seq: int) -> BadInput:
    return BadInput(
        f"第{seq}条记录没有可删除的正文。",
        f"Entry {seq} has no payload that may be removed.",
        "请核对编号；密钥、校验点与删除记录本身不可删除。",
        "Check the number; keys, checkpoints and removals themselves stay.",
    )
