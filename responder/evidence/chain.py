"""The chain: how an entry of the ledger is bound to all entries before it.

An entry's hash covers everything it says, its payload's hash, the previous entry's hash and the
hash of the previous entry about the same subject. The payload is bound by its salted hash alone,
so that payload and salt may lawfully be taken away without breaking anything.

The record's times never decrease. A fact that counts at an earlier instant than the last entry
is recorded at that entry's instant, and its payload says when it counts, as `counts_at`.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any, NamedTuple

from responder.domain.record import Fact
from responder.evidence.canonical import canonical, written
from responder.evidence.instants import micros

NOTHING = "0" * 64
"""Stands where there is no earlier entry."""
COUNTS_AT = "counts_at"
SALT_BYTES = 16


class EntryRow(NamedTuple):
    """A row of `ledger_entries`; `at` is in microseconds since 1970, UTC."""

    seq: int
    at: int
    kind: str
    actor: str
    door: str
    detail: str
    subject: str
    payload_hash: str
    previous: str
    previous_of_subject: str
    hash: str


class PayloadRow(NamedTuple):
    """A row of `ledger_payloads`: canonical JSON and the salt it is hashed with, in hex."""

    seq: int
    salt: str
    payload: str


class HeadRow(NamedTuple):
    """The one row of `ledger_head`: the last entry's number, instant and hash."""

    id: int
    seq: int
    at: int
    hash: str


class KeyRow(NamedTuple):
    """A row of `ledger_keys`: a public key in hex, and the entry that made it known."""

    seq: int
    public_key: str


class CheckpointRow(NamedTuple):
    """A row of `ledger_checkpoints`: a signed checkpoint, and the entry that recorded it."""

    seq: int
    checkpoint: str


EMPTY = HeadRow(1, 0, 0, NOTHING)


@dataclass(frozen=True, slots=True)
class Extension:
    """The rows by which facts lengthen a chain."""

    entries: list[EntryRow]
    payloads: list[PayloadRow]
    head: HeadRow


def payload_hash(salt: str, payload: str) -> str:
    """The salted hash that binds a payload.

    Raises ValueError for a salt that is not 16 bytes in small hex digits: written otherwise, the
    same salt would be other text with the same hash.
    """
    raw = bytes.fromhex(salt)
    if len(raw) != SALT_BYTES or raw.hex() != salt:
        raise ValueError("a salt is 16 bytes in small hex digits")
    return sha256(raw + payload.encode()).hexdigest()


def entry_hash(row: EntryRow) -> str:
    """The hash of an entry from all its other columns."""
    said = row._asdict()
    del said["hash"]
    return sha256(written(said)).hexdigest()


def extend(
    head: HeadRow, last: Mapping[str, str], facts: Iterable[Fact], salts: Iterator[str]
) -> Extension:
    """Chain `facts` to `head`; `last` holds the last hash of each subject that has entries."""
    entries: list[EntryRow] = []
    payloads: list[PayloadRow] = []
    latest = dict(last)
    for fact in facts:
        seq, at = head.seq + 1, max(micros(fact.at), head.at)
        salt, payload = next(salts), canonical(_payload(fact, at)).decode()
        row = EntryRow(
            seq,
            at,
            str.__str__(fact.kind),
            fact.by.person,
            fact.by.door,
            fact.by.detail,
            fact.subject,
            payload_hash(salt, payload),
            head.hash,
            latest.get(fact.subject, NOTHING),
            "",
        )
        row = row._replace(hash=entry_hash(row))
        entries.append(row)
        payloads.append(PayloadRow(seq, salt, payload))
        latest[fact.subject] = row.hash
        head = HeadRow(1, seq, at, row.hash)
    return Extension(entries, payloads, head)


def _payload(fact: Fact, at: int) -> dict[str, Any]:
    if micros(fact.at) == at:
        return fact.payload
    return {**fact.payload, COUNTS_AT: fact.at}
