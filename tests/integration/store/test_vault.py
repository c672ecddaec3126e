"""Files of evidence: kept once by their content, whole or not at all, for the owner alone."""

import asyncio
import os
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path

import pytest

from responder.errors import BadInput, VaultUnusable
from responder.store.vault import FolderVault

NOW = datetime(2126, 1, 1, tzinfo=UTC)
"""Long after whatever these tests write."""
CONTENT = [b"one ", b"two ", b"three"]
DIGEST = sha256(b"".join(CONTENT)).hexdigest()


@pytest.fixture
def folder(tmp_path) -> Path:
    return tmp_path / "files"


@pytest.fixture
def vault(folder) -> FolderVault:
    return FolderVault(folder, 100)


def held(folder: Path) -> list[str]:
    return sorted(p.name for p in folder.rglob("*") if p.is_file() and p.name != ".lock")


def test_what_is_kept_is_what_came(vault, folder):
    """By its hash, once, for the owner alone; a stream of either kind."""
    kept = vault.keep(CONTENT)
    assert kept == (DIGEST, 13) == vault.measure(DIGEST)

    async def stream():
        for piece in CONTENT:
            yield piece

    assert asyncio.run(vault.receive(stream())) == kept
    assert held(folder) == [DIGEST]
    with vault.open(DIGEST) as file:
        assert file.read() == b"one two three"
    place = folder / DIGEST[:2] / DIGEST
    assert place.stat().st_mode & 0o777 == 0o600
    assert folder.stat().st_mode & 0o077 == 0 or place.parent.stat().st_mode & 0o077 == 0


def test_what_is_too_large_or_empty_leaves_nothing(vault, folder):
    def endless():
        while True:
            yield b"x" * 60

    with pytest.raises(BadInput, match="larger than"):
        vault.keep(endless())
    with pytest.raises(BadInput, match="empty"):
        vault.keep([])
    assert held(folder) == []


def test_a_stream_that_breaks_off_leaves_nothing(vault, folder):
    def broken():
        yield b"half"
        raise ConnectionResetError("the platform hung up")

    with pytest.raises(VaultUnusable, match="hung up"):
        vault.keep(broken())
    assert held(folder) == []


def test_what_is_damaged_heals_when_it_comes_again(vault, folder):
    vault.keep(CONTENT)
    place = folder / DIGEST[:2] / DIGEST
    place.write_bytes(b"rotten")
    assert vault.measure(DIGEST).sha256 != DIGEST
    vault.keep(CONTENT)
    assert vault.measure(DIGEST) == (DIGEST, 13)


@pytest.mark.parametrize("name", ["0" * 64, "../../etc/passwd", "", "a" * 63 + "/"])
def test_what_is_not_kept_is_gone(vault, name):
    with pytest.raises(VaultUnusable, match="gone"):
        vault.open(name)


def test_a_link_is_not_followed(vault, folder, tmp_path):
    (tmp_path / "secret").write_text("x")
    (folder / "00").mkdir(parents=True)
    (folder / "00" / ("0" * 64)).symlink_to(tmp_path / "secret")
    with pytest.raises(VaultUnusable):
        vault.open("0" * 64)


def test_orphans_are_swept_when_they_are_old(vault, folder):
    """What is named stays, however old; what is young may be named at any moment."""
    vault.keep(CONTENT)
    orphan = vault.keep([b"orphan"]).sha256
    (folder / "drafts" / "killed").write_bytes(b"half")
    (folder / "notes.txt").write_text("somebody's own")
    young = datetime.now(UTC)
    assert vault.sweep({DIGEST}, young) == []
    assert sorted(vault.sweep({DIGEST}, NOW)) == sorted([orphan, "killed"])
    assert held(folder) == sorted([DIGEST, "notes.txt"])
    assert FolderVault(folder / "nowhere", 1).sweep((), NOW) == []


def test_what_is_named_anew_is_no_orphan(vault, folder):
    """An old orphan that comes in again is young: the sweep waits for the command to name it."""
    vault.keep(CONTENT)
    place = folder / DIGEST[:2] / DIGEST
    os.utime(place, (0, 0))
    vault.keep(CONTENT)
    assert vault.sweep((), datetime.now(UTC) + timedelta(hours=1)) == []
    assert held(folder) == [DIGEST]
