"""How fast files of evidence are hashed, kept, bundled and verified, and with how much memory.

Floor: `openssl dgst -sha256` over the same file, by turns. `python -m bench.evidence 64` takes a
file of 64 MB instead of 1,024.
"""

import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from bench._figures import Goal, conclude, table
from bench._house import folder
from responder.evidence import verify
from responder.evidence.bundle import Stamp, bundle, vouching
from responder.evidence.verify import judged
from responder.store.bag import drafted
from responder.store.vault import FolderVault
from tests.unit.evidence.ledgers import Ledger

MEGABYTE = 1 << 20
RUNS = 5
WHOLE = 1024
"""Megabytes of the file."""
HASHED = "import sys; from pathlib import Path; from responder.store.vault import FolderVault"
MEASURE = f"{HASHED}; FolderVault(Path(sys.argv[1]), 1 << 40).measure(sys.argv[2])"
FLAT = 16
"""Megabytes that a file a hundred times as large may take more."""


def seconds(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def random_file(path: Path, megabytes: int) -> Path:
    with path.open("wb") as file:
        for _ in range(megabytes):
            file.write(os.urandom(MEGABYTE))
    return path


def pieces(path: Path):
    with path.open("rb") as file:
        while piece := file.read(MEGABYTE):
            yield piece


def run(*command: str) -> None:
    subprocess.run(command, check=True, capture_output=True)


def peak(code: str, *words: str) -> float:
    """The most memory a process ever took, in megabytes."""
    tail = "; import resource; print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)"
    told = subprocess.run(
        (sys.executable, "-c", code + tail, *words), check=True, capture_output=True, text=True
    )
    return int(told.stdout.splitlines()[-1]) / 1024


def bundled(where: Path, digest: str, size: int) -> Path:
    """A bundle with that one file in it, signed by a key of its own."""

    key = Ed25519PrivateKey.generate()
    public = key.public_key().public_bytes_raw()
    told = Ledger()
    told.say("Declared", "INC-1", 0, title="x")
    told.say("SigningKeyAdded", "ledger", 0, public_key=public.hex())
    said = {"exhibit": "1", "name": "core.bin", "sha256": digest, "size": size}
    told.say("EvidenceAdded", "INC-1", 1, **said)
    pairs = [(row, told.payloads[row.seq]) for row in told.entries]
    entries = vouching([pairs[0], pairs[2]], [pairs[1]])
    stamp = Stamp("INC-1", "Example", public, key.sign)
    made = bundle(entries, stamp, Path(verify.__file__).read_bytes(), {}, "")
    with drafted(made, FolderVault(where / "vault", 1 << 40), where / "bag"):
        pass
    return where / "bag"


def main() -> None:

    size = int(sys.argv[1]) if len(sys.argv) > 1 else WHOLE
    with folder() as where:
        source, vault = random_file(where / "core.bin", size), FolderVault(where / "vault", 1 << 40)
        keeping = seconds(lambda: vault.keep(pieces(source)))
        small = vault.keep(pieces(random_file(where / "small.bin", max(1, size // 100))))
        kept = vault.keep(pieces(source))
        exporting = seconds(lambda: bundled(where, kept.sha256, kept.size))
        floors, hashings, verifyings = [], [], []
        for _ in range(RUNS):
            floors.append(seconds(lambda: run("openssl", "dgst", "-sha256", str(source))))
            hashings.append(seconds(lambda: vault.measure(kept.sha256)))
            verifyings.append(seconds(lambda: judged(where / "bag")))
        words = str(where / "vault")
        memory = [peak(MEASURE, words, one.sha256) for one in (small, kept)]
    floor, hashing, verifying = (median(run) for run in (floors, hashings, verifyings))
    rows = [
        ("floor: openssl dgst -sha256", floor),
        ("hash what is kept", hashing),
        ("verify the bundle", verifying),
        ("keep it: read, hash, write, fsync", keeping),
        ("write the bundle", exporting),
    ]
    table((f"{size} MB", "s", "MB/s"), [(what, took, size / took) for what, took in rows])
    goals = [
        Goal("hashing / openssl", floor / hashing, 0.9, least=True),
        Goal("verify / hashing", hashing / verifying, 0.8, least=True),
        Goal("memory of 100 times the file", memory[1] - memory[0], FLAT, "MB more"),
    ]
    conclude("evidence", {"megabytes": size, **dict(rows)}, goals)


if __name__ == "__main__":
    main()
