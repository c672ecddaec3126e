"""An evidence bundle: what a stranger needs to know what happened, and that it is so.

A bag after RFC 8493 (BagIt), so that any archive's own tools can check it is complete; a signed
in-toto statement in a DSSE envelope lists every file in it. The same state gives the same bytes:
times are the record's, and nothing says when or where the bundle was made.
"""

import base64
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import Any

from responder.evidence.audit import CHECKPOINT_SIGNED, KEY_ADDED, PAYLOAD_REMOVED
from responder.evidence.canonical import canonical, instant_text
from responder.evidence.chain import EntryRow, PayloadRow
from responder.evidence.instants import instant
from responder.evidence.verify import (
    ENVELOPE,
    FILES,
    LEDGER,
    PREDICATE,
    STATEMENT,
    TAG_MANIFEST,
    TIME_STAMP,
    listing,
    pae,
    sealed,
)

ADDED, TRANSFERRED = "EvidenceAdded", "EvidenceTransferred"
EVIDENCE = "data/evidence.json"
DER_OF_ED25519 = bytes.fromhex("302a300506032b6570032100")
"""What stands before a raw Ed25519 key in a SubjectPublicKeyInfo (RFC 8410)."""

Slice = Sequence[tuple[EntryRow, PayloadRow | None]]


@dataclass(frozen=True, slots=True)
class Stamp:
    """Whose bundle it is, and the key that signs it."""

    incident: str
    firm: str
    public_key: bytes
    sign: Callable[[bytes], bytes]


@dataclass(frozen=True, slots=True)
class Bundle:
    """All files of a bundle by name: texts as they are, evidence by the hash it is kept under."""

    incident: str
    texts: dict[str, bytes]
    files: dict[str, str]

    @property
    def digest(self) -> str:
        """The SHA-256 of what is signed, signature included: it stands for all the rest."""
        return sha256(self.texts[ENVELOPE]).hexdigest()


def vouching(own: Slice, proofs: Slice) -> Slice:
    """A slice of the ledger that can be judged alone.

    It holds an incident's entries, all keys, the removals of its payloads, and the checkpoints
    that name one of its entries or are the first since.
    """
    seqs = {row.seq for row, _ in own}
    last = max(seqs, default=0)
    needed, since = [], False
    for row, payload in proofs:
        said = json.loads(payload.payload) if payload else {}
        is_key = row.kind == KEY_ADDED
        removes = row.kind == PAYLOAD_REMOVED and not seqs.isdisjoint(said["seqs"])
        checks = row.kind == CHECKPOINT_SIGNED and (
            said["checkpoint"]["seq"] in seqs or (row.seq > last and not since)
        )
        since = since or (checks and row.seq > last)
        if is_key or removes or checks:
            needed.append((row, payload))
    return sorted([*own, *needed], key=lambda pair: pair[0].seq)


def bundle(
    entries: Slice, stamp: Stamp, verifier: bytes, papers: Mapping[str, bytes], readme: str
) -> Bundle:
    """A bundle of a slice; `papers` are files for people by name, `verifier` is `verify.py`."""
    exhibits = _exhibits(entries, stamp.incident)
    files = {one["file"]: one["sha256"] for one in exhibits if one["file"]}
    texts = {
        LEDGER: b"".join(canonical(_line(*pair)) + b"\n" for pair in entries),
        EVIDENCE: canonical({"evidence": exhibits}) + b"\n",
        **{f"data/{name}": content for name, content in papers.items()},
    }
    sizes = {one["file"]: one["size"] for one in exhibits if one["file"]}
    octets = sum(map(len, texts.values())) + sum(sizes.values())
    oxum = f"{octets}.{len(texts) + len(files)}"
    own = [row for row, _ in entries if row.subject == stamp.incident]
    texts["bagit.txt"] = b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
    texts["bag-info.txt"] = _info(stamp, own[-1], oxum).encode()
    texts |= {name: text.encode() for name, text in _keys(entries)}
    texts["README.txt"] = readme.encode()
    texts["verify.py"] = verifier
    digests = files | {name: sha256(text).hexdigest() for name, text in texts.items()}
    texts["manifest-sha256.txt"] = listing(digests, tags=False)
    digests["manifest-sha256.txt"] = sha256(texts["manifest-sha256.txt"]).hexdigest()
    said = {"incident": stamp.incident, "entries": len(entries), "hash": own[-1].hash}
    texts[ENVELOPE] = _envelope(digests, said, stamp)
    digests[ENVELOPE] = sha256(texts[ENVELOPE]).hexdigest()
    texts[TAG_MANIFEST] = listing(digests, tags=True)
    return Bundle(stamp.incident, texts, files)


