"""A small bundle, made as the product makes it, that tests may tamper with."""

import json
from dataclasses import dataclass
from datetime import timedelta
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from responder.evidence import verify
from responder.evidence.bundle import Bundle, Stamp, bundle, vouching
from responder.evidence.chain import CheckpointRow
from responder.evidence.checkpoint import sign
from responder.store.bag import drafted
from tests.unit.evidence.ledgers import NOON, Ledger

KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
PUBLIC = KEY.public_key().public_bytes_raw()
STAMP = Stamp("INC-1", "示例证券\nExample", PUBLIC, KEY.sign)
PAPERS = {
    "timeline.zh.txt": "一\n".encode(),
    "timeline.en.txt": b"one\n",
    "reports/1.json": b'{"answers":{"place":"Shanghai"}}\n',
    "reports/1.pdf": b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n",
    "notices/1.json": b'{"line_sha256":"ab"}\n',
    "notices/1-website.txt": "关于集中交易系统异常的公告".encode(),
    "agreed-line.json": b'{"versions":[]}\n',
}
"""What people read: the record told, and what left the house."""
FILES = {"1": b"first file\n" * 40, "2": b"second", "3": b"second"}


@dataclass
class Shelf:
    """A vault of a few files in memory."""

    content: dict[str, bytes]

    def open(self, digest: str) -> Any:
        return BytesIO(self.content[digest])


def ledger() -> Ledger:
    """Two incidents, evidence, a key, a checkpoint, a removal: 14 entries, 11 of them needed."""
    told = Ledger()
    told.say("Declared", "INC-1", 0, title="交易中断")
    told.say("Declared", "INC-2", 0, title="行情中断")
    told.say("SigningKeyAdded", "ledger", 1, public_key=PUBLIC.hex())
    for id, content in FILES.items():
        digest = sha256(content).hexdigest()
        name = f"文件 {id}.log"
        said = {"exhibit": id, "name": name, "sha256": digest, "size": len(content)}
        told.say("EvidenceAdded", "INC-1", 2, media="", note="", **said)
    told.say("Noted", "INC-1", 3, text="李四的病情")
    told.say("Noted", "INC-2", 3, text="别的事件")
    told.say("EvidenceTransferred", "INC-1", 4, exhibit="2", person="li", name="x", sha256="")
    checkpoint(told, 5)
    told.remove(6, 7)
    told.remove(6, 8)
    told.say("StoodDown", "INC-1", 7)
    checkpoint(told, 8)
    checkpoint(told, 9)
    return told


def checkpoint(told: Ledger, minute: int) -> None:
    taken = sign(told.heads[0], NOON + timedelta(minutes=minute), PUBLIC, KEY.sign)
    told.say("CheckpointSigned", "ledger", minute, checkpoint=taken.document())
    told.checkpoints.append(CheckpointRow(len(told.entries), json.dumps(taken.document())))


def sample(told: Ledger | None = None, stamp: Stamp = STAMP) -> Bundle:
    """The bundle of the first incident."""
    told = told or ledger()
    pairs = [(row, told.payloads.get(row.seq)) for row in told.entries]
    own = [pair for pair in pairs if pair[0].subject == "INC-1"]
    proofs = [pair for pair in pairs if pair[0].subject == "ledger"]
    verifier = Path(verify.__file__).read_bytes()
    return bundle(vouching(own, proofs), stamp, verifier, PAPERS, "read me\n")


def written(out: Path, made: Bundle | None = None) -> Path:
    """The bundle on the disk."""
    vault = Shelf({sha256(content).hexdigest(): content for content in FILES.values()})
    with drafted(made or sample(), vault, out):  # type: ignore[arg-type] # it opens, no more
        pass
    return out
