#!/usr/bin/env python3
"""Verify an evidence bundle / 核验存证包: python3 verify.py [FOLDER | FILE.zip] [--key HEX]

Needs Python 3.9 or newer alone. Exit status 0 if everything is as it was signed; 1 if not, naming
the first broken entry of the record, or the file.
只需 Python 3.9 以上，不联网。与签名时一致则退出码为 0；否则为 1，并指出第一条有问题的记录或文件。

Verified are: the signature (Ed25519, in a DSSE envelope) of the list of all files; each file's
SHA-256, none missing, none added; each entry of the record by its own hash, chained to the one
before about the same incident; each payload by its salted hash, or by the entry that says it was
lawfully removed; each file of evidence by the entry that took it in.
Whose key it is cannot be verified here: compare it with the one the firm made known. Nor can a time
stamp: openssl ts -verify -data signature.dsse.json -in signature.dsse.json.tsr -CAfile …
"""

from __future__ import annotations

import base64
import hashlib
import json
import sys
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple, cast

ENVELOPE, LEDGER, FILES = "signature.dsse.json", "data/ledger.jsonl", "data/files/"
TAG_MANIFEST, TIME_STAMP = "tagmanifest-sha256.txt", "signature.dsse.json.tsr"
PAYLOAD_TYPE = "application/vnd.in-toto+json"
STATEMENT, PREDICATE = "https://in-toto.io/Statement/v1", "urn:responder:evidence-bundle:1"
CHECKPOINT, PROOFS = b"responder ledger checkpoint\n", "ledger"  # the subject of what vouches
ENTRY = ["seq", "at", "kind", "actor", "door", "detail", "subject", "payload_hash", "previous"]
ENTRY += ["previous_of_subject", "hash"]
CHUNK, MOST_AT_ONCE = 1 << 20, 1 << 26  # bytes; the latter of the envelope, or of one entry
MOST_SWOLLEN = 200  # times its own size that an archive may unpack to


class Broken(Exception):
    """The first broken thing, in Chinese and English: where, and why."""

    def __init__(self, zh: str, en: str, why: tuple[str, str]) -> None:
        super().__init__(f"{en}: {why[1]}")
        self.zh, self.en = f"{zh}：{why[0]}", f"{en}: {why[1]}"


class Found(NamedTuple):
    """What was verified: the incident, how much of what, and by which key."""

    incident: str
    entries: int
    removed: int
    files: int
    evidence: int
    key: str

    def said(self) -> tuple[str, str]:
        incident, entries, removed, files, evidence, key = self
        zh = f"完好：{incident}，记录{entries}条（{removed}条正文已依法删除），文件{files}个，"
        en = f"Intact: {incident}, {entries} entries ({removed} with payload lawfully removed),"
        return (
            f"{zh}存证{evidence}份。签名公钥 {key}，请与机构公布的核对。",
            f"{en} {files} files, {evidence} of evidence. Signed by {key}: is that the firm's key?",
        )


def verify(path: Path, key: str = "") -> Found:
    """Verify a bundle, by a public key known otherwise if given. Raises Broken."""
    bundle = Bundle(path) if path.is_dir() else Archive(path)
    digests, said, signer = _statement(bundle)
    if key and key.strip().lower() != signer:
        raise _file(ENVELOPE, f"签名公钥是{signer}，不是所给的公钥", f"it is signed by {signer}")
    record = Record(said["incident"])
    if LEDGER in bundle.names:
        with bundle.open(LEDGER) as file:
            record.read(iter(lambda: file.readline(MOST_AT_ONCE), b""))
        record.end(said.get("hash"), signer)
    _files(bundle, digests)
    kept = {digest: name for name, digest in digests.items() if name.startswith(FILES)}
    for digest, (seq, name) in record.evidence.items():
        if digest not in kept:
            raise _entry(seq, f"所收存的文件“{name}”不在包内", f"its file “{name}” is missing")
    for digest, name in kept.items():
        if digest not in record.evidence:
            raise _file(name, "没有记录收存过它", "no entry took it in")
    numbers = (record.count, len(record.removed), len(digests), len(record.evidence))
    return Found(said["incident"], *numbers, signer)


def _entry(seq: Any, zh: str, en: str) -> Broken:
    return Broken(f"第{seq}条记录", f"entry {seq}", (zh, en))


def _file(name: str, zh: str, en: str) -> Broken:
    name = "".join(c if c.isprintable() else f"\\u{ord(c):04x}" for c in name)
    return Broken(f"文件 {name}", f"file {name}", (zh, en))


