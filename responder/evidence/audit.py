"""Auditing the ledger: every column of every row of every ledger table is computed anew.

The chain is judged first, to its end. Only an unbroken chain is then asked whether payloads that
are gone were lawfully removed, and whether keys and checkpoints say what the chain says.
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from responder.domain.words import Words
from responder.evidence import faults
from responder.evidence.canonical import canonical, instant_text
from responder.evidence.chain import (
    EMPTY,
    NOTHING,
    CheckpointRow,
    EntryRow,
    HeadRow,
    KeyRow,
    PayloadRow,
    entry_hash,
    payload_hash,
)
from responder.evidence.checkpoint import Checkpoint, VerifySignature, parse
from responder.evidence.faults import Fault
from responder.evidence.instants import instant

KEY_ADDED = "SigningKeyAdded"
CHECKPOINT_SIGNED = "CheckpointSigned"
PAYLOAD_REMOVED = "PayloadRemoved"
PROOFS = frozenset({KEY_ADDED, CHECKPOINT_SIGNED, PAYLOAD_REMOVED})
"""Kinds of entries by which others are judged; their payloads are never removed."""


@dataclass(frozen=True, slots=True)
class Rows:
    """All rows of the ledger tables as they lie; entries by number, each with its payload."""

    entries: Iterable[tuple[EntryRow, PayloadRow | None]]
    strays: Sequence[int] = ()
    heads: Sequence[HeadRow] = (EMPTY,)
    keys: Sequence[KeyRow] = ()
    checkpoints: Sequence[CheckpointRow] = ()


@dataclass(frozen=True, slots=True)
class Verdict:
    """What an audit found: how much it read, what was lawfully removed, and the first fault."""

    entries: int
    removed: tuple[int, ...]
    keys: int
    checkpoints: int
    hash: str
    fault: Fault | None = None

    @property
    def ok(self) -> bool:
        """Whether nothing is wrong."""
        return self.fault is None


def audit(rows: Rows, verify: VerifySignature, kept: Checkpoint | None = None) -> Verdict:
    """Judge the whole ledger, against a checkpoint `kept` elsewhere if there is one."""
    auditor = _Auditor(verify, kept)
    fault = (
        auditor.chain(rows.entries)
        or auditor.head(rows.heads)
        or auditor.removals(rows.strays)
        or auditor.listed(rows.keys, rows.checkpoints)
        or auditor.against_kept()
    )
    return Verdict(
        auditor.last.seq,
        tuple(sorted(auditor.gone)),
        len(rows.keys),
        len(rows.checkpoints),
        auditor.last.hash,
        fault,
    )


def audit_slice(entries: Iterable[tuple[EntryRow, PayloadRow | None]]) -> Fault | None:
    """Judge one subject's entries alone: each is whole, and chained to the one before."""
    previous, seq = NOTHING, 0
    for row, payload in entries:
        reason = _own(row) or (None if payload is None else _payload(row, payload))
        if reason:
            return Fault(row.seq, reason)
        if row.seq <= seq:
            return Fault(row.seq, faults.OUT_OF_PLACE)
        if row.previous_of_subject != previous:
            return Fault(row.seq, faults.SUBJECT_NOT_CHAINED)
        previous, seq = row.hash, row.seq
    return None


