"""Checkpoints: what the chain was at an instant, signed, to be kept where nobody here can reach.

A checkpoint kept elsewhere convicts whoever cuts off the chain's tail or computes it anew. Each
is recorded by the entry that follows the one it names, so that the record also shows when
checkpoints were taken.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from responder.evidence.canonical import canonical, instant_text
from responder.evidence.chain import HeadRow
from responder.evidence.instants import instant

VERSION = 1
_PREFIX = b"responder ledger checkpoint\n"
"""Keeps a signature of a checkpoint from ever passing as one of something else."""

VerifySignature = Callable[[bytes, bytes, bytes], bool]
"""Whether (public key, message, signature) belong together."""


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """The chain's last entry at an instant: its number, hash, and how many entries there are."""

    version: int
    public_key: str
    seq: int
    hash: str
    at: str
    count: int
    signature: str

    @property
    def message(self) -> bytes:
        """What is signed: all but the signature."""
        said = {name: value for name, value in asdict(self).items() if name != "signature"}
        return _PREFIX + canonical(said)

    def is_genuine(self, verify: VerifySignature) -> bool:
        """Whether its own key signed it."""
        try:
            key, signature = bytes.fromhex(self.public_key), bytes.fromhex(self.signature)
        except ValueError:
            return False
        return verify(key, self.message, signature)

    def document(self) -> dict[str, Any]:
        """As a JSON object."""
        return asdict(self)


def sign(
    head: HeadRow, at: datetime, public_key: bytes, signed: Callable[[bytes], bytes]
) -> Checkpoint:
    """The checkpoint of a chain's head, no earlier than the head itself."""
    taken = instant_text(max(at, instant(head.at)))
    bare = Checkpoint(VERSION, public_key.hex(), head.seq, head.hash, taken, head.seq, "")
    return Checkpoint(**{**bare.document(), "signature": signed(bare.message).hex()})


def parse(document: str | bytes | Mapping[str, Any]) -> Checkpoint:
    """The checkpoint a JSON object holds. Raises ValueError if it holds none."""
    said = document if isinstance(document, Mapping) else json.loads(document)
    fields = Checkpoint.__annotations__
    if not isinstance(said, Mapping) or set(said) != set(fields):
        raise ValueError(f"a checkpoint has exactly the keys {', '.join(fields)}")
    wrong = [name for name, kind in fields.items() if type(said[name]) is not kind]
    if wrong:
        raise ValueError(f"a checkpoint's {wrong[0]} is of the wrong kind")
    if said["version"] != VERSION:
        raise ValueError(f"a checkpoint of version {said['version']} is not known here")
    return Checkpoint(**said)