def pae(body: bytes) -> bytes:
    """What a DSSE envelope signs: its type and its body, each with its length."""
    kind = PAYLOAD_TYPE.encode()
    return b"DSSEv1 %d %b %d %b" % (len(kind), kind, len(body), body)


def listing(digests: dict[str, str], tags: bool) -> bytes:
    """A BagIt manifest: of the payload, or of the tag files."""
    names = sorted(name for name in digests if name.startswith("data/") != tags)
    return "".join(f"{digests[name]}  {name}\n" for name in names).encode()


def canonical(value: Any) -> bytes:
    """Canonical JSON: UTF-8, keys by code point, no white space, no floats."""
    form: Any = {"ensure_ascii": False, "allow_nan": False, "separators": (",", ":")}
    return json.dumps(value, sort_keys=True, **form).encode()


def _statement(bundle: Bundle) -> tuple[dict[str, str], dict[str, Any], str]:
    """The digests of all files, what is said of the record, and who signed it."""
    if ENVELOPE not in bundle.names:
        raise _file(ENVELOPE, "缺失，这不是存证包", "it is missing: this is no evidence bundle")
    raw = bundle.read(ENVELOPE)
    fault = _file(ENVELOPE, "签名无效或版本未知", "its signature is not valid, or not known here")
    try:
        envelope = json.loads(raw)
        (one,) = envelope["signatures"]
        body = base64.b64decode(envelope["payload"], validate=True)
        signature = base64.b64decode(one["sig"], validate=True)
        said, signer = json.loads(body), one["keyid"]
        digests = {file["name"]: file["digest"]["sha256"] for file in said["subject"]}
        texts = (*digests, *digests.values(), said["predicate"]["incident"])
        good = (
            canonical(sealed(body, signature, signer)) + b"\n" == raw
            and is_signed(bytes.fromhex(signer), pae(body), signature)
            and (said["_type"], said["predicateType"]) == (STATEMENT, PREDICATE)
            and all(type(text) is str for text in texts)
        )
    except (AttributeError, KeyError, RecursionError, TypeError, ValueError):
        raise fault from None
    if not good:
        raise fault
    for name in digests:
        _safe(name)
    return digests, said["predicate"], signer


def sealed(body: bytes, signature: bytes, signer: str) -> dict[str, Any]:
    """A DSSE envelope; the key's id is the public key itself, in hex."""
    payload, sig = (base64.b64encode(raw).decode() for raw in (body, signature))
    signatures = [{"keyid": signer, "sig": sig}]
    return {"payloadType": PAYLOAD_TYPE, "payload": payload, "signatures": signatures}


def _files(bundle: Bundle, digests: dict[str, str]) -> None:
    """Every file as it was signed, and no other."""
    for name, digest in sorted(digests.items()):
        if name not in bundle.names:
            raise _file(name, "缺失", "it is missing")
        with bundle.open(name) as file:
            if digest_of(file) != digest:
                raise _file(name, "与签名时不一致", "it is not what was signed")
    for name in sorted((bundle.names - {TIME_STAMP}) ^ {*digests, ENVELOPE, TAG_MANIFEST}):
        raise _file(name, "缺失，或不属于本包", "it is missing, or does not belong here")
    raw = {name: bundle.read(name) for name in {ENVELOPE, TIME_STAMP} & bundle.names}
    tags = listing({**digests, **{name: _sha256(one) for name, one in raw.items()}}, tags=True)
    told = bundle.read(TAG_MANIFEST)
    stamp = raw.get(TIME_STAMP, b"")
    line = f"{_sha256(stamp)}  {TIME_STAMP}\n".encode()
    if TIME_STAMP in raw and not (hashlib.sha256(raw[ENVELOPE]).digest() in stamp and line in told):
        raise _file(TIME_STAMP, "不是本签名的时间戳", "it is no time stamp of this signature")
    if told != tags:
        raise _file(TAG_MANIFEST, "与签名时不一致", "it is not what was signed")


def _sha256(raw: bytes) -> str:
    return hashlib.sha256(raw).hexdigest()


def digest_of(file: BinaryIO) -> str:
    found, piece = hashlib.sha256(), memoryview(bytearray(CHUNK))
    while size := cast("Any", file).readinto(piece):
        found.update(piece[:size])
    return found.hexdigest()


