"""A small ledger in memory, as rows, that tests may tamper with."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from itertools import count

from responder.domain.record import By, Fact
from responder.evidence.audit import (
    CHECKPOINT_SIGNED,
    KEY_ADDED,
    PAYLOAD_REMOVED,
    Rows,
    Verdict,
    audit,
)
from responder.evidence.canonical import canonical
from responder.evidence.chain import (
    EMPTY,
    CheckpointRow,
    EntryRow,
    HeadRow,
    KeyRow,
    PayloadRow,
    extend,
)
from responder.evidence.checkpoint import Checkpoint, sign

NOON = datetime(2026, 11, 23, 4, 0, tzinfo=UTC)
ZHANG = By("zhang", "cli", "root")
PUBLIC = bytes(range(32))


def toy_signature(message: bytes) -> bytes:
    """Stands in for a signature: whoever knows the public key could make it."""
    return sha256(PUBLIC + message).digest()


def toy_verify(public: bytes, message: bytes, signature: bytes) -> bool:
    return sha256(public + message).digest() == signature


def salt_of(number: int) -> str:
    return f"{0xABCD00 + number:032x}"


@dataclass
class Ledger:
    """Rows of all ledger tables, lengthened as the store does it."""

    entries: list[EntryRow] = field(default_factory=list)
    payloads: dict[int, PayloadRow] = field(default_factory=dict)
    heads: list[HeadRow] = field(default_factory=lambda: [EMPTY])
    keys: list[KeyRow] = field(default_factory=list)
    checkpoints: list[CheckpointRow] = field(default_factory=list)
    salts: count = field(default_factory=lambda: count(1))

    def append(self, *facts: Fact) -> None:
        last = {row.subject: row.hash for row in self.entries}
        salts = (salt_of(number) for number in self.salts)
        grown = extend(self.heads[0], last, facts, salts)
        self.entries += grown.entries
        self.payloads |= {row.seq: row for row in grown.payloads}
        self.heads = [grown.head]

    def say(self, kind: str, subject: str, minute: int, **payload: object) -> None:
        self.append(Fact(kind, subject, ZHANG, NOON + timedelta(minutes=minute), payload))

    def make_known(self, minute: int) -> None:
        self.say(KEY_ADDED, "ledger", minute, public_key=PUBLIC.hex())
        self.keys.append(KeyRow(len(self.entries), PUBLIC.hex()))

    def checkpoint(self, minute: int) -> Checkpoint:
        taken = sign(self.heads[0], NOON + timedelta(minutes=minute), PUBLIC, toy_signature)
        self.say(CHECKPOINT_SIGNED, "ledger", minute, checkpoint=taken.document())
        text = canonical(taken.document()).decode()
        self.checkpoints.append(CheckpointRow(len(self.entries), text))
        return taken

    def remove(self, minute: int, *seqs: int) -> None:
        self.say(PAYLOAD_REMOVED, "ledger", minute, seqs=list(seqs), reason="retention")
        for seq in seqs:
            del self.payloads[seq]

    def rows(self) -> Rows:
        known = {row.seq for row in self.entries}
        entries = sorted(self.entries, key=lambda row: row.seq)
        return Rows(
            entries=[(row, self.payloads.get(row.seq)) for row in entries],
            strays=sorted(seq for seq in self.payloads if seq not in known),
            heads=self.heads,
            keys=self.keys,
            checkpoints=self.checkpoints,
        )

    def verdict(self, kept: Checkpoint | None = None) -> Verdict:
        return audit(self.rows(), toy_verify, kept)


def sample() -> Ledger:
    """Two incidents, a key, two checkpoints and a lawful removal: 12 entries."""
    ledger = Ledger()
    ledger.say("Declared", "INC-1", 0, title="交易中断")
    ledger.say("PagePlaced", "INC-1", 0, person="p1", via="voice")
    ledger.say("Declared", "INC-2", 1, title="行情中断")
    ledger.make_known(2)
    ledger.checkpoint(3)
    ledger.say("Acknowledged", "INC-1", 4, person="p1")
    ledger.say("NoteTaken", "INC-2", 5, text="李四的病情")
    ledger.remove(6, 7)
    ledger.say("Acknowledged", "INC-2", 7, person="p2")
    ledger.checkpoint(8)
    ledger.say("StoodDown", "INC-1", 9)
    ledger.say("StoodDown", "INC-2", 9)
    return ledger
