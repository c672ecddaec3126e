"""The socket for files of evidence: kept by their content, once, and never changed.

A file is safe on the disk before anybody names it: the command that does comes afterwards. What
no command ever named is an orphan, and is swept away later.
"""

from collections.abc import AsyncIterable, Collection, Iterable
from datetime import datetime
from typing import BinaryIO, NamedTuple, Protocol


class Kept(NamedTuple):
    """What a file is: the SHA-256 of its content in hex, and its size in bytes."""

    sha256: str
    size: int


class Vault(Protocol):
    """Keeps files under their SHA-256; replicas share one."""

    def keep(self, pieces: Iterable[bytes]) -> Kept:
        """Keep what a stream brings; the same content is kept once.

        Raises BadInput for nothing at all and for more than the vault takes: then, and where the
        stream itself fails, nothing is kept.
        """
        ...

    async def receive(self, pieces: AsyncIterable[bytes]) -> Kept:
        """The same of an asynchronous stream; the event loop waits for no disk."""
        ...

    def open(self, sha256: str) -> BinaryIO:
        """What is kept under a hash. Raises VaultUnusable."""
        ...

    def measure(self, sha256: str) -> Kept:
        """What the content is now, read through to its end. Raises VaultUnusable."""
        ...

    def sweep(self, named: Collection[str], now: datetime) -> list[str]:
        """Remove what has long been here and nobody names; returns the hashes."""
        ...