@dataclass(slots=True)
class _Auditor:
    """Walks the chain and remembers what the other tables are judged by."""

    verify: VerifySignature
    kept: Checkpoint | None
    last: HeadRow = EMPTY
    kept_hash: str = ""
    subjects: dict[str, str] = field(default_factory=dict)
    gone: set[int] = field(default_factory=set)
    removed: set[int] = field(default_factory=set)
    keys: dict[int, str] = field(default_factory=dict)
    signed: dict[int, str] = field(default_factory=dict)

    def chain(self, entries: Iterable[tuple[EntryRow, PayloadRow | None]]) -> Fault | None:
        """The entries and the payloads still held."""
        for row, payload in entries:
            fault = self._link(row) or self._held(row, payload)
            if fault:
                return fault
            if row.kind in PROOFS and payload and (reason := self._proof(row, payload)):
                return Fault(row.seq, reason)
            self.subjects[row.subject] = row.hash
            self.last = HeadRow(1, row.seq, row.at, row.hash)
            if self.kept and row.seq == self.kept.seq:
                self.kept_hash = row.hash
        return None

    def _link(self, row: EntryRow) -> Fault | None:
        last = self.last
        if row.seq != last.seq + 1:
            missing = row.seq > last.seq
            return Fault(last.seq + 1, faults.MISSING if missing else faults.OUT_OF_PLACE)
        if reason := _own(row):
            return Fault(row.seq, reason)
        if row.previous != last.hash:
            # An entry that is whole in itself tells on the one it was chained to.
            return Fault(last.seq or row.seq, faults.REWRITTEN if last.seq else faults.NOT_CHAINED)
        if row.previous_of_subject != self.subjects.get(row.subject, NOTHING):
            return Fault(row.seq, faults.SUBJECT_NOT_CHAINED)
        return Fault(row.seq, faults.BACK_IN_TIME) if row.at < last.at else None

    def _held(self, row: EntryRow, payload: PayloadRow | None) -> Fault | None:
        if payload is not None:
            reason = _payload(row, payload)
            return Fault(row.seq, reason) if reason else None
        self.gone.add(row.seq)
        return Fault(row.seq, faults.PAYLOAD_MISSING) if row.kind in PROOFS else None

    def _proof(self, row: EntryRow, payload: PayloadRow) -> Words | None:
        """Take in an entry by which others are judged."""
        try:
            said = json.loads(payload.payload)
            if row.kind == KEY_ADDED:
                self.keys[row.seq] = str(said["public_key"])
            elif row.kind == PAYLOAD_REMOVED:
                self.removed.update(seq for seq in map(int, said["seqs"]) if seq < row.seq)
            else:
                return self._checkpoint(row, said["checkpoint"])
        except (KeyError, TypeError, ValueError):
            return faults.NOT_READABLE
        return None

    def _checkpoint(self, row: EntryRow, said: dict[str, Any]) -> Words | None:
        checkpoint = parse(said)
        self.signed[row.seq] = canonical(said).decode()
        true = (self.last.seq, self.last.seq, self.last.hash, instant_text(instant(row.at)))
        if (checkpoint.seq, checkpoint.count, checkpoint.hash, checkpoint.at) != true:
            return faults.CHECKPOINT_UNTRUE
        if checkpoint.public_key not in self.keys.values():
            return faults.KEY_UNKNOWN
        return None if checkpoint.is_genuine(self.verify) else faults.CHECKPOINT_FORGED

    def removals(self, strays: Sequence[int]) -> Fault | None:
        """Payloads gone, said to be gone, or without an entry."""
        found = [Fault(seq, faults.PAYLOAD_MISSING) for seq in self.gone - self.removed]
        found += [Fault(seq, faults.PAYLOAD_STILL_HELD) for seq in self.removed - self.gone]
        found += [Fault(seq, faults.PAYLOAD_STRAY) for seq in strays]
        return min(found, key=lambda fault: fault.seq, default=None)

    def head(self, heads: Sequence[HeadRow]) -> Fault | None:
        """The row that names the last entry."""
        if len(heads) != 1:
            return Fault(self.last.seq, faults.HEAD_LOST)
        (head,) = heads
        if head == self.last:
            return None
        if type(head.seq) is int and head.seq > self.last.seq and head.id == self.last.id:
            return Fault(self.last.seq + 1, faults.MISSING)
        return Fault(self.last.seq, faults.HEAD_DIFFERS)

    def listed(self, keys: Sequence[KeyRow], checkpoints: Sequence[CheckpointRow]) -> Fault | None:
        """The keys and checkpoints listed are exactly those the entries made known."""
        seq = _difference(self.keys, dict(keys))
        if seq is not None:
            return Fault(seq, faults.KEY_DIFFERS)
        seq = _difference(self.signed, dict(checkpoints))
        return None if seq is None else Fault(seq, faults.CHECKPOINT_DIFFERS)

    def against_kept(self) -> Fault | None:
        """The chain still contains what a checkpoint kept elsewhere says."""
        kept = self.kept
        if kept is None:
            return None
        if not kept.is_genuine(self.verify):
            return Fault(kept.seq, faults.KEPT_FORGED)
        if self.last.seq < kept.seq:
            return Fault(self.last.seq + 1, faults.KEPT_CUT_OFF)
        if self.kept_hash != kept.hash:
            return Fault(kept.seq, faults.KEPT_REWRITTEN)
        known = kept.public_key in self.keys.values()
        return None if known else Fault(kept.seq, faults.KEY_UNKNOWN)


def _own(row: EntryRow) -> Words | None:
    """What is wrong with an entry by itself."""
    texts = (value for name, value in row._asdict().items() if name not in ("seq", "at"))
    kinds = type(row.at) is int and all(type(value) is str for value in texts)
    return None if kinds and entry_hash(row) == row.hash else faults.ALTERED


def _payload(row: EntryRow, payload: PayloadRow) -> Words | None:
    try:
        bound = payload_hash(payload.salt, payload.payload)
    except (AttributeError, TypeError, ValueError):
        return faults.PAYLOAD_ALTERED
    return None if bound == row.payload_hash else faults.PAYLOAD_ALTERED


def _difference(said: dict[int, str], listed: dict[int, str]) -> int | None:
    """The first number at which the two differ."""
    numbers = sorted(said.keys() | listed.keys())
    return next((seq for seq in numbers if said.get(seq) != listed.get(seq)), None)