class Record:
    """Walks the entries about an incident, and those about the record that vouch for them."""

    def __init__(self, incident: str) -> None:
        self.incident = incident
        self.count = self.seq = self.at = 0
        self.hash = self.latest = "0" * 64
        self.keys, self.gone, self.removed = set[str](), set[int](), set[int]()
        self.evidence: dict[str, tuple[int, str]] = {}

    def read(self, lines: Iterable[bytes]) -> None:
        """Every entry, by itself and chained. Raises Broken."""
        for number, line in enumerate(lines, 1):
            try:
                row = json.loads(line)
                typed = row.keys() == {*ENTRY, "salt", "payload"}
                kinds = [int, int, *[str] * (len(ENTRY) - 2)]
                typed = typed and [type(row[name]) for name in ENTRY] == kinds
                whole = typed and canonical(row) + b"\n" == line
            except (AttributeError, RecursionError, ValueError):
                row, whole = {}, False
            if not whole:
                where = f"{LEDGER}第{number}行", f"line {number} of {LEDGER}"
                raise Broken(*where, ("不是一条完整的记录", "it is no whole entry"))
            self._judge(row)
            self.count += 1
            self.seq, self.at, self.hash = row["seq"], row["at"], row["hash"]
            if row["subject"] == self.incident:
                self.latest = row["hash"]

    def _judge(self, row: dict[str, Any]) -> None:
        seq, ours = row["seq"], row["subject"] == self.incident
        bare = canonical({name: row[name] for name in ENTRY if name != "hash"})
        loose = ours and row["previous_of_subject"] != self.latest
        loose = loose or (seq == self.seq + 1 and row["previous"] != self.hash)
        for wrong, zh, en in (
            (_sha256(bare) != row["hash"], "内容与其哈希值不符", "it does not match its own hash"),
            (seq <= self.seq or row["at"] < self.at, "不在其位", "it is out of place"),
            (not ours and row["subject"] != PROOFS, "不属于本事件", "it is not of this incident"),
            (loose, "没有接在前一条之后", "it is not chained to the one before"),
        ):
            if wrong:
                raise _entry(seq, zh, en)
        if row["payload"] is None and row["salt"] is None:
            self.gone.add(seq)
            return
        try:
            salt = bytes.fromhex(row["salt"])
            bound = (salt.hex(), _sha256(salt + row["payload"].encode()))
            whole = bound == (row["salt"], row["payload_hash"])
            self._take(row, json.loads(row["payload"]) if whole else {})
        except (AttributeError, KeyError, RecursionError, TypeError, ValueError):
            whole = False
        if not whole:
            raise _entry(seq, "正文与其哈希值不符", "its payload does not match its hash")

    def _take(self, row: dict[str, Any], said: dict[str, Any]) -> None:
        """What an entry says that others are judged by."""
        kind, seq = row["kind"], row["seq"]
        if row["subject"] == self.incident:
            if kind == "EvidenceAdded":
                self.evidence.setdefault(said["sha256"], (seq, said["name"]))
        elif kind == "SigningKeyAdded":
            self.keys.add(said["public_key"])
        elif kind == "PayloadRemoved":
            self.removed.update(one for one in said["seqs"] if one < seq)
        elif kind == "CheckpointSigned":
            taken = dict(said["checkpoint"])
            signature, key = bytes.fromhex(taken.pop("signature")), taken["public_key"]
            message, public = CHECKPOINT + canonical(taken), bytes.fromhex(key)
            true = (taken["hash"], taken["seq"]) == (row["previous"], seq - 1)
            if not true or key not in self.keys or not is_signed(public, message, signature):
                raise _entry(seq, "其校验点无效", "its checkpoint is not valid")

    def end(self, latest: Any, signer: str) -> None:
        """Nothing is cut off, nothing left out without a word. Raises Broken."""
        if self.latest != latest:
            raise _entry(self.seq + 1, "其后的记录被截去", "entries from here on are cut off")
        for seq in sorted(self.gone - self.removed):
            raise _entry(seq, "正文缺失，也没有删除记录", "its payload is missing without a word")
        if signer not in self.keys:
            raise _file(ENVELOPE, "签名密钥未经登记", "its key is not on the record")
        self.removed &= self.gone


