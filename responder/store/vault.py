"""Files of evidence in a folder that replicas share, each under the hash of its content."""

import asyncio
import fcntl
import os
import re
import tempfile
from collections.abc import AsyncIterable, Collection, Iterable, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime, timedelta
from hashlib import file_digest, sha256
from io import BufferedReader
from pathlib import Path
from typing import BinaryIO

from responder.errors import BadInput, VaultUnusable
from responder.ports.vault import Kept

MODE, FOLDER_MODE = 0o600, 0o700
LONG = timedelta(days=7)
"""No command takes as long from keeping a file to naming it; and whoever restored a database older
than its files has time to notice."""
HASH = re.compile(r"[0-9a-f]{64}")
DRAFTS, LOCK = "drafts", ".lock"


class FolderVault:
    """Keeps files of at most `largest` bytes; a file is `ab/ab12…` by its hash."""

    def __init__(self, folder: Path, largest: int) -> None:
        self._folder = folder
        self._largest = largest

    def keep(self, pieces: Iterable[bytes]) -> Kept:
        """Keep what a stream brings."""
        with self._told("-"), self._draft() as draft:
            for piece in pieces:
                draft.write(piece)
            return draft.publish()

    async def receive(self, pieces: AsyncIterable[bytes]) -> Kept:
        """Keep what an asynchronous stream brings; the disk is waited for in threads."""
        with self._told("-"), self._draft() as draft:
            async for piece in pieces:
                await asyncio.to_thread(draft.write, piece)
            return await asyncio.to_thread(draft.publish)

    def open(self, sha256: str) -> BufferedReader:
        """What is kept under a hash."""
        with self._told(sha256):
            descriptor = os.open(self._place(sha256), os.O_RDONLY | os.O_NOFOLLOW)
            return os.fdopen(descriptor, "rb")

    def measure(self, sha256: str) -> Kept:
        """What the content is now."""
        with self.open(sha256) as file, self._told(sha256):
            return Kept(file_digest(file, "sha256").hexdigest(), file.tell())

    def sweep(self, named: Collection[str], now: datetime) -> list[str]:
        """Remove drafts and files that have long been here and nobody names."""
        before, swept = (now - LONG).timestamp(), []
        if not self._folder.is_dir():
            return []
        with self._told("-"), self._locked():
            for path in self._folder.glob("*/*"):
                is_kept = HASH.fullmatch(path.name) and path == self._place(path.name)
                known = path.name in named if is_kept else path.parent.name != DRAFTS
                if not known and path.lstat().st_mtime < before:
                    path.unlink()
                    swept.append(path.name)
        return swept

    def place_of(self, draft: Path, kept: Kept) -> None:
        """Put a finished draft in its place, unless the same is whole there already."""
        place = self._place(kept.sha256)
        whole = place.exists() and self.measure(kept.sha256) == kept
        with self._locked():
            if whole and place.exists():
                os.utime(place)  # what is named anew is no orphan
                return
            place.parent.mkdir(mode=FOLDER_MODE, exist_ok=True)
            draft.replace(place)
            for folder in (place.parent, self._folder):
                _sync(folder)

    def _place(self, sha256: str) -> Path:
        if not HASH.fullmatch(sha256):
            raise FileNotFoundError(f"{sha256!r} is no hash")
        return self._folder / sha256[:2] / sha256

    @contextmanager
    def _draft(self) -> "Iterator[_Draft]":
        drafts = self._folder / DRAFTS
        drafts.mkdir(mode=FOLDER_MODE, parents=True, exist_ok=True)
        descriptor, name = tempfile.mkstemp(dir=drafts)
        path = Path(name)
        try:
            with os.fdopen(descriptor, "wb", buffering=0) as file:
                yield _Draft(self, path, file, self._largest)
        finally:
            path.unlink(missing_ok=True)

    @contextmanager
    def _locked(self) -> Iterator[None]:
        """Alone among replicas: nothing is swept while it is being named anew."""
        descriptor = os.open(self._folder / LOCK, os.O_RDWR | os.O_CREAT, MODE)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX)
            yield
        finally:
            os.close(descriptor)

    @contextmanager
    def _told(self, sha256: str) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            where = str(self._folder) if sha256 == "-" else sha256
            why = error.strerror or str(error)
            gone = isinstance(error, FileNotFoundError)
            zh, en = ("缺失", "it is gone") if gone else (why, why)
            raise VaultUnusable(where=where, why_zh=zh, why_en=en) from error


class _Draft:
    """A file as it comes in."""

    def __init__(self, vault: FolderVault, path: Path, file: BinaryIO, largest: int) -> None:
        self._vault, self._path, self._file, self._largest = vault, path, file, largest
        self._digest, self._size = sha256(), 0

    def write(self, piece: bytes) -> None:
        """Take a piece. Raises BadInput past the limit."""
        self._size += len(piece)
        if self._size > self._largest:
            raise _too_large(self._largest)
        self._digest.update(piece)
        rest = memoryview(piece)
        while rest:
            rest = rest[self._file.write(rest) :]

    def publish(self) -> Kept:
        """Safe on the disk, and in its place. Raises BadInput for an empty file."""
        if not self._size:
            raise _empty()
        os.fsync(self._file.fileno())
        kept = Kept(self._digest.hexdigest(), self._size)
        self._vault.place_of(self._path, kept)
        return kept


def _sync(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    with suppress(OSError):  # some shared file systems cannot, and need not
        os.fsync(descriptor)
    os.close(descriptor)


def _too_large(largest: int) -> BadInput:
    most = f"{largest / 1_000_000:g} MB"
    return BadInput(
        f"文件超过{most}，没有收存。",
        f"The file is larger than {most}; nothing of it was kept.",
        "请拆分或截取后再收存；上限见 evidence.largest_mb。",
        "Split it, or keep the part that matters; evidence.largest_mb sets the limit.",
    )


def _empty() -> BadInput:
    return BadInput(
        "文件是空的，没有收存。",
        "The file is empty; nothing was kept.",
        "请核对路径；“文件为空”本身请用 note 写入处置记录。",
        "Check the path; that a file is empty can go to the record with `note`.",
    )