def time_stamped(bundle: Bundle, response: bytes) -> Bundle:
    """The bundle with an authority's response about its signature (RFC 3161) beside that."""
    texts = bundle.texts | {TIME_STAMP: response}
    tags = {name: sha256(text).hexdigest() for name, text in texts.items() if name != TAG_MANIFEST}
    return replace(bundle, texts=texts | {TAG_MANIFEST: listing(tags, tags=True)})


def _line(row: EntryRow, payload: PayloadRow | None) -> dict[str, Any]:
    """An entry as its row stands, and its payload as it was hashed."""
    held = (payload.salt, payload.payload) if payload else (None, None)
    return {**row._asdict(), "salt": held[0], "payload": held[1]}


def _exhibits(entries: Slice, incident: str) -> list[dict[str, Any]]:
    """Each exhibit with its file in the bundle, and everybody who had custody of it.

    What was taken in twice has one file; what is lawfully removed from the record is not there.
    """
    found: dict[str, dict[str, Any]] = {}
    places: dict[str, str] = {}
    for row, payload in entries:
        if payload is None or row.subject != incident:
            continue
        said, at = json.loads(payload.payload), instant_text(instant(row.at))
        if row.kind == ADDED:
            place = places.setdefault(said["sha256"], f"{FILES}{said['exhibit']}-{said['name']}")
            taken = {"at": at, "door": row.door, "entry": row.seq, "person": row.actor}
            found[said["exhibit"]] = {**said, "file": place, "custody": [taken]}
        elif row.kind == TRANSFERRED and said["exhibit"] in found:
            taken = {"at": at, "door": row.door, "entry": row.seq, "person": said["person"]}
            found[said["exhibit"]]["custody"].append(taken)
    return list(found.values())


def _info(stamp: Stamp, last: EntryRow, oxum: str) -> str:
    at = instant_text(instant(last.at))
    return (
        f"Source-Organization: {' '.join(stamp.firm.split())}\n"
        f"External-Identifier: {stamp.incident}\n"
        f"Bagging-Date: {at[:10]}\n"
        f"Payload-Oxum: {oxum}\n"
        f"Last-Entry: {last.seq} {at}\n"
    )


def _keys(entries: Slice) -> Iterable[tuple[str, str]]:
    """Each key on the record as a PEM file, named by its beginning."""
    for row, payload in entries:
        if row.kind == KEY_ADDED and payload:
            key = json.loads(payload.payload)["public_key"]
            body = base64.b64encode(DER_OF_ED25519 + bytes.fromhex(key)).decode()
            text = f"-----BEGIN PUBLIC KEY-----\n{body}\n-----END PUBLIC KEY-----\n"
            yield f"keys/{key[:16]}.pem", text


def _envelope(digests: dict[str, str], said: dict[str, Any], stamp: Stamp) -> bytes:
    subjects = [{"name": name, "digest": {"sha256": digests[name]}} for name in sorted(digests)]
    body = canonical(
        {"_type": STATEMENT, "subject": subjects, "predicateType": PREDICATE, "predicate": said}
    )
    signature = stamp.sign(pae(body))
    return canonical(sealed(body, signature, stamp.public_key.hex())) + b"\n"