# Ed25519: RFC 8032, section 5.1
P = 2**255 - 19
ORDER = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P
ROOT = pow(2, (P - 1) // 4, P)


def is_signed(public: bytes, message: bytes, signature: bytes) -> bool:
    """Whether the three belong together."""
    try:
        key = _point(public)
    except ValueError:
        return False
    s = int.from_bytes(signature[32:], "little")
    if len(signature) != 64 or s >= ORDER:
        return False
    digest = hashlib.sha512(signature[:32] + public + message).digest()
    minus = (P - key[0], key[1], 1, P - key[3])
    x, y, z, _ = _sum(_times(s, BASE), _times(int.from_bytes(digest, "little") % ORDER, minus))
    x, y = x * pow(z, P - 2, P) % P, y * pow(z, P - 2, P) % P
    return (y | (x & 1) << 255).to_bytes(32, "little") == signature[:32]


def _point(raw: bytes) -> tuple[int, int, int, int]:
    """A point from its 32 bytes. Raises ValueError where it is none."""
    sign, y = divmod(int.from_bytes(raw, "little"), 1 << 255)
    u, v = (y * y - 1) % P, (D * y * y + 1) % P
    x = u * pow(v, 3, P) * pow(u * pow(v, 7, P), (P - 5) // 8, P) % P
    if v * x * x % P != u:
        x = x * ROOT % P
    if len(raw) != 32 or y >= P or v * x * x % P != u or (x == 0 and sign):
        raise ValueError("no point of the curve")
    x = P - x if x & 1 != sign else x
    return x, y, 1, x * y % P


def _sum(p: tuple[int, int, int, int], q: tuple[int, int, int, int]) -> tuple[int, int, int, int]:
    a, b = (p[1] - p[0]) * (q[1] - q[0]) % P, (p[1] + p[0]) * (q[1] + q[0]) % P
    c, d = 2 * p[3] * q[3] * D % P, 2 * p[2] * q[2] % P
    e, f, g, h = b - a, d - c, d + c, b + a
    return e * f % P, g * h % P, f * g % P, e * h % P


def _times(n: int, p: tuple[int, int, int, int]) -> tuple[int, int, int, int]:
    found = (0, 1, 1, 0)
    while n:
        found = _sum(found, p) if n & 1 else found
        p, n = _sum(p, p), n >> 1
    return found


BASE = _point((4 * pow(5, P - 2, P) % P).to_bytes(32, "little"))


class Bundle:
    """A bundle in a folder."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.names = set(self._found())

    def _found(self) -> Iterator[str]:
        for path in self.root.rglob("*"):
            name = path.relative_to(self.root).as_posix()
            _safe(name)
            if path.is_symlink() or not (path.is_dir() or path.is_file()):
                raise _file(name, "不是普通文件", "it is no plain file")
            if not path.is_dir():
                yield name

    def read(self, name: str) -> bytes:
        with self.open(name) as file:
            return file.read(MOST_AT_ONCE)

    def open(self, name: str) -> BinaryIO:
        return (self.root / name).open("rb", buffering=CHUNK)


class Archive(Bundle):
    """A bundle in a zip file, in a folder of its own; nothing of it is unpacked."""

    def _found(self) -> Iterator[str]:
        self.zip = zipfile.ZipFile(self.root)
        found = [one for one in self.zip.infolist() if not one.is_dir()]
        most, names = MOST_SWOLLEN * self.root.stat().st_size, [one.filename for one in found]
        if sum(one.file_size for one in found) > most or len(set(names)) < len(names):
            zh, en = "展开后过大，或有重名文件", "it unpacks to far too much, or doubles a name"
            raise _file(self.root.name, zh, en)
        for one in found:
            _safe(one.filename)
            if one.external_attr >> 28 == 0o12:
                raise _file(one.filename, "不是普通文件", "it is no plain file")
        inner = f"{names[0].split('/')[0]}/" if names else ""
        self.inner = inner if all(name.startswith(inner) for name in names) else ""
        return (name[len(self.inner) :] for name in names)

    def open(self, name: str) -> BinaryIO:
        return cast("BinaryIO", self.zip.open(self.inner + name))


def _safe(name: str) -> None:
    """Raise Broken for a name that could lead out of the bundle, or be taken for another."""
    parts = name.split("/")
    if "" in parts or "." in parts or ".." in parts or "\\" in name or not name.isprintable():
        raise _file(name, "文件名不安全", "its name is not safe")


def judged(path: Path, key: str = "") -> Found:
    """As `verify`; what cannot be read is broken too."""
    try:
        return verify(path, key)
    except (OSError, EOFError, RuntimeError, ValueError, zipfile.BadZipFile, zlib.error) as error:
        raise _file(str(path), f"无法读取（{error}）", f"it cannot be read ({error})") from error


def main(words: list[str]) -> int:
    """Verify what the words name, else where this file lies; returns the exit status."""
    key = words[words.index("--key") + 1] if "--key" in words[:-1] else ""
    paths = [*(word for word in words if word not in ("--key", key)), str(Path(__file__).parent)]
    try:
        lines, status = judged(Path(paths[0]), key).said(), 0
    except Broken as broken:
        lines, status = (broken.zh, broken.en), 1
    (sys.stderr if status else sys.stdout).write("\n".join((*lines, "")))
    return status


if __name__ == "__main__":
    for stream in (sys.stdout, sys.stderr):
        cast("Any", stream).reconfigure(errors="backslashreplace")
    sys.exit(main(sys.argv[1:]))
