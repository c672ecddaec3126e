"""The socket for signatures: checkpoints are signed with the site's own key."""

from typing import Protocol


class Signer(Protocol):
    """Signs with a private key that never leaves it."""

    @property
    def public_key(self) -> bytes:
        """The raw public key (Ed25519, 32 bytes)."""
        ...

    def sign(self, message: bytes) -> bytes:
        """The signature of a message (Ed25519, 64 bytes)."""
        ...
